"""Integer arrays in the narrowest type, with the few values that do not fit apart.

Two schemes, both decoded by a view and at most a few slices, never value by value:

- narrow: low parts in a small type, and a sorted list of the places whose value is
  larger, with the value. Nine in ten term frequencies are 1, none may be lost.
- stepped: numbers that ascend within runs (the documents of a term) as 16-bit low
  halves; where the high half changes within a run, a step says to what. A segment of
  up to 65,536 documents has no steps at all and is read without any arithmetic.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from index.columnar.container import Array, Container, ContainerWriter

_LOW_BITS = 16
# Summing to a place alone costs as much as summing so many counts on the way.
_DENSE = 32
# A table of a run takes 3 ns for each number in it, a search in the run 25 ns.
_TABLED = 8


def smallest_unsigned(maximum: int) -> np.dtype[np.unsignedinteger]:
    """Return the narrowest unsigned dtype that holds 0..maximum."""
    return np.min_scalar_type(maximum)


def offsets(counts: Array) -> npt.NDArray[np.int64]:
    """Return [0, c0, c0+c1, ...]: where each run begins, and where the last ends."""
    result = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=result[1:])
    return result


def ragged(starts: Array, counts: Array) -> npt.NDArray[np.int64]:
    """Return the indexes of the runs that begin at `starts` and hold `counts`, joined."""
    ends = counts.cumsum(dtype=np.int64)
    total = int(ends[-1]) if len(ends) else 0
    indexes: npt.NDArray[np.int64] = (starts - (ends - counts)).repeat(counts)
    indexes += np.arange(total)
    return indexes


def sums_before(counts: Array, places: Array) -> npt.NDArray[np.int64]:
    """Return the sum of all counts before each of some places, ascending, at least one."""
    # Of few places, sums from one to the next take down to a twentieth of a running sum.
    if len(places) * _DENSE > len(counts):
        every: npt.NDArray[np.int64] = counts.cumsum(dtype=np.int64)
        return every.take(places) - counts.take(places)
    sums = np.empty(len(places), np.int64)
    sums[0] = counts[: places[0]].sum()
    sums[1:] = np.add.reduceat(counts, places, dtype=np.uint32)[:-1]
    return sums.cumsum()


def distinct(values: Array) -> Array:
    """Return the distinct values, ascending: for integers a third of the time of `np.unique`."""
    return distinct_counts(values)[0]


def distinct_counts(values: Array) -> tuple[Array, Array]:
    """Return the distinct values, ascending, and how often each is there."""
    ordered = np.sort(values)
    bounds = run_bounds(ordered)
    return ordered.take(bounds[:-1]), bounds[1:] - bounds[:-1]


def run_bounds(ordered: Array) -> npt.NDArray[np.int64]:
    """Return where each run of equal values begins, and where the last ends."""
    begins = np.ones(len(ordered) + 1, np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=begins[1:-1])
    return begins.nonzero()[0]


def write_counts(container: ContainerWriter, name: str, counts: Array) -> None:
    """Write counts, compressed, of which `read_offsets` gives the offsets."""
    container.add_packed(name, counts.astype(smallest_unsigned(int(counts.max(initial=0)))))


def read_offsets(container: Container, name: str) -> Array:
    """Return the `offsets` of written counts, in the narrowest of uint32 and uint64.

    100,000 take a tenth of a millisecond, once in a process; offsets themselves would be
    six tenths of what a dictionary takes on disk.
    """
    found = offsets(container.array(name))
    return found.astype(np.uint32 if found[-1] < 1 << 32 else np.uint64)


class NarrowWriter:
    """Write a narrow array chunk by chunk."""

    def __init__(self, container: ContainerWriter, name: str, dtype: npt.DTypeLike) -> None:
        self._container = container
        self._name = name
        self._limit = np.iinfo(np.dtype(dtype)).max
        self._low = container.stream(name, dtype)
        self._places: list[Array] = []
        self._values: list[Array] = []

    def append(self, values: Array) -> None:
        """Append non-negative integers."""
        large = np.flatnonzero(values > self._limit)
        if large.size:
            self._places.append(large + self._low.size)
            self._values.append(values[large].astype(np.uint32))
        self._low.append(values)

    def close(self) -> None:
        """Write what is still held."""
        self._low.close()
        if self._places:
            self._container.add(f"{self._name}.places", _places(self._places))
            self._container.add(f"{self._name}.values", np.concatenate(self._values))


class Narrow:
    """Read a narrow array."""

    def __init__(self, container: Container, name: str) -> None:
        self._low = container.array(name)
        self._places: Array | None = None
        if f"{name}.places" in container:
            # As int64, or each search would make them so.
            self._places = container.array(f"{name}.places").astype(np.int64)
            self._values = container.array(f"{name}.values")

    def __len__(self) -> int:
        return len(self._low)

    @property
    def dtype(self) -> np.dtype[Any]:
        """The type that holds most values."""
        return self._low.dtype

    def slice(self, start: int, stop: int) -> Array:
        """Return values [start, stop): the mapped view itself where all are small."""
        low = self._low[start:stop]
        if self._places is None:
            return low
        first, last = np.searchsorted(self._places, (start, stop))
        if first == last:
            return low
        result = low.astype(np.uint32)
        result[self._places[first:last] - start] = self._values[first:last]
        return result

    def runs(self, starts: Array, counts: Array) -> Array:
        """Return the values of several runs, joined in the order given."""
        result = _joined(self._low, starts, counts)
        if self._places is None:
            return result
        large, places, _ = _found(self._places, starts, counts)
        if large.size:
            result = result.astype(np.uint32)
            result[places] = self._values[large]
        return result


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
            self._container.add(f"{self._name}.places", _places(self._places))
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
        result = _joined(self._low, starts, counts).astype(np.int32)
        if self._places is None:
            return result
        steps, places, found = _found(self._places, starts, counts)
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


def _places(parts: Sequence[Array]) -> Array:
    """Return places, ascending, joined in the narrowest of uint32 and uint64."""
    joined = np.concatenate(parts)
    return joined.astype(np.uint32 if joined[-1] < 1 << 32 else np.uint64)


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


def _joined(values: Array, starts: Array, counts: Array) -> Array:
    """Return runs of values, joined; neighbouring runs are one slice."""
    if len(starts) and (starts[1:] == starts[:-1] + counts[:-1]).all():
        return values[int(starts[0]) : int(starts[-1] + counts[-1])]
    return values[ragged(starts, counts)]


def _found(places: Array, starts: Array, counts: Array) -> tuple[Array, Array, Array]:
    """Return which of `places` are in the runs, where in the joined runs, how many in each."""
    first = np.searchsorted(places, starts)
    found = np.searchsorted(places, starts + counts) - first
    which = ragged(first, found)
    return which, places[which] + np.repeat(offsets(counts)[:-1] - starts, found), found
