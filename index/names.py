"""The words of names, sorted: which names have words that begin so, the commonest first."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from corpus.analysis import cut_piece, fold, pieces
from index.commonest import Commonest, Counts, largest

Codes = NDArray[np.int64]

# A name may have so many words that begin alike; of those with more, some are overlooked.
_ALIKE = 3


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """The words of names, each with the codes of its names, which are their places.

    The codes of word i are codes[offsets[i]:offsets[i + 1]]. counts: of each name, how common it
    is; ranked: the same by the order of `codes`.
    """

    words: list[str]
    offsets: Codes
    codes: Codes
    counts: Counts
    ranked: Commonest

    @classmethod
    def of(cls, names: Iterable[str], counts: Counts) -> "Names":
        """Sort the words of names. counts: how common each is."""
        parts = [*map(pieces, names)]
        numbers: dict[str, int] = {}
        every = chain.from_iterable(parts)
        numbered = np.array([numbers.setdefault(one, len(numbers)) for one in every], np.int64)
        # Each piece is analysed once, however many names hold it.
        words_of = [_words(piece) for piece in numbers]
        words = sorted(set(chain.from_iterable(words_of)))
        ranks = {word: rank for rank, word in enumerate(words)}
        flat = np.array([ranks[word] for some in words_of for word in some], np.int64)
        bounds = np.cumsum([0, *map(len, words_of)], dtype=np.int64)
        holders = np.repeat(np.arange(len(parts)), [*map(len, parts)])
        times = np.diff(bounds)[numbered]
        within = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
        rank_of = flat[np.repeat(bounds[numbered], times) + within]
        codes = np.repeat(holders, times)[np.argsort(rank_of, kind="stable")]
        offsets = np.cumsum([0, *np.bincount(rank_of, minlength=len(words))], dtype=np.int64)
        return cls(words, offsets, codes, counts, Commonest(counts[codes]))

    def commonest(self, beginnings: Sequence[str], most: int) -> Codes:
        """Return the commonest names in which words begin in all these ways, each once."""
        (low, high), *others = sorted(map(self._range, beginnings), key=lambda one: one[1] - one[0])
        if others:
            codes = self.codes[low:high]
            for first, last in others:
                held = np.zeros(len(self.counts), bool)
                held[self.codes[first:last]] = True
                codes = codes[held[codes]]
            codes = codes[largest(self.counts[codes], most * _ALIKE)]
        else:
            codes = self.codes[self.ranked.largest(low, high, most * _ALIKE)]
        return codes[np.sort(np.unique(codes, return_index=True)[1])][:most]

    def _range(self, beginning: str) -> tuple[int, int]:
        low = bisect_left(self.words, beginning)
        high = bisect_left(self.words, beginning + "\U0010ffff")
        return int(self.offsets[low]), int(self.offsets[high])


def _words(piece: str) -> list[str]:
    if piece.isalpha() and piece.isascii():  # as most are: half the time
        return [piece.lower()]
    return [*map(fold, cut_piece(piece))]
