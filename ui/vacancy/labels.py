"""What the fields of a vacancy and an employer are called."""

from __future__ import annotations

from ui.language import _


def vacancy_labels() -> dict[str, str]:
    """By field of the form, for inputs, facts and refusals alike."""
    return {
        "number": _("Number"),
        "title": _("Title"),
        "title_ka": _("Title in Georgian"),
        "employer": _("Employer"),
        "scheme_code": _("Scheme"),
        "country": _("Country"),
        "town": _("Town"),
        "positions": _("Positions"),
        "occupations": _("Occupations (ISCO-08)"),
        "skills_essential": _("Essential skills"),
        "skills_optional": _("Optional skills"),
        "languages": _("Languages"),
        "licences_required": _("Licences and certificates, must"),
        "licences_preferred": _("Licences and certificates, preferred"),
        "education_min": _("Education at least"),
        "experience_years_min": _("Years of experience at least"),
        "start_on": _("Start"),
        "end_on": _("End"),
        "hours_per_week": _("Hours per week"),
        "pay_amount": _("Pay before tax"),
        "pay_currency": _("Currency"),
        "pay_period": _("Paid"),
        "housing": _("Housing"),
        "closes_on": _("Closing date"),
        "description": _("Description"),
    }


def employer_labels() -> dict[str, str]:
    """By field of the form."""
    return {
        "name": _("Name of the employer"),
        "country": _("Country"),
        "town": _("Town"),
        "registration_number": _("Registration number"),
        "sector": _("Sector"),
        "contact_name": _("Contact person"),
        "contact_email": _("E-mail"),
        "contact_phone": _("Phone"),
        "came_through": _("Came through"),
        "notes": _("Notes"),
    }
