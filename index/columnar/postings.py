"""The postings of a field: which documents hold each term, how often, and where.

Sections of a field `name`, for T terms, P postings and O occurrences, in the order of
terms, then documents, then positions:

    name/postings.counts   T     how many postings each term has
    name/documents         P     stepped 16-bit document numbers
    name/frequencies       P     narrow 8-bit; absent where all are 1
    name/positions.counts  T     how many positions each term has; absent where all are 1
    name/positions         O     narrow places of the words within the document, 16-bit, or
                                 8-bit where all are so small, as those of titles

Positions are whole, not deltas: the places of a few candidate documents are then one
indexed read. For 29,576 news articles that is 17 MB, where deltas of a byte (three for one
delta in eight) would be 11 MB.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from index.columnar.container import Array, Container, ContainerWriter
from index.columnar.integers import offsets, read_offsets, sums_before, write_counts
from index.columnar.narrow import Narrow, NarrowWriter
from index.columnar.runs import EXTRAS, Run
from index.columnar.stepped import Stepped, SteppedWriter


def place_type(longest: int) -> npt.DTypeLike:
    """Return the type of the positions of documents that have at most so many words."""
    return np.uint8 if longest <= 1 << 8 else np.uint16


class PostingsWriter:
    """Write the postings of a field, run after run, in the order of its terms.

    positions: the type that holds most of them (`place_type`), None for a field without.
    """

    def __init__(
        self,
        container: ContainerWriter,
        name: str,
        frequencies: bool = True,
        positions: npt.DTypeLike | None = np.uint16,
        extras: Sequence[str] = (),
    ) -> None:
        self._container = container
        self._name = name
        self._counts: list[Array] = []
        self._totals: list[Array] = []
        self._documents = SteppedWriter(container, f"{name}/documents")
        self._frequencies = (
            NarrowWriter(container, f"{name}/frequencies", np.uint8) if frequencies else None
        )
        self._positions = (
            None if positions is None else NarrowWriter(container, f"{name}/positions", positions)
        )
        self._extras = {
            extra: container.stream(f"{name}/{extra}", EXTRAS[extra]) for extra in extras
        }

    def append(self, run: Run) -> None:
        """Append the postings of the next terms."""
        if not len(run.counts):
            return
        self._counts.append(run.counts)
        self._documents.append(run.documents, run.counts)
        if self._frequencies is not None:
            self._frequencies.append(run.frequencies)
            starts = offsets(run.counts)[:-1]
            self._totals.append(np.add.reduceat(run.frequencies, starts, dtype=np.int64))
        if self._positions is not None and run.positions is not None:
            self._positions.append(run.positions)
        for extra, stream in self._extras.items():
            stream.append(run.extras[extra])

    def close(self) -> None:
        """Write what is still held."""
        self._write_counts("postings", self._counts)
        self._documents.close()
        if self._frequencies is not None:
            self._write_counts("positions", self._totals)
            self._frequencies.close()
        if self._positions is not None:
            self._positions.close()
        for stream in self._extras.values():
            stream.close()

    def _write_counts(self, part: str, counts: list[Array]) -> None:
        joined = np.concatenate(counts) if counts else np.zeros(0, np.int64)
        write_counts(self._container, f"{self._name}/{part}.counts", joined)


class Postings:
    """Read the postings of a field; a term is named by its rank."""

    def __init__(self, container: Container, name: str) -> None:
        self.offsets = read_offsets(container, f"{name}/postings.counts")
        self._bounds = self.offsets.data
        self._position_bounds = self._bounds
        self._documents = Stepped(container, f"{name}/documents")
        self._frequencies: Narrow | None = None
        if f"{name}/frequencies" in container:
            self._frequencies = Narrow(container, f"{name}/frequencies")
            self._position_bounds = read_offsets(container, f"{name}/positions.counts").data
        self._positions: Narrow | None = None
        if f"{name}/positions" in container:
            self._positions = Narrow(container, f"{name}/positions")
        self.extras = {
            extra: container.array(f"{name}/{extra}")
            for extra in EXTRAS
            if f"{name}/{extra}" in container
        }

    @property
    def has_frequencies(self) -> bool:
        """Whether a term can occur more than once in a document."""
        return self._frequencies is not None

    @property
    def has_positions(self) -> bool:
        """Whether the field keeps positions."""
        return self._positions is not None

    @property
    def place_type(self) -> np.dtype[Any] | None:
        """The type that holds most positions, None for a field without."""
        return None if self._positions is None else self._positions.dtype

    def bounds(self, rank: int) -> tuple[int, int]:
        """Return where a term's postings begin and end."""
        return self._bounds[rank], self._bounds[rank + 1]

    def position_bounds(self, rank: int) -> tuple[int, int]:
        """Return where a term's occurrences begin and end; their number is its frequency."""
        return self._position_bounds[rank], self._position_bounds[rank + 1]

    def postings(self, rank: int) -> tuple[npt.NDArray[np.int32], Array]:
        """Return a term's documents, ascending, and its frequency in each."""
        start, stop = self._bounds[rank], self._bounds[rank + 1]
        return self._documents.run(start, stop), self._frequency(start, stop)

    def find(
        self, rank: int, documents: npt.NDArray[np.int32]
    ) -> tuple[Array, npt.NDArray[np.bool_], Array]:
        """Look documents (ascending) up in a term's postings, without reading all of them.

        Return the place of each, whether it is there, and the frequencies at all places.
        """
        start, stop = self._bounds[rank], self._bounds[rank + 1]
        return *self._documents.find(start, stop, documents), self._frequency(start, stop)

    def postings_of(self, ranks: Array) -> tuple[npt.NDArray[np.int32], Array, Array]:
        """Return the documents and frequencies of several terms, joined, and how many each has."""
        starts = self.offsets[ranks].astype(np.int64)
        counts = self.offsets[ranks + 1] - starts
        documents = self._documents.runs(starts, counts)
        if self._frequencies is None:
            return documents, _ones(len(documents)), counts
        return documents, self._frequencies.runs(starts, counts), counts

    def weights(self, rank: int) -> Array:
        """Return a term's weight in each document, where these differ from frequencies."""
        return self.extras["weights"][slice(*self.bounds(rank))]

    def positions(self, rank: int) -> tuple[npt.NDArray[np.int64], Array]:
        """Return where each posting's positions begin (one more: the end), and the positions."""
        if self._positions is None:
            raise ValueError("the field keeps no positions")
        frequencies = self._frequency(*self.bounds(rank))
        start, stop = self._position_bounds[rank], self._position_bounds[rank + 1]
        return offsets(frequencies), self._positions.slice(start, stop)

    def places(self, rank: int, postings: Array) -> tuple[Array, Array]:
        """Return the positions of some of a term's postings, joined, and how many each has.

        postings: which of the term's, ascending, at least one.
        """
        if self._positions is None:
            raise ValueError("the field keeps no positions")
        frequencies = self._frequency(*self.bounds(rank))
        starts = self._position_bounds[rank] + sums_before(frequencies, postings)
        counts = frequencies.take(postings)
        return self._positions.runs(starts, counts), counts

    def run(self, first: int, last: int) -> Run:
        """Return the postings of the terms [first, last)."""
        start, stop = self._bounds[first], self._bounds[last]
        low, high = self._position_bounds[first], self._position_bounds[last]
        counts = np.diff(self.offsets[first : last + 1].astype(np.int64))
        starts = self.offsets[first:last].astype(np.int64)
        extras = {
            extra: values[start:stop] if extra == "weights" else values[low:high]
            for extra, values in self.extras.items()
        }
        return Run(
            counts,
            self._documents.runs(starts, counts),
            self._frequency(start, stop),
            None if self._positions is None else self._positions.slice(low, high),
            extras,
        )

    def _frequency(self, start: int, stop: int) -> Array:
        if self._frequencies is None:
            return _ones(stop - start)
        return self._frequencies.slice(start, stop)


def _ones(count: int) -> Array:
    return np.broadcast_to(np.uint8(1), count)
