"""A change to an index that searches go to: all of it in the end, or nothing.

The cluster writes a document at a time. Before the first, what the change replaces is
noted; the stamp in the mapping, replaced in one request, says that it is complete. A writer
that finds a note of a change that was not completed undoes it before it begins its own.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from corpus.article import Article
from corpus.entities.linking import links
from index.opensearch.bulk import BulkWriter
from index.opensearch.cluster import Busy, Cluster
from index.opensearch.documents import Family, Prepared, document_id
from index.opensearch.mapping import stamp, words_index
from index.opensearch.notes import Notes
from index.opensearch.sampling import sampled_texts
from index.opensearch.vocabulary import Entry, Vocabulary
from index.stored_articles import as_record, from_record
from index.topics import Topics, bags_of, due, learn

Body = dict[str, Any]

_UNDO = "undo"
# The names of notes in a stamp.
_NOTED = ("links", "journal", "topics")
SETTLING_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Before:
    """What a change replaces.

    absent: the ids of articles that were not there. held: articles that are replaced or
    removed, with their families. counts: of words and values, None for those that were not
    there.
    """

    absent: Iterable[str]
    held: Iterable[tuple[Article, Family]]
    counts: Mapping[Entry, int | None]


class Commits:
    """The changes of one index, by the one writer there is."""

    def __init__(self, cluster: Cluster, notes: Notes, index: str) -> None:
        self._cluster = cluster
        self._notes = notes
        self._index = index

    def begin(self, before: Before) -> None:
        """Note what is about to be replaced."""
        told = {
            "after": self._stamp().get("commit"),
            "absent": [document_id(one) for one in before.absent],
            "held": [
                [as_record(article), family.lead, family.copies] for article, family in before.held
            ],
            "counts": [[*entry, count] for entry, count in before.counts.items()],
        }
        self._notes.keep(self._index, json.dumps(told).encode(), _UNDO)

    def complete(self, journal: bytes | None) -> None:
        """Make a change that was written and refreshed the one that counts.

        journal: None leaves the one there is.
        """
        found = links(Vocabulary(self._cluster, self._index).counted_forms())
        linked = self._notes.keep(self._index, json.dumps(found).encode() if found else b"")
        stamped = self._stamp()
        noted = stamped.get("journal", "")
        if journal is not None:
            noted = self._notes.keep(self._index, journal)
        learnt = self._learnt(stamped.get("topics", ""))
        meta = {"_meta": stamp(linked, noted, learnt)}
        self._cluster.ask("PUT", f"/{self._index}/_mapping", meta)
        self._notes.forget(self._index, (linked, noted, learnt))

    def mend(self) -> None:
        """Undo a change that was begun and not completed."""
        data = self._notes.read(self._index, _UNDO)
        if not data:
            return
        told = json.loads(data)
        stamped = self._stamp()
        if told["after"] == stamped.get("commit"):
            self._undo(told)
        self._notes.forget(self._index, [stamped.get(one, "") for one in _NOTED])

    def _undo(self, told: Body) -> None:
        with BulkWriter(self._cluster, self._index) as writer:
            for name in told["absent"]:
                writer.delete(name)
            for record, lead, copies in told["held"]:
                one = Prepared.of(from_record(record))
                writer.index(document_id(one.article.id), one.document(Family(lead, copies)))
        counts = {(kind, text): count for kind, text, count in told["counts"]}
        Vocabulary(self._cluster, self._index).put(counts)
        self.refresh()

    def _learnt(self, known: str) -> str:
        """Return the note of the topics of the index: those there are, or learnt anew if due."""
        topics = Topics.from_bytes(self._notes.read(self._index, known))
        count = self._cluster.ask("GET", f"/{self._index}/_count")["count"]
        if not due(count, topics.learnt):
            return known
        new = learn(*bags_of([*sampled_texts(self._cluster, self._index)]))
        return self._notes.keep(self._index, new.to_bytes() if new.learnt else b"")

    def refresh(self) -> None:
        """Make what was written seen. Raises Busy where not every shard does."""
        names = f"{words_index(self._index)},{self._index}"
        answer = self._cluster.ask("POST", f"/{names}/_refresh", None, SETTLING_SECONDS)
        if answer["_shards"]["failed"]:
            raise Busy(
                f"Une partie du cluster {self._cluster.address.nodes} ne répond pas : voyez "
                "« kiosque status », puis relancez."
            )

    def _stamp(self) -> Body:
        found = self._cluster.ask("GET", f"/{self._index}/_mapping")
        meta: Body = found[self._index]["mappings"]["_meta"]
        return meta
