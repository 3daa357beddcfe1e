"""Fairness: do groups come equally far, and if not, which requirement tells them apart?"""

from __future__ import annotations

from domain.records.officer import Officer
from ui import layout, messages
from ui.fairness import rates, removed, scope, summary
from ui.language import _


def render(officer: Officer) -> None:
    """The finding on top; the groups at each step; each requirement taken away; the rule."""
    layout.header(_("Fairness"), _("S14 · Reports and analysis"))
    with messages.refusals():
        panel = scope.choose(officer)
        if panel is None:
            return
        summary.headline(panel)
        summary.vacancies(panel, officer)
        trait = summary.choose_trait(panel)
        rates.legend()
        rates.draw(panel, trait, officer)
        removed.draw(panel, trait, officer)
        summary.rules(panel)
