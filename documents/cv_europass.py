"""A CV as JSON in the shape of the Europass CV, for systems that read it; always the same bytes.

Europass asks for a level in each of five uses of a language. The file knows one: it stands as
`Overall`, and nothing is made up for the five.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from domain.records.cvs import Coded, ShownCv, ShownLanguage, ShownLicence, ShownStudy, ShownWork

DRIVING = frozenset({"AM", "A1", "A2", "A", "B1", "B", "BE", "C1", "C1E", "C", "CE", "D1", "D"})


def to_europass(cv: ShownCv, moment: datetime) -> bytes:
    """The finished file."""
    licences = [one for one in cv.licences if one.licence.code not in DRIVING]
    learner = {
        "Identification": _identification(cv),
        "Headline": _known(
            Type={"Code": "position"} if cv.headline else None,
            Description=_labelled(cv.headline),
        ),
        "ProfessionalSummary": cv.about,
        "WorkExperience": [_work(one) for one in cv.work],
        "Education": [_study(one) for one in cv.studies],
        "Skills": _skills(cv),
        "Achievement": [_achievement(one) for one in licences],
        "Availability": _known(From=_day(cv.available_from), To=_day(cv.available_to)),
        "AdditionalInformation": cv.additional,
    }
    passport = {
        "Locale": cv.language,
        "DocumentInfo": {
            "DocumentType": "ECV",
            "CreationDate": moment.isoformat(timespec="seconds"),
            "Reference": cv.reference,
        },
        "LearnerInfo": _known(**learner),
    }
    text = json.dumps({"SkillsPassport": passport}, ensure_ascii=False, indent=1, sort_keys=True)
    return (text + "\n").encode()


def _known(**parts: Any) -> dict[str, Any]:
    """Only what is known: Europass leaves out what is not."""
    return {name: part for name, part in parts.items() if part not in (None, [], {}, "")}


def _labelled(coded: Coded | None) -> dict[str, str] | None:
    return {"Code": coded.code, "Label": coded.label} if coded else None


def _day(day: date | None) -> dict[str, int] | None:
    return {"Year": day.year, "Month": day.month, "Day": day.day} if day else None


def _identification(cv: ShownCv) -> dict[str, Any]:
    address = _known(AddressLine=cv.address, Municipality=cv.residence)
    contacts = _known(
        Address={"Contact": address} if address else None,
        Email={"Contact": cv.email} if cv.email else None,
        Telephone=[{"Contact": cv.phone}] if cv.phone else None,
    )
    citizenship = _labelled(cv.citizenship)
    return _known(
        PersonName=_known(FirstName=cv.given_names, Surname=cv.surname),
        ContactInfo=contacts,
        Demographics=_known(
            Birthdate=_day(cv.birth_date), Nationality=[citizenship] if citizenship else None
        ),
    )


def _work(work: ShownWork) -> dict[str, Any]:
    place = _known(
        Name=work.employer,
        ContactInfo={"Address": {"Contact": {"Country": _labelled(work.country)}}}
        if work.country
        else None,
    )
    return _known(
        Position=_labelled(work.occupation),
        Activities=work.tasks,
        Employer=place,
        Period=_known(To={"Year": work.last_year} if work.last_year else None),
        Years=work.years,
    )


def _study(study: ShownStudy) -> dict[str, Any]:
    place = _known(
        Name=study.institution,
        ContactInfo={"Address": {"Contact": {"Country": _labelled(study.country)}}}
        if study.country
        else None,
    )
    year = study.year_completed
    return _known(
        Level=_labelled(study.level),
        Title=study.field,
        Organisation=place,
        Period=_known(To={"Year": year} if year else None),
    )


def _skills(cv: ShownCv) -> dict[str, Any]:
    native = [one for one in cv.languages if one.level.code == "native"]
    others = [one for one in cv.languages if one.level.code != "native"]
    driving = [one.licence.code for one in cv.licences if one.licence.code in DRIVING]
    return _known(
        Linguistic=_known(
            MotherTongue=[{"Description": _labelled(one.language)} for one in native],
            ForeignLanguage=[_language(one) for one in others],
        ),
        JobRelated={"Description": [_labelled(one) for one in cv.skills]} if cv.skills else None,
        Driving={"Description": driving} if driving else None,
    )


def _language(one: ShownLanguage) -> dict[str, Any]:
    return {
        "Description": _labelled(one.language),
        "ProficiencyLevel": {"Overall": one.level.code},
        "Evidence": _labelled(one.evidence),
    }


def _achievement(one: ShownLicence) -> dict[str, Any]:
    return _known(
        Title={"Code": "licence", "Label": one.licence.label},
        Description=one.licence.code,
        ValidUntil=_day(one.valid_until),
    )
