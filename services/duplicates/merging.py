"""One person, one file: two files side by side, united, parted again, or found to be two people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from db.models import JobseekerMergeRow, JobseekerRow
from db.queries import duplicates as queries
from db.repositories import jobseekers
from db.repositories.deployments import follow_candidacy
from db.session import unit_of_work
from domain.enums import JobseekerStatus, Side
from domain.exceptions import InvalidInput, Refused, StaleVersion
from domain.records.duplicates import CandidacyLine, TwoFiles
from domain.records.jobseeker import JobseekerForm, JobseekerRecord
from domain.records.officer import Officer
from domain.texts import N_
from domain.transitions import JOBSEEKER, check_can_move
from matching.duplicates.likeness import duplicate_score
from matching.duplicates.rules import duplicate_rules_at
from services import clock
from services.consents.of_file import carry, consents_of_file, earlier_stays_of_file
from services.duplicates.merge_choice import proposed_choices, united_form
from services.duplicates.merge_rules import (
    Standing,
    carried,
    merge_obstacles,
    standing,
)
from services.duplicates.merge_steps import both_files, judgement_row, record_about, touch
from services.jobseekers.checks import find_problems
from services.jobseekers.files import apply_form, form_of, named_person, record_of
from services.jobseekers.form_snapshots import form_to_json
from services.permissions import Permission, check_can
from services.questions.of_file import end_questions
from services.vacancies.publishing import joined


def get_two_files(*, one: str, other: str, by: Officer) -> TwoFiles:
    """Both files with what uniting them would mean; who compared them is audited on both."""
    check_can(by, Permission.JOBSEEKERS_MERGE)
    with unit_of_work() as work:
        rows = both_files(work.session, one, other)
        record_about(work.session, "compared", {row: {} for row in rows}, by)
        work.commit()
        return _side_by_side(work.session, *rows)


def _side_by_side(session: Session, first: JobseekerRow, second: JobseekerRow) -> TwoFiles:
    rules = duplicate_rules_at(clock.today())
    score = duplicate_score(named_person(form_of(first)), named_person(form_of(second)), rules)
    records = {row.external_id: record_of(row) for row in (first, second)}
    places = {row.external_id: standing(session, row) for row in (first, second)}
    (a, b) = places.values()
    obstacles = {
        a.row.external_id: merge_obstacles(session, a, b),
        b.row.external_id: merge_obstacles(session, b, a),
    }
    one, other = records.values()
    return TwoFiles(
        first=one,
        second=other,
        score=score.score,
        reasons=score.reasons,
        candidacies={row.external_id: _candidacies(session, row) for row in (first, second)},
        kept=_better_kept([a, b], obstacles),
        obstacles=obstacles,
        choices={
            one.external_id: proposed_choices(one, other),
            other.external_id: proposed_choices(other, one),
        },
        is_judged_different=second.id in jobseekers.list_not_duplicates(session, first.id),
    )


def _better_kept(places: list[Standing], obstacles: Mapping[str, Any]) -> str:
    """The file that can be kept, is in the process, and was there first."""

    def order(place: Standing) -> tuple[Any, ...]:
        name = place.row.external_id
        return len(obstacles[name]), -len(place.live), place.row.registered_on, place.row.id

    return min(places, key=order).row.external_id


def _candidacies(session: Session, row: JobseekerRow) -> tuple[CandidacyLine, ...]:
    return tuple(
        CandidacyLine(number, title, title_ka, candidacy.status)
        for candidacy, number, title, title_ka in queries.candidacies_of(session, row.id)
    )


def merge_jobseekers(
    *,
    kept: str,
    other: str,
    versions: Mapping[str, int],
    choices: Mapping[str, Side],
    by: Officer,
) -> JobseekerRecord:
    """Unite two files; the other one leads to the kept one from now on, and can be parted again.

    `versions`: of both files as the officer saw them; `choices`: for each differing field where it
    is taken from. StaleVersion if somebody changed either file meanwhile.
    """
    check_can(by, Permission.JOBSEEKERS_MERGE)
    with unit_of_work() as work:
        jobseekers.lock_register(work.session)
        rows = {row.external_id: row for row in both_files(work.session, kept, other)}
        ours, theirs = standing(work.session, rows[kept]), standing(work.session, rows[other])
        if obstacles := merge_obstacles(work.session, ours, theirs):
            raise Refused(joined(obstacles))
        for external_id, row in rows.items():
            if row.version != versions.get(external_id):
                raise _stale(row)
        check_can_move(JOBSEEKER, rows[other].status, JobseekerStatus.MERGED)
        form = united_form(form_of(rows[kept]), form_of(rows[other]), choices)
        if problems := find_problems(form):
            raise InvalidInput(N_("The united file can't be saved: see beside it."), problems)
        _unite(work.session, ours, theirs, form, by)
        work.commit()
        return record_of(rows[kept])


def _stale(row: JobseekerRow) -> StaleVersion:
    return StaleVersion(
        N_("Somebody changed {file} meanwhile: nothing was merged. Compare both files again."),
        yours=None,
        theirs=record_of(row),
        file=row.external_id,
    )


def _unite(
    session: Session, ours: Standing, theirs: Standing, form: JobseekerForm, by: Officer
) -> None:
    kept, merged = ours.row, theirs.row
    going = carried(ours, theirs)
    before: dict[str, Any] = {
        "kept": form_to_json(form_of(kept)),
        "personal_number": merged.personal_number,
        "status": merged.status.value,
        "candidacies": [candidacy.id for candidacy in going],
        "consents": consents_of_file(session, merged.id),
        "earlier_stays": earlier_stays_of_file(session, merged.id),
        "judgements": _carry_judgements(session, kept, merged, by),
        "last_event": queries.last_candidacy_event(session),
    }
    status = merged.status
    merged.personal_number, merged.status = None, JobseekerStatus.MERGED
    touch(merged, by)
    session.flush()  # the number is free before the kept file takes it
    changed = apply_form(kept, form)
    for candidacy in going:
        candidacy.jobseeker_id = kept.id
        follow_candidacy(session, candidacy.id, kept.id)
    carry(
        session,
        consents=before["consents"],
        candidacies=before["candidacies"],
        earlier_stays=before["earlier_stays"],
        jobseeker_id=kept.id,
    )
    touch(kept, by)
    session.add(
        JobseekerMergeRow(
            kept_id=kept.id,
            merged_id=merged.id,
            before={**before, "after": form_to_json(form_of(kept))},
            merged_at=clock.now(),
            merged_by=by.id,
        )
    )
    session.flush()
    moved = {"merged_file": [None, merged.external_id], **changed}
    leads = {"kept_file": [None, kept.external_id], "status": [status, merged.status]}
    end_questions(session, merged, by)
    record_about(session, "merged", {kept: moved, merged: leads}, by)


def _carry_judgements(
    session: Session, kept: JobseekerRow, merged: JobseekerRow, by: Officer
) -> list[list[int]]:
    """Whoever is not the merged person is not the kept one: remembered, returned for undoing."""
    known = jobseekers.list_not_duplicates(session, kept.id)
    made = []
    for person in sorted(jobseekers.list_not_duplicates(session, merged.id) - known - {kept.id}):
        pair = sorted((kept.id, person))
        session.add(judgement_row(pair, by))
        made.append(pair)
    return made
