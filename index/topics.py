"""What texts are about, by the company that words keep: latent semantics.

Words that stand in the same texts get vectors that point the same way; a text's vector is the
sum of its words', so two texts may be alike without a word in common. S. Deerwester et al.,
"Indexing by Latent Semantic Analysis", JASIS 1990; the truncated decomposition as in N. Halko,
P.-G. Martinsson, J. Tropp, "Finding structure with randomness", SIAM Review 2011, section 4.5.

Topics are learnt from the corpus itself: from `SAMPLE` texts, the same ones whoever chooses.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from corpus.analysis import stem
from corpus.function_words import is_function_word
from index.weights import Weights, parts

# More texts make no better topics of so few dimensions, fewer than the least make none.
SAMPLE = 4000
LEAST = 1000
DIMENSIONS = 48
# A word of fewer texts says nothing of the company it keeps, one of more keeps any.
_LEAST_TEXTS = 3
_MOST_TEXTS = 0.25
# The decomposition: dimensions beside those kept, and rounds.
_BESIDE = 16
_ROUNDS = 4  # with two, known items lose 0.001 of MRR to where it began; six gain half of that
_CHUNK = 1 << 16  # vectors made bytes at a time
_WHOLE = 127  # what 1 is in a vector of bytes

Floats = NDArray[np.floating]
Vectors = NDArray[np.int8]


class Bags(NamedTuple):
    """How often texts hold words, sorted by text: [n] each. size: how many texts there are."""

    texts: NDArray[np.integer]
    words: NDArray[np.integer]
    times: NDArray[np.integer]
    size: int


@dataclass(frozen=True, eq=False)
class Topics:
    """What the words of a corpus are about.

    stems: of its words, ascending. rarity: float64 [n], the logarithm of one part of how many
    texts hold each. vectors: float64 [n, DIMENSIONS]. learnt: from how many texts.
    """

    stems: Sequence[str]
    rarity: NDArray[np.float64]
    vectors: NDArray[np.float64]
    learnt: int

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """The row of each stem."""
        return {one: row for row, one in enumerate(self.stems)}

    def of_bags(self, bags: Bags) -> Vectors:
        """Return int8 [size, DIMENSIONS]: what texts are about. words: rows of stems."""
        sums = np.zeros((bags.size, DIMENSIONS))
        self.add(bags, sums)
        return in_bytes(sums)

    def add(self, bags: Bags, sums: Floats) -> None:
        """Add to each text's sum, a row of `sums`, the vectors of its words, by their weights."""
        weights = 1 + np.log(bags.times)
        for first, last, held in parts(bags.texts, bags.size):
            texts = bags.texts[held] - first
            part = Weights(texts, bags.words[held], weights[held], (last - first, len(self.stems)))
            sums[first:last] += part.onto_rows(self.vectors)

    def of_words(self, words: Iterable[str]) -> Vectors:
        """Return int8 [DIMENSIONS]: what a text of some words is about."""
        counts = Counter(map(stem, words))
        rows = sorted((self.rows[one], times) for one, times in counts.items() if one in self.rows)
        held, times = np.array(rows, np.int64).reshape(-1, 2).T
        about: Vectors = self.of_bags(Bags(np.zeros(len(held), np.int64), held, times, 1))[0]
        return about

    def asked(self, words: Iterable[str]) -> tuple[NDArray[np.float64], float]:
        """Return what the words of a query are about, a unit vector, and how rare they are."""
        rows = sorted({row for word in words if (row := self.rows.get(stem(word))) is not None})
        return _units(self.vectors[rows].sum(axis=0)[None, :])[0], float(self.rarity[rows].sum())

    def closest(self, asked: NDArray[np.float64], words: Iterable[str]) -> list[str]:
        """Return the words of a text that have most to do with a query, the closest first."""
        known = {word: row for word in words if (row := self.rows.get(stem(word))) is not None}
        close = {word: float(self.vectors[row] @ asked) for word, row in known.items()}
        return sorted((word for word in close if close[word] > 0), key=lambda one: -close[one])

    def to_bytes(self) -> bytes:
        """Return the topics as they are kept."""
        out, text = BytesIO(), np.frombuffer("\n".join(self.stems).encode(), np.uint8)
        vectors = self.vectors.astype(np.float16)
        np.savez(out, stems=text, rarity=self.rarity, vectors=vectors, learnt=self.learnt)
        return out.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Topics":
        """Return what `to_bytes` gave; no topics for no bytes."""
        if not data:
            return NO_TOPICS
        held = np.load(BytesIO(data))
        stems = held["stems"].tobytes().decode().split("\n")
        return cls(stems, held["rarity"], held["vectors"].astype(np.float64), int(held["learnt"]))


NO_TOPICS = Topics((), np.empty(0), np.empty((0, DIMENSIONS)), 0)


def nearness(asked: NDArray[np.float64], texts: Vectors) -> NDArray[np.float64]:
    """Return for each text how near it is to a query: the cosine, 0 for what is far."""
    return np.maximum(texts.astype(np.float64) @ asked / _WHOLE, 0.0)


def in_bytes(sums: Floats) -> Vectors:
    """Return int8: vectors that point as sums of vectors do."""
    found = np.empty(sums.shape, np.int8)
    for begin in range(0, len(sums), _CHUNK):  # what is made on the way would be thrice `sums`
        part = slice(begin, begin + _CHUNK)
        found[part] = np.rint(_units(sums[part]) * _WHOLE)
    return found


def due(texts: int, learnt: int) -> bool:
    """Tell whether topics should be learnt anew, with so many texts and known from so many."""
    return texts >= LEAST and learnt < SAMPLE and texts >= 2 * learnt


def order(text_id: str) -> tuple[int, str]:
    """Return what the texts to learn from are chosen by, the lowest first: as good as chance."""
    return int(_hashes([text_id])[0]), text_id


def first_of(ids: Sequence[str]) -> list[int]:
    """Return the places of the texts to learn from, by their ids: the first `SAMPLE` in order."""
    hashes = _hashes(ids)
    last = np.partition(hashes, SAMPLE)[SAMPLE] if len(ids) > SAMPLE else hashes.max(initial=0)
    near = np.flatnonzero(hashes <= last).tolist()
    return sorted(near, key=lambda at: (hashes[at], ids[at]))[:SAMPLE]


MIXER = 2654435761


def _hashes(ids: Sequence[str]) -> NDArray[np.uint32]:
    """Return the hash of each string in Java, so that a cluster can tell it too, and mixed.

    Without that the numbers of texts in a row would be in a row.
    """
    encoded = [one.encode("utf-16-le", "surrogatepass") for one in ids]
    units = np.frombuffer(b"".join(encoded), "<u2")
    lengths = np.fromiter(map(len, encoded), np.int64, len(encoded)) // 2
    starts = np.cumsum(lengths) - lengths
    found = np.zeros(len(encoded), np.uint32)
    for place in range(int(lengths.max(initial=0))):
        longer = np.flatnonzero(lengths > place)
        found[longer] = found[longer] * np.uint32(31) + units[starts[longer] + place]
    return found * np.uint32(MIXER)


def learn(stems: Sequence[str], bags: Bags) -> Topics:
    """Return the topics of texts in the order of their ids. stems: ascending, what words are."""
    texts_of = np.bincount(bags.words, minlength=len(stems))
    kept = (texts_of >= _LEAST_TEXTS) & (texts_of < _MOST_TEXTS * bags.size)
    for row in np.flatnonzero(kept).tolist():
        kept[row] = not is_function_word(stems[row])
    if kept.sum() < DIMENSIONS + _BESIDE:
        return NO_TOPICS
    rarity = np.log(bags.size / texts_of[kept])
    chosen = kept[bags.words]
    words = (np.cumsum(kept) - 1)[bags.words[chosen]]
    texts = bags.texts[chosen]
    weights = (1 + np.log(bags.times[chosen])) * rarity[words]
    lengths = np.sqrt(np.bincount(texts, weights**2, bags.size))
    # More threads would add in another order, and wait busily for a core that another task has.
    with threadpool_limits(1, "blas"):
        basis = _basis(texts, words, weights / lengths[texts], (bags.size, len(rarity)))
    vectors = basis * rarity[:, None]
    vectors = (vectors / np.abs(vectors).max()).astype(np.float16).astype(np.float64)
    return Topics([stems[at] for at in np.flatnonzero(kept).tolist()], rarity, vectors, bags.size)


def bags_of(texts: Sequence[Iterable[str]]) -> tuple[list[str], Bags]:
    """Return the stems of the words of texts, ascending, and how often each text holds them."""
    counts = [Counter(map(stem, words)) for words in texts]
    stems = sorted(set().union(*counts))
    rows = {one: row for row, one in enumerate(stems)}
    held = [
        (text, *pair)
        for text, count in enumerate(counts)
        for pair in sorted((rows[one], times) for one, times in count.items())
    ]
    number, words, times = np.array(held, np.int64).reshape(-1, 3).T
    return stems, Bags(number, words, times, len(counts))


def _basis(
    texts: NDArray[np.integer], words: NDArray[np.integer], weights: Floats, shape: tuple[int, int]
) -> Floats:
    """Return [words, DIMENSIONS]: the directions in which texts differ most."""
    held = Weights(texts, words, weights.astype(np.float32), shape)
    random = np.random.default_rng(0).standard_normal((shape[1], DIMENSIONS + _BESIDE))
    found = np.linalg.qr(held.onto_rows(random.astype(np.float32)))[0]
    for _ in range(_ROUNDS):
        found = np.linalg.qr(held.onto_rows(held.onto_columns(found)))[0]
    return np.linalg.svd(held.onto_columns(found), full_matrices=False)[0][:, :DIMENSIONS]


def _units(vectors: Floats) -> NDArray[np.float64]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1.0), np.float64)
