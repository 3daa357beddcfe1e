"""Pictures: really pictures, and nothing in them but the picture.

Cameras and phones write into a picture where and with what it was taken. All of that goes; the
dots stay as they are, unless the picture has to be turned upright.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from domain.enums import FileFormat
from domain.exceptions import UnusableFile
from services.official_documents.limits import Limits
from services.official_documents.refusals import DAMAGED, PIXELS

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

UPRIGHT = 1
ORIENTATION = 0x0112
_NAMES = {FileFormat.JPG: ("JPEG",), FileFormat.PNG: ("PNG",)}
_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD8)})
_PICTURE = frozenset({*range(0xC0, 0xD0), 0xDA, 0xDB, 0xDC, 0xDD}) - {0xC8}
"""Segments that describe the dots: tables, frames, scans."""
_PLAIN_JFIF = 16
"""Length of the header that carries no small copy of the picture."""


def clean_picture(content: bytes, form: FileFormat, limits: Limits) -> bytes:
    """The picture alone, upright; UnusableFile for what is none."""
    from PIL import Image

    try:
        turned = _turned(content, form, limits)
        cleaned = _jpg_dots(content) if turned is None else _packed(turned, form, limits)
        with Image.open(io.BytesIO(cleaned), formats=_NAMES[form]) as again:
            again.load()
        return cleaned
    except Image.DecompressionBombError as error:
        raise UnusableFile(PIXELS, pixels=">180", limit=limits.picture_pixels // 10**6) from error
    except (UnusableFile, MemoryError):
        raise
    except Exception as error:  # a parser of hostile files fails in any way it likes
        raise UnusableFile(DAMAGED) from error


def _turned(content: bytes, form: FileFormat, limits: Limits) -> Picture | None:
    """The checked picture where its dots must be written anew; None where they stay untouched."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(content), formats=_NAMES[form]) as header:
        pixels = header.width * header.height
        if pixels > limits.picture_pixels:
            millions = -(-pixels // 10**6)
            limit = limits.picture_pixels // 10**6
            raise UnusableFile(PIXELS, pixels=millions, limit=limit)
        header.verify()
    with Image.open(io.BytesIO(content), formats=_NAMES[form]) as picture:
        picture.load()
        if form is FileFormat.JPG and picture.getexif().get(ORIENTATION, UPRIGHT) == UPRIGHT:
            return None
        upright = ImageOps.exif_transpose(picture)
        return upright.copy() if upright is picture else upright


def _packed(picture: Picture, form: FileFormat, limits: Limits) -> bytes:
    """Written anew with its colour profile and nothing else."""
    profile = picture.info.get("icc_profile")
    transparent = picture.info.get("transparency") if form is FileFormat.PNG else None
    picture.info.clear()
    kept = {"icc_profile": profile, "transparency": transparent}
    options = {name: value for name, value in kept.items() if value is not None}
    written = io.BytesIO()
    if form is FileFormat.PNG:
        picture.save(written, "PNG", **options)
    else:
        picture.save(written, "JPEG", quality=limits.jpg_quality, subsampling=0, **options)
    return written.getvalue()


def _jpg_dots(content: bytes) -> bytes:
    """A JPEG's own segments one by one: what is not the picture is left out, its dots unchanged."""
    return b"\xff\xd8" + b"".join(_segments(content)) + b"\xff\xd9"


def _segments(content: bytes) -> Iterator[bytes]:
    at = 2
    while True:
        at = content.index(b"\xff", at)
        marker = content[at + 1]
        if marker in (0xFF, 0x00):
            at += 1
            continue
        if marker == _END:
            return
        if marker in _WITHOUT_LENGTH or marker == _START:
            at += 2
            continue
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4])
        if marker == _SCAN:
            end = _end_of_scan(content, end)
        segment = content[at:end]
        if marker in _PICTURE or _is_harmless(marker, segment):
            yield segment
        at = end


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the packed dots end: the next mark that is none of theirs."""
    while True:
        at = content.index(b"\xff", at)
        if content[at + 1] != 0 and content[at + 1] not in _WITHOUT_LENGTH:
            return at
        at += 2


def _is_harmless(marker: int, segment: bytes) -> bool:
    """Header without a small copy, colour profile, and how colours are stored."""
    return (
        (marker == 0xE0 and len(segment) == _PLAIN_JFIF + 2)
        or (marker == 0xE2 and segment[4:16] == b"ICC_PROFILE\0")
        or (marker == 0xEE and segment[4:9] == b"Adobe")
    )
