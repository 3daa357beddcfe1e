"""A packed person says what the file's tables say, after every kind of change."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update

from db.features import LISTS, NUMBERS, pack, unpack
from db.models import FeatureNameRow, JobseekerFeaturesRow, JobseekerRow
from db.repositories.features import fill_features, pack_from_tables, read_names
from db.session import reading, unit_of_work
from domain.enums import CefrLevel, DocumentKind, Evidence
from domain.records.jobseeker import (
    DocumentEntry,
    JobseekerForm,
    LanguageEntry,
    LicenceEntry,
    OccupationEntry,
    SkillEntry,
)
from domain.records.officer import Officer
from services.jobseekers.register import get_jobseeker
from services.jobseekers.registration import (
    reactivate_jobseeker,
    register_jobseeker,
    update_jobseeker,
    withdraw_jobseeker,
)
from tests.factories.officers import officer
from tests.factories.rankings import picker, register_pickers


@pytest.fixture
def by(database: object) -> Officer:
    return officer()


def check_packed(people: int) -> None:
    """Everybody has a value, up to date, and it is what the tables give."""
    f, j = JobseekerFeaturesRow, JobseekerRow
    with reading() as session:
        query = select(f.jobseeker_id, f.packed).join(j, j.id == f.jobseeker_id)
        found = session.execute(query.where(f.seq == j.changed_seq))
        kept = {row.jobseeker_id: row.packed for row in found}
        names = read_names(session)
        told = list(pack_from_tables(session, kept, names))
        assert session.scalar(select(func.count()).select_from(j)) == people
    assert not names.new
    assert len(kept) == people
    assert [kept[person] for person in sorted(kept)] == told
    assert unpack(told).size == people


CHANGES: dict[str, dict[str, Any]] = {
    "years": {"occupations": (OccupationEntry("9211", 2.5), OccupationEntry("9211", None))},
    "skills": {"skills": (SkillEntry("harvest-fruit", Evidence.TESTED),)},
    "languages": {"languages": (LanguageEntry("pl", CefrLevel.NATIVE, Evidence.CERTIFICATE),)},
    "licences": {"licences": (LicenceEntry("B"),)},
    "passport": {
        "documents": (DocumentEntry(DocumentKind.PASSPORT, valid_until=date(2031, 1, 1)),)
    },
    "countries": {"desired_countries": ("DE", "PL")},
    "person": {"birth_date": date(1999, 9, 9), "citizenship": "AM", "education": 6},
    "nothing known": {
        "occupations": (),
        "languages": (),
        "documents": (),
        "desired_countries": (),
        "available_from": None,
        "available_to": None,
        "citizenship": None,
        "birth_date": None,
    },
}


def test_every_change_of_a_file_is_packed_with_it(by: Officer) -> None:
    register_pickers(6, by)
    check_packed(6)
    kept = register_jobseeker(form=replace(picker(77), skills=skills()), by=by)
    check_packed(7)
    for changed in CHANGES.values():
        before = packed_of(kept.id)
        form = replace(get_jobseeker(external_id=kept.external_id, by=by).form, **changed)
        kept = update_jobseeker(
            external_id=kept.external_id, form=tidy(form), version=kept.version, by=by
        )
        assert packed_of(kept.id) != before
        check_packed(7)
    for move in (withdraw_jobseeker, reactivate_jobseeker):
        kept = move(external_id=kept.external_id, reason="Asked", version=kept.version, by=by)
        check_packed(7)
    register_pickers(9, by, desired_countries=("FR",))
    check_packed(10)


def skills() -> tuple[SkillEntry, ...]:
    from services.reference import reference

    return tuple(SkillEntry(skill) for skill in sorted(reference().skill_group)[:3])


def tidy(form: JobseekerForm) -> JobseekerForm:
    """With skills that the reference tables have."""
    return replace(form, skills=skills()[: len(form.skills)])


def packed_of(person: int) -> bytes:
    with reading() as session:
        return session.get_one(JobseekerFeaturesRow, person).packed


def test_whoever_is_missing_or_out_of_date_is_packed_by_migrate(by: Officer) -> None:
    register_pickers(5, by)
    with unit_of_work() as work:
        first, second, third, *_ = work.session.scalars(select(JobseekerRow.id).order_by("id"))
        work.session.execute(
            delete(JobseekerFeaturesRow).where(JobseekerFeaturesRow.jobseeker_id == first)
        )
        old = packed_of(third)
        other = update(JobseekerFeaturesRow).where(JobseekerFeaturesRow.jobseeker_id == third)
        work.session.execute(other.values(packed=bytes([old[0] ^ 1]) + old[1:]))
        row = update(JobseekerRow).where(JobseekerRow.id == second)
        work.session.execute(row.values(changed_seq=9999, education=7))
        assert fill_features(work.session) == 3
        assert fill_features(work.session) == 0
        work.commit()
    check_packed(5)


def test_names_keep_their_numbers(by: Officer) -> None:
    n = FeatureNameRow
    query = select(n.id, n.kind, n.name)
    register_pickers(3, by)
    with reading() as session:
        before = {tuple(row) for row in session.execute(query)}
    register_pickers(8, by, citizenship="UA")
    with reading() as session:
        after = {tuple(row) for row in session.execute(query)}
    assert before < after


@pytest.mark.usefixtures("sample_database")
def test_the_whole_sample_is_packed() -> None:
    with reading() as session:
        people = session.scalar(select(func.count()).select_from(JobseekerRow)) or 0
    with unit_of_work() as work:
        fill_features(work.session)
        work.commit()
    assert people > 1000
    check_packed(people)


def test_a_damaged_value_is_not_believed() -> None:
    numbers = [7, *range(100, 100 + len(NUMBERS) - 1)]
    lists = [[9, 13], [17], [25, 3], [], [33]]
    whole = pack(numbers, lists)
    other = pack([8, 700000, *[None] * (len(NUMBERS) - 2)], [[] for _ in LISTS])
    found = unpack([other, whole])
    assert found.numbers["person"].tolist() == [7, 8]
    assert found.numbers["education"].tolist() == [101, -1]
    assert found.lists["occupations"].value.tolist() == [12]
    assert found.lists["languages"].value.tolist() == [3]
    assert found.lists["desired_countries"].name.tolist() == [4]
    for place in range(len(whole)):
        broken = bytes([*whole[:place], whole[place] ^ 4, *whole[place + 1 :]])
        assert unpack([broken, other]).numbers["person"].tolist() == [8]
        assert unpack([whole[:place], other]).numbers["person"].tolist() == [8]
    assert unpack([]).size == unpack([b""]).size == 0
