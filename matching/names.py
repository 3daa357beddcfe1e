"""Names in Georgian and Latin script: romanising, and one search key for all spellings.

The national romanisation of 2002 marks ejectives with an apostrophe; passports leave it out, and
older papers spell the same letter in several ways. `fold` gives all of them one key.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

NATIONAL_2002 = {
    "ა": "a", "ბ": "b", "გ": "g", "დ": "d", "ე": "e", "ვ": "v", "ზ": "z", "თ": "t", "ი": "i",
    "კ": "k'", "ლ": "l", "მ": "m", "ნ": "n", "ო": "o", "პ": "p'", "ჟ": "zh", "რ": "r", "ს": "s",
    "ტ": "t'", "უ": "u", "ფ": "p", "ქ": "k", "ღ": "gh", "ყ": "q'", "შ": "sh", "ჩ": "ch",
    "ც": "ts", "ძ": "dz", "წ": "ts'", "ჭ": "ch'", "ხ": "kh", "ჯ": "j", "ჰ": "h",
}  # fmt: skip
"""The 33 letters in the national system of romanisation (2002)."""

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʻ`´′"), None)
_WITH_APOSTROPHES = str.maketrans(NATIONAL_2002)
_AS_IN_PASSPORT = str.maketrans({ka: lat.rstrip("'") for ka, lat in NATIONAL_2002.items()})
_FOREIGN_LETTERS = str.maketrans(
    {"š": "sh", "č": "ch", "ž": "zh", "ş": "sh", "ç": "ch", "ł": "l", "ı": "i", "ß": "ss", "æ": "e"}
)

# Applied in this order to lower-case Latin letters without marks. Longer spellings come first;
# the result keeps one letter for sounds that papers spell alike.
_SPELLINGS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"y['’‘ʼʻ`´′]", "k"),  # ყ written y'
        (r"['’‘ʼʻ`´′]", ""),
        (r"\by(?=i|[^aeiouy\W])", "k"),  # ყიფიანი as Yipiani, ყვარელი as Yvareli
        (r"\by(?=e)", ""),  # Yelena
        (r"y", "i"),
        (r"tch|tsch", "ch"),
        (r"dzh|dj|zh", "j"),  # ჯ, ჟ
        (r"ts|tz", "c"),  # ც, წ
        (r"ch", "%"),  # ჩ, ჭ
        (r"kh|x", "h"),  # ხ, ჰ
        (r"gh", "g"),
        (r"th", "t"),
        (r"ph|f", "p"),
        (r"ck|q", "k"),  # ყ, კ, ქ
        (r"sh", "$"),
        (r"w", "v"),
        (r"ou", "u"),
        (r"(.)\1+", r"\1"),
    )
)


def romanise(text: str, *, apostrophes: bool = False) -> str:
    """Write Georgian letters by the national system, as in passports or with its apostrophes."""
    return _small_letters(text).translate(_WITH_APOSTROPHES if apostrophes else _AS_IN_PASSPORT)


def romanise_name(text: str) -> str:
    """Suggest the Latin spelling of a Georgian name: as in a passport, with capitals."""
    latin = romanise(text.strip())
    return re.sub(r"(^|[\s\-])(\w)", lambda found: found[1] + found[2].upper(), latin)


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Return one search key for a name in Georgian script, romanised, or as in a passport."""
    latin = unicodedata.normalize("NFC", romanise(text)).casefold().translate(_FOREIGN_LETTERS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", latin) if not unicodedata.combining(c))
    for pattern, sound in _SPELLINGS:
        plain = pattern.sub(sound, plain)
    return " ".join(re.findall(r"[\w%$]+", plain))


def _small_letters(text: str) -> str:
    """Turn the Mtavruli capitals that some keyboards produce into ordinary letters."""
    return "".join(c.lower() if "Ა" <= c <= "Ჿ" else c for c in text)
