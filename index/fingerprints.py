"""Fingerprints of articles (`corpus.families`), kept in a file beside each segment."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.dates import Published
from corpus.families import (
    LEAST_WORDS,
    MOST_WORDS,
    Fingerprint,
    code,
    coded_text,
    known_day,
    short_text,
)
from index.columnar.container import Container, ContainerWriter
from index.columnar.integers import offsets, ragged
from index.columnar.inversion import Inverted
from index.columnar.writer import durable_file
from index.minhash import SIGNATURE, signatures

Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]

# The sections of a file; a length is at most that of `Fingerprint.words`.
_COLUMNS: Mapping[str, type[np.generic]] = {
    "texts": np.uint64,
    "days": np.int32,
    "signatures": np.uint16,
    "lengths": np.uint16,
    "words": np.uint8,
}


class Fingerprints(NamedTuple):
    """The fingerprints of articles, one a row.

    texts: uint64 [n]; days: int32 [n]; signatures: uint16 [n, SIGNATURE]; ends: int64
    [n + 1], where each row's words begin; words: uint8, the words of all.
    """

    texts: NDArray[np.uint64]
    days: NDArray[np.int32]
    signatures: NDArray[np.uint16]
    ends: Rows
    words: NDArray[np.uint8]

    @classmethod
    def of(cls, prints: Sequence[Fingerprint]) -> "Fingerprints":
        """Return rows of fingerprints."""
        return cls(
            np.array([one.text for one in prints], np.uint64),
            np.array([one.day for one in prints], np.int32),
            np.array([one.signature for one in prints], np.uint16).reshape(-1, SIGNATURE),
            offsets(np.array([len(one.words) for one in prints], np.int64)),
            np.frombuffer(b"".join([one.words for one in prints]), np.uint8),
        )

    def rows(self, kept: Mask) -> "Fingerprints":
        """Return some of the rows."""
        lengths = np.diff(self.ends)[kept]
        words = self.words[ragged(self.ends[:-1][kept], lengths)]
        return Fingerprints(
            self.texts[kept], self.days[kept], self.signatures[kept], offsets(lengths), words
        )

    def between(self, first: int, last: int) -> "Fingerprints":
        """Return the rows [first, last)."""
        ends = self.ends[first : last + 1]
        return Fingerprints(
            self.texts[first:last],
            self.days[first:last],
            self.signatures[first:last],
            ends - ends[0],
            self.words[ends[0] : ends[-1]],
        )


def fingerprint(
    title: Sequence[str], body: Sequence[str], published: Published | None = None
) -> Fingerprint:
    """Return the fingerprint of an article, given the words of its title and body."""
    coded = _codes(body)
    coded = coded[coded > 0]
    day = known_day(published)
    if len(coded) < LEAST_WORDS:
        return Fingerprint(short_text(title, body), day, (0,) * SIGNATURE, b"")
    signature = signatures(coded, np.zeros(1, np.int64), np.array([len(coded)]))[0].tolist()
    words = coded[:MOST_WORDS].astype(np.uint8).tobytes()
    return Fingerprint(coded_text(coded.tobytes()), day, signature, words)


def _codes(words: Sequence[str]) -> NDArray[np.uint16]:
    return np.fromiter(map(code, words), np.uint16, len(words))


def fingerprints(
    title: Inverted, body: Inverted, published: Sequence[Published | None]
) -> Fingerprints:
    """Return the fingerprints of a batch of articles, given their words as they were inverted."""
    words, titles = _Words(body), _Words(title)
    coded = _codes(body.vocabulary)[words.numbers]
    kept = coded > 0
    coded, ends = coded[kept], offsets(kept)[words.ends]
    long = np.diff(ends) >= LEAST_WORDS
    starts, stops = ends[:-1][long], ends[1:][long]
    numbers = np.zeros((len(long), SIGNATURE), np.uint16)
    numbers[long] = signatures(coded, starts, stops)
    texts = np.zeros(len(long), np.uint64)
    bounds = zip(starts.tolist(), stops.tolist(), strict=True)
    texts[long] = [coded_text(coded[start:stop].tobytes()) for start, stop in bounds]
    short = np.flatnonzero(~long)
    texts[short] = [short_text(titles.of(one), words.of(one)) for one in short.tolist()]
    lengths = np.where(long, np.minimum(np.diff(ends), MOST_WORDS), 0)
    return Fingerprints(
        texts,
        np.array([known_day(day) for day in published], np.int32),
        numbers,
        offsets(lengths),
        coded[ragged(ends[:-1], lengths)].astype(np.uint8),
    )


class _Words:
    """The words of documents, in order."""

    def __init__(self, inverted: Inverted) -> None:
        self._vocabulary = inverted.vocabulary
        self.numbers = inverted.in_order()
        self.ends = offsets(inverted.lengths)

    def of(self, document: int) -> list[str]:
        """Return the words of a document."""
        first, last = self.ends[document : document + 2]
        return [self._vocabulary[number] for number in self.numbers[first:last].tolist()]


class Picked:
    """Some of the rows of several files, read where they are asked for.

    parts: their rows are numbered through. rows: int64 [n], ascending.
    texts, days, lengths: [n], as in `Fingerprints`; lengths are those of the words.
    """

    def __init__(self, parts: Sequence[Fingerprints], rows: Rows) -> None:
        bases = offsets(np.array([len(part.texts) for part in parts], np.int64))
        bounds = np.searchsorted(rows, bases)
        self._parts = parts
        self._rows = [
            rows[first:last] - base
            for first, last, base in zip(bounds[:-1], bounds[1:], bases, strict=False)
        ]
        self._bounds = bounds
        self.texts = self._column(np.uint64, lambda part: part.texts)
        self.days = self._column(np.int32, lambda part: part.days)
        self.lengths = self._column(np.int64, lambda part: np.diff(part.ends))

    def signatures(self) -> NDArray[np.uint16]:
        """Return the signatures, uint16 [n, SIGNATURE]."""
        none = np.empty((0, SIGNATURE), np.uint16)
        pairs = zip(self._parts, self._rows, strict=True)
        return np.concatenate([none, *(part.signatures[rows] for part, rows in pairs)])

    def words(self, place: int) -> NDArray[np.uint8]:
        """Return the words of one of the rows, by its place among them."""
        which = int(np.searchsorted(self._bounds, place, "right")) - 1
        part, row = self._parts[which], self._rows[which][place - self._bounds[which]]
        return part.words[part.ends[row] : part.ends[row + 1]]

    def _column(
        self, dtype: type[np.generic], column: Callable[[Fingerprints], NDArray[Any]]
    ) -> NDArray[Any]:
        pairs = zip(self._parts, self._rows, strict=True)
        return np.concatenate([np.empty(0, dtype), *(column(part)[rows] for part, rows in pairs)])


def write_fingerprints(path: Path, parts: Iterable[Fingerprints]) -> None:
    """Write the rows of parts to a new file, on disk when this returns."""
    with durable_file(path) as file, closing(ContainerWriter(file, path.parent)) as writer:
        columns = {name: writer.stream(name, dtype) for name, dtype in _COLUMNS.items()}
        for part in parts:
            columns["texts"].append(part.texts)
            columns["days"].append(part.days)
            columns["signatures"].append(part.signatures.ravel())
            columns["lengths"].append(np.diff(part.ends))
            columns["words"].append(part.words)
        for column in columns.values():
            column.close()
        writer.finish({})


def read_fingerprints(path: Path) -> Fingerprints:
    """Return the rows of a file, over its mapped bytes."""
    held = Container(path)
    return Fingerprints(
        held.array("texts"),
        held.array("days"),
        held.array("signatures").reshape(-1, SIGNATURE),
        offsets(held.array("lengths").astype(np.int64)),
        held.array("words"),
    )
