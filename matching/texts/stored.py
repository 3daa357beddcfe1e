"""Indexes as plain arrays, to be kept in a file: numbers and UTF-8, nothing that could run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse

Array = npt.NDArray[np.generic]
Arrays = dict[str, Array]

_BETWEEN = "\0"


def from_texts(texts: Sequence[str]) -> Array:
    """Texts, none of which holds a zero character, as one array of bytes."""
    return np.frombuffer(_BETWEEN.join((*texts, "")).encode(), np.uint8)


def to_texts(array: Array) -> list[str]:
    """What `from_texts` was given."""
    return array.tobytes().decode().split(_BETWEEN)[:-1]


def under(name: str, arrays: Mapping[str, Array]) -> Arrays:
    """The arrays of a part, named after it."""
    return {f"{name}.{key}": array for key, array in arrays.items()}


def part(name: str, arrays: Mapping[str, Array]) -> Arrays:
    """What `under` was given."""
    start = f"{name}."
    return {k.removeprefix(start): array for k, array in arrays.items() if k.startswith(start)}


def from_matrix(matrix: sparse.csr_array) -> Arrays:
    """A sparse matrix as arrays."""
    shape = np.array(matrix.shape, np.int64)
    return {
        "shape": shape,
        "data": matrix.data,
        "indices": matrix.indices,
        "indptr": matrix.indptr,
    }


def to_matrix(arrays: Mapping[str, Array]) -> sparse.csr_array:
    """What `from_matrix` was given."""
    rows, columns = (int(n) for n in arrays["shape"].tolist())
    parts = (arrays["data"], arrays["indices"], arrays["indptr"])
    return sparse.csr_array(parts, shape=(rows, columns))
