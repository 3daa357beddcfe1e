"""The sheet that a recruiter hands to a person: their own reasons for one vacancy, to print.

One page of plain HTML in the language asked for; nothing about anybody else is in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from db.session import unit_of_work
from domain.records.officer import Officer
from domain.records.ranking import CandidateExplanation, TableRow
from domain.texts import N_, Sentence, Term
from services import audit, clock
from services.exports import Export
from services.permissions import Permission, check_can
from services.rankings.ranking import explain_candidate
from services.rankings.runs import Run, run_of
from services.texts import LANGUAGES, exact_points, render, show, term, translate

STYLE = """
body { font: 15px/1.5 sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 1.5rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.3rem 0.5rem; }
th, td { border-bottom: 1px solid #999; }
.number { text-align: right; white-space: nowrap; } tr { break-inside: avoid; }
"""
KNOWN = {
    "stated": N_("stated"),
    "tested": N_("tested"),
    "certificate": N_("certificate"),
    "likely": N_("likely"),
}
"""What is computed or unknown says so by itself."""

TITLE = N_("Your place for a vacancy, and why")
TABLE = N_("What is asked, and what your file says")
CORRECT = N_(
    "Is something wrong or missing? Bring the paper that shows it, or tell us: the file is "
    "corrected, and the place is worked out anew the same day."
)
HUMAN = N_(
    "The ranking orders and explains. A commission of people decides, and gives its reason. The "
    "place is today's and changes when files change."
)


def check_can_hand_out(by: Officer) -> None:
    """Raise unless this officer may give somebody their sheet."""
    check_can(by, Permission.RANKING_READ)
    check_can(by, Permission.JOBSEEKERS_READ)


def explanation_sheet(*, run_id: int, external_id: str, language: str, by: Officer) -> Export:
    """A person's reasons for one vacancy as a file to print; the export is audited."""
    check_can_hand_out(by)
    if language not in LANGUAGES:
        raise ValueError(language)
    run = run_of(run_id, by)
    shown = explain_candidate(run_id=run_id, external_id=external_id, by=by)
    with unit_of_work() as work:
        audit.record(
            work.session,
            action="exported",
            entity="requirement_table",
            entity_id=run.vacancy.number,
            subject=external_id,
            details={"run": run_id, "language": language},
            by=by,
        )
        work.commit()
    content = _Page(language).whole(run, shown)
    return Export(f"{run.vacancy.number}-{external_id}.html", "text/html", content.encode())


class _Page:
    """Says everything in one language, escaped."""

    def __init__(self, language: str) -> None:
        self.language = language

    def whole(self, run: Run, shown: CandidateExplanation) -> str:
        vacancy = run.vacancy
        title = vacancy.title_ka if self.language == "ka" else vacancy.title
        country = term(Term("country", vacancy.country), self.language)
        name = escape(shown.name(self.language))
        parts = [
            f"<h1>{self.words(TITLE)}</h1>",
            f"<p><b>{name}</b> · {escape(shown.external_id)}<br>",
            f"{escape(title or vacancy.title)} · {escape(country)} · {escape(vacancy.number)}<br>",
            f"{escape(show(clock.today(), self.language))}</p>",
            self.place(run, shown),
            self.listed(N_("Excluded because"), [self.said(s) for s in shown.excluded_by]),
            f"<h2>{self.words(TABLE)}</h2>",
            self.table(shown.table),
            self.raises(shown),
            f"<p>{self.words(CORRECT)}</p><p>{self.words(HUMAN)}</p>",
        ]
        return (
            f'<!doctype html><html lang="{self.language}"><meta charset="utf-8">'
            f"<title>{name}</title><style>{STYLE}</style><body>{''.join(parts)}</body></html>"
        )

    def words(self, text: str) -> str:
        return escape(translate(text, self.language))

    def said(self, sentence: Sentence) -> str:
        return escape(render(sentence, self.language))

    def place(self, run: Run, shown: CandidateExplanation) -> str:
        values: dict[str, object] = {
            "score": round(shown.score, 1),
            "rank": shown.rank or 0,
            "ranked": len(run.ranking.candidates),
            "positions": run.vacancy.positions,
        }
        text = N_("Score {score} of 100. Rank {rank} of {ranked}; positions: {positions}.")
        if shown.rank is None:
            text = N_("Not ranked: a mandatory requirement is not met. Positions: {positions}.")
        return f"<p>{self.said(Sentence(text, values))}</p>"

    def listed(self, title: str, lines: Sequence[str]) -> str:
        if not lines:
            return ""
        items = "".join(f"<li>{line}</li>" for line in lines)
        return f"<h2>{self.words(title)}</h2><ul>{items}</ul>"

    def table(self, rows: Sequence[TableRow]) -> str:
        heads = (N_("Asked"), N_("Has, and how it is known"), N_("Verdict"), N_("Points"))
        head = "".join(f"<th>{self.words(text)}</th>" for text in heads)
        body = "".join(self.row(row) for row in rows)
        total = self.points(sum(row.points for row in rows))
        title = self.words(N_("Score: the sum of the points"))
        foot = f'<tr><th colspan="3">{title}</th><th class="number">{total}</th></tr>'
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}{foot}</tbody></table>"

    def row(self, row: TableRow) -> str:
        verdict = escape(term(Term("CriterionStatus", row.status.value), self.language))
        points = self.words(N_("must"))
        if row.points_max:
            points = f"{self.points(row.points)} / {self.points(row.points_max)}"
        known = f" ({self.words(KNOWN[row.known])})" if row.known in KNOWN else ""
        return (
            f"<tr><td>{self.said(row.asked)}</td><td>{self.said(row.has)}{known}</td>"
            f"<td>{verdict}</td>"
            f'<td class="number">{points}</td></tr>'
        )

    def points(self, points: int) -> str:
        return escape(exact_points(points, self.language))

    def raises(self, shown: CandidateExplanation) -> str:
        text = N_("{change}: score {score}, rank {rank}")
        lines = []
        for one in shown.raises:
            values = {"change": one.change, "score": round(one.score, 1), "rank": one.rank}
            still = N_("{change}: needed, but not enough alone")
            lines.append(self.said(Sentence(text if one.rank else still, values)))
        title = N_("What would raise it") if shown.rank else N_("What would open the way")
        return self.listed(title, lines)
