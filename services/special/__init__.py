"""Special categories of personal data: apart, encrypted, opened for a reason; and their keys."""
