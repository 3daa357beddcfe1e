"""Two files of one person become one, nothing is lost, and it can be undone."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from db.base import Base
from db.models import (
    CandidacyRow,
    DeploymentRow,
    EarlierStayRow,
    HoldRow,
    JobseekerRow,
    ReturnRow,
)
from db.session import reading, unit_of_work
from domain.enums import (
    CandidacyStatus,
    CefrLevel,
    ConsentMethod,
    ConsentPurpose,
    DocumentKind,
    DuplicateStatus,
    Evidence,
    ImportKind,
    JobseekerStatus,
    ReturnReason,
    Role,
    Sex,
    Side,
)
from domain.enums import DeploymentStatus as D
from domain.exceptions import LabourMigrationError, PermissionDenied, Refused, StaleVersion
from domain.records.deployments import EarlierStayForm
from domain.records.duplicates import DuplicateQuery, TwoFiles
from domain.records.jobseeker import (
    DocumentEntry,
    EducationEntry,
    JobseekerQuery,
    LanguageEntry,
    LicenceEntry,
    OccupationEntry,
    SkillEntry,
)
from domain.records.officer import Officer
from domain.records.statistics import StatisticsFilter
from services import clock, shortlists
from services.audit import verify_chain
from services.candidacies import move_candidacy
from services.consents import consents
from services.deployments.days import add_earlier_stay
from services.duplicates import judgements, merge_undo, merging
from services.duplicates.duplicate_search import find_duplicates, list_pairs, search_state
from services.importing.running import run_import
from services.jobseekers import registration
from services.jobseekers.form_snapshots import form_from_json, form_to_json
from services.rankings import ranking
from services.rankings.pool import live_pool
from services.statistics.dashboard import Rules, count_board
from services.today import get_today
from tests.factories import histories
from tests.factories.jobseekers import NINO, person
from tests.factories.officers import officer
from tests.factories.rankings import register_pickers
from tests.factories.stays import stay
from tests.factories.vacancies import published_vacancy

pytestmark = pytest.mark.usefixtures("database")

AGAIN = person(
    personal_number=None,
    first_name_ka=None,
    last_name_ka=None,
    last_name_lat="Qipiani",
    phone="+995555000999",
    email="nino@example.ge",
    occupations=(OccupationEntry("9211", 4.0), OccupationEntry("5322", 2.0)),
    languages=(LanguageEntry("de", CefrLevel.A2), LanguageEntry("en", CefrLevel.B1)),
    documents=(DocumentEntry(DocumentKind.PASSPORT, "12AB34567", valid_until=date(2031, 5, 1)),),
)
PRESELECTED = ("preselected", "2026-02-03")
IN_REVIEW = (PRESELECTED, ("commission_review", "2026-02-05"))
REFUSED = (*IN_REVIEW, ("not_approved", "2026-02-09"))


@pytest.fixture
def recruiter(database: object) -> Officer:
    return officer(Role.RECRUITER)


@pytest.fixture
def files(recruiter: Officer) -> tuple[str, str]:
    """Nino, registered twice: external ids of both files."""
    first = registration.register_jobseeker(form=NINO, by=recruiter)
    second = registration.register_jobseeker(
        form=AGAIN, confirmed_not_duplicates=(first.external_id,), by=recruiter
    )
    judgements.take_back_judgement(one=first.external_id, other=second.external_id, by=recruiter)
    return first.external_id, second.external_id


def two(files: tuple[str, str], by: Officer) -> TwoFiles:
    return merging.get_two_files(one=files[0], other=files[1], by=by)


def merge(files: tuple[str, str], by: Officer, **choices: Side) -> None:
    seen = two(files, by)
    merging.merge_jobseekers(
        kept=files[0],
        other=files[1],
        versions={f.external_id: f.version for f in (seen.first, seen.second)},
        choices={**seen.choices[files[0]], **choices},
        by=by,
    )


def id_of(external_id: str) -> int:
    with reading() as session:
        query = select(JobseekerRow.id).where(JobseekerRow.external_id == external_id)
        return session.scalars(query).one()


def candidate(external_id: str, vacancy: int, *steps: tuple[str, str]) -> int:
    return histories.candidacy(id_of(external_id), vacancy, *(steps or (PRESELECTED,)))


MOVES = {"version", "updated_at", "updated_by", "changed_seq", "id"}


def everything() -> dict[str, list[Any]]:
    """All that the register and the process say, but for who changed it last."""
    found = {}
    beside = {"jobseeker_merges", "jobseeker_features"}
    tables = [
        table
        for table in Base.metadata.sorted_tables
        if table.name.startswith(("jobseeker", "candidac", "not_dup")) and table.name not in beside
    ]
    with reading() as session:
        for table in tables:
            columns = [c for c in table.columns if c.name not in MOVES]
            rows = session.execute(select(*columns)).all()
            found[table.name] = sorted(repr(tuple(row)) for row in rows)
    return found


def test_a_united_file_has_what_is_better_known_of_both(
    recruiter: Officer, files: tuple[str, str]
) -> None:
    merge(files, recruiter, phone=Side.OTHER)
    kept = registration.get_jobseeker(external_id=files[0], by=recruiter)
    assert kept.form.personal_number == NINO.personal_number
    assert (kept.form.last_name_ka, kept.form.email) == (NINO.last_name_ka, AGAIN.email)
    assert kept.form.phone == AGAIN.phone
    assert kept.form.languages == (
        LanguageEntry("de", CefrLevel.B1, Evidence.CERTIFICATE),
        LanguageEntry("en", CefrLevel.B1),
    )
    # The same work told at two counters is not nine years of it.
    assert {(o.isco, o.years) for o in kept.form.occupations} == {("9211", 5.0), ("5322", 2.0)}
    assert kept.form.documents == AGAIN.documents
    assert verify_chain().broken_seq is None


def test_a_merged_file_leads_to_the_kept_one_and_is_no_person_any_more(
    recruiter: Officer, files: tuple[str, str]
) -> None:
    assert len(live_pool().registered.person) == 2
    merge(files, recruiter)
    merged = registration.get_jobseeker(external_id=files[1], by=recruiter)
    assert merged.status is JobseekerStatus.MERGED
    [found] = merge_undo.list_merges(external_id=files[1], by=recruiter)
    assert (found.kept, found.merged, found.obstacles) == (*files, ())

    def search(**asked: Any) -> list[str]:
        page = registration.find_jobseekers(query=JobseekerQuery(**asked), by=recruiter)
        return [row.external_id for row in page.rows]

    assert search(text="Kipiani") == search() == [files[0]]
    assert search(text=files[1].lower()) == [files[1]]
    assert search(status=JobseekerStatus.MERGED) == [files[1]]
    assert live_pool().registered.person.tolist() == [id_of(files[0])]


def test_both_histories_are_told_in_the_kept_file(
    recruiter: Officer, files: tuple[str, str]
) -> None:
    merge(files, recruiter)
    told = registration.list_history(external_id=files[0], by=recruiter)
    lines = [str(entry.sentence) for entry in told if entry.kind == "change"]
    assert [line for line in lines if "erged" in line] == [f"{files[1]} was merged into this file"]
    assert f"In {files[1]}: Registered" in lines
    other = registration.list_history(external_id=files[1], by=recruiter)
    assert f"Merged into {files[0]}" in [str(entry.sentence) for entry in other]


def test_candidacies_go_over_and_an_ended_one_stays_where_the_kept_file_has_its_own(
    recruiter: Officer, files: tuple[str, str]
) -> None:
    shared, own = histories.vacancy(), histories.vacancy()
    live = candidate(files[0], shared)
    ended = candidate(files[1], shared, *REFUSED)
    going = candidate(files[1], own, *IN_REVIEW)
    merge(files, recruiter)
    with reading() as session:
        found = {c.id: c.jobseeker_id for c in session.scalars(select(CandidacyRow))}
    kept, merged = id_of(files[0]), id_of(files[1])
    assert found == {live: kept, ended: merged, going: kept}


def test_merge_and_undo_leave_every_record_as_it_was(
    recruiter: Officer, files: tuple[str, str]
) -> None:
    candidate(files[1], histories.vacancy(), *IN_REVIEW)
    somebody = registration.register_jobseeker(
        form=person(personal_number="00000000909", first_name_ka="ანა", first_name_lat="Ana"),
        by=recruiter,
    ).external_id
    judgements.judge_different(one=files[1], other=somebody, by=recruiter)
    before = everything()
    merge(files, recruiter, personal_number=Side.OTHER, languages=Side.OTHER)
    assert everything() != before
    merge_undo.undo_merge(merged=files[1], by=recruiter)
    assert everything() == before
    assert len(live_pool().registered.person) == 3
    assert verify_chain().broken_seq is None


def test_consents_and_the_hold_go_over_with_the_person_and_come_back(
    recruiter: Officer, files: tuple[str, str]
) -> None:
    marketing = ConsentPurpose.MARKETING
    text = consents.get_consent_text(purpose=marketing, by=recruiter)
    consents.give_consent(
        external_id=files[1],
        purpose=marketing,
        method=ConsentMethod.PHONE,
        text=text,
        language="ka",
        by=recruiter,
    )
    approved = candidate(files[1], histories.vacancy(), *IN_REVIEW, ("approved", "2026-02-09"))
    with unit_of_work() as work:
        row = work.session.get_one(CandidacyRow, approved)
        move_candidacy(work.session, row, CandidacyStatus.SENT, by=recruiter)
        work.commit()

    def whose() -> tuple[int, set[int]]:
        given = [len(consents.list_consents(external_id=one, by=recruiter)) for one in files]
        with reading() as session:
            return given.index(1), set(session.scalars(select(HoldRow.jobseeker_id)))

    merge(files, recruiter)
    assert whose() == (0, {id_of(files[0])})
    merge_undo.undo_merge(merged=files[1], by=recruiter)
    assert whose() == (1, {id_of(files[1])})


def test_a_number_of_the_other_file_can_be_taken_and_given_back(
    recruiter: Officer, files: tuple[str, str]
) -> None:
    turned = (files[1], files[0])
    before = everything()
    merge(turned, recruiter)
    kept = registration.get_jobseeker(external_id=files[1], by=recruiter)
    assert kept.form.personal_number == NINO.personal_number
    assert kept.form.registered_on == NINO.registered_on or kept.form.registered_on
    merge_undo.undo_merge(merged=files[0], by=recruiter)
    assert everything() == before


def test_what_was_changed_since_in_other_fields_survives_the_undoing(
    recruiter: Officer, files: tuple[str, str]
) -> None:
    merge(files, recruiter)
    kept = registration.get_jobseeker(external_id=files[0], by=recruiter)
    registration.update_jobseeker(
        external_id=files[0],
        form=replace(kept.form, address="Telavi, 5 Rustaveli street"),
        version=kept.version,
        by=recruiter,
    )
    merge_undo.undo_merge(merged=files[1], by=recruiter)
    kept = registration.get_jobseeker(external_id=files[0], by=recruiter)
    assert kept.form.address == "Telavi, 5 Rustaveli street"
    assert kept.form.email is None


def test_undoing_says_which_field_was_changed_since(
    recruiter: Officer, files: tuple[str, str]
) -> None:
    merge(files, recruiter)
    kept = registration.get_jobseeker(external_id=files[0], by=recruiter)
    changed = replace(kept.form, email="other@example.ge")
    registration.update_jobseeker(
        external_id=files[0], form=changed, version=kept.version, by=recruiter
    )
    with pytest.raises(Refused, match="changed since: E-mail"):
        merge_undo.undo_merge(merged=files[1], by=recruiter)
    [found] = merge_undo.list_merges(external_id=files[0], by=recruiter)
    assert "E-mail" in str(found.obstacles[0])


def test_undoing_says_which_candidacy_went_on_since(
    recruiter: Officer, files: tuple[str, str]
) -> None:
    going = candidate(files[1], histories.vacancy())
    merge(files, recruiter)
    with unit_of_work() as work:
        row = work.session.get_one(CandidacyRow, going)
        move_candidacy(work.session, row, CandidacyStatus.WITHDRAWN, reason="left", by=recruiter)
        work.commit()
    with pytest.raises(Refused, match="gone on since: V-"):
        merge_undo.undo_merge(merged=files[1], by=recruiter)


def test_undoing_twice_is_refused(recruiter: Officer, files: tuple[str, str]) -> None:
    merge(files, recruiter)
    merge_undo.undo_merge(merged=files[1], by=recruiter)
    with pytest.raises(Refused, match="not merged"):
        merge_undo.undo_merge(merged=files[1], by=recruiter)
    merge(files, recruiter)  # and the two can be united once more


def test_files_merged_one_into_the_next_are_parted_in_turn(
    recruiter: Officer, files: tuple[str, str]
) -> None:
    third = registration.register_jobseeker(
        form=person(personal_number="00000000909", birth_date=date(1960, 1, 1)), by=recruiter
    ).external_id
    merge(files, recruiter)
    merge((third, files[0]), recruiter)
    with pytest.raises(Refused, match=f"itself was merged into {third}"):
        merge_undo.undo_merge(merged=files[1], by=recruiter)
    told = registration.list_history(external_id=third, by=recruiter)
    assert f"In {files[1]}: Registered" in [str(entry.sentence) for entry in told]
    merge_undo.undo_merge(merged=files[0], by=recruiter)
    merge_undo.undo_merge(merged=files[1], by=recruiter)


def test_of_two_officers_who_merge_at_once_one_wins(
    recruiter: Officer, files: tuple[str, str]
) -> None:
    seen = two(files, recruiter)
    versions = {f.external_id: f.version for f in (seen.first, seen.second)}

    def attempt(kept: str) -> str:
        other = next(file for file in files if file != kept)
        try:
            merging.merge_jobseekers(
                kept=kept, other=other, versions=versions, choices=seen.choices[kept], by=recruiter
            )
        except LabourMigrationError:
            return "refused"
        return "merged"

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(attempt, files)) == ["merged", "refused"]
    assert verify_chain().broken_seq is None


def test_a_file_that_somebody_changed_meanwhile_is_not_merged(
    recruiter: Officer, files: tuple[str, str]
) -> None:
    seen = two(files, recruiter)
    registration.update_jobseeker(
        external_id=files[1],
        form=replace(seen.file(files[1]).form, address="Telavi"),
        version=seen.file(files[1]).version,
        confirmed_not_duplicates=(files[0],),
        by=recruiter,
    )
    with pytest.raises(StaleVersion, match=f"changed {files[1]}"):
        merging.merge_jobseekers(
            kept=files[0],
            other=files[1],
            versions={f.external_id: f.version for f in (seen.first, seen.second)},
            choices=seen.choices[files[0]],
            by=recruiter,
        )


def test_a_merged_file_is_neither_edited_nor_withdrawn_nor_merged_again(
    recruiter: Officer, files: tuple[str, str]
) -> None:
    merge(files, recruiter)
    merged = registration.get_jobseeker(external_id=files[1], by=recruiter)
    with pytest.raises(Refused, match=f"merged into {files[0]}"):
        registration.update_jobseeker(
            external_id=files[1], form=merged.form, version=merged.version, by=recruiter
        )
    for move in (registration.withdraw_jobseeker, registration.reactivate_jobseeker):
        with pytest.raises(Refused, match=f"merged into {files[0]}"):
            move(external_id=files[1], reason="x", version=merged.version, by=recruiter)
    with pytest.raises(Refused, match=f"merged into {files[0]}"):
        merge(files, recruiter)


def test_an_import_that_names_a_merged_file_is_told_the_kept_one(
    recruiter: Officer, files: tuple[str, str]
) -> None:
    merge(files, recruiter)
    with unit_of_work() as work, pytest.raises(Refused, match=f"{files[1]} → {files[0]}"):
        registration.upsert_jobseekers(work.session, [(files[1], AGAIN)], recruiter)


@pytest.mark.parametrize(
    ("kept_steps", "other_steps", "sentence"),
    [
        ((PRESELECTED,), (PRESELECTED,), "Both files are candidates for"),
        (REFUSED, (PRESELECTED,), "has ended and that of"),
    ],
)
def test_two_candidacies_on_one_vacancy_say_what_to_do(
    recruiter: Officer, files: tuple[str, str], kept_steps: Any, other_steps: Any, sentence: str
) -> None:
    vacancy = histories.vacancy()
    candidate(files[0], vacancy, *kept_steps)
    candidate(files[1], vacancy, *other_steps)
    assert sentence in str(two(files, recruiter).obstacles[files[0]][0])
    with pytest.raises(Refused, match=sentence):
        merge(files, recruiter)


def test_somebody_held_for_two_employers_is_not_united(
    recruiter: Officer, files: tuple[str, str]
) -> None:
    for file in files:
        candidate(file, histories.vacancy(), *IN_REVIEW)
    with pytest.raises(Refused, match="can't be sent to two employers"):
        merge(files, recruiter)


@pytest.mark.parametrize(
    ("ours", "theirs", "sentence"),
    [
        (JobseekerStatus.ACTIVE, JobseekerStatus.PLACED, "is placed: keep that file"),
        (JobseekerStatus.PLACED, JobseekerStatus.PLACED, "record the return"),
        (JobseekerStatus.DRAFT, JobseekerStatus.ACTIVE, "is a draft"),
        (JobseekerStatus.WITHDRAWN, JobseekerStatus.ACTIVE, "put .* back on the register"),
    ],
)
def test_a_status_that_would_be_lost_hinders(
    recruiter: Officer,
    files: tuple[str, str],
    ours: JobseekerStatus,
    theirs: JobseekerStatus,
    sentence: str,
) -> None:
    with unit_of_work() as work:
        for file, status in zip(files, (ours, theirs), strict=True):
            work.session.get_one(JobseekerRow, id_of(file)).status = status
        work.commit()
    with pytest.raises(Refused, match=sentence):
        merge(files, recruiter)


def test_a_search_finds_the_pair_once_and_then_only_what_changed(
    recruiter: Officer, files: tuple[str, str]
) -> None:
    first = find_duplicates(by=recruiter)
    assert (first.people, first.looked_at, first.found, first.share) == (2, 2, 1, 1.0)
    [pair] = list_pairs(query=DuplicateQuery(), by=recruiter).rows
    assert (pair.first.external_id, pair.second.external_id) == files
    assert pair.status is DuplicateStatus.OPEN
    assert "Same birth date" in [str(reason) for reason in pair.reasons]

    again = find_duplicates(by=recruiter)
    assert (again.looked_at, again.found) == (0, 0)
    new = replace(AGAIN, first_name_lat="Nina", email=None)
    third = registration.register_jobseeker(
        form=new, confirmed_not_duplicates=files, by=recruiter
    ).external_id
    assert search_state(by=recruiter).changed_since == 1
    assert find_duplicates(by=recruiter).looked_at == 1
    assert third not in str(list_pairs(query=DuplicateQuery(), by=recruiter).rows)
    whole = find_duplicates(whole=True, by=recruiter)
    assert (whole.looked_at, whole.found) == (3, 0)


def test_todays_list_asks_for_a_search_and_then_counts_the_pairs(
    recruiter: Officer, files: tuple[str, str]
) -> None:
    def waiting() -> list[str]:
        tasks = get_today(by=recruiter).tasks
        return [str(task.what) for task in tasks if task.page == "duplicates"]

    assert waiting() == ["Nobody has looked yet for people who are registered twice"]
    find_duplicates(by=recruiter)
    assert waiting() == ["Pairs of files that may be of one person: 1; compare them"]
    merge(files, recruiter)
    assert waiting() == []


def test_a_second_search_waits_for_the_first(recruiter: Officer, files: tuple[str, str]) -> None:
    refused: list[str] = []

    def while_it_runs(share: float) -> None:
        with pytest.raises(Refused, match="running already") as found:
            find_duplicates(by=recruiter)
        refused.append(str(found.value))

    assert find_duplicates(tell=while_it_runs, by=recruiter).finished_at
    assert refused


def test_a_pair_that_is_no_longer_alike_leaves_the_list(
    recruiter: Officer, files: tuple[str, str]
) -> None:
    find_duplicates(by=recruiter)
    file = registration.get_jobseeker(external_id=files[1], by=recruiter)
    other = replace(file.form, birth_date=date(1970, 1, 30), phone=None)
    registration.update_jobseeker(
        external_id=files[1], form=other, version=file.version, by=recruiter
    )
    find_duplicates(by=recruiter)
    assert list_pairs(query=DuplicateQuery(), by=recruiter).total == 0


def test_a_judgement_takes_the_pair_off_the_list_until_it_is_taken_back(
    recruiter: Officer, files: tuple[str, str]
) -> None:
    find_duplicates(by=recruiter)

    def listed(status: DuplicateStatus) -> int:
        return list_pairs(query=DuplicateQuery(status=status), by=recruiter).total

    judgements.judge_different(one=files[1], other=files[0], by=recruiter)
    find_duplicates(whole=True, by=recruiter)
    assert (listed(DuplicateStatus.OPEN), listed(DuplicateStatus.DIFFERENT)) == (0, 1)
    with pytest.raises(Refused, match="take that back first"):
        merge(files, recruiter)
    with pytest.raises(Refused, match="already"):
        judgements.judge_different(one=files[0], other=files[1], by=recruiter)
    judgements.take_back_judgement(one=files[0], other=files[1], by=recruiter)
    assert (listed(DuplicateStatus.OPEN), listed(DuplicateStatus.DIFFERENT)) == (1, 0)
    merge(files, recruiter)
    assert (listed(DuplicateStatus.OPEN), listed(DuplicateStatus.MERGED)) == (0, 1)


def test_pairs_are_found_by_name_number_and_region(
    recruiter: Officer, files: tuple[str, str]
) -> None:
    find_duplicates(by=recruiter)

    def listed(**asked: Any) -> int:
        return list_pairs(query=DuplicateQuery(**asked), by=recruiter).total

    assert listed(text="ყიფიანი") == listed(text=files[1]) == listed(region="GE-KA") == 1
    assert listed(text="ბერიძე") == listed(region="GE-TB") == 0


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.RECRUITER])
def test_only_recruiters_search_compare_and_merge(
    recruiter: Officer, files: tuple[str, str], role: Role
) -> None:
    other = officer(role, username=f"other-{role.value}")
    for forbidden in (
        lambda: find_duplicates(by=other),
        lambda: search_state(by=other),
        lambda: list_pairs(query=DuplicateQuery(), by=other),
        lambda: two(files, other),
        lambda: judgements.judge_different(one=files[0], other=files[1], by=other),
        lambda: merge_undo.undo_merge(merged=files[1], by=other),
    ):
        with pytest.raises(PermissionDenied):
            forbidden()


def test_an_older_ranking_does_not_preselect_a_merged_file(recruiter: Officer) -> None:
    register_pickers(20, recruiter)
    vacancy = published_vacancy(recruiter, positions=2)
    ranked = ranking.rank_vacancy(vacancy_number=vacancy.number, by=recruiter)
    rows = ranking.list_candidates(run_id=ranked.run_id, limit=2, by=recruiter).rows
    pair = (rows[0].external_id, rows[1].external_id)
    merge(pair, recruiter)
    with pytest.raises(Refused, match=f"merged into {pair[0]}"):
        shortlists.preselect_candidates(run_id=ranked.run_id, external_ids=[pair[1]], by=recruiter)
    # The old list still names both; the next one has only the kept file.
    assert (
        ranking.list_candidates(run_id=ranked.run_id, limit=2, by=recruiter).total == ranked.ranked
    )
    again = ranking.rank_vacancy(vacancy_number=vacancy.number, by=recruiter)
    assert (again.pool, ranked.pool) == (19, 20)


def test_a_merged_file_is_no_person_of_the_statistics(
    recruiter: Officer, files: tuple[str, str]
) -> None:
    vacancy = histories.vacancy()
    candidate(files[0], vacancy)
    candidate(files[1], vacancy, *REFUSED)
    year = StatisticsFilter(date(2026, 1, 1), date(2027, 12, 31))

    def figures() -> dict[str, Any]:
        steps = count_board(year, Rules(small_number_below=1, compared_days=30)).funnel.steps
        return {step.stage.value: step.reached for step in steps}

    assert (figures()["registered"], figures()["preselected"]) == (2, 2)
    merge(files, recruiter)
    assert (figures()["registered"], figures()["preselected"]) == (1, 1)


def test_an_import_gives_back_the_row_of_a_merged_file(
    recruiter: Officer, files: tuple[str, str]
) -> None:
    merge(files, recruiter)
    rows = f"external_id,first_name_ka,last_name_ka\n{files[1]},ნინო,ყიფიანი\nP-9,ანა,ბერიძე\n"
    content = rows.encode()
    done = run_import(
        kind=ImportKind.JOBSEEKERS, content=content, file_name="people.csv", by=recruiter
    )
    assert (done.accepted, done.rejected) == (1, 1)
    assert f"merged into {files[0]}" in str(done.problems[0].sentence)


def test_a_form_is_the_same_after_it_was_stored_as_json() -> None:
    whole = replace(
        NINO,
        sex=Sex.FEMALE,
        education=0,
        available_from=date(2027, 1, 5),
        skills=(SkillEntry("S0001", Evidence.TESTED),),
        licences=(LicenceEntry("B", date(2030, 1, 1), Evidence.CERTIFICATE),),
        documents=AGAIN.documents,
        education_entries=(EducationEntry(3, "School", year_completed=2010),),
        desired_countries=("DE", "PL"),
    )
    for form in (whole, NINO, AGAIN):
        assert form_from_json(json.loads(json.dumps(form_to_json(form)))) == form


def test_days_abroad_and_returns_go_over_with_the_person_and_come_back(
    recruiter: Officer, files: tuple[str, str]
) -> None:
    earlier = EarlierStayForm("PL", date(2026, 1, 2), date(2026, 2, 1))
    add_earlier_stay(external_id=files[1], form=earlier, by=recruiter)
    number = stay(D.DEPARTED, D.ARRIVED, D.WORKING, D.RETURNED, vacancy=histories.vacancy())
    with unit_of_work() as work:
        row = work.session.scalars(select(DeploymentRow).filter_by(number=number)).one()
        row.jobseeker_id = id_of(files[1])
        work.session.get_one(CandidacyRow, row.candidacy_id).jobseeker_id = row.jobseeker_id
        home = ReturnRow(
            deployment_id=row.id,
            jobseeker_id=row.jobseeker_id,
            returned_on=clock.today(),
            reason=ReturnReason.SEASON_OVER,
            needs=[],
            recorded_at=clock.now(),
            updated_at=clock.now(),
        )
        work.session.add(home)
        work.commit()

    def whose() -> tuple[set[int], set[int]]:
        with reading() as session:
            days = set(session.scalars(select(EarlierStayRow.jobseeker_id)))
            return days, set(session.scalars(select(ReturnRow.jobseeker_id)))

    merge(files, recruiter)
    assert whose() == ({id_of(files[0])}, {id_of(files[0])})
    merge_undo.undo_merge(merged=files[1], by=recruiter)
    assert whose() == ({id_of(files[1])}, {id_of(files[1])})
