"""Letters on screen: the register, one letter, divisions."""
