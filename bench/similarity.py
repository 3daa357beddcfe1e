"""Similarity libraries: whose skills fit best, without gates and without the other criteria."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from scipy import sparse

from bench.methods import Method, World
from bench.people import FEATURES
from bench.scoring import Query

DIMENSIONS, SAMPLE = 128, 30_000


def as_rows(queries: list[Query], kind: type = np.float32) -> sparse.csr_array:
    """Vacancies × features, their points."""
    ends = np.cumsum([0, *(len(query.features) for query in queries)])
    features = np.concatenate([query.features for query in queries]).astype(np.int32)
    weights = np.concatenate([query.weights for query in queries]).astype(kind)
    return sparse.csr_array((weights, features, ends.astype(np.int32)), (len(queries), FEATURES))


class SparseDotTopN(Method):
    name, task, has_batch = "sparse_dot_topn", "skills", True

    def __init__(self, world: World) -> None:
        super().__init__(world)
        from sparse_dot_topn import sp_matmul_topn

        posted = world.wide.posted
        ones = np.ones(posted.nnz, np.float32)
        self.posted = sparse.csr_matrix((ones, posted.indices, posted.indptr), posted.shape)
        self.multiply = sp_matmul_topn
        self.nbytes = ones.nbytes + posted.indices.nbytes + posted.indptr.nbytes

    def _best(self, queries: list[Query]) -> sparse.csr_matrix:
        asked = sparse.csr_matrix(as_rows(queries))
        return self.multiply(asked, self.posted, top_n=self.k, sort=True, n_threads=1)

    def top(self, query: Query) -> np.ndarray:
        return self._best([query]).indices

    def batch(self, queries: list[Query]) -> None:
        self._best(queries)


class LinearKernel(Method):
    name, task = "scikit-learn linear_kernel", "skills"
    most_people, because = 300_000, "half a second for each vacancy and gigabytes of copies"

    def __init__(self, world: World) -> None:
        super().__init__(world)
        from sklearn.metrics.pairwise import linear_kernel

        self.kernel = linear_kernel
        self.people = world.wide.posted.T.tocsr().astype(np.float32)
        self.nbytes = self.people.data.nbytes * 2

    def top(self, query: Query) -> np.ndarray:
        points = self.kernel(as_rows([query]), self.people)[0]
        chosen = np.argpartition(points, len(points) - self.k)[-self.k :]
        return chosen[np.argsort(-points[chosen])]


class Neighbours(Method):
    name, task = "scikit-learn NearestNeighbors", "skills, cosine"
    most_people, because = 300_000, "seconds for each vacancy and gigabytes of copies"

    def __init__(self, world: World) -> None:
        super().__init__(world)
        from sklearn.neighbors import NearestNeighbors

        people = world.wide.posted.T.tocsr().astype(np.float32)
        self.index = NearestNeighbors(n_neighbors=self.k, metric="cosine", algorithm="brute")
        self.index.fit(people)
        self.nbytes = people.data.nbytes * 2

    def top(self, query: Query) -> np.ndarray:
        return self.index.kneighbors(as_rows([query]), return_distance=False)[0]


class Vectors(Method):
    """Everybody as 128 numbers: a singular value decomposition of the weighed features."""

    task = "skills, approximate"
    _kept: ClassVar[tuple[World, np.ndarray, np.ndarray, np.ndarray] | None] = None

    def __init__(self, world: World) -> None:
        super().__init__(world)
        if Vectors._kept is None or Vectors._kept[0] is not world:
            Vectors._kept = None
            Vectors._kept = (world, *_decomposed(world))
        _, self.rarity, self.axes, self.vectors = Vectors._kept

    def close(self) -> None:
        Vectors._kept = None

    def asked(self, queries: list[Query]) -> np.ndarray:
        """Vacancies in the same space."""
        rows = as_rows(queries) @ sparse.diags_array(1 / self.rarity)
        return np.ascontiguousarray(rows @ self.axes, np.float32)


def _decomposed(world: World) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rarity of features, axes, and everybody along them; the axes are fitted to some."""
    from sklearn.decomposition import TruncatedSVD

    people = world.wide.posted.T.tocsr().astype(np.float32)
    counts = np.diff(world.wide.posted.indptr)
    rarity = (np.log((people.shape[0] + 1) / (counts + 1)) + 0.3).astype(np.float32)
    people.data *= rarity[people.indices]
    rows = np.random.default_rng(5).permutation(people.shape[0])[:SAMPLE]
    svd = TruncatedSVD(DIMENSIONS, n_iter=2, random_state=0).fit(people[np.sort(rows)])
    axes = np.ascontiguousarray(svd.components_.T, np.float32)
    return rarity, axes, np.ascontiguousarray(people @ axes, np.float32)


class FaissFlat(Vectors):
    name, has_batch = "faiss flat, 128 numbers", True

    def __init__(self, world: World) -> None:
        import faiss

        super().__init__(world)
        faiss.omp_set_num_threads(1)
        self.index = faiss.IndexFlatIP(DIMENSIONS)
        self.index.add(self.vectors)
        self.nbytes = self.vectors.nbytes
        del self.vectors

    def top(self, query: Query) -> np.ndarray:
        return self.index.search(self.asked([query]), self.k)[1][0]

    def batch(self, queries: list[Query]) -> None:
        self.index.search(self.asked(queries), self.k)


class FaissHnsw(Vectors):
    name, has_batch = "faiss HNSW, 128 numbers", True
    most_people, because = 300_000, "building its graph takes minutes"

    def __init__(self, world: World) -> None:
        import faiss

        super().__init__(world)
        faiss.omp_set_num_threads(2)  # to build; questions are asked on one
        self.index = faiss.IndexHNSWFlat(DIMENSIONS, 32, faiss.METRIC_INNER_PRODUCT)
        self.index.hnsw.efConstruction, self.index.hnsw.efSearch = 80, 200
        self.index.add(self.vectors)
        faiss.omp_set_num_threads(1)
        self.nbytes = self.vectors.nbytes + self.vectors.shape[0] * 64 * 4
        del self.vectors

    def top(self, query: Query) -> np.ndarray:
        return self.index.search(self.asked([query]), self.k)[1][0]

    def batch(self, queries: list[Query]) -> None:
        self.index.search(self.asked(queries), self.k)
