"""Job titles in the one form in which they are compared."""

from __future__ import annotations

import re
import unicodedata

_GENDER_MARK = re.compile(r"[(\[]?\b[mwfdxhkvižn](?:\s*[/|*,]\s*(?:[mwfdxhkvižn]|gn|div)\b)+[)\]]?")
_GENDER_ENDING = re.compile(
    r"(?<=\w{3})(?:[/*:_]\s*-?|\(-?)(?:in|innen|frau|e|euse|rice|a|ka)\b\)?"
)
_PAIR = re.compile(r"(\w[\w-]*)\s*/\s*(\w[\w-]*)")
_INVERTED = re.compile(r"([^,]+),\s*([^,]+)")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+")


def normalise_title(text: str) -> str:
    """One form for titles: letter case, "(m/w/d)", pairs "x/y" of genders, "Technician, dental"."""
    plain = unicodedata.normalize("NFC", text).casefold()
    plain = _GENDER_MARK.sub(" ", plain)
    plain = _GENDER_ENDING.sub("", plain)
    plain = _PAIR.sub(_first_of_pair, plain)
    inverted = _INVERTED.fullmatch(plain.strip())
    if inverted and len(inverted[2].split()) <= 2:
        plain = f"{inverted[2]} {inverted[1]}"
    return " ".join(_WORD.findall(plain))


def _first_of_pair(pair: re.Match[str]) -> str:
    # "koch/köchin", "serveur/serveuse": the same word for a man and a woman.
    first, second = (_without_marks(word)[:4] for word in pair.groups())
    is_same_word = len(first) >= 3 and first[:3] == second[:3] and len(first) == len(second)
    return pair[1] if is_same_word else f"{pair[1]} {pair[2]}"


def _without_marks(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
