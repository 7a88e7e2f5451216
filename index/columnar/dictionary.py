"""A sorted dictionary of terms: their bytes end to end, and how many each has.

Terms are ordered by their bytes, which for UTF-8 is the order of code points. A term
is named by its rank, so that a range of terms is a range of integers. On disk all is
compressed, and in memory as it is searched: 300,000 terms in 15 ms when they are first needed.
"""

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import overload

import numpy as np

from index.columnar.container import Array, Container, ContainerWriter
from index.columnar.fuzzy import masks, near, similar
from index.columnar.integers import read_offsets, write_counts

# A lone surrogate, as broken JSON may hold, is kept as any other character.
_SURROGATES = "surrogatepass"


def encoded(term: str) -> bytes:
    """Return the bytes of a term."""
    return term.encode("utf-8", _SURROGATES)


def decoded(term: bytes) -> str:
    """Return the text of a term's bytes."""
    return term.decode("utf-8", _SURROGATES)


def write_dictionary(container: ContainerWriter, name: str, terms: Sequence[bytes]) -> None:
    """Write sorted distinct terms."""
    lengths = np.fromiter(map(len, terms), np.int64, len(terms))
    container.add_packed(f"{name}/terms", np.frombuffer(b"".join(terms), np.uint8))
    write_counts(container, f"{name}/terms.sizes", lengths)


def write_keys(container: ContainerWriter, name: str, keys: Sequence[bytes | None]) -> None:
    """Write the key -> term ranks relation `name`; ranks ascend under each key.

    keys: that of each term, by rank; None for a term without.
    """
    held = [key for key in keys if key is not None]
    ordered = sorted(set(held))
    write_dictionary(container, name, ordered)
    places = dict(zip(ordered, range(len(ordered)), strict=True))
    codes = np.fromiter(map(places.__getitem__, held), np.uint32, len(held))
    write_counts(container, f"{name}/counts", np.bincount(codes, minlength=len(ordered)))
    ranks = np.fromiter((key is not None for key in keys), np.bool_, len(keys)).nonzero()[0]
    flat = ranks[codes.argsort(kind="stable")].astype(np.int32)
    # Most keys have one term, and it follows that of the key before: as steps these are ones.
    container.add_packed(f"{name}/ranks.steps", np.diff(flat, prepend=np.int32(0)))


class Dictionary(Sequence[bytes]):
    """The sorted terms of a field; a term's index is its rank."""

    def __init__(self, container: Container, name: str) -> None:
        self._bytes = container.view(f"{name}/terms")
        self.offsets = read_offsets(container, f"{name}/terms.sizes")
        # A memoryview yields Python integers three times faster than an array does.
        self._starts = self.offsets.data

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, rank: int) -> bytes: ...
    @overload
    def __getitem__(self, rank: slice) -> list[bytes]: ...
    def __getitem__(self, rank: int | slice) -> bytes | list[bytes]:
        if isinstance(rank, slice):
            first, last, step = rank.indices(len(self))
            if step == 1:
                return self.terms(first, max(first, last))
            return [self[each] for each in range(first, last, step)]
        if not 0 <= rank < len(self):
            raise IndexError(rank)
        return bytes(self._bytes[self._starts[rank] : self._starts[rank + 1]])

    def terms(self, first: int = 0, last: int | None = None) -> list[bytes]:
        """Return the terms of ranks [first, last)."""
        bounds = self.offsets[first : len(self) + 1 if last is None else last + 1].tolist()
        if not bounds:
            return []
        start = bounds[0]
        data = bytes(self._bytes[start : bounds[-1]])
        return [data[low - start : high - start] for low, high in pairwise(bounds)]

    def rank(self, term: bytes) -> int:
        """Return the rank of a term, or -1."""
        rank = self.lower_bound(term)
        return rank if rank < len(self) and self[rank] == term else -1

    def lower_bound(self, term: bytes) -> int:
        """Return the rank of the first term that is not before `term`."""
        data, starts = self._bytes, self._starts
        low, high = 0, len(starts) - 1
        while low < high:
            middle = (low + high) >> 1
            if bytes(data[starts[middle] : starts[middle + 1]]) < term:
                low = middle + 1
            else:
                high = middle
        return low

    def prefix_range(self, prefix: bytes) -> tuple[int, int]:
        """Return the ranks [first, last) of the terms that begin with a prefix."""
        first = self.lower_bound(prefix)
        stem = prefix.rstrip(b"\xff")
        if not stem:
            return first, len(self)
        return first, self.lower_bound(stem[:-1] + bytes([stem[-1] + 1]))

    @cached_property
    def is_text(self) -> bool:
        """Whether the terms are UTF-8, as `fuzzy` needs them."""
        try:
            for term in self.terms():
                term.decode()
        except UnicodeDecodeError:
            return False
        return True

    @cached_property
    def _filters(self) -> tuple[Array, Array, Array]:
        """The length of each term and its masks of letters and pairs, for `fuzzy`.

        Made when first asked for, 100,000 in 75 ms: written, they were 16 bytes a word.
        """
        words = [decoded(term) for term in self.terms()]
        return np.fromiter(map(len, words), np.uint32, len(words)), *masks(words)

    def fuzzy(
        self, term: str, distance: int, prefix: int = 0, transpositions: bool = False
    ) -> Array:
        """Return the ranks of the terms within an edit distance, ascending.

        distance: how many code points may be inserted, dropped or replaced.
        prefix: how many leading code points must be the same.
        transpositions: whether swapping two neighbours is one edit rather than two.
        """
        first, last = self.prefix_range(encoded(term[:prefix]))
        lengths, letters, pairs = (part[first:last] for part in self._filters)
        chosen = similar(term, letters, pairs, distance, transpositions)
        low, high = len(term) - distance, len(term) + distance
        chosen = chosen[(lengths[chosen] >= low) & (lengths[chosen] <= high)]
        ranks = first + chosen
        bounds = zip(self.offsets[ranks].tolist(), self.offsets[ranks + 1].tolist(), strict=True)
        words = [str(self._bytes[start:stop], "utf-8", _SURROGATES) for start, stop in bounds]
        return ranks[near(term, words, distance, transpositions)]


class Strings(Sequence[str]):
    """A dictionary of UTF-8 terms, read as text."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary

    def __len__(self) -> int:
        return len(self._dictionary)

    @overload
    def __getitem__(self, rank: int) -> str: ...
    @overload
    def __getitem__(self, rank: slice) -> list[str]: ...
    def __getitem__(self, rank: int | slice) -> str | list[str]:
        if isinstance(rank, slice):
            return [decoded(term) for term in self._dictionary[rank]]
        return decoded(self._dictionary[rank])


class Keys:
    """A relation from keys to the ranks of the terms that share them."""

    def __init__(self, container: Container, name: str) -> None:
        self.keys = Dictionary(container, name)
        self._offsets = read_offsets(container, f"{name}/counts").data
        steps = container.array(f"{name}/ranks.steps")
        # The ranks of the terms, key after key.
        self.ranks: Array = np.cumsum(steps, dtype=np.int64).astype(np.uint32)

    def terms(self, key: bytes) -> Array:
        """Return the ranks of the terms with a key, ascending."""
        rank = self.keys.rank(key)
        if rank < 0:
            return self.ranks[:0]
        return self.ranks[self._offsets[rank] : self._offsets[rank + 1]]

    def terms_with_prefix(self, prefix: bytes) -> Array:
        """Return the ranks of the terms whose key begins with a prefix, key after key."""
        low, high = self.range_with_prefix(prefix)
        return self.ranks[low:high]

    def range_with_prefix(self, prefix: bytes) -> tuple[int, int]:
        """Return where in `ranks` the terms are whose key begins with a prefix."""
        first, last = self.keys.prefix_range(prefix)
        return self._offsets[first], self._offsets[last]

    def terms_like(self, prefix: bytes, pattern: re.Pattern[str]) -> Array:
        """Return the ranks of the terms whose key begins so and fits a pattern, key after key."""
        first, last = self.keys.prefix_range(prefix)
        fitting = [
            rank
            for rank, key in enumerate(self.keys.terms(first, last), first)
            if pattern.fullmatch(decoded(key))
        ]
        parts = [self.ranks[self._offsets[rank] : self._offsets[rank + 1]] for rank in fitting]
        return np.concatenate([self.ranks[:0], *parts])

    def terms_near(self, key: str, distance: int) -> Array:
        """Return the ranks of the terms whose key is within an edit distance, key after key."""
        near = self.keys.fuzzy(key, distance).tolist()
        parts = [self.ranks[self._offsets[rank] : self._offsets[rank + 1]] for rank in near]
        return np.concatenate([self.ranks[:0], *parts])

    def of_terms(self) -> Array:
        """Return the rank of the key of each term; every term has one."""
        found = np.empty(len(self.ranks), np.uint32)
        counts = np.diff(self._offsets)
        found[self.ranks] = np.arange(len(self.keys), dtype=np.uint32).repeat(counts)
        return found
