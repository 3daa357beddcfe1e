"""A session from its plan to its close, and everything a rule asks about it."""
