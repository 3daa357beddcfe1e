"""Which rows of a mapped file can be accepted, and what is wrong with the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from sqlalchemy.orm import Session

from db.queries.duplicates import kept_files
from domain.enums import ImportKind
from domain.records.imports import CellProblem, ImportMapping
from domain.records.jobseeker import JobseekerForm
from domain.records.vacancy import VacancyForm
from domain.texts import N_, Sentence
from services.importing.columns import KEYS
from services.importing.jobseekers import JobseekerRows
from services.importing.mapping import apply_rule
from services.importing.table import Row, Table
from services.importing.vacancies import VacancyRows
from services.jobseekers.bulk_registration import find_number_conflicts
from services.reference import Reference, reference

Form: TypeAlias = JobseekerForm | VacancyForm


class RowParser(Protocol):
    """What each kind of file has."""

    def parse(
        self, cells: Mapping[str, str]
    ) -> tuple[str, Form | None, list[tuple[str, Sentence]]]:
        """Key, form, and the problems by our column."""


PARSERS: Mapping[ImportKind, Callable[[Reference], RowParser]] = {
    ImportKind.JOBSEEKERS: JobseekerRows,
    ImportKind.VACANCIES: VacancyRows,
}


@dataclass(frozen=True)
class GoodRow:
    """A row that can go in; `stated` are our columns in which it says something."""

    row: Row
    key: str
    form: Form
    stated: frozenset[str]


@dataclass(frozen=True)
class Assessment:
    """A whole file: every row is good or has at least one problem."""

    good: tuple[GoodRow, ...]
    problems: tuple[CellProblem, ...]

    def rejected(self) -> frozenset[int]:
        """The numbers of the rows that come back."""
        return frozenset(problem.row for problem in self.problems)


def assess(read: Table, mapping: ImportMapping, session: Session) -> Assessment:
    """Parse every row and compare it with the others and with the register."""
    parser = PARSERS[mapping.kind](reference())
    good: list[GoodRow] = []
    problems: list[CellProblem] = []
    for row in read.rows:
        if row.problem is not None:
            problems.append(CellProblem(row.number, "", row.problem))
            continue
        cells = mapped(row, read.headers, mapping)
        key, form, found = parser.parse(cells)
        problems += (_problem(row, target, why, mapping) for target, why in found)
        if form is not None:
            stated = frozenset(target for target, text in cells.items() if text)
            good.append(GoodRow(row, key, form, stated))
    for repeated in (
        _repeated(good, KEYS[mapping.kind], lambda one: one.key, mapping),
        _repeated(good, "personal_number", _personal_number, mapping),
        _merged(good, mapping, session),
        _taken(good, mapping, session),
    ):
        problems += repeated.values()
        good = [one for one in good if one.row.number not in repeated]
    return Assessment(tuple(good), tuple(sorted(problems, key=lambda problem: problem.row)))


def mapped(row: Row, headers: tuple[str, ...], mapping: ImportMapping) -> dict[str, str]:
    """Our columns of one row."""
    cells = dict(zip(headers, row.cells, strict=True))
    return {rule.target: apply_rule(rule, cells) for rule in mapping.rules}


def _problem(row: Row, target: str, why: Sentence, mapping: ImportMapping) -> CellProblem:
    rule = mapping.rule(target)
    return CellProblem(
        row.number, " + ".join(rule.sources) if rule and rule.sources else target, why
    )


def _personal_number(one: GoodRow) -> str | None:
    return one.form.personal_number if isinstance(one.form, JobseekerForm) else None


def _repeated(
    good: list[GoodRow],
    target: str,
    value_of: Callable[[GoodRow], str | None],
    mapping: ImportMapping,
) -> dict[int, CellProblem]:
    """Rows that carry a value which an earlier row has already: the first one counts."""
    first: dict[str, int] = {}
    found = {}
    for one in good:
        value = value_of(one)
        earlier = first.setdefault(value, one.row.number) if value else one.row.number
        if earlier != one.row.number:
            why = Sentence(N_("The same value stands in row {row} already."), {"row": earlier})
            found[one.row.number] = _problem(one.row, target, why, mapping)
    return found


def _merged(
    good: list[GoodRow], mapping: ImportMapping, session: Session
) -> dict[int, CellProblem]:
    """People whose file leads to another one: the list has to name that one."""
    people = {o.key: o for o in good if isinstance(o.form, JobseekerForm)}
    why = N_("This file was merged into {file}: write that number, or undo the merge.")
    return {
        people[key].row.number: _problem(
            people[key].row, "external_id", Sentence(why, {"file": kept}), mapping
        )
        for key, kept in kept_files(session, [*people]).items()
    }


def _taken(good: list[GoodRow], mapping: ImportMapping, session: Session) -> dict[int, CellProblem]:
    """People whose personal number belongs to another file of the register."""
    people = {o.key: o for o in good if isinstance(o.form, JobseekerForm)}
    forms = [(key, o.form) for key, o in people.items() if isinstance(o.form, JobseekerForm)]
    why = N_("This personal number belongs to the registered file {file} already.")
    return {
        people[key].row.number: _problem(
            people[key].row, "personal_number", Sentence(why, {"file": other}), mapping
        )
        for key, other in find_number_conflicts(session, forms).items()
    }
