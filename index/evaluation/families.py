"""Families of copies, over the numbers of a view's articles."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.evaluation.sets import Docs, Mask

NO_LEADS = np.empty((2, 0), np.int32)
_NONE = np.empty(0, np.int32)


class Families:
    """Which articles are copies, and of which lead.

    leads: int32 [2, m], the articles that are in a family of several, and the lead of
    each. size: how many articles the view numbers.
    """

    def __init__(self, leads: NDArray[np.int32], size: int) -> None:
        self._rows, self._leads = leads
        self._size = size
        self.copies = int((self._rows != self._leads).sum())

    def leading(self, docs: Docs) -> Mask:
        """Tell which articles are alone or lead their family."""
        return ~self._copied[docs]

    def without_copies(self, docs: Docs) -> Docs:
        """Return the articles that are alone or lead their family; ascending, as they are."""
        return docs[self.leading(docs)] if self.copies else docs

    def leads_of(self, docs: Sequence[int]) -> list[int]:
        """Return the lead of each article's family, -1 where it is alone."""
        leads: list[int] = self._lead_of.take(docs).tolist() if docs else []
        return leads

    def members(self, doc: int) -> Docs:
        """Return the articles of an article's family, the lead first; none where it is alone."""
        lead = int(self._lead_of[doc])
        if lead < 0:
            return _NONE
        members, led_by = self._by_lead
        return members[bisect_left(led_by.data, lead) : bisect_right(led_by.data, lead)]

    @cached_property
    def _copied(self) -> Mask:
        """bool [size]: the articles behind the lead of their family."""
        copied = np.zeros(self._size, bool)
        copied[self._rows[self._rows != self._leads]] = True
        return copied

    @cached_property
    def _lead_of(self) -> NDArray[np.int32]:
        """int32 [size]: the lead of each article's family, -1 where it is alone."""
        lead_of = np.full(self._size, -1, np.int32)
        lead_of[self._rows] = self._leads
        return lead_of

    @cached_property
    def _by_lead(self) -> tuple[Docs, Docs]:
        """The articles in families, by their leads, each lead first; and those leads."""
        order = np.lexsort((self._rows != self._leads, self._leads))
        return self._rows[order], self._leads[order]
