"""What is decided about two files: one person, or two."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

import streamlit as st

from domain.enums import Side
from domain.records.duplicates import TwoFiles
from domain.records.officer import Officer
from services.duplicates import judgements, merging
from services.jobseekers.fields import FIELDS
from ui import messages
from ui.duplicates import opened
from ui.jobseeker.titles import field_name
from ui.language import _, say
from ui.messages import plain
from ui.navigation import open_page, page_link


def decide(files: TwoFiles, kept: str, choices: Mapping[str, Side], officer: Officer) -> None:
    """Merge, or different people; what hinders stands beside the button and is its tooltip."""
    obstacles = [plain(say(sentence)) for sentence in files.obstacles[kept]]
    if obstacles:
        st.warning("\n".join(f"- {line}" for line in obstacles))
    refusal_at = st.container()
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(
            _("Merge: keep {file}").format(file=plain(kept)),
            type="primary",
            key="duplicate_pair.merge",
            disabled=bool(obstacles),
            help="  \n".join(obstacles) or _("Can be undone from either file."),
        ):
            with refusal_at:
                _merge(files, kept, choices, officer)
        if files.is_judged_different:
            _take_back(files, officer)
        elif st.button(
            _("Different people"),
            key="duplicate_pair.different",
            help=_("The pair leaves the list; this can be taken back."),
        ):
            with refusal_at:
                _different(files, officer)
        for file in (files.first, files.second):
            name = file.external_id
            page_link("jobseeker", _("Open {file}").format(file=name), icon="📂", jobseeker=name)


def _merge(files: TwoFiles, kept: str, choices: Mapping[str, Side], officer: Officer) -> None:
    other = files.other(kept).external_id
    with messages.refusals({name: field_name(name) for name in FIELDS}):
        merging.merge_jobseekers(
            kept=kept,
            other=other,
            versions={f.external_id: f.version for f in (files.first, files.second)},
            choices=choices,
            by=officer,
        )
        opened.forget()
        text = _("Merged: {other} leads to {kept} from now on.").format(other=other, kept=kept)
        messages.success(text, _("Next pair"), "duplicates")
        open_page("jobseeker", jobseeker=kept)


def _different(files: TwoFiles, officer: Officer) -> None:
    with messages.refusals():
        judgements.judge_different(
            one=files.first.external_id, other=files.second.external_id, by=officer
        )
        messages.success(_("Remembered: these are different people."))
        _back_to_list()


def _take_back(files: TwoFiles, officer: Officer) -> None:
    st.markdown(":gray[{}]".format(_("Found to be different people.")))
    if st.button(_("Take that back"), key="duplicate_pair.take_back"):
        with messages.refusals():
            judgements.take_back_judgement(
                one=files.first.external_id, other=files.second.external_id, by=officer
            )
            opened.forget()
            messages.success(_("Taken back: the pair stands in the list again."))
            st.rerun()


def _back_to_list() -> NoReturn:
    opened.forget()
    open_page("duplicates")
