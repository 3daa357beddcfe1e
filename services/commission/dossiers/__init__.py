"""The blind file, the lifting of blindness, private notes."""
