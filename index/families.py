"""The families of an index: articles grouped around the one that leads them.

Families are a function of the articles that an index holds, however they came there: they
are found anew at each change, from the fingerprints kept beside the segments. The time is
linear in the number of articles: a sort for each number of the signature, then a look at
the few pairs that meet.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.families import LEAST_SHARED, SIGNATURE, Fingerprint, nearly_same
from index.columnar.container import Container, ContainerWriter
from index.columnar.integers import offsets, ragged
from index.columnar.writer import durable_file

Rows = NDArray[np.int64]
Pairs = NDArray[np.int64]
Mask = NDArray[np.bool_]

# Articles of one signature number that each is compared with: more than the copies of a
# dispatch that differ, fewer than the articles that share a phrase.
_NEIGHBOURS = 16

# The sections of a file of fingerprints; a length is at most that of `Fingerprint.words`.
_COLUMNS: Mapping[str, type[np.generic]] = {
    "texts": np.uint64,
    "days": np.int32,
    "signatures": np.uint32,
    "lengths": np.uint16,
    "words": np.uint16,
}


class Fingerprints(NamedTuple):
    """The fingerprints of articles, one a row.

    texts: uint64 [n]; days: int32 [n]; signatures: uint32 [n, SIGNATURE]; ends: int64
    [n + 1], where each row's words begin; words: uint16, the characters of all.
    """

    texts: NDArray[np.uint64]
    days: NDArray[np.int32]
    signatures: NDArray[np.uint32]
    ends: Rows
    words: NDArray[np.uint16]

    @classmethod
    def of(cls, prints: Sequence[Fingerprint]) -> "Fingerprints":
        """Return rows of fingerprints."""
        text = "".join(one.words for one in prints)
        return cls(
            np.array([one.text for one in prints], np.uint64),
            np.array([one.day for one in prints], np.int32),
            np.array([one.signature for one in prints], np.uint32).reshape(-1, SIGNATURE),
            offsets(np.array([len(one.words) for one in prints], np.int64)),
            np.frombuffer(text.encode("utf-16-le"), np.uint16),
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


def joined_prints(parts: Sequence[Fingerprints]) -> Fingerprints:
    """Return the rows of several parts, one after the other."""
    none = Fingerprints.of(())
    lengths = [np.diff(part.ends) for part in parts]
    words = [part.words for part in parts]
    return Fingerprints(
        np.concatenate([none.texts, *(part.texts for part in parts)]),
        np.concatenate([none.days, *(part.days for part in parts)]),
        np.concatenate([none.signatures, *(part.signatures for part in parts)]),
        offsets(np.concatenate([np.empty(0, np.int64), *lengths])),
        np.concatenate([none.words, *words]),
    )


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


def find_leads(
    prints: Fingerprints, present: Rows, rank: Callable[[int], tuple[float, int, str]]
) -> dict[int, int]:
    """Return the lead of each article that is in a family of several.

    present: the rows of the articles that the index holds, ascending.
    rank: of a row; in a family, the lowest leads. Every other article of a family tells
        the same story as its lead, so that none is hidden behind one it does not resemble.
    """
    first = _same_texts(prints.texts, present, rank)
    alone = np.setdiff1d(present, np.array(list(first), np.int64), assume_unique=True)
    firsts = np.array(sorted(set(first.values())), np.int64)
    resembling: dict[int, list[int]] = {}
    for one, other in _near_pairs(prints, np.union1d(alone, firsts)):
        resembling.setdefault(one, []).append(other)
        resembling.setdefault(other, []).append(one)
    leads: dict[int, int] = {}
    for row in sorted(resembling, key=rank):
        if row not in leads:
            leads |= {other: row for other in (row, *resembling[row]) if other not in leads}
    for row, exact in first.items():
        leads[row] = leads.get(exact, exact)
    held = {lead for row, lead in leads.items() if row != lead}
    return {row: lead for row, lead in leads.items() if lead in held}


def _same_texts(
    texts: NDArray[np.uint64], present: Rows, rank: Callable[[int], tuple[float, int, str]]
) -> dict[int, int]:
    """Return, for each article whose text others have too, the first of them."""
    rows = present[texts[present] > 0]
    rows = rows[np.argsort(texts[rows], kind="stable")]
    differs = np.concatenate([[True], np.diff(texts[rows]) != 0, [True]])
    several = ~(differs[:-1] & differs[1:])
    starts = np.flatnonzero(differs[:-1][several])
    first: dict[int, int] = {}
    for group in np.split(rows[several], starts[1:]) if len(starts) else ():
        first |= dict.fromkeys(group.tolist(), min(group.tolist(), key=rank))
    return first


def _near_pairs(prints: Fingerprints, rows: Rows) -> Iterator[tuple[int, int]]:
    """Yield the pairs of articles that are near duplicates."""

    @lru_cache(maxsize=1 << 14)
    def words(row: int) -> str:
        start, end = prints.ends[row], prints.ends[row + 1]
        return prints.words[start:end].tobytes().decode("utf-16-le")

    rows = rows[prints.ends[rows + 1] > prints.ends[rows]]
    for one, other in _meeting(np.ascontiguousarray(prints.signatures[rows])).tolist():
        pair = int(rows[one]), int(rows[other])
        days = [int(prints.days[row]) for row in pair]
        apart = abs(days[0] - days[1]) if all(days) else 0
        if nearly_same(words(pair[0]), words(pair[1]), apart):
            yield pair


def _meeting(signatures: NDArray[np.uint32]) -> Pairs:
    """Return int64 [m, 2]: pairs of rows whose signatures share enough numbers.

    Of the rows that share a number, each is paired with the next few by the number after
    it: copies stand side by side there, and the pairs stay linear in the rows.
    """
    count = len(signatures)
    found = [np.empty(0, np.int64)]
    for column in range(SIGNATURE):
        value = signatures[:, column]
        following = signatures[:, (column + 1) % SIGNATURE]
        order = np.argsort((value.astype(np.uint64) << np.uint64(32)) | following, kind="stable")
        value = value[order]
        for step in range(1, min(_NEIGHBOURS, count - 1) + 1):
            same = np.flatnonzero(value[step:] == value[:-step])
            if not len(same):
                break
            low = np.minimum(order[same], order[same + step])
            high = np.maximum(order[same], order[same + step])
            shared = (signatures[low] == signatures[high]).sum(axis=1)
            keep = shared >= LEAST_SHARED
            found.append(low[keep] * count + high[keep])
    pairs = np.unique(np.concatenate(found))
    return np.stack(np.divmod(pairs, max(count, 1)), axis=1)
