"""ESCO comes in whole or not at all, and nothing that a file names is lost."""

import csv
import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from db.models import (
    EscoOccupationSkillRow,
    OccupationLabelRow,
    ReferenceFileRow,
    SkillGroupRow,
    SkillLabelRow,
    SkillOccupationRow,
    SkillRow,
)
from db.reference.load import load_reference
from db.repositories import esco as repository
from db.session import reading, unit_of_work
from domain.enums import Role
from domain.exceptions import InvalidInput, PermissionDenied, UnusableFile
from domain.records.classification import ConceptChange
from domain.texts import Term
from services import texts
from services.esco.archives import JOB_TITLES, SKILL_NAMES, EscoFile
from services.esco.importing import esco_state, files_at, import_esco, preview_esco
from services.reference import forget, reference
from tests.factories import esco
from tests.factories.officers import officer

pytestmark = pytest.mark.usefixtures("sqlite_database")


def skill(uri: str) -> SkillRow:
    with reading() as session:
        found = session.get(SkillRow, uri)
    assert found is not None
    return found


def count(table: type) -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_an_import_counts_what_it_brought_and_what_points_nowhere() -> None:
    counts = esco.bring_in()
    assert counts["skills"] == counts["skills_new"] == 7
    assert counts["occupations"] == 2
    assert (counts["relations"], counts["relations_dangling"]) == (3, 2)
    assert count(EscoOccupationSkillRow) == 3


def test_names_broken_over_lines_are_whole_and_all_of_them_are_kept() -> None:
    esco.bring_in()
    with reading() as session:
        rows = session.execute(
            select(SkillLabelRow.label, SkillLabelRow.kind).where(
                SkillLabelRow.skill_id == esco.PRUNE
            )
        )
        names = {row.label: row.kind for row in rows}
        titles = session.execute(
            select(OccupationLabelRow.label, OccupationLabelRow.kind).where(
                OccupationLabelRow.concept_uri == esco.VINES
            )
        )
        assert {row.label: row.kind for row in titles} == {
            "vine tender": "preferred",
            "keeper of vines": "alternative",
            "vine worker": "alternative",
            "wine tender": "hidden",
        }
    assert names["shorten the shoots of vines"] == "preferred"
    assert names["shoot cutting"] == "alternative"


def test_a_name_in_another_language_says_so() -> None:
    esco.bring_in()
    assert texts.term(Term("skill", esco.TIE), "en") == "tie up vines"
    assert texts.term(Term("skill", esco.TIE), "ka") == "tie up vines (en)"


def test_every_skill_has_one_group_with_a_wider_one_above() -> None:
    esco.bring_in()
    known = reference()
    assert known.skill_group[esco.PRUNE] == esco.ORCHARD  # the deeper of two
    assert known.skill_group[esco.TIE] == esco.ORCHARD  # through the skill above it
    assert known.broader_group[esco.ORCHARD] == esco.FIELD
    assert known.skill_group[esco.HELP] == esco.KINDNESS  # this pillar has one level less
    assert known.broader_group[esco.KINDNESS] == f"{esco.SKILL}t1"
    assert known.broader_group[known.skill_group[esco.ASKEW]] == esco.FIELD
    assert known.skill_group[esco.SIGN] == known.skill_group[esco.SIGN_WRITE]
    assert known.skill_group[esco.SIGN] not in known.broader_group


def test_a_skill_is_essential_to_a_unit_group_by_the_share_of_its_occupations() -> None:
    third = {**esco.OCCUPATIONS[1], "conceptUri": f"{esco.OCCUPATION}third", "iscoGroup": "6112"}
    fourth = {**third, "conceptUri": f"{esco.OCCUPATION}fourth"}
    esco.bring_in(esco.concepts(occupations=(*esco.OCCUPATIONS, third, fourth)), esco.relations())
    known = reference()
    assert esco.JUICE in known.essential_skills["9211"]
    assert esco.PRUNE not in known.essential_skills.get("6112", frozenset())  # one of three
    assert esco.PRUNE not in known.optional_skills["6112"]


def test_importing_the_same_files_again_changes_nothing() -> None:
    esco.bring_in()
    before = reference()
    again = import_esco(files=esco.both(), by=None)
    assert again.is_unchanged
    assert reference() == before


def test_a_leading_zero_is_restored_and_an_unknown_unit_group_left_out() -> None:
    soldier = {**esco.OCCUPATIONS[1], "conceptUri": f"{esco.OCCUPATION}s", "iscoGroup": "110"}
    nobody = {**esco.OCCUPATIONS[1], "conceptUri": f"{esco.OCCUPATION}n", "iscoGroup": "7777"}
    counts = esco.bring_in(
        esco.concepts(occupations=(*esco.OCCUPATIONS, soldier, nobody)), esco.relations()
    )
    assert counts["occupations"] == 3
    assert counts["occupations_without_unit_group"] == 1


def test_a_concept_that_comes_back_is_no_longer_marked() -> None:
    esco.bring_in()
    without = esco.concepts(version="1.1.0", skills=esco.SKILLS[1:])
    esco.bring_in(without, esco.relations("1.1.0"))
    assert skill(esco.PRUNE).is_vanished
    done = import_esco(files=esco.both("1.2.0"), by=None)
    called = "shorten the shoots of vines"
    assert ConceptChange("returned", "skill", esco.PRUNE, called=called) in done.changes
    assert not skill(esco.PRUNE).is_vanished


def test_another_language_of_the_same_version_adds_its_names_only() -> None:
    esco.bring_in()
    relations = count(SkillOccupationRow)
    named = {**esco.SKILLS[1], "preferredLabel": "Reben binden"}
    counts = esco.bring_in(esco.concepts("de", skills=(named, *esco.SKILLS[2:])))
    assert counts["skill_labels"] == 6
    assert count(SkillOccupationRow) == relations
    assert skill(esco.TIE).label_en == "tie up vines"
    assert not skill(esco.PRUNE).is_vanished
    state = esco_state(by=officer(Role.ADMINISTRATOR))
    assert (state.version, state.languages) == ("1.0.0", ("de", "en"))


def test_without_english_names_say_their_language_until_english_comes() -> None:
    esco.bring_in(esco.concepts("de"), esco.relations())
    assert texts.term(Term("skill", esco.TIE), "en") == "tie up vines (de)"
    esco.bring_in(esco.concepts("en"))
    assert texts.term(Term("skill", esco.TIE), "en") == "tie up vines"
    # A newer version that comes without English leaves the English names in sight.
    named = {**esco.SKILLS[1], "preferredLabel": "Reben binden"}
    newer = esco.concepts("de", version="1.1.0", skills=(named, *esco.SKILLS[2:]))
    esco.bring_in(newer, esco.relations("1.1.0"))
    assert texts.term(Term("skill", esco.TIE), "en") == "tie up vines"
    assert skill(esco.TIE).source == "esco:1.1.0"


def test_a_group_ranks_as_the_own_group_that_its_linked_skills_belong_to(
    link: Callable[..., None],
) -> None:
    link(S0001=(esco.PRUNE, "exact"), S0002=(esco.TIE, "close"))
    esco.bring_in()
    with reading() as session:
        group = session.get(SkillGroupRow, esco.ORCHARD)
    assert group is not None
    assert group.ranks_as == "G01.01"
    assert reference().skill_group[esco.TIE] == reference().skill_group["S0001"] == "G01.01"


def test_one_link_alone_says_nothing_about_a_group(link: Callable[..., None]) -> None:
    link(S0001=(esco.PRUNE, "exact"))
    esco.bring_in()
    assert reference().skill_group[esco.TIE] == esco.ORCHARD


def test_tables_of_names_in_many_languages_stand_beside_the_archives() -> None:
    esco.bring_in()
    titles = table_file(
        "titles.csv", JOB_TITLES, [(esco.VINES, "pl", "1.0.8", "6112", "winorośl", "")]
    )
    names = table_file(
        "names.csv",
        SKILL_NAMES,
        [(esco.TIE, "pl", "wiązać"), ("urn:no", "pl", "x"), (esco.TIE, "en", "x")],
    )
    counts = esco.bring_in(titles, names)
    assert counts == {"job_titles": 1, "skill_labels": 1, "names_unknown": 1}


def table_file(name: str, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> EscoFile:
    text = io.StringIO()
    csv.writer(text).writerows([columns, *rows])
    return EscoFile(name, io.BytesIO(gzip.compress(text.getvalue().encode())))


def test_the_same_titles_twice_change_nothing_and_other_ones_take_their_place() -> None:
    def titles(label: str) -> EscoFile:
        row = ("urn:1", "pl", "1.0.8", "5322", label, "inna|inny")
        return table_file("titles.csv.gz", JOB_TITLES, [row])

    assert esco.bring_in(titles("opiekunka"))["job_titles"] == 3
    assert import_esco(files=[titles("opiekunka")], by=None).is_unchanged
    assert not import_esco(files=[titles("opiekun")], by=None).is_unchanged
    with reading() as session:
        row = OccupationLabelRow
        polish = session.scalars(select(row.label).where(row.source == "ESCO 1.0.8"))
        assert set(polish) == {"opiekun", "inna", "inny"}


def test_a_preview_says_what_the_files_hold() -> None:
    seen = preview_esco(files=esco.both(), by=officer(Role.ADMINISTRATOR))
    assert (seen.version, seen.languages) == ("1.0.0", ("en",))
    assert {table for _, table, _ in seen.tables} >= {"skills", "occupationSkillRelations"}


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (lambda: [esco.concepts()], "The relations are missing"),
        (lambda: [esco.relations()], "The archive of a language is missing"),
        (lambda: [esco.concepts(), esco.relations("1.1.0")], "of different versions: 1.0.0, 1.1.0"),
        (lambda: [renamed(esco.concepts(), "esco.zip")], "does not say which version"),
        (lambda: [esco.concepts(skills=()), esco.relations()], "lacks the columns"),
        (lambda: [zipped("readme.txt", b"hello")], "holds none of the tables"),
        (lambda: [zipped("skills_en.csv", b"0" * 40_000_000)], "not built like an archive"),
        (lambda: [zipped("skills_en.csv", b"\xff\xfe\x00")], "can't be read as CSV"),
        (lambda: [EscoFile("x.csv", io.BytesIO(b"a,b\n1,2\n"))], "none of the tables of ESCO"),
        (lambda: [EscoFile("x.csv", io.BytesIO(b"conceptUri\n1\n"))], "lacks the columns lang"),
        (lambda: [EscoFile("x.gz", io.BytesIO(gzip.compress(b"a,b")[:9]))], "can't be read"),
        (lambda: [cut(esco.concepts()), esco.relations()], "can't be read"),
        (lambda: [], "at least one file"),
    ],
)
def test_files_that_will_not_do_are_refused_and_nothing_is_written(
    files: Callable[[], list[EscoFile]], said: str
) -> None:
    with pytest.raises((UnusableFile, InvalidInput), match=said):
        import_esco(files=files(), by=None)
    assert count(EscoOccupationSkillRow) == 0


def renamed(file: EscoFile, name: str) -> EscoFile:
    return EscoFile(name, file.content)


def zipped(name: str, content: bytes) -> EscoFile:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, content)
    return EscoFile("ESCO v1.0.0 en.zip", packed)


def cut(file: EscoFile) -> EscoFile:
    return EscoFile(file.name, io.BytesIO(file.content.read()[:-200]))


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(InvalidInput, match="no file nowhere.zip"), files_at([Path("nowhere.zip")]):
        pass


def test_an_older_version_is_refused() -> None:
    esco.bring_in(*esco.both("1.10.0"))
    with pytest.raises(UnusableFile, match="older than 1.10.0"):
        import_esco(files=esco.both("1.9.0"), by=None)


def test_an_import_that_breaks_off_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(share: float, _what: object) -> None:
        if share > 0.7:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_esco(files=esco.both(), progress=stopped, by=None)
    assert count(EscoOccupationSkillRow) == 0
    assert esco.PRUNE not in reference().names["skill"]


def test_only_an_administrator_imports_on_screen() -> None:
    recruiter = officer()
    for use_case in (import_esco, preview_esco):
        with pytest.raises(PermissionDenied):
            use_case(files=esco.both(), by=recruiter)
    with pytest.raises(PermissionDenied):
        esco_state(by=officer(Role.MANAGER))


def test_another_process_meets_the_import_without_a_restart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = reference()
    monkeypatch.setattr("services.esco.importing.forget", lambda: None)
    esco.bring_in()
    monkeypatch.setattr("services.reference.FRESH_SECONDS", 0.0)
    assert esco.TIE in reference().names["skill"]
    assert esco.TIE not in before.names["skill"]


@pytest.fixture
def link(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Say which own skill is which concept, in place of the project's table."""

    def put(**links: tuple[str, str]) -> None:
        monkeypatch.setattr(repository, "crosswalk", lambda: links)

    return put


UNDER_FIELD = {"conceptUri": esco.TIE, "broaderType": "SkillGroup", "broaderUri": esco.FIELD}


def test_our_own_tables_can_be_loaded_again_beside_esco(link: Callable[..., None]) -> None:
    link(S0001=(esco.PRUNE, "exact"))
    esco.bring_in()
    before, labels = reference(), count(SkillLabelRow)
    with unit_of_work() as work:
        for name in ("skill_groups.csv", "skills.csv", "skill_occupations.csv"):
            row = work.session.get(ReferenceFileRow, name)
            assert row is not None
            row.sha256 = "of an earlier release"
        assert len(load_reference(work.session)) == 3
        work.commit()
    forget()
    assert reference() == before
    assert count(SkillLabelRow) == labels > 2 * len(before.own_skills)
