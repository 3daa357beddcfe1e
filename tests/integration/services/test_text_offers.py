"""Texts are read and offered; only what a person takes over counts, and both are noted."""

import pytest
from sqlalchemy import select

from db.models import AuditDetailsRow, AuditEventRow, JobseekerRow, VacancyRow
from db.session import reading
from domain.enums import CefrLevel, OfferKind, RequirementKind, Role
from domain.exceptions import InvalidInput, PermissionDenied
from services.coding import text_offers
from services.coding.text_offers import LONGEST_TEXT, read_cv_text, read_vacancy_text
from tests.factories import esco
from tests.factories.officers import officer

pytestmark = pytest.mark.usefixtures("sqlite_database")

ADVERTISEMENT = """Erntehelfer für Erdbeeren
Wir bieten: Unterkunft, 13,90 Euro pro Stunde.
Sie bringen mit: mindestens 2 Jahre Erfahrung in der Landwirtschaft und Führerschein Klasse B.
Deutschkenntnisse A2 sind Voraussetzung, Russisch von Vorteil."""
CV = """გამოცდილება: მზარეული, 5 წლის გამოცდილება
მარწყვის კრეფა
ენები: ქართული მშობლიური, გერმანული B1
მართვის მოწმობა B კატეგორია"""


def test_an_advertisement_is_offered_with_the_words_it_stands_in() -> None:
    found = read_vacancy_text(text=ADVERTISEMENT, by=officer())
    offers = {offer.key: offer for offer in found.offers}
    assert found.language == "de"
    assert offers["years:"].years == 2
    assert (offers["language:de"].level, offers["language:de"].requirement) == (
        CefrLevel.A2,
        RequirementKind.MUST,
    )
    assert offers["language:ru"].requirement is RequirementKind.PREFERRED
    assert offers["licence:B"].quote == "Führerschein Klasse B"
    assert all(offer.quote and offer.quote in ADVERTISEMENT for offer in found.offers)


def test_a_cv_offers_occupations_with_years_and_skills() -> None:
    found = read_cv_text(text=CV, by=officer())
    offers = {offer.key: offer for offer in found.offers}
    assert found.language == "ka"
    assert offers["occupation:5120"].years == 5
    assert offers["language:ka"].level is CefrLevel.NATIVE
    assert offers["language:de"].level is CefrLevel.B1
    assert offers["licence:B"].quote == "მართვის მოწმობა B"
    (skill,) = (offer for offer in found.offers if offer.kind is OfferKind.SKILL)
    assert (skill.code, skill.quote, skill.label) == ("S0017", "მარწყვის კრეფა", "მარწყვის კრეფა")


def test_reading_a_text_changes_nothing() -> None:
    read_cv_text(text=CV, by=officer())
    with reading() as session:
        assert session.scalars(select(VacancyRow.id)).all() == []
        assert session.scalars(select(JobseekerRow.id)).all() == []
        assert "offers_chosen" not in session.scalars(select(AuditEventRow.action)).all()


def test_a_language_that_can_not_be_read_is_said_and_offers_nothing() -> None:
    found = read_vacancy_text(text="Nous cherchons un cuisinier pour le restaurant", by=officer())
    assert (found.language, found.offers) == (None, ())


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(InvalidInput, match="too long"):
        read_vacancy_text(text="a" * (LONGEST_TEXT + 1), by=officer())


def test_what_was_taken_over_and_what_not_is_noted_without_the_text() -> None:
    by = officer()
    found = read_vacancy_text(text=ADVERTISEMENT, by=by)
    text_offers.record_vacancy_choice(number="VAC-1", found=found, accepted=found.offers[:1], by=by)
    with reading() as session:
        details = session.scalars(select(AuditDetailsRow.details)).all()[-1]
    assert details["accepted"] == [found.offers[0].key]
    assert set(details["declined"]) == {offer.key for offer in found.offers[1:]}
    assert set(details) == {"accepted", "declined"}


def test_of_a_person_who_is_not_registered_only_counts_are_noted() -> None:
    by = officer()
    found = read_cv_text(text=CV, by=by)
    text_offers.record_cv_choice(external_id=None, found=found, accepted=found.offers[:2], by=by)
    with reading() as session:
        details = session.scalars(select(AuditDetailsRow.details)).all()[-1]
    assert details == {"accepted": 2, "declined": len(found.offers) - 2}


@pytest.mark.parametrize("role", [Role.CHAIR, Role.MANAGER, Role.ADMINISTRATOR])
def test_texts_are_read_by_those_who_enter_files(role: Role) -> None:
    by = officer(role)
    with pytest.raises(PermissionDenied):
        read_vacancy_text(text=ADVERTISEMENT, by=by)
    with pytest.raises(PermissionDenied):
        read_cv_text(text=CV, by=by)


def test_skills_in_a_language_are_not_offered_as_skills() -> None:
    esco.bring_in()
    text = "You tie up vines and interpret Mountain sign language."
    found = read_vacancy_text(text=text, language="en", by=officer())
    skills = [offer.code for offer in found.offers if offer.kind is OfferKind.SKILL]
    assert esco.TIE in skills
    assert not {esco.SIGN, esco.SIGN_WRITE} & {*skills}
