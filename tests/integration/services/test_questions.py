"""A question worth asking becomes a task, its answer goes into the file and into the rank."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from db.models import AuditEventRow, JobseekerRow
from db.session import reading, unit_of_work
from domain.enums import (
    AskedFact,
    CefrLevel,
    QuestionOutcome,
    QuestionStatus,
    RequirementKind,
    Role,
)
from domain.exceptions import InvalidInput, PermissionDenied, Refused, StaleVersion
from domain.records.jobseeker import JobseekerForm, LanguageEntry, LicenceEntry, OccupationEntry
from domain.records.officer import Officer
from domain.records.questions import Answer, AskedQuestion, WorthAsking
from domain.records.vacancy import LanguageWanted, VacancyRecord
from domain.values import NO_LICENCE
from services import clock
from services.duplicates import merging
from services.jobseekers.bulk_registration import upsert_jobseekers
from services.jobseekers.checks import tidied
from services.jobseekers.register import get_jobseeker
from services.jobseekers.registration import update_jobseeker
from services.questions.facts import FIELDS, is_known, with_answer
from services.questions.listing import list_asked, list_earlier, list_questions_worth_asking
from services.questions.rules import rules_on
from services.questions.tasks import (
    answer_question,
    close_question,
    make_question,
    open_question,
)
from services.rankings import ranking
from services.today import get_today
from tests.factories.officers import officer
from tests.factories.rankings import picker, register_pickers
from tests.factories.vacancies import published_vacancy

SILENT = "Q-00001"
LANGUAGES = AskedFact.LANGUAGES


@pytest.fixture
def by(database: object) -> Officer:
    return officer()


@pytest.fixture
def vacancy(by: Officer) -> VacancyRecord:
    """Thirty people, and one of whom nobody knows the languages; six places."""
    register_pickers(30, by)
    register(by, SILENT, replace(picker(18), languages=(), phone="+995555000199"))
    wanted = LanguageWanted("de", CefrLevel.B1, RequirementKind.PREFERRED)
    return published_vacancy(by, positions=2, languages=(wanted,), scheme_code=None)


def register(by: Officer, external_id: str, form: JobseekerForm) -> None:
    with unit_of_work() as work:
        person = replace(form, personal_number="99999999999", birth_date=None)
        upsert_jobseekers(work.session, [(external_id, person)], by)
        work.commit()


def worth(by: Officer, fact: AskedFact = LANGUAGES) -> WorthAsking | None:
    page = list_questions_worth_asking(by=by)
    found = (q for q in page.rows if (q.person.external_id, q.fact) == (SILENT, fact))
    return next(found, None)


def made(by: Officer) -> AskedQuestion:
    return make_question(external_id=SILENT, fact=LANGUAGES, by=by)


def speaks(level: CefrLevel) -> Answer:
    return Answer(languages=(LanguageEntry("de", level),))


def rank_of(vacancy: VacancyRecord, by: Officer) -> int | None:
    run = ranking.rank_vacancy(vacancy_number=vacancy.number, by=by)
    return ranking.explain_candidate(run_id=run.run_id, external_id=SILENT, by=by).rank


def answered(question: AskedQuestion, answer: Answer, by: Officer):
    opened = open_question(question_id=question.id, by=by)
    return answer_question(
        question_id=question.id,
        answer=answer,
        version=question.version,
        file_version=opened.file.version,
        by=by,
    )


def test_an_unknown_fact_that_decides_is_listed_with_what_it_could_do(
    vacancy: VacancyRecord, by: Officer
) -> None:
    found = worth(by)
    assert found is not None and found.worth is not None and found.said > 20
    move = found.moves[0]
    assert (move.vacancy, move.places) == (vacancy.number, 6)
    assert move.rank == rank_of(vacancy, by)
    assert move.best is not None and move.best <= 6
    assert "de B1" in str(found.question)
    assert found.phone is not None and "555000" not in found.phone


def test_the_answer_is_in_the_file_and_in_the_rank_at_once(
    vacancy: VacancyRecord, by: Officer
) -> None:
    before, promised = rank_of(vacancy, by), worth(by)
    done = answered(made(by), speaks(CefrLevel.B1), by)
    (change,) = done.changes
    after = rank_of(vacancy, by)
    assert (change.vacancy, change.before, change.after) == (vacancy.number, before, after)
    assert before is not None and before > 6 and after is not None and after <= 6
    assert promised is not None and promised.moves[0].best == after
    form = get_jobseeker(external_id=SILENT, by=by).form
    assert form.languages == (LanguageEntry("de", CefrLevel.B1),)
    assert worth(by) is None
    (earlier,) = list_earlier(by=by)
    assert earlier.status is QuestionStatus.ANSWERED
    assert earlier.came_of_it == done.changes
    assert list_asked(by=by) == ()


def test_a_question_is_asked_once_at_a_time(vacancy: VacancyRecord, by: Officer) -> None:
    question = made(by)
    assert (question.status, question.assigned_to) == (QuestionStatus.OPEN, by.id)
    assert [move.vacancy for move in question.moves] == [vacancy.number]
    assert worth(by) is None
    assert list_questions_worth_asking(by=by).waiting == 1
    today = get_today(by=by)
    assert today.questions == list_questions_worth_asking(by=by).total
    told = {task.topic for task in today.tasks if task.page == "questions"}
    assert "Questions being asked" in told
    with pytest.raises(Refused, match="already"):
        made(officer(Role.RECRUITER, "colleague"))
    assert list_asked(by=by) == (question,)


def test_without_an_answer_the_fact_stays_unknown_and_is_not_asked_again_at_once(
    vacancy: VacancyRecord, by: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = clock.today()
    for outcome in QuestionOutcome:
        monkeypatch.setattr(clock, "today", lambda day=day: day)
        question = made(by)
        closed = close_question(
            question_id=question.id, outcome=outcome, version=question.version, by=by
        )
        again = day + timedelta(rules_on(day).ask_again_after_days[outcome])
        assert (closed.status, closed.outcome) == (QuestionStatus.NO_ANSWER, outcome)
        assert closed.ask_again_on == again > day
        assert get_jobseeker(external_id=SILENT, by=by).form.languages == ()
        assert worth(by) is None
        with pytest.raises(Refused, match="asked already"):
            made(by)
        day = again


def test_what_is_not_needed_any_more_may_be_asked_again(
    vacancy: VacancyRecord, by: Officer
) -> None:
    question = made(by)
    close_question(question_id=question.id, outcome=None, version=question.version, by=by)
    assert worth(by) is not None
    with pytest.raises(StaleVersion, match="dealt with"):
        close_question(question_id=question.id, outcome=None, version=question.version, by=by)


def test_somebody_elses_save_is_not_overwritten(vacancy: VacancyRecord, by: Officer) -> None:
    question = made(by)
    opened = open_question(question_id=question.id, by=by)
    theirs = replace(opened.file.form, region="GE-TB")
    saved = update_jobseeker(external_id=SILENT, form=theirs, version=opened.file.version, by=by)
    with pytest.raises(StaleVersion) as refused:
        answer_question(
            question_id=question.id,
            answer=speaks(CefrLevel.A2),
            version=question.version,
            file_version=opened.file.version,
            by=by,
        )
    assert refused.value.theirs == saved
    yours = refused.value.yours
    assert isinstance(yours, JobseekerForm)
    assert yours.languages == speaks(CefrLevel.A2).languages
    assert get_jobseeker(external_id=SILENT, by=by).form.languages == ()
    assert [q.status for q in list_asked(by=by)] == [QuestionStatus.OPEN]


def test_an_empty_answer_is_none(vacancy: VacancyRecord, by: Officer) -> None:
    question = made(by)
    with pytest.raises(InvalidInput, match="why not"):
        answered(question, Answer(), by)
    assert list_asked(by=by) == (question,)


def test_to_have_no_licence_is_an_answer_that_excludes(by: Officer) -> None:
    register(by, SILENT, picker(18))
    vacancy = published_vacancy(by, licences_required=("B",), scheme_code=None)
    licences = AskedFact.LICENCES
    question = make_question(external_id=SILENT, fact=licences, vacancy=vacancy.number, by=by)
    none = LicenceEntry(NO_LICENCE)
    done = answered(question, Answer(licences=(none,)), by)
    assert [(change.before, change.after) for change in done.changes] == [(1, None)]
    assert rank_of(vacancy, by) is None
    form = get_jobseeker(external_id=SILENT, by=by).form
    assert form.licences == (none,)
    assert tidied(replace(form, licences=(none, LicenceEntry("B")))).licences == (
        LicenceEntry("B"),
    )
    with pytest.raises(InvalidInput):
        published_vacancy(by, licences_required=(NO_LICENCE,))


def test_a_merged_file_is_asked_nothing_more(vacancy: VacancyRecord, by: Officer) -> None:
    made(by)
    kept = get_jobseeker(external_id="T-00018", by=by)
    theirs = get_jobseeker(external_id=SILENT, by=by)
    with unit_of_work() as work:
        row = work.session.get_one(JobseekerRow, theirs.id)
        row.personal_number = None
        work.commit()
    files = merging.get_two_files(one=kept.external_id, other=SILENT, by=by)
    merging.merge_jobseekers(
        kept=kept.external_id,
        other=SILENT,
        versions={f.external_id: f.version for f in (files.first, files.second)},
        choices=files.choices[kept.external_id],
        by=by,
    )
    assert list_asked(by=by) == ()
    assert [q.status for q in list_earlier(by=by)] == [QuestionStatus.NOT_NEEDED]


def test_what_the_file_knows_is_not_asked(vacancy: VacancyRecord, by: Officer) -> None:
    with pytest.raises(Refused, match="knows"):
        make_question(external_id=SILENT, fact=AskedFact.OCCUPATIONS, by=by)


def test_each_step_is_audited_about_the_person(vacancy: VacancyRecord, by: Officer) -> None:
    answered(made(by), speaks(CefrLevel.B1), by)
    with reading() as session:
        events = session.execute(
            select(AuditEventRow.action, AuditEventRow.subject).where(
                AuditEventRow.entity == "question"
            )
        ).all()
    assert [tuple(event) for event in events] == [
        ("created", SILENT),
        ("read", SILENT),
        ("answered", SILENT),
    ]


def test_only_recruiters_ask(vacancy: VacancyRecord) -> None:
    for role in set(Role) - {Role.RECRUITER}:
        other = officer(role)
        with pytest.raises(PermissionDenied):
            list_questions_worth_asking(by=other)
        with pytest.raises(PermissionDenied):
            made(other)


ANSWERS = {
    AskedFact.OCCUPATIONS: Answer(occupations=(OccupationEntry("9211", 2.0),)),
    AskedFact.YEARS: Answer(occupations=(OccupationEntry("9211", 2.0),)),
    AskedFact.SKILLS: Answer(skills=("S1",)),
    AskedFact.LANGUAGES: speaks(CefrLevel.A1),
    AskedFact.LICENCES: Answer(licences=(LicenceEntry(NO_LICENCE),)),
    AskedFact.EDUCATION: Answer(education=0),
    AskedFact.AVAILABILITY: Answer(available_from=clock.today()),
    AskedFact.COUNTRIES: Answer(countries=("DE",)),
    AskedFact.PASSPORT: Answer(passport_until=clock.today()),
    AskedFact.BIRTH_DATE: Answer(birth_date=clock.today()),
    AskedFact.CITIZENSHIP: Answer(citizenship="GE"),
}


@pytest.mark.parametrize("fact", AskedFact)
def test_every_fact_can_be_answered(fact: AskedFact) -> None:
    entries = (OccupationEntry("9211"),) if fact is AskedFact.YEARS else ()
    blank = JobseekerForm(occupations=entries)
    assert not is_known(blank, fact)
    filled = with_answer(blank, fact, ANSWERS[fact])
    assert is_known(filled, fact)
    assert getattr(filled, FIELDS[fact]) != getattr(blank, FIELDS[fact])
    with pytest.raises(InvalidInput):
        with_answer(blank, fact, Answer(occupations=entries))
