"""What ESCO adds to the ranking, and that it takes nothing from files made before it came."""

from dataclasses import replace

import pytest

from db.repositories import esco as repository
from db.session import unit_of_work
from domain.records.jobseeker import JobseekerForm, SkillEntry
from domain.records.officer import Officer
from services.importing.cells import BadCell, Codes
from services.jobseekers.bulk_registration import upsert_jobseekers
from services.rankings import ranking
from services.reference import reference
from tests.factories import esco
from tests.factories.officers import officer
from tests.factories.rankings import picker
from tests.factories.vacancies import published_vacancy

pytestmark = pytest.mark.usefixtures("sqlite_database")

ASKED = ("S0001", "S0003", "S0120")
"""The first two are of one group."""
HELD = [
    ASKED,
    ("S0001",),
    ("S0002",),
    ("S0003", "S0044"),
    ("S0009",),
    ("S0120", "S0121"),
    ("S0900",),
    (),
]
LINKS = {
    "S0001": (esco.PRUNE, "exact"),
    "S0002": (esco.TIE, "close"),
    "S0120": (esco.JUICE, "exact"),
    "S0003": (esco.ASKEW, "close"),
}


@pytest.fixture
def by() -> Officer:
    return officer()


@pytest.fixture(autouse=True)
def linked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repository, "crosswalk", lambda: LINKS)


def register(forms: dict[str, JobseekerForm], by: Officer) -> None:
    with unit_of_work() as work:
        upsert_jobseekers(work.session, list(forms.items()), by)
        work.commit()


def worker(number: int, *skills: str, isco: str | None = None) -> JobseekerForm:
    form = picker(4 * number + 3)  # German B2
    entries = tuple(SkillEntry(skill) for skill in skills)
    held = tuple(replace(each, isco=isco) for each in form.occupations) if isco else ()
    return replace(
        form,
        skills=entries,
        occupations=held or form.occupations,
        desired_countries=("DE",),
        documents=(),
        registered_on=None,
    )


def scores(vacancy: str, by: Officer) -> dict[str, tuple[float, float, float]]:
    done = ranking.rank_vacancy(vacancy_number=vacancy, by=by)
    rows = ranking.list_candidates(run_id=done.run_id, limit=200, by=by).rows
    return {row.external_id: (row.score, row.low, row.high) for row in rows}


def test_no_file_made_before_scores_less_for_the_vacancies_it_was_made_with(by: Officer) -> None:
    people = {
        f"P-{isco}-{place}": worker(place + 10 * n, *skills, isco=isco)
        for n, isco in enumerate(("9211", "6112", "6111"))
        for place, skills in enumerate(HELD)
    }
    register(people, by)
    wanted = published_vacancy(by, skills_essential=ASKED[:2], skills_optional=ASKED[2:])
    before = scores(wanted.number, by)
    assert len(before) > len(people) / 2
    esco.bring_in()
    after = scores(wanted.number, by)
    assert after.keys() == before.keys()
    for person, parts in before.items():
        assert all(now >= then for now, then in zip(after[person], parts, strict=True)), person
    # Relations that ESCO adds are evidence: somebody gains, and nobody passes who has it all.
    assert sum(after[person] > before[person] for person in before) > 0
    best = max(before, key=lambda person: before[person])
    assert after[best] == max(after.values())


def test_credit_flows_between_own_skills_and_those_of_esco(by: Officer) -> None:
    esco.bring_in()
    people = {
        "HAS-IT": worker(1, esco.TIE),
        "OWN-OF-THE-GROUP": worker(2, "S0002"),
        "SAME-CONCEPT": worker(3, "S0001"),
        "UNRELATED": worker(4, "S0900"),
    }
    register({key: replace(form, occupations=()) for key, form in people.items()}, by)
    wanted = published_vacancy(by, skills_essential=(esco.TIE,), occupations=("9211",))
    scored = scores(wanted.number, by)
    assert scored["HAS-IT"][0] > scored["OWN-OF-THE-GROUP"][0] > scored["UNRELATED"][0]
    assert scored["SAME-CONCEPT"][0] == pytest.approx(scored["OWN-OF-THE-GROUP"][0], abs=1)


def test_work_in_a_unit_group_makes_its_esco_skills_likely(by: Officer) -> None:
    esco.bring_in()
    tender = worker(1, "S0900", isco="6112")
    register({"TENDER": tender, "OTHER": worker(2, "S0900", isco="5120")}, by)
    wanted = published_vacancy(by, skills_essential=(esco.ASKEW, "S0001"), occupations=("8160",))
    assert "S0001" in reference().essential_skills["6112"]  # what that concept is with us
    scored = scores(wanted.number, by)
    assert scored["TENDER"][0] > scored["OTHER"][0]


def test_a_file_may_name_a_skill_by_address_name_or_number() -> None:
    esco.bring_in()
    codes = Codes(reference())
    for cell, skill in (
        (esco.TIE, esco.TIE),
        (esco.TIE.upper(), esco.TIE),
        ("Tie up vines", esco.TIE),
        (esco.PRUNE, "S0001"),
        ("prepare soil with hand tools", "S0001"),
        ("S0001", "S0001"),
    ):
        assert codes.skill(cell) == skill
    for _ in range(2):
        with pytest.raises(BadCell, match="Is “.*tie.*” meant"):
            codes.skill("tie up vine")
