"""Inputs that officers meet everywhere: dates, and codes chosen by their names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

import streamlit as st
from babel import Locale

from domain.texts import Term
from domain.values import NO_LICENCE
from services import texts
from services.reference import reference
from ui.language import _, by_name, label, language

E = TypeVar("E", bound=StrEnum)
EARLIEST, LATEST = date(1926, 1, 1), date(2099, 12, 31)


def date_input(
    title: str,
    value: date | None = None,
    *,
    key: str,
    earliest: date = EARLIEST,
    latest: date = LATEST,
    **options: Any,
) -> date | None:
    """A date as DD.MM.YYYY; empty means not stated."""
    return st.date_input(
        title,
        value,
        key=key,
        min_value=earliest,
        max_value=latest,
        format="DD.MM.YYYY",
        **options,
    )


def named(kind: str) -> Callable[[str], str]:
    """The names of codes in the language of this run, also when asked later and elsewhere."""
    lang = language()
    return lambda code: texts.term(Term(kind, code), lang)


def choose(
    title: str,
    codes: Iterable[str],
    kind: str,
    *,
    key: str,
    value: str | None = None,
    show: Callable[[str], str] | None = None,
    ordered: bool = False,
    **options: Any,
) -> str | None:
    """One code of a kind of Term, by name in the reader's language; empty means not stated.

    `ordered` keeps the order of the codes (levels, education) instead of sorting by name.
    """
    offered = list(codes) if ordered else by_name(codes, kind)
    if value is not None and value not in offered:
        offered.append(value)
    return st.selectbox(
        title,
        offered,
        index=offered.index(value) if value is not None else None,
        format_func=show or named(kind),
        key=key,
        placeholder=options.pop("placeholder", None) or _("choose or type"),
        **options,
    )


def choose_several(
    title: str,
    codes: Iterable[str],
    kind: str,
    *,
    key: str,
    value: Sequence[str] = (),
    show: Callable[[str], str] | None = None,
    ordered: bool = False,
    **options: Any,
) -> list[str]:
    """Several codes of a kind of Term, by name in the reader's language."""
    offered = list(codes) if ordered else by_name(codes, kind)
    offered += [code for code in value if code not in offered]
    return st.multiselect(
        title,
        offered,
        default=list(value),
        format_func=show or named(kind),
        key=key,
        placeholder=options.pop("placeholder", None) or _("choose or type"),
        select_all=False,
        **options,
    )


def choose_member(
    title: str, members: Iterable[E], *, key: str, value: E | None = None, **options: Any
) -> E | None:
    """One member of a closed list, by its label, in the list's own order."""
    offered = list(members)
    labels = {member: label(member) for member in offered}
    return st.selectbox(
        title,
        offered,
        index=offered.index(value) if value is not None else None,
        format_func=lambda member: labels[member],
        key=key,
        placeholder=options.pop("placeholder", None) or _("choose"),
        **options,
    )


def country_codes() -> list[str]:
    """ISO 3166-1 alpha-2 codes of the countries that have a name."""
    codes = [str(code) for code in Locale("en").territories]
    return [code for code in codes if len(code) == 2 and code not in NO_COUNTRY]


NO_COUNTRY = frozenset({"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB"})


def country(title: str, *, key: str, value: str | None = None, **options: Any) -> str | None:
    """One country."""
    return choose(title, country_codes(), "country", key=key, value=value, **options)


def countries(title: str, *, key: str, value: Sequence[str] = (), **options: Any) -> list[str]:
    """Several countries."""
    return choose_several(title, country_codes(), "country", key=key, value=value, **options)


def spoken_language(
    title: str, *, key: str, value: str | None = None, **options: Any
) -> str | None:
    """One language that people speak; the frequent ones first."""
    codes = reference().languages
    return choose(title, codes, "language", key=key, value=value, ordered=True, **options)


def occupation_text(code: str) -> str:
    """ "9211 · Crop farm labourers", in the language of this run."""
    return occupation_texts()(code)


def occupation_texts() -> Callable[[str], str]:
    """As `occupation_text`, for options: found by typing the code or the title."""
    title = named("occupation")
    return lambda code: f"{code} · {title(code)}"


def occupation(title: str, *, key: str, value: str | None = None, **options: Any) -> str | None:
    """One ISCO-08 unit group, searched by code and title."""
    return choose(
        title,
        reference().unit_groups(),
        "occupation",
        key=key,
        value=value,
        show=occupation_texts(),
        ordered=True,
        placeholder=_("type a code or a title"),
        **options,
    )


def occupations(title: str, *, key: str, value: Sequence[str] = (), **options: Any) -> list[str]:
    """Several ISCO-08 unit groups, searched by code and title."""
    return choose_several(
        title,
        reference().unit_groups(),
        "occupation",
        key=key,
        value=value,
        show=occupation_texts(),
        ordered=True,
        placeholder=_("type a code or a title"),
        **options,
    )


def licences(title: str, *, key: str, value: Sequence[str] = (), **options: Any) -> list[str]:
    """Several driving licences and certificates."""
    codes = [code for code in reference().names.get("licence", {}) if code != NO_LICENCE]
    return choose_several(title, codes, "licence", key=key, value=value, ordered=True, **options)


def region(title: str, *, key: str, value: str | None = None, **options: Any) -> str | None:
    """One region of Georgia."""
    codes = reference().names.get("region", {})
    return choose(title, codes, "region", key=key, value=value, **options)


def municipality(
    title: str, *, key: str, region: str | None = None, value: str | None = None, **options: Any
) -> str | None:
    """One municipality, of the region where one is given."""
    homes = reference().municipality_region
    codes = [code for code, home in homes.items() if region in (None, home)]
    value = value if value in codes else None
    return choose(title, codes, "municipality", key=key, value=value, **options)


def education(title: str, *, key: str, value: str | None = None, **options: Any) -> str | None:
    """One ISCED level, from low to high."""
    codes = reference().names.get("education", {})
    return choose(title, codes, "education", key=key, value=value, ordered=True, **options)


def currency(title: str, *, key: str, value: str | None = None, **options: Any) -> str | None:
    """One currency by code and name."""

    def text(code: str) -> str:
        return f"{code} · {Locale(language()).currencies.get(code, code)}"

    return choose(
        title, CURRENCIES, "currency", key=key, value=value, show=text, ordered=True, **options
    )


CURRENCIES = ("EUR", "GEL", "ILS", "BGN", "PLN", "RON", "CZK", "HUF", "GBP", "CHF", "USD", "TRY")
