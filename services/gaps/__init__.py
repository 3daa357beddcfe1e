"""The gap board (stage S03): what courses would open, to whom, where."""

from services.gaps.board import gap_choices, get_gap_board, get_gap_split
from services.gaps.people import list_gap_people

__all__ = ["gap_choices", "get_gap_board", "get_gap_split", "list_gap_people"]
