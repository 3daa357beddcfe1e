"""The CV in Georgian and in English, line by line."""

from __future__ import annotations

from html import escape

import streamlit as st

from domain.records.cvs import CvLine, CvRecord, CvSection
from ui.language import _


def draw(record: CvRecord) -> None:
    """Each line in both languages; a text that one of them lacks says so."""
    left = {section.place: section for section in record.sections_ka}
    right = {section.place: section for section in record.sections_en}
    places = dict.fromkeys([*right, *left])
    if not places:
        return
    parts = "".join(_section(left.get(place), right.get(place)) for place in places)
    st.html(f'<div class="cv-pairs">{parts}</div>')


def _section(left: CvSection | None, right: CvSection | None) -> str:
    pairs: dict[str, list[CvLine | None]] = {}
    for place, part in enumerate((left, right)):
        for line in part.lines if part else ():
            pairs.setdefault(line.place, [None, None])[place] = line
    titles = [
        f'<h4 lang="{language}">{escape(part.title)}</h4>' if part else "<span></span>"
        for language, part in (("ka", left), ("en", right))
    ]
    rows = "".join(_pair(*both) for both in pairs.values())
    return f'<div class="cv-pair cv-title">{"".join(titles)}</div>{rows}'


def _pair(left: CvLine | None, right: CvLine | None) -> str:
    cells = "".join(
        f'<div lang="{language}">{_line(line)}</div>'
        for language, line in (("ka", left), ("en", right))
    )
    return f'<div class="cv-pair">{cells}</div>'


def _line(line: CvLine | None) -> str:
    if line is None:
        missing = escape(_("not written yet"))
        return f'<span class="cv-none">▽ {missing}</span>'
    text = escape(line.text).replace("\n", "<br>")
    return f'<span class="cv-label">{escape(line.label)}</span> {text}' if line.label else text
