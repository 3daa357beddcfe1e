"""An import takes in the good rows, gives back the bad ones, and never does a thing twice."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, func, select

from db.models import AuditEventRow, ImportedFileRow, JobseekerRow, VacancyRow
from db.session import reading, unit_of_work
from domain.enums import ImportKind, Role
from domain.exceptions import InvalidInput, PermissionDenied, UnusableFile
from domain.records.imports import ColumnRule, ImportMapping, ImportResult
from domain.records.officer import Officer
from services import audit
from services.exports import ExportFormat, to_xlsx
from services.importing import running
from services.importing.history import list_imports, list_mappings, save_mapping
from services.importing.limits import limits
from services.importing.running import preview_import, run_import
from services.importing.templates import template
from services.jobseekers.register import get_jobseeker
from services.vacancies.vacancies import get_vacancy
from tests.factories.officers import officer

J, V = ImportKind.JOBSEEKERS, ImportKind.VACANCIES
HEADER = "external_id,first_name_ka,last_name_ka,personal_number,birth_date,languages,phone\n"
GOOD = [
    "P-1,ნინო,ბერიძე,00000000001,1990-05-17,de:B1,555111111",
    "P-2,გიორგი,მაისურაძე,00000000002,1985-01-02,en:A2;ru:B2,555222222",
    "P-3,თამარ,ლომიძე,,1999-09-09,,",
]
BAD = [
    "P-4,ლევან,კაპანაძე,123,1990-05-17,de:B1,",
    "P-5,მაია,გელაშვილი,00000000005,31.02.1990,xx:B1,",
    "P-1,სხვა,ადამიანი,,,,",
    ",ანა,უსახელო,,,,",
    "P-6,ლაშა,გიგაური,00000000001,,,",
    "P-7,only,two",
]


@pytest.fixture
def recruiter(database: Engine) -> Officer:
    return officer()


@pytest.fixture
def desk(sqlite_database: Engine) -> Officer:
    """A recruiter, where one kind of database says enough."""
    return officer()


def people(*rows: str) -> bytes:
    return (HEADER + "\n".join(rows) + "\n").encode()


def take_in(content: bytes, by: Officer, kind: ImportKind = J, **more: object) -> ImportResult:
    return run_import(kind=kind, content=content, file_name="list.csv", by=by, **more)  # type: ignore[arg-type]


def count(table: type) -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_good_rows_go_in_and_bad_ones_come_back(recruiter: Officer) -> None:
    result = take_in(people(*GOOD, *BAD), recruiter)
    assert (result.created, result.rejected) == (3, 6)
    assert result.accepted + result.rejected == len(GOOD) + len(BAD)
    assert get_jobseeker(external_id="P-2", by=recruiter).form.birth_date == date(1985, 1, 2)
    returned = list(csv.reader(io.StringIO((result.rejected_file or b"").decode("utf-8-sig"))))
    assert returned[0][:2] == ["reason", "external_id"]
    assert [row[1] for row in returned[1:]] == ["P-4", "P-5", "P-1", "", "P-6", "P-7"]
    assert all(row[0] for row in returned[1:])


def test_every_bad_cell_is_named_with_row_and_column(desk: Officer) -> None:
    preview = preview_import(kind=J, content=people(*GOOD, *BAD), by=desk)
    named = {(problem.row, problem.column) for problem in preview.problems}
    assert named == {
        (5, "personal_number"),
        (6, "birth_date"),
        (6, "languages"),
        (7, "external_id"),
        (8, "external_id"),
        (9, "personal_number"),
        (10, ""),
    }
    assert (preview.accepted, preview.rejected, preview.rows) == (3, 6, 9)


def test_a_preview_changes_nothing(desk: Officer) -> None:
    before = count(AuditEventRow)
    preview_import(kind=J, content=people(*GOOD), by=desk)
    assert (count(JobseekerRow), count(ImportedFileRow), count(AuditEventRow)) == (0, 0, before)


def test_the_same_file_twice_changes_nothing_and_says_so(recruiter: Officer) -> None:
    first = take_in(people(*GOOD, *BAD), recruiter)
    before = count(AuditEventRow)
    second = take_in(people(*GOOD, *BAD), recruiter)
    assert first.imported_before is None and second.imported_before is not None
    assert (second.created, second.updated, second.unchanged, second.rejected) == (0, 0, 3, 6)
    assert (count(JobseekerRow), count(ImportedFileRow)) == (3, 1)
    assert count(AuditEventRow) == before + 1


def test_the_same_file_again_does_not_undo_what_an_officer_changed(desk: Officer) -> None:
    take_in(people(*GOOD), desk)
    take_in(people("P-1,ნინო,ბერიძე,00000000001,1990-05-17,de:C1,555999999"), desk)
    take_in(people(*GOOD), desk)
    assert get_jobseeker(external_id="P-1", by=desk).form.phone == "+995555999999"


def test_another_file_updates_what_it_states_and_keeps_the_rest(recruiter: Officer) -> None:
    take_in(people(*GOOD), recruiter)
    result = take_in(people("P-1,ნინო,ბერიძე,,,,555999999", GOOD[1]), recruiter)
    assert (result.updated, result.unchanged) == (1, 1)
    form = get_jobseeker(external_id="P-1", by=recruiter).form
    assert (form.phone, form.personal_number) == ("+995555999999", "00000000001")
    assert form.languages


def test_a_corrected_file_of_rejected_rows_goes_in(desk: Officer) -> None:
    returned = take_in(people(*GOOD, *BAD[:2]), desk).rejected_file or b""
    corrected = (
        returned.decode("utf-8-sig")
        .replace(",123,", ",00000000004,")
        .replace("31.02.1990", "28.02.1990")
        .replace("xx:B1", "de:B1")
    )
    result = take_in(corrected.encode(), desk)
    assert (result.created, result.rejected) == (2, 0)
    assert count(JobseekerRow) == 5


def test_a_personal_number_of_a_registered_person_is_rejected_with_the_file(
    recruiter: Officer,
) -> None:
    take_in(people(*GOOD), recruiter)
    result = take_in(people("P-9,სხვა,ადამიანი,00000000001,,,"), recruiter)
    assert result.rejected == 1 and "P-1" in str(result.problems[0].sentence)


def test_whatever_breaks_on_the_way_leaves_nothing(
    recruiter: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "limits", lambda: replace(limits(), chunk_rows=1))

    def break_at_the_third(done: int, _total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    before = count(AuditEventRow)
    with pytest.raises(KeyboardInterrupt):
        take_in(people(*GOOD), recruiter, progress=break_at_the_third)
    assert (count(JobseekerRow), count(ImportedFileRow), count(AuditEventRow)) == (0, 0, before)
    assert take_in(people(*GOOD), recruiter).created == 3


def test_a_large_file_goes_in_by_chunks_and_can_be_run_again(
    recruiter: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = replace(limits(), chunk_rows=1, one_transaction_rows=2)
    monkeypatch.setattr(running, "limits", lambda: small)

    def break_at_the_third(done: int, _total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_in(people(*GOOD), recruiter, progress=break_at_the_third)
    assert count(JobseekerRow) == 2
    result = take_in(people(*GOOD), recruiter)
    assert (result.created, result.unchanged, result.imported_before) == (1, 2, None)


def test_what_was_imported_stands_in_the_chain(recruiter: Officer) -> None:
    take_in(people(*GOOD), recruiter)
    with reading() as session:
        actions = session.scalars(select(AuditEventRow.action).order_by(AuditEventRow.seq)).all()
    assert actions[-4:] == ["registered"] * 3 + ["imported"]
    assert audit.verify_chain().broken_seq is None


def test_past_imports_are_listed_with_who_and_how_many(desk: Officer) -> None:
    take_in(people(*GOOD, *BAD), desk)
    past = list_imports(by=desk)[0]
    assert (past.file_name, past.accepted, past.rejected) == ("list.csv", 3, 6)
    assert past.by("en") == desk.name_en


@pytest.mark.parametrize("form", ExportFormat)
@pytest.mark.parametrize("kind", ImportKind)
def test_a_template_can_be_imported_as_it_is(
    desk: Officer, kind: ImportKind, form: ExportFormat
) -> None:
    result = take_in(template(kind, form), desk, kind)
    assert (result.created, result.problems) == (1, ())


def test_a_workbook_goes_in_like_a_csv_file(desk: Officer) -> None:
    rows = [row.split(",") for row in GOOD]
    result = take_in(to_xlsx(HEADER.strip().split(","), rows), desk)
    assert (result.created, result.rejected) == (3, 0)


def test_text_like_a_formula_goes_in_as_text(desk: Officer) -> None:
    content = b"number,title,country,positions,description\nV-1,=1+1,DE,1,@SUM(A1)\n"
    take_in(content, desk, V)
    record = get_vacancy(number="V-1", by=desk)
    assert (record.title, record.description) == ("=1+1", "@SUM(A1)")


def test_a_missing_required_column_is_named_and_nothing_goes_in(desk: Officer) -> None:
    content = b"number,title,country\nV-1,Welder,DE\n"
    assert preview_import(kind=V, content=content, by=desk).missing == ("positions",)
    with pytest.raises(UnusableFile, match="positions"):
        take_in(content, desk, V)


def test_a_constant_fills_a_missing_column_and_is_noticed(desk: Officer) -> None:
    mapping = ImportMapping(
        V,
        (
            ColumnRule("number", ("nr",)),
            ColumnRule("title", ("what",)),
            ColumnRule("country", ("where",), values={"Deutschland": "DE"}),
            ColumnRule("positions", constant="1"),
        ),
    )
    content = "nr,what,where\nV-1,Schweißer,Deutschland\n".encode()
    result = take_in(content, desk, V, mapping=mapping)
    assert result.created == 1
    assert any("every row gets" in str(notice) for notice in result.notices)


def test_a_mapping_for_other_columns_is_refused(desk: Officer) -> None:
    mapping = ImportMapping(V, (ColumnRule("number", ("nr",)),))
    with pytest.raises(UnusableFile, match="nr"):
        preview_import(kind=V, content=b"a,b\n1,2\n", mapping=mapping, by=desk)


def test_a_saved_mapping_is_offered_for_the_next_file_of_its_kind(recruiter: Officer) -> None:
    rules = (
        ColumnRule("number", ("zzz",)),
        ColumnRule("title", ("yyy",)),
        ColumnRule("country", constant="PL"),
        ColumnRule("positions", constant="1"),
    )
    save_mapping(mapping=ImportMapping(V, rules), name=" My  list ", by=recruiter)
    offered = preview_import(kind=V, content=b"zzz,yyy\nV-1,Welder\n", by=recruiter)
    assert offered.mapping.name == "My list" and offered.accepted == 1
    save_mapping(mapping=ImportMapping(V, rules[:1]), name="My list", by=recruiter)
    assert [m.name for m in list_mappings(kind=V, by=recruiter)] == ["EURES 2025", "My list"]


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "EURES 2025"])
def test_a_mapping_needs_a_name_of_its_own(desk: Officer, name: str) -> None:
    with pytest.raises(InvalidInput):
        save_mapping(mapping=ImportMapping(V, ()), name=name, by=desk)


def test_a_published_vacancy_is_left_as_it_is_with_a_notice(desk: Officer) -> None:
    content = b"number,title,country,positions\nV-1,Welder,DE,1\n"
    take_in(content, desk, V)
    with unit_of_work() as work:
        row = work.session.scalars(select(VacancyRow)).one()
        row.status = "cancelled"  # type: ignore[assignment]
        work.commit()
    result = take_in(content.replace(b"Welder", b"Cook"), desk, V)
    assert (result.updated, result.unchanged) == (0, 1)
    assert any("no longer drafts" in str(notice) for notice in result.notices)
    assert get_vacancy(number="V-1", by=desk).title == "Welder"


USES: list[Callable[[Officer], object]] = [
    lambda by: preview_import(kind=J, content=people(*GOOD), by=by),
    lambda by: take_in(people(*GOOD), by),
    lambda by: list_imports(by=by),
    lambda by: list_mappings(kind=J, by=by),
    lambda by: save_mapping(mapping=ImportMapping(V, ()), name="x", by=by),
]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.RECRUITER])
@pytest.mark.parametrize("use", USES)
def test_only_recruiters_import(
    sqlite_database: Engine, use: Callable[[Officer], object], role: Role
) -> None:
    with pytest.raises(PermissionDenied):
        use(officer(role))
