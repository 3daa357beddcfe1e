"""A made-up person's file, and how it stands in the import format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

COLUMNS = (
    "external_id", "personal_number", "first_name_ka", "last_name_ka", "first_name_lat",
    "last_name_lat", "birth_date", "sex", "citizenship", "region", "municipality", "phone", "email",
    "education", "occupations", "skills", "languages", "licences", "available_from", "available_to",
    "desired_countries", "registered_on",
)  # fmt: skip

PAPER_COLUMNS = ("external_id", "kind", "number", "issued_on", "valid_until", "evidence")
EVIDENCE_COLUMNS = ("external_id", "fact", "code", "evidence")


@dataclass(kw_only=True)
class Person:
    """Everything that the files say of one person; None and empty = not stated."""

    registered_on: date
    external_id: str = ""
    personal_number: str | None = None
    first_ka: str | None = None
    last_ka: str | None = None
    first_lat: str | None = None
    last_lat: str | None = None
    birth_date: date | None = None
    sex: str | None = None
    citizenship: str | None = "GE"
    municipality: str | None = None
    phone: str | None = None
    email: str | None = None
    education: int | None = None
    occupations: dict[str, float | None] = field(default_factory=dict)
    skills: tuple[str, ...] = ()
    languages: dict[str, str] = field(default_factory=dict)
    licences: tuple[str, ...] = ()
    available_from: date | None = None
    available_to: date | None = None
    countries: tuple[str, ...] = ()
    passport: tuple[str, date, date] | None = None
    """Number, day of issue, last day of validity."""
    evidence: dict[tuple[str, str], str] = field(default_factory=dict)
    """How a fact is known, by (kind of fact, code), where it is not just stated."""

    def row(self) -> dict[str, str]:
        """A line of jobseekers.csv."""
        plain = {
            "external_id": self.external_id,
            "personal_number": self.personal_number,
            "first_name_ka": self.first_ka,
            "last_name_ka": self.last_ka,
            "first_name_lat": self.first_lat,
            "last_name_lat": self.last_lat,
            "birth_date": self.birth_date,
            "sex": self.sex,
            "citizenship": self.citizenship,
            "region": self.municipality[:5] if self.municipality else None,
            "municipality": self.municipality,
            "phone": self.phone,
            "email": self.email,
            "education": self.education,
            "occupations": ";".join(
                isco if years is None else f"{isco}:{years:g}"
                for isco, years in self.occupations.items()
            ),
            "skills": ";".join(self.skills),
            "languages": ";".join(f"{code}:{level}" for code, level in self.languages.items()),
            "licences": ";".join(self.licences),
            "available_from": self.available_from,
            "available_to": self.available_to,
            "desired_countries": ";".join(self.countries),
            "registered_on": self.registered_on,
        }
        return {name: "" if plain[name] is None else str(plain[name]) for name in COLUMNS}

    def paper_rows(self) -> Iterator[dict[str, str]]:
        """Lines of papers.csv: documents have no column in the import format."""
        if self.passport:
            number, issued, until = self.passport
            yield {
                "external_id": self.external_id,
                "kind": "passport",
                "number": number,
                "issued_on": issued.isoformat(),
                "valid_until": until.isoformat(),
                "evidence": "certificate",
            }

    def evidence_rows(self) -> Iterator[dict[str, str]]:
        """Lines of evidence.csv: facts that were tested or certified, not just stated."""
        held = {
            "language": self.languages,
            "licence": self.licences,
            "skill": self.skills,
            "occupation": self.occupations,
        }
        for (fact, code), known in self.evidence.items():
            if code in held[fact]:
                yield {
                    "external_id": self.external_id,
                    "fact": fact,
                    "code": code,
                    "evidence": known,
                }
