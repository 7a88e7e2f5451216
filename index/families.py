"""The families of an index: articles grouped around the one that leads them.

Families are a function of the articles that an index holds, however they came there. Which
texts are near duplicates is kept from change to change, so that only texts that are new
are compared; who leads whom is worked out anew each time, by a few sorts.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.families import LEAST_COMMON, LEAST_COVERED, LEAST_SHARED, nearly_same
from index.columnar.container import Container, ContainerWriter
from index.columnar.integers import distinct
from index.columnar.writer import durable_file
from index.fingerprints import Fingerprints, Picked, Rows
from index.minhash import SIGNATURE

Pairs = NDArray[np.int64]
Keys = NDArray[np.uint64]
Order = Callable[[Rows], NDArray[np.integer]]

# Articles of one signature number that each is compared with: more than the copies of a
# dispatch that differ, fewer than the articles that share a phrase.
_NEIGHBOURS = 16

# Of the texts, those that are new at most, for a look at those alone to be worth while.
_FEW = 0.1

_PAIRS_AT_ONCE = 1 << 10  # so that all their numbers stay in the cache
_ROWS_AT_ONCE = 1 << 16


class Families(NamedTuple):
    """What is kept of the families of an index.

    leads: int32 [2, m], the articles in a family of several, ascending, and the lead of each.
    compared: uint64 [n], a key for each text that was compared with all others, ascending.
    pairs: uint64 [2, p], the keys of texts that are near duplicates of each other.
    """

    leads: NDArray[np.int32]
    compared: Keys
    pairs: Keys


NONE = Families(np.empty((2, 0), np.int32), np.empty(0, np.uint64), np.empty((2, 0), np.uint64))


def write_families(path: Path, families: Families) -> None:
    """Write families to a new file, on disk when this returns."""
    with durable_file(path) as file:
        writer = ContainerWriter(file)
        for name, values in families._asdict().items():
            writer.add(name, values.ravel())
        writer.finish({})


def read_families(path: Path) -> Families:
    """Return the families of a file, over its mapped bytes."""
    held = Container(path)
    leads, pairs = (held.array(name).reshape(2, -1) for name in ("leads", "pairs"))
    return Families(leads, held.array("compared"), pairs)


def find_families(
    parts: Sequence[Fingerprints], present: Rows, order: Order, known: Families = NONE
) -> Families:
    """Return the families of articles.

    parts: the fingerprints, part after part; rows are numbered through. present: the rows of
    the articles that the index holds, ascending. order: returns for rows [n] their places
    [n]; in a family, the first leads. known: the families before the last change.

    Every other article of a family tells the same story as its lead, so that none is
    hidden behind one it does not resemble.
    """
    texts = np.concatenate([np.empty(0, np.uint64), *(part.texts for part in parts)])
    copies, firsts = _same_texts(texts, present, order)
    apart = np.setdiff1d(present, copies, assume_unique=True)
    lead_of = np.arange(len(texts), dtype=np.int32)
    lead_of[copies] = firsts
    near, compared, pairs = _near_texts(parts, apart, known)
    for lead, row in _stars(near, order):
        lead_of[row] = lead
    lead_of[copies] = lead_of[firsts]
    touched = np.union1d(copies, near.ravel())
    led = touched[lead_of[touched] != touched]
    in_families = np.zeros(len(texts), np.bool_)
    in_families[led] = in_families[lead_of[led]] = True
    rows = np.flatnonzero(in_families).astype(np.int32)
    return Families(np.stack([rows, lead_of[rows]]), compared, pairs)


def _same_texts(texts: Keys, present: Rows, order: Order) -> tuple[Rows, Rows]:
    """Return the articles whose text another has that comes before, and the first of each."""
    rows = present[texts[present] > 0]
    rows = rows[np.argsort(texts[rows], kind="stable")]
    differs = np.concatenate([[True], np.diff(texts[rows]) != 0, [True]])
    several = ~(differs[:-1] & differs[1:])
    if not several.any():
        return np.empty(0, np.int64), np.empty(0, np.int64)
    rows, begins = rows[several], differs[:-1][several]
    rows = rows[np.lexsort((order(rows), np.cumsum(begins)))]
    firsts = rows[begins][np.cumsum(begins) - 1]
    return rows[~begins], firsts[~begins]


def _stars(near: Pairs, order: Order) -> Iterator[tuple[int, int]]:
    """Yield leads, each with an article that resembles it and no lead before."""
    resembling: dict[int, list[int]] = {}
    for one, other in near.tolist():
        resembling.setdefault(one, []).append(other)
        resembling.setdefault(other, []).append(one)
    rows = np.array([*resembling], np.int64)
    led: set[int] = set()
    for lead in rows[np.argsort(order(rows), kind="stable")].tolist() if len(rows) else ():
        if lead not in led:
            new = [row for row in (lead, *resembling[lead]) if row not in led]
            led.update(new)
            yield from ((lead, row) for row in new)


def _near_texts(
    parts: Sequence[Fingerprints], apart: Rows, known: Families
) -> tuple[Pairs, Keys, Keys]:
    """Return the near duplicates among articles of different texts, int64 [m, 2].

    Also returns what `Families` keeps of them: the keys of texts and of pairs of texts.
    """
    lengths = np.concatenate([np.empty(0, np.int64), *(np.diff(one.ends) for one in parts)])
    rows = apart[lengths[apart] > 0]
    prints = Picked(parts, rows)
    # A text that another day's article leads now is compared anew: days matter too.
    keys = prints.texts ^ (prints.days.astype(np.uint64) << np.uint64(44))
    place_of = np.argsort(keys, kind="stable")
    compared = keys[place_of]
    kept = known.pairs[:, np.isin(known.pairs, compared).all(axis=0)]
    old = place_of[np.searchsorted(compared, kept)].T.reshape(-1, 2)
    new = np.array([*_new_pairs(prints, ~np.isin(keys, known.compared))], np.int64).reshape(-1, 2)
    near = np.concatenate([old, new])
    return rows[near], compared, keys[near.T].reshape(2, -1)


def _new_pairs(prints: Picked, new: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Yield the near duplicates of which one at least is new."""

    @lru_cache(maxsize=1 << 14)
    def words(row: int) -> bytes:
        return prints.words(row).tobytes()

    signatures = prints.signatures()
    rows = _sharing(signatures, new)
    pairs = rows[_meeting(signatures[rows])]
    pairs = pairs[new[pairs].any(axis=1)]
    for one, other in pairs[_may_be_near(prints, pairs)].tolist():
        days = int(prints.days[one]), int(prints.days[other])
        apart = abs(days[0] - days[1]) if all(days) else 0
        if nearly_same(words(one), words(other), apart):
            yield one, other


def _sharing(signatures: NDArray[np.uint16], new: NDArray[np.bool_]) -> Rows:
    """Return the rows that may share enough numbers with new ones, those among them."""
    if not len(new) or new.mean() > _FEW:
        return np.arange(len(new))
    wanted = np.zeros((SIGNATURE, 1 << 16), np.bool_)
    columns = np.arange(SIGNATURE)
    wanted[columns, signatures[new]] = True
    steps = range(0, len(new), _ROWS_AT_ONCE)
    slices = (signatures[step : step + _ROWS_AT_ONCE] for step in steps)
    shared = np.concatenate([wanted[columns, one].sum(axis=1) for one in slices])
    return np.flatnonzero(shared >= LEAST_SHARED)


def _meeting(signatures: NDArray[np.uint16]) -> Pairs:
    """Return int64 [m, 2]: pairs of rows whose signatures share enough numbers.

    Of the rows that share a number, each is paired with the next few by the number after
    it: copies stand side by side there, and the pairs stay linear in the rows.
    """
    count = len(signatures)
    found = [np.empty(0, np.int64)]
    for column in range(SIGNATURE):
        value = signatures[:, column]
        following = signatures[:, (column + 1) % SIGNATURE]
        order = np.argsort((value.astype(np.uint32) << np.uint32(16)) | following, kind="stable")
        value = value[order]
        for step in range(1, min(_NEIGHBOURS, count - 1) + 1):
            same = np.flatnonzero(value[step:] == value[:-step])
            if not len(same):
                break
            low = np.minimum(order[same], order[same + step])
            high = np.maximum(order[same], order[same + step])
            shared = (signatures[low] == signatures[high]).sum(axis=1)
            keep = shared >= LEAST_SHARED
            found.append(low[keep] * count + high[keep])
    pairs = distinct(np.concatenate(found))
    return np.stack(np.divmod(pairs, max(count, 1)), axis=1)


def _may_be_near(prints: Picked, pairs: Pairs) -> NDArray[np.bool_]:
    """Return bool [m]: whether `nearly_same` can be true of pairs, which it rarely is.

    Of 178,917 pairs that met in 29,576 articles 371 were near. No more words can stand in both
    texts in the same order than stand in both in any order.
    """
    rows = distinct(pairs.ravel())
    times = _times(prints, rows)
    pairs, lengths = np.searchsorted(rows, pairs), prints.lengths[rows]
    near = np.empty(len(pairs), np.bool_)
    for step in range(0, len(pairs), _PAIRS_AT_ONCE):
        one, other = pairs[step : step + _PAIRS_AT_ONCE].T
        common = np.minimum(times[one], times[other]).sum(axis=1, dtype=np.uint16)
        shorter = np.minimum(lengths[one], lengths[other])
        longer = np.maximum(lengths[one], lengths[other])
        least = np.maximum(LEAST_COMMON * shorter, LEAST_COVERED * longer)
        near[step : step + _PAIRS_AT_ONCE] = common >= least
    return near


def _times(prints: Picked, rows: Rows) -> NDArray[np.uint16]:
    """Return uint16 [n, 256]: how often each word, as its byte, stands in the texts of rows."""
    times = np.empty((len(rows), 256), np.uint16)
    for place, row in enumerate(rows.tolist()):
        times[place] = np.bincount(prints.words(row), minlength=256)
    return times
