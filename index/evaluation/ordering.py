"""Which hits come first."""

import numpy as np
from numpy.typing import NDArray

from index.evaluation.sets import Docs
from index.evaluation.weighted import Weights
from index.ranking import DECIMALS

# Numbers that round to the same are less far apart.
_ROUNDED = 2 * 10.0**-DECIMALS


def first_by_score(
    docs: Docs, scores: Weights, places: NDArray[np.int32], offset: int, limit: int
) -> tuple[Docs, Weights]:
    """Return hits `offset` to `offset + limit`, best score first, and their rounded scores.

    scores: of the articles `docs`. places: of all articles; of equal scores, rounded, the
    lower place comes first.
    """
    wanted = offset + limit
    if wanted < len(scores):
        chosen = best_by_score(docs, scores, places, wanted)
        docs, scores = docs.take(chosen), scores.take(chosen)
    scores = scores.round(DECIMALS)
    order = np.lexsort((places.take(docs), -scores))[offset:]
    return docs.take(order), scores.take(order)


def best_by_score(
    docs: Docs, scores: Weights, places: NDArray[np.int32], wanted: int
) -> NDArray[np.int64]:
    """Return the indices of the `wanted` best of more articles, in no order.

    places: of all articles; of equal scores, rounded, the lower places are chosen.
    """
    # Rounding takes long: only what may round to the least score that will do, or more.
    near = (scores >= _least(scores, wanted) - _ROUNDED).nonzero()[0]
    rounded = scores.take(near).round(DECIMALS)
    if wanted < len(near):
        near = near.take(_without_ties(docs.take(near), rounded, places, wanted))
    return near


def _least(scores: Weights, wanted: int) -> float:
    """Return the least of the `wanted` best scores."""
    place = len(scores) - wanted
    return float(np.partition(scores, place)[place])


def _without_ties(
    docs: Docs, scores: Weights, places: NDArray[np.int32], wanted: int
) -> NDArray[np.int64]:
    """Return the indices of the `wanted` best articles, in no order."""
    least = _least(scores, wanted)
    better, equal = (scores > least).nonzero()[0], (scores == least).nonzero()[0]
    still = wanted - len(better)
    if still < len(equal):
        equal = equal[places.take(docs.take(equal)).argpartition(still - 1)[:still]]
    return np.concatenate([better, equal])


def first_by_place(places: NDArray[np.int32], offset: int, limit: int) -> NDArray[np.int64]:
    """Return the indices of hits `offset` to `offset + limit`, lowest place first."""
    wanted = min(offset + limit, len(places))
    if wanted <= offset:
        return np.empty(0, np.int64)
    found = np.arange(len(places))
    if wanted < len(places):
        found = np.argpartition(places, wanted - 1)[:wanted]
    return found[np.argsort(places[found])][offset:]
