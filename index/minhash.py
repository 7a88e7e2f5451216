"""MinHash signatures of many texts at once.

Broder, "On the resemblance and containment of documents" (1997), over shingles of two words;
the permutations are multiplications modulo 2^32, and shifts between them.
"""

from collections.abc import Iterator
from hashlib import shake_256

import numpy as np
from numpy.typing import NDArray

SIGNATURE = 40  # numbers of a signature

# Kept in every index: numbers of which no library may change its mind.
_RANDOM = np.frombuffer(shake_256(b"MinHash").digest(12 * SIGNATURE), "<u4")
_FACTORS, _ADDED, _AGAIN = _RANDOM.astype(np.uint32).reshape(3, SIGNATURE, 1) | np.uint32(1)
# The least of hundreds begins with zeros; 16 of the bits after them are kept.
_LOWEST_KEPT = np.uint32(8)
_AT_ONCE = 1 << 12  # shingles, so that all their numbers stay in the cache

Places = NDArray[np.int64]


def signatures(words: NDArray[np.uint16], starts: Places, stops: Places) -> NDArray[np.uint16]:
    """Return the signatures, uint16 [n, SIGNATURE], of texts that lie in `words`, ascending.

    Each has two words or more, given as numbers.
    """
    result = np.empty((len(starts), SIGNATURE), np.uint16)
    mixed = _mixed((words[:-1].astype(np.uint32) << np.uint32(16)) | words[1:])
    for first, last in _blocks(starts, stops):
        base = starts[first]
        numbers = mixed[base : stops[last - 1] - 1] * _FACTORS
        numbers += _ADDED
        # Multiples of one number are least together: without this, fewer copies meet.
        numbers ^= numbers >> np.uint32(15)
        numbers *= _AGAIN
        # What is between the last shingle of a text and the next text is of no text.
        bounds = np.stack([starts[first:last], stops[first:last] - 1], axis=1).ravel() - base
        least = np.minimum.reduceat(numbers, bounds[:-1], axis=1)[:, ::2]
        result[first:last] = (least >> _LOWEST_KEPT).T
    return result


def _blocks(starts: Places, stops: Places) -> Iterator[tuple[int, int]]:
    """Yield [first, last) of texts that are looked at together."""
    first = 0
    while first < len(starts):
        last = max(int(np.searchsorted(stops, starts[first] + _AT_ONCE, "right")), first + 1)
        yield first, last
        first = last


def _mixed(values: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return numbers in which every bit depends on all of them (the end of MurmurHash3)."""
    values = (values ^ (values >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    values = (values ^ (values >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    return values ^ (values >> np.uint32(16))
