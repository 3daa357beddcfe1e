"""Each criterion and each gate on examples that can be checked by hand."""

from __future__ import annotations

from typing import Any

import pytest

from domain.texts import Sentence
from matching.gates import (
    FLAG_SENTENCES,
    GATE_SENTENCES,
    OUTSIDE_ASKED,
    flag_sentence,
    gate_sentence,
)
from matching.outside import outside_of
from matching.pool import Pool
from matching.ranking import rank
from matching.ranking_rules import CRITERIA, GATES
from matching.reference import assess, failed_gates
from matching.types import (
    CriterionResult,
    LanguageAsked,
    Profile,
    Requirement,
    Verdict,
    Vocabulary,
)
from tests.unit.matching.people import (
    END,
    PARAMETERS,
    START,
    profile,
    requirement,
    said,
    stated,
    worked,
)

# prune and graft are in one group, dig in another group of the same broader one, weld elsewhere.
WORDS = Vocabulary(
    group={"prune": "plants", "graft": "plants", "dig": "soil", "weld": "metal"},
    broader={"plants": "outdoors", "soil": "outdoors", "metal": "workshop"},
    essential={"6111": frozenset({"prune"}), "7212": frozenset({"weld"})},
)


def only(person: Profile, vacancy: Requirement, words: Vocabulary = WORDS) -> CriterionResult:
    (result,) = assess(person, vacancy, words, PARAMETERS)
    return result


@pytest.mark.parametrize(
    ("held", "years_asked", "credit", "status"),
    [
        ([worked("9211", 3.0)], None, 1.0, "met"),
        ([worked("9211", None)], None, 1.0, "met"),
        ([worked("9211", 2.0)], 2.0, 1.0, "met"),
        ([worked("9211", 1.0)], 2.0, 0.5, "short"),
        ([worked("9211", None)], 2.0, 0.4, "partly"),
        ([worked("9213", 9.0)], None, 0.7, "partly"),
        ([worked("9213", 1.0)], 2.0, 0.35, "partly"),
        ([worked("9299", 9.0)], None, 0.4, "partly"),
        ([worked("9313", 9.0)], None, 0.15, "partly"),
        ([worked("2221", 9.0)], None, 0.0, "short"),
        ([worked("2221", 9.0), worked("9211", 1.0)], None, 1.0, "met"),
        ([worked("9211", 0.0)], 2.0, 0.0, "short"),
        ([], None, None, "unknown"),
    ],
)
def test_occupation(held: list[Any], years_asked: float, credit: float | None, status: str) -> None:
    vacancy = requirement(occupations=("9211",), experience_years=years_asked)
    result = assess(profile(occupations=tuple(held)), vacancy, WORDS, PARAMETERS)[0]
    assert (result.name, result.status.value) == ("occupation", status)
    assert result.credit == (credit if credit is None else pytest.approx(credit, abs=1e-5))


@pytest.mark.parametrize(
    ("facts", "credit", "status"),
    [
        ({"skills": said("prune")}, 1.0, "met"),
        ({"skills": said("graft")}, 0.5, "partly"),
        ({"skills": said("dig")}, 0.25, "partly"),
        ({"skills": said("weld")}, 0.0, "short"),
        ({"skills": said("graft", "dig")}, 0.5, "partly"),
        ({"occupations": (worked("6111", 1.0),)}, 0.5, "partly"),
        ({"occupations": (worked("7212", 1.0),)}, 0.0, "short"),
        ({"occupations": (worked("6111", 1.0),), "skills": said("prune")}, 1.0, "met"),
        ({}, None, "unknown"),
    ],
)
def test_skill(facts: dict[str, Any], credit: float | None, status: str) -> None:
    result = only(profile(**facts), requirement(skills_essential=("prune",)))
    assert (result.credit, result.status.value) == (credit, status)


def test_likely_skill_speaks_for_its_group() -> None:
    grower = profile(occupations=(worked("6111", 1.0),))
    assert only(grower, requirement(skills_essential=("graft",))).credit == 0.5
    assert only(grower, requirement(skills_essential=("dig",))).credit == 0.25


def test_optional_skill_weighs_less_and_rare_skill_more() -> None:
    pruner = profile(skills=said("prune"))
    half = requirement(skills_essential=("prune", "weld"))
    assert only(pruner, half).points == 500_000
    optional = requirement(skills_essential=("prune",), skills_optional=("weld",))
    assert only(pruner, optional).points == round(1_000_000 / 1.4)
    rare = Vocabulary(WORDS.group, WORDS.broader, WORDS.essential, {"prune": 300, "weld": 100})
    assert only(pruner, half, rare).points == 750_000


@pytest.mark.parametrize(("licences", "credit"), [(said("C"), 1.0), (said("B"), 0.0), ({}, None)])
def test_preferred_licence_counts_among_the_skills(
    licences: dict[str, Any], credit: float | None
) -> None:
    result = only(profile(licences=licences), requirement(licences_preferred=("C",)))
    assert (result.name, result.credit) == ("skills", credit)


def test_required_licence_earns_nothing_even_if_also_preferred() -> None:
    vacancy = requirement(licences_required=("C",), licences_preferred=("C",))
    assert assess(profile(licences=said("C")), vacancy, WORDS, PARAMETERS) == ()


@pytest.mark.parametrize(
    ("languages", "credit", "status"),
    [
        ({"de": stated(4)}, 1.0, "met"),
        ({"de": stated(7)}, 1.0, "met"),
        ({"de": stated(3)}, 0.65, "short"),
        ({"de": stated(2)}, 0.30, "short"),
        ({"de": stated(1)}, 0.0, "short"),
        ({"en": stated(6)}, 0.0, "short"),
        ({}, None, "unknown"),
    ],
)
def test_language(languages: dict[str, Any], credit: float | None, status: str) -> None:
    vacancy = requirement(languages=(LanguageAsked("de", 4),))
    result = only(profile(languages=languages), vacancy)
    assert (result.credit, result.status.value) == (credit, status)


@pytest.mark.parametrize(
    ("held", "credit", "status"),
    [
        ([worked("9211", 4.0)], 1.0, "met"),
        ([worked("9211", 1.0), worked("9211", 1.0)], 1.0, "met"),
        ([worked("9211", 1.0)], 0.5, "short"),
        ([worked("9211", 1.0), worked("9211", None)], 0.7, "partly"),
        ([worked("9211", None)], None, "unknown"),
        ([worked("9213", 9.0)], 0.0, "short"),
        ([worked("9213", None)], 0.0, "short"),
        ([], None, "unknown"),
    ],
)
def test_experience(held: list[Any], credit: float | None, status: str) -> None:
    vacancy = requirement(occupations=("9211",), experience_years=2.0)
    result = assess(profile(occupations=tuple(held)), vacancy, WORDS, PARAMETERS)[1]
    assert result.name == "experience"
    assert result.status.value == status
    assert result.credit == (credit if credit is None else pytest.approx(credit, abs=1e-5))


def test_years_in_any_occupation_count_where_none_is_asked() -> None:
    result = only(profile(occupations=(worked("2221", 1.0),)), requirement(experience_years=2.0))
    assert (result.name, result.credit) == ("experience", 0.5)


DAYS = END - START + 1


@pytest.mark.parametrize(
    ("facts", "credit", "status"),
    [
        ({"available_from": START, "available_to": END, "passport_valid_until": END + 90},
         1.0, "met"),
        ({"available_from": START - 9, "passport_valid_until": END + 99}, 1.0, "met"),
        ({"available_to": END, "passport_valid_until": END + 90}, 1.0, "met"),
        ({"available_from": START, "passport_valid_until": START - 1}, 0.5, "partly"),
        ({"available_from": START + 9, "passport_valid_until": END + 90},
         1 - 0.5 * 9 / DAYS, "partly"),
        ({"available_from": START, "passport_valid_until": END},
         0.5 + 0.5 * DAYS / (DAYS + 90), "partly"),
        ({"available_from": START}, 0.7, "partly"),
        ({"available_from": END + 1, "passport_valid_until": START - 1}, 0.0, "short"),
        ({}, None, "unknown"),
    ],
)  # fmt: skip
def test_readiness(facts: dict[str, Any], credit: float | None, status: str) -> None:
    result = only(profile(**facts), requirement(start=START, end=END))
    assert (result.name, result.status.value) == ("readiness", status)
    assert result.credit == (credit if credit is None else pytest.approx(credit, abs=1e-5))


@pytest.mark.parametrize("asked", [{"start": START}, {"end": START + 89}])
def test_season_with_one_date_has_its_usual_length(asked: dict[str, Any]) -> None:
    exact = profile(
        available_from=START, available_to=START + 89, passport_valid_until=START + 89 + 90
    )
    assert only(exact, requirement(**asked)).credit == 1.0


def test_vacancy_that_asks_nothing_ranks_by_registration() -> None:
    crowd = [profile(1, registered=500), profile(2, registered=400), profile(3, registered=400)]
    ranking = rank(Pool(crowd), requirement(), WORDS, PARAMETERS)
    assert [c.person for c in ranking.candidates] == [2, 3, 1]


def test_certain_points_go_before_equal_points_that_are_unknown() -> None:
    known = profile(2, registered=500, occupations=(worked("9299", 1.0),))  # two digits: 0.4
    unknown = profile(1, registered=400)
    ranked = rank(Pool([unknown, known]), requirement(occupations=("9211",)), WORDS, PARAMETERS)
    assert [(c.person, c.points, c.low) for c in ranked.candidates] == [
        (2, 400_000, 400_000),
        (1, 400_000, 0),
    ]


@pytest.mark.parametrize(
    ("gate", "asked", "met", "unknown", "failed"),
    [
        ("language_below_must", {"languages": (LanguageAsked("de", 3, must=True),)},
         {"languages": {"de": stated(3)}}, {}, {"languages": {"de": stated(2)}}),
        ("licence_missing", {"licences_required": ("B", "C")},
         {"licences": said("B", "C")}, {}, {"licences": said("B")}),
        ("education_below_min", {"education_min": 3},
         {"education": 3}, {}, {"education": 2}),
        ("not_available", {"start": START, "end": END},
         {"available_from": START + 14}, {}, {"available_from": START + 15}),
        ("not_available", {"start": START, "end": END},
         {"available_to": END - 14}, {}, {"available_to": END - 15}),
        ("country_not_wished", {"country": "DE"},
         {"desired_countries": frozenset({"DE", "IL"})}, {},
         {"desired_countries": frozenset({"IL"})}),
        ("held_elsewhere", {"outside_gates": ("held_elsewhere",)},
         {}, {"outside": {"held_elsewhere": Verdict.UNKNOWN}},
         {"outside": {"held_elsewhere": Verdict.FAILED}}),
    ],
)  # fmt: skip
def test_gate_excludes_who_fails_and_asks_who_is_unknown(
    gate: str,
    asked: dict[str, Any],
    met: dict[str, Any],
    unknown: dict[str, Any],
    failed: dict[str, Any],
) -> None:
    vacancy = requirement(**asked)
    crowd = [profile(i, **facts) for i, facts in enumerate((met, unknown, failed), start=1)]
    ranking = rank(Pool(crowd), vacancy, WORDS, PARAMETERS, outside=outside_of(crowd))
    by_person = {c.person: c for c in ranking.candidates}
    assert set(by_person) == {1, 2}
    assert by_person[2].flags
    assert [(e.person, e.gates) for e in ranking.excluded] == [(3, (gate,))]
    assert ranking.excluded_by_gate == {gate: 1}
    assert [failed_gates(p, vacancy, PARAMETERS) for p in crowd] == [(), (), (gate,)]
    assert failed_gates(profile(**failed), requirement(), PARAMETERS) == ()


def test_language_that_is_preferred_excludes_nobody() -> None:
    vacancy = requirement(languages=(LanguageAsked("de", 5),))
    assert failed_gates(profile(languages={"de": stated(1)}), vacancy, PARAMETERS) == ()


def test_excluded_are_counted_by_the_first_gate_and_keep_all() -> None:
    vacancy = requirement(country="DE", education_min=3)
    out = profile(education=1, desired_countries=frozenset({"IL"}))
    ranking = rank(Pool([out]), vacancy, WORDS, PARAMETERS)
    assert ranking.excluded[0].gates == ("education_below_min", "country_not_wished")
    assert ranking.excluded_by_gate == {"education_below_min": 1}


def test_every_rule_says_what_it_does() -> None:
    docs = [criterion.assess.__doc__ for criterion in CRITERIA]
    docs += [gate.check.__doc__ for gate in GATES]
    assert all(docs) and len(set(docs)) == len(docs)
    assert all(PARAMETERS.weights[criterion.name] > 0 for criterion in CRITERIA)


def test_gates_and_flags_have_sentences() -> None:
    assert {gate.name for gate in GATES} | set(OUTSIDE_ASKED) == set(GATE_SENTENCES)
    for name in GATE_SENTENCES:
        assert isinstance(gate_sentence(name), Sentence)
    for name in FLAG_SENTENCES:
        assert str(flag_sentence(name)).endswith("not stated")
    assert "new_rule" in str(gate_sentence("new_rule")) + str(flag_sentence("new_rule"))


def test_example_of_the_documentation_comes_out() -> None:
    vacancy = requirement(
        occupations=("9211",),
        experience_years=2.0,
        skills_essential=("prune", "graft"),
        languages=(LanguageAsked("de", 2),),
        start=START,
        end=END,
    )
    nino = profile(
        occupations=(worked("9211", 1.0),),
        skills=said("prune"),
        languages={"de": stated(1)},
        available_from=START,
    )
    (found,) = rank(Pool([nino]), vacancy, WORDS, PARAMETERS).candidates
    assert (found.score, found.low, found.high) == (62.75, 617_500, 642_500)
    earned = {c.name: c.points / 10_000 for c in found.criteria}
    assert earned == {
        "occupation": 15,
        "skills": 26.25,
        "languages": 13,
        "experience": 5,
        "readiness": 3.5,
    }
