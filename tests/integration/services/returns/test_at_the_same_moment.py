"""Two who write in the same moment: one is first, the other reads a sentence."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from sqlalchemy import Engine, func, select

from db.models import ExitSurveyRow, FollowUpRow, MessageRow, ReturnRow
from db.session import reading
from domain.exceptions import LabourMigrationError
from domain.records.returns import SurveyForm
from services import clock
from services.returns import follow_ups, recording, reminders, surveys
from tests.factories.officers import officer
from tests.integration.services.returns.test_coming_back import away, back, returned, secret_of


def both(act: Callable[[], Any]) -> list[Any]:
    """What two threads get that begin together."""
    barrier = Barrier(2, timeout=20)

    def one(_: int) -> Any:
        barrier.wait()
        try:
            return act()
        except LabourMigrationError as refused:
            return refused

    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(one, range(2)))


def count(table: type) -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_reminders_tasks_returns_and_surveys_come_once(database: Engine) -> None:
    by = officer()
    number = away(5)
    assert sorted(both(reminders.send_return_reminders)) == [0, 1]
    assert count(MessageRow) == 1
    got = both(lambda: recording.record_return(deployment_number=number, form=back(), by=by))
    assert sum(isinstance(x, LabourMigrationError) for x in got) == 1
    assert count(ReturnRow) == 1
    secret = secret_of(surveys.send_survey(deployment_number=number, by=by))
    got = both(lambda: surveys.answer_survey(secret=secret, form=SurveyForm(recommends=7)))
    assert sum(isinstance(x, LabourMigrationError) for x in got) == 1
    assert count(ExitSurveyRow) == 1
    returned(by)
    clock.move(95)
    assert sorted(both(follow_ups.plan_follow_ups)) in ([0, 2], [1, 1])
    assert count(FollowUpRow) == 2
