"""The product's own engine, asked as the product asks it."""

from __future__ import annotations

from typing import ClassVar

from bench.methods import Answer, Method, World
from bench.people import Facts, People
from bench.scoring import Query
from matching import top
from matching.engine.columns import FactColumn, PeopleColumns
from matching.pool import Pool

_LISTS = ("occupations", "skills", "languages", "licences", "desired_countries")
_NUMBERS = (
    "person",
    "registered",
    "education",
    "available_from",
    "available_to",
    "passport_valid_until",
)


def columns_of(people: People) -> PeopleColumns:
    """The made-up people as the engine takes them from a database."""

    def facts(of: Facts) -> FactColumn:
        return FactColumn(of.row, of.name, of.names, of.value, of.evidence)

    numbers = {name: getattr(people, name) for name in _NUMBERS}
    return PeopleColumns(**numbers, **{name: facts(getattr(people, name)) for name in _LISTS})


def pool_of(people: People) -> Pool:
    """Everybody, ready to be ranked."""
    return Pool.from_columns(columns_of(people))


class Ours(Method):
    name, has_batch = "ours", True
    threads: ClassVar[int] = 1

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.pool = pool_of(world.people)
        self._rules = (world.vocabulary, world.parameters)

    @property
    def nbytes(self) -> int:  # type: ignore[override]
        """With the postings, which are made for the first vacancy that is asked."""
        return self.pool.nbytes

    def top(self, query: Query) -> Answer:
        found = top.top(self.pool, query.requirement, *self._rules, k=self.k)
        columns = (found.persons, found.points, found.low)
        return list(zip(*(column.tolist() for column in columns), strict=True))

    def batch(self, queries: list[Query]) -> None:
        asked = [query.requirement for query in queries]
        top.batch(self.pool, asked, *self._rules, k=self.k, threads=self.threads)
