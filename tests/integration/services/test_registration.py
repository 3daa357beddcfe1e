"""A person is registered once, found in either script, and never overwritten unseen."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from db.models import AuditDetailsRow, AuditEventRow, JobseekerRow
from db.session import reading, unit_of_work
from domain.enums import CefrLevel, DocumentKind, Evidence, JobseekerStatus, Role
from domain.exceptions import InvalidInput, NotFound, PermissionDenied, Refused, StaleVersion
from domain.records.jobseeker import (
    DocumentEntry,
    EducationEntry,
    JobseekerForm,
    JobseekerQuery,
    JobseekerRecord,
    LanguageEntry,
    LicenceEntry,
    OccupationEntry,
)
from domain.records.officer import Officer
from services.audit import verify_chain
from services.duplicates.of_form import LikelyDuplicates
from services.jobseekers import registration
from tests.factories.jobseekers import NINO, person
from tests.factories.officers import officer

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def recruiter(database: object) -> Officer:
    return officer(Role.RECRUITER)


def found(recruiter: Officer, **asked: Any) -> list[str]:
    page = registration.find_jobseekers(query=JobseekerQuery(**asked), by=recruiter)
    assert page.total >= len(page.rows)
    return [row.external_id for row in page.rows]


def events(external_id: str) -> list[str]:
    query = select(AuditEventRow.action).where(AuditEventRow.subject == external_id)
    with reading() as session:
        return list(session.scalars(query.order_by(AuditEventRow.seq)))


def people() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(JobseekerRow)) or 0


def test_a_registered_person_has_everything_that_was_entered(recruiter: Officer) -> None:
    form = person(
        languages=(
            LanguageEntry("en", CefrLevel.A2),
            LanguageEntry("de", CefrLevel.B1, Evidence.TESTED),
        ),
        licences=(LicenceEntry("B", date(2031, 1, 1), Evidence.CERTIFICATE),),
        documents=(DocumentEntry(DocumentKind.PASSPORT, "12AB34567", None, date(2030, 5, 1)),),
        education=5,
        education_entries=(EducationEntry(5, "College", "nursing", "GE", 2015),),
        desired_countries=("IL", "DE"),
    )
    record = registration.register_jobseeker(form=form, by=recruiter)
    stored = registration.get_jobseeker(external_id=record.external_id, by=recruiter)
    assert stored == record
    assert stored.form.languages == (
        LanguageEntry("de", CefrLevel.B1, Evidence.TESTED),
        LanguageEntry("en", CefrLevel.A2),
    )
    assert stored.form.documents == form.documents
    assert stored.form.education_entries == form.education_entries
    assert stored.form.desired_countries == ("DE", "IL")
    assert stored.status is JobseekerStatus.ACTIVE and stored.version == 1


def test_external_ids_follow_one_another(recruiter: Officer) -> None:
    first = registration.register_jobseeker(form=NINO, by=recruiter)
    other = person(
        personal_number=None,
        first_name_ka="გია",
        first_name_lat="Gia",
        last_name_ka="ლომიძე",
        last_name_lat="Lomidze",
        birth_date=date(1980, 1, 2),
    )
    second = registration.register_jobseeker(form=other, by=recruiter)
    assert first.external_id.startswith("JS-") and first.external_id.endswith("-00001")
    assert second.external_id == first.external_id[:-1] + "2"


@pytest.mark.parametrize(
    "text",
    [
        "ნინო ყიფიანი",
        "ყიფიანი",
        "Kipiani",
        "qipiani NINO",
        "Yipiani",
        "00000000101",
        "0101",
        "JS-",
        "555 000 101",
        "+995 555 00 01 01",
    ],
)
def test_search_in_either_script_or_by_number_finds_the_same_person(
    recruiter: Officer, text: str
) -> None:
    record = registration.register_jobseeker(form=NINO, by=recruiter)
    assert found(recruiter, text=text) == [record.external_id]


@pytest.mark.parametrize(
    "text", ["%", "_", "100%", "Kip_ani", "*", "' OR 1=1 --", "ბერიძე", "99999999999"]
)
def test_search_takes_wildcards_as_ordinary_characters(recruiter: Officer, text: str) -> None:
    registration.register_jobseeker(form=NINO, by=recruiter)
    assert found(recruiter, text=text) == []


@pytest.mark.parametrize(
    ("asked", "is_found"),
    [
        ({"region": "GE-KA"}, True),
        ({"region": "GE-TB"}, False),
        ({"occupation": "92"}, True),
        ({"occupation": "9211"}, True),
        ({"occupation": "93"}, False),
        ({"language": "de"}, True),
        ({"language": "de", "level": CefrLevel.B1}, True),
        ({"language": "de", "level": CefrLevel.B2}, False),
        ({"language": "en"}, False),
        ({"status": JobseekerStatus.ACTIVE}, True),
        ({"status": JobseekerStatus.WITHDRAWN}, False),
    ],
)
def test_filters_keep_whoever_fits(
    recruiter: Officer, asked: dict[str, Any], is_found: bool
) -> None:
    registration.register_jobseeker(form=NINO, by=recruiter)
    assert bool(found(recruiter, **asked)) is is_found


def test_a_list_comes_in_pages_with_its_total(recruiter: Officer) -> None:
    with unit_of_work() as work:
        crowd = [
            (f"X-{n}", person(personal_number=f"000000002{n:02}", phone=None)) for n in range(7)
        ]
        registration.upsert_jobseekers(work.session, crowd, recruiter)
        work.commit()
    query = JobseekerQuery(sort="external_id", descending=False, limit=3, offset=3)
    page = registration.find_jobseekers(query=query, by=recruiter)
    assert page.total == 7
    assert [row.external_id for row in page.rows] == ["X-3", "X-4", "X-5"]
    assert page.rows[0].personal_number == "*******0203"


def test_a_list_is_sorted_by_known_columns_only(recruiter: Officer) -> None:
    with pytest.raises(InvalidInput):
        found(recruiter, sort="personal_number")


@pytest.mark.parametrize(
    "again",
    [
        person(personal_number=None, first_name_lat=None, last_name_lat=None),
        person(
            personal_number=None, first_name_ka=None, last_name_ka=None, last_name_lat="Qipiani"
        ),
        person(
            personal_number=None,
            first_name_ka="ყიფიანი",
            last_name_ka="ნინო",
            first_name_lat="Kipiani",
            last_name_lat="Nino",
        ),
        person(personal_number=None, birth_date=date(1995, 4, 3)),
        person(
            first_name_ka="სხვა",
            last_name_ka="სახელი",
            first_name_lat=None,
            last_name_lat=None,
            birth_date=date(1970, 1, 1),
        ),
    ],
    ids=["georgian only", "another spelling", "swapped names", "swapped day", "same number"],
)
def test_a_person_registered_again_in_another_spelling_is_found_before_saving(
    recruiter: Officer, again: Any
) -> None:
    record = registration.register_jobseeker(form=NINO, by=recruiter)
    shown = registration.find_possible_duplicates(form=again, by=recruiter)
    assert [d.record.external_id for d in shown] == [record.external_id]
    assert shown[0].reasons
    with pytest.raises(LikelyDuplicates) as refusal:
        registration.register_jobseeker(form=again, by=recruiter)
    assert [d.record.external_id for d in refusal.value.duplicates] == [record.external_id]
    assert people() == 1
    assert events(record.external_id) == ["registered", "compared"]


def test_a_namesake_is_saved_once_an_officer_declares_two_people(recruiter: Officer) -> None:
    first = registration.register_jobseeker(form=NINO, by=recruiter)
    namesake = person(personal_number="00000000999")
    second = registration.register_jobseeker(
        form=namesake, confirmed_not_duplicates=(first.external_id,), by=recruiter
    )
    again = registration.find_possible_duplicates(
        form=namesake, external_id=second.external_id, by=recruiter
    )
    assert again == ()


def test_the_same_personal_number_cannot_be_declared_another_person(recruiter: Officer) -> None:
    first = registration.register_jobseeker(form=NINO, by=recruiter)
    with pytest.raises(Refused):
        registration.register_jobseeker(
            form=NINO, confirmed_not_duplicates=(first.external_id,), by=recruiter
        )
    assert people() == 1


def test_an_edit_changes_what_was_edited_and_says_so(recruiter: Officer) -> None:
    record = registration.register_jobseeker(form=NINO, by=recruiter)
    edited = replace(
        record.form,
        phone="599 12 34 56",
        languages=(
            LanguageEntry("de", CefrLevel.B2, Evidence.TESTED),
            LanguageEntry("en", CefrLevel.A1),
        ),
    )
    saved = registration.update_jobseeker(
        external_id=record.external_id, form=edited, version=record.version, by=recruiter
    )
    assert saved.form.phone == "+995599123456"
    assert saved.form.languages == edited.languages
    assert saved.form.occupations == NINO.occupations
    assert saved.version == record.version + 1
    with reading() as session:
        query = (
            select(AuditDetailsRow.details, AuditEventRow.seq)
            .join(AuditEventRow, AuditEventRow.seq == AuditDetailsRow.seq)
            .where(AuditEventRow.action == "updated")
        )
        details, seq = session.execute(query).one()
        changed_seq = session.scalar(select(JobseekerRow.changed_seq))
    assert set(details) == {"phone", "languages"}
    assert details["phone"] == ["+995555000101", "+995599123456"]
    assert changed_seq == seq
    assert verify_chain().problem is None


def test_saving_without_a_change_leaves_no_trace(recruiter: Officer) -> None:
    record = registration.register_jobseeker(form=NINO, by=recruiter)
    same = registration.update_jobseeker(
        external_id=record.external_id, form=record.form, version=record.version, by=recruiter
    )
    assert same == record
    assert events(record.external_id) == ["registered"]


def test_the_second_of_two_editors_sees_both_versions_and_overwrites_nothing(
    recruiter: Officer,
) -> None:
    record = registration.register_jobseeker(form=NINO, by=recruiter)
    mine = replace(record.form, phone="+995599000001")
    theirs = replace(record.form, phone="+995599000002")
    registration.update_jobseeker(
        external_id=record.external_id, form=theirs, version=record.version, by=recruiter
    )
    with pytest.raises(StaleVersion) as refusal:
        registration.update_jobseeker(
            external_id=record.external_id, form=mine, version=record.version, by=recruiter
        )
    saved, offered = refusal.value.theirs, refusal.value.yours
    assert isinstance(saved, JobseekerRecord) and saved.form.phone == "+995599000002"
    assert isinstance(offered, JobseekerForm) and offered.phone == "+995599000001"
    stored = registration.get_jobseeker(external_id=record.external_id, by=recruiter)
    assert stored.form == theirs


def test_a_refused_form_names_each_field_and_stores_nothing(recruiter: Officer) -> None:
    wrong = person(
        personal_number="123",
        email="x",
        phone="12",
        birth_date=date(2020, 1, 1),
        municipality="GE-TB-01",
        languages=(LanguageEntry("xx", CefrLevel.A1),),
        available_from=date(2027, 5, 1),
        available_to=date(2027, 4, 1),
    )
    with pytest.raises(InvalidInput) as refusal:
        registration.register_jobseeker(form=wrong, by=recruiter)
    assert {p.field for p in refusal.value.problems} == {
        "personal_number",
        "email",
        "phone",
        "birth_date",
        "municipality",
        "languages.0",
        "available_to",
    }
    assert people() == 0


def test_opening_a_file_and_revealing_its_number_are_audited(recruiter: Officer) -> None:
    record = registration.register_jobseeker(form=NINO, by=recruiter)
    registration.get_jobseeker(external_id=record.external_id, by=recruiter)
    number = registration.reveal_personal_number(external_id=record.external_id, by=recruiter)
    assert number == NINO.personal_number
    assert events(record.external_id) == ["registered", "read", "revealed"]
    history = registration.list_history(external_id=record.external_id, by=recruiter)
    assert [entry.kind for entry in history] == ["read", "read", "change"]
    assert history[0].by("en") == recruiter.name_en


def test_an_unknown_file_is_not_found_and_not_audited(recruiter: Officer) -> None:
    with pytest.raises(NotFound):
        registration.get_jobseeker(external_id="JS-2000-00001", by=recruiter)
    assert events("JS-2000-00001") == []


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.RECRUITER])
def test_only_recruiters_write_the_register(recruiter: Officer, role: Role) -> None:
    """Monitoring officers read it: they have to reach people abroad and their families."""
    record = registration.register_jobseeker(form=NINO, by=recruiter)
    other = officer(role)
    reads = [
        lambda: registration.get_jobseeker(external_id=record.external_id, by=other),
        lambda: registration.reveal_personal_number(external_id=record.external_id, by=other),
        lambda: registration.list_history(external_id=record.external_id, by=other),
        lambda: registration.find_jobseekers(query=JobseekerQuery(), by=other),
    ]
    refused = [
        *(() if role is Role.INSPECTOR else reads),
        lambda: registration.find_possible_duplicates(form=NINO, by=other),
        lambda: registration.register_jobseeker(form=NINO, by=other),
        lambda: registration.update_jobseeker(
            external_id=record.external_id, form=NINO, version=1, by=other
        ),
        lambda: registration.withdraw_jobseeker(
            external_id=record.external_id, reason="x", version=1, by=other
        ),
    ]
    for use_case in refused:
        with pytest.raises(PermissionDenied):
            use_case()
    assert events(record.external_id) == ["registered"]


def test_a_withdrawn_person_can_come_back(recruiter: Officer) -> None:
    record = registration.register_jobseeker(form=NINO, by=recruiter)
    key: dict[str, Any] = {"external_id": record.external_id, "by": recruiter}
    with pytest.raises(InvalidInput):
        registration.withdraw_jobseeker(reason=" ", version=record.version, **key)
    gone = registration.withdraw_jobseeker(reason="found a job", version=record.version, **key)
    assert gone.status is JobseekerStatus.WITHDRAWN
    back = registration.reactivate_jobseeker(reason="asked again", version=gone.version, **key)
    assert back.status is JobseekerStatus.ACTIVE
    assert events(record.external_id) == ["registered", "withdrawn", "reactivated"]


def crowd(size: int) -> list[tuple[str, Any]]:
    return [
        (f"EXT-{n:05}", person(personal_number=f"{n:011}", phone=None, email=f"p{n}@example.ge"))
        for n in range(size)
    ]


def test_the_same_list_twice_changes_nothing(recruiter: Officer) -> None:
    for expected in [(30, 0, 0), (0, 0, 30)]:
        with unit_of_work() as work:
            assert registration.upsert_jobseekers(work.session, crowd(30), recruiter) == expected
            work.commit()
    assert events("EXT-00007") == ["registered"]
    assert verify_chain().problem is None
    with reading() as session:
        versions = set(session.scalars(select(JobseekerRow.version)))
        seqs = list(session.scalars(select(JobseekerRow.changed_seq)))
    assert versions == {1} and len(set(seqs)) == 30 and min(seqs) > 0


def test_a_list_without_a_column_keeps_what_is_known_and_a_brief_entry_keeps_the_richer(
    recruiter: Officer,
) -> None:
    rich = person(
        occupations=(OccupationEntry("9211", 5.0, "Farm", "DE", 2024, Evidence.CERTIFICATE),)
    )
    record = registration.register_jobseeker(form=rich, by=recruiter)
    brief = person(
        phone=None,
        email="nino@example.ge",
        occupations=(OccupationEntry("9211", 5.0),),
        languages=(LanguageEntry("de", CefrLevel.B1), LanguageEntry("en", CefrLevel.A2)),
    )
    columns = frozenset({"email", "occupations", "languages"})
    with unit_of_work() as work:
        counts = registration.upsert_jobseekers(
            work.session, [(record.external_id, brief)], recruiter, known_fields=columns
        )
        work.commit()
    stored = registration.get_jobseeker(external_id=record.external_id, by=recruiter).form
    assert counts == (0, 1, 0)
    assert stored.phone == NINO.phone and stored.email == "nino@example.ge"
    assert stored.occupations == rich.occupations
    assert stored.languages == (*NINO.languages, LanguageEntry("en", CefrLevel.A2))


def test_a_list_that_is_not_committed_leaves_nothing(recruiter: Officer) -> None:
    with unit_of_work() as work:
        registration.upsert_jobseekers(work.session, crowd(3), recruiter)
    assert people() == 0
    assert events("EXT-00001") == []


def test_a_list_that_gives_a_number_to_a_second_person_is_refused_whole(recruiter: Officer) -> None:
    registration.register_jobseeker(form=NINO, by=recruiter)
    twice = [*crowd(2), ("EXT-9", person())]
    with unit_of_work() as work, pytest.raises(Refused) as refusal:
        registration.upsert_jobseekers(work.session, twice, recruiter)
    assert refusal.value.sentence.values["files"] == ("EXT-9",)
    assert people() == 1
