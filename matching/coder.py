"""A coder trained on decisions that people confirmed: titles in, ISCO-08 codes out.

A linear support vector machine per code over character n-grams and words. Known labels of the codes
are trained on too, with less weight, so that codes which nobody confirmed yet can be told.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.svm import LinearSVC

from matching.ngrams import FEATURES, Floats, counts_of, rarity_of, weighted, word_counts_of
from matching.titles import normalise_title

SOFTNESS = 0.3  # the SVM's C: lower trusts single titles less
LABEL_WEIGHT = 0.5  # of a known label, beside 1 for a confirmed title
LEAST_TEXTS = 2  # an n-gram of one text only says nothing about others
LEAST_WEIGHT = 0.005  # smaller ones change no order and fill the file
FORMAT = 1
_DATE = (1980, 1, 1, 0, 0, 0)  # the same coder gives the same bytes


class UnreadableCoder(ValueError):
    """The bytes are not those of a coder that this version can read."""


@dataclass(frozen=True, slots=True)
class Coder:
    """Weights of n-grams for each code; made by `train`, kept as bytes, never as a pickle."""

    codes: tuple[str, ...]
    columns: npt.NDArray[np.int32]
    rarity: Floats
    weights: sparse.csr_array
    intercepts: Floats
    trained_on: int

    @classmethod
    def train(
        cls,
        texts: Sequence[str],
        codes: Sequence[str],
        *,
        label_texts: Sequence[str] = (),
        label_codes: Sequence[str] = (),
    ) -> Coder:
        """From confirmed titles and, with less weight, known labels; needs at least two codes."""
        if len(set(codes) | set(label_codes)) < 2:
            raise ValueError("A coder needs titles of at least two codes.")
        plain = [normalise_title(text) for text in (*texts, *label_texts)]
        counted = _counted(plain)
        having = np.bincount(counted.indices, minlength=counted.shape[1])
        columns = np.flatnonzero(having >= LEAST_TEXTS).astype(np.int32)
        rarity = rarity_of(counted)[columns]
        machine = LinearSVC(C=SOFTNESS, random_state=0)
        importance = np.repeat((1.0, LABEL_WEIGHT), (len(texts), len(label_texts)))
        machine.fit(_rows(counted, columns, rarity), (*codes, *label_codes), importance)
        weights, intercepts = _of_every_code(machine)
        weights[np.abs(weights) < LEAST_WEIGHT] = 0
        return cls(
            tuple(str(code) for code in machine.classes_),
            columns,
            rarity,
            sparse.csr_array(weights.T.astype(np.float32)),
            intercepts.astype(np.float32),
            len(texts),
        )

    def scores(self, texts: Sequence[str]) -> Floats:
        """How strongly each code (columns, in the order of `codes`) is meant by each text."""
        counted = _counted([normalise_title(text) for text in texts])
        found = (_rows(counted, self.columns, self.rarity) @ self.weights).toarray()
        return np.asarray(found + self.intercepts, np.float32)

    def to_bytes(self) -> bytes:
        """A zip of plain arrays; the same coder gives the same bytes."""
        head = {"format": FORMAT, "codes": self.codes, "trained_on": self.trained_on}
        arrays = {
            "columns": self.columns,
            "rarity": self.rarity,
            "intercepts": self.intercepts,
            "data": self.weights.data,
            "indices": self.weights.indices.astype(np.int32),
            "indptr": self.weights.indptr.astype(np.int64),
        }
        parts = {"head.json": json.dumps(head).encode()}
        parts |= {f"{name}.npy": _array_bytes(array) for name, array in arrays.items()}
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
            for name, content in parts.items():
                file.writestr(zipfile.ZipInfo(name, _DATE), content, zipfile.ZIP_DEFLATED)
        return packed.getvalue()

    @classmethod
    def from_bytes(cls, content: bytes) -> Coder:
        """What `to_bytes` gave; raises UnreadableCoder for anything else."""
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as file:
                head = json.loads(file.read("head.json"))
                if head["format"] != FORMAT:
                    raise UnreadableCoder(f"format {head['format']}")
                read = {
                    name: np.load(io.BytesIO(file.read(f"{name}.npy")), allow_pickle=False)
                    for name in ("columns", "rarity", "intercepts", "data", "indices", "indptr")
                }
            shape = (len(read["columns"]), len(head["codes"]))
            weights = sparse.csr_array((read["data"], read["indices"], read["indptr"]), shape)
        except (zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
            raise UnreadableCoder(str(error)) from error
        return cls(
            tuple(head["codes"]),
            read["columns"],
            read["rarity"],
            weights,
            read["intercepts"],
            head["trained_on"],
        )

    @property
    def version(self) -> str:
        """Twelve hexadecimal digits that tell one trained coder from another."""
        return hashlib.sha256(self.to_bytes()).hexdigest()[:12]


def _counted(plain: Sequence[str]) -> sparse.csr_array:
    return sparse.csr_array(sparse.hstack([counts_of(plain), word_counts_of(plain)], "csr"))


def _rows(
    counted: sparse.csr_array, columns: npt.NDArray[np.int32], rarity: Floats
) -> sparse.csr_array:
    # Letters and words each of unit length: neither drowns the other.
    kept = sparse.csr_array(counted[:, columns])
    border = int(np.searchsorted(columns, FEATURES))
    halves = [
        weighted(sparse.csr_array(kept[:, :border]), rarity[:border]),
        weighted(sparse.csr_array(kept[:, border:]), rarity[border:]),
    ]
    return sparse.csr_array(sparse.hstack(halves, "csr"))


def _of_every_code(machine: LinearSVC) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    weights, intercepts = machine.coef_, np.atleast_1d(machine.intercept_)
    if len(machine.classes_) == 2:  # then only the second code's are kept
        return np.vstack([-weights, weights]), np.concatenate([-intercepts, intercepts])
    return weights, intercepts


def _array_bytes(array: npt.NDArray[np.generic]) -> bytes:
    written = io.BytesIO()
    np.save(written, array, allow_pickle=False)
    return written.getvalue()
