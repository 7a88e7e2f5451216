"""A change to an index: which documents come, go and move to another family, and what counts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from corpus.article import Article
from index.opensearch.bulk import BulkWriter
from index.opensearch.cluster import Cluster
from index.opensearch.committing import Before
from index.opensearch.documents import (
    ALONE,
    Family,
    Prepared,
    article_of,
    document_id,
    family_of,
)
from index.opensearch.grouping import Neighbours, changed_families
from index.opensearch.vocabulary import Entry, Vocabulary, entries_of

_FETCHED = 200


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be written to an index, and what it replaces.

    gone: the ids that are removed, there or not. new: the articles that come. moved:
    others of which the family changes. families: of the articles written. held: those that
    are replaced or removed, and moved ones as they were. counts: what is added to those of
    words and values, which were had.
    """

    cluster: Cluster
    index: str
    gone: frozenset[str]
    new: Sequence[Prepared]
    moved: Sequence[Prepared]
    families: Mapping[str, Family]
    held: Sequence[tuple[Article, Family]]
    counts: Counter[Entry]
    had: Mapping[Entry, int]

    @classmethod
    def of(
        cls, cluster: Cluster, index: str, new: Mapping[str, Article], gone: frozenset[str]
    ) -> "Change":
        """Find out what it takes to bring articles and to take others away."""
        prepared = {id_: Prepared.of(article) for id_, article in new.items()}
        counts: Counter[Entry] = Counter()
        before = [*held(cluster, index, [*new, *gone])]
        for article, _ in before:
            count_entries(counts, Prepared.of(article), -1)
        for one in prepared.values():
            count_entries(counts, one, 1)
        leads = {family.lead for _, family in before if family != ALONE}
        near = Neighbours(cluster, index).of(prepared.values(), leads, frozenset(new) | gone)
        families, moved = changed_families(prepared, near)
        before += [(one.article, near[one.article.id][1]) for one in moved]
        had = Vocabulary(cluster, index).held(counts)
        return cls(cluster, index, gone, [*prepared.values()], moved, families, before, counts, had)

    @property
    def removed(self) -> int:
        """How many of the articles that go are there."""
        return sum(article.id in self.gone for article, _ in self.held)

    def before(self) -> Before:
        """Return what the change replaces."""
        there = {article.id for article, _ in self.held}
        absent = [one.article.id for one in self.new if one.article.id not in there]
        return Before(absent, self.held, {entry: self.had.get(entry) for entry in self.counts})

    def write(self) -> None:
        """Write all of it; seen once the index is refreshed."""
        with BulkWriter(self.cluster, self.index) as writer:
            for one in (*self.new, *self.moved):
                family = self.families.get(one.article.id, ALONE)
                writer.index(document_id(one.article.id), one.document(family))
            for id_ in self.gone:
                writer.delete(document_id(id_))
        now = {entry: self.had.get(entry, 0) + more for entry, more in self.counts.items()}
        Vocabulary(self.cluster, self.index).put(now)


def held(cluster: Cluster, index: str, ids: Iterable[str]) -> Iterator[tuple[Article, Family]]:
    """Yield those articles that an index holds, written a moment ago or not."""
    left = iter(ids)
    while batch := [document_id(id_) for id_ in islice(left, _FETCHED)]:
        answer = cluster.ask("POST", f"/{index}/_mget", {"ids": batch})
        for one in answer["docs"]:
            if one.get("found"):
                yield article_of(one["_source"]), family_of(one["_source"])


def count_entries(counts: Counter[Entry], one: Prepared, sign: int) -> None:
    """Add what an article brings to the counts of words and values, or take it away."""
    for entry, times in entries_of(one):
        counts[entry] += sign * times
