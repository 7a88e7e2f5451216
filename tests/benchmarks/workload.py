"""The pages that are asked for: drawn from the corpus's own vocabulary, with a fixed seed.

30 queries of one to three words, all of which an article must hold; 10 phrases; 10 queries
of one or two words narrowed by a country or an actor; 5 countries or actors without words.
"""

import pickle
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from random import Random

from corpus.analysis import fold, words
from corpus.article import Article
from index.fields import Facet
from index.stored_articles import facet_values

FACETS = (Facet.COUNTRY, Facet.ACTOR)
SEED = 20151113

# Words on which all tokenisers agree. Only two of the four take « œ » apart.
_COMMON_GROUND = re.compile(r"(?!.*[oa]e)[a-z]{2,}")
_PHRASE = {
    size: re.compile(rf"(?<!\S)[^\W\d_]+(?: [^\W\d_]+){{{size - 1}}}(?!\S)") for size in (2, 3)
}


class Kind(StrEnum):
    """What a page asks for."""

    WORDS = "words"
    PHRASE = "phrase"
    FILTERED = "filtered"
    VALUE = "value alone"


@dataclass(frozen=True, slots=True)
class Request:
    """One page: articles that hold every word, or the words as a phrase, and a facet value.

    words: folded (lower case, without accents).
    """

    kind: Kind
    words: tuple[str, ...] = ()
    value: tuple[Facet, str] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a full page needs from an engine.

    hits: title and text of the ten best.
    facets: the 20 commonest values of each facet, the page's own selection in that
        facet left out.
    months: (year * 12 + month - 1, articles), the undated left out.
    """

    total: int
    hits: Sequence[tuple[str, str]]
    facets: dict[Facet, list[tuple[str, int]]]
    months: list[tuple[int, int]]


def draw(articles: Sequence[Article]) -> list[Request]:
    """Return the pages to ask for, the same for the same articles."""
    return _Drawing(articles).requests()


def save(requests: Sequence[Request], file: Path) -> None:
    """Write requests for `load`."""
    file.write_bytes(pickle.dumps(list(requests)))


def load(file: Path) -> list[Request]:
    """Return the requests that `save` wrote."""
    requests: list[Request] = pickle.loads(file.read_bytes())
    return requests


def month_number(article: Article) -> int | None:
    """Return the month of publication, counted from the year 0; None for the undated."""
    if article.published is None:
        return None
    return article.published.day.year * 12 + article.published.day.month - 1


class _Drawing:
    def __init__(self, articles: Sequence[Article]) -> None:
        self._random = Random(SEED)
        self._articles = articles
        self._words = [_vocabulary(article) for article in articles]
        self._held = Counter(word for each in self._words for word in each)
        self._by_rarity = sorted(self._held, key=lambda word: (self._held[word], word))

    def requests(self) -> list[Request]:
        """Return all pages."""
        steps = range(10)
        every = [self._together(size, self._rarity(at, 10)) for size in (1, 2, 3) for at in steps]
        return [
            *(Request(Kind.WORDS, chosen) for chosen in every),
            *(Request(Kind.PHRASE, self._phrase(2 + at % 2)) for at in steps),
            *(self._narrowed(FACETS[at % 2], at, 10, 1 + at % 2) for at in steps),
            *(self._narrowed(FACETS[at % 2], at, 5, 0) for at in range(5)),
        ]

    def _rarity(self, step: int, steps: int) -> float:
        """Return how many articles should hold a word: from nearly all to three, by ratio."""
        most = self._held[self._by_rarity[-1]]
        return float(most * (3 / most) ** (step / (steps - 1)))

    def _together(self, size: int, holders: float) -> tuple[str, ...]:
        """Return words that one article holds; `holders` articles hold the rarest."""
        near = sorted(self._by_rarity, key=lambda word: abs(self._held[word] - holders))[:9]
        rarest = self._random.choice(near)
        with_it = [each for each in self._words if rarest in each]
        commoner = [
            word
            for word in sorted(self._random.choice(with_it))
            if word != rarest and self._held[word] >= self._held[rarest]
        ]
        others = self._random.sample(commoner, min(size - 1, len(commoner)))
        return (rarest, *others)

    def _phrase(self, size: int) -> tuple[str, ...]:
        while True:
            body = self._random.choice(self._articles).body
            found = _PHRASE[size].search(body, self._random.randrange(len(body) + 1))
            if found:
                chosen = tuple(map(fold, found[0].split()))
                if all(map(_COMMON_GROUND.fullmatch, chosen)):
                    return chosen

    def _narrowed(self, facet: Facet, step: int, steps: int, size: int) -> Request:
        """Return a page narrowed by a value; values go from the commonest to rare ones."""
        values = [facet_values(article)[facet] for article in self._articles]
        ranked = Counter(value for each in values for value in each).most_common()
        value = ranked[int((len(ranked) - 1) ** (step / steps)) - 1 if step else 0][0]
        holders = [at for at, each in enumerate(values) if value in each]
        vocabulary = sorted(self._words[self._random.choice(holders)])
        chosen = tuple(self._random.sample(vocabulary, min(size, len(vocabulary))))
        return Request(Kind.FILTERED if chosen else Kind.VALUE, chosen, (facet, value))


def _vocabulary(article: Article) -> frozenset[str]:
    folded = {fold(word) for word in words(f"{article.title}\n{article.body}")}
    return frozenset(word for word in folded if _COMMON_GROUND.fullmatch(word))
