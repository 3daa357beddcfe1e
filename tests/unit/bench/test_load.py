"""What `make load` measures on, and what it concludes."""

from datetime import date

import pytest
from sqlalchemy import func, select
from streamlit.proto.BackMsg_pb2 import BackMsg

from bench.load.crowd import grow
from bench.load.frames import asks_again, is_rerun
from bench.load.load_page import held
from db.models import JobseekerFeaturesRow, JobseekerLanguageRow, JobseekerRow
from db.repositories.features import fill_features, pack_from_tables, read_names
from db.session import reading, unit_of_work
from services.jobseekers import registration
from services.officers.operator import operator
from tests.factories.jobseekers import person


@pytest.mark.usefixtures("sqlite_database")
def test_copies_of_people_are_packed_as_their_tables_say() -> None:
    for number, name in enumerate(("გელაშვილი", "ბერიძე", "კაპანაძე")):
        born = date(1980 + number, 2, 3)
        form = person(
            personal_number=f"0000000010{number}",
            last_name_ka=name,
            birth_date=born,
            first_name_lat=None,
            last_name_lat=None,
            phone=f"+99555500010{number}",
        )
        registration.register_jobseeker(form=form, by=operator())
    with unit_of_work() as work:
        fill_features(work.session)
        work.commit()
    assert grow(8) == 8
    with reading() as session:
        ids = session.scalars(select(JobseekerRow.id).order_by(JobseekerRow.id)).all()
        numbers = session.scalars(select(JobseekerRow.external_id)).all()
        spoken = session.scalar(select(func.count()).select_from(JobseekerLanguageRow))
        f = JobseekerFeaturesRow
        kept = list(session.scalars(select(f.packed).order_by(f.jobseeker_id)))
        told = list(pack_from_tables(session, ids, read_names(session)))
    assert len(ids) == len(set(numbers)) == spoken == 8
    assert kept == told


def row(sessions: int, p95: float | None, errors: int = 0) -> dict[str, object]:
    shared = {"page": "ranking", "people": 2000, "errors": errors}
    return {**shared, "sessions": sessions, "p95_ms": p95}


@pytest.mark.parametrize(
    ("rows", "most"),
    [
        ([row(25, 80), row(50, 499)], 50),
        ([row(25, 80), row(50, 500)], 25),
        ([row(25, 80), row(50, 90, errors=1)], 25),
        ([row(25, None)], None),
    ],
)
def test_sessions_are_held_while_clicks_are_answered_soon_and_without_error(
    rows: list[dict[str, object]], most: int | None
) -> None:
    assert [line["held"] for line in held(rows)] == [most]


def test_questions_of_a_living_screen_are_told_from_clicks() -> None:
    click, again = BackMsg(), BackMsg()
    click.rerun_script.query_string = ""
    again.rerun_script.is_auto_rerun = True
    assert is_rerun(click.SerializeToString()) and not asks_again(click.SerializeToString())
    assert asks_again(again.SerializeToString())
