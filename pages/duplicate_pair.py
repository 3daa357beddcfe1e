"""Two files side by side: unite them, or find that these are two people (stage S07).

`?one=JS-2026-00001&other=JS-2026-00007`.
"""

from __future__ import annotations

import streamlit as st

from domain.enums import JobseekerStatus
from domain.records.duplicates import TwoFiles
from domain.records.officer import Officer
from ui import layout, marks, messages
from ui.duplicates import actions, comparing, opened
from ui.language import _, language, number, say
from ui.messages import plain
from ui.navigation import page_link, query


def render(officer: Officer) -> None:
    """What makes them alike, which file is kept, field by field, and the decision."""
    page_link("duplicates", _("All duplicates"), icon="↩️")
    one, other = query("one"), query("other")
    if one is None or other is None:
        layout.header(_("Two files"), _("S07 · Registration, identification, primary selection"))
        messages.empty(_("Choose a pair in the list of duplicates."))
        return
    files = opened.pair(one, other, officer)
    _heading(files)
    merged = [f for f in (files.first, files.second) if f.status is JobseekerStatus.MERGED]
    if merged:
        _merged(files)
        return
    kept = comparing.kept_file(files)
    place = st.container()
    choices = comparing.choices(files, kept, officer)
    with place:
        actions.decide(files, kept, choices, officer)


def _heading(files: TwoFiles) -> None:
    names = dict.fromkeys(file.name(language()) for file in (files.first, files.second))
    layout.header(
        " · ".join(plain(name) for name in names),
        _("S07 · Registration, identification, primary selection"),
        _("One person with two files? Compare, then decide."),
    )
    likeness = _("likeness {score} of 100").format(score=number(round(files.score)))
    reasons = [marks.tag(f"≈ {say(reason)}", "partly") for reason in files.reasons]
    marks.show(marks.tag(likeness, "accent"), *reasons)


def _merged(files: TwoFiles) -> None:
    for sentence in dict.fromkeys(s for found in files.obstacles.values() for s in found):
        st.info(plain(say(sentence)))
    for file in (files.first, files.second):
        page_link("jobseeker", file.external_id, icon="📂", jobseeker=file.external_id)
