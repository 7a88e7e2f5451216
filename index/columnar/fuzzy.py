"""Edit distance from one word to many at once.

Filters leave few words for the exact computation: lengths may differ by the distance at
most, and every word has two masks of hashed bits. One edit takes away one letter at most
and brings one, so it changes two bits of the mask of letters at most; it takes away two
pairs of neighbours and brings two, so it changes four bits of the mask of pairs (six,
where swapping two neighbours counts as one edit). Of 99,373 French words, 336 pass for
"président" at distance 2, of which 26 are right.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from index.columnar.container import Array


def masks(words: Sequence[str]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint64]]:
    """Return the mask of letters and the mask of pairs of each word."""
    spans = np.fromiter(map(len, words), np.int64, len(words)) + 1
    if not len(words):
        return np.zeros(0, np.uint32), np.zeros(0, np.uint64)
    # The word's end counts as a letter of it: in every word alike, so it changes no bit.
    points = _code_points("\0" + "\0".join(words) + "\0")
    letters = np.uint32(1) << (points[1:] & np.uint32(31))
    pairs = np.uint64(1) << ((points[:-1] * np.uint32(37) + points[1:] * np.uint32(11)) & 63)
    starts = np.cumsum(spans) - spans
    return np.bitwise_or.reduceat(letters, starts), np.bitwise_or.reduceat(pairs, starts)


def similar(word: str, letters: Array, pairs: Array, distance: int, transpositions: bool) -> Array:
    """Return the indexes of the words whose masks allow an edit distance to a word."""
    own_letters, own_pairs = masks([word])
    first = np.flatnonzero(np.bitwise_count(letters ^ own_letters) <= 2 * distance)
    bits = distance * (6 if transpositions else 4)
    second: Array = first[np.bitwise_count(pairs[first] ^ own_pairs) <= bits]
    return second


def near(
    word: str, others: Sequence[str], distance: int, transpositions: bool = False
) -> npt.NDArray[np.bool_]:
    """Tell which of `others` are within an edit distance of a word.

    Levenshtein's distance on code points; with `transpositions`, the restricted
    Damerau-Levenshtein distance (optimal string alignment).
    """
    lengths = np.fromiter(map(len, others), np.int64, len(others))
    result = np.abs(lengths - len(word)) <= distance
    chosen = np.flatnonzero(result)
    if chosen.size:
        lengths = lengths[chosen]
        letters = _grid([others[index] for index in chosen.tolist()], lengths)
        last = _last_row(_code_points(word), letters, distance, transpositions)
        result[chosen] = last[lengths, np.arange(len(chosen))] <= distance
    return result


def _code_points(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def _grid(words: Sequence[str], lengths: Array) -> Array:
    """Return code points: row = place in the word, column = word, 0 past the end."""
    width = int(lengths.max())
    grid = np.zeros((len(words), width), np.uint32)
    grid[np.arange(width) < lengths[:, None]] = _code_points("".join(words))
    return np.ascontiguousarray(grid.T)


def _last_row(word: Array, letters: Array, distance: int, transpositions: bool) -> Array:
    """Fill the edit matrix of all words side by side; return its row for the whole `word`.

    Only cells within `distance` of the diagonal can hold a distance that counts.
    """
    width, count = letters.shape
    far = distance + 1
    previous = np.full((width + 1, count), far, np.uint8)
    previous[:far] = np.arange(min(far, width + 1), dtype=np.uint8)[:, None]
    before = previous
    for i in range(1, len(word) + 1):
        row = np.full((width + 1, count), far, np.uint8)
        row[0] = min(i, far)
        for j in range(max(1, i - distance), min(width, i + distance) + 1):
            differs = letters[j - 1] != word[i - 1]
            cell = np.minimum(previous[j], row[j - 1]) + np.uint8(1)
            np.minimum(cell, previous[j - 1] + differs, out=cell)
            if transpositions and i > 1 and j > 1:
                swapped = (letters[j - 1] == word[i - 2]) & (letters[j - 2] == word[i - 1])
                np.minimum(cell, before[j - 2] + np.uint8(1), out=cell, where=swapped)
            row[j] = cell
        before, previous = previous, row
    return previous
