"""Sets of articles, as ascending arrays of their numbers."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.columnar.integers import distinct

Docs = NDArray[np.int32]
Mask = NDArray[np.bool_]


def united(lists: Sequence[Docs], size: int) -> Docs:
    """Return the articles of any list. size: of the corpus."""
    if len(lists) == 1:
        return lists[0]
    docs = np.concatenate([np.empty(0, np.int32), *lists])
    # Marking costs by the size of the corpus, sorting by that of the lists.
    if len(docs) * 32 < size:
        return distinct(docs)
    present = np.zeros(size, bool)
    present[docs] = True
    return present.nonzero()[0].astype(np.int32)


def number_united(lists: Sequence[Docs], size: int) -> int:
    """Return how many articles are in any list."""
    if len(lists) == 1:
        return len(lists[0])
    if sum(map(len, lists)) * 32 < size:
        return len(united(lists, size))
    present = np.zeros(size, bool)
    for docs in lists:
        present[docs] = True
    return int(np.count_nonzero(present))


def contained(docs: Docs, of: Docs, size: int) -> Mask:
    """Tell for each of `docs` whether it is in `of`."""
    if not len(of):
        return np.zeros(len(docs), bool)
    if worth_searching(len(docs), len(of), size):
        places = of.searchsorted(docs)
        return np.equal(of.take(places, mode="clip"), docs)
    members = np.zeros(size, bool)
    members[of] = True
    return members.take(docs)


def worth_searching(few: int, many: int, size: int) -> bool:
    """Tell whether a search for each of a few articles is quicker than marking the many.

    Measured on 30,000 and 1,000,000 articles: a search takes 60 ns, marking one of the many
    3 ns, and clearing the marks 0.1 ns for each article there is.
    """
    return few * 60 < many * 3 + size // 10
