"""One vacancy: what it asks, what stands in the way of publishing, what can be done."""

from __future__ import annotations

import streamlit as st

from domain.records.officer import Officer
from domain.records.vacancy import VacancyForm, VacancyRecord
from services.drafts.keeping import DraftOf
from services.vacancies import employers, vacancies
from services.vacancies.publishing import publishing_checks
from ui import conflict, layout, messages
from ui.buttons import guarded_button
from ui.drafts import Drafts
from ui.language import _, label, language
from ui.messages import plain
from ui.navigation import open_page, page_link, query
from ui.vacancy import actions, editing, intake, panel, shown, summary
from ui.vacancy.labels import vacancy_labels
from ui.vacancy.occupations import similarity

NEW = VacancyForm(title="", country="")


def render(officer: Officer) -> None:
    """A new vacancy, one to be edited, or one to be read."""
    number = query("vacancy")
    if number is None:
        open_page("vacancies")
    if number == "new":
        _new(officer)
        return
    vacancy = vacancies.get_vacancy(number=number, by=officer)
    state = f"S06 · {vacancy.number} · {label(vacancy.status)}"
    layout.header(plain(vacancy.title_in(language())), plain(state))
    page_link("vacancies", _("All vacancies"), icon="↩️")
    if vacancies.can_edit(vacancy, officer):
        _edit(vacancy, officer)
    else:
        _read(vacancy, officer)


def _new(officer: Officer) -> None:
    layout.header(_("New vacancy"), _("S06 · Employers and vacancies"))
    page_link("vacancies", _("All vacancies"), icon="↩️")
    bar = st.container(horizontal=True)
    refused_at = st.container()
    drafts = Drafts(DraftOf("vacancy.new"), "vacancy.new", officer)
    drafts.offer()
    left, right = layout.list_and_detail()
    with left:
        form = editing.inputs(NEW, employers.list_employers(by=officer), "vacancy.new", officer)
    drafts.keep()
    with right:
        _side(form, officer)
    with bar:
        save = st.button(_("Save as draft"), key="vacancy.save", type="primary")
    if save:
        with refused_at, messages.refusals(vacancy_labels()):
            similar = similarity("vacancy.new.occupations")
            made = vacancies.create_vacancy(form=form, similarity=similar, by=officer)
            for name in [
                str(key) for key in st.session_state if str(key).startswith("vacancy.new.")
            ]:
                del st.session_state[name]
            drafts.sent()
            messages.success(_("Saved as draft {number}.").format(number=made.number))
            open_page("vacancy", vacancy=made.number)


def _edit(kept: VacancyRecord, officer: Officer) -> None:
    name = f"vacancy.{kept.number}"
    begun = conflict.begin(name, kept.form(), kept.version)
    key = begun.key

    def act(form: VacancyForm, version: int) -> None:
        vacancies.update_vacancy(
            number=kept.number,
            form=form,
            version=version,
            similarity=similarity(f"{key}.occupations"),
            by=officer,
        )

    with messages.refusals(vacancy_labels()):
        settled = conflict.settle(begun, vacancy_labels(), act, shown.in_words)
        if settled:
            _say_saved()
    if settled is not None:
        return
    bar = st.container(horizontal=True, vertical_alignment="center")
    refused_at = st.container()
    drafts = Drafts(DraftOf(name, begun.version), key, officer)
    drafts.offer()
    left, right = layout.list_and_detail()
    with left:
        form = editing.inputs(begun.form, employers.list_employers(by=officer), key, officer)
    drafts.keep()
    unsaved = form != begun.form
    if begun.is_behind and not unsaved:
        conflict.start_anew(name)
        st.rerun()
    with right:
        _side(form, officer, kept, unsaved=unsaved)
        panel.employer_link(kept)
        panel.people(kept, officer)
    with bar:
        why_not = None if unsaved else _("There is nothing to save: all is as it was saved.")
        kind = "primary" if unsaved else "secondary"
        if guarded_button(_("Save"), why_not, key="vacancy.save", type=kind):
            with refused_at, messages.refusals(vacancy_labels()):
                conflict.save(begun, form, act)
                _say_saved()
        actions.life_cycle(kept, officer, unsaved=unsaved)


def _say_saved() -> None:
    messages.success(_("Saved."))
    st.rerun()


def _side(
    form: VacancyForm,
    officer: Officer,
    kept: VacancyRecord | None = None,
    *,
    unsaved: bool = True,
) -> None:
    known = {one.name: one.status for one in employers.list_employers(by=officer)}
    settled = kept.settled if kept else ()
    panel.checklist(publishing_checks(form, known.get(form.employer or ""), settled))
    intake.panel(form, settled, officer, may_decide=kept is not None, unsaved=unsaved)
    panel.pay_against_minimum(form)
    panel.rules(form)


def _read(vacancy: VacancyRecord, officer: Officer) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        actions.life_cycle(vacancy, officer, unsaved=False)
    left, right = layout.list_and_detail()
    with left:
        summary.card(vacancy)
    with right:
        if vacancy.status == "draft":
            panel.checklist(vacancy.checks)
        intake.panel(vacancy, vacancy.settled, officer, may_decide=False)
        panel.people(vacancy, officer)
        panel.pay_against_minimum(vacancy)
        panel.rules(vacancy)
        panel.employer_link(vacancy)
