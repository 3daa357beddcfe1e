"""What a free text must not give away: contacts and numbers, and the name where it is hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.records.cvs import CvContent
from domain.records.jobseeker import JobseekerForm
from matching.names import fold
from services.cvs.rules import Redaction

HIDDEN = "[…]"
EMAIL = re.compile(r"[^\s@<>()]+\s?@\s?[^\s@<>()]+\.[^\s@<>().,;]+")
LONG_NUMBER = re.compile(r"(?:\+|\b00)?(?:[\s\-()/.]{0,2}\d){7,}")
"""Runs of seven digits or more, however they are spaced: phones, personal numbers, accounts."""
DATE_OR_YEAR = re.compile(r"\b\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d\b|\b(?:19|20)\d\d\b")
WORD = re.compile(r"[^\W\d_]+(?:['’‘ʼ`´][^\W\d_]+)*")
SHORTEST_NAME = 3
ENDINGS = 4
"""Letters that Georgian cases add to a name."""


GENERIC = frozenset(
    fold(word)
    for word in ("ქუჩა", "ქუჩის", "სოფელი", "სოფ", "ქალაქი", "ბინა", "გამზირი", "კორპუსი", "street")
)
"""Words of addresses that tell nothing."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What this person's texts may not say to this recipient."""

    names: tuple[str, ...] = ()
    """Folded, so that either script and any spelling is found."""
    phrases: tuple[str, ...] = ()
    """Numbers and addresses as the file writes them."""
    hides_contacts: bool = False


def has_contacts(text: str) -> bool:
    """Whether a text holds an e-mail address or a number as long as a phone's."""
    return bool(EMAIL.search(text)) or any(_is_number(m[0]) for m in LONG_NUMBER.finditer(text))


def _is_number(found: str) -> bool:
    rest = DATE_OR_YEAR.sub("", found)
    return sum(sign.isdigit() for sign in rest) >= 7


def secrets_of(
    form: JobseekerForm, content: CvContent, rule: Redaction, residence: tuple[str, ...] = ()
) -> Secrets:
    """Everything of the file that the level does not show; `residence`: names that it may say."""
    phrases: list[str | None] = [form.personal_number, *(paper.number for paper in form.documents)]
    for field, value in (
        ("phone", form.phone),
        ("email", form.email),
        ("address", form.address),
        ("address", content.address.en),
    ):
        if field not in rule:
            phrases.append(value)
    names: tuple[str | None, ...] = ()
    if "name" not in rule:
        names = (
            form.first_name_ka,
            form.last_name_ka,
            form.first_name_lat,
            form.last_name_lat,
            content.given_names,
            content.surname,
        )
    folded = {fold(word) for name in names if name for word in WORD.findall(name)}
    if "address" not in rule:
        folded |= _street(form.address or "", residence if "residence" in rule else ())
    return Secrets(
        tuple(sorted(word for word in folded if len(word) >= SHORTEST_NAME)),
        tuple(sorted({phrase for phrase in phrases if phrase}, key=len, reverse=True)),
        hides_contacts="phone" not in rule,
    )


def _street(address: str, residence: tuple[str, ...]) -> set[str]:
    """The words of an address that tell where somebody lives, folded, also without their case."""
    said = {fold(word) for word in WORD.findall(address)}
    known = {fold(word) for name in residence for word in WORD.findall(name)}
    words = {word for word in said - known - GENERIC if len(word) > ENDINGS}
    return words | {word[:-1] for word in words if word.endswith("s") and len(word) > ENDINGS + 1}


def without(text: str | None, secrets: Secrets) -> str | None:
    """The text with a mark in the place of everything that its reader is not shown."""
    if text is None:
        return None
    for phrase in secrets.phrases:
        text = _spaced(phrase).sub(HIDDEN, text)
    if secrets.hides_contacts:
        text = EMAIL.sub(HIDDEN, text)
        text = LONG_NUMBER.sub(lambda m: HIDDEN if _is_number(m[0]) else m[0], text)
    if secrets.names:
        text = WORD.sub(lambda m: HIDDEN if _is_name(m[0], secrets.names) else m[0], text)
    return text


def _spaced(phrase: str) -> re.Pattern[str]:
    """The phrase whatever stands between its digits and words."""
    if sum(sign.isdigit() for sign in phrase) >= 7 and not re.search(r"[^\W\d_]", phrase):
        digits = re.sub(r"\D", "", phrase).removeprefix("995")
        return re.compile(r"\+?(?:995)?[\s\-()/.]{0,3}" + r"[\s\-()/.]{0,3}".join(digits))
    if phrase.isalnum() and not phrase.isalpha():
        return re.compile(r"[\s\-]?".join(map(re.escape, phrase)), re.IGNORECASE)
    words = re.findall(r"\w+", phrase)
    return re.compile(r"\W{1,3}".join(map(re.escape, words)), re.IGNORECASE)


def _is_name(word: str, names: tuple[str, ...]) -> bool:
    said = fold(word)
    return any(
        said == name
        or (len(name) >= SHORTEST_NAME and said.startswith(name) and _is_ending(word, said, name))
        # A Georgian case may take the last vowel: ბერიძე, ბერიძის.
        or (len(name) > ENDINGS and name[-1] in "aeiou" and _bent(word, said, name[:-1]))
        for name in names
    )


def _is_ending(word: str, said: str, name: str) -> bool:
    is_georgian = "ა" <= word[0] <= "ჺ"
    return len(said) - len(name) <= (ENDINGS if is_georgian else 2)


def _bent(word: str, said: str, stem: str) -> bool:
    return "ა" <= word[0] <= "ჺ" and said.startswith(stem) and len(said) - len(stem) <= ENDINGS
