"""The parts of the import screen, in the order in which an officer meets them."""
