"""The made-up register has the measured shape, and is the same on every run."""

import numpy as np
import pytest

from bench.people import FEATURES, GROUPS, SKILLS, UNITS, People, Taxonomy, people, taxonomy
from bench.scoring import Wide, compile_query, passes, widen, without_likely
from bench.vacancies import vacancies, vocabulary
from matching.parameters import load

SIZE = 20_000


@pytest.fixture(scope="module")
def words() -> Taxonomy:
    return taxonomy()


@pytest.fixture(scope="module")
def register(words: Taxonomy) -> People:
    return people(SIZE, words)


@pytest.fixture(scope="module")
def wide(register: People, words: Taxonomy) -> Wide:
    return widen(register, words)


def shares(row: np.ndarray, number: np.ndarray) -> np.ndarray:
    """Percent of people with each of some things, the most frequent first."""
    counts = np.bincount(np.unique(number.astype(np.int64) * SIZE + row) // SIZE)
    return np.sort(counts)[::-1] / SIZE * 100


def test_taxonomy_has_the_published_size(words: Taxonomy) -> None:
    assert len(words.group) == SKILLS
    assert set(words.group.tolist()) == set(range(GROUPS))
    assert len(set(words.codes)) == UNITS
    assert all(len(code) == 4 and code.isdigit() for code in words.codes)
    assert len({code[:3] for code in words.codes}) == 130
    assert FEATURES < 1 << 16


def test_people_name_thirteen_skills(register: People) -> None:
    counts = np.bincount(register.skills.row, minlength=SIZE)
    assert 13 < counts.mean() < 14
    assert np.percentile(counts, [5, 95]).tolist() == pytest.approx([6, 24], abs=1)


def test_skills_and_groups_are_as_rare_as_measured(register: People, words: Taxonomy) -> None:
    row, skill = register.skills.row, register.skills.name
    skills = shares(row, skill)
    assert skills[[0, 9, 99, 999]] == pytest.approx([12, 4, 0.9, 0.26], rel=0.3)
    assert skills[9_999] < 0.05
    group = words.group[skill]
    assert shares(row, group)[[0, 9, 99]] == pytest.approx([15, 6, 2.7], rel=0.3)
    assert shares(row, words.broader[group])[[0, 9, 49]] == pytest.approx([31, 17, 9], rel=0.3)


def test_occupations_make_as_much_likely_as_in_esco(wide: Wide, words: Taxonomy) -> None:
    assert 70 < np.mean([len(skills) for skills in words.essential]) < 120
    groups = [len(np.unique(words.group[skills])) for skills in words.essential]
    assert 30 < np.mean(groups) < 40
    assert 100 < wide.posted.nnz / SIZE < 160
    assert 30 < without_likely(wide, words).nnz / SIZE < 45


def test_vacancies_ask_fifteen_skills_and_let_a_tenth_through(wide: Wide, words: Taxonomy) -> None:
    rules = load("2026-01")
    terms = vocabulary(words, rules)
    asked = vacancies(120, words)
    skills = [len(each.skills_essential) + len(each.skills_optional) for each in asked]
    assert 14.5 < np.mean(skills) < 16.5
    through = [len(passes(wide, compile_query(e, words, terms, rules))) / SIZE for e in asked]
    assert 0.05 < np.median(through) < 0.15


def test_some_facts_of_everything_are_unknown(register: People) -> None:
    for column in (
        register.education,
        register.available_from,
        register.available_to,
        register.passport_valid_until,
        register.occupations.value,
    ):
        assert 0.03 < (column == -1).mean() < 0.95
    for facts in (register.skills, register.licences, register.desired_countries):
        assert len(np.unique(facts.row)) < SIZE


def test_the_same_size_gives_the_same_people(words: Taxonomy) -> None:
    first, again = people(300, words), people(300, taxonomy())
    assert np.array_equal(first.skills.name, again.skills.name)
    assert np.array_equal(first.passport_valid_until, again.passport_valid_until)
    assert vacancies(5, words) == vacancies(9, words)[:5]
