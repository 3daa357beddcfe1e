"""Correspondence: letters, distribution, resolutions, deadlines, execution control."""
