"""Numbers that ascend within runs, as the documents of a term do, by their 16-bit low halves.

Where the high half changes within a run, a step says to what. A segment of up to 65,536
documents has no steps at all and is read without any arithmetic.
"""

import numpy as np
import numpy.typing as npt

from index.columnar.container import Array, Container, ContainerWriter
from index.columnar.integers import as_places, found_in_runs, joined_runs, offsets

_LOW_BITS = 16
# A table of a run takes 3 ns for each number in it, a search in the run 25 ns.
_TABLED = 8


class SteppedWriter:
    """Write a stepped array chunk by chunk, whole runs at a time."""

    def __init__(self, container: ContainerWriter, name: str) -> None:
        self._container = container
        self._name = name
        self._low = container.stream(name, np.uint16)
        self._places: list[Array] = []
        self._highs: list[Array] = []

    def append(self, values: Array, counts: Array) -> None:
        """Append runs of ascending numbers; counts: how many are in each run (none is 0)."""
        high = values >> _LOW_BITS
        if high.any():
            before = np.empty_like(high)
            before[1:] = high[:-1]
            before[offsets(counts)[:-1]] = 0
            steps = np.flatnonzero(high != before)
            self._places.append(steps + self._low.size)
            self._highs.append(high[steps].astype(np.uint16))
        self._low.append(values)

    def close(self) -> None:
        """Write what is still held."""
        self._low.close()
        if self._places:
            self._container.add(f"{self._name}.places", as_places(self._places))
            self._container.add(f"{self._name}.highs", np.concatenate(self._highs))


class Stepped:
    """Read a stepped array."""

    def __init__(self, container: Container, name: str) -> None:
        self._low = container.array(name)
        self._places: Array | None = None
        if f"{name}.places" in container:
            self._places = container.array(f"{name}.places").astype(np.int64)
            self._highs = container.array(f"{name}.highs").astype(np.int32) << _LOW_BITS

    def __len__(self) -> int:
        return len(self._low)

    def run(self, start: int, stop: int) -> npt.NDArray[np.int32]:
        """Return the one run [start, stop)."""
        result = self._low[start:stop].astype(np.int32)
        if self._places is not None:
            first, last = np.searchsorted(self._places, (start, stop))
            bounds = [*(self._places[first:last] - start).tolist(), stop - start]
            for step in range(last - first):
                result[bounds[step] : bounds[step + 1]] |= self._highs[first + step]
        return result

    def find(
        self, start: int, stop: int, wanted: npt.NDArray[np.int32]
    ) -> tuple[Array, npt.NDArray[np.bool_]]:
        """Return where in the run [start, stop) each wanted number stands, and whether it does.

        One that does not stand there has any place, its end included.
        wanted: ascending. Nothing is decoded: each stretch of one high half is searched.
        """
        if self._places is None:
            places, there = _find(self._low[start:stop], wanted)
            if len(wanted) and wanted[-1] >> _LOW_BITS:
                there &= wanted >> _LOW_BITS == 0
            return places, there
        first, last = np.searchsorted(self._places, (start, stop))
        bounds = [start, *self._places[first:last].tolist(), stop]
        highs = np.concatenate([np.zeros(1, np.int32), self._highs[first:last]])
        lows = np.searchsorted(wanted, highs).tolist()
        ups = np.searchsorted(wanted, highs | ((1 << _LOW_BITS) - 1), side="right").tolist()
        places, there = np.zeros(len(wanted), np.int64), np.zeros(len(wanted), np.bool_)
        for low, up, left, right in zip(lows, ups, bounds[:-1], bounds[1:], strict=True):
            if low < up and left < right:
                found, there[low:up] = _find(self._low[left:right], wanted[low:up])
                places[low:up] = found + (left - start)
        return places, there

    def runs(self, starts: Array, counts: Array) -> npt.NDArray[np.int32]:
        """Return several runs, joined in the order given."""
        result = joined_runs(self._low, starts, counts).astype(np.int32)
        if self._places is None:
            return result
        steps, places, found = found_in_runs(self._places, starts, counts)
        if steps.size:
            # The high half as the sum of its changes: up at each step, down after the run.
            highs = self._highs[steps]
            ends = offsets(found)
            stepping = np.flatnonzero(found)
            before = np.concatenate([highs[:1], highs[:-1]])
            before[ends[stepping]] = 0
            changes = np.zeros(len(result) + 1, np.int32)
            changes[places] = highs - before
            changes[offsets(counts)[1:][stepping]] -= highs[ends[1:][stepping] - 1]
            result += np.cumsum(changes[:-1], dtype=np.int32)
        return result


def _find(run: Array, wanted: Array) -> tuple[Array, npt.NDArray[np.bool_]]:
    """Return a place in a run for the low half of each wanted number, and whether it is there."""
    needles = wanted.astype(run.dtype)
    places: Array
    if len(needles) * _TABLED > len(run) > 0:
        # What is in no place of the table was never written: any place will do.
        table = np.empty(int(run[-1]) + 1, np.int32)
        table[run] = np.arange(len(run), dtype=np.int32)
        places = table.take(needles, mode="clip")
    else:
        places = run.searchsorted(needles)
    return places, run.take(places, mode="clip") == needles
