"""A view in which countries and actors go by the names of a `Renaming`, with exact counts.

Columns are made anew once for a generation and a ledger, each article under a value once;
what an article list or a count costs then is what it cost without.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import chain, compress

import numpy as np
from numpy.typing import NDArray

from index.columnar.integers import offsets
from index.columnar.segment import SegmentReader
from index.evaluation.columns import Columns
from index.evaluation.facets import FacetColumn
from index.evaluation.sets import Docs, Mask, united
from index.evaluation.view import NOTHING_KNOWN, About, View
from index.fields import Facet
from index.renaming import CONDITION_FACETS, Renaming

# The articles in which a name goes by another one, by that one.
Moved = Sequence[tuple[str, Docs]]


class RenamedView(View):
    """Reads the segments of one generation under the names that are shown."""

    def __init__(
        self,
        segments: Sequence[SegmentReader],
        removed: Sequence[Mask | None],
        leads: NDArray[np.int32],
        renaming: Renaming,
        about: About = NOTHING_KNOWN,
    ) -> None:
        super().__init__(segments, removed, leads, about)
        self.renaming = renaming
        self.columns = _RenamedColumns(segments, self)

    def articles_with(self, facet: Facet, value: str) -> Docs:
        """Return the articles shown with a facet value, ascending."""
        if not self.renaming.touches(facet):
            return super().articles_with(facet, value)
        parts = [self._left(facet, one) for one in self.renaming.stated(facet, value)]
        if facet is Facet.ACTOR:
            moved = (pair for pairs in self.moved.values() for pair in pairs)
            parts += [docs for part, docs in moved if self._shows(part, value)]
        if len(parts) == 1:
            return parts[0]
        return united(parts, self.size) if parts else np.empty(0, np.int32)

    @cached_property
    def moved(self) -> Mapping[str, Moved]:
        """For each actor that is split, the articles in which it goes by another name."""
        moved: dict[str, list[tuple[str, Docs]]] = {}
        for split in self.renaming.ledger.splits:
            met = np.zeros(self.size, bool)
            for name, value in split.conditions:
                met[self._meeting(name, value)] = True
            holders = self._meaning(split.name)
            before = moved.setdefault(split.name, [])
            for _, gone in before:
                met[gone] = False
            before.append((split.part, holders[met[holders]]))
        return moved

    def _left(self, facet: Facet, value: str) -> Docs:
        """Return the articles indexed with a value that no split takes from it."""
        docs = super().articles_with(facet, value)
        name = self.renaming.link(value)
        for _, gone in self.moved.get(name, ()) if facet is Facet.ACTOR else ():
            docs = docs[~np.isin(docs, gone)]
        return docs

    def _meaning(self, actor: str) -> Docs:
        """Return the articles with any name that means an actor, splits aside, ascending."""
        names = self.renaming.linked(actor)
        parts = [super(RenamedView, self).articles_with(Facet.ACTOR, one) for one in names]
        return united(parts, self.size) if parts else np.empty(0, np.int32)

    def _shows(self, name: str, value: str) -> bool:
        return self.renaming.current(Facet.ACTOR, name) == value

    def _meeting(self, name: str, value: str) -> Docs:
        if name == "id":
            doc = self.article_with_id(value)
            return np.array([doc] if doc >= 0 else [], np.int32)
        if CONDITION_FACETS[name] is Facet.ACTOR:
            return self._meaning(value)
        return super().articles_with(CONDITION_FACETS[name], value)


class _RenamedColumns(Columns):
    def __init__(self, segments: Sequence[SegmentReader], view: RenamedView) -> None:
        super().__init__(segments)
        self._view = view

    def _facet(self, facet: Facet) -> FacetColumn:
        column, renaming = super()._facet(facet), self._view.renaming
        if renaming.touches(facet):
            column = _renamed(column, renaming, self._view.moved if facet is Facet.ACTOR else {})
        return replace(column, labels=renaming.labels(facet))


def _renamed(column: FacetColumn, renaming: Renaming, moved: Mapping[str, Moved]) -> FacetColumn:
    """Return a column by the values that are shown, each article under each of them once."""
    stated = list(column.values)
    shown = renaming.changed(column.facet)
    changed = {code: shown[value] for code, value in enumerate(stated) if value in shown}
    parts = [renaming.current(column.facet, part) for pairs in moved.values() for part, _ in pairs]
    new = {value for value in (*changed.values(), *parts) if value is not None}
    # Nearly in order, which this sort makes use of.
    values = sorted(chain(stated, (value for value in new if column.code(value) < 0)))
    code_of: dict[str | None, int] = {value: bisect_left(values, value) for value in new}
    translation = _places(values, stated)
    translation[[*changed]] = [code_of.get(value, -1) for value in changed.values()]
    size = len(column.offsets) - 1
    rows = np.repeat(np.arange(size), np.diff(column.offsets))
    codes = translation[column.codes]
    renamed = np.zeros(len(stated), bool)
    renamed[[*changed]] = True
    held = renamed[column.codes]
    for name, pairs in moved.items():
        names = [column.code(one) for one in renaming.linked(name)]
        holders = np.isin(column.codes, [code for code in names if code >= 0])
        for part, docs in pairs:
            moving = holders & np.isin(rows, docs)
            codes[moving] = code_of.get(renaming.current(column.facet, part), -1)
            held |= moving
    kept = _once(rows, codes, held, len(values))
    return _without_empty(column.facet, values, rows[kept], codes[kept], size)


def _places(values: Sequence[str], some: Sequence[str]) -> NDArray[np.int32]:
    """Return the place of each of some values among all; both ascend."""
    places = np.arange(len(some), dtype=np.int32)
    if len(values) > len(some):
        known = set(some)
        others = [place for place, value in enumerate(values) if value not in known]
        places = np.delete(np.arange(len(values), dtype=np.int32), others)
    return places


def _once(
    rows: NDArray[np.int64], codes: NDArray[np.int32], held: Mask, values: int
) -> NDArray[np.intp]:
    """Return the places of each (row, code) pair's first occurrence, in order, hidden ones out.

    held: where a value is not the one that was indexed; only rows with such a place are
    looked at.
    """
    touched = np.zeros(int(rows[-1]) + 1 if len(rows) else 0, bool)
    touched[rows[held]] = True
    doubtful = touched[rows]
    kept = (codes >= 0) & ~doubtful
    looked = np.flatnonzero(doubtful & (codes >= 0))
    _, firsts = np.unique(rows[looked] * max(values, 1) + codes[looked], return_index=True)
    kept[looked[firsts]] = True
    return np.flatnonzero(kept)


def _without_empty(
    facet: Facet,
    values: Sequence[str],
    rows: NDArray[np.int64],
    codes: NDArray[np.int32],
    size: int,
) -> FacetColumn:
    """Return a column of the values that some article is left with."""
    used = np.zeros(len(values), bool)
    used[codes] = True
    places = (np.cumsum(used) - 1).astype(np.int32)
    counts = np.bincount(rows, minlength=size)
    return FacetColumn(facet, [*compress(values, used.tolist())], offsets(counts), places[codes])
