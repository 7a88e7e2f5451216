"""The words and the facet values of an index, and how many articles have each.

They are an index of their own beside that of the articles: a word that was typed in part
or not quite is looked up here, and so are the names of countries and actors.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import islice
from typing import Any

from corpus.analysis import fold, stem, words
from corpus.entities.linking import forms
from index.engine import QueryTooCostly
from index.evaluation.facets import value_label
from index.evaluation.reach import MOST_TERMS
from index.fields import Facet, TextField
from index.opensearch.bulk import BulkWriter
from index.opensearch.cluster import Cluster
from index.opensearch.documents import Prepared, token
from index.opensearch.mapping import words_index
from index.opensearch.patience import patiently
from index.query import HasValue

Body = dict[str, Any]
# The kind of an entry: a facet's, a word of the texts, or a form of an actor's name.
WORD, FORM = "word", "form"
Entry = tuple[str, str]
_MOST_VALUES = 10_000
_LOOKED_UP = 1000


class Vocabulary:
    """Looks words and values up. index: that of the articles."""

    def __init__(self, cluster: Cluster, index: str) -> None:
        self._cluster = cluster
        self._index = words_index(index)

    def beginning_with(self, folded: str) -> list[str]:
        """Return the folded words with a beginning."""
        return self._folded({"prefix": {"folded": folded}})

    def few_begin_with(self, folded: str, most: int) -> bool:
        """Tell whether no more words than so many have a folded beginning."""
        return len(self._words({"prefix": {"folded": token(folded)}}, most + 1)) <= most

    def like(self, word: str) -> list[str]:
        """Return the folded words that a word with jokers may stand for."""
        parts = [part if part in "*?" else fold(part) for part in re.split(r"([*?])", word)]
        pattern = "".join({"*": ".*", "?": ".?"}.get(part) or _escaped(part) for part in parts)
        return self._folded({"regexp": {"folded": {"value": pattern, "flags": "NONE"}}})

    def near(self, folded: str, edits: int) -> list[str]:
        """Return the folded words so many edits away, and perhaps some more."""
        if not edits:
            return [folded]
        near = {
            "value": folded,
            "fuzziness": edits,
            "transpositions": False,
            "rewrite": "constant_score",
        }
        return self._folded({"fuzzy": {"folded": near}})

    def spelt_like(self, folded: str, slips: int) -> dict[str, int]:
        """Return the commonest words so many slips away, each with how many bodies hold it.

        A slip is an edit, or two letters that changed places.
        """
        query: Body = {"term": {"folded": folded}}
        if slips:
            near = {"value": folded, "fuzziness": slips, "rewrite": "constant_score"}
            query = {"fuzzy": {"folded": near}}
        found = self._words(query, _MOST_VALUES, commonest_first=True)
        return {one["text"]: one["articles"] for one in found}

    def forms(self, spelling: str, keys: Iterable[str]) -> list[str]:
        """Return the words as they are spelt that have one of some folded forms or stems."""
        field = {"": "text", "_folded": "folded", "_stemmed": "stem"}[spelling]
        found = self._words({"terms": {field: [*keys]}}, _MOST_VALUES)
        return [one["text"] for one in found]

    def holders(self, folded: Sequence[str]) -> Counter[str]:
        """Return how many bodies hold each of some folded words, its spellings added up."""
        found = self._words({"terms": {"folded": [*folded]}}, _MOST_VALUES)
        counts: Counter[str] = Counter()
        for one in found:
            counts[one["folded"]] += one["articles"]
        return counts

    def commonest_words(self, folded: str, most: int) -> list[tuple[str, int]]:
        """Return the words with a beginning that most bodies hold, and how many do."""
        beginning = [{"prefix": {"folded": folded}}, {"range": {"articles": {"gt": 0}}}]
        found = self._words({"bool": {"filter": beginning}}, most, commonest_first=True)
        return [(one["text"], one["articles"]) for one in found]

    def values_beginning(
        self, facets: Iterable[Facet], beginnings: Sequence[str], most: int
    ) -> list[tuple[Facet, str]]:
        """Return the commonest values in whose label every beginning begins a word."""
        query = {
            "bool": {
                "filter": [
                    {"terms": {"kind": [facet.value for facet in facets]}},
                    {"range": {"articles": {"gt": 0}}},
                    *({"prefix": {"names": one}} for one in beginnings),
                ]
            }
        }
        found = self._entries(query, most, commonest_first=True)
        return [(Facet(one["kind"]), one["text"]) for one in found]

    def values_named(self, node: HasValue) -> list[str]:
        """Return the values that a name means, but for the codes of countries."""
        wanted = " ".join(map(fold, words(node.name)))
        if not wanted:
            return []
        named: Body = {"match_phrase": {"names": wanted}}
        if node.whole:
            named = {"term": {"names.whole": wanted}}
        query = {"bool": {"filter": [{"term": {"kind": node.facet.value}}, named]}}
        return sorted(one["text"] for one in self._entries(query, _MOST_VALUES))

    def counts(self) -> dict[Facet, int]:
        """Return how many values of each facet any article has."""
        body = {
            "size": 0,
            "query": {"range": {"articles": {"gt": 0}}},
            "aggs": {"kinds": {"terms": {"field": "kind", "size": len(Facet) + 2}}},
        }
        answer = self._cluster.search(self._index, body)
        buckets = answer["aggregations"]["kinds"]["buckets"]
        found = {bucket["key"]: bucket["doc_count"] for bucket in buckets}
        return {facet: found.get(facet.value, 0) for facet in Facet}

    def counted_forms(self) -> dict[str, int]:
        """Return how many articles have each form that `linking.forms` finds in one."""
        held = [{"term": {"kind": FORM}}, {"range": {"articles": {"gt": 0}}}]
        body: Body = {"size": _MOST_VALUES, "query": {"bool": {"filter": held}}}
        body |= {"sort": [{"text": "asc"}], "track_total_hits": False}
        found: dict[str, int] = {}
        while True:
            hits = self._cluster.search(self._index, body)["hits"]["hits"]
            found |= {hit["_source"]["text"]: hit["_source"]["articles"] for hit in hits}
            if len(hits) < _MOST_VALUES:
                return found
            body["search_after"] = hits[-1]["sort"]

    def change(self, counts: Counter[Entry], fresh: bool = False) -> None:
        """Add to the counts of entries; seen once the index is refreshed.

        fresh: whether none of them is there yet.
        """
        had = {} if fresh else patiently(lambda: self.held(counts))
        self.put({entry: had.get(entry, 0) + change for entry, change in counts.items()})

    def put(self, counts: Mapping[Entry, int | None]) -> None:
        """Set the counts of entries, None to remove one; seen once the index is refreshed."""
        with BulkWriter(self._cluster, self._index) as writer:
            for entry, articles in counts.items():
                if articles is None:
                    writer.delete(_name(entry))
                else:
                    writer.index(_name(entry), _document(entry, articles))

    def held(self, entries: Iterable[Entry]) -> dict[Entry, int]:
        """Return the counts of those entries that are there."""
        left, found = iter(entries), dict[Entry, int]()
        while batch := {_name(entry): entry for entry in islice(left, _LOOKED_UP)}:
            path = f"/{self._index}/_mget"
            answer = self._cluster.ask("POST", path, {"ids": [*batch]}, _source="articles")
            for one in answer["docs"]:
                if one["found"]:
                    found[batch[one["_id"]]] = one["_source"]["articles"]
        return found

    def _folded(self, query: Body) -> list[str]:
        """Raises QueryTooCostly for more words than a reader can mean."""
        found = self._words(query, MOST_TERMS + 1)
        if len(found) > MOST_TERMS:
            raise QueryTooCostly(
                f"Un mot incomplet en atteint plus de {MOST_TERMS} différents : "
                "écrivez-en davantage de lettres."
            )
        return list(dict.fromkeys(one["folded"] for one in found))

    def _words(self, query: Body, most: int, commonest_first: bool = False) -> list[Body]:
        narrowed = {"bool": {"filter": [{"term": {"kind": WORD}}, query]}}
        return self._entries(narrowed, most, commonest_first)

    def _entries(self, query: Body, most: int, commonest_first: bool = False) -> list[Body]:
        body: Body = {"size": most, "query": query, "track_total_hits": False}
        body["sort"] = [{"articles": "desc"}, {"text": "asc"}] if commonest_first else ["_doc"]
        answer = self._cluster.search(self._index, body)
        return [hit["_source"] for hit in answer["hits"]["hits"]]


def entries_of(prepared: Prepared) -> Iterator[tuple[Entry, int]]:
    """Yield what an article adds to the counts: 1 a value and a word of the body, 0 a title's."""
    in_body = set(prepared.words[TextField.BODY])
    yield from (((WORD, word), 1) for word in in_body)
    yield from (((WORD, word), 0) for word in {*prepared.words[TextField.TITLE]} - in_body)
    for facet, values in prepared.values.items():
        yield from (((facet.value, value), 1) for value in values)
    yield from (((FORM, form), 1) for form in forms(prepared.article))


def _document(entry: Entry, articles: int) -> Body:
    kind, text = entry
    found: Body = {"kind": kind, "text": text, "articles": articles}
    if kind == WORD:
        folded = fold(text)
        return found | {"text": token(text), "folded": token(folded), "stem": token(stem(text))}
    if kind == FORM:
        return found
    return found | {"names": " ".join(map(fold, words(value_label(Facet(kind), text))))}


def _name(entry: Entry) -> str:
    text = "\n".join(entry).encode("utf-8", "surrogatepass")
    return blake2b(text, digest_size=16).hexdigest()


def _escaped(text: str) -> str:
    return "".join(one if one.isalnum() else f"\\{one}" for one in text)
