"""Official documents and their files."""

from __future__ import annotations

from enum import StrEnum


class OfficialDocumentKind(StrEnum):
    """What an official document is."""

    MINUTES = "minutes"
    LETTER = "letter"
    ORDER = "order"
    OTHER = "other"


class OfficialDocumentStatus(StrEnum):
    """Where an official document stands; a changed file starts its route again."""

    DRAFT = "draft"
    IN_ROUTE = "in_route"
    RETURNED = "returned"
    SIGNED = "signed"
    VOID = "void"


class FileFormat(StrEnum):
    """Kinds of file that official documents and attachments come in."""

    PDF = "pdf"
    DOCX = "docx"
    JPG = "jpg"
    PNG = "png"
    CSV = "csv"
    JSON = "json"
    ZIP = "zip"
