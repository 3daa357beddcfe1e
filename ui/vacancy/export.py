"""The list of vacancies as a file: the columns of the screen, in the reader's language."""

from __future__ import annotations

from domain.records.officer import Officer
from domain.records.vacancy import VacancyFilter
from domain.texts import Term
from services import texts
from services.vacancies import vacancies as service
from ui import exports
from ui.language import _, language


def vacancies(wanted: VacancyFilter, officer: Officer) -> None:
    """Two download buttons for all vacancies of the filter, also those on other pages."""
    reader = language()  # the file is made outside the session

    def rows() -> list[list[object]]:
        found = service.list_vacancies(wanted=wanted, by=officer).rows
        return [
            [
                row.number,
                row.title_in(reader),
                row.employer,
                texts.term(Term("country", row.country), reader),
                row.town,
                "; ".join(row.occupations),
                row.positions,
                row.start_on,
                row.closes_on,
                texts.term(Term("VacancyStatus", row.status.value), reader),
                row.candidacies,
            ]
            for row in found
        ]

    headings = [
        _("Number"),
        _("Title"),
        _("Employer"),
        _("Country"),
        _("Town"),
        _("Occupations (ISCO-08)"),
        _("Positions"),
        _("Start"),
        _("Closing date"),
        _("Status"),
        _("People in the process"),
    ]
    exports.download("vacancies", headings, rows, key="vacancies.export", by=officer)
