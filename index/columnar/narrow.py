"""Integer arrays in a small type, with the few values that do not fit apart.

Decoded by a view and at most a few slices, never value by value: low parts in the small type,
and a sorted list of the places whose value is larger, with the value. Nine in ten term
frequencies are 1, none may be lost.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from index.columnar.container import Array, Container, ContainerWriter
from index.columnar.integers import as_places, found_in_runs, joined_runs


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
            self._container.add(f"{self._name}.places", as_places(self._places))
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
        result = joined_runs(self._low, starts, counts)
        if self._places is None:
            return result
        large, places, _ = found_in_runs(self._places, starts, counts)
        if large.size:
            result = result.astype(np.uint32)
            result[places] = self._values[large]
        return result
