"""How a commission decides: the rules in force, to come and of before, why; and new ones."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import streamlit as st

from domain.enums import DecisionRule, OrganisationKind, TieRule
from domain.records.commissions import CommissionRecord, RulesEntry, RulesForm
from domain.records.officer import Officer
from services import clock, commission
from services.commission.rules import Rules, rules_on
from ui import forms, layout, messages
from ui.commission.desk import named
from ui.language import _, day, label, language, number
from ui.messages import plain

DECISIONS: list[DecisionRule] = list(DecisionRule)
TIES: list[TieRule] = list(TieRule)
Criteria = tuple[tuple[str, str, str], ...]
SHARES = (Fraction(1, 2), Fraction(3, 5), Fraction(2, 3), Fraction(3, 4))


def show(record: CommissionRecord, officer: Officer) -> None:
    """The entry in force in full, others folded; entries are never edited."""
    layout.section(
        _("Rules"),
        _("Each session keeps the rules of its day. A change is a new entry with its own day."),
    )
    for entry in record.rules:
        if entry.is_in_force:
            layout.part(_("In force since {day}").format(day=day(entry.valid_from)))
            _entry(entry)
    for entry in record.rules:
        if entry.is_to_come:
            with st.expander(_("To come: from {day}").format(day=day(entry.valid_from))):
                _entry(entry)
    before = [one for one in record.rules if not one.is_in_force and not one.is_to_come]
    for entry in before:
        with st.expander(_("Before: from {day}").format(day=day(entry.valid_from))):
            _entry(entry)
    if not record.rules:
        messages.empty(_("No entry yet: the rules for new commissions hold."))
    if record.i_may_found:
        _add(record, officer)


def _entry(entry: RulesEntry) -> None:
    kinds = ", ".join(label(kind) for kind in entry.required_kinds)
    layout.facts(
        {
            _("Must be present"): kinds or _("no kind by name"),
            _("Kinds of organisation at least"): number(entry.kinds_min),
            _("Quorum"): _("more than {share} of the members").format(share=entry.quorum_more_than),
            _("Quorum while voting"): _("votes stop while it is broken")
            if entry.quorum_throughout
            else _("checked at the count"),
            _("Approved is who has"): _decision(entry),
            _("On a tie"): label(entry.tie),
            _("Secret ballot"): _("possible") if entry.may_be_secret else _("not possible"),
            _("Reason for a departure from the rank"): _departure(entry.departure_places),
            _("Appeal"): _appeal(entry.appeal_days),
        }
    )
    made_by = entry.made_by_ka if language() == "ka" else entry.made_by_en
    st.caption(plain(_("Why: {reason}").format(reason=entry.reason)))
    st.caption(plain(_("Ground: {source}").format(source=entry.source)))
    st.caption(
        plain(
            _("Entered on {day} by {officer}.").format(
                day=day(entry.made_at.astimezone(clock.TBILISI).date()),
                officer=made_by or _("the system"),
            )
        )
    )


def _decision(entry: RulesEntry) -> str:
    if entry.decision is not DecisionRule.SCORE_THRESHOLD or entry.score_threshold is None:
        return label(entry.decision)
    names = [ka if language() == "ka" else en for _code, ka, en in entry.score_criteria]
    return f"{label(entry.decision)} ({number(float(entry.score_threshold))}): {', '.join(names)}"


def _departure(places: int | None) -> str:
    if places is None:
        return _("not needed")
    return _("from more than {places} places on").format(places=number(places))


def _appeal(days: int | None) -> str:
    if days is None:
        return _("not provided for")
    return _("within {days} calendar days after the decision").format(days=number(days))


def _add(record: CommissionRecord, officer: Officer) -> None:
    with st.expander(_("Add rules")), st.form("commissions.rules", border=False):
        latest = next((one for one in record.rules if one.is_in_force), None)
        wanted = _inputs(latest or rules_on(clock.today()))
        if not st.form_submit_button(_("Add the entry"), type="primary"):
            return
        with messages.refusals():
            commission.add_rules(code=record.code, form=wanted, by=officer)
            messages.success(_("The rules begin on {day}.").format(day=day(wanted.valid_from)))
            st.rerun()


def _inputs(before: RulesEntry | Rules) -> RulesForm:
    tomorrow = clock.today() + timedelta(days=1)
    valid_from: date | None = forms.date_input(
        _("In force from"), tomorrow, key="commissions.rules.from", earliest=clock.today()
    )
    kinds = st.multiselect(
        _("Kinds of organisation that must be present"),
        list(OrganisationKind),
        default=list(before.required_kinds),
        format_func=named(OrganisationKind, label),
        key="commissions.rules.kinds",
        placeholder=_("choose or type"),
        select_all=False,
    )
    left, right = st.columns(2)
    kinds_min = left.number_input(
        _("Kinds at least"), 0, 4, before.kinds_min, key="commissions.rules.min"
    )
    share = right.selectbox(
        _("Quorum: more than this share"),
        SHARES,
        format_func=named(SHARES, str),
        key="commissions.rules.share",
    )
    decision, tie, criteria, threshold = _decision_inputs()
    secret = st.checkbox(
        _("Secret ballots are possible"),
        before.may_be_secret,
        key="commissions.rules.secret",
    )
    places, days = _limits(before)
    source = st.text_input(_("Legal ground"), key="commissions.rules.source", max_chars=300)
    reason = st.text_area(
        _("Why the rules change"), key="commissions.rules.reason", max_chars=500, height=80
    )
    return RulesForm(
        valid_from=valid_from or tomorrow,
        quorum_more_than=share,
        kinds_min=int(kinds_min),
        required_kinds=tuple(kind for kind in OrganisationKind if kind in kinds),
        decision=decision,
        score_criteria=criteria,
        score_threshold=threshold,
        tie=tie,
        may_be_secret=secret,
        departure_places=places,
        appeal_days=days,
        source=source,
        reason=reason,
    )


def _decision_inputs() -> tuple[DecisionRule, TieRule, Criteria, Fraction | None]:
    decision = st.selectbox(
        _("Approved is who has"),
        DECISIONS,
        format_func=named(DECISIONS, label),
        key="commissions.rules.decision",
    )
    criteria, threshold = _score_inputs()
    tie = st.selectbox(
        _("On a tie"),
        TIES,
        format_func=named(TIES, label),
        key="commissions.rules.tie",
    )
    return decision, tie, criteria, threshold


def _score_inputs() -> tuple[Criteria, Fraction | None]:
    """Criteria, a line each as "Georgian name; English name", and the threshold."""
    text = st.text_area(
        _("What is scored from 0 to 10 (only for a decision by score)"),
        key="commissions.rules.criteria",
        height=80,
        placeholder=_("a line each: Georgian name; English name"),
    )
    threshold = st.number_input(
        _("Threshold of the average score"),
        0.0,
        10.0,
        None,
        step=0.5,
        key="commissions.rules.threshold",
    )
    criteria = []
    for place, line in enumerate(filter(None, map(str.strip, text.splitlines())), start=1):
        ka, _semicolon, en = (part.strip() for part in line.partition(";"))
        criteria.append((f"c{place}", ka, en or ka))
    return tuple(criteria), None if threshold is None else Fraction(str(threshold))


def _limits(before: RulesEntry | Rules) -> tuple[int | None, int | None]:
    left, right = st.columns(2)
    places = left.number_input(
        _("Departure from the rank without a reason, places"),
        0,
        100,
        before.departure_places,
        key="commissions.rules.places",
        help=_("Empty: no vote needs a reason for it."),
    )
    days = right.number_input(
        _("Appeal within, calendar days"),
        1,
        365,
        before.appeal_days,
        key="commissions.rules.days",
        help=_("Empty: no appeal."),
    )
    return (None if places is None else int(places)), (None if days is None else int(days))
