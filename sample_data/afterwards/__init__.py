"""The end of the story: employers choose, permits come, people depart, work and return."""

from sample_data.afterwards import abroad, cvs, returning  # noqa: F401 - take their steps
from sample_data.afterwards.story import Afterwards

__all__ = ["Afterwards"]
