"""Sending approved candidates to the employer."""
