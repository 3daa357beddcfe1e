"""Mappings: proposed by the similarity of names, read from YAML, applied row by row."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz import fuzz

from domain.enums import ImportKind
from domain.exceptions import UnusableFile
from domain.records.imports import ColumnRule, ImportMapping
from domain.texts import N_, Sentence
from services.importing.columns import COLUMNS, TargetColumn, names
from services.importing.limits import limits
from services.incoming_files.plain import read_plain
from services.texts import translate

BUILT_IN = Path(__file__).parents[2] / "sample_data" / "mappings"
_OPTIONS = {
    "from": "sources",
    "constant": "constant",
    "join": "joined_by",
    "split": "split_by",
    "part": "part",
    "date_format": "date_format",
    "values": "values",
    "otherwise": "otherwise",
}
_WORDS = re.compile(r"[\W_]+")


def propose_mapping(
    kind: ImportKind, headers: Sequence[str], known: Iterable[ImportMapping] = ()
) -> ImportMapping:
    """The saved mapping that the file fits, else the columns whose names are alike."""
    present = frozenset(headers)
    fitting = [m for m in known if m.kind is kind and m.sources() and m.sources() <= present]
    own = _by_similarity(kind, headers)
    if fitting:
        best = max(fitting, key=lambda mapping: len(mapping.sources()))
        exact = sum(rule.sources == (rule.target,) for rule in own.rules)
        if exact < len(best.sources()):
            return best
    return own


def _by_similarity(kind: ImportKind, headers: Sequence[str]) -> ImportMapping:
    pairs = sorted(
        (
            (-similarity(column, header), place, at)
            for place, column in enumerate(COLUMNS[kind])
            for at, header in enumerate(headers)
            if header
        ),
    )
    found: dict[int, int] = {}
    for score, place, at in pairs:
        if (
            -score >= limits().mapping_similarity
            and place not in found
            and at not in found.values()
        ):
            found[place] = at
    rules = tuple(
        ColumnRule(column.name, (headers[found[place]],))
        for place, column in enumerate(COLUMNS[kind])
        if place in found
    )
    return ImportMapping(kind, rules)


def similarity(column: TargetColumn, header: str) -> float:
    """0–100: how much a file's column name is like ours, in any of the names ours has."""
    if header == column.name:
        return 101.0  # before every other spelling of the same words
    wanted = _plain(header)
    own = (column.name, column.label, translate(column.label, "ka"))
    best = max(_alike(wanted, _plain(name)) for name in own)
    # A further name is a weaker claim: `region` is ours before it is somebody's town.
    return max([best, *(0.98 * _alike(wanted, _plain(name)) for name in column.aliases)])


def _plain(name: str) -> str:
    return " ".join(_WORDS.split(name.casefold())).strip()


def _alike(first: str, second: str) -> float:
    return max(fuzz.ratio(first, second), 0.99 * fuzz.token_sort_ratio(first, second))


def to_plain(mapping: ImportMapping) -> dict[str, Any]:
    """The mapping in JSON's and YAML's own types."""
    columns: dict[str, Any] = {}
    for rule in mapping.rules:
        default = ColumnRule(rule.target)
        options: dict[str, Any] = {}
        for option, attribute in _OPTIONS.items():
            value = getattr(rule, attribute)
            if value != getattr(default, attribute):
                options[option] = list(value) if isinstance(value, tuple) else value
        columns[rule.target] = options
    return {"kind": mapping.kind.value, "name": mapping.name, "columns": columns}


def from_plain(stored: object, kind: ImportKind | None = None) -> ImportMapping:
    """The mapping that `to_plain` wrote or a person did; UnusableFile names what is wrong."""
    if not isinstance(stored, Mapping) or not isinstance(stored.get("columns"), Mapping):
        raise UnusableFile(
            N_("The mapping needs the entries “kind” and “columns”; see the example of the manual.")
        )
    try:
        found_kind = ImportKind(str(stored.get("kind")))
    except ValueError as error:
        raise UnusableFile(
            N_("The mapping says kind “{kind}”; possible are: {offered}."),
            kind=str(stored.get("kind")),
            offered=tuple(member.value for member in ImportKind),
        ) from error
    if kind is not None and found_kind is not kind:
        text = N_("The mapping is for {found}, the file is to be imported as {wanted}.")
        raise UnusableFile(text, found=found_kind.value, wanted=kind.value)
    rules = tuple(
        _rule(found_kind, str(target), options) for target, options in stored["columns"].items()
    )
    name = stored.get("name")
    return ImportMapping(found_kind, rules, str(name) if name else None)


def _rule(kind: ImportKind, target: str, options: object) -> ColumnRule:
    if target not in names(kind):
        text = N_("The mapping fills the column “{column}”, which is not one of ours: {offered}.")
        raise UnusableFile(text, column=target, offered=names(kind))
    if isinstance(options, str):
        options = {"from": options}
    if not isinstance(options, Mapping) or not set(options) <= set(_OPTIONS):
        text = N_("“{column}” in the mapping: possible are {offered}.")
        raise UnusableFile(text, column=target, offered=tuple(_OPTIONS))
    if "from" not in options and "constant" not in options:
        text = N_("“{column}” in the mapping needs “from” (a column) or “constant” (a value).")
        raise UnusableFile(text, column=target)
    found: dict[str, Any] = {_OPTIONS[o]: v for o, v in options.items() if v is not None}
    sources = found.pop("sources", ())
    part, values = found.pop("part", 1), found.pop("values", {})
    if not isinstance(part, int) or part == 0 or not isinstance(values, Mapping):
        raise UnusableFile(
            N_("“{column}” in the mapping: “part” is a number from 1, “values” a list of pairs."),
            column=target,
        )
    return ColumnRule(
        target,
        (sources,) if isinstance(sources, str) else tuple(map(str, sources)),
        part=part,
        values={str(before): str(after) for before, after in values.items()},
        **{name: str(value) for name, value in found.items()},
    )


def from_file(content: bytes, kind: ImportKind) -> ImportMapping:
    """A mapping file; UnusableFile says what is wrong with it."""
    return from_plain(read_plain(content), kind)


@cache
def built_in_mappings() -> tuple[ImportMapping, ...]:
    """The mappings that come with the project, for files it was made for."""
    return tuple(
        from_plain(yaml.safe_load(path.read_text("utf-8")))
        for path in sorted(BUILT_IN.glob("*.yaml"))
    )


def fingerprint(mapping: ImportMapping) -> str:
    """The same for mappings that read a file alike, whatever their names."""
    plain = to_plain(mapping) | {"name": None}
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def check_fits(mapping: ImportMapping, headers: Sequence[str]) -> None:
    """UnusableFile unless the file has every column that the mapping uses."""
    missing = sorted(mapping.sources() - set(headers))
    if missing:
        raise UnusableFile(
            N_("The mapping uses columns that the file does not have: {columns}."),
            columns=tuple(missing),
        )


def apply_rule(rule: ColumnRule, cells: Mapping[str, str]) -> str:
    """The text that our column gets from a row of the file."""
    if not rule.sources:
        return rule.constant or ""
    text = rule.joined_by.join(cells[source] for source in rule.sources if cells[source])
    if rule.split_by and text:
        parts = text.split(rule.split_by)
        at = rule.part - 1 if rule.part > 0 else len(parts) + rule.part
        text = parts[at].strip() if 0 <= at < len(parts) else ""
    if rule.date_format and text:
        text = _iso(text, rule.date_format)
    if rule.values:
        folded = {before.casefold(): after for before, after in rule.values.items()}
        text = folded.get(text.casefold(), text)
    return text or rule.otherwise or ""


def _iso(text: str, date_format: str) -> str:
    try:
        # Only the day counts: no time zone can change it.
        return datetime.strptime(text, date_format).date().isoformat()  # noqa: DTZ007
    except ValueError:
        return text  # the parser of the cell says what is expected


def notices_of(mapping: ImportMapping, headers: Sequence[str]) -> list[Sentence]:
    """What an officer should know about how the file is read."""
    found = [
        Sentence(
            N_("“{column}” is not in the file: every row gets “{value}”."),
            {"column": Sentence(_label(mapping.kind, rule.target)), "value": rule.constant},
        )
        for rule in mapping.rules
        if not rule.sources and rule.constant
    ]
    unused = [header for header in headers if header and header not in mapping.sources()]
    if unused:
        text = N_("Columns of the file that are not imported: {columns}.")
        found.append(Sentence(text, {"columns": tuple(unused)}))
    return found


def _label(kind: ImportKind, target: str) -> str:
    return next(column.label for column in COLUMNS[kind] if column.name == target)
