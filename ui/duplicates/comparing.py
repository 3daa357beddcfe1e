"""Two files field by field: what differs with a choice each, what is the same folded away."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from domain.enums import Side
from domain.records.duplicates import CandidacyLine, TwoFiles
from domain.records.jobseeker import JobseekerRecord
from domain.records.officer import Officer
from services.duplicates.merge_choice import FIELDS, UNITED
from ui import layout
from ui.duplicates import opened
from ui.jobseeker import reading
from ui.jobseeker.titles import field_name
from ui.language import _, day, label, language, number
from ui.messages import plain

WIDTHS = [1.3, 2.6, 2.6, 2.2]
CHOSEN = ":green[**✓**] "


def kept_file(files: TwoFiles) -> str:
    """Which of the two goes on; the better one is proposed."""
    named = {
        file.external_id: _("{file}, registered on {day} · {status}").format(
            file=file.external_id, day=day(file.registered_on), status=label(file.status)
        )
        for file in (files.first, files.second)
    }
    chosen: str = st.radio(
        _("Which file is kept? The other one leads to it from then on."),
        list(named),
        index=list(named).index(files.kept),
        format_func=lambda file: named[file],
        key=f"duplicate_pair.kept.{language()}",
    )
    return chosen


def choices(files: TwoFiles, kept: str, officer: Officer) -> Mapping[str, Side]:
    """Draw what differs; gives back where each field is taken from."""
    proposed = files.choices[kept]
    other = files.other(kept).external_id
    layout.section(
        _("What differs: {count}").format(count=number(len(proposed))),
        _("✓ goes into the united file. What is better known is proposed; you decide."),
    )
    _numbers(files, officer)
    found: dict[str, Side] = {}
    with st.container(key="two_files"):
        _heads(kept, other)
        for field in proposed:
            found[field] = _field(files, kept, field, proposed[field])
        _candidacies(files, kept, other)
    same = [name for name in FIELDS if name not in proposed]
    said = [name for name in same if getattr(files.file(kept).form, name) not in (None, ())]
    with st.expander(_("The same in both files: {count}").format(count=number(len(said)))):
        for name in said:
            value = reading.in_words(name, files.file(kept).form)
            st.markdown(f"{plain(field_name(name))}: {value}")
    return found


def _heads(kept: str, other: str) -> None:
    with st.container(key="two_files_heads"):
        _what, ours, theirs, _choice = st.columns(WIDTHS)
        ours.markdown("**{}** · {}".format(plain(kept), _("kept")))
        theirs.markdown("**{}** · {}".format(plain(other), _("leads to it")))


def _field(files: TwoFiles, kept: str, field: str, proposed: Side) -> Side:
    key = f"duplicate_pair.{kept}.{field}"
    offered = [Side.KEPT, Side.OTHER, *([Side.BOTH] if field in UNITED else [])]
    names = {Side.KEPT: _("first"), Side.OTHER: _("second"), Side.BOTH: _("both")}
    with st.container(key=f"pair_row_{field}"):
        what, ours, theirs, choice = st.columns(WIDTHS, vertical_alignment="center")
        what.markdown(f"**{plain(field_name(field))}**")
        with choice:
            chosen = st.segmented_control(
                field_name(field),
                offered,
                default=proposed,
                format_func=lambda side: names[side],
                key=key,
                label_visibility="collapsed",
                required=True,
            )
        side = chosen or proposed
        for place, file, taken in (
            (ours, files.file(kept), side in (Side.KEPT, Side.BOTH)),
            (theirs, files.other(kept), side in (Side.OTHER, Side.BOTH)),
        ):
            with place:
                st.caption(plain(file.external_id))
                value = _value(field, file, files)
                st.markdown((CHOSEN if taken and value != "–" else "") + value)
    return side


def _value(field: str, file: JobseekerRecord, files: TwoFiles) -> str:
    if field == "personal_number" and opened.shows_numbers(files):
        return plain(file.form.personal_number) if file.form.personal_number else "–"
    return reading.in_words(field, file.form)


def _numbers(files: TwoFiles, officer: Officer) -> None:
    """Masked numbers hide in which digit they differ: shown after an audited click."""
    both = files.first.form.personal_number and files.second.form.personal_number
    if not both or opened.shows_numbers(files):
        return
    if st.button(
        _("Show both personal numbers"),
        key="duplicate_pair.numbers",
        help=_("It is recorded that you looked."),
    ):
        opened.show_numbers(files, officer)
        st.rerun()


def _candidacies(files: TwoFiles, kept: str, other: str) -> None:
    if not any(files.candidacies.values()):
        return
    with st.container(key="pair_row_candidacies"):
        what, ours, theirs, note = st.columns(WIDTHS, vertical_alignment="center")
        what.markdown("**{}**".format(_("Vacancies in the process")))
        for place, file in ((ours, kept), (theirs, other)):
            with place:
                st.caption(plain(file))
                lines = [_candidacy(line) for line in files.candidacies[file]]
                st.markdown("\n".join(f"- {line}" for line in lines) or "–")
        note.markdown(
            ":small[:gray[{}]]".format(
                _("They go over to the kept file; what ended for the same vacancy stays.")
            )
        )


def _candidacy(line: CandidacyLine) -> str:
    title = line.title_ka if language() == "ka" and line.title_ka else line.title
    return f"{plain(line.vacancy)} {plain(title)}: {plain(label(line.status))}"
