"""The articles of the cluster that topics are learnt from."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from index.opensearch.cluster import Cluster
from index.opensearch.documents import article_of, texts_of
from index.topics import MIXER, SAMPLE

Body = dict[str, Any]

_BATCH = 500
# `index.topics.order`, as a script.
_ORDER = f"(doc['id'].value.hashCode() * {MIXER}L) & 0xffffffffL"


def sampled_texts(cluster: Cluster, index: str) -> Iterator[list[str]]:
    """Yield the words of the articles to learn topics from, in their order."""
    script = {"type": "number", "script": {"source": _ORDER}}
    body: Body = {
        "size": _BATCH,
        "_source": ["article"],
        "sort": [{"_script": script}, {"id": "asc"}],
        "track_total_hits": False,
    }
    for _ in range(0, SAMPLE, _BATCH):
        hits = cluster.search(index, body)["hits"]["hits"]
        for hit in hits:
            yield [*chain.from_iterable(texts_of(article_of(hit["_source"])).values())]
        if len(hits) < _BATCH:
            return
        body["search_after"] = hits[-1]["sort"]
