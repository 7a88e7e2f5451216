"""Facet counts and the histogram, as aggregations.

The values chosen in a facet narrow the hits and the other facets' counts, not its own:
they stand in the post filter, and in a filter around each of the other aggregations.
"""

from collections.abc import Mapping
from typing import Any

from index.evaluation.columns import value_label
from index.opensearch.cluster import Cluster
from index.opensearch.translation import EVERYTHING, all_of
from index.query import Facet, Filters, Interval, Query
from index.results import Bar, FacetCount

Body = dict[str, Any]
Facets = dict[Facet, tuple[FacetCount, ...]]

_HISTOGRAM = "histogram"
_FORMATS = {Interval.YEAR: "uuuu", Interval.MONTH: "uuuu-MM", Interval.DAY: "uuuu-MM-dd"}


def selecting(filters: Filters, but: Facet | None = None) -> Body | None:
    """Return the filter of the values chosen in facets, one left out; None for none."""
    chosen = [
        {"terms": {facet.value: sorted(filters.selected(facet))}}
        for facet in Facet
        if facet is not but and filters.selected(facet)
    ]
    return all_of(chosen) if chosen else None


def counting(query: Query) -> Body:
    """Return the aggregations of a query."""
    found = {}
    for facet, most in query.facets:
        inner: Body = {}
        if most:
            inner["values"] = {"terms": _terms(facet, most)}
        if chosen := sorted(query.filters.selected(facet)):
            named = {value: {"term": {facet.value: value}} for value in chosen}
            inner["chosen"] = {"filters": {"filters": named}}
        around = selecting(query.filters, facet) or EVERYTHING
        found[facet.value] = {"filter": around, "aggs": inner}
    if query.interval:
        bars = {
            "field": "date",
            "calendar_interval": query.interval.value,
            "format": _FORMATS[query.interval],
            "min_doc_count": 1,
        }
        around = selecting(query.filters) or EVERYTHING
        found[_HISTOGRAM] = {"filter": around, "aggs": {"bars": {"date_histogram": bars}}}
    return found


def histogram(answer: Body) -> tuple[Bar, ...]:
    """Return the periods that hold matches, in order."""
    buckets = answer["aggregations"][_HISTOGRAM]["bars"]["buckets"]
    return tuple(Bar(bucket["key_as_string"], bucket["doc_count"]) for bucket in buckets)


def facet_counts(
    cluster: Cluster, index: str, body: Body, query: Query, answer: Body
) -> tuple[Facets, frozenset[Facet]]:
    """Return the counts of each facet, and the facets whose list may lack a value.

    Each shard tells its commonest values alone. Where that leaves a doubt, the values found
    are counted once more, on all shards; the list is certain where the least of them counts
    more than one that no shard told of can.
    """
    told = {
        facet: answer["aggregations"][facet.value].get("values", {"buckets": []})
        for facet, _ in query.facets
    }
    doubtful = {
        facet: most
        for facet, most in query.facets
        if told[facet].get("doc_count_error_upper_bound")
    }
    again = _recounted(cluster, index, body, doubtful, told) if doubtful else {}
    facets, approximate = {}, set()
    for facet, most in query.facets:
        buckets = again.get(facet, told[facet]["buckets"])
        ranked = sorted((-one["doc_count"], one["key"]) for one in buckets)[:most]
        if facet in doubtful:
            least = -ranked[-1][0] if len(ranked) == most else 0
            if least <= told[facet]["doc_count_error_upper_bound"]:
                approximate.add(facet)
        chosen = answer["aggregations"][facet.value].get("chosen", {"buckets": {}})["buckets"]
        counts = {value: -negative for negative, value in ranked}
        counts |= {value: chosen[value]["doc_count"] for value in sorted(chosen.keys() - counts)}
        facets[facet] = tuple(
            FacetCount(value, value_label(facet, value), count) for value, count in counts.items()
        )
    return facets, frozenset(approximate)


def _recounted(
    cluster: Cluster,
    index: str,
    body: Body,
    doubtful: Mapping[Facet, int],
    told: Mapping[Facet, Body],
) -> dict[Facet, list[Body]]:
    aggregations = {}
    for facet in doubtful:
        values = [bucket["key"] for bucket in told[facet]["buckets"]]
        asked = body["aggs"][facet.value]
        inner = {"terms": {"field": facet.value, "include": values, "size": len(values)}}
        aggregations[facet.value] = {"filter": asked["filter"], "aggs": {"values": inner}}
    again = {"size": 0, "query": body["query"], "aggs": aggregations}
    answer = cluster.search(index, again)["aggregations"]
    return {facet: answer[facet.value]["values"]["buckets"] for facet in doubtful}


def _terms(facet: Facet, most: int) -> Body:
    # Some more than are shown, so that a value each shard ranks a little lower is not missed.
    wanted = 2 * most + 10
    order = [{"_count": "desc"}, {"_key": "asc"}]
    return {"field": facet.value, "size": wanted, "shard_size": 3 * wanted, "order": order}
