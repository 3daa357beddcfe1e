"""What people agree to, one purpose at a time, and what ends when they take it back (S09)."""
