"""The 12 employers. Their names say that they are examples, in the language of the country."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Employer:
    """An employer as entered by an officer."""

    name: str
    country: str
    town: str
    sector: str
    came_through: str


EMPLOYERS = (
    Employer("Beispielhof Bodensee GbR", "DE", "Lindau", "agriculture",
             "Bundesagentur für Arbeit"),
    Employer("Muster-Spargelhof Beelitz GmbH", "DE", "Beelitz", "agriculture",
             "Bundesagentur für Arbeit"),
    Employer("Musterpflege Nord gGmbH", "DE", "Lübeck", "care", "Bundesagentur für Arbeit"),
    Employer("Beispiel Metall- und Anlagenbau GmbH", "DE", "Dortmund", "metal and electrical",
             "Bundesagentur für Arbeit"),
    Employer("Muster Hotelbetriebe Ostsee GmbH", "DE", "Rostock", "hospitality",
             "Bundesagentur für Arbeit"),
    Employer("Dugma Home Care Ltd", "IL", "Haifa", "care",
             "Population and Immigration Authority"),
    Employer("Dugma Senior Living Ltd", "IL", "Netanya", "care",
             "Population and Immigration Authority"),
    Employer("Primer Hotels AD", "BG", "Varna", "hospitality", "Employment Agency (Bulgaria)"),
    Employer("Primer Agro OOD", "BG", "Plovdiv", "agriculture and food",
             "Employment Agency (Bulgaria)"),
    Employer("Vignobles Exemple SAS", "FR", "Bordeaux", "agriculture and food", "France Travail"),
    Employer("Przykład Budowa Sp. z o.o.", "PL", "Poznań", "construction and metal",
             "Wojewódzki Urząd Pracy"),
    Employer("Przykład Transport Sp. z o.o.", "PL", "Łódź", "transport and food",
             "Wojewódzki Urząd Pracy"),
)  # fmt: skip

TOWNS = {employer.name: (employer.town, employer.country) for employer in EMPLOYERS}
