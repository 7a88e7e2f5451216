"""Facet counts and the histogram, as aggregations.

The values chosen in a facet narrow the hits and the other facets' counts, not its own:
they stand in the post filter, and in a filter around each of the other aggregations.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from index.fields import Facet, Interval
from index.opensearch.combining import EVERYTHING, all_of
from index.opensearch.naming import Naming
from index.opensearch.reading import Reading
from index.opensearch.tallying import MOST_RECOUNTED, Listed, Tally, Told
from index.query import Filters, Query
from index.results import Bar, FacetCount

Body = dict[str, Any]
Facets = dict[Facet, tuple[FacetCount, ...]]

_HISTOGRAM = "histogram"
_FORMATS = {Interval.YEAR: "uuuu", Interval.MONTH: "uuuu-MM", Interval.DAY: "uuuu-MM-dd"}
# Longer lists are asked for page by page, all values of the index.
_LONGEST_LIST = 5000
_PAGE = 10_000


def counting(naming: Naming, query: Query) -> Body:
    """Return the aggregations of a query."""
    found = {}
    for facet, most in query.facets:
        inner = _exactly(naming, facet, sorted(query.filters.selected(facet)))
        if 0 < most <= _LONGEST_LIST:
            inner["values"] = {"terms": _terms(facet, _wanted(most))}
        around = naming.selecting(query.filters, facet) or EVERYTHING
        found[facet.value] = {"filter": around, "aggs": inner}
    if query.interval:
        bars = {
            "field": "date",
            "calendar_interval": query.interval.value,
            "format": _FORMATS[query.interval],
            "min_doc_count": 1,
        }
        around = naming.selecting(query.filters) or EVERYTHING
        found[_HISTOGRAM] = {"filter": around, "aggs": {"bars": {"date_histogram": bars}}}
    return found


def histogram(answer: Body) -> tuple[Bar, ...]:
    """Return the periods that hold matches, in order."""
    buckets = answer["aggregations"][_HISTOGRAM]["bars"]["buckets"]
    return tuple(Bar(bucket["key_as_string"], bucket["doc_count"]) for bucket in buckets)


def facet_counts(
    reading: Reading, matching: Body, query: Query, answer: Body
) -> tuple[Facets, frozenset[Facet]]:
    """Return the counts of each facet, and the facets whose list may lack a value.

    Each shard tells its commonest values alone, as articles were indexed with them. Values
    that may belong on the page, and of which that leaves the count open, are counted again.
    """
    told = answer.get("aggregations", {})
    asked = _Again(reading, matching, query.filters)
    tallies = {
        facet: asked.tally(facet, most, told[facet.value]) for facet, most in query.facets if most
    }
    recounted = asked.exactly({facet: tally.doubtful for facet, tally in tallies.items()})
    facets, approximate = {}, set()
    for facet, _ in query.facets:
        counts: dict[str, int] = {}
        if facet in tallies:
            counts, missing = tallies[facet].commonest(recounted[facet])
            if missing:
                approximate.add(facet)
        chosen = _read(told[facet.value], sorted(query.filters.selected(facet)))
        counts |= {value: count for value, count in chosen.items() if value not in counts}
        facets[facet] = tuple(
            FacetCount(value, reading.naming.label(facet, value), count)
            for value, count in counts.items()
        )
    return facets, frozenset(approximate)


def distinct_values(reading: Reading) -> dict[Facet, int]:
    """Return how many values of each facet any article is shown with."""
    counts = reading.vocabulary.counts()
    for facet in Facet:
        if reading.naming.renaming.touches(facet):
            counts[facet] += _made_and_gone(reading, facet)
    return counts


def _made_and_gone(reading: Reading, facet: Facet) -> int:
    """Return how many more values of a facet are shown than articles were indexed with."""
    naming = reading.naming
    made = {*naming.made(facet), *naming.split_names(facet)}
    sources = {value: naming.sources(facet, value) | {value} for value in made}
    stated = {*naming.hidden(facet)}.union(*sources.values())
    held = reading.vocabulary.held((facet.value, one) for one in stated)
    there = {value for (_, value), articles in held.items() if articles}
    shown = 0
    uncertain = []
    for value in made:
        if naming.is_whole(facet, value):
            shown += not there.isdisjoint(naming.sources(facet, value))
        else:
            uncertain.append(naming.having(facet, [value]))
    shown += sum(map(bool, reading.count_each(uncertain, EVERYTHING)))
    return shown - len(there)


class _Again:
    """Asks for more of the counts of a page."""

    def __init__(self, reading: Reading, matching: Body, filters: Filters) -> None:
        self._reading = reading
        self._matching = matching
        self._filters = filters

    def tally(self, facet: Facet, most: int, told: Body) -> Tally:
        """Return what is known of a facet's values, from a longer list where that is needed."""
        naming, wanted = self._reading.naming, _wanted(most)
        if most > _LONGEST_LIST:
            return Tally(naming, facet, Listed([*self._every_value(facet)]), most)
        tally = Tally(naming, facet, _listed(told["values"], wanted), most)
        while tally.is_short and wanted < _PAGE:
            wanted = min(8 * wanted, _PAGE)
            longer = {"values": {"terms": _terms(facet, wanted)}}
            answer = self._ask({facet.value: longer}, facet)
            tally = Tally(naming, facet, _listed(answer[facet.value]["values"], wanted), most)
        return tally

    def exactly(self, values: Mapping[Facet, Sequence[str]]) -> dict[Facet, dict[str, int]]:
        """Return how many articles have each of some values of facets; a page's in one request."""
        counts: dict[Facet, dict[str, int]] = {facet: {} for facet in values}
        left = {facet: iter(some) for facet, some in values.items()}
        while batch := {
            f: some for f, each in left.items() if (some := [*islice(each, MOST_RECOUNTED)])
        }:
            inner = {f.value: _exactly(self._reading.naming, f, some) for f, some in batch.items()}
            answer = self._ask(inner, *batch)
            for facet, some in batch.items():
                counts[facet] |= _read(answer[facet.value], some)
        return counts

    def _every_value(self, facet: Facet) -> Iterator[Told]:
        """Yield every value that matching articles were indexed with."""
        pages: Body = {"size": _PAGE, "sources": [{"value": {"terms": {"field": facet.value}}}]}
        around = self._reading.naming.selecting(self._filters, facet) or EVERYTHING
        body = {"size": 0, "query": all_of([self._matching, around])}
        while True:
            answer = self._reading.search(body | {"aggs": {"all": {"composite": pages}}})
            buckets = answer["aggregations"]["all"]["buckets"]
            yield from (Told(one["key"]["value"], one["doc_count"]) for one in buckets)
            if len(buckets) < _PAGE:
                return
            pages["after"] = buckets[-1]["key"]

    def _ask(self, inner: Mapping[str, Body], *facets: Facet) -> Body:
        naming = self._reading.naming
        aggregations = {
            facet.value: {
                "filter": naming.selecting(self._filters, facet) or EVERYTHING,
                "aggs": inner[facet.value],
            }
            for facet in facets
        }
        body = {"size": 0, "query": self._matching, "aggs": aggregations}
        answer: Body = self._reading.search(body)["aggregations"]
        return answer


def _exactly(naming: Naming, facet: Facet, values: Sequence[str]) -> Body:
    """Return the aggregations that count the articles of each of some values."""
    plain = [value for value in values if naming.is_plain(facet, value)]
    made = [value for value in values if not naming.is_plain(facet, value)]
    found: Body = {}
    if plain:
        found["plain"] = {"terms": {"field": facet.value, "include": plain, "size": len(plain)}}
    if made:
        queries = {value: naming.having(facet, [value]) for value in made}
        found["made"] = {"filters": {"filters": queries}}
    return found


def _read(told: Body, values: Sequence[str]) -> dict[str, int]:
    """Return the counts that `_exactly` asked for."""
    counts = dict.fromkeys(values, 0)
    counts |= {
        one["key"]: one["doc_count"] for one in told.get("plain", {"buckets": []})["buckets"]
    }
    made = told.get("made", {"buckets": {}})["buckets"]
    return counts | {value: bucket["doc_count"] for value, bucket in made.items()}


def _listed(told: Body, wanted: int) -> Listed:
    buckets, error = told["buckets"], told["doc_count_error_upper_bound"]
    values = [
        Told(one["key"], one["doc_count"], one["doc_count_error_upper_bound"]) for one in buckets
    ]
    last = values[-1].least if len(values) == wanted else 0
    return Listed(values, last + error, error > 0)


def _wanted(most: int) -> int:
    """Return how many values are asked for, so that one ranked too low is still among them."""
    return 5 * most + 20


def _terms(facet: Facet, wanted: int) -> Body:
    return {
        "field": facet.value,
        "size": wanted,
        # Each shard tells of its first thousand: what it leaves out is rare.
        "shard_size": max(1000, 2 * wanted),
        "show_term_doc_count_error": True,
        "order": [{"_count": "desc"}, {"_key": "asc"}],
    }
