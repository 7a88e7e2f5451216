"""Families on the cluster: which articles tell the same story, after a change.

A rebuild compares all articles, as the embedded engine does. A smaller change looks up
those that may resemble a new article, or one whose family lost a member, and those that
resemble them in turn: what is found so, and nothing else, can change its family.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from math import inf
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.families import LEAST_SHARED, Fingerprint, same_story
from index.evaluation.columns import ranks
from index.families import find_families
from index.fields import TextField
from index.fingerprints import Fingerprints
from index.fingerprints import Rows as Numbers
from index.opensearch.cluster import Cluster
from index.opensearch.documents import (
    Family,
    Prepared,
    article_of,
    document_id,
    family_of,
    signature_terms,
)

Body = dict[str, Any]

_CHUNK = 4096
# Articles that may resemble one, at most: a story is not told more often in one corpus.
_MOST_ALIKE = 1000
_AT_ONCE = 50


class Rows:
    """What articles are compared by, some hundred bytes each."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._days = array("l")
        self._lengths = array("l")
        self._parts: list[Fingerprints] = []
        self._latest: list[Fingerprint] = []

    def add(self, one: Prepared) -> None:
        """Add an article, of an id that comes once."""
        published = one.article.published
        self._ids.append(one.article.id)
        self._days.append(published.day.toordinal() if published else 0)
        self._lengths.append(len(one.words[TextField.BODY]))
        self._latest.append(one.fingerprint)
        if len(self._latest) >= _CHUNK:
            self._pack()

    def families(self) -> dict[str, Family]:
        """Return the family of each article that is in one."""
        self._pack()
        present = np.arange(len(self._ids), dtype=np.int64)
        leads = find_families(self._parts, present, self._order).leads
        sizes = Counter(leads[1].tolist())
        return {
            self._ids[row]: Family(self._ids[lead], sizes[lead] - 1)
            for row, lead in leads.T.tolist()
        }

    def _order(self, rows: Numbers) -> NDArray[np.int32]:
        def rank(place: int) -> tuple[float, int, str]:
            row = rows[place]
            return float(self._days[row]) or inf, -self._lengths[row], self._ids[row]

        return ranks(np.array(sorted(range(len(rows)), key=rank), np.int64))

    def _pack(self) -> None:
        self._parts.append(Fingerprints.of(self._latest))
        self._latest = []


class Neighbours:
    """Finds the articles of an index whose families a change may change.

    index: that of the articles, as it is before the change.
    """

    def __init__(self, cluster: Cluster, index: str) -> None:
        self._cluster = cluster
        self._index = index

    def of(
        self, new: Iterable[Prepared], left: Iterable[str], gone: frozenset[str]
    ) -> dict[str, tuple[Prepared, Family]]:
        """Return articles by id, each with the family it has.

        new: articles that come. left: leads of families that lose a member. gone: the ids
        of articles that go or are replaced; none of them is returned.
        """
        found: dict[str, tuple[Prepared, Family]] = {}
        queries: list[Body] = [{"term": {"family": lead}} for lead in sorted(left)]
        frontier = [*self._matching(queries, gone, found)]
        frontier += [one.fingerprint for one in new]
        while frontier:
            batch, frontier = frontier[:_AT_ONCE], frontier[_AT_ONCE:]
            alike = [query for one in batch if (query := _alike(one))]
            frontier += self._matching(alike, gone, found, batch)
        return found

    def _matching(
        self,
        queries: list[Body],
        gone: frozenset[str],
        found: dict[str, tuple[Prepared, Family]],
        wanted: Iterable[Fingerprint] = (),
    ) -> list[Fingerprint]:
        """Put what is found for the first time where it belongs; return the fingerprints.

        wanted: what an article must tell the same story as, if anything.
        """
        bodies = [{"size": _MOST_ALIKE, "query": query} for query in queries]
        fingerprints = []
        for answer in self._cluster.several(self._index, bodies):
            for hit in answer["hits"]["hits"]:
                id_ = hit["_source"]["article"]["id"]
                if id_ in found or id_ in gone:
                    continue
                one = Prepared.of(article_of(hit["_source"]))
                if not wanted or any(same_story(one.fingerprint, other) for other in wanted):
                    found[id_] = one, family_of(hit["_source"])
                    fingerprints.append(one.fingerprint)
        return fingerprints


def changed_families(
    new: Mapping[str, Prepared], near: Mapping[str, tuple[Prepared, Family]]
) -> tuple[dict[str, Family], list[Prepared]]:
    """Return the families of all these articles, and the old ones whose family is another."""
    rows = Rows()
    for one in (*new.values(), *(one for one, _ in near.values())):
        rows.add(one)
    families = rows.families()
    moved = [one for id_, (one, had) in near.items() if families.get(id_, Family()) != had]
    return families, moved


def _alike(one: Fingerprint) -> Body | None:
    """Return the query of the articles that may tell the same story as one."""
    ways: list[Body] = []
    if one.text:
        ways.append({"term": {"fingerprint": str(one.text)}})
    if terms := signature_terms(one):
        shared = [{"term": {"signature": term}} for term in terms]
        ways.append({"bool": {"should": shared, "minimum_should_match": LEAST_SHARED}})
    return {"bool": {"should": ways, "minimum_should_match": 1}} if ways else None


def names_of(ids: Iterable[str]) -> list[str]:
    """Return the names of the documents of articles."""
    return [document_id(one) for one in ids]
