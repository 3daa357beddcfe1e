"""In which language a text is written: by its script, then by its frequent small words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from matching.texts.extraction.word_tables import LANGUAGES, rows

_WORD = re.compile(r"[^\W\d_]+")
_OWN_LETTERS = {"de": "äöüß", "pl": "ąćęłńóśźż", "uk": "іїєґ", "ru": "ыэё", "bg": "ъ"}


def detect_language(text: str) -> str | None:
    """One of the languages that can be read; None where it is another one, or too little."""
    words = _WORD.findall(text.casefold())
    letters = Counter(_script(word[0]) for word in words)
    if not letters:
        return None
    script = letters.most_common(1)[0][0]
    if script == "georgian":
        return "ka"
    counts = Counter(words)
    scores = {lang: _score(counts, lang, script) for lang in _small_words()}
    best = max(scores, key=lambda lang: scores[lang])
    if not scores[best]:
        return {"cyrillic": "ru"}.get(script) if len(words) < 8 else None
    return best if best in LANGUAGES else None


def _score(counts: Counter[str], lang: str, script: str) -> float:
    is_cyrillic = lang in {"ru", "uk", "bg"}
    if script == "other" or (script == "cyrillic") != is_cyrillic:
        return 0.0
    small = sum(counts[word] for word in _small_words()[lang])
    own = sum(n for word, n in counts.items() if set(word) & set(_OWN_LETTERS.get(lang, "")))
    return small + own


def _script(letter: str) -> str:
    if "ა" <= letter <= "ჿ" or "Ა" <= letter <= "Ჿ":
        return "georgian"
    if "Ѐ" <= letter <= "ӿ":
        return "cyrillic"
    return "latin" if letter < "ɐ" else "other"


@cache
def _small_words() -> dict[str, frozenset[str]]:
    return {
        row["lang"]: frozenset(row["words"].split("|")) for row in rows("languages_of_texts.csv")
    }
