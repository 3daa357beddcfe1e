"""Requirements on age, sex, looks, family or origin stop a vacancy until an officer decides."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from db.models import AuditDetailsRow, AuditEventRow
from db.session import reading
from domain.enums import ImportKind, ProtectedTopic, Role, VacancyStatus, WordsSettledBy
from domain.exceptions import InvalidInput, NotFound, PermissionDenied, Refused
from domain.records.officer import Officer
from domain.records.vacancy import VacancyRecord
from services.importing.running import preview_import, run_import
from services.texts import render
from services.today import get_today
from services.vacancies import settling, vacancies
from services.vacancies.intake import clauses_about, import_notice, protected_words
from services.vacancies.vacancies import get_vacancy
from tests.factories.officers import officer
from tests.factories.vacancies import draft_vacancy, vacancy_form

pytestmark = pytest.mark.usefixtures("sqlite_database")


@pytest.fixture
def by() -> Officer:
    return officer()


def draft(by: Officer, description: str, **changed: Any) -> VacancyRecord:
    return draft_vacancy(by, description=description, **changed)


def words_of(vacancy: VacancyRecord) -> dict[str, str]:
    return {one.words: one.id for one in protected_words(vacancy, vacancy.settled)}


def publish(vacancy: VacancyRecord, by: Officer) -> VacancyRecord:
    return vacancies.publish_vacancy(number=vacancy.number, by=by)


def last_event() -> tuple[AuditEventRow, dict[str, Any]]:
    with reading() as session:
        newest = select(AuditEventRow).order_by(AuditEventRow.seq.desc()).limit(1)
        event = session.scalars(newest).one()
        return event, session.get_one(AuditDetailsRow, event.seq).details


def test_publishing_names_all_words_and_what_to_do(by: Officer) -> None:
    vacancy = draft(by, "Men only. Applicants no older than 35.", title_ka="ახალგაზრდა გოგონა")
    with pytest.raises(Refused) as refused:
        publish(vacancy, by)
    said = render(refused.value.sentence, "en")
    for words in ("“Men only”", "“no older than 35”", "“ახალგაზრდა გოგონა”", "cite a clause"):
        assert words in said


def test_a_changed_text_is_published(by: Officer) -> None:
    vacancy = draft(by, "Men only. Strength is needed: crates of 20 kg.")
    form = replace(vacancy.form(), description="Strength is needed: crates of 20 kg.")
    changed = vacancies.update_vacancy(
        number=vacancy.number, form=form, version=vacancy.version, by=by
    )
    assert publish(changed, by).status is VacancyStatus.PUBLISHED


def test_no_requirement_needs_a_reason_and_is_kept_and_logged(by: Officer) -> None:
    vacancy = draft(by, "The parents are married. Both run the farm.", title="Only married pear")
    (words,) = words_of(vacancy).values()
    with pytest.raises(InvalidInput):
        settling.declare_no_requirement(number=vacancy.number, words=words, reason=" ", by=by)
    reason = "The name of a sort of pears"
    settled = settling.declare_no_requirement(
        number=vacancy.number, words=words, reason=reason, by=by
    )
    assert settled.settled[0].reason == reason
    assert publish(settled, by).status is VacancyStatus.PUBLISHED
    with reading() as session:
        query = select(AuditEventRow).where(AuditEventRow.action == "settled_words")
        event = session.scalars(query).one()
        details = session.get_one(AuditDetailsRow, event.seq).details
    assert (event.entity_id, details["reason"], details["words"]) == (
        vacancy.number,
        reason,
        "Only married",
    )


def test_a_clause_of_the_own_scheme_about_the_same_topic_is_cited(by: Officer) -> None:
    vacancy = draft(by, "Age: 18-60.")
    (words,) = words_of(vacancy).values()
    settled = settling.cite_clause(
        number=vacancy.number, words=words, rule="age_at_departure", by=by
    )
    (kept,) = settled.settled
    assert kept.settled_as is WordsSettledBy.CLAUSE
    assert "18 to 60" in str(kept.clause)
    assert kept.source
    assert publish(settled, by).status is VacancyStatus.PUBLISHED


@pytest.mark.parametrize("text", ["Applicants no older than 35.", "Young workers wanted."])
def test_a_text_stricter_than_the_clause_is_refused(by: Officer, text: str) -> None:
    vacancy = draft(by, text)
    with pytest.raises(Refused, match="stricter"):
        settling.cite_clause(
            number=vacancy.number,
            words=next(iter(words_of(vacancy).values())),
            rule="age_at_departure",
            by=by,
        )


def test_a_clause_about_something_else_or_of_no_scheme_is_refused(by: Officer) -> None:
    vacancy = draft(by, "Men only.")
    (words,) = words_of(vacancy).values()
    for rule in ("age_at_departure", "healthy", "no_such_rule"):
        with pytest.raises(Refused):
            settling.cite_clause(number=vacancy.number, words=words, rule=rule, by=by)
    assert clauses_about(vacancy, ProtectedTopic.SEX) == ()
    assert clauses_about(replace(vacancy, scheme_code=None), ProtectedTopic.AGE) == ()


def test_a_decision_holds_for_its_sentence_and_its_scheme_only(by: Officer) -> None:
    vacancy = draft(by, "Age: 18-60.")
    (words,) = words_of(vacancy).values()
    settled = settling.cite_clause(
        number=vacancy.number, words=words, rule="age_at_departure", by=by
    )
    without = replace(settled.form(), scheme_code=None)
    moved = vacancies.update_vacancy(
        number=vacancy.number, form=without, version=settled.version, by=by
    )
    assert [check.name for check in moved.obstacles] == ["protected_words"]
    form = replace(settled.form(), description="Age: 18-60, and men only.")
    other = vacancies.update_vacancy(number=vacancy.number, form=form, version=moved.version, by=by)
    assert len(other.obstacles) == 2


def test_a_decision_can_be_taken_back(by: Officer) -> None:
    vacancy = draft(by, "Age: 18-60.")
    (words,) = words_of(vacancy).values()
    settling.cite_clause(number=vacancy.number, words=words, rule="age_at_departure", by=by)
    again = settling.take_back_decision(number=vacancy.number, words=words, by=by)
    assert [check.name for check in again.obstacles] == ["protected_words"]
    assert last_event()[0].action == "unsettled_words"
    with pytest.raises(NotFound):
        settling.take_back_decision(number=vacancy.number, words=words, by=by)


def test_only_who_edits_vacancies_decides_and_only_on_a_draft(by: Officer) -> None:
    vacancy = draft(by, "Age: 18-60.")
    (words,) = words_of(vacancy).values()
    with pytest.raises(PermissionDenied):
        settling.cite_clause(
            number=vacancy.number, words=words, rule="age_at_departure", by=officer(Role.MANAGER)
        )
    with pytest.raises(NotFound):
        settling.declare_no_requirement(number=vacancy.number, words="gone", reason="-", by=by)
    settled = settling.cite_clause(
        number=vacancy.number, words=words, rule="age_at_departure", by=by
    )
    publish(settled, by)
    with pytest.raises(Refused):
        settling.take_back_decision(number=vacancy.number, words=words, by=by)


def test_today_counts_a_settled_draft_as_ready(by: Officer) -> None:
    vacancy = draft(by, "Age: 18-60.")
    (words,) = words_of(vacancy).values()
    (before,) = [task for task in get_today(by=by).tasks if task.code == vacancy.number]
    assert "Age: 18-60" in render(before.what, "en")
    settling.cite_clause(number=vacancy.number, words=words, rule="age_at_departure", by=by)
    (after,) = [task for task in get_today(by=by).tasks if task.code == vacancy.number]
    assert "can be published" in render(after.what, "en")


def test_an_import_takes_stopped_rows_in_as_drafts_and_names_them(by: Officer) -> None:
    lines = ["number,title,country,positions,description", "V-1,Picker,DE,2,Fruit harvest"]
    lines += ["V-2,Picker,DE,2,Men only", "V-3,Picker,DE,2,Not older than 40"]
    content = "\n".join(lines).encode()
    kind = ImportKind.VACANCIES
    preview = preview_import(kind=kind, content=content, by=by)
    result = run_import(kind=kind, content=content, file_name="list.csv", by=by)
    assert (result.created, result.rejected) == (3, 0)
    for notices in (preview.notices, result.notices):
        assert any("2 (rows 3, 4)" in render(notice, "en") for notice in notices)
    assert get_vacancy(number="V-2", by=by).status is VacancyStatus.DRAFT


def test_a_notice_names_the_first_rows_only() -> None:
    many = [(row, vacancy_form(description="Men only.")) for row in range(2, 60)]
    said = render(import_notice(many)[0], "en")
    assert "58 (rows 2, 3" in said
    assert "21, …)" in said
