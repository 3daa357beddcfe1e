"""Who follows when a place becomes free; each place is given once, whoever asks."""

from functools import partial

from sqlalchemy import Engine, func, select

from db.models import CandidacyRow, HoldRow, JobseekerRow, PlaceOfferRow
from db.session import reading, unit_of_work
from domain.enums import CandidacyStatus as C
from domain.enums import JobseekerStatus, VacancyStatus
from domain.exceptions import Refused
from domain.texts import N_, Sentence
from services.candidacies import move_candidacy
from services.sending.next_in_line import offer_next
from tests.factories import histories
from tests.factories.officers import officer
from tests.integration.services.commission.race import accepted, at_once, refused

BECAUSE = Sentence(N_("called back"))
APPROVED = (
    ("preselected", "2026-02-02"),
    ("commission_review", "2026-02-03"),
    ("approved", "2026-02-04"),
)
SELECTED = (*APPROVED, ("sent", "2026-02-05"), ("employer_selected", "2026-02-06"))
RESERVE = (*APPROVED[:2], ("reserve", "2026-02-04"))


def decided_vacancy(positions: int = 1) -> int:
    return histories.vacancy(positions=positions, status=VacancyStatus.DECIDED)


def reserve(vacancy_id: int, order: int, person: int | None = None) -> int:
    candidacy = histories.candidacy(person or histories.person(), vacancy_id, *RESERVE)
    with unit_of_work() as work:
        work.session.get_one(CandidacyRow, candidacy).reserve_order = order
        work.commit()
    return candidacy


def declined(vacancy_id: int) -> int:
    return histories.candidacy(
        histories.person(), vacancy_id, *SELECTED, ("declined", "2026-02-08")
    )


def offer(vacancy_id: int, left: int | None = None) -> int | None:
    with unit_of_work() as work:
        found = offer_next(work.session, vacancy_id=vacancy_id, because=BECAUSE, left=left, by=None)
        work.commit()
        return found


def status_of(candidacy_id: int) -> C:
    with reading() as session:
        return session.get_one(CandidacyRow, candidacy_id).status


def test_the_first_of_the_reserve_follows_whoever_declined(sqlite_database: Engine) -> None:
    vacancy = decided_vacancy()
    second, first = reserve(vacancy, 2), reserve(vacancy, 1)
    gone = declined(vacancy)
    assert offer(vacancy, gone) == first
    assert (status_of(first), status_of(second)) == (C.APPROVED, C.RESERVE)


def test_a_place_that_was_given_is_not_given_again(sqlite_database: Engine) -> None:
    vacancy = decided_vacancy()
    reserve(vacancy, 1), reserve(vacancy, 2)
    gone = declined(vacancy)
    assert offer(vacancy, gone) is not None
    assert offer(vacancy, gone) is None
    assert offer(vacancy) is None


def test_nobody_follows_into_a_vacancy_that_is_full(sqlite_database: Engine) -> None:
    vacancy = decided_vacancy()
    reserve(vacancy, 1)
    histories.candidacy(histories.person(), vacancy, *SELECTED)
    assert offer(vacancy, declined(vacancy)) is None


def test_whoever_is_held_or_off_the_register_is_passed_over(sqlite_database: Engine) -> None:
    vacancy, elsewhere = decided_vacancy(), decided_vacancy()
    held, gone_abroad = histories.person(), histories.person(status=JobseekerStatus.SUSPENDED)
    other = histories.candidacy(held, elsewhere, *APPROVED)
    with unit_of_work() as work:
        move_candidacy(work.session, work.session.get_one(CandidacyRow, other), C.SENT, by=None)
        work.commit()
    reserve(vacancy, 1, held), reserve(vacancy, 2, gone_abroad)
    free = reserve(vacancy, 3)
    assert offer(vacancy, declined(vacancy)) == free


def test_one_place_goes_to_one_person_when_several_ask_at_once(database: Engine) -> None:
    vacancy = decided_vacancy()
    for order in range(1, 5):
        reserve(vacancy, order)
    gone = declined(vacancy)
    answers = at_once(*[lambda: offer(vacancy, gone)] * 4)
    assert len([one for one in accepted(answers) if one is not None]) == 1
    assert refused(answers) == []
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(PlaceOfferRow)) == 1
        moved = select(func.count()).where(CandidacyRow.status == C.APPROVED)
        assert session.scalar(moved) == 1


def test_two_employers_who_want_one_person_at_once_get_one_hold(database: Engine) -> None:
    by = officer()
    person = histories.person()
    ours = [histories.candidacy(person, decided_vacancy(), *APPROVED) for _ in range(2)]

    def send(candidacy_id: int) -> C:
        with unit_of_work() as work:
            row = work.session.get_one(CandidacyRow, candidacy_id)
            move_candidacy(work.session, row, C.SENT, by=by)
            work.commit()
            return row.status

    answers = at_once(*(partial(send, one) for one in ours))
    assert accepted(answers) == [C.SENT]
    (sentence,) = refused(answers)
    assert isinstance(sentence, Refused)
    with reading() as session:
        number = session.get_one(JobseekerRow, person).external_id
        assert number in str(sentence.sentence)
        assert session.scalar(select(func.count()).select_from(HoldRow)) == 1
        assert sorted(status_of(one) for one in ours) == [C.APPROVED, C.SENT]


def test_a_hold_ends_with_the_step_that_leads_away_from_the_employer(
    sqlite_database: Engine,
) -> None:
    person = histories.person()
    first, second = (histories.candidacy(person, decided_vacancy(), *APPROVED) for _ in range(2))
    with unit_of_work() as work:
        row = work.session.get_one(CandidacyRow, first)
        for step in (C.SENT, C.EMPLOYER_RESERVE):
            move_candidacy(work.session, row, step, by=None)
        move_candidacy(work.session, work.session.get_one(CandidacyRow, second), C.SENT, by=None)
        work.commit()
    with reading() as session:
        holds = session.scalars(select(HoldRow).order_by(HoldRow.id)).all()
        assert [(one.candidacy_id, one.released_at is None) for one in holds] == [
            (first, False),
            (second, True),
        ]
