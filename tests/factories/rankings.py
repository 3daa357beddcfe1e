"""A small register and a vacancy that ranks it."""

from dataclasses import replace
from datetime import date, timedelta

from db.session import unit_of_work
from domain.enums import CefrLevel, DocumentKind, Evidence
from domain.records.jobseeker import (
    DocumentEntry,
    JobseekerForm,
    LanguageEntry,
    OccupationEntry,
)
from domain.records.officer import Officer
from services import clock
from services.jobseekers.bulk_registration import upsert_jobseekers

LEVELS = (CefrLevel.A1, CefrLevel.A2, CefrLevel.B1, CefrLevel.B2)


def picker(number: int) -> JobseekerForm:
    """One of many harvest workers: levels, years and papers differ by number; no two are equal."""
    spring = clock.today() + timedelta(days=30)
    return JobseekerForm(
        personal_number=f"{number:011d}",
        first_name_ka="ნინო",
        last_name_ka="ყიფიანი",
        first_name_lat="Nino",
        last_name_lat="Kipiani",
        birth_date=date(1970 + number % 30, 1 + number % 12, 1 + number % 28),
        citizenship="GE",
        region=("GE-KA", "GE-IM", "GE-SZ")[number % 3],
        registered_on=date(2026, 1, 1) + timedelta(days=number % 200),
        occupations=(OccupationEntry(("9211", "6111", "5120")[number % 3], float(number % 7)),),
        languages=(LanguageEntry("de", LEVELS[number % 4], Evidence.STATED),),
        documents=(
            ()
            if number % 5 == 0
            else (DocumentEntry(DocumentKind.PASSPORT, valid_until=spring + timedelta(days=900)),)
        ),
        available_from=spring,
        available_to=spring + timedelta(days=300),
        desired_countries=("DE",) if number % 11 else ("FR",),
    )


def register_pickers(count: int, by: Officer, **changed: object) -> list[str]:
    """Register so many; returns their external ids."""
    ids = [f"T-{number:05d}" for number in range(1, count + 1)]
    forms = [replace(picker(n), **changed) for n in range(1, count + 1)]  # type: ignore[arg-type]
    with unit_of_work() as work:
        upsert_jobseekers(work.session, list(zip(ids, forms, strict=True)), by)
        work.commit()
    return ids
