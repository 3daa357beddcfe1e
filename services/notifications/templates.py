"""What messages say: `templates/<area>.yaml`, in Georgian and English, checked when it is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from domain.enums import AddresseeKind, MessageChannel

FOLDER = Path(__file__).parent / "templates"
LANGUAGES = ("ka", "en")
PLACEHOLDER = re.compile(r"{(\w+)}")
SMS_LENGTH = 220
"""Letters of an SMS without its values: with a link, Georgian letters then take four parts."""
NOT_BY_SMS = re.compile(
    r"name|personal|birth|passport|phone|mail|address|pay|amount|wage|health|reason|complaint|case"
)
"""Placeholders of an SMS: it is read on a locked screen, by whoever holds the phone."""

Words = Mapping[str, str]


@dataclass(frozen=True)
class Template:
    """One kind of message; each part in both languages."""

    name: str
    to: AddresseeKind
    channels: tuple[MessageChannel, ...]
    """In the order in which they are tried: the first for which the recipient has an address."""
    title: Words
    """What it is about, for lists."""
    sms: Words | None
    subject: Words | None
    body: Words | None
    """For e-mail and for the screen."""
    page: str = "road"
    """The screen on which an officer does something about it."""

    @property
    def placeholders(self) -> frozenset[str]:
        """Names of the values that have to be given."""
        parts = (self.sms, self.subject, self.body)
        return frozenset().union(*(_placeholders(part["ka"]) for part in parts if part))


def template(name: str) -> Template:
    """The template "<area>.<name>"; LookupError where there is none."""
    area, _, _ = name.partition(".")
    found = _of_area(area).get(name)
    if found is None:
        raise LookupError(f"there is no message template {name!r}")
    return found


def title(name: str, language: str) -> str:
    """What a message is about, for lists; the name itself where the template is no more."""
    try:
        return template(name).title[language]
    except LookupError:
        return name


def page_of(name: str) -> str:
    """The screen on which an officer does something about such a message."""
    try:
        return template(name).page
    except LookupError:
        return Template.page


def areas() -> tuple[str, ...]:
    """Every area that has templates."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def templates() -> tuple[Template, ...]:
    """All of them."""
    return tuple(found for area in areas() for found in _of_area(area).values())


def is_secret(placeholder: str) -> bool:
    """Whether a value is a personal link, which nobody but the recipient may see."""
    return placeholder == "link" or placeholder.endswith("_link")


@cache
def _of_area(area: str) -> Mapping[str, Template]:
    path = FOLDER / f"{area}.yaml"
    if not area.isidentifier() or not path.exists():
        return {}
    stored = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {f"{area}.{name}": _checked(f"{area}.{name}", told) for name, told in stored.items()}


def _checked(name: str, told: Mapping[str, Any]) -> Template:
    """A template that says the same in both languages; ValueError names what is wrong."""
    channels = tuple(MessageChannel(channel) for channel in told["channels"])
    needed = {"title"}
    if MessageChannel.SMS in channels:
        needed.add("sms")
    if MessageChannel.EMAIL in channels:
        needed |= {"subject", "body"}
    if MessageChannel.SCREEN in channels:
        needed.add("body")
    parts: dict[str, Any] = {part: told.get(part) for part in ("title", "sms", "subject", "body")}
    for part, words in parts.items():
        if (words is not None) != (part in needed):
            raise ValueError(f"{name}: {part} {'is missing' if part in needed else 'is not used'}")
        if words is not None:
            _check_words(f"{name}.{part}", words, is_sms=part == "sms")
    if _placeholders(parts["title"]["ka"]):
        raise ValueError(f"{name}.title is shown without values")
    if parts["subject"] and any(map(is_secret, _placeholders(parts["subject"]["ka"]))):
        raise ValueError(f"{name}.subject must not hold a link")
    page = str(told.get("page", Template.page))
    return Template(name, AddresseeKind(told["to"]), channels, **parts, page=page)


def _check_words(part: str, words: Words, *, is_sms: bool) -> None:
    if set(words) != set(LANGUAGES) or not all(str(text).strip() for text in words.values()):
        raise ValueError(f"{part} needs a text in {' and '.join(LANGUAGES)}")
    ka, en = (_placeholders(words[language]) for language in LANGUAGES)
    if ka != en:
        raise ValueError(f"{part}: the languages differ in {sorted(ka ^ en)}")
    if is_sms:
        if told := sorted(one for one in ka if NOT_BY_SMS.search(one)):
            raise ValueError(f"{part} tells {told} in an SMS")
        longest = max(len(PLACEHOLDER.sub("", text)) for text in words.values())
        if longest > SMS_LENGTH:
            raise ValueError(f"{part} has {longest} letters without its values")


def _placeholders(text: str) -> frozenset[str]:
    return frozenset(PLACEHOLDER.findall(text))
