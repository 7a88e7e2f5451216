"""What is done with arrays of integers: counts and offsets, runs, distinct values."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from index.columnar.container import Array, Container, ContainerWriter

# Summing to a place alone costs as much as summing so many counts on the way.
_DENSE = 32


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


def as_places(parts: Sequence[Array]) -> Array:
    """Return places, ascending, joined in the narrowest of uint32 and uint64."""
    joined = np.concatenate(parts)
    return joined.astype(np.uint32 if joined[-1] < 1 << 32 else np.uint64)


def joined_runs(values: Array, starts: Array, counts: Array) -> Array:
    """Return runs of values, joined; neighbouring runs are one slice."""
    if len(starts) and (starts[1:] == starts[:-1] + counts[:-1]).all():
        return values[int(starts[0]) : int(starts[-1] + counts[-1])]
    return values[ragged(starts, counts)]


def found_in_runs(places: Array, starts: Array, counts: Array) -> tuple[Array, Array, Array]:
    """Return which of `places` are in the runs, where in the joined runs, how many in each."""
    first = np.searchsorted(places, starts)
    found = np.searchsorted(places, starts + counts) - first
    which = ragged(first, found)
    return which, places[which] + np.repeat(offsets(counts)[:-1] - starts, found), found
