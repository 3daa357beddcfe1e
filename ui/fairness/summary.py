"""What the panel finds, in one sentence, and what to do next."""

from __future__ import annotations

from html import escape

import streamlit as st

from domain.enums import RateVerdict, Trait
from domain.records.fairness import FairnessPanel, VacancyAlert
from domain.records.officer import Officer
from services.fairness.finding import alert_words
from ui import layout, marks
from ui.fairness import scope
from ui.fairness.listing import listing
from ui.fairness.words import SIGNS, TONES, ratio
from ui.language import _, day, label, language, moment, number, say
from ui.navigation import page_link

TRAIT = "fairness.trait"
HEIGHT = 318
"""Eight rows: the groups below must not be far away."""


def headline(panel: FairnessPanel) -> None:
    """The finding with colour, sign and word; then what it is made of and what to do."""
    st.html(f'<h3 class="finding">{escape(say(panel.headline))}</h3>')
    if panel.alerts:
        word = _("{count} alerts").format(count=number(len(panel.alerts)))
        marks.show(marks.tag(f"{SIGNS[RateVerdict.ALERT]} {word}", TONES[RateVerdict.ALERT]))
    else:
        fine = _("no alert")
        marks.show(marks.tag(f"{SIGNS[RateVerdict.NEAR]} {fine}", TONES[RateVerdict.NEAR]))
    st.caption(_made_of(panel))
    if panel.vacancy:
        with st.container(horizontal=True):
            page_link("ranking", _("The ranking"), icon="🏅", vacancy=panel.vacancy)
            page_link("vacancy", _("The requirements"), icon="📋", vacancy=panel.vacancy)
            page_link("weights", _("Weights of the ranking"), icon="🎚️")


def _made_of(panel: FairnessPanel) -> str:
    if panel.vacancy:
        return _(
            "Everybody who was free for {vacancy} in the ranking of {moment} (run {run}), counted "
            "{counted}. If a requirement tells groups apart, ask the employer whether the job "
            "needs it; change it in the vacancy and rank again."
        ).format(
            vacancy=panel.vacancy,
            moment=moment(panel.ranked_at),
            run=panel.run_id,
            counted=moment(panel.counted_at),
        )
    if panel.since and panel.until:
        return _(
            "Everybody the commission decided on from {since} to {until}, each person once: "
            "approved is who was approved for any vacancy."
        ).format(since=day(panel.since), until=day(panel.until))
    return _(
        "Everybody who is free for any of {count} open vacancies, each person once, for the "
        "furthest step with any of them; rankings of {moment}. Open a vacancy with an alert to "
        "see which requirement it comes from."
    ).format(count=number(panel.vacancies), moment=moment(panel.counted_at))


def choose_trait(panel: FairnessPanel) -> Trait:
    """By what groups are compared: at first where the gravest alert is."""
    alerting = {alert.trait for alert in panel.alerts}
    first = panel.alerts[0].trait if panel.alerts else Trait.SEX
    about = panel.vacancy or ("period" if panel.since else "open")

    def title(trait: Trait) -> str:
        return f"{label(trait)} {SIGNS[RateVerdict.ALERT]}" if trait in alerting else label(trait)

    chosen = st.segmented_control(
        _("Groups by"),
        list(Trait),
        format_func=title,
        default=first,
        required=True,
        key=f"{TRAIT}.{about}.{language()}",
    )
    if chosen is Trait.SETTLEMENT:
        st.caption(
            _(
                "A file names the municipality alone. Only the five self-governing cities are "
                "known to be towns; the other municipalities have towns and villages, and who "
                "lives in which there is no data on."
            )
        )
    return chosen or first


def vacancies(panel: FairnessPanel, officer: Officer) -> None:
    """Open vacancies with an alert, the gravest first; each leads to its own panel."""
    if not panel.vacancies:
        return
    layout.section(
        _("Vacancies with an alert"),
        _("Sorted by how many people of the group are missing to four fifths."),
    )
    if not panel.alerting:
        st.info(_("No open vacancy has an alert."))
        return
    headings = [_("Vacancy"), _("Groups by"), _("Finding"), _("Ratio to the highest")]
    rows = [_row(one) for one in panel.alerting]
    chosen = listing(
        headings,
        rows,
        name="fairness-vacancies",
        widths=(330, 110, 620, 170),
        officer=officer,
        height=HEIGHT,
        selection="single",
    )
    if chosen:
        number_of = chosen[0][0].split(" · ")[0]
        st.button(
            _("Open {vacancy}").format(vacancy=number_of),
            on_click=scope.open_vacancy,
            args=(number_of,),
        )


def _row(one: VacancyAlert) -> tuple[str, ...]:
    title = one.title_ka or one.title if language() == "ka" else one.title
    alert = one.alert
    return (
        f"{one.number} · {title}",
        label(alert.trait),
        say(alert_words(alert)),
        ratio(alert.row.ratio),
    )


def rules(panel: FairnessPanel) -> None:
    """What an alert is and is not, with the dated rule it follows."""
    text = _(
        "An alert says: the rate of a group is below {part} % of the highest rate, and the "
        "difference is larger than chance would make it ({confidence} % intervals by Wilson and "
        "Newcombe, widened for the number of groups). In Georgia this is a rule for looking "
        "closer, not a legal finding: what discrimination is follows from the Law of Georgia on "
        "the Elimination of All Forms of Discrimination. Groups of fewer than {least} "
        "people are not compared; counts below {small} are hidden, and what would give them "
        "away. Sex, age, region and settlement are read for this screen alone: no ranking "
        "knows them."
    )
    st.caption(
        text.format(
            part=number(round(100 * panel.rules.ratio_below)),
            confidence=number(round(100 * panel.rules.confidence)),
            least=number(panel.rules.least_compared),
            small=number(panel.rules.small_number_below),
        )
    )
    with st.expander(_("Source of the rule")):
        st.text(panel.rules.reference)
