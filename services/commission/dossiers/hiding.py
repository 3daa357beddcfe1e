"""Free text for a blind file: names, numbers and addresses of people are covered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from sqlalchemy.orm import Session

from db.models import JobseekerRow
from db.repositories import sessions as repository
from domain.records.officer import Officer
from matching.names import fold
from services.permissions import Permission, can

HIDDEN = "▒▒▒"
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
"""Signs that nobody sees, and that would part a name in two."""
NUMBER = re.compile(r"\+?\(?\d(?:[ \t\u00a0()./-]*\d){5,}")
"""Six digits and more, grouped as people group the digits of a telephone number."""
NATIONAL_DIGITS = 9
SHORT = 3
"""Letters of a stem with which many other words begin."""
CASE = "(?:მა|მ|ს|თი|დ|ვ)?"
CASE_AFTER_DROP = "(?:ისა|ის|ითა|ით|ად|ო)"
AFTER_CASE = "(?:თან|თვის|გან|კენ|ზე|ში|ც|ვე)?"
FOLDED_FROM = 5
"""Letters of a folded name from which its other spellings are covered too: shorter ones are in
many words."""


def people_unknown_to(session: Session, shortlist_id: int, by: Officer) -> list[JobseekerRow]:
    """People of an item whom this reader may not know by name, whoever wrote of them."""
    if can(by, Permission.JOBSEEKERS_READ):
        return []
    return [person for _, _, person in repository.list_candidates(session, shortlist_id)]


def hide_people(text: str | None, people: Sequence[JobseekerRow]) -> str | None:
    """Free text with every name, number and address of these people covered, in either script."""
    if not text:
        return None
    text = unicodedata.normalize("NFC", INVISIBLE.sub("", text))
    names: set[str] = set()
    for person in people:
        for exact in (person.personal_number, person.phone, person.email, person.external_id):
            if exact:
                text = re.sub(re.escape(exact), HIDDEN, text, flags=re.IGNORECASE)
        for name in (
            person.first_name_ka,
            person.last_name_ka,
            person.first_name_lat,
            person.last_name_lat,
        ):
            names.update(word for word in re.split(r"[\s\-]+", name or "") if len(word) > 1)
    return _without_names(_without_numbers(text, people), names)


def _without_numbers(text: str, people: Sequence[JobseekerRow]) -> str:
    """Telephone and personal numbers however their digits are grouped, with a prefix or without."""
    known = {
        digits[-size:]
        for person in people
        for number, size in ((person.phone, NATIONAL_DIGITS), (person.personal_number, 11))
        if (digits := re.sub(r"\D", "", number or ""))
    }

    def covered(found: re.Match[str]) -> str:
        digits = re.sub(r"\D", "", found[0])
        return HIDDEN if any(one in digits or digits in one for one in known) else found[0]

    return NUMBER.sub(covered, text)


def _without_names(text: str, names: set[str]) -> str:
    if not names:
        return text
    patterns = (_in_every_case(name) for name in sorted(names, key=len, reverse=True))
    text = re.sub(r"\b(?:" + "|".join(patterns) + ")", HIDDEN, text, flags=re.IGNORECASE)
    sounds = tuple(sound for name in names if len(sound := fold(_stem(name))) >= FOLDED_FROM)
    return re.sub(r"\w+", lambda f: HIDDEN if fold(f[0]).startswith(sounds) else f[0], text)


def _in_every_case(name: str) -> str:
    """A Georgian name carries its case as an ending, before which a final vowel may drop.

    After three letters only such endings count: ordinary words begin with a short name, too
    (საბა, "საბუთები").
    """
    stem = _stem(name)
    if len(stem) > SHORT:
        return re.escape(stem) + r"\w*"
    whole = f"(?:{re.escape(name[len(stem) :])})?{CASE}"
    return rf"{re.escape(stem)}(?:{whole}|{CASE_AFTER_DROP}){AFTER_CASE}\b"


def _stem(name: str) -> str:
    return name[:-1] if len(name) > 3 and name[-1] in "აეიოუaeiou" else name
