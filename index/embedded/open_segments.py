"""Segments that are open for a change, and which of their articles are removed."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.columnar.segment import SegmentReader
from index.embedded.manifest import prints_name
from index.evaluation.columns import ID_FIELD
from index.fingerprints import Fingerprints, read_fingerprints

Mask = NDArray[np.bool_]


class OpenSegment:
    """An open segment and the articles removed from it."""

    def __init__(self, folder: Path, name: str, removed: str = "") -> None:
        self.name = name
        self._prints = folder / prints_name(name)
        self.removed_name = removed
        self.reader = SegmentReader(folder / name)
        self.removed = read_removed(folder, removed, self.reader.doc_count)
        self.changed = False

    def remove(self, doc: int) -> bool:
        """Mark an article as removed; tell whether it was there."""
        if self.removed is None:
            self.removed = np.zeros(self.reader.doc_count, bool)
        was_there = not self.removed[doc]
        self.removed[doc] = True
        self.changed = self.changed or was_there
        return was_there

    def prints(self) -> Fingerprints:
        """Return the fingerprints of its articles, removed or not."""
        return read_fingerprints(self._prints)

    def kept(self) -> Mask:
        """Return bool [n]: the articles that are not removed."""
        if self.removed is None:
            return np.ones(self.reader.doc_count, bool)
        return ~self.removed

    def held(self) -> int:
        """Return how many articles are not removed."""
        return int(self.kept().sum())

    def find(self, article_id: str) -> int:
        """Return the number of the last article with an id, -1 for none."""
        rank = self.reader.term_id(ID_FIELD, article_id)
        return int(self.reader.postings(ID_FIELD, rank)[0][-1]) if rank >= 0 else -1

    def ids(self) -> list[str]:
        """Return the id of each article, removed or not."""
        column = self.reader.keyword_column(ID_FIELD)
        values = list(column.values)
        return [values[code] for code in column.codes.tolist()]


def read_removed(folder: Path, name: str, size: int) -> Mask | None:
    """Return bool [size]: the articles removed from a segment, None for no file."""
    if not name:
        return None
    bits = np.frombuffer((folder / name).read_bytes(), np.uint8)
    return np.unpackbits(bits, count=size).astype(bool)
