"""Officers: accounts, passwords, signing in."""
