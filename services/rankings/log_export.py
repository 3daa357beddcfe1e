"""The ranking log for an auditor: one archive of tables, people by file number, with checksums."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from db.models import RankingRunRow
from db.queries import ranking_log as queries
from db.queries.pool import people_shown
from db.session import reading, unit_of_work
from domain.exceptions import Refused
from domain.records.officer import Officer
from domain.records.ranking_log import RunQuery, RunStory
from domain.texts import N_
from domain.values import PER_POINT
from services import audit, clock
from services.commission.dossiers.hiding import hide_people
from services.exports import Export, to_csv
from services.permissions import Permission, check_can
from services.rankings.log import moments, read_story
from services.rankings.retention import read_cases
from services.rankings.runs import parameters_of_run, stored_order
from services.texts import render, translate

Rows = Iterable[Sequence[object]]
MOST_RUNS = 2_000
"""Runs in one file: a hundred take a second or two, and a long period can be asked for in parts."""
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time an archive can name: the same content gives the same bytes."""

ABOUT = (
    N_("The ranking log of the system for temporary lawful employment abroad."),
    N_(
        "People stand here by the number of their file, never by name; in reasons that officers "
        "wrote, names are covered. Times are Georgia's. Points are of a hundred."
    ),
    N_(
        "runs.csv: who ranked, when, for which vacancy, by which version of the rules, and the "
        "SHA-256 of what was frozen"
    ),
    N_("asked.csv: what the vacancy asked for, in words"),
    N_("gates.csv: how many people each mandatory requirement excluded"),
    N_("shown.csv: who opened the ranking, and which part of the list, under which filter"),
    N_("tables.csv: whose requirement table was read by whom"),
    N_("by-hand.csv: what was changed by hand, and why"),
    N_("shortlists.csv: what was sent to the commission, and what it decided"),
    N_("parameters: the numbers of each version of the rules"),
    N_("order-….csv: everybody ranked, in order (in the file of a single ranking)"),
    N_("To check that nothing was changed since: sha256sum --check MANIFEST.sha256"),
)

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "runs": (
        N_("Ranking"),
        N_("When"),
        N_("Who"),
        N_("Vacancy"),
        N_("Rules"),
        N_("Pool"),
        N_("Ranked"),
        N_("Excluded"),
        N_("Preselected"),
        N_("Changed by hand"),
        N_("Kept until"),
        N_("SHA-256 of the people"),
        N_("SHA-256 of the vocabulary"),
        N_("SHA-256 of all inputs"),
    ),
    "asked": (N_("Ranking"), N_("Asked"), N_("Must"), N_("Points")),
    "gates": (
        N_("Ranking"),
        N_("Requirement"),
        N_("In words"),
        N_("Excluded"),
        N_("Fail it"),
        N_("Unknown"),
    ),
    "shown": (
        N_("Ranking"),
        N_("When"),
        N_("Who"),
        N_("List"),
        N_("first row"),
        N_("last row"),
        N_("of rows"),
        N_("Filter"),
    ),
    "tables": (N_("Ranking"), N_("File"), N_("Who"), N_("first read"), N_("times")),
    "by-hand": (
        N_("Ranking"),
        N_("When"),
        N_("Who"),
        N_("What"),
        N_("File"),
        N_("Rank"),
        N_("in ranking"),
        N_("Reason"),
    ),
    "shortlists": (
        N_("Ranking"),
        N_("Session"),
        N_("sent on"),
        N_("Who"),
        N_("decided on"),
        N_("Position"),
        N_("File"),
        N_("Rank"),
        N_("Score"),
        N_("Against the rank"),
        N_("Decision"),
        N_("for"),
        N_("against"),
        N_("abstained"),
    ),
    "order": (N_("Rank"), N_("File"), N_("Score"), N_("lowest"), N_("highest")),
}


def export_run(*, run_id: int, language: str, by: Officer) -> Export:
    """One run with everything known of it and the whole order; the export is logged."""
    check_can(by, Permission.RANKINGS_AUDIT)
    with reading() as session:
        content = packed_runs(session, [run_id], language=language, with_order=True)
    _log(content, {"runs": 1}, run_id, by)
    return Export(f"ranking-{run_id}-{clock.today().isoformat()}.zip", "application/zip", content)


def export_period(*, wanted: RunQuery, language: str, by: Officer) -> Export:
    """The runs under a filter, without their orders; Refused for more than one file holds."""
    check_can(by, Permission.RANKINGS_AUDIT)
    begin, end = moments(wanted)
    with reading() as session:
        rows, total = queries.list_runs(session, wanted, begin, end, offset=0, limit=MOST_RUNS)
        if total > MOST_RUNS:
            raise Refused(
                N_(
                    "One file holds {most} rankings at most, these are {total}: take a shorter "
                    "period."
                ),
                most=MOST_RUNS,
                total=total,
            )
        content = packed_runs(session, [row.id for row in rows], language=language)
    asked = {name: str(value) for name, value in asdict(wanted).items() if value}
    _log(content, {"runs": total, **asked}, None, by)
    name = f"ranking-log-{clock.today().isoformat()}.zip"
    return Export(name, "application/zip", content)


def _log(content: bytes, details: Mapping[str, object], run_id: int | None, by: Officer) -> None:
    """The event names the file by its content: a later reader can tell whether it is this one."""
    with unit_of_work() as work:
        audit.record(
            work.session,
            action="exported",
            entity="ranking_log",
            entity_id=run_id,
            details={**details, "sha256": hashlib.sha256(content).hexdigest()},
            by=by,
        )
        work.commit()


def packed_runs(
    session: Session, run_ids: Sequence[int], *, language: str, with_order: bool = False
) -> bytes:
    """The archive itself; whoever calls has checked the permission and writes the event."""
    tables: dict[str, list[Sequence[object]]] = {name: [] for name in HEADINGS if name != "order"}
    parameters: dict[str, bytes] = {}
    cases = read_cases(session)
    for run_id in run_ids:
        story = _without_names(session, read_story(session, run_id, cases))
        _add_parameters(parameters, session.get_one(RankingRunRow, run_id))
        for name, rows in _tables(story, language).items():
            tables[name].extend(rows)
    files = {f"{name}.csv": _csv(name, rows, language) for name, rows in tables.items()}
    files |= parameters
    if with_order:
        for run_id in run_ids:
            files[f"order-{run_id}.csv"] = _csv("order", _order(session, run_id), language)
    files["READ-ME.txt"] = "".join(f"{translate(line, language)}\n" for line in ABOUT).encode()
    return _packed(files)


def _add_parameters(files: dict[str, bytes], run: RankingRunRow) -> None:
    """The run's own values, under the name of their version; others of one name by the run too."""
    values = {
        k: str(v) if isinstance(v, date) else v for k, v in asdict(parameters_of_run(run)).items()
    }
    content = json.dumps(values, ensure_ascii=False, indent=1).encode()
    name = f"parameters/{run.parameters_version}"
    if files.setdefault(f"{name}.json", content) != content:
        files[f"{name}-of-{run.id}.json"] = content


def _without_names(session: Session, story: RunStory) -> RunStory:
    """The story with names and numbers of the people concerned covered in what officers wrote."""
    if not story.changes:
        return story
    people = queries.people_of_vacancy(session, story.summary.vacancy_number)
    covered = (
        replace(change, reason=hide_people(change.reason, people)) for change in story.changes
    )
    return replace(story, changes=tuple(covered))


def _csv(name: str, rows: Rows, language: str) -> bytes:
    return to_csv([translate(heading, language) for heading in HEADINGS[name]], list(rows))


def _packed(files: Mapping[str, bytes]) -> bytes:
    manifest = "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n"
        for name, content in sorted(files.items())
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [*sorted(files.items()), ("MANIFEST.sha256", manifest.encode())]:
            archive.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _tables(story: RunStory, own: str) -> dict[str, Iterator[Sequence[object]]]:
    """The lines of one run in each table."""
    run = story.summary
    first = (
        run.run_id,
        run.created_at,
        run.officer(own),
        run.vacancy_number,
        run.version,
        run.pool,
        run.ranked,
        run.excluded,
        story.preselected,
        len(story.changes),
        story.kept_until,
        story.people_sha256,
        story.vocabulary_sha256,
        story.inputs_sha256,
    )
    lines: dict[str, Iterable[Sequence[object]]] = {
        "runs": [first],
        "asked": ((render(x.asked, own), x.is_must, round(x.points, 4)) for x in story.asked),
        "gates": (
            (x.gate, render(x.sentence, own), x.excluded, x.failed, x.unknown) for x in story.gates
        ),
        "shown": (
            (
                x.shown_at,
                x.officer(own),
                render(x.sentence, own),
                x.first,
                x.last,
                x.of,
                _filter(x.filtered),
            )
            for x in story.shown
        ),
        "tables": ((x.external_id, x.officer(own), x.first_at, x.times) for x in story.opened),
        "by-hand": (
            (
                x.changed_at,
                x.officer(own),
                x.kind.value,
                x.external_id,
                x.rank,
                x.run_id,
                x.reason,
            )
            for x in story.changes
        ),
        "shortlists": _shortlists(story, own),
    }
    return {
        name: (row if name == "runs" else (run.run_id, *row) for row in rows)
        for name, rows in lines.items()
    }


def _filter(filtered: Mapping[str, Any]) -> str:
    return json.dumps(dict(filtered), ensure_ascii=False) if filtered else ""


def _shortlists(story: RunStory, own: str) -> Iterator[Sequence[object]]:
    for sent in story.sent:
        for x in sent.people:
            yield (
                sent.session_number,
                sent.sent_at,
                sent.officer(own),
                sent.decided_at,
                x.position,
                x.external_id,
                x.rank,
                x.score,
                x.against_rank,
                x.outcome.value if x.outcome else None,
                *(x.votes or (None, None, None)),
            )


def _order(session: Session, run_id: int) -> Iterator[Sequence[object]]:
    """Everybody ranked, best first; a file that is gone keeps its place without a number."""
    order = stored_order(session, run_id)
    people = order.person.tolist()
    shown = people_shown(session, people)
    columns = (order.points.tolist(), order.low.tolist(), order.high.tolist())
    for rank, (person, *points) in enumerate(zip(people, *columns, strict=True), 1):
        known = shown.get(person)
        yield (rank, known.external_id if known else "", *(x / PER_POINT for x in points))
