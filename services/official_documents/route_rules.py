"""The dated rules of routes: templates, who may not do two things, how a kind may be signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.enums import OfficialDocumentKind, SignatureLevel, StepKind
from services.dated_rules import in_force, stored_rules


@dataclass(frozen=True, slots=True)
class TemplateStep:
    """A step of a template; `who` is a place in the session, or a role."""

    place: int
    kind: StepKind
    who: str


@dataclass(frozen=True, slots=True)
class RouteRules:
    """The rules for one kind of document."""

    version: str
    different_hands: frozenset[StepKind]
    personal: frozenset[StepKind]
    mandatory_min: int
    levels: tuple[SignatureLevel, ...]
    template: tuple[TemplateStep, ...]


def route_rules(kind: OfficialDocumentKind, day: date) -> RouteRules:
    """The rules in force on a day; before the first entry, the first."""
    entry = in_force(stored_rules("document_routes"), day)
    return RouteRules(
        version=entry["version"],
        different_hands=frozenset(StepKind(one) for one in entry["different_hands"]),
        personal=frozenset(StepKind(one) for one in entry["personal"]),
        mandatory_min=entry["mandatory_min"][kind.value],
        levels=tuple(SignatureLevel(one) for one in entry["levels"][kind.value]),
        template=tuple(
            TemplateStep(step["place"], StepKind(step["kind"]), step["who"])
            for step in entry["templates"][kind.value]
        ),
    )
