"""All methods, in the order of the table."""

from __future__ import annotations

from typing import ClassVar

from bench.databases import DuckDB, PostgreSQL
from bench.methods import AddingUp, AddingUpLess, Method, Numpy, Pandas, Scipy, World
from bench.ours import Ours
from bench.similarity import (
    FaissFlat,
    FaissHnsw,
    LinearKernel,
    Neighbours,
    SparseDotTopN,
)


class OursTen(Ours):
    """The first ten only, on the same pool."""

    name, task = "ours, top 10", "full, top 10"
    k: ClassVar[int] = 10


class OursTwoThreads(Ours):
    """A batch over two threads; single vacancies as before."""

    name = "ours, 2 threads"
    threads: ClassVar[int] = 2


METHODS: tuple[type[Method], ...] = (
    AddingUp,
    AddingUpLess,
    Ours,
    OursTen,
    OursTwoThreads,
    Scipy,
    Numpy,
    SparseDotTopN,
    FaissFlat,
    FaissHnsw,
    DuckDB,
    LinearKernel,
    Neighbours,
    Pandas,
    PostgreSQL,
)
__all__ = ["METHODS", "World"]
