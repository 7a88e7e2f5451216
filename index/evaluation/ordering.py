"""Which hits come first."""

import numpy as np
from numpy.typing import NDArray

from index.evaluation.weighted import Weights


def first_by_score(
    scores: Weights, places: NDArray[np.int32], offset: int, limit: int
) -> NDArray[np.int64]:
    """Return the indices of hits `offset` to `offset + limit`, best score first.

    places: [n], distinct; of equal scores the lower place comes first.
    """
    wanted = min(offset + limit, len(scores))
    if wanted <= offset:
        return np.empty(0, np.int64)
    if wanted < len(scores):
        least = np.partition(scores, len(scores) - wanted)[len(scores) - wanted]
        better = np.flatnonzero(scores > least)
        equal = np.flatnonzero(scores == least)
        still = wanted - len(better)
        if still < len(equal):
            equal = equal[np.argpartition(places[equal], still - 1)[:still]]
        found = np.concatenate([better, equal])
    else:
        found = np.arange(len(scores))
    return found[np.lexsort((places[found], -scores[found]))][offset:]


def first_by_place(places: NDArray[np.int32], offset: int, limit: int) -> NDArray[np.int64]:
    """Return the indices of hits `offset` to `offset + limit`, lowest place first."""
    wanted = min(offset + limit, len(places))
    if wanted <= offset:
        return np.empty(0, np.int64)
    found = np.arange(len(places))
    if wanted < len(places):
        found = np.argpartition(places, wanted - 1)[:wanted]
    return found[np.argsort(places[found])][offset:]
