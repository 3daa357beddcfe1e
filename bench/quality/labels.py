"""The labels that an installation has after importing ESCO: what `ours` is built from."""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cached_property

from bench.quality.files import ESCO_ARCHIVE, ESCO_RELATIONS, ROOT, Files
from matching.texts.coding import Kind, Label
from matching.texts.meaning import Background

MULTILINGUAL = "esco/occupations_multilang_long.csv.gz"
GROUP_TITLES = "isco08/isco08_titles_multilang.csv"
GROUP_URI = "http://data.europa.eu/esco/isco/C"


class Labels:
    """Occupations, groups and skills with their names, by language."""

    def __init__(self, files: Files) -> None:
        self.files = files

    @cached_property
    def _occupations(self) -> dict[str, list[tuple[str, str, Kind, str]]]:
        found: dict[str, list[tuple[str, str, Kind, str]]] = defaultdict(list)
        for row in self.files.rows(MULTILINGUAL):
            uri, isco = row["conceptUri"], row["isco08"]
            found[row["lang"]].append((uri, row["preferredLabel"], Kind.PREFERRED, isco))
            for label in row["altLabels"].split("|"):
                if label.strip():
                    found[row["lang"]].append((uri, label.strip(), Kind.ALTERNATIVE, isco))
        return found

    @cached_property
    def isco_of(self) -> dict[str, str]:
        """Unit group of an occupation."""
        return {uri: isco for rows in self._occupations.values() for uri, _, _, isco in rows}

    @cached_property
    def group_titles(self) -> dict[str, list[tuple[str, str]]]:
        """(code, title) by language."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for row in self.files.rows(GROUP_TITLES):
            for language, title in row.items():
                if title and len(language) == 2:
                    found[language].append((row["code"], title))
        return found

    def occupations(self, language: str, *, groups: bool = True) -> list[Label]:
        """Labels of ESCO occupations and, if wanted, of the ISCO-08 groups above them."""
        found = [Label(uri, language, text, kind) for uri, text, kind, _ in self._in(language)]
        if groups:
            found += [
                Label(GROUP_URI + code, language, title, Kind.PREFERRED, is_group=True)
                for code, title in self.group_titles.get(language, ())
            ]
        return found

    def isco(self, language: str) -> list[Label]:
        """Labels of ISCO-08 unit groups: titles, our own further titles, ESCO's."""
        found = [
            Label(code, language, title, Kind.PREFERRED)
            for code, title in self.group_titles.get(language, ())
            if len(code) == 4
        ]
        found += [Label(isco, language, text, kind) for _, text, kind, isco in self._in(language)]
        with (ROOT / "db/reference/isco08_aliases.csv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        found += [Label(r["code"], language, r["label"]) for r in rows if r["lang"] == language]
        return found

    def _in(self, language: str) -> list[tuple[str, str, Kind, str]]:
        return [row for row in self._occupations.get(language, ()) if len(row[3]) == 4]

    @cached_property
    def of_occupations(self) -> Background:
        """English names and essential skills of occupations, and of the unit groups above."""
        said = [(uri, text) for uri, text, _, _ in self._in("en")]
        said += [(uri, self._skill_names[skill]) for uri, skill in self._essential()]
        groups = [(GROUP_URI + self.isco_of[uri], text) for uri, text in said]
        return Background.told("en", said + groups)

    @cached_property
    def of_groups(self) -> Background:
        """The same of unit groups alone, by their code."""
        said = [(isco, text) for _, text, _, isco in self._in("en")]
        said += [(self.isco_of[u], self._skill_names[skill]) for u, skill in self._essential()]
        return Background.told("en", said)

    @cached_property
    def _skill_names(self) -> dict[str, str]:
        rows = self.files.zipped_rows(ESCO_ARCHIVE, "skills_en.csv")
        return {row["conceptUri"]: row["preferredLabel"] for row in rows}

    def _essential(self) -> list[tuple[str, str]]:
        known = {uri for uri, _, _, _ in self._in("en")}
        return [
            (row["occupationUri"], row["skillUri"])
            for row in self.files.zipped_rows(ESCO_RELATIONS, "occupationSkillRelations.csv")
            if row["relationType"] == "essential"
            and row["occupationUri"] in known
            and row["skillUri"] in self._skill_names
        ]

    @cached_property
    def skills(self) -> list[tuple[str, str, Kind]]:
        """(preferred label, label, kind) of the skills in English."""
        found = []
        for row in self.files.zipped_rows(ESCO_ARCHIVE, "skills_en.csv"):
            name = row["preferredLabel"]
            found.append((name, name, Kind.PREFERRED))
            for label in row["altLabels"].split("\n"):
                if label.strip():
                    found.append((name, label.strip(), Kind.ALTERNATIVE))
        return found
