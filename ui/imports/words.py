"""What columns and encodings are called on the screen."""

from __future__ import annotations

from domain.enums import ImportKind
from domain.texts import N_
from services.importing.columns import COLUMNS
from ui.language import _

ENCODINGS = {
    "acadnusx": N_("Georgian typed with Latin keys (AcadNusx)"),
    "georgian-academy": N_("Georgian, 8-bit (Georgian Academy)"),
    "cp1250": N_("Central European (cp1250)"),
    "cp1251": N_("Cyrillic (cp1251)"),
    "cp1252": N_("Western European (cp1252)"),
    "cp1253": N_("Greek (cp1253)"),
    "cp1257": N_("Baltic (cp1257)"),
}


def encoding_name(name: str) -> str:
    """For people; Unicode encodings leave the text as it stands."""
    return _(ENCODINGS[name]) if name in ENCODINGS else _("as it stands ({name})").format(name=name)


def column_label(kind: ImportKind, name: str) -> str:
    """Our column in the reader's language."""
    return next((_(column.label) for column in COLUMNS[kind] if column.name == name), name)


def column_names(kind: ImportKind, names: tuple[str, ...]) -> str:
    """Several of our columns, for a sentence."""
    return ", ".join(column_label(kind, name) for name in names)
