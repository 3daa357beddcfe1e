"""What a list of labels is: for each closed list, its members' names in English."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

Labels = Mapping[type[StrEnum], Mapping[str, str]]
