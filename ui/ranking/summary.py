"""What the vacancy asks, in two lines; how many fit, and how many each requirement excludes."""

from __future__ import annotations

from html import escape

import streamlit as st

from domain.enums import RequirementKind
from domain.records.ranking import RankingSummary
from domain.records.vacancy import VacancyRecord
from ui import marks
from ui.language import _, day, label, moment, number, say, term_name

VIEW = "ranking.view"
RANKED = "ranked"
MOST_TAGS = 6


def draw_vacancy(vacancy: VacancyRecord) -> None:
    """Number, title, place, positions and start; then what is a must and what is wanted."""
    where = ", ".join(
        part for part in (vacancy.town, term_name("country", vacancy.country)) if part
    )
    facts = [
        where,
        _("{count} positions").format(count=number(vacancy.positions)),
        _("starts {date}").format(date=day(vacancy.start_on))
        if vacancy.start_on
        else _("start not stated"),
        _("closes {date}").format(date=day(vacancy.closes_on))
        if vacancy.closes_on
        else _("closing date not stated"),
        vacancy.employer or _("employer not stated"),
    ]
    lines = (
        (_("Must"), _tags(_musts(vacancy), "accent")),
        (_("Wants"), _tags(_wants(vacancy), "quiet")),
    )
    rows = "".join(
        f'<div class="asked"><span class="word">{escape(word)}</span>'
        f'<span class="chips">{"".join(tags) or escape("–")}</span></div>'
        for word, tags in lines
    )
    st.html(
        f'<div class="vacancy"><span class="quiet">{escape(" · ".join(facts))}</span>{rows}</div>'
    )


def _tags(texts: list[str], tone: str) -> list[str]:
    """The first few as chips; the rest behind a "+5" that tells them on hovering."""
    shown = [marks.tag(text, tone) for text in texts[:MOST_TAGS]]
    rest = texts[MOST_TAGS:]
    if rest:
        told = escape(" · ".join(rest), quote=True)
        shown.append(f'<span title="{told}">{marks.tag(f"+{len(rest)}", tone)}</span>')
    return shown


def _musts(vacancy: VacancyRecord) -> list[str]:
    musts = [
        f"{term_name('language', x.language)} {label(x.level)}"
        for x in vacancy.languages
        if x.kind is RequirementKind.MUST
    ]
    musts += [term_name("licence", code) for code in vacancy.licences_required]
    if vacancy.education_min is not None:
        musts.append(term_name("education", str(vacancy.education_min)))
    if vacancy.start_on:
        until = f"–{day(vacancy.end_on)}" if vacancy.end_on else ""
        musts.append(_("available {dates}").format(dates=f"{day(vacancy.start_on)}{until}"))
    musts.append(_("wishes {country}").format(country=term_name("country", vacancy.country)))
    return musts


def _wants(vacancy: VacancyRecord) -> list[str]:
    wants = [term_name("occupation", code) for code in vacancy.occupations]
    if vacancy.experience_years_min:
        years = number(vacancy.experience_years_min)
        wants.append(_("years of experience: {years}").format(years=years))
    wants += [
        f"{term_name('language', x.language)} {label(x.level)}"
        for x in vacancy.languages
        if x.kind is RequirementKind.PREFERRED
    ]
    skills = (*vacancy.skills_essential, *vacancy.skills_optional)
    wants += [term_name("skill", code) for code in skills]
    return wants + [term_name("licence", code) for code in vacancy.licences_preferred]


def choose_view(ranked: RankingSummary) -> str:
    """The ranked, or the people whom one requirement excludes: a click away from each other."""
    titles = {RANKED: _("{count} ranked").format(count=number(ranked.ranked))}
    for group in ranked.excluded:
        titles[group.gate] = f"{number(group.people)} · {say(group.sentence)}"
    if st.session_state.get(VIEW) not in titles:
        st.session_state[VIEW] = RANKED
    chosen = st.pills(
        _("Of {count} registered people").format(count=number(ranked.pool)),
        list(titles),
        key=VIEW,
        format_func=titles.__getitem__,
        help=_("Excluded people stay visible: choose a reason to see whom it excludes."),
    )
    return str(chosen or RANKED)


def made_of(ranked: RankingSummary) -> str:
    """Which rules, when, and the number under which the run is kept."""
    return _("Rules {version} · ranked {time} · run {run}").format(
        version=ranked.parameters, time=moment(ranked.created_at), run=ranked.run_id
    )
