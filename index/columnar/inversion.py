"""From documents that name terms to terms that name documents, by one sort.

While documents are added, each word is interned to a number and the numbers are strung
together, four bytes a word. To invert, the numbers become ranks in the sorted vocabulary
and one sort of (rank, document, position) puts every posting in its place.
"""

from array import array
from collections.abc import Sequence

import numpy as np

from index.columnar.container import Array
from index.columnar.integers import offsets
from index.columnar.postings import Run

# What a word takes when it is inverted and written, all told: 363 MB for 8 million. While
# gathered it takes 4 bytes.
INVERSION_BYTES = 46


class _Interner(dict[str, int]):
    """Numbers words in the order they are first met; C speed through `__getitem__`."""

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number


class Inverter:
    """Gather the words of documents, in order, and invert them."""

    def __init__(self) -> None:
        self._numbers = _Interner()
        self._words = array("I")
        self._lengths = array("I")

    @property
    def lengths(self) -> Array:
        """How many words each document has."""
        return np.frombuffer(self._lengths, np.uint32) if self._lengths else np.zeros(0, np.uint32)

    def add(self, words: Sequence[str]) -> None:
        """Add the next document."""
        self._words.extend(map(self._numbers.__getitem__, words))
        self._lengths.append(len(words))

    def extend(self, others: "Inverter") -> None:
        """Add the documents of another: only its distinct words are looked up."""
        self._lengths.extend(others._lengths)
        if others._words:
            known = map(self._numbers.__getitem__, others._numbers)
            numbers = np.fromiter(known, np.uint32, len(others._numbers))
            self._words.frombytes(numbers[np.frombuffer(others._words, np.uint32)].tobytes())

    def vocabulary(self) -> list[str]:
        """Return the distinct words in the order of their UTF-8 bytes."""
        return sorted(self._numbers)

    def ranks(self, vocabulary: Sequence[str]) -> Array:
        """Return each word added, as its rank in the sorted vocabulary."""
        numbers = np.fromiter(map(self._numbers.__getitem__, vocabulary), np.int64, len(vocabulary))
        rank_of = np.empty(len(vocabulary), np.uint32)
        rank_of[numbers] = np.arange(len(vocabulary), dtype=np.uint32)
        words = np.frombuffer(self._words, np.uint32) if self._words else np.zeros(0, np.uint32)
        return rank_of[words]


def invert(ranks: Array, lengths: Array) -> Run:
    """Return the postings of all terms.

    ranks: the term of every word of every document, in order.
    lengths: how many words each document has.
    Raises ValueError where (rank, document, position) do not fit 64 bits; 2^21 terms, 2^21
    documents and 2^22 words in one of them still do.
    """
    if not len(ranks):
        return Run(ranks, ranks, ranks, ranks)
    position_bits = int(lengths.max()).bit_length()
    low_bits = position_bits + len(lengths).bit_length()
    if low_bits + int(ranks.max()).bit_length() > 64:
        raise ValueError("too many words in one document; lower the writer's memory budget")
    # Whole keys in sequence: no gathering by random index, 0.9 s for 8 million words
    # where sorting (rank, index) and looking documents up afterwards takes 1.4 s.
    documents = np.arange(len(lengths), dtype=np.int64) << position_bits
    keys = np.repeat(documents - offsets(lengths)[:-1], lengths)
    keys += np.arange(len(ranks))
    keys = keys.view(np.uint64)
    keys |= ranks.astype(np.uint64) << np.uint64(low_bits)
    # No two keys are equal; this sort is the faster one here, 0.35 s against 0.5.
    keys.sort(kind="stable")
    positions = (keys & np.uint64((1 << position_bits) - 1)).astype(np.uint32)
    keys >>= np.uint64(position_bits)
    postings = np.flatnonzero(np.diff(keys, prepend=~keys[:1]))
    pairs = keys[postings]
    document_bits = np.uint64(low_bits - position_bits)
    return Run(
        counts=np.bincount((pairs >> document_bits).view(np.int64)),
        documents=(pairs & ((np.uint64(1) << document_bits) - np.uint64(1))).astype(np.uint32),
        frequencies=np.diff(postings, append=len(keys)),
        positions=positions,
    )
