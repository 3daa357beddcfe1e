"""What the fields of a person's file are called: on forms, in problems and in histories."""

from __future__ import annotations

from collections.abc import Mapping

from domain.texts import N_

FIELDS: Mapping[str, str] = {
    "personal_number": N_("Personal number"),
    "first_name_ka": N_("First name (Georgian)"),
    "last_name_ka": N_("Surname (Georgian)"),
    "first_name_lat": N_("First name (Latin)"),
    "last_name_lat": N_("Surname (Latin)"),
    "birth_date": N_("Birth date"),
    "sex": N_("Sex"),
    "citizenship": N_("Citizenship"),
    "region": N_("Region"),
    "municipality": N_("Municipality"),
    "address": N_("Address"),
    "phone": N_("Phone"),
    "email": N_("E-mail"),
    "education": N_("Highest finished education"),
    "available_from": N_("Available from"),
    "available_to": N_("Available until"),
    "wishes": N_("Wishes in the person's own words"),
    "registered_on": N_("Registered on"),
    "occupations": N_("Work experience"),
    "skills": N_("Skills"),
    "languages": N_("Languages"),
    "licences": N_("Licences"),
    "documents": N_("Documents"),
    "education_entries": N_("Finished studies"),
    "desired_countries": N_("Desired countries"),
}

FACTS: Mapping[str, str] = {
    **FIELDS,
    "name_ka": N_("Name in Georgian"),
    "name_lat": N_("Name in Latin letters"),
    "contact": N_("Phone or e-mail"),
    "passport": N_("Passport with its validity"),
    "availability": N_("Availability from and until"),
}
"""Also names what completeness counts."""
