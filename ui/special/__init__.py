"""Special categories of personal data on a person's file."""
