"""When two files can be united, when that can be undone, and what to do where they can't."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from db.models import CandidacyRow, JobseekerMergeRow, JobseekerRow
from db.queries import duplicates as queries
from db.repositories.jobseekers import holders_of, list_not_duplicates
from domain.enums import JobseekerStatus as J
from domain.exceptions import Refused
from domain.texts import N_, Sentence, Term
from domain.transitions import ENDED, HOLDING
from services.duplicates.merge_choice import FIELDS as CHOSEN
from services.jobseekers.fields import FIELDS
from services.jobseekers.files import form_of
from services.jobseekers.form_snapshots import form_from_json

OUT = frozenset({J.WITHDRAWN, J.SUSPENDED})


@dataclass(frozen=True)
class Standing:
    """A file with its candidacies: (candidacy, the vacancy's number)."""

    row: JobseekerRow
    candidacies: Sequence[tuple[CandidacyRow, str]]

    @property
    def live(self) -> dict[int, str]:
        """Vacancies where the person is in the process, by id."""
        return {c.vacancy_id: n for c, n in self.candidacies if c.status not in ENDED}

    @property
    def held(self) -> list[str]:
        """Numbers of the vacancies that the person is spoken for."""
        return [number for c, number in self.candidacies if c.status in HOLDING]


def standing(session: Session, row: JobseekerRow) -> Standing:
    """The file as the rules look at it."""
    found = queries.candidacies_of(session, row.id)
    return Standing(row, [(each[0], each[1]) for each in found])


def check_not_merged(session: Session, row: JobseekerRow) -> None:
    """Refuse to change a file that was merged, naming the one that goes on, or depersonalised."""
    if row.depersonalised_at is not None:
        raise Refused(
            N_("This file is depersonalised and stays so: register the person anew if they come.")
        )
    if row.status is J.MERGED:
        kept = queries.kept_files(session, [row.external_id]).get(row.external_id, "")
        raise Refused(
            N_("{file} was merged into {kept}: go on with that file, or undo the merge."),
            file=row.external_id,
            kept=kept,
        )


def merge_obstacles(session: Session, kept: Standing, other: Standing) -> tuple[Sentence, ...]:
    """Why the other file can't be merged into the kept one now, each with what to do."""
    merged = [one.row for one in (kept, other) if one.row.status is J.MERGED]
    if merged:
        leads = queries.kept_files(session, [row.external_id for row in merged])
        text = N_("{file} was merged into {kept}: go on with that file, or undo the merge.")
        return tuple(
            Sentence(text, {"file": row.external_id, "kept": leads.get(row.external_id, "")})
            for row in merged
        )
    judged = []
    if other.row.id in list_not_duplicates(session, kept.row.id):
        text = N_("An officer found these to be different people: take that back first.")
        judged = [Sentence(text)]
    return (
        *judged,
        *_status_obstacles(kept.row, other.row),
        *_process_obstacles(kept, other),
    )


def _status_obstacles(kept: JobseekerRow, other: JobseekerRow) -> Iterator[Sentence]:
    files = {"kept": kept.external_id, "other": other.external_id}
    if other.status is J.PLACED and kept.status is J.PLACED:
        yield Sentence(
            N_("Both files are of somebody placed: record the return in one of them first."), files
        )
    elif other.status is J.PLACED:
        yield Sentence(N_("In {other} the person is placed: keep that file."), files)
    elif kept.status is J.DRAFT and other.status is not J.DRAFT:
        yield Sentence(N_("{kept} is a draft: keep {other}."), files)
    elif kept.status in OUT and other.status not in OUT | {J.DRAFT}:
        status = {"status": Term("JobseekerStatus", kept.status.value)}
        text = N_("{kept} is “{status}”: keep {other}, or put {kept} back on the register first.")
        yield Sentence(text, {**files, **status})


def _process_obstacles(kept: Standing, other: Standing) -> Iterator[Sentence]:
    ours = {c.vacancy_id: c for c, _ in kept.candidacies}
    for vacancy, number in other.live.items():
        if vacancy in kept.live:
            text = N_("Both files are candidates for {vacancy}: take one of them out there first.")
            yield Sentence(text, {"vacancy": number})
        elif vacancy in ours:
            text = N_(
                "For {vacancy} the candidacy of {kept} has ended and that of {other} goes on:"
                " keep {other}."
            )
            files = {"kept": kept.row.external_id, "other": other.row.external_id}
            yield Sentence(text, {**files, "vacancy": number})
    if kept.held and other.held and not set(kept.live) & set(other.live):
        yield Sentence(
            N_(
                "Both files are spoken for, {ours} and {theirs}: one person can't be sent to two"
                " employers. Record the withdrawal from one first."
            ),
            {"ours": tuple(kept.held), "theirs": tuple(other.held)},
        )


def carried(kept: Standing, other: Standing) -> list[CandidacyRow]:
    """The other file's candidacies but those (ended) whose vacancy the kept file has too."""
    ours = {c.vacancy_id for c, _ in kept.candidacies}
    return [c for c, _ in other.candidacies if c.vacancy_id not in ours]


def undo_obstacles(
    session: Session, merge: JobseekerMergeRow, kept: JobseekerRow, merged: JobseekerRow
) -> tuple[Sentence, ...]:
    """What has happened since the merge that undoing it would have to destroy."""
    before = merge.before
    if kept.depersonalised_at is not None:
        return (Sentence(N_("These files are depersonalised: nothing is left to part.")),)
    if kept.status is J.MERGED:
        leads = queries.kept_files(session, [kept.external_id])
        text = N_("{kept} itself was merged into {next} since: undo that first.")
        return (Sentence(text, {"kept": kept.external_id, "next": leads[kept.external_id]}),)
    found = []
    if changed := changed_again(before, kept):
        text = N_("Fields that the merge had set were changed since: {fields}.")
        names = tuple(Sentence(FIELDS[name]) for name in changed)
        found.append(Sentence(text, {"fields": names}))
    if moved := queries.vacancies_moved_since(session, before["candidacies"], before["last_event"]):
        text = N_("Candidacies that were carried over have gone on since: {vacancies}.")
        found.append(Sentence(text, {"vacancies": tuple(moved)}))
    numbers = [n for n in (before["personal_number"], before["kept"]["personal_number"]) if n]
    for owner in holders_of(session, numbers).values():
        if owner not in (kept.external_id, merged.external_id):
            text = N_("A personal number of these files now belongs to {file}: correct it first.")
            found.append(Sentence(text, {"file": owner}))
    return tuple(found)


def changed_again(before: dict[str, Any], kept: JobseekerRow) -> list[str]:
    """Fields that the merge had set and somebody changed after it."""
    was, after, now = (
        form_from_json(before["kept"]),
        form_from_json(before["after"]),
        form_of(kept),
    )
    return [
        name for name in CHOSEN if getattr(was, name) != getattr(after, name) != getattr(now, name)
    ]
