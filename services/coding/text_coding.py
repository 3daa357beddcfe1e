"""Texts to codes in bulk, for the terminal and other programs: ranked, never decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from db.queries import coding_labels
from db.session import reading
from domain.exceptions import Refused
from domain.records.officer import Officer
from domain.texts import N_, Term
from services.coding.title_coding import Classification, has_labels, rank_codes
from services.permissions import Permission, check_can


@dataclass(frozen=True, slots=True)
class CodedText:
    """A text and its likeliest codes with their rank score 0–1, best first; empty = none alike."""

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
    """Code texts written in `language` to ISCO-08 unit groups, ESCO occupations or skills.

    Refused when no name in that language is known: its labels have to be imported first.
    """
    check_can(by, Permission.VACANCIES_READ)
    if not has_labels(language, to):
        raise _unknown(language, to)
    for text in texts:
        found = rank_codes(text, languages=(language,), to=to, top=top)
        yield CodedText(text, tuple((one.code, one.score) for one in found))


def _unknown(language: str, to: Classification) -> Refused:
    with reading() as session:
        if to is Classification.SKILL:
            known = coding_labels.languages_of_skills(session)
        else:
            is_esco = to is Classification.ESCO
            known = coding_labels.languages_of_occupations(session, of_esco=is_esco)
    return Refused(
        N_(
            "No names in this language are known yet: {language}. Import ESCO's first. Known are:"
            " {languages}."
        ),
        language=Term("language", language),
        languages=known or (N_("none"),),
    )
