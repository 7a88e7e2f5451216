"""What texts are about, by the company that words keep: latent semantics.

Words that stand in the same texts get vectors that point the same way; a text's vector is the
sum of its words', so two texts may be alike without a word in common. S. Deerwester et al.,
"Indexing by Latent Semantic Analysis", JASIS 1990; the truncated decomposition as in N. Halko,
P.-G. Martinsson, J. Tropp, "Finding structure with randomness", SIAM Review 2011, section 4.5.

Topics are learnt from the corpus itself: from `SAMPLE` texts, the same ones whoever chooses.
"""

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.analysis import stem
from corpus.function_words import is_function_word

# More texts make no better topics of so few dimensions, fewer than the least make none.
SAMPLE = 4000
LEAST = 1000
DIMENSIONS = 48
# A word of fewer texts says nothing of the company it keeps, one of more keeps any.
_LEAST_TEXTS = 3
_MOST_TEXTS = 0.25
# The decomposition: dimensions beside those kept, rounds, and postings multiplied at a time.
_BESIDE = 16
_ROUNDS = 4  # with two, known items lose 0.001 of MRR to where it began; six gain half of that
_CHUNK = 1 << 16
_THREADS = 2
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
        _add_product(sums, bags.texts, bags.words, weights, self.vectors)

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
    """Return what the texts to learn from are chosen by, the lowest first: as good as chance.

    The hash of a string in Java, so that a cluster can tell it too, and mixed, so that the
    numbers of texts in a row are not.
    """
    found = 0
    for unit in np.frombuffer(text_id.encode("utf-16-le", "surrogatepass"), "<u2").tolist():
        found = (31 * found + unit) & 0xFFFFFFFF
    return (found * MIXER) & 0xFFFFFFFF, text_id


MIXER = 2654435761


def learn(stems: Sequence[str], bags: Bags) -> Topics:
    """Return the topics of texts in the order of their ids. stems: ascending, what words are."""
    texts_of = np.bincount(bags.words, minlength=len(stems))
    kept = (texts_of >= _LEAST_TEXTS) & (texts_of < _MOST_TEXTS * bags.size)
    kept &= np.array([not is_function_word(one) for one in stems], bool)
    if kept.sum() < DIMENSIONS + _BESIDE:
        return NO_TOPICS
    rarity = np.log(bags.size / texts_of[kept])
    chosen = kept[bags.words]
    words = (np.cumsum(kept) - 1)[bags.words[chosen]]
    texts = bags.texts[chosen]
    weights = (1 + np.log(bags.times[chosen])) * rarity[words]
    lengths = np.sqrt(np.bincount(texts, weights**2, bags.size))
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
    by_word = np.argsort(words, kind="stable")
    weights = weights.astype(np.float32)

    def onto_texts(matrix: Floats) -> Floats:
        found = np.zeros((shape[0], matrix.shape[1]), np.float32)
        _add_product(found, texts, words, weights, matrix)
        return found

    def onto_words(matrix: Floats) -> Floats:
        found = np.zeros((shape[1], matrix.shape[1]), np.float32)
        _add_product(found, words[by_word], texts[by_word], weights[by_word], matrix)
        return found

    random = np.random.default_rng(0).standard_normal((shape[1], DIMENSIONS + _BESIDE))
    found = np.linalg.qr(onto_texts(random.astype(np.float32)))[0]
    for _ in range(_ROUNDS):
        found = np.linalg.qr(onto_texts(np.linalg.qr(onto_words(found))[0]))[0]
    return np.linalg.svd(onto_words(found), full_matrices=False)[0][:, :DIMENSIONS]


def _add_product(
    found: Floats,
    rows: NDArray[np.integer],
    columns: NDArray[np.integer],
    weights: Floats,
    matrix: Floats,
) -> None:
    """Add to `found` a sparse matrix, given by its entries sorted by row, times a matrix."""
    firsts = np.flatnonzero(np.diff(rows, prepend=-1))
    ends = np.append(firsts, len(rows))

    def add(begin: int, end: int) -> None:
        part = slice(ends[begin], ends[end])
        products = matrix[columns[part]] * weights[part, None]
        sums = np.add.reduceat(products, firsts[begin:end] - ends[begin], axis=0)
        found[rows[firsts[begin:end]]] += sums

    parts = [*_parts(ends)]
    if len(parts) == 1:
        add(*parts[0])
    elif parts:  # each has rows of its own
        with ThreadPoolExecutor(_THREADS) as pool:
            deque(pool.map(add, *zip(*parts, strict=True)), maxlen=0)


def _parts(ends: NDArray[np.integer]) -> Iterator[tuple[int, int]]:
    """Yield whole rows, as many together as have `_CHUNK` entries; one row at least."""
    begin = 0
    while begin < len(ends) - 1:
        end = max(int(np.searchsorted(ends, ends[begin] + _CHUNK, "right")) - 1, begin + 1)
        yield begin, end
        begin = end


def _units(vectors: Floats) -> NDArray[np.float64]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1.0), np.float64)
