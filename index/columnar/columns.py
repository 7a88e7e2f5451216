"""Values by document: keywords (any number for each), numbers, and field lengths.

Sections of a field `name`, for N documents:

    name/values.counts   N    how many codes each document has
    name/values          V    codes: ranks in the field's dictionary
    name/numbers         N    numbers in the narrowest type, 0 where there is none
    name/missing         N    bits, 1 where there is none; absent where none is missing
    name/lengths         N    narrow 16-bit numbers of words
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from index.columnar.container import Array, Container, ContainerWriter
from index.columnar.dictionary import Strings
from index.columnar.integers import smallest_unsigned, write_counts
from index.columnar.narrow import NarrowWriter


class KeywordColumn(NamedTuple):
    """Keywords by document: document d has values[codes[i]] for offsets[d] <= i < offsets[d+1]."""

    values: Strings
    offsets: Array
    codes: Array


class NumericColumn(NamedTuple):
    """A number by document; missing is true where a document has none (its value is then 0)."""

    values: Array
    missing: npt.NDArray[np.bool_]


def write_codes(
    container: ContainerWriter, name: str, counts: Array, codes: Array, values: int
) -> None:
    """Write keyword codes; counts: how many each document has; values: how many differ."""
    write_counts(container, f"{name}/values.counts", counts)
    container.add(f"{name}/values", codes.astype(smallest_unsigned(max(values - 1, 0))))


def write_numbers(container: ContainerWriter, name: str, values: Array, missing: Array) -> None:
    """Write one number for each document."""
    container.add(f"{name}/numbers", _narrowest(np.where(missing, values.dtype.type(0), values)))
    if missing.any():
        container.add(f"{name}/missing", np.packbits(missing))


def write_lengths(container: ContainerWriter, name: str, lengths: Array) -> None:
    """Write the number of words of each document."""
    writer = NarrowWriter(container, f"{name}/lengths", np.uint16)
    writer.append(lengths)
    writer.close()


def read_numbers(container: Container, name: str) -> NumericColumn:
    """Return a numeric column."""
    values = container.array(f"{name}/numbers")
    if f"{name}/missing" not in container:
        return NumericColumn(values, np.broadcast_to(np.False_, len(values)))
    bits = container.array(f"{name}/missing")
    return NumericColumn(values, np.unpackbits(bits, count=len(values)).view(np.bool_))


def _narrowest(values: Array) -> Array:
    if values.dtype.kind not in "iu" or not values.size:
        return values
    low, high = np.min_scalar_type(values.min()), np.min_scalar_type(values.max())
    kind = np.result_type(low, high)
    # int64 with uint64 gives float64: such a range stays as it is.
    return values if kind.kind == "f" else values.astype(kind)
