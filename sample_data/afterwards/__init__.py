"""The end of the story: employers choose, permits come, people depart, work and return."""

from sample_data.afterwards import (  # noqa: F401 - each takes its steps
    abroad,
    answers,
    cvs,
    preparation,
    returning,
    sending,
)
from sample_data.afterwards.story import Afterwards

__all__ = ["Afterwards"]
