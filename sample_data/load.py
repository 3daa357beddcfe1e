"""Loads the sample: accounts, employers, vacancies, people, and what happened with them.

Everything goes through the services, at the moments that the story names, so that nothing is in
the database that the system itself would not have let happen.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import yaml
from sqlalchemy import func, select

from db.models import EmployerRow, JobseekerRow, OfficerRow, VacancyRow
from db.session import reading, settings
from domain.exceptions import Refused
from domain.records.officer import Officer
from sample_data.afterwards import Afterwards
from sample_data.afterwards.monitoring import tell_monitoring
from sample_data.appeals import Appeals
from sample_data.forms import Days, rows
from sample_data.founding import Founding
from sample_data.intake import tell_intake
from sample_data.letters import tell_letters
from sample_data.messages import tell_messages
from sample_data.policy import propose_weights
from sample_data.questions import ask_questions
from sample_data.returning import tell_returning
from sample_data.sessions import Sitting, preselect_best
from sample_data.timeline import Timeline
from services import clock
from services.due_work import JOBS, run_due
from services.duplicates.duplicate_search import find_duplicates
from services.officers.demo_accounts import create_demo_accounts, demo_accounts
from services.officers.sign_in import officer_record

SEED = 20261123
STORY = Path(__file__).parent / "story.yaml"
Progress = Callable[[int, int, str], None]


def load_sample(*, progress: Progress, force: bool = False) -> None:
    """Fill the database with the sample; Refused where other people are, unless `force`."""
    check_can_load(force=force)
    days = Days(clock.today())
    story: dict[str, Any] = yaml.safe_load(STORY.read_text("utf-8"))
    with clock.at(before_everything(days)):
        create_demo_accounts()
    cast = read_cast()
    timeline = Timeline()
    tell_intake(timeline, days, story, cast["recruiter"])
    tell_process(timeline, days, story, cast)
    tell_letters(timeline, cast)
    tell_returning(timeline, days, cast)
    tell_messages(timeline, cast["recruiter"])
    tell_monitoring(timeline, days, cast)
    with seldom_tidied():
        timeline.run(progress)
        do_what_is_due()
    find_duplicates(by=cast["recruiter"])
    propose_weights(cast["recruiter"])
    ask_questions(cast["recruiter"])


def tell_process(
    timeline: Timeline, days: Days, story: dict[str, Any], cast: dict[str, Officer]
) -> None:
    """Sessions and what follows them, and the recruiter's own unfinished work."""
    random = Random(SEED)
    afterwards = Afterwards(days=days, story=story, cast=cast, seed=SEED)
    appeals = Appeals(days=days, story=story, cast=cast)

    def decided(vacancy: str, shortlist_id: int, timeline: Timeline) -> None:
        afterwards.decided(vacancy, shortlist_id, timeline)
        appeals.decided(vacancy, shortlist_id, timeline)

    Founding(story["commission"], days, cast).tell(timeline)
    for told in story["sessions"]:
        sitting = Sitting(told, days=days, story=story, cast=cast, random=random, decided=decided)
        sitting.tell(timeline)
    for told in story["preselected"]:
        begin = partial(preselect_best, told, cast["recruiter"])
        timeline.add(days.moved(told["day"]), 16, begin)


@contextmanager
def seldom_tidied() -> Iterator[None]:
    """Let Python look for unused cycles seldom: thousands of steps make few, all is kept anyway."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 1_000)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def do_what_is_due() -> None:
    """As the app does every minute; what was queued of late stays in the outbox, to be seen."""
    done = run_due(tuple(job for job in JOBS if job.name != "messages"))
    failed = [name for name, count in done.items() if count < 0]
    assert not failed, failed


def is_wanted() -> bool:
    """Whether this is the first start of a demonstration: nobody and nothing is there yet."""
    with reading() as session:
        kept = (JobseekerRow, VacancyRow, EmployerRow)
        is_empty = not any(session.scalar(select(select(row).exists())) for row in kept)
    return is_empty and bool(demo_accounts())


def check_can_load(*, force: bool) -> None:
    """Refused in production, where the sample is already, and among other people."""
    if not demo_accounts():
        raise Refused(
            f"Sample data is for trying the system, never for MIGRATION_ENVIRONMENT="
            f"{settings().environment}."
        )
    own, all_people = count_people()
    if own:
        raise Refused("The sample is in this database already: nothing was changed.")
    if all_people and not force:
        raise Refused(
            f"This database holds {all_people} other people: nothing was changed. To load the "
            "sample beside them: python manage.py load-sample --force"
        )


def count_people() -> tuple[int, int]:
    """How many of the sample's people are there, and how many people at all."""
    sample = func.count().filter(JobseekerRow.external_id.startswith("SAMPLE-"))
    with reading() as session:
        own, everybody = session.execute(
            select(sample, func.count()).select_from(JobseekerRow)
        ).one()
    return own, everybody


def before_everything(days: Days) -> datetime:
    """The day before the first person is registered."""
    first = days.day(next(rows("jobseekers.csv"))["registered_on"])
    assert first is not None
    return datetime.combine(first - timedelta(1), time(9), clock.TBILISI)


def read_cast() -> dict[str, Officer]:
    """The demo accounts by name."""
    names = [account.username for account in demo_accounts()]
    with reading() as session:
        found = session.scalars(select(OfficerRow).where(OfficerRow.username.in_(names)))
        return {row.username: officer_record(session, row) for row in found.all()}
