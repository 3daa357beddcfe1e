"""Confirmed codes are decisions; a coder learns from them, is compared, used and taken back."""

import pytest
from sqlalchemy import select

from db.models import AuditEventRow, CoderVersionRow, CodingDecisionRow
from db.session import reading, unit_of_work
from domain.enums import Role
from domain.exceptions import InvalidInput, PermissionDenied, Refused
from domain.records.officer import Officer
from services import clock
from services.coding import coder_versions, occupation_coding
from services.coding.decisions import take_decisions
from tests.factories.officers import officer
from tests.factories.vacancies import draft_vacancy

pytestmark = pytest.mark.usefixtures("sqlite_database")

# What these invented words mean is known to those who decided, and to nobody's labels.
JARGON = {"blorkist": "7212", "frumpelhand": "5120", "quastner": "9211"}


def coded_file(copies: int = 40) -> bytes:
    lines = [
        f"{word} {place},de,{code}" for place in range(copies) for word, code in JARGON.items()
    ]
    return "\n".join(["text,lang,code", *lines]).encode()


@pytest.fixture
def manager() -> Officer:
    return officer(Role.MANAGER)


def test_a_confirmed_code_is_noted_with_who_decided() -> None:
    by = officer()
    draft = draft_vacancy(by, title="Blorkist", occupations=(), country="DE")
    occupation_coding.confirm_occupation(vacancy_number=draft.number, isco="7212", score=0.4, by=by)
    with reading() as session:
        (row,) = session.scalars(select(CodingDecisionRow)).all()
    assert (row.title, row.lang, row.isco, row.similarity) == ("Blorkist", "de", "7212", 0.4)
    assert (row.decided_by, row.vacancy_number, row.coder_version) == (by.id, draft.number, None)


def test_what_was_chosen_for_a_title_is_suggested_first_for_the_same_title() -> None:
    by = officer()
    draft_vacancy(by, title="Welder", occupations=("7214",), country="DE")
    first, *others = occupation_coding.suggest_occupations(title="WELDER (m/f)", by=by)
    if first.isco != "7214":
        assert "7214" not in [one.isco for one in others]
    else:
        assert first.times == 1


def test_a_version_learns_is_used_and_can_be_taken_back(manager: Officer) -> None:
    by = officer()
    assert take_decisions(content=coded_file(), by=manager).taken == 120
    made = coder_versions.train_coder(by=manager)
    assert not made.is_in_use
    assert made.decisions + made.held_out == 120
    assert made.accuracy > made.accuracy_of_labels
    assert made.accuracy_low <= made.accuracy <= made.accuracy_high
    assert made.accuracy_in_use is None
    before = occupation_coding.suggest_occupations(title="Quastner gesucht", by=by)
    coder_versions.activate_coder(number=made.number, by=manager)
    after = occupation_coding.suggest_occupations(title="Quastner gesucht", by=by)
    assert "9211" not in [one.isco for one in before]
    assert (after[0].isco, after[0].coder_version) == ("9211", made.number)

    second = coder_versions.train_coder(by=manager)
    assert second.accuracy_in_use == pytest.approx(made.accuracy)
    coder_versions.activate_coder(number=second.number, by=manager)
    coder_versions.activate_coder(number=made.number, by=manager)
    state = coder_versions.coder_state(by=manager)
    assert [one.number for one in state.versions if one.is_in_use] == [made.number]
    with pytest.raises(Refused):
        coder_versions.activate_coder(number=made.number, by=manager)
    coder_versions.retire_coder(by=manager)
    assert coder_versions.coder_state(by=manager).in_use is None
    with reading() as session:
        actions = session.scalars(select(AuditEventRow.action)).all()
    assert {"trained", "activated", "retired"} <= set(actions)


def test_too_few_decisions_are_refused_with_the_number(manager: Officer) -> None:
    draft_vacancy(officer(), title="Welder", occupations=("7212",))
    with pytest.raises(Refused) as refused:
        coder_versions.train_coder(by=manager)
    assert refused.value.sentence.values["count"] == 1
    assert coder_versions.coder_state(by=manager).decisions == 1


def test_lines_that_can_not_be_used_are_named(manager: Officer) -> None:
    taken = take_decisions(
        content=b"text,lang,code\nWelder,en,7212\n,en,7212\nCook,en,51\n", by=manager
    )
    assert (taken.taken, [line for line, _ in taken.rejected]) == (1, [3, 4])
    with pytest.raises(InvalidInput):
        take_decisions(content=b"title,code\nWelder,7212\n", by=manager)
    with pytest.raises(InvalidInput):
        take_decisions(content=b"\xff\xfe\x00text", by=manager)


@pytest.mark.parametrize("role", [Role.RECRUITER, Role.CHAIR])
def test_coders_are_trained_by_managers_and_administrators(role: Role) -> None:
    by = officer(role)
    for call in (
        lambda: coder_versions.train_coder(by=by),
        lambda: coder_versions.activate_coder(number=1, by=by),
        lambda: coder_versions.retire_coder(by=by),
        lambda: coder_versions.coder_state(by=by),
        lambda: take_decisions(content=coded_file(), by=by),
    ):
        with pytest.raises(PermissionDenied):
            call()


def test_a_version_that_can_not_be_read_leaves_labels_alone_to_serve() -> None:
    by = officer()
    with unit_of_work() as work:
        row = CoderVersionRow(
            trained_at=clock.now(),
            decisions=1,
            languages=[],
            codes=1,
            held_out=0,
            accuracy=0,
            accuracy_low=0,
            accuracy_high=1,
            accuracy_of_labels=0,
            sha256="-",
            size=3,
            content=b"old",
            is_in_use=True,
        )
        work.session.add(row)
        work.commit()
    first = occupation_coding.suggest_occupations(title="Welder", by=by)[0]
    assert (first.isco, first.coder_version) == ("7212", None)
