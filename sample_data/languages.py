"""Who speaks what how well: by home, age and the countries somebody wishes to go to."""

from __future__ import annotations

from random import Random

from sample_data.choice import pick

Weights = dict[str, float]

# Chance of knowing the language at all, and the levels of those who do, by the oldest age.
RUSSIAN: tuple[tuple[int, float, Weights], ...] = (
    (26, 0.28, {"A1": 4, "A2": 4, "B1": 2}),
    (36, 0.55, {"A1": 2, "A2": 4, "B1": 3, "B2": 1}),
    (46, 0.82, {"A2": 3, "B1": 4, "B2": 3, "C1": 1}),
    (99, 0.92, {"A2": 1, "B1": 4, "B2": 4, "C1": 2}),
)
ENGLISH: tuple[tuple[int, float, Weights], ...] = (
    (26, 0.68, {"A1": 2, "A2": 4, "B1": 4, "B2": 2, "C1": 1}),
    (36, 0.46, {"A1": 3, "A2": 4, "B1": 2, "B2": 1}),
    (46, 0.24, {"A1": 4, "A2": 3, "B1": 1}),
    (99, 0.1, {"A1": 5, "A2": 2}),
)
# Of the country's language, among those who wish to go there.
DESTINATION: dict[str, tuple[str, float, Weights]] = {
    "DE": ("de", 0.34, {"A1": 5, "A2": 4, "B1": 2, "B2": 0.4}),
    "IL": ("he", 0.14, {"A1": 4, "A2": 1}),
    "PL": ("pl", 0.1, {"A1": 4, "A2": 2, "B1": 1}),
    "BG": ("bg", 0.05, {"A1": 3, "A2": 1}),
    "FR": ("fr", 0.1, {"A1": 4, "A2": 2, "B1": 1}),
}
GEORGIAN_ELSEWHERE: Weights = {"A1": 1, "A2": 3, "B1": 4, "B2": 3, "C1": 2}
"""Level of Georgian of those who speak another language at home."""

MORE_LANGUAGES = {"care": 1.35, "hospitality": 1.4, "agriculture": 0.75, "cleaning": 0.8}
"""How much likelier a trade makes a foreign language."""


def languages_of(
    random: Random, *, home: str, age: int, trade: str, countries: tuple[str, ...]
) -> dict[str, str]:
    """Level by language code, the mother tongue first."""
    known = {home: "native"}
    if home != "ka":
        known["ka"] = pick(random, GEORGIAN_ELSEWHERE)
    factor = MORE_LANGUAGES.get(trade, 1.0)
    for language, table in (("ru", RUSSIAN), ("en", ENGLISH)):
        chance, levels = next((c, levels) for oldest, c, levels in table if age <= oldest)
        if random.random() < chance * (factor if language == "en" else 1.0):
            known[language] = pick(random, levels)
    for country in countries:
        language, chance, levels = DESTINATION[country]
        if random.random() < chance * factor:
            known[language] = pick(random, levels)
    return known
