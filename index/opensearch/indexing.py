"""Changes to an index on the cluster: rebuilt beside the old one, added to, taken from.

    NAME               the alias that searches go to
    NAME-000007        the articles; the stamp is in its mapping
    NAME-000007-words  their words and values
    NAME-notes         who writes, and the journal of each index

One writer at a time holds a lease. A rebuild fills new indices; one request moves the
alias and removes the old ones. Whatever a writer left half done, the next one removes.
"""

import base64
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from corpus.article import Article
from index.engine import Closing, EngineError
from index.opensearch.bulk import BulkWriter
from index.opensearch.cluster import Cluster, Missing
from index.opensearch.documents import (
    ALONE,
    Family,
    Prepared,
    article_of,
    document_id,
    family_of,
)
from index.opensearch.grouping import Neighbours, Rows, changed_families
from index.opensearch.lease import Lease, writing
from index.opensearch.mapping import articles_body, notes_index, stamp, words_body, words_index
from index.opensearch.vocabulary import Entry, Vocabulary, entries_of

Body = dict[str, Any]

# Of words and values so many are counted before they are written.
_MOST_COUNTED = 2_000_000
_FETCHED = 200
# A journal is cut, since no request may have more than 100 MB.
_JOURNAL_BYTES = 8_000_000
_SETTLING_SECONDS = 120.0


class Indexing:
    """Changes one index. current: tells the name behind the alias, None for none yet."""

    def __init__(self, cluster: Cluster, current: Callable[[], str | None]) -> None:
        self._cluster = cluster
        self._alias = cluster.address.name
        self._current = current

    def rebuild(self, articles: Iterable[Article], closing: Callable[[], Closing]) -> int:
        """Replace the whole content; until it returns, searches see the old content."""
        with writing(self._cluster, self._alias) as lease:
            return self._rebuild(articles, closing, lease)

    def add(self, articles: Iterable[Article], closing: Callable[[], Closing]) -> int:
        """Insert or replace articles; nothing is written before the last one was read."""
        with writing(self._cluster, self._alias) as lease:
            index = self._current()
            if index is None:
                return self._rebuild(articles, closing, lease)
            new = {article.id: article for article in articles}
            done = closing()
            kept = {id_: article for id_, article in new.items() if id_ not in done.removed}
            self._change(index, kept, done.removed, lease)
            if done.journal is not None:
                self._keep_journal(index, done.journal)
            return len(new)

    def remove(self, article_ids: Iterable[str]) -> int:
        """Remove articles; return how many were there."""
        with writing(self._cluster, self._alias) as lease:
            index = self._current()
            if index is None:
                return 0
            return self._change(index, {}, frozenset(article_ids), lease)

    def journal(self, index: str) -> bytes:
        """Return what the last change kept beside the articles of an index."""
        data = b""
        for number in range(1_000_000):
            path = f"/{notes_index(self._alias)}/_doc/{_part(index, number)}"
            try:
                data += base64.b64decode(self._cluster.ask("GET", path)["_source"]["data"])
            except Missing:
                break
        return data

    def _rebuild(
        self, articles: Iterable[Article], closing: Callable[[], Closing], lease: Lease
    ) -> int:
        old = self._generations()
        current = self._current()
        self._delete([name for name in old if name != current])
        number = max((int(name[-6:]) for name in old), default=0) + 1
        index = f"{self._alias}-{number:06d}"
        try:
            count = self._fill(index, articles, closing, lease)
            lease.confirm()
            self._swap(index, current)
        except EngineError:
            # That another has taken over says more, and the index is his to remove.
            lease.confirm()
            self._delete([index], careful=False)
            raise
        except BaseException:
            self._delete([index], careful=False)
            raise
        return count

    def _fill(
        self,
        index: str,
        articles: Iterable[Article],
        closing: Callable[[], Closing],
        lease: Lease,
    ) -> int:
        """Make a new index of articles; return how many it holds."""
        address = self._cluster.address
        # First the words: whoever finds the articles finds them too.
        for name, body in ((words_index(index), words_body), (index, articles_body)):
            # Before the first article, its replica: a node may be lost from then on.
            self._cluster.ask(
                "PUT", f"/{name}", body(address), _SETTLING_SECONDS, wait_for_active_shards="all"
            )
        rows, again, ids = Rows(), dict[str, Article](), set[str]()
        counts: Counter[Entry] = Counter()
        vocabulary, fresh = Vocabulary(self._cluster, index), True
        with BulkWriter(self._cluster, index) as writer:
            for article in articles:
                if article.id in ids:
                    again[article.id] = article
                    continue
                ids.add(article.id)
                one = Prepared.of(article)
                rows.add(one)
                writer.index(document_id(article.id), one.document())
                _count(counts, one, 1)
                if len(counts) >= _MOST_COUNTED:
                    vocabulary.change(counts, fresh)
                    vocabulary.refresh()
                    counts, fresh = Counter(), False
        done = closing()
        vocabulary.change(counts, fresh)
        self._mark_families(index, rows.families())
        self._refresh(index)
        self._verify(index, len(ids))
        kept = {id_: article for id_, article in again.items() if id_ not in done.removed}
        gone = done.removed & ids
        if kept or gone:
            self._change(index, kept, gone, lease)
        self._keep_journal(index, done.journal or b"")
        return len(ids - gone)

    def _mark_families(self, index: str, families: Mapping[str, Family]) -> None:
        """Write the articles of families once more, with their families."""
        with BulkWriter(self._cluster, index) as writer:
            for article, _ in self._held(index, families):
                document = Prepared.of(article).document(families[article.id])
                writer.index(document_id(article.id), document)

    def _change(
        self, index: str, new: Mapping[str, Article], removed: frozenset[str], lease: Lease
    ) -> int:
        """Bring articles and take others away; return how many of those were there."""
        prepared = {id_: Prepared.of(article) for id_, article in new.items()}
        counts: Counter[Entry] = Counter()
        leads, there = set(), 0
        for article, family in self._held(index, [*new, *removed]):
            _count(counts, Prepared.of(article), -1)
            there += article.id in removed
            if family != ALONE:
                leads.add(family.lead)
        for one in prepared.values():
            _count(counts, one, 1)
        gone = frozenset(new) | removed
        near = Neighbours(self._cluster, index).of(prepared.values(), leads, gone)
        families, moved = changed_families(prepared, near)
        lease.confirm()
        with BulkWriter(self._cluster, index) as writer:
            for one in (*prepared.values(), *moved):
                family = families.get(one.article.id, ALONE)
                writer.index(document_id(one.article.id), one.document(family))
            for id_ in removed:
                writer.delete(document_id(id_))
        Vocabulary(self._cluster, index).change(counts)
        self._cluster.ask("PUT", f"/{index}/_mapping", {"_meta": stamp()})
        self._refresh(index)
        return there

    def _held(self, index: str, ids: Iterable[str]) -> Iterator[tuple[Article, Family]]:
        """Yield those articles that an index holds, written a moment ago or not."""
        left = iter(ids)
        while batch := [document_id(id_) for id_ in islice(left, _FETCHED)]:
            answer = self._cluster.ask("POST", f"/{index}/_mget", {"ids": batch})
            for one in answer["docs"]:
                if one.get("found"):
                    yield article_of(one["_source"]), family_of(one["_source"])

    def _refresh(self, index: str) -> None:
        names = f"{words_index(index)},{index}"
        answer = self._cluster.ask("POST", f"/{names}/_refresh", None, _SETTLING_SECONDS)
        if answer["_shards"]["failed"]:
            raise EngineError(
                f"Une partie du cluster {self._cluster.address.nodes} ne répond pas : voyez "
                "« kiosque status », puis relancez."
            )

    def _verify(self, index: str, count: int) -> None:
        found = self._cluster.ask("GET", f"/{index}/_count")["count"]
        if found != count:
            raise EngineError(
                f"Le nouvel index compte {found} articles au lieu de {count} : l'ancien reste en "
                "place. Voyez « kiosque status », puis relancez."
            )

    def _swap(self, index: str, old: str | None) -> None:
        """Move the alias to an index and remove the old one, in one request."""
        actions: list[Body] = [{"add": {"index": index, "alias": self._alias}}]
        if old is not None:
            actions += [{"remove_index": {"index": name}} for name in (old, words_index(old))]
        try:
            self._cluster.ask("POST", "/_aliases", {"actions": actions}, _SETTLING_SECONDS)
        except Missing:
            # Sent again after a timeout, it may have been done the first time.
            if index not in self._cluster.ask("GET", f"/_alias/{self._alias}"):
                raise
        if old is not None:
            self._forget_journal(old)

    def _generations(self) -> list[str]:
        """Return the names of all indices of articles, the oldest first, half made or not."""
        found = self._cluster.ask("GET", f"/{self._alias}-*/_settings", flat_settings="true")
        name = re.compile(rf"({re.escape(self._alias)}-\d{{6}})(-words)?")
        return sorted({match[1] for one in found if (match := name.fullmatch(one))})

    def _delete(self, indices: Iterable[str], careful: bool = True) -> None:
        for index in indices:
            names = f"{index},{words_index(index)}"
            try:
                self._cluster.ask("DELETE", f"/{names}", ignore_unavailable="true")
                self._forget_journal(index)
            except EngineError:
                # The next rebuild tries again; the reason for this one's end says more.
                if careful:
                    raise

    def _keep_journal(self, index: str, data: bytes) -> None:
        parts = range(0, len(data), _JOURNAL_BYTES)
        for number, start in enumerate(parts):
            part = base64.b64encode(data[start : start + _JOURNAL_BYTES]).decode()
            path = f"/{notes_index(self._alias)}/_doc/{_part(index, number)}"
            self._cluster.ask("PUT", path, {"data": part}, _SETTLING_SECONDS)
        self._forget_journal(index, len(parts))

    def _forget_journal(self, index: str, first: int = 0) -> None:
        for number in range(first, 1_000_000):
            path = f"/{notes_index(self._alias)}/_doc/{_part(index, number)}"
            try:
                self._cluster.ask("DELETE", path)
            except Missing:
                return


def _count(counts: Counter[Entry], one: Prepared, sign: int) -> None:
    for entry, times in entries_of(one):
        counts[entry] += sign * times


def _part(index: str, number: int) -> str:
    return f"journal-{index}-{number}"
