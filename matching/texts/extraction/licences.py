"""Driving licences and certificates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.enums import RequirementKind
from matching.texts.extraction.clauses import Clause, clauses, kind_near
from matching.texts.extraction.findings import Certainty, LicenceFound, Span
from matching.texts.extraction.word_tables import licence_words, named_languages, words

_LATIN = str.maketrans("АВСЕТМбвсет", "ABCETMbbcet")  # Cyrillic look-alikes
_CATEGORY = (
    r"(?:AM|A1|A2|B1|BE|B\+E|C1E|C1\+E|C1|CE|C\+E|D1|DE|D\+E"
    r"|АМ|А1|А2|ВЕ|В\+Е|С1Е|СЕ|С\+Е|С1|[ABCDTАВСДТ])"
)
_JOIN = r"(?:\s?(?:,|/|\+|&|i|oraz|lub|und|oder|and|or|и|или|და|ან)\s?)"
_DRIVING = {
    "en": r"driv(?:ing|er['’]?s?)[ -]licen[cs]e|licen[cs]e categor\w+|driving category",
    "de": r"(?:pkw-?|lkw-?)?führerschein\w*|fahrerlaubnis\w*|fuehrerschein\w*",
    "pl": r"praw[aeo]\w* jazdy",
    "ka": r"მართვის მოწმობ\w*|მართვის უფლებ\w*|მართვის ლიცენზი\w*",
    "ru": (
        r"водительск\w+ (?:удостоверени\w+|прав\w*)"
        r"|прав[аоы]?\w{0,2}(?=\s+(?:кат|[«\"(]?[А-ЯA-Z]))|\bв/у\b"
    ),
}
_BETWEEN = (
    r"(?:[\s:,(«\"–-]|der|klassen?|kl\.|kategor\w+|kat\.?(?!\w)|categor(?:y|ies)|cat\.|class(?:es)?|min\.|mindestens"
    r"|категори\w+|кат\.?(?!\w)|კატეგორი\w*|კატ\.|type|of|with|the)*"
)
_BEFORE = re.compile(
    rf"(?<!\w)(?P<categories>{_CATEGORY}(?:{_JOIN}{_CATEGORY})*)[»\")]?[\s-]*"
    r"(?:კატეგორი\w*\s+)?(?P<word>(?:category |class )?driv(?:ing|er['’]?s?)[ -]licen[cs]e"
    r"|მართვის მოწმობ\w*|მართვის უფლებ\w*|führerschein\w*)",
    re.IGNORECASE,
)
_BY_VEHICLE = (("pkw", "B"), ("lkw", "C"))


def find_licences(text: str, lang: str) -> tuple[LicenceFound, ...]:
    """Licences named in a text, each once; none that is not needed."""
    best: dict[str, LicenceFound] = {}
    for clause in clauses(text, lang):
        for found in (*_driving(clause, lang), *_certificates(clause, lang)):
            known = best.get(found.licence)
            if known is None or (known.certainty, found.certainty) == (
                Certainty.LIKELY,
                Certainty.NAMED,
            ):
                best[found.licence] = found
    return tuple(sorted(best.values(), key=lambda found: (found.span, found.licence)))


def _driving(clause: Clause, lang: str) -> Iterator[LicenceFound]:
    text = clause.text
    word = re.compile(rf"(?<!\w)(?:{_DRIVING[lang]})", re.IGNORECASE)
    for match in word.finditer(text):
        after = re.compile(
            rf"{_BETWEEN}(?P<categories>(?-i:{_CATEGORY})(?:{_JOIN}(?-i:{_CATEGORY}))*)(?![\w+])",
            re.IGNORECASE,
        ).match(text, match.end())
        before = _category_before(text, match)
        if after:
            named, span = after["categories"], (match.start(), after.end())
        elif before:
            named, span = before
        else:
            yield from _bare(clause, match, lang)
            continue
        for code in _codes(named):
            yield from _found(clause, code, span, Certainty.NAMED, lang)


def _category_before(text: str, word: re.Match[str]) -> tuple[str, tuple[int, int]] | None:
    for match in _BEFORE.finditer(text):
        if match.start("word") <= word.start() < match.end("word"):
            named = match["categories"]
            # "a driving licence": the article is no category.
            if named.isupper():
                return named, (match.start(), word.end())
    return None


def _bare(clause: Clause, match: re.Match[str], lang: str) -> Iterator[LicenceFound]:
    """Without a category: most likely for a car, or for what the word says."""
    if lang == "ru" and not match[0].casefold().startswith(("вод", "в/у")):
        return
    word = match[0].casefold()
    code = next((code for vehicle, code in _BY_VEHICLE if vehicle in word), "B")
    yield from _found(clause, code, match.span(), Certainty.LIKELY, lang)


def _codes(named: str) -> Iterator[str]:
    for part in re.findall(rf"(?<!\w){_CATEGORY}(?![\w+])", named):
        yield part.translate(_LATIN).replace("Д", "D").upper().replace("+", "")


def _certificates(clause: Clause, lang: str) -> Iterator[LicenceFound]:
    for code, forms in licence_words(lang):
        for match in forms.finditer(clause.text):
            yield from _found(clause, code, match.span(), Certainty.NAMED, lang)
    yield from _welding(clause, lang)


_WELDING = re.compile(
    r"\b(?P<number>111|114|131|135|136|138|141|311)\b"
    r"|\b(?P<name>TIG|WIG|MIG|MAG|MMA|FCAW|GTAW|SMAW)\b",
    re.IGNORECASE,
)
_WELDING_WORD = re.compile(r"weld|schwei[ßs]|spaw|სვარ|შედუღ|შემდუღ|свар", re.IGNORECASE)
_CERTIFICATE_WORD = re.compile(
    r"certif|zertif|schein|prüfung|uprawnie|certyfikat|სერტიფიკატ|მოწმობ|удостоверен|сертифик|аттест",
    re.IGNORECASE,
)
_PROCESS = {
    "TIG": "141", "WIG": "141", "GTAW": "141", "MIG": "131", "MAG": "135", "MMA": "111",
    "SMAW": "111", "FCAW": "136",
}  # fmt: skip


def _welding(clause: Clause, lang: str) -> Iterator[LicenceFound]:
    """Processes by number (ISO 4063) or short name, where a certificate is meant."""
    if not (_WELDING_WORD.search(clause.text) and _CERTIFICATE_WORD.search(clause.text)):
        return
    for match in _WELDING.finditer(clause.text):
        number = match["number"] or _PROCESS[match["name"].upper()]
        certainty = Certainty.NAMED if match["number"] else Certainty.LIKELY
        yield from _found(clause, f"welding-{number}", match.span(), certainty, lang)


def _found(
    clause: Clause, code: str, span: tuple[int, int], certainty: Certainty, lang: str
) -> Iterator[LicenceFound]:
    kind = kind_near(clause, span[0], span[1], lang, named_languages(clause.text, lang))
    before = clause.text[max(0, span[0] - 20) : span[0]]
    denied = [m for m in words("no_before", lang).finditer(before) if "," not in before[m.end() :]]
    after = clause.text[span[1] : span[1] + 40]
    refused = words("not_needed", lang).search(after)
    is_not_needed = denied or (refused and "," not in after[: refused.start()])
    if is_not_needed and kind is not RequirementKind.PREFERRED:
        return
    yield LicenceFound(code, Span(clause.start + span[0], clause.start + span[1]), certainty, kind)
