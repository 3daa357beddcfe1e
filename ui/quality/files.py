"""What is unknown of people, and whose files nobody has touched for long."""

from __future__ import annotations

from collections.abc import Mapping

from domain.records.quality import AgeOfFiles, QualityBoard
from domain.records.statistics import Hidden
from domain.texts import N_
from ui import charts
from ui.charts import BarRow, Part
from ui.dashboard.frame import Shown, cell, length, words
from ui.language import _, number

FACTS: Mapping[str, str] = {
    "phone": N_("phone number"),
    "occupation": N_("any occupation"),
    "years": N_("years in an occupation"),
    "skills": N_("any skill"),
    "languages": N_("any language"),
    "education": N_("education"),
    "passport": N_("passport's validity"),
    "availability": N_("from when until when available"),
    "desired_countries": N_("desired countries"),
    "birth_date": N_("birth date"),
    "citizenship": N_("citizenship"),
}


def unknown(board: QualityBoard) -> Shown:
    """People by the fact that their file does not say."""
    found, accent = board.unknown, charts.colours()["accent"]
    rows = [
        BarRow(
            _(FACTS[fact]),
            (Part("", length(count, board.least), accent, isinstance(count, Hidden)),),
            words(count, board.least),
        )
        for fact, count in found.facts
    ]
    return Shown(
        key="quality.unknown",
        topic=_("People with unknown facts"),
        finding=found.finding,
        drawing=charts.labelled_bars(rows) if found.people else None,
        definition=_(
            "Active job-seekers whose file does not say what rankings ask; one person may lack "
            "several facts. An unknown fact excludes nobody, but makes the range of points wide."
        ),
        headings=[_("Unknown"), _("People")],
        rows=[(_(FACTS[fact]), cell(count, board.least)) for fact, count in found.facts],
        is_of_today=True,
    )


def stale(board: QualityBoard) -> Shown:
    """Files by the time since somebody saved them."""
    found, shade = board.stale, charts.colours()
    rows = [
        BarRow(
            _age(age),
            (
                Part(
                    "",
                    length(age.people, board.least),
                    shade["short"] if age.first >= found.months else shade["accent"],
                    isinstance(age.people, Hidden),
                ),
            ),
            words(age.people, board.least),
        )
        for age in found.ages
    ]
    return Shown(
        key="quality.stale",
        topic=_("Stale files"),
        finding=found.finding,
        drawing=charts.labelled_bars(rows) if found.people else None,
        definition=_(
            "Active job-seekers by the months since somebody last saved their file. After {months} "
            "months (a dated parameter) it is stale: phone, dates and wishes should be asked again."
        ).format(months=number(found.months)),
        headings=[_("Last saved"), _("People")],
        rows=[(_age(age), cell(age.people, board.least)) for age in found.ages],
        is_of_today=True,
    )


def _age(age: AgeOfFiles) -> str:
    if age.last is None:
        return _("over {months} months ago").format(months=number(age.first))
    if not age.first:
        return _("in the last {months} months").format(months=number(age.last))
    return _("{first} to {last} months ago").format(first=number(age.first), last=number(age.last))
