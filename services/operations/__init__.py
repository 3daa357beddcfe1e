"""Running the system: which environment this is, whether it is well, what it tells an operator."""
