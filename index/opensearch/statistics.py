"""The numbers of a whole index that scores are made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log

from index.fields import TextField
from index.query import Leaf


@dataclass(frozen=True, slots=True)
class Statistics:
    """articles: how many the index holds. average: words in each field of an article.

    holders: how many articles hold each leaf.
    """

    articles: int
    average: Mapping[TextField, float]
    holders: Mapping[Leaf, int]

    def idf(self, leaf: Leaf) -> float:
        """Return the inverse document frequency of a leaf."""
        held = self.holders[leaf]
        return log(1 + (self.articles - held + 0.5) / (held + 0.5))
