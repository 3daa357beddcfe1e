"""The lists: what is being asked, what is worth asking, what came of earlier questions."""

from __future__ import annotations

import streamlit as st
from babel import numbers

from domain.records.officer import Officer
from domain.records.questions import AskedQuestion, QuestionPage, WorthAsking
from domain.texts import N_
from services.questions import listing, tasks
from ui import layout, messages
from ui.language import _, day, label, language, number, say, term_name
from ui.messages import plain
from ui.navigation import keep_query, page_link, query
from ui.questions import words
from ui.tables import Column, clear_selection, table, widget_key

PAGE = 50
WORTH, ASKED = "questions.worth", "questions.asked"
_DEFINITION = N_(
    "Worth: how many places of open vacancies change hands with the answer, if this person "
    "answers like people of the register whose answer is known: 0.40 is one place in four "
    "of ten cases. It is no forecast about a person. What nobody has answered comes last."
)


def asked(officer: Officer) -> None:
    """What somebody asks now, one's own first."""
    rows = listing.list_asked(by=officer)
    if not rows:
        return
    layout.section(_("Being asked: {count}").format(count=number(len(rows))))
    chosen = table(rows, _asked_columns(), key=ASKED, selection="single", alt=_("Being asked"))
    if chosen:
        clear_selection(ASKED)
        keep_query(question=chosen[0])
        st.rerun()
    st.caption(_("Click a line for the phone number and the answer."))


def _asked_columns() -> list[Column]:
    return [
        Column(_("Person"), lambda row: row.person.name(language()), width=170, pinned=True),
        Column(_("Question"), lambda row: say(row.question), width=430),
        Column(_("What it could change"), lambda row: words.could_briefly(row.moves), width=330),
        Column(_("Who asks"), lambda row: row.assigned(language()), width=150),
        Column(_("Since"), lambda row: day(row.made_at.date()), width=100),
    ]


def worth_asking(officer: Officer) -> None:
    """What is worth asking, and beside it what an answer could do."""
    vacancy, person = query("vacancy"), query("jobseeker")
    key = widget_key("questions.page", [vacancy, person])
    place = st.session_state.get(key, 1)
    with st.spinner(_("Trying out answers for all open vacancies …")):
        page = listing.list_questions_worth_asking(
            vacancy=vacancy, external_id=person, offset=(place - 1) * PAGE, limit=PAGE, by=officer
        )
    layout.section(_("Worth asking: {count}").format(count=number(page.total)))
    _narrowed(page, vacancy, person)
    if not page.rows:
        messages.empty(_nothing(page, vacancy, person))
        return
    left, right = layout.list_and_detail()
    with left:
        chosen = table(
            page.rows, _worth_columns(vacancy), key=WORTH, selection="single", alt=_("Worth asking")
        )
        st.caption(_(_DEFINITION))
        if page.total > PAGE:
            st.pagination(-(-page.total // PAGE), key=key)
        if page.waiting:
            text = _("Left out, as asked now or lately: {count}")
            st.caption(text.format(count=number(page.waiting)))
    by_id = {row.id: row for row in page.rows}
    with right:
        _detail(by_id[chosen[0]] if chosen else page.rows[0], vacancy, officer)


def _narrowed(page: QuestionPage, vacancy: str | None, person: str | None) -> None:
    """The vacancy or person that the list is narrowed to, and the way back."""
    options = [*page.vacancies]
    if vacancy and vacancy not in options:
        options.append(vacancy)
    with layout.filters():
        chosen = st.selectbox(
            _("Vacancy"),
            options,
            index=options.index(vacancy) if vacancy else None,
            placeholder=_("all open vacancies"),
            key=widget_key("questions.vacancy", [vacancy]),
            width=260,
        )
        if person and st.button(_("All people"), key="questions.everybody", icon="✖️"):
            keep_query(jobseeker=None)
            st.rerun()
    if chosen != vacancy:
        keep_query(vacancy=chosen)
        st.rerun()


def _nothing(page: QuestionPage, vacancy: str | None, person: str | None) -> str:
    if not page.vacancies:
        return _("No vacancy is open for ranking. Publish one; what is worth asking stands here.")
    if person:
        return _("No answer of this person would change the places of an open vacancy today.")
    if page.waiting:
        return _("All that is worth asking is being asked, or was lately.")
    return _("Nothing to ask: no unknown fact could change who is shortlisted.")


def _worth_columns(vacancy: str | None) -> list[Column]:
    possible = _("Ranks that the best and the worst answer would bring; ✕ is excluded.")
    return [
        Column(
            _("Worth"), lambda row: _worth(row, vacancy), width=64, help=_(_DEFINITION), pinned=True
        ),
        Column(_("Person"), lambda row: row.person.name(language()), width=140, pinned=True),
        Column(_("To ask about"), "fact", width=175),
        Column(_("Rank"), _rank, width=70, help=_("Today's rank / places of the shortlist.")),
        Column(_("Possible"), lambda row: words.possible(row.moves[0]), width=80, help=possible),
        Column(_("Vacancies"), _vacancies, width=145),
    ]


def _vacancies(row: WorthAsking) -> str:
    more = len(row.moves) - 1
    return row.moves[0].vacancy + (f" +{more}" if more else "")


def _rank(row: WorthAsking) -> str:
    return f"{number(row.moves[0].rank)} / {number(row.moves[0].places)}"


def _worth(row: WorthAsking, vacancy: str | None) -> str:
    """Over all open vacancies; of a list narrowed to one, in that one alone."""
    worth = row.moves[0].share if vacancy else row.worth
    if worth is None:
        return "?"
    return numbers.format_decimal(worth, format="0.00", locale=language())


def _detail(row: WorthAsking, vacancy: str | None, officer: Officer) -> None:
    with st.container(border=True, key="question_detail"):
        region = plain(term_name("region", row.person.region))
        name = plain(row.person.name(language()))
        st.markdown(f"**{name}**")
        st.caption(f"{plain(row.person.external_id)} · {region}")
        st.markdown(f"**{plain(say(row.question))}**")
        phone = row.phone or _("no phone number in the file")
        st.caption(_("Phone: {phone}").format(phone=plain(phone)))
        st.markdown(
            "\n".join(
                f"- {plain(words.could(move))}  \n  :small[:gray[{words.likely(move, row.said)}]]"
                for move in row.moves
            )
        )
        if st.button(_("Make it my task"), type="primary", key="questions.make"):
            with messages.refusals():
                made = tasks.make_question(
                    external_id=row.person.external_id, fact=row.fact, vacancy=vacancy, by=officer
                )
                clear_selection(WORTH)
                keep_query(question=made.id)
                st.rerun()
        page_link("jobseeker", _("Open the file"), jobseeker=row.person.external_id)


def earlier(officer: Officer) -> None:
    """What came of earlier questions."""
    rows = listing.list_earlier(by=officer)
    if rows:
        with st.expander(_("What came of earlier questions: {count}").format(count=len(rows))):
            table(rows, _earlier_columns(), key="questions.earlier", alt=_("Earlier questions"))


def _earlier_columns() -> list[Column]:
    def when(row: AskedQuestion) -> str:
        return day(row.closed_at.date()) if row.closed_at else "–"

    return [
        Column(_("Person"), lambda row: row.person.name(language()), width=170, pinned=True),
        Column(_("Asked about"), "fact", width=170),
        Column(_("Status"), lambda row: label(row.status), width=150),
        Column(_("What came of it"), words.came_of, width=430),
        Column(_("Closed"), when, width=100),
    ]
