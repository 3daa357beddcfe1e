"""Every count that a statistic shows can be kept back, or stands here with the reason why not."""

import ast

import pytest

from tests.conventions.tree import ROOT, parsed

MODULES = ("statistics", "quality", "fairness", "gaps")
"""Records of the pages that count people: dashboard, quality of ranking, fairness, gap board."""

DAYS, LIMIT = "days, months or years", "a rule, not a count"
VACANCIES, PLACES = "vacancies, not people", "positions, not people"
CASES = "decisions compared; told from the least number of cases up, and names no group of people"
CATEGORY = "how many people there are in all, or a threshold beyond which nothing is told"

NO_PEOPLE = {
    "statistics.Wait.nine_of_ten": DAYS,
    "statistics.Wait.longest": DAYS,
    "statistics.CountryRow.vacancies": VACANCIES,
    "statistics.CountryRow.positions": PLACES,
    "statistics.QuotaRow.quota": LIMIT,
    "statistics.Openings.year": DAYS,
    "statistics.Changes.days": DAYS,
    "statistics.Dashboard.least": LIMIT,
    "quality.Share.part": CASES,
    "quality.Share.of": CASES,
    "quality.MonthShare.part": CASES,
    "quality.MonthShare.of": CASES,
    "quality.Agreement.items": CASES,
    "quality.Agreement.left_out": CASES,
    "quality.OrderAgreement.same": CASES,
    "quality.OrderAgreement.pairs": CASES,
    "quality.OrderAgreement.items": CASES,
    "quality.Filled.vacancies": VACANCIES,
    "quality.Filled.positions": PLACES,
    "quality.Filled.from_top": PLACES,
    "quality.Filled.by_others": PLACES,
    "quality.Filled.on_the_way": PLACES,
    "quality.Filled.not_filled": PLACES,
    "quality.MonthDays.vacancies": VACANCIES,
    "quality.TimeToShortlist.nine_of_ten": DAYS,
    "quality.TimeToShortlist.vacancies": VACANCIES,
    "quality.UnknownFacts.people": CATEGORY,
    "quality.AgeOfFiles.first": DAYS,
    "quality.AgeOfFiles.last": DAYS,
    "quality.StaleFiles.people": CATEGORY,
    "quality.StaleFiles.months": DAYS,
    "quality.AgainstRank.reasons": CASES,
    "quality.AgainstRank.other_reasons": CASES,
    "quality.QualityBoard.least": LIMIT,
    "fairness.FairnessRules.least_compared": LIMIT,
    "fairness.FairnessRules.age_bands": LIMIT,
    "fairness.FairnessRules.small_number_below": LIMIT,
    "fairness.FairnessPanel.run_id": "a number of a run",
    "fairness.FairnessPanel.vacancies": VACANCIES,
    "gaps.GapCount.vacancies": VACANCIES,
    "gaps.GapCount.positions": PLACES,
    "gaps.GapCount.lacking": PLACES,
    "gaps.GapBoard.vacancies": VACANCIES,
    "gaps.GapBoard.positions": PLACES,
    "gaps.GapBoard.lacking": PLACES,
    "gaps.GapBoard.people": CATEGORY,
    "gaps.GapBoard.language_levels": LIMIT,
    "gaps.GapBoard.candidates_per_position": LIMIT,
    "gaps.GapBoard.least": LIMIT,
    "gaps.GapVacancy.positions": PLACES,
    "gaps.GapVacancy.eligible": "compared with the places, never shown",
    "gaps.GapVacancy.places": PLACES,
    "gaps.GapPerson.excluded": "vacancies closed to a person whom the reader may see",
    "gaps.GapPerson.positions": PLACES,
}


def whole_numbers() -> set[str]:
    """Fields of the records that hold a whole number which nothing can keep back."""
    found = set()
    for module in MODULES:
        body = parsed(ROOT / "domain" / "records" / f"{module}.py").body
        for kind in (one for one in body if isinstance(one, ast.ClassDef)):
            for field in kind.body:
                match field:
                    case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation):
                        words = {n.id for n in ast.walk(annotation) if isinstance(n, ast.Name)}
                        found |= {f"{module}.{kind.name}.{name}"} if "int" in words else set()
    return found


def test_every_count_of_people_in_a_statistic_can_be_kept_back() -> None:
    assert whole_numbers() - NO_PEOPLE.keys() == set(), "make it a Figure, or say why not"


@pytest.mark.parametrize("name", sorted(NO_PEOPLE))
def test_no_exception_outlives_its_field(name: str) -> None:
    assert name in whole_numbers()
