"""Country packs: which papers and which permit a country asks for, from which day, says who."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from domain.enums import BroughtBy, DocumentKind, RuleStanding
from domain.records.preparation import CountryPack, PackPaper, PermitRule
from domain.texts import Term
from services.dated_rules import in_force

FILE = Path(__file__).parents[2] / "db" / "reference" / "country_packs.yaml"
PAPER_TERM = "permit_paper"


@cache
def packs() -> tuple[CountryPack, ...]:
    """All packs of the file."""
    stored = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return tuple(_pack(entry) for entry in stored["packs"])


def pack_on(country: str, scheme: str | None, day: date) -> CountryPack:
    """The pack in force on a day: the scheme's, else the country's, else the general one."""
    wanted = ((country, scheme), (country, None), (None, None))
    found = next(own for own in (_of(*one) for one in wanted) if own)
    dated = [{"valid_from": pack.valid_from, "pack": pack} for pack in found]
    return in_force(dated, day)["pack"]  # type: ignore[no-any-return]


def _of(country: str | None, scheme: str | None) -> list[CountryPack]:
    return [pack for pack in packs() if (pack.country, pack.scheme) == (country, scheme)]


def paper_term(pack: CountryPack, paper: PackPaper) -> Term:
    """The paper's name in the reader's language."""
    parts = (pack.country or "", pack.scheme or "", pack.valid_from.isoformat(), paper.code)
    return Term(PAPER_TERM, ":".join(parts))


def paper_name(code: str, language: str) -> str:
    """The name behind a term of `paper_term`; the code itself where the pack lacks it."""
    country, scheme, day, paper_code = code.split(":")
    pack = pack_on(country, scheme or None, date.fromisoformat(day))
    paper = pack.paper(paper_code)
    return paper.name(language) if paper else paper_code


def _pack(entry: Mapping[str, Any]) -> CountryPack:
    rule = entry["permit"]
    return CountryPack(
        country=entry["country"],
        scheme=entry["scheme"],
        valid_from=entry["valid_from"],
        permit=PermitRule(
            kind=rule["kind"],
            name_en=rule["name_en"],
            name_ka=rule["name_ka"],
            is_visa_needed=rule["is_visa_needed"],
            applicant=BroughtBy(rule["applicant"]) if rule["applicant"] else None,
            authority_en=rule["authority_en"],
            authority_ka=rule["authority_ka"],
            standing=RuleStanding(rule["standing"]),
            source=rule["source"],
            decision_days=rule["decision_days"],
        ),
        papers=tuple(_paper(paper) for paper in entry["papers"]),
    )


def _paper(entry: Mapping[str, Any]) -> PackPaper:
    kind = entry["document_kind"]
    return PackPaper(
        **{
            **entry,
            "brought_by": BroughtBy(entry["brought_by"]),
            "document_kind": DocumentKind(kind) if kind else None,
            "standing": RuleStanding(entry["standing"]),
        }
    )
