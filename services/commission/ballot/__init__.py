"""Casting votes, open and secret."""
