"""Messages that leave the house, as officers see them."""
