"""Texts to codes in bulk, for the terminal and other programs: ranked, never decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from db.queries import occupation_labels
from db.session import reading
from domain.exceptions import Refused
from domain.records.officer import Officer
from domain.texts import N_, Term
from matching.titles import TitleIndex
from services.permissions import Permission, check_can


class Classification(StrEnum):
    """What a job title can be coded to."""

    ISCO = "isco"
    ESCO = "esco"


@dataclass(frozen=True, slots=True)
class CodedText:
    """A text and its likeliest codes with their likeness 0–1, best first; empty = nothing alike."""

    text: str
    candidates: tuple[tuple[str, float], ...]


def code_texts(
    *,
    texts: Iterable[str],
    language: str,
    to: Classification,
    top: int = 10,
    by: Officer,
) -> Iterator[CodedText]:
    """Code job titles written in `language` to ISCO-08 unit groups or ESCO occupations.

    Refused when no job title of that language is known: its labels have to be imported first.
    """
    check_can(by, Permission.VACANCIES_READ)
    with reading() as session:
        if to is Classification.ISCO:
            labels = occupation_labels.labels_in(session, language)
        else:
            labels = occupation_labels.concepts_in(session, language)
    if not labels:
        raise Refused(
            N_("No job titles in this language are known yet: {language}. Import ESCO's first."),
            language=Term("language", language),
        )
    index = TitleIndex((code, language, label) for code, label in labels)
    for text in texts:
        found = index.suggest(text, top=top)
        yield CodedText(text, tuple((match.code, match.score) for match in found))
