"""One page of results from the cluster: hits in order, and the counts of all matches."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from itertools import chain, count, islice
from operator import itemgetter
from typing import Any

from corpus.article import Article
from index.engine import EngineError
from index.fields import Sort
from index.opensearch.asking import LEADS, Question, scored_leaves
from index.opensearch.counting import counting, facet_counts, histogram
from index.opensearch.documents import family_of
from index.opensearch.reading import Reading
from index.opensearch.scoring import Scorer, Shares
from index.opensearch.translation import has_scores, is_loose, within
from index.query import Preferring, Query, demanded
from index.ranking import DECIMALS, LOOKS
from index.results import Hit, Results

Body = dict[str, Any]
# What orders hits: the lowest comes first.
_Place = tuple[float, bool, int, str]

# The cluster gives no more hits at once, nor any after so many but by going through all.
_WINDOW = 10_000
# Articles read beyond those of a page, so that scores nearly equal are put in order.
_BEYOND = 4
_BATCH = 500
_FEW = 25  # and twice as many each time, where scores are so near that more must be read
_FIRST_LOOSE = 50
# What 32 bits lose of a score, as a part of it, and what rounding does: of two so near each
# other either may come first.
_NOISE = 5e-7
_ROUNDING = 10**-DECIMALS
_KEPT_OPEN = "2m"
_BY_DATE: dict[Sort, list[Body]] = {
    Sort.NEWEST: [{"date": {"order": "desc", "missing": "_last"}}, {"id": "asc"}],
    Sort.OLDEST: [{"date": {"order": "asc", "missing": "_last"}}, {"id": "asc"}],
}


def results(reading: Reading, query: Query) -> Results:
    """Return one page of hits, and the counts of all matches."""
    asked = _Asked.of(reading, query)
    query, (start, size) = asked.query, asked.first_window()
    aggregations = counting(reading.naming, query)
    body = asked.body(size) | {"track_total_hits": True, "aggs": aggregations}
    if start + size <= _WINDOW:
        body["from"] = start
    else:
        body["size"] = 0
    answer = reading.search(body)
    total = answer["hits"]["total"]["value"]
    hits: tuple[Hit, ...] = ()
    if query.limit and query.offset < total:
        found = asked.stream(answer["hits"]["hits"], start, total)
        skipped = query.offset - start
        hits = tuple(islice(asked.in_order(found), skipped, skipped + query.limit))
    facets, approximate = facet_counts(reading, asked.main, query, answer)
    bars = histogram(answer) if query.interval else ()
    return Results(total, hits, facets, bars, approximate)


def stream(reading: Reading, query: Query) -> Iterator[Article]:
    """Yield every matching article in the query's order, as the index is at the first."""
    asked = _Asked.of(reading, query)
    return (hit.article for hit in asked.in_order(asked.everything()))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query made ready to be asked, on an index.

    query: its filters are those of the values that are shown now.
    """

    reading: Reading
    query: Query
    question: Question
    scorer: Scorer | None
    main: Body

    @classmethod
    def of(cls, reading: Reading, query: Query) -> "_Asked":
        query = replace(query, filters=reading.naming.renaming.filters(query.filters))
        question = Question.of(reading, query.tree)
        filters = reading.naming.excluding(query.filters)
        if query.filters.since or query.filters.until:
            filters.append(within(query.filters.since, query.filters.until))
        if not query.copies:
            filters.append(LEADS)
        if query.sort is not Sort.RELEVANCE or not has_scores(query.tree):
            matching = question.translator.matching(query.tree)
            main: Body = {"bool": {"filter": [matching, *filters]}}
            return cls(reading, query, question, None, main)
        statistics = question.statistics(scored_leaves(query.tree))
        scoring = question.translator.scoring(query.tree, statistics)
        main = {"bool": {"must": [scoring], "filter": filters}}
        return cls(reading, query, question, question.scorer(statistics), main)

    @property
    def loose(self) -> bool:
        """Whether the cluster's scores are only never too low."""
        return self.scorer is not None and is_loose(demanded(self.query.tree))

    def first_window(self) -> tuple[int, int]:
        """Return from which hit on, and how many, the first request asks for."""
        offset, limit = self.query.offset, self.query.limit
        if not limit:
            return offset, 0
        if self.scorer is None:
            return offset, limit
        start = 0 if self.loose or self.wishes else max(offset - _BEYOND, 0)
        last = max(offset + limit, LOOKS if self.wishes else 0)
        return start, last - start + (_FIRST_LOOSE if self.loose else _BEYOND)

    @property
    def wishes(self) -> bool:
        """Whether the best articles are looked at once more, for a page that shows some."""
        wished = isinstance(self.query.tree, Preferring) and bool(self.query.tree.wishes)
        return self.scorer is not None and wished and self.query.offset < LOOKS

    def body(self, size: int) -> Body:
        """Return the body of a search for hits."""
        sort = _BY_DATE.get(self.query.sort, _BY_DATE[Sort.NEWEST])
        if self.scorer is not None:
            sort = [{"_score": "desc"}, *sort]
        body: Body = {"size": size, "query": self.main, "sort": sort}
        # Less than the client waits, so that a search that is too costly is told from a lost node.
        body["timeout"] = f"{800 * self.reading.cluster.address.timeout}ms"
        if chosen := self.reading.naming.selecting(self.query.filters):
            body["post_filter"] = chosen
        return body

    def stream(self, first: list[Body], start: int, total: int) -> Iterator[Body]:
        """Yield hits from one of the first window on: those of the first answer, then more."""
        if first:
            yield from first
            if start + len(first) < total:
                yield from self._after(first[-1]["sort"])
        else:
            yield from self.everything(start)

    def everything(self, first: int = 0) -> Iterator[Body]:
        """Return every hit from a number on, as the index is now."""
        path = f"/{self.reading.index}/_search/point_in_time"
        opened = self.reading.cluster.ask("POST", path, keep_alive=_KEPT_OPEN)
        return self._through(opened["pit_id"], first)

    def _through(self, pit: str, first: int) -> Iterator[Body]:
        """Yield the hits of a point in time, without reading the articles before the first."""
        body: Body = {"pit": {"id": pit, "keep_alive": _KEPT_OPEN}, "track_total_hits": False}
        seen = 0
        try:
            while True:
                skipping = first - seen
                size = min(skipping, _WINDOW) if skipping > 0 else _BATCH
                body |= self.body(size) | {"_source": skipping <= 0}
                hits = self.reading.cluster.search("", body)["hits"]["hits"]
                if skipping <= 0:
                    yield from hits
                if len(hits) < size:
                    return
                seen += len(hits)
                body["search_after"] = hits[-1]["sort"]
        finally:
            with suppress(EngineError):  # it ends by itself
                self.reading.cluster.ask("DELETE", "/_search/point_in_time", {"pit_id": [pit]})

    def _after(self, after: list[Any]) -> Iterator[Body]:
        size = _FEW
        while True:
            body = self.body(size) | {"search_after": after, "track_total_hits": False}
            hits = self.reading.search(body)["hits"]["hits"]
            yield from hits
            if len(hits) < size:
                return
            after, size = hits[-1]["sort"], min(2 * size, _BATCH)

    def in_order(self, hits: Iterator[Body]) -> Iterator[Hit]:
        """Yield hits in the query's order, given them by the cluster's scores, descending."""
        if self.scorer is None:
            return (_hit(hit, self.reading.shown(hit["_source"]), 0.0) for hit in hits)
        placed = self._placed(hits)
        if not self.wishes:
            return (hit for _, hit, _ in placed)
        best = [self._wished(*one) for one in islice(placed, LOOKS)]
        rest = ((place, hit) for place, hit, _ in placed)
        return (hit for _, hit in chain(sorted(best, key=itemgetter(0)), rest))

    def _placed(self, hits: Iterator[Body]) -> Iterator[tuple[_Place, Hit, Shares]]:
        """Yield hits by their exact scores, wishes apart.

        A hit is held back until no later one can have as high a score.
        """
        assert self.scorer is not None
        held: list[tuple[_Place, int, Hit, Shares]] = []
        number = count()
        for hit in hits:
            most = hit["sort"][0]
            while held and -held[0][0][0] > most * (1 + _NOISE) + _ROUNDING:
                place, _, earlier, shares = heappop(held)
                yield place, earlier, shares
            article = self.reading.shown(hit["_source"])
            shares = self.scorer.shares(article)
            score = round(shares.score(demanded(self.query.tree)), DECIMALS)
            heappush(
                held, (_place(score, article), next(number), _hit(hit, article, score), shares)
            )
        while held:
            place, _, earlier, shares = heappop(held)
            yield place, earlier, shares

    def _wished(self, _: _Place, hit: Hit, shares: Shares) -> tuple[_Place, Hit]:
        score = round(shares.score(self.query.tree), DECIMALS)
        return _place(score, hit.article), replace(hit, score=score)


def _place(score: float, article: Article) -> _Place:
    day = article.published.day.toordinal() if article.published else 0
    return -score, day == 0, -day, article.id


def _hit(hit: Body, article: Article, score: float) -> Hit:
    family = family_of(hit["_source"])
    return Hit(article, score, family.lead, family.copies)
