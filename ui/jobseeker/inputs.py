"""One input per fact of a file, with what is wrong about it beneath; nothing typed gets lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

import streamlit as st

from domain.enums import Evidence
from domain.exceptions import FieldProblem
from domain.records.officer import Officer
from domain.texts import Sentence
from services.drafts.keeping import DraftOf
from ui import forms
from ui.drafts import Drafts
from ui.jobseeker.titles import field_name
from ui.language import _, say
from ui.messages import plain

E = TypeVar("E")
WRONG = ":red[✕ {}]"


class Inputs:
    """The inputs of one form. `prefix` keeps its keys apart from those of other forms."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.drafts: Drafts | None = None
        self.unfinished: list[FieldProblem] = []
        """What the form itself can't make an entry of: a language without a level."""

    def key(self, field: str) -> str:
        return f"{self.prefix}.{field}"

    def outlive(self, of: DraftOf, officer: Officer) -> None:
        """Keep what is typed in the database; offer what was begun before."""
        self.drafts = Drafts(of, self.prefix, officer)
        self.drafts.offer()

    def kept(self) -> None:
        """Below the last field: what stands in them outlives the process."""
        if self.drafts:
            self.drafts.keep()

    @property
    def problems(self) -> Mapping[str, Sequence[Sentence]]:
        """What the last attempt to save found, by field."""
        kept: Mapping[str, Sequence[Sentence]] = st.session_state.get(self.key("problems"), {})
        return kept

    def keep_problems(self, problems: Iterable[FieldProblem]) -> None:
        """Show these beside their fields from the next run on."""
        found: dict[str, list[Sentence]] = {}
        for problem in problems:
            found.setdefault(problem.field, []).append(problem.sentence)
        st.session_state[self.key("problems")] = found
        st.session_state[self.key("once_wrong")] = self.once_wrong | found.keys()

    @property
    def once_wrong(self) -> frozenset[str]:
        """Fields that a save was refused for: their part stays open once they are corrected."""
        kept: frozenset[str] = st.session_state.get(self.key("once_wrong"), frozenset())
        return kept

    def clear(self) -> None:
        """Forget what was typed: it is saved, or given up."""
        if self.drafts:
            self.drafts.sent()
        for name in [str(name) for name in st.session_state]:
            if name.startswith(f"{self.prefix}."):
                del st.session_state[name]

    def text(self, field: str, value: str | None, **options: Any) -> str | None:
        """One line of text; empty is None."""
        typed = st.text_input(
            field_name(field), value or "", key=self.key(field), persist_state="session", **options
        )
        self.explain(field)
        return typed or None

    def long_text(self, field: str, value: str | None, **options: Any) -> str | None:
        """Several lines of text; empty is None."""
        typed = st.text_area(
            field_name(field), value or "", key=self.key(field), persist_state="session", **options
        )
        self.explain(field)
        return typed or None

    def day(self, field: str, value: date | None, **options: Any) -> date | None:
        """A date."""
        chosen = forms.date_input(
            field_name(field), value, key=self.key(field), persist_state="session", **options
        )
        self.explain(field)
        return chosen

    def one_of(
        self, choose: Callable[..., E | None], field: str, value: E | None, **options: Any
    ) -> E | None:
        """One code: `choose` is one of the selects of `ui.forms`."""
        chosen = choose(
            field_name(field), key=self.key(field), value=value, persist_state="session", **options
        )
        self.explain(field)
        return chosen

    def several(
        self, choose: Callable[..., list[str]], field: str, value: Sequence[str]
    ) -> tuple[str, ...]:
        """Several codes."""
        chosen = choose(
            field_name(field), key=self.key(field), value=value, persist_state="session"
        )
        self.explain(field)
        return tuple(chosen)

    def explain(self, field: str) -> None:
        """What is wrong about the field, beneath it."""
        for sentence in self.problems.get(field, ()):
            st.markdown(WRONG.format(plain(say(sentence))))

    def rows(
        self,
        field: str,
        entries: Sequence[E],
        draw: Callable[[Inputs, str, E | None], E | None],
        add: str,
    ) -> tuple[E, ...]:
        """Entries as rows that can be added and taken away; `draw` gives None for an empty row."""
        ids_key = self.key(f"{field}.rows")
        ids: list[int] = st.session_state.setdefault(ids_key, list(range(len(entries))))
        drawn: list[E] = []
        for place in ids:
            with st.container(border=True):
                row, removal = st.columns([9, 2], vertical_alignment="bottom")
                with row:
                    known = entries[place] if place < len(entries) else None
                    entry = draw(self, f"{field}.{place}", known)
                    self.explain(f"{field}.{place}.row")
                with removal:
                    st.button(
                        _("Remove"),
                        key=self.key(f"{field}.{place}.remove"),
                        type="tertiary",
                        on_click=ids.remove,
                        args=(place,),
                    )
            if entry is not None:
                drawn.append(entry)
        self._explain_entries(field)
        fresh = max([*ids, len(entries) - 1], default=-1) + 1
        st.button(add, key=self.key(f"{field}.add"), on_click=ids.append, args=(fresh,))
        return tuple(drawn)

    def _explain_entries(self, field: str) -> None:
        """Problems of entries, which come back in the order of the file and not of the rows."""
        for name in self.problems:
            if name == field or (name.startswith(f"{field}.") and not name.endswith(".row")):
                self.explain(name)

    def unfinished_row(self, field: str, sentence: Sentence) -> None:
        """A row that is begun and not finished: saving waits for it."""
        self.unfinished.append(FieldProblem(f"{field}.row", sentence))


def evidence(inputs: Inputs, field: str, value: Evidence | None) -> Evidence:
    """How the fact is known."""
    chosen = forms.choose_member(
        _("How it is known"),
        Evidence,
        key=inputs.key(f"{field}.evidence"),
        value=value or Evidence.STATED,
        persist_state="session",
    )
    return chosen or Evidence.STATED
