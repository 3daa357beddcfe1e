"""Today's list names what waits, presses by dates, and forgets what is done."""

from datetime import timedelta

import pytest

from db.models import JobseekerDocumentRow
from db.session import unit_of_work
from domain.enums import DocumentKind, Evidence, Role, Urgency, VacancyStatus
from domain.exceptions import PermissionDenied
from domain.records.today import Task, Today
from services import audit, clock
from services.today import get_today
from tests.factories.histories import candidacy, person, vacancy
from tests.factories.officers import officer
from tests.factories.vacancies import draft_vacancy

pytestmark = pytest.mark.usefixtures("database")
TODAY = clock.today()
CHOSEN = ("preselected", "2026-02-02")
APPROVED = (CHOSEN, ("commission_review", "2026-02-03"), ("approved", "2026-02-09"))


def today() -> Today:
    """After an event, so that nothing kept is shown."""
    with unit_of_work() as work:
        audit.record(work.session, action="registered", entity="jobseeker", by=None)
        work.commit()
    return get_today(by=officer(Role.RECRUITER, f"recruiter-{clock.now().timestamp()}"))


def tasks(page: str) -> list[Task]:
    return [task for task in today().tasks if task.page == page]


def passport(jobseeker_id: int, days: int) -> None:
    with unit_of_work() as work:
        work.session.add(
            JobseekerDocumentRow(
                jobseeker_id=jobseeker_id,
                kind=DocumentKind.PASSPORT,
                valid_until=TODAY + timedelta(days),
                evidence=Evidence.STATED,
            )
        )
        work.commit()


@pytest.mark.parametrize(
    ("days", "urgency"),
    [(-1, Urgency.LATE), (0, Urgency.DUE), (7, Urgency.DUE), (8, Urgency.LATER)],
)
def test_closing_date_presses(days: int, urgency: Urgency) -> None:
    vacancy(closes_on=TODAY + timedelta(days))
    (task,) = tasks("ranking")
    assert task.urgency is urgency
    assert str(task.what) == "Preselected: 0 of 6; no shortlist was sent yet"


def test_vacancy_that_closes_far_off_waits_only_once_somebody_is_preselected() -> None:
    far = vacancy(closes_on=TODAY + timedelta(200))
    assert tasks("ranking") == []
    candidacy(person(), far, CHOSEN)
    assert [task.urgency for task in tasks("ranking")] == [Urgency.LATER]


def test_late_ones_come_first_and_are_counted() -> None:
    vacancy(closes_on=TODAY + timedelta(3))
    vacancy(closes_on=TODAY - timedelta(3))
    found = today()
    assert [task.urgency for task in found.tasks[:2]] == [Urgency.LATE, Urgency.DUE]
    assert (found.late, found.due) == (1, 1)


def test_decided_vacancy_asks_for_its_next_step() -> None:
    decided = vacancy(status=VacancyStatus.DECIDED)
    candidacy(person(), decided, *APPROVED)
    (task,) = tasks("sending")
    assert task.what.values == {"count": 1}
    refused = vacancy(status=VacancyStatus.DECIDED)
    candidacy(person(), refused, *APPROVED[:2], ("not_approved", "2026-02-09"))
    (again,) = tasks("ranking")
    assert "Nobody is left" in str(again.what)


def test_blocked_draft_names_its_obstacles_and_a_complete_one_can_go() -> None:
    by = officer()
    complete = draft_vacancy(by)
    blocked = draft_vacancy(by, pay_amount=None)
    found = {task.code: str(task.what) for task in tasks("vacancy")}
    assert found[complete.number] == "All is there: the draft can be published"
    assert "The pay is missing" in found[blocked.number]


def test_vacancies_without_an_occupation_are_one_line() -> None:
    by = officer()
    draft_vacancy(by, occupations=())
    draft_vacancy(by, occupations=())
    (line,) = tasks("occupation_codes")
    assert line.what.values == {"count": 2}
    assert tasks("vacancy") == []  # the code is all that is missing


def test_passport_that_ends_before_the_season_is_a_task_until_departure() -> None:
    farm = vacancy(end_on=TODAY + timedelta(100))
    short, enough, gone = person(), person(), person()
    passport(short, 40)
    passport(enough, 101)
    passport(gone, 40)
    for one in (short, enough):
        candidacy(one, farm, CHOSEN)
    candidacy(gone, farm, *APPROVED, ("departed", "2026-03-01"))
    (task,) = tasks("jobseeker")
    assert task.due == TODAY + timedelta(40)


def test_newer_passport_counts() -> None:
    one = person()
    passport(one, 40)
    passport(one, 400)
    candidacy(one, vacancy(end_on=TODAY + timedelta(100)), CHOSEN)
    assert tasks("jobseeker") == []


def test_list_is_made_again_only_after_an_event() -> None:
    by = officer()
    first = get_today(by=by)
    vacancy(closes_on=TODAY)
    assert get_today(by=by) is first
    assert today().due == 1


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.RECRUITER])
def test_only_recruiters_have_this_list(role: Role) -> None:
    with pytest.raises(PermissionDenied):
        get_today(by=officer(role))
