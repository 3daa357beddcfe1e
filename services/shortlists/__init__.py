"""From the ranking to the commission: preselecting people and sending the shortlist (S07 → S08)."""

from services.shortlists.plan import get_shortlist_plan
from services.shortlists.preselection import (
    check_can_preselect,
    is_against_rank,
    preselect_candidates,
    withdraw_preselection,
)
from services.shortlists.sending import SentShortlist, check_can_send, send_shortlist

__all__ = [
    "SentShortlist",
    "check_can_preselect",
    "check_can_send",
    "get_shortlist_plan",
    "is_against_rank",
    "preselect_candidates",
    "send_shortlist",
    "withdraw_preselection",
]
