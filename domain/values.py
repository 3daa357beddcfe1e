"""What a value must look like: each check returns None or the sentence that says what to do."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date

from domain.records.jobseeker import Completeness, JobseekerForm
from domain.texts import N_, Sentence

NAME_LENGTH = 60
PER_POINT = 10_000
"""Engine points (per million of the whole score) in one point of the 0–100 score."""
EMAIL_LENGTH = 254  # RFC 5321
NO_LICENCE = "none"
"""Entry of a file that says: has no licence. An empty list says nothing. Nobody may ask for it."""

_PERSONAL_NUMBER = re.compile(r"[0-9]{11}")
_GEORGIAN_NAME = re.compile(r"[ა-ჺ]+([ \-][ა-ჺ]+)*")
_LATIN_NAME = re.compile(r"[^\W\d_ა-ჺ]+([ \-'.][^\W\d_ა-ჺ]+)*'?")
_PASSPORT_NAME = re.compile(r"[A-Za-z' \-]+")
_EMAIL = re.compile(r"[^\s@<>(),;:\"\[\]\\]+@[^\s@.<>(),;:\"\[\]\\]+(\.[^\s@.<>(),;:\"\[\]\\]+)+")
_PASSPORT_NUMBER = re.compile(r"[A-Z0-9]{5,15}")
_GEORGIAN_PASSPORT_NUMBER = re.compile(r"[0-9]{2}[A-Z]{2}[0-9]{5}")


def tidy(text: str | None) -> str | None:
    """One line in composed Unicode with single spaces; None when nothing remains."""
    if text is None:
        return None
    return " ".join(unicodedata.normalize("NFC", text).split()) or None


def tidy_name(text: str | None) -> str | None:
    """A tidy name: plain apostrophes and hyphens, Georgian without its capital forms."""
    plain = tidy(text)
    if plain is None:
        return None
    plain = plain.translate(dict.fromkeys(map(ord, "’‘ʼʻ`´′"), "'"))
    plain = plain.translate(dict.fromkeys(map(ord, "‐‑‒–—"), "-"))
    return "".join(c.lower() if "Ა" <= c <= "Ჿ" else c for c in plain)


def masked(personal_number: str | None) -> str | None:
    """`*******1234`: enough to tell two people apart, not enough to use."""
    return "*" * (len(personal_number) - 4) + personal_number[-4:] if personal_number else None


def personal_number_problem(text: str) -> Sentence | None:
    """Eleven digits; the state publishes no check digit."""
    if _PERSONAL_NUMBER.fullmatch(text):
        return None
    return Sentence(N_("A personal number has 11 digits. Check it against the document."))


def georgian_name_problem(text: str) -> Sentence | None:
    """Georgian letters, hyphens and spaces, at most 60 letters."""
    if len(text) > NAME_LENGTH:
        return Sentence(N_("A name has at most {count} letters."), {"count": NAME_LENGTH})
    if not _GEORGIAN_NAME.fullmatch(text):
        return Sentence(
            N_("Write this name in Georgian letters only (a hyphen or space may join).")
        )
    return None


def latin_name_problem(text: str) -> Sentence | None:
    """Latin letters, apostrophes, hyphens and spaces, at most 60 letters."""
    if len(text) > NAME_LENGTH:
        return Sentence(N_("A name has at most {count} letters."), {"count": NAME_LENGTH})
    if not _LATIN_NAME.fullmatch(text) or _is_not_latin(text):
        return Sentence(N_("Write this name in Latin letters, as in the passport."))
    return None


def _is_not_latin(text: str) -> bool:
    return any(c.isalpha() and "LATIN" not in unicodedata.name(c, "") for c in text)


def latin_name_doubt(text: str) -> Sentence | None:
    """Something worth a second look that does not hinder saving."""
    if _PASSPORT_NAME.fullmatch(text):
        return None
    return Sentence(N_("Passports write names with the letters A to Z only: check the spelling."))


def email_problem(text: str) -> Sentence | None:
    """The practical part of RFC 5321."""
    if len(text) <= EMAIL_LENGTH and _EMAIL.fullmatch(text) and ".." not in text:
        return None
    return Sentence(N_("This is not an e-mail address. It looks like name@example.ge."))


def passport_number_doubt(text: str, citizenship: str | None) -> Sentence | None:
    """Numbers differ by country and series, so an odd one is a doubt and not an error."""
    pattern = _GEORGIAN_PASSPORT_NUMBER if citizenship == "GE" else _PASSPORT_NUMBER
    if pattern.fullmatch(text):
        return None
    return Sentence(N_("This document number looks unusual: check it against the document."))


def years_between(start: date, end: date) -> int:
    """Whole years from one day to another, as ages are counted."""
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def birth_date_problem(born: date, on: date, age_min: int, age_max: int) -> Sentence | None:
    """The person must be old enough on that day, and alive by any experience."""
    if born > on:
        return Sentence(N_("The birth date lies in the future."))
    age = years_between(born, on)
    if age < age_min:
        return Sentence(
            N_("A person can be registered from the age of {age}; this one is {actual}."),
            {"age": age_min, "actual": age},
        )
    if age > age_max:
        return Sentence(N_("This makes the person {actual} years old."), {"actual": age})
    return None


def period_problem(start: date | None, end: date | None) -> Sentence | None:
    """An end before its start."""
    if start and end and end < start:
        return Sentence(N_("The end lies before the beginning."))
    return None


FACTS = (
    "name_ka",
    "name_lat",
    "personal_number",
    "birth_date",
    "sex",
    "citizenship",
    "municipality",
    "contact",
    "education",
    "occupations",
    "skills",
    "languages",
    "passport",
    "availability",
    "desired_countries",
)
"""What a whole file knows, in the order in which an officer asks."""


def completeness(form: JobseekerForm) -> Completeness:
    """How many of the facts are known, and which are missing."""
    known = {
        "name_ka": form.first_name_ka and form.last_name_ka,
        "name_lat": form.first_name_lat and form.last_name_lat,
        "contact": form.phone or form.email,
        "education": form.education is not None,
        "passport": any(d.kind == "passport" and d.valid_until for d in form.documents),
        "availability": form.available_from and form.available_to,
    }
    missing = tuple(f for f in FACTS if not (known[f] if f in known else getattr(form, f)))
    return Completeness(len(FACTS) - len(missing), len(FACTS), missing)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or a shorter month's last day; earlier if negative."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
