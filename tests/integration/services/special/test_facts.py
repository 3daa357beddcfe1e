"""What a special fact says is encrypted, opened for a reason, and erased after its day."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select, text

from db.models import AuditDetailsRow, AuditEventRow, SpecialFactRow
from db.session import reading, unit_of_work
from domain.enums import Role, SpecialBasis, SpecialKind
from domain.exceptions import InvalidInput, NotFound, PermissionDenied, Refused
from domain.records.officer import Officer
from domain.records.special import SpecialFact, SpecialForm
from services import clock
from services.permissions import MATRIX, Permission
from services.special import facts
from services.special.erasing import erase_encrypted
from tests.factories import histories
from tests.factories.officers import officer

WORDS = "ალერგია პენიცილინზე"
WHY = "ექიმთან ჩაწერა გამგზავრებამდე"


@pytest.fixture(autouse=True)
def ready(sqlite_database: Engine) -> None:
    pass


def person() -> str:
    with reading() as session:
        query = text("SELECT external_id FROM jobseekers WHERE id = :id")
        return str(session.execute(query, {"id": histories.person()}).scalar_one())


def form(**changed: object) -> SpecialForm:
    kept = SpecialForm(
        SpecialKind.HEALTH,
        SpecialBasis.CONSENT,
        "Which work in the greenhouse is safe",
        WORDS,
        clock.today() + timedelta(30),
    )
    return replace(kept, **changed)  # type: ignore[arg-type]


def kept_by(by: Officer, **changed: object) -> SpecialFact:
    return facts.record_fact(external_id=person(), form=form(**changed), by=by)


def test_a_fact_is_encrypted_and_opens_for_a_reason_that_is_kept() -> None:
    recruiter = officer()
    fact = kept_by(recruiter)
    with reading() as session:
        stored = session.get_one(SpecialFactRow, fact.id).content_sealed
    assert stored is not None and WORDS.encode() not in stored
    assert facts.open_fact(fact_id=fact.id, reason=WHY, by=recruiter) == WORDS
    with reading() as session:
        event = session.scalars(select(AuditEventRow).where(AuditEventRow.action == "revealed"))
        opened = event.one()
        told = session.get_one(AuditDetailsRow, opened.seq).details
    assert (opened.subject, opened.actor_id) == (fact.external_id, recruiter.id)
    assert told == {"reason": WHY}


def test_each_opening_is_an_event_of_its_own() -> None:
    recruiter = officer()
    fact = kept_by(recruiter)
    for _ in range(3):
        facts.open_fact(fact_id=fact.id, reason=WHY, by=recruiter)
    with reading() as session:
        events = session.scalars(select(AuditEventRow.action)).all()
    assert events.count("revealed") == 3


@pytest.mark.parametrize("reason", ["", "   ", "x", "for work"])
def test_without_a_real_reason_a_fact_stays_closed(reason: str) -> None:
    recruiter = officer()
    fact = kept_by(recruiter)
    with pytest.raises(InvalidInput, match="for what you need it"):
        facts.open_fact(fact_id=fact.id, reason=reason, by=recruiter)


@pytest.mark.parametrize(
    "role", [role for role in Role if Permission.SPECIAL_READ not in MATRIX[role]]
)
def test_other_roles_learn_not_even_that_there_is_a_fact(role: Role) -> None:
    fact, stranger = kept_by(officer()), officer(role)
    for act in (
        lambda: facts.list_facts(external_id=fact.external_id, by=stranger),
        lambda: facts.open_fact(fact_id=fact.id, reason=WHY, by=stranger),
        lambda: facts.open_fact(fact_id=0, reason=WHY, by=stranger),
        lambda: facts.erase_fact(fact_id=fact.id, by=stranger),
        lambda: facts.record_fact(external_id=fact.external_id, form=form(), by=stranger),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_administrators_and_managers_read_no_special_fact() -> None:
    readers = {role for role in Role if Permission.SPECIAL_READ in MATRIX[role]}
    assert readers == {Role.RECRUITER, Role.INSPECTOR}


def test_an_erased_fact_leaves_its_line_and_nothing_else() -> None:
    recruiter = officer()
    fact = facts.erase_fact(fact_id=kept_by(recruiter).id, by=recruiter)
    assert fact.erased_at is not None
    with reading() as session:
        assert session.get_one(SpecialFactRow, fact.id).content_sealed is None
    with pytest.raises(Refused, match="erased"):
        facts.open_fact(fact_id=fact.id, reason=WHY, by=recruiter)
    assert [one.id for one in facts.list_facts(external_id=fact.external_id, by=recruiter)] == [
        fact.id
    ]


def test_after_its_last_day_a_fact_is_erased_by_itself_once() -> None:
    recruiter = officer()
    over = kept_by(recruiter, needed_until=clock.today())
    assert facts.erase_overdue_facts() == 0
    clock.move(1)
    assert (facts.erase_overdue_facts(), facts.erase_overdue_facts()) == (1, 0)
    shown = facts.list_facts(external_id=over.external_id, by=recruiter)
    assert shown[0].erased_at is not None


@pytest.mark.parametrize(
    ("field", "value"),
    [("purpose", " "), ("content", ""), ("content", "x" * 4001)],
)
def test_a_fact_without_its_words_is_not_kept(field: str, value: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        kept_by(officer(), **{field: value})
    assert [problem.field for problem in refused.value.problems] == [field]


@pytest.mark.parametrize("days", [-1, 731])
def test_a_fact_needs_a_last_day_that_is_near(days: int) -> None:
    with pytest.raises(InvalidInput):
        kept_by(officer(), needed_until=clock.today() + timedelta(days))


def test_a_fact_of_nobody_is_refused_as_any_absent_one() -> None:
    with pytest.raises(NotFound):
        facts.record_fact(external_id="JS-0", form=form(), by=officer())
    with pytest.raises(NotFound):
        facts.open_fact(fact_id=404, reason=WHY, by=officer(username="other"))


def test_everything_encrypted_about_a_person_goes_at_once() -> None:
    recruiter = officer()
    fact = kept_by(recruiter)
    with unit_of_work() as work:
        row = work.session.get_one(SpecialFactRow, fact.id)
        assert erase_encrypted(work.session, row.jobseeker_id) == 1
        work.commit()
    with reading() as session:
        assert session.get_one(SpecialFactRow, fact.id).content_sealed is None
