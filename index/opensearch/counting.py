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

    Each shard tells its commonest values alone. Values of which some shard did not tell,
    and that may belong on the page, are counted once more on all shards.
    """
    told = answer.get("aggregations", {})
    lists = {facet: told[facet.value].get("values", {"buckets": []}) for facet, _ in query.facets}
    doubtful = {
        facet: _doubtful(lists[facet]["buckets"], most)
        for facet, most in query.facets
        if lists[facet].get("doc_count_error_upper_bound")
    }
    again = _recounted(cluster, index, body, doubtful) if any(doubtful.values()) else {}
    facets, approximate = {}, set()
    for facet, most in query.facets:
        known = {one["key"]: one["doc_count"] for one in lists[facet]["buckets"]}
        known |= again.get(facet, {})
        ranked = sorted((-count, value) for value, count in known.items())[:most]
        counts = {value: -negative for negative, value in ranked}
        least = min(counts.values(), default=0)
        if facet in doubtful and least <= _most_of_others(lists[facet], most):
            approximate.add(facet)
        chosen = told[facet.value].get("chosen", {"buckets": {}})["buckets"]
        counts |= {value: chosen[value]["doc_count"] for value in sorted(chosen.keys() - counts)}
        facets[facet] = tuple(
            FacetCount(value, value_label(facet, value), count) for value, count in counts.items()
        )
    return facets, frozenset(approximate)


def _doubtful(buckets: list[Body], most: int) -> list[str]:
    """Return the values that may be among the commonest and whose count is not certain."""
    least = buckets[most - 1]["doc_count"] if len(buckets) >= most else 0
    return [
        one["key"]
        for one in buckets
        if (error := one["doc_count_error_upper_bound"]) and one["doc_count"] + error >= least
    ]


def _most_of_others(told: Body, most: int) -> int:
    """Return how many articles may have a value that is not in the list, at most."""
    cut = len(told["buckets"]) == _wanted(most)
    last: int = told["buckets"][-1]["doc_count"] if cut else 0
    return last + int(told["doc_count_error_upper_bound"])


def _recounted(
    cluster: Cluster, index: str, body: Body, doubtful: Mapping[Facet, list[str]]
) -> dict[Facet, dict[str, int]]:
    aggregations = {}
    for facet, values in doubtful.items():
        if values:
            inner = {"terms": {"field": facet.value, "include": values, "size": len(values)}}
            around = body["aggs"][facet.value]["filter"]
            aggregations[facet.value] = {"filter": around, "aggs": {"values": inner}}
    again = {"size": 0, "query": body["query"], "aggs": aggregations}
    answer = cluster.search(index, again)["aggregations"]
    return {
        Facet(name): {one["key"]: one["doc_count"] for one in found["values"]["buckets"]}
        for name, found in answer.items()
    }


def _wanted(most: int) -> int:
    """Return how many values are asked for, so that one ranked too low is still among them."""
    return 5 * most + 20


def _terms(facet: Facet, most: int) -> Body:
    return {
        "field": facet.value,
        "size": _wanted(most),
        # Each shard tells of its first thousand: what it leaves out is rare.
        "shard_size": max(1000, 2 * _wanted(most)),
        "show_term_doc_count_error": True,
        "order": [{"_count": "desc"}, {"_key": "asc"}],
    }
