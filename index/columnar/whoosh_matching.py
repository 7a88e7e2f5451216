"""A term's postings as Whoosh's queries walk them: one at a time, or block by block."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from whoosh.formats import Format
from whoosh.matching import LeafMatcher, ReadTooFar

from index.columnar.container import Array
from index.columnar.postings import Postings
from index.columnar.whoosh_formats import pack, parts

# A block is what Whoosh skips when it cannot hold a better hit; Whoosh's own has as many.
_BLOCK = 128


class PostingMatcher(LeafMatcher):  # type: ignore[misc]
    """Walks the postings of one term.

    lengths: the length of the field in each document, as Whoosh rounds it.
    """

    def __init__(
        self,
        postings: Postings,
        rank: int,
        lengths: Array,
        format_: Format,
        term: tuple[str, bytes],
        scorer: Any,  # noqa: ANN401
    ) -> None:
        self._postings = postings
        self._rank = rank
        self._lengths = lengths
        self.format = format_
        self._term = term
        self.scorer = scorer
        documents, frequencies = postings.postings(rank)
        self._documents = documents
        self._frequencies = frequencies
        # A memoryview gives Python integers without turning all of them into a list.
        self._ids = documents.data
        self._i = 0

    def copy(self) -> "PostingMatcher":
        other = PostingMatcher(
            self._postings, self._rank, self._lengths, self.format, self._term, self.scorer
        )
        other._i = self._i
        return other

    def reset(self) -> None:
        self._i = 0

    def is_active(self) -> bool:
        return self._i < len(self._ids)

    def id(self) -> int:
        try:
            return self._ids[self._i]
        except IndexError:
            # Whoosh's SpanNot compares the ids of matchers that have come to their end,
            # where Whoosh's own matcher still tells one that it has passed.
            return self._ids[-1]

    def all_ids(self) -> Iterator[int]:
        return iter(self._documents[self._i :].tolist())

    def next(self) -> bool:
        """Go on by one; tell whether that enters another block."""
        if self._i >= len(self._ids):
            raise ReadTooFar
        self._i += 1
        return self._i % _BLOCK == 0 or self._i == len(self._ids)

    def skip_to(self, id: int) -> None:
        if not self.is_active():
            raise ReadTooFar
        self._i = bisect_left(self._ids, id, self._i)

    # --- what a posting holds

    def weight(self) -> float:
        return self._weights[self._i]

    def value(self) -> bytes:
        frequency = int(self._frequencies[self._i])
        occurrences = {name: self._occurrences(name) for name in parts(self.format)}
        return pack(self.format, frequency, occurrences)

    def value_as(self, astype: str) -> Any:  # noqa: ANN401
        if astype == "frequency":
            return int(self._frequencies[self._i])
        names = parts(self.format)
        if astype == "positions" and names:
            return self._occurrences("positions")
        if astype == "characters" and "ends" in names:
            columns = (self._occurrences(name) for name in ("positions", "starts", "ends"))
            return list(zip(*columns, strict=True))
        return super().value_as(astype)

    def _occurrences(self, name: str) -> Sequence[Any]:
        offsets, positions = self._positions
        low, high = offsets[self._i], offsets[self._i + 1]
        if name == "positions":
            own = positions[low:high]
        else:
            start, _ = self._postings.position_bounds(self._rank)
            own = self._postings.extras[name][start + low : start + high]
        values: list[Any] = own.tolist()
        return values

    @cached_property
    def _weights(self) -> Sequence[float]:
        if "weights" in self._postings.extras:
            return self._postings.weights(self._rank).astype(np.float64).data
        return self._frequencies.astype(np.float64).data

    @cached_property
    def _positions(self) -> tuple[memoryview, Array]:
        offsets, positions = self._postings.positions(self._rank)
        return offsets.data, positions

    # --- blocks

    def skip_to_quality(self, minquality: float) -> int:
        """Skip the blocks that hold no better hit; return how many."""
        skipped = 0
        while self.is_active() and self.block_quality() <= minquality:
            self._i = min((self._i // _BLOCK + 1) * _BLOCK, len(self._ids))
            skipped += 1
        return skipped

    def block_min_id(self) -> int:
        return self._ids[self._i // _BLOCK * _BLOCK]

    def block_max_id(self) -> int:
        return self._ids[min((self._i // _BLOCK + 1) * _BLOCK, len(self._ids)) - 1]

    def block_max_weight(self) -> float:
        return self._block_weights[self._i // _BLOCK]

    def block_min_length(self) -> int:
        return self._block_lengths[0][self._i // _BLOCK]

    def block_max_length(self) -> int:
        return self._block_lengths[1][self._i // _BLOCK]

    @cached_property
    def _block_weights(self) -> list[float]:
        starts = np.arange(0, len(self._ids), _BLOCK)
        weights: list[float] = np.maximum.reduceat(np.asarray(self._weights), starts).tolist()
        return weights

    @cached_property
    def _block_lengths(self) -> tuple[list[int], list[int]]:
        starts = np.arange(0, len(self._ids), _BLOCK)
        lengths = self._lengths[self._documents]
        return (
            np.minimum.reduceat(lengths, starts).tolist(),
            np.maximum.reduceat(lengths, starts).tolist(),
        )
