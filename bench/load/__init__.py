"""How many officers one process serves: the real app, a real browser's frames, many times."""
