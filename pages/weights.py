"""Weights of the ranking: which version counts and why, versions over time, drafts, approval."""

from __future__ import annotations

from domain.records.officer import Officer
from services.policy import versions
from ui import layout
from ui.language import _
from ui.policy import deciding, listing, shown, suggesting


def render(officer: Officer) -> None:
    """What counts today; the versions and the opened one; what past decisions suggest."""
    layout.header(
        _("Weights of the ranking"),
        subtitle=_(
            "The numbers by which people are ranked are policy: each has a reason, a legal "
            "reference, a first day, and a manager who approved it."
        ),
    )
    policy = versions.get_policy(by=officer)
    shown.in_force(policy)
    opened = listing.choose(policy, officer)
    if opened is not None:
        deciding.draw(opened, policy, officer)
    suggesting.draw(officer)
