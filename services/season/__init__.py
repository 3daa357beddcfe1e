"""The season plan: all open vacancies filled together, adopted vacancy by vacancy by an officer."""

from services.season.adopting import adopt_vacancy, adoption_reason, check_can_adopt
from services.season.making import make_season_plan
from services.season.plans import get_season_plan, list_planned_people, list_season_plans

__all__ = [
    "adopt_vacancy",
    "adoption_reason",
    "check_can_adopt",
    "get_season_plan",
    "list_planned_people",
    "list_season_plans",
    "make_season_plan",
]
