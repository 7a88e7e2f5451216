"""The distributed engine: an index on an OpenSearch cluster."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from time import monotonic, sleep
from typing import Any, TypeVar

from corpus.analysis import ANALYSIS_VERSION
from corpus.article import Article
from index.engine import Closing, EngineError, EngineUnavailable, StaleIndex
from index.ledger_file import NO_LINKS, LedgerFile
from index.opensearch.address import Address
from index.opensearch.answering import results, stream
from index.opensearch.asking import Question
from index.opensearch.cluster import Busy, Cluster, Missing, Unserved
from index.opensearch.completing import completions, neighbours
from index.opensearch.explaining import explanation
from index.opensearch.health import status, unanswered
from index.opensearch.indexing import Indexing
from index.opensearch.likeness import family, similar
from index.opensearch.mapping import SCHEMA_VERSION
from index.opensearch.naming import Naming
from index.opensearch.notes import Notes
from index.opensearch.reading import Reading
from index.query import Node, Query
from index.renaming import Renaming
from index.results import Explanation, Form, Hit, Results, Status, Suggestion
from index.topics import NO_TOPICS, Topics

Body = dict[str, Any]
Answer = TypeVar("Answer")

# A rebuild removes the index that was behind the alias; this much later at most, whoever
# has not noticed looks behind the alias again.
_LOOK_EVERY = 5.0
# Nodes learn one after the other that an alias was moved.
_SETTLING_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class _Known:
    """The index behind the alias when it was last looked at, the links of its actors, its topics.

    linked, learnt: the names of the notes that hold them.
    """

    index: str
    looked: float
    linked: str
    links: Mapping[str, str]
    learnt: str
    topics: Topics


_NOTHING_KNOWN = _Known("", 0.0, "", NO_LINKS, "", NO_TOPICS)


class OpenSearchEngine:
    """Searches and changes an index on a cluster; safe to share between threads."""

    def __init__(self, address: Address, ledger: LedgerFile) -> None:
        self._cluster = Cluster(address)
        self._url = address.shown
        self._alias = address.name
        self._notes = Notes(self._cluster, self._alias)
        self._indexing = Indexing(self._cluster, self._behind_alias)
        self._known = _NOTHING_KNOWN
        self._ledger = ledger
        self._named: tuple[object, Naming] | None = None

    def search(self, query: Query) -> Results:
        """Return one page of matching articles, with counts of all matches."""
        return self._on(lambda reading: results(reading, query))

    def get(self, article_id: str) -> Article | None:
        """Return the article with this id, or None."""
        return self._on(lambda reading: reading.get(article_id))

    def scan(self, query: Query) -> Iterator[Article]:
        """Yield every matching article, in the query's order; offset and limit are ignored."""
        return self._on(lambda reading: stream(reading, query))

    def explain(self, tree: Node, article_id: str | None = None) -> Explanation:
        """Tell what each leaf of a tree reaches and finds, and what it brings to one article."""

        def explained(reading: Reading) -> Explanation:
            article = None if article_id is None else reading.get(article_id)
            return explanation(Question.of(reading, tree), article)

        return self._on(explained)

    def suggest(self, prefix: str, limit: int = 10) -> list[Suggestion]:
        """Return words, countries, actors and titles that complete a prefix."""
        return self._on(lambda reading: completions(reading, prefix, limit))

    def neighbours(self, word: str) -> list[Form]:
        """Return words of the index spelt nearly like one, the nearest, then commonest, first."""
        return self._on(lambda reading: neighbours(reading, word))

    def similar(self, article_id: str, limit: int = 5) -> list[Hit]:
        """Return the articles most like one, best first; empty for an unknown id."""
        return self._on(lambda reading: similar(reading, article_id, limit))

    def family(self, article_id: str) -> list[Article]:
        """Return the articles of one's family, the lead first; empty where it is alone."""
        return self._on(lambda reading: family(reading, article_id))

    def add(self, articles: Iterable[Article], closing: Callable[[], Closing] = Closing) -> int:
        """Insert articles, or replace those of the same id, in one commit; return how many."""
        return self._changing(lambda: self._indexing.add(articles, closing))

    def remove(self, article_ids: Iterable[str]) -> int:
        """Remove articles by id in one commit; return how many were there."""
        return self._changing(lambda: self._indexing.remove(article_ids))

    def rebuild(self, articles: Iterable[Article], closing: Callable[[], Closing] = Closing) -> int:
        """Replace the whole content; until it returns, searches see the old content."""
        return self._changing(lambda: self._indexing.rebuild(articles, closing))

    def journal(self) -> bytes:
        """Return what the last change kept beside the articles; empty where there is no index."""
        index = self._behind_alias()
        return b"" if index is None else self._on(self._journal)

    def renaming(self) -> Renaming:
        """Return how the owner wants countries and actors called; answers go by it."""
        return self._on(lambda reading: reading.naming.renaming)

    def status(self) -> Status:
        """Tell what the index holds, and what the cluster is short of."""
        try:
            return self._on(lambda reading: status(reading, self._url, self._stamp(reading.index)))
        except Busy:
            raise unanswered(self._cluster, self._url) from None

    def close(self) -> None:
        """Close the connections."""
        self._cluster.close()

    def _journal(self, reading: Reading) -> bytes:
        return self._notes.read(reading.index, self._stamp(reading.index).get("journal", ""))

    def _on(self, ask: Callable[[Reading], Answer]) -> Answer:
        """Ask the index behind the alias; again if it was replaced meanwhile."""
        known = self._known
        looked = bool(known.index) and monotonic() - known.looked <= _LOOK_EVERY
        deadline, pause = monotonic() + _SETTLING_SECONDS, 0.05
        while True:
            try:
                known = known if looked else self._look()
                naming = self._naming(known)
                return ask(Reading(self._cluster, known.index, naming, known.topics))
            except (Missing, Unserved):
                # An index that is being removed loses its shards before its name, and not on
                # all nodes at once.
                if monotonic() > deadline:
                    raise
            looked = False
            sleep(pause)
            pause *= 2

    def _naming(self, known: _Known) -> Naming:
        """Return how countries and actors are called now."""
        token = known.index, known.linked, self._ledger.token()
        named = self._named
        if named is None or named[0] != token:
            self._named = named = token, Naming(self._ledger.read(known.links))
        return named[1]

    def _look(self) -> _Known:
        """Return the index behind the alias, whose stamp is ours.

        Raises EngineUnavailable where there is none, StaleIndex for one of another version.
        """
        index = self._behind_alias(local=True)
        if index is None:
            raise EngineUnavailable(
                f"Il n'y a pas encore d'index à l'adresse {self._url} : "
                "lancez « kiosque reindex DOSSIER »."
            )
        stamp = self._stamp(index)
        if (stamp.get("schema"), stamp.get("analysis")) != (SCHEMA_VERSION, ANALYSIS_VERSION):
            raise StaleIndex(
                f"L'index {self._url} a été fait par Kiosque {stamp.get('version', 'inconnu')}, "
                "dont le schéma ou l'analyse diffèrent : refaites-le par "
                "« kiosque reindex DOSSIER »."
            )
        linked, known = stamp.get("links", ""), self._known
        links = known.links
        if (index, linked) != (known.index, known.linked):
            data = self._notes.read(index, linked)
            links = json.loads(data) if data else NO_LINKS
        learnt, topics = stamp.get("topics", ""), known.topics
        if (index, learnt) != (known.index, known.learnt):
            topics = Topics.from_bytes(self._notes.read(index, learnt))
        self._known = known = _Known(index, monotonic(), linked, links, learnt, topics)
        return known

    def _behind_alias(self, local: bool = False) -> str | None:
        # Readers take a node's own word, and go on where the nodes that are left have no manager.
        whose = "true" if local else "false"
        try:
            found = self._cluster.ask("GET", f"/_alias/{self._alias}", local=whose)
        except Missing:
            return None
        if len(found) != 1:
            raise EngineError(
                f"Plusieurs index portent le nom « {self._alias} » sur le cluster : "
                f"retirez-en tous sauf un ({', '.join(sorted(found))})."
            )
        return str(next(iter(found)))

    def _stamp(self, index: str) -> Body:
        found = self._cluster.ask("GET", f"/{index}/_mapping", local="true")
        meta: Body = found[index]["mappings"].get("_meta", {})
        return meta

    def _changing(self, change: Callable[[], int]) -> int:
        try:
            return change()
        finally:
            self._known = _NOTHING_KNOWN
