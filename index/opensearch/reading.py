"""An index on the cluster that is open for reading, under the names that are shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from corpus.article import Article
from index.opensearch.cluster import Cluster
from index.opensearch.documents import article_of, document_id
from index.opensearch.naming import Naming
from index.opensearch.vocabulary import Vocabulary
from index.topics import NO_TOPICS, Topics

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reading:
    """An index, and how its countries and actors are called while one request is answered."""

    cluster: Cluster
    index: str
    naming: Naming
    topics: Topics = NO_TOPICS

    @property
    def vocabulary(self) -> Vocabulary:
        """The words and values of the index, as articles were indexed with them."""
        return Vocabulary(self.cluster, self.index)

    def search(self, body: Body) -> Any:  # noqa: ANN401 - JSON
        """Return the answer to a search of the articles."""
        return self.cluster.search(self.index, body)

    def count_each(self, queries: list[Body], within: Body) -> list[int]:
        """Return how many articles match each of some queries and another."""
        if not queries:
            return []
        counted = {"each": {"filters": {"filters": queries}}}
        answer = self.search({"size": 0, "query": within, "aggs": counted})
        return [one["doc_count"] for one in answer["aggregations"]["each"]["buckets"]]

    def source(self, article_id: str) -> Mapping[str, Any] | None:
        """Return the document of an article, None for an unknown id.

        A search, not a look-up by name: what was written and not committed is not seen.
        """
        body = {"size": 1, "query": {"ids": {"values": [document_id(article_id)]}}}
        hits = self.search(body)["hits"]["hits"]
        return hits[0]["_source"] if hits else None

    def get(self, article_id: str) -> Article | None:
        """Return the article of an id as it is shown, None for an unknown one."""
        source = self.source(article_id)
        return None if source is None else self.shown(source)

    def shown(self, source: Mapping[str, Any]) -> Article:
        """Return the article of a document as it is shown."""
        return self.naming.renaming.applied(article_of(source))
