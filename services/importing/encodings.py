"""Letters: which encoding a file is in, and Georgian that was typed with Latin keys.

Unicode is read as it is. Anything else is a suggestion that a person confirms, because a wrong
guess turns every name into another one without an error.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from domain.exceptions import EncodingToConfirm, UnusableFile
from domain.texts import N_
from services.importing.refusals import ZERO_BYTES
from services.importing.table import Row, Table

ACADNUSX = "acadnusx"
GEORGIAN_ACADEMY = "georgian-academy"
UNICODE = ("utf-8", "utf-16-le", "utf-16-be", "utf-32")
EIGHT_BIT = ("cp1251", GEORGIAN_ACADEMY, "cp1252", "cp1257", "cp1250", "cp1253")
OFFERED = (*UNICODE, *EIGHT_BIT, ACADNUSX)

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000
_WORD = re.compile(r"[^\W\d_]+")
_ALPHABET = "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ"
_KEYS = "abgdevzTiklmnopJrstufqRySCcZwWxjh"
_FROM_KEYS = str.maketrans(_KEYS, _ALPHABET)
_NOT_KEYS = frozenset("ABDEFGHIKLMNOPQUVXY")
_TELLING = re.compile(r"[a-z][TJRSCZW]|[xwqyj]|c(?!h)")


def normal_name(encoding: str) -> str:
    """The offered encoding meant by a name such as "CP1251"; UnusableFile for any other."""
    name = encoding.strip().lower().replace("_", "-")
    name = {"utf8": "utf-8", "utf-8-sig": "utf-8", "windows-1251": "cp1251"}.get(name, name)
    name = name.replace("windows-", "cp")
    if name not in (*OFFERED, "utf-16"):
        raise UnusableFile(
            N_("Files can't be read as “{encoding}”. Possible are: {offered}."),
            encoding=encoding,
            offered=OFFERED,
        )
    return name


def decode(content: bytes, encoding: str | None) -> tuple[str, str]:
    """The text and the encoding it was read in; EncodingToConfirm unless that is certain."""
    name = normal_name(encoding) if encoding else None
    if name in EIGHT_BIT:
        return _eight_bit(content, name), name
    for mark, marked in _MARKS:
        if content.startswith(mark):
            return _strictly(content, "utf-8-sig" if marked == "utf-8" else marked), marked
    if name not in (None, "utf-8", ACADNUSX):
        return _strictly(content, name), name
    if b"\0" in content:
        return _without_mark(content)
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if name:
            raise _not_in(name) from error
        raise _to_confirm(content) from error


def _strictly(content: bytes, name: str) -> str:
    try:
        return content.decode(name)
    except UnicodeError as error:
        raise _not_in(name) from error


def _not_in(name: str) -> UnusableFile:
    text = N_("The file can't be read as {encoding}: it is damaged or in another encoding.")
    return UnusableFile(text, encoding=name.removesuffix("-sig"))


def _without_mark(content: bytes) -> tuple[str, str]:
    """UTF-16 without its mark: half the bytes of separators and Latin letters are zero."""
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        known = sum(c < "\u0600" or "\u10a0" <= c <= "\u20bf" for c in text[:_SAMPLE])
        if "\0" not in text and known >= 0.98 * len(text[:_SAMPLE]) and re.search("[,;\t\n]", text):
            return text, name
    raise UnusableFile(ZERO_BYTES)


def _eight_bit(content: bytes, name: str) -> str:
    if name != GEORGIAN_ACADEMY:
        return content.decode(name, errors="replace")
    return "".join(
        chr(byte - 0xC0 + 0x10D0) if 0xC0 <= byte <= 0xE6 else chr(byte) for byte in content
    )


def _to_confirm(content: bytes) -> EncodingToConfirm:
    ranked = suggestions(content)
    return EncodingToConfirm(
        N_(
            "The file is not in Unicode; it looks like {encoding}. Confirm how its letters are to "
            "be read, or save it as “CSV UTF-8”."
        ),
        {name: _telling_words(_eight_bit(content[:_SAMPLE], name)) for name in ranked},
        encoding=ranked[0],
    )


def suggestions(content: bytes) -> list[str]:
    """The 8-bit encodings, the likeliest first."""
    # Cut between lines: half a word would speak for the wrong one.
    sample = content[:_SAMPLE]
    scores = {name: _plausibility(_eight_bit(sample, name)) for name in EIGHT_BIT}
    best = max(scores.values())
    tied = [name for name in EIGHT_BIT if scores[name] >= best - 0.02]
    if len(tied) > 1 and (preferred := _by_language(sample, tied)):
        tied.insert(0, tied.pop(tied.index(preferred)))
    return [*tied, *sorted((n for n in EIGHT_BIT if n not in tied), key=lambda n: -scores[n])]


def _by_language(sample: bytes, names: Sequence[str]) -> str | None:
    from charset_normalizer import from_bytes

    known = [name for name in names if name != GEORGIAN_ACADEMY]
    best = from_bytes(sample[:20_000], cp_isolation=known).best() if known else None
    if best is None:
        return None
    # Related encodings often read a text alike: then the more usual one is named.
    reading = sample.decode(best.encoding, errors="replace")
    return next((n for n in known if sample.decode(n, errors="replace") == reading), None)


def _plausibility(text: str) -> float:
    """The share of words with other than ASCII letters that look like words of one language."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    garbage = sum(unicodedata.category(c) in {"Cc", "Co", "Cn"} or c == "\ufffd" for c in text)
    garbage -= sum(map(text.count, "\n\r\t"))
    # Georgian read as Cyrillic is all capitals: such words count half.
    found = sum(_is_word(w) * (0.5 if w.isupper() and w[0] > "\u0250" else 1) for w in words)
    return found / (len(words) + garbage) if words else 0.0


def _is_word(word: str) -> bool:
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in word}
    if len(scripts) > 1 or not (word.islower() or word.istitle() or word.isupper()):
        return scripts == {"GEORGIAN"} and any(c in "აეიოუ" for c in word)
    if scripts == {"LATIN"}:
        return sum(not c.isascii() for c in word) * 2 <= len(word)
    return scripts <= {"CYRILLIC", "GREEK", "GEORGIAN"} and (len(word) > 1 or word.islower())


def _telling_words(text: str) -> str:
    words = dict.fromkeys(w for w in _WORD.findall(text) if not w.isascii() and len(w) > 2)
    return " ".join(list(words)[:8])


def with_georgian_confirmed(read: Table, encoding: str | None) -> Table:
    """The table with Georgian letters where it was typed with Latin keys, if that is confirmed.

    EncodingToConfirm when some column looks like it and nobody has said yes or no.
    """
    name = normal_name(encoding) if encoding else None
    if name not in (None, ACADNUSX):
        return read
    columns = list(zip(*(row.cells for row in read.rows if row.problem is None), strict=True))
    loosely = name == ACADNUSX
    found = [at for at, cells in enumerate(columns) if typed_with_latin_keys(cells, loosely)]
    if name is None and found:
        raise _georgian_to_confirm(read, columns[found[0]], found)
    if not found:
        return read
    return replace(read, rows=tuple(_converted(row, found) for row in read.rows), encoding=ACADNUSX)


def _georgian_to_confirm(
    read: Table, cells: Sequence[str], found: Sequence[int]
) -> EncodingToConfirm:
    some = list(dict.fromkeys(cell for cell in cells if cell))[:5]
    return EncodingToConfirm(
        N_(
            "{columns}: this looks like Georgian typed with Latin keys (AcadNusx). Confirm whether "
            "it is to be read as Georgian or left as it stands."
        ),
        {
            ACADNUSX: ", ".join(text.translate(_FROM_KEYS) for text in some),
            read.encoding: ", ".join(some),
        },
        columns=tuple(read.headers[at] for at in found),
    )


def typed_with_latin_keys(cells: Iterable[str], loosely: bool = False) -> bool:
    """Whether a column of names or titles is Georgian in the AcadNusx key layout.

    Such words have no capitals but the keys T, J, R, S, C, Z, W, use the keys x, w, q, y, j, c
    freely and end in a vowel. `loosely` once the file is known to be of this kind.
    """
    texts = {cell for cell in cells if cell and len(cell) <= 60}
    words = {w for text in texts for w in _WORD.findall(text) if len(w) > 2}
    capital = [word for word in words if re.search("[a-z][TJRSCZW]", word)]
    # A capital within a word tells more than many words without one: few rows are enough.
    least = 1 if loosely else 3 if capital else 5
    if len(words) < least or not all(text.isascii() for text in texts):
        return False
    if any(mark in text for text in texts for mark in "@:/;"):
        return False
    georgian = [word for word in words if not _NOT_KEYS & set(word)]
    vowels = [word for word in georgian if word[-1] in "aeiou"]
    telling = [word for word in georgian if _TELLING.search(word)]
    if len(georgian) < 0.9 * len(words) or len(vowels) < (0.6 if loosely else 0.8) * len(words):
        return False
    return loosely or bool(capital) or len(telling) >= 0.25 * len(words)


def _converted(row: Row, columns: Sequence[int]) -> Row:
    cells = list(row.cells)
    for at in columns:
        cells[at] = cells[at].translate(_FROM_KEYS)
    return replace(row, cells=tuple(cells))
