"""A coder trained on decisions that people confirmed: titles in, ISCO-08 codes out.

A linear support vector machine per code over character n-grams and words. Known labels of the codes
are trained on too, with less weight, so that codes which nobody confirmed yet can be told. What was
confirmed for titles that are alike adds to it: a rare title is remembered, not averaged away.
"""

from __future__ import annotations

import hashlib
import io
import json
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.svm import LinearSVC

from matching.texts.ngrams import FEATURES, Floats, counts_of, rarity_of, weighted, word_counts_of
from matching.texts.titles import normalise_title

SOFTNESS = 0.15  # the SVM's C: lower trusts single titles less
LABEL_WEIGHT = 0.5  # of a known label, beside 1 for a confirmed title
LEAST_TEXTS = 2  # an n-gram of one text only says nothing about others
LEAST_WEIGHT = 0.005  # smaller ones change no order and fill the file
NEIGHBOURS_WEIGHT = 0.5
NEIGHBOURS_POOLING = 2  # several titles alike say more than one, but not as many times more
BATCH = 256
FORMAT = 2
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
    confirmed: sparse.csr_array
    """The confirmed titles, those of a code together, in the order of `codes`."""
    confirmed_code: npt.NDArray[np.int32]

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
        rows = _rows(counted, columns, rarity)
        with warnings.catch_warnings():
            # Codes are classes however few titles each has: at first one label, no decision.
            warnings.filterwarnings("ignore", "The number of unique classes", UserWarning)
            machine.fit(rows, (*codes, *label_codes), importance)
        weights, intercepts = _of_every_code(machine)
        weights[np.abs(weights) < LEAST_WEIGHT] = 0
        code_of = np.searchsorted(machine.classes_, np.array(codes, machine.classes_.dtype))
        together = np.argsort(code_of, kind="stable")
        return cls(
            tuple(str(code) for code in machine.classes_),
            columns,
            rarity,
            sparse.csr_array(weights.T.astype(np.float32)),
            intercepts.astype(np.float32),
            sparse.csr_array(rows[: len(texts)][together]),
            code_of[together].astype(np.int32),
        )

    @property
    def trained_on(self) -> int:
        """How many confirmed titles it learnt from."""
        return len(self.confirmed_code)

    def scores(self, texts: Sequence[str]) -> Floats:
        """How strongly each code (columns, in the order of `codes`) is meant by each text."""
        parts = [self._scores(texts[i : i + BATCH]) for i in range(0, len(texts), BATCH)]
        return np.vstack(parts) if parts else np.zeros((0, len(self.codes)), np.float32)

    def _scores(self, texts: Sequence[str]) -> Floats:
        counted = _counted([normalise_title(text) for text in texts])
        rows = _rows(counted, self.columns, self.rarity)
        found = np.asarray((rows @ self.weights).toarray(), np.float32) + self.intercepts
        if self.trained_on:
            alike = (rows @ self.confirmed.T).toarray() / 2  # letters and words have length 1 each
            codes, starts = np.unique(self.confirmed_code, return_index=True)
            pooled = np.add.reduceat(alike**NEIGHBOURS_POOLING, starts, axis=1)
            found[:, codes] += NEIGHBOURS_WEIGHT * pooled ** (1 / NEIGHBOURS_POOLING)
        return np.asarray(found, np.float32)

    def to_bytes(self) -> bytes:
        """A zip of plain arrays; the same coder gives the same bytes."""
        head = {"format": FORMAT, "codes": self.codes}
        arrays = {
            "columns": self.columns,
            "rarity": self.rarity,
            "intercepts": self.intercepts,
            "confirmed_code": self.confirmed_code,
            **_parts_of("weights", self.weights),
            **_parts_of("confirmed", self.confirmed),
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
                    name.removesuffix(".npy"): np.load(
                        io.BytesIO(file.read(name)), allow_pickle=False
                    )
                    for name in file.namelist()
                    if name.endswith(".npy")
                }
            width = len(read["columns"])
            weights = _matrix(read, "weights", (width, len(head["codes"])))
            confirmed = _matrix(read, "confirmed", (len(read["confirmed_code"]), width))
        except (zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
            raise UnreadableCoder(str(error)) from error
        return cls(
            tuple(head["codes"]),
            read["columns"],
            read["rarity"],
            weights,
            read["intercepts"],
            confirmed,
            read["confirmed_code"],
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


def _parts_of(name: str, matrix: sparse.csr_array) -> dict[str, npt.NDArray[np.generic]]:
    return {
        f"{name}_data": matrix.data,
        f"{name}_indices": matrix.indices.astype(np.int32),
        f"{name}_indptr": matrix.indptr.astype(np.int64),
    }


def _matrix(
    read: Mapping[str, npt.NDArray[np.generic]], name: str, shape: tuple[int, int]
) -> sparse.csr_array:
    parts = tuple(read[f"{name}_{part}"] for part in ("data", "indices", "indptr"))
    return sparse.csr_array(parts, shape)


def _array_bytes(array: npt.NDArray[np.generic]) -> bytes:
    written = io.BytesIO()
    np.save(written, array, allow_pickle=False)
    return written.getvalue()
