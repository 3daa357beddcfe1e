"""A newer version of ESCO on both databases: what it changes is told, what files name stays."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from db.models import (
    SkillLabelRow,
    SkillRow,
)
from db.repositories import esco as repository
from db.session import reading
from domain.records.classification import ConceptChange
from domain.records.jobseeker import SkillEntry
from domain.texts import Term
from services import texts
from services.esco.importing import import_esco
from services.jobseekers.register import get_jobseeker
from services.jobseekers.registration import register_jobseeker, update_jobseeker
from services.reference import reference
from tests.factories import esco
from tests.factories.jobseekers import person
from tests.factories.officers import officer

pytestmark = pytest.mark.usefixtures("database")


def skill(uri: str) -> SkillRow:
    with reading() as session:
        found = session.get(SkillRow, uri)
    assert found is not None
    return found


def test_a_newer_version_reports_what_it_changed_and_loses_no_file() -> None:
    esco.bring_in()
    by = officer()
    entries = (SkillEntry(esco.PRUNE), SkillEntry(esco.TIE))
    known = register_jobseeker(form=person(skills=entries), by=by)
    tied = {**esco.SKILLS[1], "preferredLabel": "bind vines"}
    moved = {**esco.OCCUPATIONS[0], "iscoGroup": "6111"}
    wider = tuple(row for row in esco.BROADER if row["broaderUri"] != esco.ORCHARD)
    done = import_esco(
        files=(
            esco.concepts(
                version="1.1.0",
                skills=(tied, *esco.SKILLS[2:]),
                occupations=(moved, *esco.OCCUPATIONS[1:]),
            ),
            esco.relations("1.1.0", broaderRelationsSkillPillar=(*wider, UNDER_FIELD)),
        ),
        by=None,
    )
    assert list(done.changes) == [
        change("vanished", esco.PRUNE, called="shorten the shoots of vines"),
        change("group", esco.TIE, esco.ORCHARD, f"{esco.FIELD}#0", called="bind vines"),
        change("name", esco.TIE, "tie up vines", "bind vines", "en", called="bind vines"),
        ConceptChange(
            "unit_group", "occupation", esco.VINES, None, "6112", "6111", called="vine tender"
        ),
    ]
    assert texts.term(Term("skill", esco.PRUNE), "en") == (
        "shorten the shoots of vines, no longer in ESCO"
    )
    file = get_jobseeker(external_id=known.external_id, by=by)
    assert {entry.skill_id for entry in file.form.skills} == {esco.PRUNE, esco.TIE}
    changed = update_jobseeker(
        external_id=known.external_id,
        form=replace(file.form, phone="+995555000102"),
        version=file.version,
        by=by,
    )
    assert len(changed.form.skills) == 2


def change(
    what: str,
    concept: str,
    before: str | None = None,
    after: str | None = None,
    language: str | None = None,
    *,
    called: str,
) -> ConceptChange:
    """Of a skill that a file names."""
    return ConceptChange(what, "skill", concept, language, before, after, True, called)


def test_own_skills_keep_their_name_and_are_the_concept_they_are_linked_to(
    link: Callable[..., None],
) -> None:
    link(S0001=(esco.PRUNE, "exact"), S0002=(esco.TIE, "close"))
    counts = esco.bring_in()
    assert counts["skills_same_as_own"] == 1
    assert skill("S0001").concept_uri == esco.PRUNE
    assert skill("S0001").label_en == "prepare soil with hand tools"
    assert skill("S0002").concept_uri is None
    assert esco.PRUNE not in reference().names["skill"]  # nobody meets it twice
    assert "S0001" in reference().essential_skills["6112"]
    with reading() as session:
        rows = select(SkillLabelRow.lang).where(
            SkillLabelRow.skill_id == "S0001", SkillLabelRow.kind == "preferred"
        )
        named = sorted(session.scalars(rows))
        assert named == sorted(set(named)) and {"en", "ka"} <= set(named)  # its own, once each
    without = esco.concepts(version="1.1.0", skills=esco.SKILLS[1:])
    done = import_esco(files=[without, esco.relations("1.1.0")], by=None)
    assert ConceptChange("vanished", "skill", "S0001") in done.changes
    assert skill("S0001").concept_uri is None
    assert not skill("S0001").is_vanished  # it is ours


@pytest.fixture
def link(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Say which own skill is which concept, in place of the project's table."""

    def put(**links: tuple[str, str]) -> None:
        monkeypatch.setattr(repository, "crosswalk", lambda: links)

    return put


UNDER_FIELD = {"conceptUri": esco.TIE, "broaderType": "SkillGroup", "broaderUri": esco.FIELD}
