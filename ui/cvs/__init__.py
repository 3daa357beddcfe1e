"""English CVs on screen: the list of those that are wanted, and one with its source beside it."""
