"""Number the pieces of many texts, exactly, without a Python object for any that is known.

A hash table over arrays, with linear probing (Knuth, "The Art of Computer Programming",
volume 3, section 6.4), which looks all pieces of a batch up at once. A piece of up to 24
bytes is known by three numbers of 64 bits, which are its bytes; what is longer, one piece in
a thousand, by its place in a dictionary.
"""

from collections.abc import Sequence

import numpy as np

from index.columnar.container import Array
from index.columnar.pieces import Pieces

_Keys = Sequence[Array]

_WORD = 8  # bytes
_LONGEST = 3 * _WORD
# No byte of UTF-8 is 0xFF, which fills the rest of a piece, nor 0xFE, which marks longer ones.
_REST = np.array([(1 << 64) - (1 << 8 * taken) for taken in range(_WORD + 1)], np.uint64)
_NOTHING = _REST[0]
_LONGER = np.uint64(int.from_bytes(b"\xfe" * _WORD, "little"))
# Odd numbers without a pattern (those of xxHash, by Yann Collet).
_FACTORS = [np.uint64(n) for n in (0x9E3779B185EBCA87, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)]
_FIRST_BITS = 12


class Numbering:
    """Numbers pieces in the order they are met.

    texts: the pieces known, by number.
    """

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._longer: dict[bytes, int] = {}
        self._count = 0
        self._bits = _FIRST_BITS
        # What lies in each slot: a number and 1; 0 is nothing, and like no piece.
        self._slots = np.zeros(1 << self._bits, np.uint32)
        half = len(self._slots) // 2
        self._known = [np.full(half, _LONGER) for _ in range(3)]
        self._hashes = np.zeros(half, np.uint64)

    def numbers(self, pieces: Pieces) -> Array:
        """Return the number of each piece."""
        keys, several = self._keys(pieces)
        hashes = _hashed(keys, several)
        numbers = np.empty(len(hashes), np.uint32)
        pending, slots = np.arange(len(hashes)), self._slots_of(hashes)
        before = self._count
        news = [pending[:0]]
        while len(pending):
            found = self._slots[slots]
            numbers[pending] = found
            left = np.flatnonzero(~self._same(found, keys, pending, several))
            pending, slots, free = pending[left], slots[left], found[left] == 0
            news.append(self._insert(slots[free], pending[free], keys, hashes))
            # Who is new finds itself the next time; who met another looks further.
            slots = np.where(free, slots, (slots + 1) & (len(self._slots) - 1))
            if self._count > len(self._slots) // 2:
                self._grow()
                slots = self._slots_of(hashes[pending])
        if self._count > before:
            self.texts += pieces.texts(np.concatenate(news))
        return numbers - np.uint32(1)

    def _keys(self, pieces: Pieces) -> tuple[_Keys, Array]:
        """Return the three numbers of each piece, and whether it has more than one."""
        data, starts, lengths = pieces.data, pieces.starts, pieces.stops - pieces.starts
        eights = np.ndarray(len(data) - _WORD + 1, "<u8", data.data, 0, (1,))
        several = lengths >= _WORD
        keys = [np.full(len(starts), _NOTHING) for _ in range(3)]
        chosen = np.arange(len(starts))
        for place, key in enumerate(keys):
            begin = place * _WORD
            rest = _REST[np.minimum(lengths[chosen] - begin, _WORD)]
            key[chosen] = eights[starts[chosen] + begin] | rest
            chosen = chosen[lengths[chosen] > begin + _WORD]
        for one in chosen.tolist():
            piece = data[starts[one] : pieces.stops[one]].tobytes()
            keys[0][one] = self._longer.setdefault(piece, len(self._longer))
            keys[1][one], keys[2][one] = 0, _LONGER
        return keys, several

    def _same(
        self,
        found: Array,
        keys: _Keys,
        pending: Array,
        several: Array,
    ) -> Array:
        """Tell which pieces are those they are compared with."""
        same: Array = self._known[0][found] == keys[0][pending]
        # Where one number says all, its last byte says so.
        long = np.flatnonzero(same & several[pending])
        for own, key in zip(self._known[1:], keys[1:], strict=True):
            same[long] &= own[found[long]] == key[pending[long]]
        return same

    def _insert(
        self,
        slots: Array,
        pending: Array,
        keys: _Keys,
        hashes: Array,
    ) -> Array:
        """Give empty slots to pieces, each to one of those that want it; return these."""
        places = np.arange(1, len(slots) + 1, dtype=np.uint32)
        self._slots[slots] = places
        won = self._slots[slots] == places
        slots = slots[won]
        new: Array = pending[won]
        first = self._count + 1
        self._count += len(new)
        while self._count >= len(self._hashes):
            self._known = [np.concatenate([one, np.empty_like(one)]) for one in self._known]
            self._hashes = np.concatenate([self._hashes, np.empty_like(self._hashes)])
        for own, key in zip(self._known, keys, strict=True):
            own[first : self._count + 1] = key[new]
        self._hashes[first : self._count + 1] = hashes[new]
        self._slots[slots] = np.arange(first, self._count + 1, dtype=np.uint32)
        return new

    def _slots_of(self, hashes: Array) -> Array:
        slots: Array = (hashes >> np.uint64(64 - self._bits)).astype(np.int64)
        return slots

    def _grow(self) -> None:
        """Make room for twice as many as there are, or more."""
        self._bits = max(self._bits + 1, (4 * self._count).bit_length())
        self._slots = np.zeros(1 << self._bits, np.uint32)
        slots = self._slots_of(self._hashes[1 : self._count + 1])
        left = np.arange(1, self._count + 1, dtype=np.uint32)
        while len(left):
            free = self._slots[slots] == 0
            self._slots[slots[free]] = left[free]
            lost = self._slots[slots] != left
            slots, left = (slots[lost] + 1) & (len(self._slots) - 1), left[lost]


def _hashed(keys: _Keys, several: Array) -> Array:
    hashes = keys[0] * _FACTORS[0]
    long = np.flatnonzero(several)
    hashes[long] ^= (keys[1][long] * _FACTORS[1]) ^ (keys[2][long] * _FACTORS[2])
    hashes ^= hashes >> np.uint64(29)
    return hashes * _FACTORS[1]
