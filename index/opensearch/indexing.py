"""Changes to an index on the cluster: rebuilt beside the old one, added to, taken from.

    NAME               the alias that searches go to
    NAME-000007        the articles; the stamp is in its mapping
    NAME-000007-words  their words and values
    NAME-notes         who writes, and what else is kept of each index

One writer at a time holds a lease. A rebuild fills new indices; one request moves the
alias and removes the old ones. What a writer left half done, the next one removes or undoes.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from corpus.article import Article
from index.engine import Closing, EngineError
from index.opensearch.bulk import BulkWriter
from index.opensearch.changing import Change, count_entries, held
from index.opensearch.cluster import Cluster, Missing
from index.opensearch.committing import SETTLING_SECONDS, Commits
from index.opensearch.documents import Family, Prepared, document_id
from index.opensearch.grouping import Rows
from index.opensearch.lease import Lease, writing
from index.opensearch.mapping import articles_body, words_body, words_index
from index.opensearch.notes import Notes
from index.opensearch.patience import patiently
from index.opensearch.vocabulary import Entry, Vocabulary

Body = dict[str, Any]

# Of words and values so many are counted before they are written.
_MOST_COUNTED = 2_000_000


class Indexing:
    """Changes one index. current: tells the name behind the alias, None for none yet."""

    def __init__(self, cluster: Cluster, current: Callable[[], str | None]) -> None:
        self._cluster = cluster
        self._alias = cluster.address.name
        self._current = current
        self._notes = Notes(cluster, self._alias)

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
            self._commit(index, kept, done, lease)
            return len(new)

    def remove(self, article_ids: Iterable[str]) -> int:
        """Remove articles; return how many were there."""
        with writing(self._cluster, self._alias) as lease:
            index = self._current()
            if index is None:
                return 0
            return self._commit(index, {}, Closing(frozenset(article_ids)), lease)

    def _commit(
        self, index: str, new: Mapping[str, Article], closing: Closing, lease: Lease
    ) -> int:
        """Bring articles and take others away; return how many of those were there."""
        commits = Commits(self._cluster, self._notes, index)
        patiently(commits.mend)
        change = patiently(lambda: Change.of(self._cluster, index, new, closing.removed))
        patiently(lease.confirm)
        patiently(lambda: commits.begin(change.before()))
        change.write()
        patiently(commits.refresh)
        patiently(lambda: commits.complete(closing.journal))
        return change.removed

    def _rebuild(
        self, articles: Iterable[Article], closing: Callable[[], Closing], lease: Lease
    ) -> int:
        old = self._generations()
        current = self._current()
        self._delete([name for name in old if name != current])
        number = max((int(name[-6:]) for name in old), default=0) + 1
        index = f"{self._alias}-{number:06d}"
        try:
            count = self._fill(index, articles, closing)
            patiently(lease.confirm)
            patiently(lambda: self._swap(index, current))
        except EngineError:
            # That another has taken over says more, and the index is his to remove.
            lease.confirm()
            self._delete([index], careful=False)
            raise
        except BaseException:
            self._delete([index], careful=False)
            raise
        return count

    def _fill(self, index: str, articles: Iterable[Article], closing: Callable[[], Closing]) -> int:
        """Make a new index of articles; return how many it holds."""
        address = self._cluster.address
        # First the words: whoever finds the articles finds them too.
        self._cluster.create(words_index(index), words_body(address))
        self._cluster.create(index, articles_body(address))
        ids, again, families = self._write(index, articles)
        done = closing()
        patiently(lambda: self._mark_families(index, families))
        commits = Commits(self._cluster, self._notes, index)
        patiently(commits.refresh)
        patiently(lambda: self._verify(index, len(ids)))
        kept = {id_: article for id_, article in again.items() if id_ not in done.removed}
        gone = done.removed & ids
        if kept or gone:
            patiently(lambda: Change.of(self._cluster, index, kept, gone)).write()
            patiently(commits.refresh)
        patiently(lambda: commits.complete(done.journal or b""))
        return len(ids - gone)

    def _write(
        self, index: str, articles: Iterable[Article]
    ) -> tuple[set[str], Mapping[str, Article], Mapping[str, Family]]:
        """Write articles, their words and values.

        Returns their ids, the last articles that came under an id written before, which are
        not written yet, and the families.
        """
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
                count_entries(counts, one, 1)
                if len(counts) >= _MOST_COUNTED:
                    vocabulary.change(counts, fresh)
                    counts, fresh = Counter(), False
        vocabulary.change(counts, fresh)
        return ids, again, rows.families()

    def _mark_families(self, index: str, families: Mapping[str, Family]) -> None:
        """Write the articles of families once more, with their families."""
        with BulkWriter(self._cluster, index) as writer:
            for article, _ in held(self._cluster, index, families):
                document = Prepared.of(article).document(families[article.id])
                writer.index(document_id(article.id), document)

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
            self._cluster.ask("POST", "/_aliases", {"actions": actions}, SETTLING_SECONDS)
        except Missing:
            # Sent again after a timeout, it may have been done the first time.
            if index not in self._cluster.ask("GET", f"/_alias/{self._alias}"):
                raise
        if old is not None:
            self._notes.forget(old)

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
                self._notes.forget(index)
            except EngineError:
                # The next rebuild tries again; the reason for this one's end says more.
                if careful:
                    raise
