"""Vacancies: taken in, changed, moved along their life cycle; nobody overwrites anybody."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from sqlalchemy import func, select

from db.models import AuditEventRow, CandidacyRow, JobseekerRow, VacancyRow
from db.session import reading, unit_of_work
from domain.enums import (
    CandidacyStatus,
    CefrLevel,
    RequirementKind,
    Role,
    VacancyStatus,
)
from domain.exceptions import (
    InvalidInput,
    LabourMigrationError,
    NotFound,
    PermissionDenied,
    Refused,
    StaleVersion,
)
from domain.records.vacancy import EmployerForm, LanguageWanted, VacancyFilter, VacancyForm
from domain.transitions import VACANCY
from services import audit, clock
from services.vacancies import employers, vacancies
from services.vacancies.requirements import requirement
from tests.factories.officers import officer
from tests.factories.vacancies import (
    EMPLOYER,
    draft_vacancy,
    published_vacancy,
    vacancy_form,
    verified_employer,
)

pytestmark = pytest.mark.usefixtures("database")


def events(action: str, entity: str = "vacancy") -> int:
    with reading() as session:
        query = select(func.count()).where(
            AuditEventRow.action == action, AuditEventRow.entity == entity
        )
        return session.scalar(query) or 0


def put_into(number: str, status: VacancyStatus) -> None:
    with unit_of_work() as work:
        row = work.session.scalars(select(VacancyRow).where(VacancyRow.number == number)).one()
        row.status = status
        work.commit()


def test_a_vacancy_comes_back_as_it_was_entered() -> None:
    by = officer()
    form = vacancy_form(
        skills_essential=("S0002", "S0001"),
        skills_optional=("S0003",),
        licences_required=("B",),
        education_min=0,
        experience_years_min=1.5,
        description="Asparagus.",
    )
    made = vacancies.create_vacancy(form=form, by=by)
    assert made.number == f"VAC-{clock.today().year}-00001"
    expected = replace(form, number=made.number, skills_essential=("S0001", "S0002"))
    assert made.form() == expected
    assert made.status is VacancyStatus.DRAFT
    assert events("created") == 1
    assert audit.verify_chain().broken_seq is None


def test_numbers_follow_each_other_past_foreign_ones() -> None:
    by, year = officer(), clock.today().year
    draft_vacancy(by, number=f"VAC-{year}-00041")
    draft_vacancy(by, number=f"VAC-{year}-x")
    assert draft_vacancy(by).number == f"VAC-{year}-00042"
    with pytest.raises(InvalidInput):
        draft_vacancy(by, number=f"VAC-{year}-00042")


def test_what_cannot_be_accepted_is_named_field_by_field() -> None:
    by = officer()
    form = vacancy_form(
        title=" ",
        country="XX",
        positions=0,
        occupations=("92",),
        end_on=clock.today(),
        hours_per_week=200,
        pay_amount=Decimal(-1),
        pay_currency="EURO",
        languages=(LanguageWanted("tlh-x", CefrLevel.A1, RequirementKind.MUST),),
        skills_essential=("nothing",),
    )
    with pytest.raises(InvalidInput) as refused:
        vacancies.create_vacancy(form=form, by=by)
    assert {problem.field for problem in refused.value.problems} == {
        "title",
        "country",
        "positions",
        "occupations",
        "end_on",
        "hours_per_week",
        "pay_amount",
        "pay_currency",
        "languages",
        "skills_essential",
    }
    assert vacancies.list_vacancies(by=by).total == 0


def test_the_second_to_save_sees_both_versions_and_overwrites_nothing() -> None:
    by = officer()
    seen = draft_vacancy(by)
    first = replace(seen.form(), title="Strawberry picker")
    second = replace(seen.form(), town="Südfeld")
    vacancies.update_vacancy(number=seen.number, form=first, version=seen.version, by=by)
    with pytest.raises(StaleVersion) as stale:
        vacancies.update_vacancy(number=seen.number, form=second, version=seen.version, by=by)
    assert stale.value.yours == second
    assert getattr(stale.value.theirs, "title", "") == "Strawberry picker"
    kept = vacancies.get_vacancy(number=seen.number, by=by)
    assert (kept.title, kept.town) == ("Strawberry picker", "Nordfeld")


def test_a_change_of_a_requirement_alone_counts_as_a_new_version() -> None:
    by = officer()
    seen = draft_vacancy(by)
    wanted = replace(seen.form(), languages=(LanguageWanted("de", CefrLevel.B1),))
    saved = vacancies.update_vacancy(number=seen.number, form=wanted, version=seen.version, by=by)
    assert saved.version > seen.version
    assert saved.form() == wanted
    same = vacancies.update_vacancy(number=seen.number, form=wanted, version=saved.version, by=by)
    assert same.version == saved.version
    assert events("updated") == 1


def test_a_published_vacancy_is_changed_only_as_a_draft_again() -> None:
    by = officer()
    published = published_vacancy(by)
    with pytest.raises(Refused):
        vacancies.update_vacancy(
            number=published.number,
            form=replace(published.form(), positions=1),
            version=published.version,
            by=by,
        )
    draft = vacancies.return_to_draft(number=published.number, by=by)
    assert draft.status is VacancyStatus.DRAFT
    assert vacancies.can_edit(draft, by)


def step(number: str, after: VacancyStatus, by: Any) -> None:
    match after:
        case VacancyStatus.PUBLISHED:
            vacancies.publish_vacancy(number=number, by=by)
        case VacancyStatus.DRAFT:
            vacancies.return_to_draft(number=number, by=by)
        case VacancyStatus.CLOSED:
            vacancies.close_vacancy(number=number, by=by)
        case VacancyStatus.CANCELLED:
            vacancies.cancel_vacancy(number=number, reason="the employer withdrew", by=by)


STEPS = (
    VacancyStatus.DRAFT,
    VacancyStatus.PUBLISHED,
    VacancyStatus.CLOSED,
    VacancyStatus.CANCELLED,
)
OF_THE_COMMISSION = {VacancyStatus.IN_COMMISSION, VacancyStatus.DECIDED}
"""From here only the commission's own steps lead back to published."""


def test_exactly_the_steps_of_the_life_cycle_are_possible() -> None:
    by = officer()
    number = draft_vacancy(by).number
    for before, after in product(VacancyStatus, STEPS):
        put_into(number, before)
        allowed = after in VACANCY[before]
        if after is VacancyStatus.PUBLISHED and before in OF_THE_COMMISSION:
            allowed = False
        try:
            step(number, after, by)
        except LabourMigrationError:
            assert not allowed, (before, after)
            assert vacancies.get_vacancy(number=number, by=by).status is before
        else:
            assert allowed, (before, after)
            assert vacancies.get_vacancy(number=number, by=by).status is after


def test_people_in_the_process_keep_a_vacancy_from_draft_and_from_cancelling() -> None:
    by = officer()
    published = published_vacancy(by)
    now = clock.now()
    with unit_of_work() as work:
        person = JobseekerRow(
            external_id="T-1",
            first_name_ka="ტესტი",
            last_name_ka="ტესტაძე",
            name_key="testi testadze",
            status="active",
            registered_on=clock.today(),
            created_at=now,
            updated_at=now,
        )
        work.session.add(person)
        work.session.flush()
        work.session.add(
            CandidacyRow(
                vacancy_id=published.id,
                jobseeker_id=person.id,
                status=CandidacyStatus.APPROVED,
                created_at=now,
            )
        )
        work.commit()
    read = vacancies.get_vacancy(number=published.number, by=by)
    assert read.candidacies == {CandidacyStatus.APPROVED: 1}
    assert not vacancies.can_return_to_draft(read, by)
    assert not vacancies.can_cancel(read, by)
    assert vacancies.can_close(read, by)


def test_cancelling_needs_a_reason() -> None:
    by = officer()
    with pytest.raises(InvalidInput):
        vacancies.cancel_vacancy(number=draft_vacancy(by).number, reason=" ", by=by)


READERS = {Role.RECRUITER, Role.MANAGER, Role.INSPECTOR}


@pytest.mark.parametrize("role", Role)
def test_who_may_read_and_who_may_change(role: Role) -> None:
    number = draft_vacancy(officer(username="owner")).number
    by = officer(role, username="asks")
    if role in READERS:
        seen = vacancies.get_vacancy(number=number, by=by)
        assert vacancies.can_edit(seen, by) is (role is Role.RECRUITER)
    else:
        with pytest.raises(PermissionDenied):
            vacancies.get_vacancy(number=number, by=by)
    if role is not Role.RECRUITER:
        with pytest.raises(PermissionDenied):
            vacancies.create_vacancy(form=vacancy_form(), by=by)
        with pytest.raises(PermissionDenied):
            employers.create_employer(form=EmployerForm(name="Other"), by=by)


def test_an_unknown_number_is_a_sentence() -> None:
    with pytest.raises(NotFound, match="no such vacancy"):
        vacancies.get_vacancy(number="VAC-1", by=officer())


def test_a_list_is_filtered_and_paged() -> None:
    by = officer()
    draft_vacancy(by, title="Erntehelfer Äpfel")
    published_vacancy(by)
    draft_vacancy(by, country="BG", scheme_code=None, occupations=("5322",), employer="Dom")
    draft_vacancy(by, occupations=())

    def found(**wanted: Any) -> int:
        return vacancies.list_vacancies(wanted=VacancyFilter(**wanted), by=by).total

    assert found() == 4
    assert found(statuses=(VacancyStatus.PUBLISHED,)) == 1
    assert found(countries=("BG",)) == 1
    assert found(occupation="92") == 2
    assert found(uncoded=True) == 1
    assert found(text="erntehelfer äpfel") == 1
    assert found(text="მოსავლ") == 4
    assert found(text=EMPLOYER.lower()) == 3
    assert found(text="%") == 0
    page = vacancies.list_vacancies(offset=3, limit=3, by=by)
    assert (len(page.rows), page.total) == (1, 4)


def import_all(forms: list[VacancyForm], by: Any) -> Any:
    with unit_of_work() as work:
        result = vacancies.upsert_vacancies(work.session, forms, by=by)
        work.commit()
    return result


def test_importing_the_same_vacancies_twice_changes_nothing() -> None:
    by = officer()
    forms = [
        vacancy_form(number=f"X{n}", employer=f"Farm {n % 7}", skills_essential=("S0001",))
        for n in range(40)
    ]
    assert len(import_all(forms, by).created) == 40
    before = [vacancies.get_vacancy(number=f"X{n}", by=by) for n in range(40)]
    again = import_all(forms, by)
    assert len(again.unchanged) == 40
    assert (again.created, again.updated) == ((), ())
    assert [vacancies.get_vacancy(number=f"X{n}", by=by) for n in range(40)] == before
    assert len(employers.list_employers(by=by)) == 7
    assert (events("created"), events("updated")) == (40, 0)


def test_an_employer_that_comes_with_a_vacancy_is_audited_as_well() -> None:
    by = officer()
    import_all([vacancy_form(number=f"X{n}", employer=f"Farm {n % 2}") for n in range(5)], by)
    assert events("created", "employer") == 2
    draft_vacancy(by, employer="Farm 2")
    draft_vacancy(by, employer="Farm 2")
    assert events("created", "employer") == 3
    assert audit.verify_chain().broken_seq is None


def test_an_import_changes_what_it_states_and_leaves_the_rest() -> None:
    by = officer()
    import_all([vacancy_form(number="X1", description="old")], by)
    changed = VacancyForm(number="X1", title="Harvest helper", country="DE", positions=3)
    assert import_all([changed], by).updated == ("X1",)
    kept = vacancies.get_vacancy(number="X1", by=by)
    assert (kept.positions, kept.description, kept.occupations) == (3, "old", ("9211",))


def test_an_import_does_not_touch_what_is_published() -> None:
    by = officer()
    verified_employer(by)
    import_all([vacancy_form(number="X1")], by)
    vacancies.publish_vacancy(number="X1", by=by)
    assert import_all([vacancy_form(number="X1", positions=1)], by).kept == ("X1",)
    assert vacancies.get_vacancy(number="X1", by=by).positions == 12


def test_a_thousand_are_imported_in_seconds() -> None:
    by = officer()
    start = clock.now()
    forms = [vacancy_form(number=f"X{n}", employer=f"Farm {n}") for n in range(1000)]
    assert len(import_all(forms, by).created) == 1000
    assert clock.now() - start < timedelta(seconds=15)


def test_the_requirement_carries_the_scheme_gates() -> None:
    by = officer()
    asked = requirement(draft_vacancy(by, education_min=2))
    assert asked.outside_gates == (
        "scheme_age",
        "scheme_citizenship",
        "already_placed",
        "held_elsewhere",
        "withdrawn",
    )
    assert (asked.languages[0].level, asked.languages[0].must) == (2, True)
    free = requirement(draft_vacancy(by, scheme_code=None))
    assert free.outside_gates == ("already_placed", "held_elsewhere", "withdrawn")
    care = requirement(draft_vacancy(by, country="IL", scheme_code="il-care", employer="Bayit"))
    assert care.education_min == 3


def test_an_employer_is_changed_by_one_officer_at_a_time() -> None:
    by = officer()
    seen = verified_employer(by)
    form = replace(seen.form(), contact_email="farm@example.org")
    employers.update_employer(employer_id=seen.id, form=form, version=seen.version, by=by)
    with pytest.raises(StaleVersion):
        employers.update_employer(employer_id=seen.id, form=form, version=seen.version, by=by)
    with pytest.raises(InvalidInput):
        employers.create_employer(form=seen.form(), by=by)
    with pytest.raises(InvalidInput):
        employers.update_employer(
            employer_id=seen.id, form=replace(form, contact_email="@"), version=1, by=by
        )
