"""Scans of papers signed by hand: told from their content, whatever their name says."""

from __future__ import annotations

import io

from PIL import Image
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from domain.enums import FileFormat
from domain.exceptions import UnusableFile
from domain.texts import N_

WRONG_KIND = N_("This is no PDF, JPG or PNG file, whatever its name says. Scan the paper again.")
BEGINNINGS = {
    b"%PDF-": FileFormat.PDF,
    b"\xff\xd8\xff": FileFormat.JPG,
    b"\x89PNG\r\n\x1a\n": FileFormat.PNG,
}
LARGEST_PICTURE = 60_000_000
"""In pixels: a sheet of A3 at 400 dots an inch has 31 million."""


def scan_format(content: bytes, *, bytes_max: int) -> FileFormat:
    """Which of the three formats it is; UnusableFile when it is none, damaged or too large."""
    if len(content) > bytes_max:
        raise UnusableFile(
            N_("The scan is larger than {size} MB. Scan it with fewer dots."),
            size=bytes_max // 1024 // 1024,
        )
    for beginning, form in BEGINNINGS.items():
        if content.startswith(beginning):
            readable = _is_pdf(content) if form is FileFormat.PDF else _is_picture(content, form)
            if readable:
                return form
            raise UnusableFile(N_("The file is damaged or locked. Scan the paper again."))
    raise UnusableFile(WRONG_KIND)


def _is_pdf(content: bytes) -> bool:
    try:
        reader = PdfReader(io.BytesIO(content))
        return not reader.is_encrypted and len(reader.pages) > 0
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False


def _is_picture(content: bytes, form: FileFormat) -> bool:
    names = {FileFormat.JPG: "JPEG", FileFormat.PNG: "PNG"}
    try:
        with Image.open(io.BytesIO(content), formats=[names[form]]) as picture:
            if picture.width * picture.height > LARGEST_PICTURE:
                return False
            picture.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    return True
