"""A person's consents."""
