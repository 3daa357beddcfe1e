"""No more people selected or approved than there are places, whoever writes, on both engines.

The officers here do what a careless program does: they look, then write, without holding anything.
With the database's own limit not one too many gets through; without it, nearly always.
"""

import threading
from collections.abc import Callable, Sequence
from functools import partial

import pytest
from sqlalchemy import Engine, func, select, text, update

from db.migrations.place_guards import GUARDS, HAVE_POSITION, IN_PLACE
from db.models import CandidacyRow, VacancyRow
from db.repositories import decisions
from db.session import reading, unit_of_work
from domain.enums import CandidacyStatus, EmployerChoice
from domain.exceptions import LabourMigrationError, Refused
from domain.records.answers import AnswerForm, AnswerOutcome, GivenAnswer
from services.answers import employer
from services.answers.checks import HAVE_A_PLACE
from services.answers.employer import answer_by_link
from services.sending.next_in_line import TAKEN
from tests.factories.packages import people, sent_package
from tests.integration.services.commission.race import accepted, at_once, refused
from tests.integration.services.commission.room import Room, candidacies, send_shortlist

C = CandidacyStatus
PLACES, OFFICERS, TRIALS = 2, 6, 4


def drop_limits(engine: Engine) -> None:
    """The database as it was before it counted."""
    with engine.begin() as connection:
        for name, table, *_ in GUARDS:
            where = "" if engine.dialect.name == "sqlite" else f" ON {table}"
            connection.execute(text(f"DROP TRIGGER {name}{where}"))


def count(ids: Sequence[int], status: C) -> int:
    with reading() as session:
        query = select(func.count()).where(CandidacyRow.id.in_(ids), CandidacyRow.status == status)
        return session.scalar(query) or 0


def put(ids: Sequence[int], status: C) -> None:
    with unit_of_work() as work:
        row = update(CandidacyRow).where(CandidacyRow.id.in_(ids))
        work.session.execute(row.values(status=status))
        work.commit()


def look_then_write(ids: Sequence[int], after: C) -> list[object]:
    """Each officer sees a free place, and then each takes somebody."""
    have_looked = threading.Barrier(len(ids))

    def act(one: int) -> None:
        assert count(ids, after) < PLACES
        have_looked.wait(timeout=30)
        put([one], after)

    return at_once(*[partial(act, one) for one in ids])


def selected(engine: Engine) -> tuple[list[int], C, C]:
    sent = sent_package(people(OFFICERS), positions=PLACES)
    return list(sent.candidacies), C.SENT, C.EMPLOYER_SELECTED


def approved(engine: Engine) -> tuple[list[int], C, C]:
    ids = candidacies(send_shortlist(Room().number, OFFICERS, positions=1, per=PLACES))
    return ids, C.COMMISSION_REVIEW, C.APPROVED


Scene = Callable[[Engine], tuple[list[int], C, C]]
SCENES = pytest.mark.parametrize("scene", [selected, approved])


@SCENES
def test_database_takes_no_more_people_than_places(database: Engine, scene: Scene) -> None:
    ids, before, after = scene(database)
    for _ in range(TRIALS):
        put(ids, before)
        answers = look_then_write(ids, after)
        assert len(accepted(answers)) == PLACES == count(ids, after)
        assert all("place" in str(one.sentence) for one in refused(answers))


@SCENES
def test_without_the_limit_the_same_officers_take_too_many(database: Engine, scene: Scene) -> None:
    """The control: it proves that the test above can fail."""
    ids, before, after = scene(database)
    drop_limits(database)
    too_many = 0
    for _ in range(TRIALS):
        put(ids, before)
        look_then_write(ids, after)
        too_many += count(ids, after) > PLACES
    assert too_many >= TRIALS / 2


def test_employers_tabs_fill_exactly_the_places(database: Engine) -> None:
    sent = sent_package(people(OFFICERS), positions=PLACES)

    def tab(one: int) -> AnswerOutcome:
        form = AnswerForm((GivenAnswer(one, EmployerChoice.SELECT),))
        return answer_by_link(secret=sent.secret, form=form)

    answers = at_once(*[partial(tab, one) for one in sent.candidacies])
    assert len(accepted(answers)) == PLACES == count(sent.candidacies, C.EMPLOYER_SELECTED)
    assert all("places are free" in str(one.sentence) for one in refused(answers))


def test_service_that_forgets_to_count_is_refused_with_a_sentence(
    database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(employer, "_check_places", lambda *_: None)
    sent = sent_package(people(2), positions=1)
    form = AnswerForm(tuple(GivenAnswer(one, EmployerChoice.SELECT) for one in sent.candidacies))
    with pytest.raises(Refused, match="Nothing was changed"):
        answer_by_link(secret=sent.secret, form=form)
    assert count(sent.candidacies, C.SENT) == 2


def test_positions_do_not_sink_below_the_people_who_have_one(database: Engine) -> None:
    sent = sent_package(people(2), positions=2)
    put(sent.candidacies, C.EMPLOYER_SELECTED)

    def positions(number: int) -> None:
        with unit_of_work() as work:
            row = update(VacancyRow).where(VacancyRow.id == sent.vacancy_id)
            work.session.execute(row.values(positions=number))
            work.commit()

    positions(3)
    positions(2)
    with pytest.raises(LabourMigrationError, match="Nothing was changed"):
        positions(1)


def test_database_and_services_count_the_same_people() -> None:
    assert set(HAVE_POSITION) == {one.value for one in HAVE_A_PLACE} == {one.value for one in TAKEN}
    assert set(IN_PLACE) == {one.value for one in decisions.IN_PLACE}
