"""Backups by schedule, the proof that they come back, and the rehearsal of it."""
