"""Fields of a form on a phone: big, without script, everything entered before still there."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from html import escape
from typing import TypeVar

from domain.exceptions import InvalidInput
from domain.texts import N_, Term
from ui.public.page import Reader

Choice = TypeVar("Choice", bound=StrEnum)
CHOOSE = N_("– choose –")
NO_FIGURE = N_("“{typed}” is no number. Write it in figures, such as 350 or 9.50.")


def choices(
    reader: Reader, name: str, title: str, offered: Iterable[tuple[str, str]], hint: str = ""
) -> str:
    """Radio buttons in a frame; `offered` are values and English labels."""
    chosen = reader.entered(name)
    rows = "".join(
        f'<label class="choice"><input type="radio" name="{name}" value="{escape(value)}"'
        f"{' checked' if value == chosen else ''}>{reader.say(label)}</label>"
        for value, label in offered
    )
    told = f'<p class="hint">{reader.say(hint)}</p>' if hint else ""
    return f"<fieldset><legend>{reader.say(title)}</legend>{told}{rows}</fieldset>"


def number(reader: Reader, name: str, title: str, hint: str = "") -> str:
    """A field for an amount or hours, with the keyboard of figures."""
    told = f'<p class="hint">{reader.say(hint)}</p>' if hint else ""
    return (
        f'<label for="{name}">{reader.say(title)}</label>{told}<input id="{name}" name="{name}" '
        f'inputmode="decimal" autocomplete="off" maxlength="12" '
        f'value="{escape(reader.entered(name))}">'
    )


def line(reader: Reader, name: str, title: str, hint: str = "") -> str:
    """A field for one line of text."""
    told = f'<p class="hint">{reader.say(hint)}</p>' if hint else ""
    return (
        f'<label for="{name}">{reader.say(title)}</label>{told}<input id="{name}" name="{name}" '
        f'maxlength="200" autocomplete="off" value="{escape(reader.entered(name))}">'
    )


def text(reader: Reader, name: str, title: str) -> str:
    """A field for words of one's own."""
    return (
        f'<label for="{name}">{reader.say(title)}</label><textarea id="{name}" name="{name}" '
        f'rows="5" maxlength="4000">{escape(reader.entered(name))}</textarea>'
    )


def select(reader: Reader, name: str, title: str, offered: Iterable[tuple[str, str]]) -> str:
    """A list to choose from; labels are HTML already."""
    chosen = reader.entered(name)
    rows = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{label}</option>'
        for value, label in offered
    )
    return (
        f'<label for="{name}">{reader.say(title)}</label><select id="{name}" name="{name}">'
        f'<option value="">{reader.say(CHOOSE)}</option>{rows}</select>'
    )


def photos(reader: Reader) -> str:
    """Photos or papers to send along."""
    title = reader.say(N_("Photos or a payslip, if you have any"))
    hint = reader.say(
        N_("At most 5 files of 10 MB: JPG, PNG or PDF. Where and when it was taken is erased.")
    )
    return (
        f'<label for="photos">{title}</label><p class="hint">{hint}</p><input id="photos" '
        'type="file" name="photos" multiple accept="image/jpeg,image/png,application/pdf">'
    )


def names(kind: type[Choice], members: Iterable[Choice], reader: Reader) -> list[tuple[str, str]]:
    """Values and names of an enum's members, in the reader's language."""
    return [(one.value, reader.show(Term(kind.__name__, one.value))) for one in members]


def one_of(reader: Reader, name: str, kind: type[Choice]) -> Choice | None:
    """The chosen member; None where nothing, or nothing that is offered, was chosen."""
    entered = reader.entered(name)
    return kind(entered) if entered in set(kind) else None


def figure(reader: Reader, name: str) -> Decimal | None:
    """An amount as it was typed, with a comma or a point; InvalidInput where it is no number."""
    typed = reader.entered(name).replace(" ", "").replace("\xa0", "")
    if not typed:
        return None
    try:
        value = Decimal(typed.replace(",", "."))
    except InvalidOperation:
        raise InvalidInput(NO_FIGURE, typed=typed[:20]) from None
    if not value.is_finite():
        raise InvalidInput(NO_FIGURE, typed=typed[:20])
    return value


def notice(kind: str, what: str, why: str) -> str:
    """A card at the top: what came of the form; both parts are HTML already."""
    role = "status" if kind == "good" else "alert"
    return f'<div class="card {kind}" role="{role}"><strong>{what}</strong><p>{why}</p></div>'
