"""One run's story: what went in, what was shown, what hands changed, what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from domain.records.officer import Officer
from domain.records.ranking_log import HandMade, RankedAgain, RunStory, ShownPart
from services import clock
from services.rankings import log, log_export
from ui import layout, messages
from ui.language import _, day, label, language, moment, number, say, term_name
from ui.navigation import page_link
from ui.tables import Column, table

AGAIN = "ranking_run.again"


def facts(story: RunStory) -> None:
    """Who, when, by which rules, among whom."""
    run, own = story.summary, language()
    rules = _("{version}, in force from {date}").format(
        version=run.version, date=day(story.version_from)
    )
    kept = day(story.kept_until) if story.kept_until else _("while a case that rests on it is open")
    layout.facts(
        {
            _("Vacancy"): f"{run.vacancy_number} · {run.title_in(own)}",
            _("Who"): run.officer(own) or _("the system"),
            _("When"): moment(run.created_at),
            _("Rules"): rules,
            _("Pool"): number(run.pool),
            _("Ranked"): number(run.ranked),
            _("Excluded"): number(run.excluded),
            _("Preselected"): number(story.preselected),
            _("Kept until"): kept,
        }
    )


def actions(story: RunStory, officer: Officer) -> None:
    """Rank it again, hand it to an auditor, look at the vacancy's ranking of today."""
    run = story.summary
    with st.container(horizontal=True, vertical_alignment="center"):
        wants = st.button(
            _("Rank again"),
            key=AGAIN,
            icon="🔁",
            help=_("Computes this ranking anew from what was frozen then, and compares the lists."),
        )
        st.download_button(
            _("Export for an auditor"),
            data=_content(run.run_id, language(), officer),
            file_name=f"ranking-{run.run_id}-{clock.today().isoformat()}.zip",
            mime="application/zip",
            icon="⬇️",
            on_click="ignore",
            help=_(
                "One archive with tables, checksums and the whole order. People stand in it by the "
                "number of their file, without names. The export is logged."
            ),
        )
        page_link("weights", _("The rules of this ranking"), version=run.version)
        page_link("ranking", _("The vacancy's ranking today"), vacancy=run.vacancy_number)
    if wants:
        with messages.refusals(), st.spinner(_("Ranking again …")):
            _compared(log.rank_again(run_id=run.run_id, by=officer))


def _compared(again: RankedAgain) -> None:
    values = {"people": number(again.people), "seconds": number(round(again.seconds, 2))}
    if again.is_same:
        text = _(
            "The same list comes out: {people} people, each at the same place with the same points "
            "({seconds} seconds)."
        )
        st.success(text.format(**values))
    else:
        text = _(
            "Another list comes out ({people} people, {seconds} seconds): the stored list or what "
            "was frozen for it was changed. Keep the database as it is and call the "
            "information-security manager."
        )
        st.error(text.format(**values))


def _content(run_id: int, own: str, by: Officer) -> Callable[[], bytes]:
    return lambda: log_export.export_run(run_id=run_id, language=own, by=by).content


def asked(story: RunStory) -> None:
    """The requirement in words."""
    layout.section(_("What was asked"))
    table(
        story.asked,
        [
            Column(_("Asked"), lambda row: say(row.asked), width=300),
            Column(_("Must"), lambda row: _("must") if row.is_must else "", width=80),
            Column(_("Points"), lambda row: round(row.points, 1) or None, "number", width=80),
        ],
        key="ranking_run.asked",
        alt=_("What was asked"),
    )


def gates(story: RunStory) -> None:
    """What each mandatory requirement did."""
    layout.section(
        _("Whom it excluded"),
        _("Each person counts at the first mandatory requirement that failed."),
    )
    table(
        [gate for gate in story.gates if gate.excluded or gate.failed or gate.unknown],
        [
            Column(_("Because"), lambda row: say(row.sentence), width=300),
            Column(_("People"), "excluded", "number", width=80),
            Column(
                _("Unknown"),
                "unknown",
                "number",
                width=100,
                help=_("Of conditions of the agreement and the process; nobody is excluded by it."),
            ),
        ],
        key="ranking_run.gates",
        empty=_("Nobody was excluded."),
        alt=_("Whom it excluded"),
    )


def shown(story: RunStory) -> None:
    """Which part of the list was on whose screen, and whose reasons were read."""
    own = language()
    layout.section(
        _("What was shown"),
        _("Each part once per officer and day. Of a search only that there was one is kept."),
    )
    table(
        story.shown,
        [
            Column(_("When"), lambda row: moment(row.shown_at), width=130),
            Column(_("Who"), lambda row: row.officer(own) or _("the system"), width=150),
            Column(_("What"), lambda row: say(row.sentence), width=200),
            Column(_("Rows"), _rows, width=120),
            Column(_("Filter"), lambda row: _filter(row.filtered), width=200),
        ],
        key="ranking_run.shown",
        empty=_("Nobody has looked at this ranking on screen."),
        alt=_("What was shown"),
    )
    layout.section(
        _("Whose reasons were read"),
        _("Requirement tables that were opened; people by the number of their file."),
    )
    table(
        story.opened,
        [
            Column(_("File"), "external_id", width=140),
            Column(_("Who"), lambda row: row.officer(own) or _("the system"), width=150),
            Column(_("first read"), lambda row: moment(row.first_at), width=130),
            Column(_("times"), "times", "number", width=80),
        ],
        key="ranking_run.opened",
        empty=_("No requirement table of this ranking was opened."),
        alt=_("Whose reasons were read"),
    )


def _rows(part: ShownPart) -> str:
    if part.first is None:
        return ""
    return _("{first}–{last} of {total}").format(
        first=number(part.first), last=number(part.last), total=number(part.of)
    )


def _filter(filtered: Mapping[str, Any]) -> str:
    words = {
        "searched": _("searched by name or number"),
        "with_questions": _("With open questions"),
        "preselected": _("Preselected"),
    }
    told = [words[name] for name in words if filtered.get(name)]
    return ", ".join([*told, *(term_name("region", code) for code in filtered.get("regions", ()))])


def by_hand(story: RunStory) -> None:
    """What officers changed, and why."""
    own = language()
    names = {
        HandMade.AGAINST_RANK: _("preselected against the rank"),
        HandMade.WITHDREW: _("taken off the shortlist"),
    }
    layout.section(
        _("Changed by hand"),
        _("The order itself can't be changed by hand: it follows from the files and the rules."),
    )
    table(
        story.changes,
        [
            Column(_("When"), lambda row: moment(row.changed_at), width=130),
            Column(_("Who"), lambda row: row.officer(own) or _("the system"), width=150),
            Column(_("What"), lambda row: names[row.kind], width=200),
            Column(_("File"), "external_id", width=130),
            Column(_("Rank"), "rank", "number", width=70),
            Column(
                _("in ranking"),
                lambda row: row.run_id if row.run_id != story.summary.run_id else None,
                "number",
                width=90,
                help=_("An earlier ranking of the vacancy, from which people went into this list."),
            ),
            Column(_("Reason"), "reason", width=320),
        ],
        key="ranking_run.by_hand",
        empty=_("Nothing was changed by hand: whoever was preselected was next in the order."),
        alt=_("Changed by hand"),
    )


def outcome(story: RunStory) -> None:
    """What was sent to the commission from this run, and what it decided."""
    layout.section(_("What came of it"))
    if not story.sent:
        messages.empty(_("No shortlist was sent from this ranking."))
    own = language()
    for sent in story.sent:
        line = _("Sent {time} by {officer} to session {session}").format(
            time=moment(sent.sent_at), officer=sent.officer(own), session=sent.session_number
        )
        decided = (
            _("decided {time}").format(time=moment(sent.decided_at))
            if sent.decided_at
            else _("not decided yet")
        )
        st.caption(f"{messages.plain(line)} · {decided}")
        table(
            sent.people,
            [
                Column("#", "position", "number", width=50),
                Column(_("File"), "external_id", width=140),
                Column(_("Rank"), "rank", "number", width=70),
                Column(_("Score"), "score", "score", width=100),
                Column(
                    _("Against the rank"),
                    lambda row: _("yes") if row.against_rank else "",
                    width=120,
                ),
                Column(_("Decision"), lambda row: label(row.outcome), width=160),
                Column(
                    _("Votes for · against · abstained"),
                    lambda row: " · ".join(map(str, row.votes)) if row.votes else "",
                    width=170,
                ),
            ],
            key=f"ranking_run.sent.{sent.shortlist_id}",
            alt=line,
        )


def fingerprints(story: RunStory) -> None:
    """The names of what was frozen: equal ones, equal content."""
    with st.expander(_("Fingerprints of what was frozen")):
        st.caption(
            _(
                "SHA-256 of the people with what was known of them, of the vocabulary of skills, "
                "and of everything together with requirement and rules. The same fingerprint means "
                "the same content."
            )
        )
        layout.facts(
            {
                _("SHA-256 of the people"): story.people_sha256,
                _("SHA-256 of the vocabulary"): story.vocabulary_sha256,
                _("SHA-256 of all inputs"): story.inputs_sha256,
            }
        )
