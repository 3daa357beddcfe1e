"""Accounts of officers, as the administrator sees and changes them."""
