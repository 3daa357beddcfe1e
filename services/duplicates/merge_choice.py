"""What a united file says: where each field is better taken from, and how two lists become one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

from domain.enums import DocumentKind, Evidence, Side
from domain.records.jobseeker import (
    DocumentEntry,
    JobseekerForm,
    JobseekerRecord,
    LanguageEntry,
    LicenceEntry,
    OccupationEntry,
    SkillEntry,
)
from services.jobseekers.checks import in_order
from services.jobseekers.files import LISTS

UNITED = frozenset({*LISTS, "desired_countries"})
"""Fields that may take both sides."""
FIELDS = tuple(f.name for f in fields(JobseekerForm) if f.name != "registered_on")
"""What an officer chooses; the united file was registered on the earlier day."""
_EVIDENCE = list(Evidence)
_IDENTITY = (DocumentKind.PASSPORT, DocumentKind.IDENTITY_CARD)


def differing(kept: JobseekerForm, other: JobseekerForm) -> tuple[str, ...]:
    """The fields in which both files do not say the same, in the order of the form."""
    return tuple(name for name in FIELDS if getattr(kept, name) != getattr(other, name))


def proposed_choices(kept: JobseekerRecord, other: JobseekerRecord) -> dict[str, Side]:
    """Differing field → where it is better taken from.

    What is stated beats what is empty; both lists are united; else the file with a checked
    identity paper, and then the one that was changed last, is believed.
    """
    kept_is_better = _trust(kept) >= _trust(other)
    found = {}
    for name in differing(kept.form, other.form):
        ours, theirs = getattr(kept.form, name), getattr(other.form, name)
        if name in UNITED and ours and theirs:
            found[name] = Side.BOTH
        elif not theirs and theirs != 0:
            found[name] = Side.KEPT
        elif not ours and ours != 0:
            found[name] = Side.OTHER
        else:
            found[name] = Side.KEPT if kept_is_better else Side.OTHER
    return found


def _trust(file: JobseekerRecord) -> tuple[int, Any]:
    papers = [d.evidence for d in file.form.documents if d.kind in _IDENTITY]
    return max((_EVIDENCE.index(how) for how in papers), default=-1), file.updated_at


def united_form(
    kept: JobseekerForm, other: JobseekerForm, choices: Mapping[str, Side]
) -> JobseekerForm:
    """The kept form with the fields chosen from the other one; unnamed fields stay as kept."""
    values: dict[str, Any] = {}
    for name, side in choices.items():
        ours, theirs = getattr(kept, name), getattr(other, name)
        if side is Side.BOTH:
            values[name] = united(name, ours, theirs)
        else:
            values[name] = ours if side is Side.KEPT else theirs
    days = [day for day in (kept.registered_on, other.registered_on) if day]
    return replace(kept, **values, registered_on=min(days, default=None))


def united(name: str, ours: tuple[Any, ...], theirs: tuple[Any, ...]) -> tuple[Any, ...]:
    """Both lists as one: an entry that both have counts once, as it is better known."""
    if name == "desired_countries":
        return tuple(sorted({*ours, *theirs}))
    kind = LISTS[name][0]
    if kind is OccupationEntry:
        return in_order(_united_work(ours, theirs))
    if kind in _KEYS:
        best: dict[object, Any] = {}
        for entry in (*ours, *theirs):
            key = _KEYS[kind](entry)
            best[key] = max(best.get(key, entry), entry, key=_worth)
        return in_order(best.values())
    entries = list(dict.fromkeys((*ours, *theirs)))
    return in_order(e for e in entries if not any(e != x and _says_less(e, x) for x in entries))


_KEYS: Mapping[type[Any], Callable[[Any], object]] = {
    SkillEntry: lambda entry: entry.skill_id,
    LanguageEntry: lambda entry: entry.language,
    LicenceEntry: lambda entry: entry.licence,
    DocumentEntry: lambda entry: (entry.kind, entry.number or entry),
}
"""What makes two entries the same thing."""


def _worth(entry: Any) -> tuple[Any, ...]:
    level = entry.level.order if isinstance(entry, LanguageEntry) else 0
    until = getattr(entry, "valid_until", None)
    known = sum(getattr(entry, f.name) is not None for f in fields(entry))
    return _EVIDENCE.index(entry.evidence), level, until.toordinal() if until else 0, known


def _united_work(
    ours: tuple[OccupationEntry, ...], theirs: tuple[OccupationEntry, ...]
) -> list[OccupationEntry]:
    # The same years told at two counters are not twice as many: an occupation comes from one file.
    found: list[OccupationEntry] = []
    for isco in dict.fromkeys(entry.isco for entry in (*ours, *theirs)):
        mine, yours = ([e for e in side if e.isco == isco] for side in (ours, theirs))
        found += yours if _known_work(yours) > _known_work(mine) else mine
    return found


def _known_work(entries: list[OccupationEntry]) -> tuple[int, float]:
    evidence = max((_EVIDENCE.index(e.evidence) for e in entries), default=-1)
    return evidence, sum(e.years or 0 for e in entries)


def _says_less(entry: Any, other: Any) -> bool:
    """Whether everything stated in the entry stands in the other one too."""
    return all(getattr(entry, f.name) in (None, getattr(other, f.name)) for f in fields(entry))
