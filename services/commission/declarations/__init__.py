"""Declarations of conflict of interest: filed, amended, read."""
