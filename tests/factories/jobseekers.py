"""A person to register, with whatever a test changes."""

from dataclasses import replace
from datetime import date

from domain.enums import CefrLevel, Evidence
from domain.records.jobseeker import JobseekerForm, LanguageEntry, OccupationEntry

NINO = JobseekerForm(
    personal_number="00000000101",
    first_name_ka="ნინო",
    last_name_ka="ყიფიანი",
    first_name_lat="Nino",
    last_name_lat="Kipiani",
    birth_date=date(1995, 3, 4),
    citizenship="GE",
    region="GE-KA",
    phone="+995555000101",
    occupations=(OccupationEntry("9211", 5.0),),
    languages=(LanguageEntry("de", CefrLevel.B1, Evidence.CERTIFICATE),),
)


def person(**changes: object) -> JobseekerForm:
    """Nino Kipiani's form with some fields changed."""
    return replace(NINO, **changes)  # type: ignore[arg-type]
