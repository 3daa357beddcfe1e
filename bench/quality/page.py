"""docs/reference/quality.md, made from the last measurement of all sets."""

from __future__ import annotations

from typing import Any

from bench import results

NOTICE = (
    "<!-- Made from the measurement by `make evaluate`; edit bench/quality, not this page. -->\n\n"
)
GOALS = (
    # set, metric, pass, stretch
    ("melo cross (mean of 13)", "MRR", 0.525, 0.555),
    ("melo same (mean of 14)", "MRR", 0.55, 0.61),
    ("jobbert", "MRR", 0.34, 0.37),
    ("jobbert", "R@10", 0.535, 0.565),
    ("pl_ads", "acc@4", 0.65, 0.70),
    ("pl_ads unseen titles", "acc@4", 0.55, 0.60),
    ("ilo", "acc@4", 0.50, 0.55),
    ("ilo", "hit@5", 0.77, 0.82),
    ("occ85", "acc@4", 0.54, 0.60),
    ("occ85", "hit@3", 0.74, 0.80),
    ("xseek (mean of 4)", "nDCG@10", 0.25, 0.31),
    ("pes (mean of 4)", "nDCG@10", 0.395, 0.435),
    ("talentclef en", "MAP", 0.41, 0.50),
    ("talentclef de", "MAP", 0.29, 0.36),
    ("skills tech", "RP@10", 0.75, 0.82),
    ("skills house", "RP@10", 0.55, 0.65),
    ("metamorphic", "passed", 1.0, 1.0),
)
INTRODUCTION = """# Quality of the text matching

How well titles, advertisements and skill sentences find their codes, measured on public labelled
sets that nobody of this project wrote. `ours` is what the product does: the same functions with
the same defaults, no graphics processor, no network. Intervals: 95 % bootstrap over queries. `p`:
paired permutation test against character TF-IDF, the frozen baseline; a difference with p above
0.05 is no difference. `ms`: median of one text at a time. The sets are public; what is compared
with published systems is compared on the same file and metric (MELO only). MELO across languages:
the pivot reads ESCO's own translations, which the published embeddings were not given; that is
fair for a product, not a like-for-like comparison of models. A concept is listed once, by one
form, before any second form of another; a published ranking may list forms in any order.

What was chosen on what: weights of `ours` are one set of numbers for all occupation sets. Those of
letters, words and preferred names were chosen over all sets together, so for them this is no
examination on unseen data. Those of the skills that occupations need were chosen on JobBERT and ILO
queries that are not drawn here, on Polish advertisements (some of which are), on eight MELO sets
(other queries than those drawn up to 400, where a set has more than 600) and with a look at all of
occ85. How labels count beside a trained coder was chosen on advertisements that are not drawn here,
after a first measurement of those that are. TalentCLEF, PES, XSEEK and the skill sentences had no
part in these choices.

What screens use: MELO, JobBERT, ILO, occ85 and the advertisements measure the suggestion of codes,
the skill sentences measure `manage.py code --to skill`. TalentCLEF, PES and XSEEK measure how alike
two titles are (`matching/texts/title_space.py`): no screen asks that yet; the ranking of people
compares confirmed codes, skills and languages instead.

This service uses the ESCO classification of the European Commission.
"""

GOALS_NOTE = (
    'Reached goes by the value; "not sure": the goal lies within the interval, so the queries\n'
    "are too few to tell.\n"
)


def write() -> None:
    document = results.read("quality")
    if document is not None:
        path = results.REFERENCE / "quality.md"
        path.write_text(NOTICE + text(document), encoding="utf-8")


def text(document: dict[str, Any]) -> str:
    rows = document["rows"]
    note = document.get("note")
    parts = [INTRODUCTION, results.provenance(document), *([note] if note else [])]
    parts += ["## Goals\n", GOALS_NOTE, _goals(rows)]
    parts += ["## Means over the sets of a group\n", _table([r for r in rows if "worst" in r])]
    parts += ["## Every set\n", _table([r for r in rows if "worst" not in r])]
    if document["seconds"]:
        parts += ["## Cost of measuring\n", _costs(document)]
    skipped = document.get("skipped") or {}
    if skipped:
        named = ", ".join(f"{name} ({file})" for name, file in skipped.items())
        parts.append(f"Skipped, because a file is missing: {named}.\n")
    parts += ["## Files\n", _files(document["files"])]
    return "\n".join(parts)


def _goals(rows: list[dict[str, Any]]) -> str:
    found = {(r["set"], r["metric"]): r for r in rows if r["method"] == "ours"}
    lines = []
    for name, metric, passing, stretch in GOALS:
        row = found.get((name, metric))
        value = row["value"] if row else None
        reached = "–" if value is None else "no" if value < passing else "pass"
        if value is not None and value >= stretch:
            reached = "stretch" if stretch > passing else "pass"
        if row and row["low"] < passing < row["high"]:
            reached += ", not sure"
        lines.append(
            {
                "set": name,
                "metric": metric,
                "ours": value,
                "low": row and row["low"],
                "high": row and row["high"],
                "pass": passing,
                "stretch": stretch,
                "reached": reached,
            }
        )
    return results.markdown_table(lines, tuple(lines[0]))


def _table(rows: list[dict[str, Any]]) -> str:
    columns = [
        "set",
        "metric",
        "method",
        "value",
        "low",
        "high",
        "queries",
        "ms_per_query",
        "ms_p95",
        "index_s",
        "p_value",
    ]
    if rows and "worst" in rows[0]:
        columns[-1] = "worst"
    titles = {
        "ms_per_query": "ms",
        "ms_p95": "ms p95",
        "index_s": "index s",
        "p_value": "p",
        "worst": "worst set",
    }
    return results.markdown_table(rows, columns, titles)


def _costs(document: dict[str, Any]) -> str:
    lines = [
        {"sets": name, "seconds": spent, "peak MB": document["peak_mb"].get(name)}
        for name, spent in document["seconds"].items()
    ]
    return results.markdown_table(lines, ("sets", "seconds", "peak MB"))


def _files(sha256: dict[str, str]) -> str:
    lines = [{"file": name, "SHA-256": value[:16]} for name, value in sorted(sha256.items())]
    return results.markdown_table(lines, ("file", "SHA-256"))
