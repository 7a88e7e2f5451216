"""Many texts cut at their spaces at once, as `corpus.analysis.pieces` cuts one.

The texts are looked at as one array of UTF-8: a piece is where bytes are no space. Only
numbers with spaces inside, « 10 000 », are looked at as text.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.analysis import grouped

Bytes = NDArray[np.uint8]
Places = NDArray[np.int64]
Mask = NDArray[np.bool_]

# Bytes that may be looked at beyond the end of a piece.
PADDING = 24
_UTF8 = ("utf-8", "surrogatepass")

_BYTES = [char.encode() for char in map(chr, range(0x3001)) if char.isspace()]
_LONG = [space for space in _BYTES if len(space) > 1]
_OTHER, _SPACE, _LEAD = range(3)
# What a byte may be: a space, or the first byte of a longer one.
_KINDS = np.full(256, _OTHER, np.uint8)
_KINDS[[space[0] for space in _BYTES if len(space) == 1]] = _SPACE
_KINDS[[space[0] for space in _LONG]] = _LEAD
_LONG_SPACES = np.array([int.from_bytes(space.ljust(3, b"\0"), "big") for space in _LONG])

# Bytes that may be part of a digit, and those that one may begin with.
_DIGITS = np.zeros(256, np.bool_)
_DIGITS[[*b"0123456789"]] = True
_FIRST_OF_DIGIT = _DIGITS.copy()
_DIGITS[0x80:] = True
_FIRST_OF_DIGIT[[0xD9, 0xDB, 0xDF, 0xE0, 0xE1, 0xEA, 0xEF, 0xF0]] = True


class Pieces(NamedTuple):
    """The pieces of texts, text after text.

    data: uint8, the texts as UTF-8 and `PADDING` bytes more. starts, stops: int64 [n], where
    each piece lies in it. counts: int64, how many pieces each text has.
    """

    data: Bytes
    starts: Places
    stops: Places
    counts: Places

    def texts(self, chosen: "Places | Sequence[int]") -> list[str]:
        """Return some of the pieces as text; numbers keep the spaces inside."""
        data = self.data.tobytes()
        bounds = zip(self.starts[chosen].tolist(), self.stops[chosen].tolist(), strict=True)
        return [str(data[start:stop], *_UTF8) for start, stop in bounds]


def pieces_of(texts: Sequence[str]) -> Pieces:
    """Return the pieces of texts."""
    encoded = [text.encode(*_UTF8) for text in texts]
    data = np.frombuffer(b"\n".join([b"", *encoded, bytes(PADDING)]), np.uint8)
    ends = np.cumsum(np.fromiter(map(len, encoded), np.int64, len(encoded)) + 1)
    spaces = _spaces(data)
    starts, stops = _bounds(spaces)
    numbers = [*_grouped(data, starts, stops)]
    if numbers:
        for start, stop in numbers:
            spaces[start:stop] = False
        starts, stops = _bounds(spaces)
    counts = np.diff(np.searchsorted(starts, ends), prepend=0)
    return Pieces(data, starts, stops, counts)


def _spaces(data: Bytes) -> Mask:
    """Return which bytes are of a space; those of the padding are."""
    kinds = _KINDS[data]
    spaces: Mask = kinds == _SPACE
    leads = np.flatnonzero(kinds == _LEAD)
    first, second, third = (data[leads + step].astype(np.int64) for step in range(3))
    short = np.isin((first << 16) | (second << 8), _LONG_SPACES)
    long = np.isin((first << 16) | (second << 8) | third, _LONG_SPACES)
    for step in range(3):
        spaces[leads[long | (short if step < 2 else False)] + step] = True
    spaces[-PADDING:] = True
    return spaces


def _bounds(spaces: Mask) -> tuple[Places, Places]:
    edges = np.flatnonzero(spaces[1:] != spaces[:-1]) + 1
    return edges[::2], edges[1::2]


def _grouped(data: Bytes, starts: Places, stops: Places) -> Iterator[tuple[int, int]]:
    """Yield where numbers with spaces inside begin and end."""
    # Pieces that may go on with a number: three digits, after a digit.
    going = 1 + np.flatnonzero(_FIRST_OF_DIGIT[data[starts[1:]]])
    going = going[_DIGITS[data[stops[going - 1] - 1]]]
    going = going[_DIGITS[data[starts[going] + 1]] & _DIGITS[data[starts[going] + 2]]]
    # Those in a row are looked at together; what is before and after them tells nothing.
    begins = np.flatnonzero(np.diff(going, prepend=-1) > 1)
    lasts = going[np.append(begins[1:], len(going))[: len(begins)] - 1]
    bounds = zip(starts[going[begins] - 1].tolist(), stops[lasts].tolist(), strict=True)
    for start, stop in bounds:
        text = str(data[start:stop].tobytes(), *_UTF8)
        for first, last in grouped(text):
            before = start + len(text[:first].encode(*_UTF8))
            yield before, before + len(text[first:last].encode(*_UTF8))
