"""What one screen reads, it reads of one moment."""

from db.session import one_moment

__all__ = ["one_moment"]
