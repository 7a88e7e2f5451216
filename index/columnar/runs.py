"""Postings in memory: those of consecutive terms, on their way into a segment or out of one."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from index.columnar.container import Array
from index.columnar.integers import offsets


@dataclass(frozen=True, slots=True)
class Run:
    """The postings of consecutive terms, joined.

    counts: how many documents each term has; none has 0.
    documents, frequencies: one value for each posting.
    positions: `frequencies` values for each posting, or None.
    extras: further sections of float32 or uint32, of one value for each posting or each
        position (the weights and character offsets of Whoosh's formats).
    """

    counts: Array
    documents: Array
    frequencies: Array
    positions: Array | None = None
    extras: Mapping[str, Array] = field(default_factory=dict)


EXTRAS: Mapping[str, npt.DTypeLike] = {
    "weights": np.float32,
    "boosts": np.float64,
    "starts": np.uint32,
    "ends": np.uint32,
}


class HeldPostings:
    """A run in memory, of which parts can be taken."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self.offsets = offsets(run.counts)
        self._position_offsets = offsets(run.frequencies)[self.offsets]

    def run(self, first: int, last: int) -> Run:
        """Return the postings of the terms [first, last)."""
        whole = self._run
        part = slice(self.offsets[first], self.offsets[last])
        places = slice(self._position_offsets[first], self._position_offsets[last])
        return Run(
            whole.counts[first:last],
            whole.documents[part],
            whole.frequencies[part],
            None if whole.positions is None else whole.positions[places],
        )
