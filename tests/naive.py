"""An engine that is obviously right: plain loops over articles, and nothing else.

It is the oracle of every other engine. It shares with them the analysis of `corpus/`
and the parameters of `index.ranking`, and none of their code.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from math import log

from corpus.analysis import fold, stem, words
from corpus.article import Article, EntityKind
from corpus.countries import country_label
from index.query import (
    And,
    AtLeast,
    Everything,
    Facet,
    Filters,
    Interval,
    Match,
    Node,
    Not,
    Or,
    Phrase,
    Query,
    Sort,
    Term,
    TextField,
)
from index.ranking import (
    DECIMALS,
    FIELD_WEIGHTS,
    K1,
    NEAR_SPELLING,
    SAME_LETTERS,
    SAME_SPELLING,
    SAME_STEM,
    B,
    edits_allowed,
)
from index.results import Bar, FacetCount, Hit, Results


class NaiveEngine:
    """Answers `search` and `scan` by looking at every article, one after the other."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._articles = list({article.id: article for article in articles}.values())
        self._words = {
            article.id: {
                TextField.TITLE: words(article.title),
                TextField.BODY: words(article.body),
            }
            for article in self._articles
        }

    def search(self, query: Query) -> Results:
        matching = {i: round(score, DECIMALS) for i, score in self._scores(query.tree).items()}
        passing = [a for a in self._articles if a.id in matching and passes(a, query.filters)]
        ordered = sorted(passing, key=lambda a: self._order(a, matching[a.id], query.sort))
        by_date = query.sort is not Sort.RELEVANCE
        hits = tuple(
            Hit(article, 0.0 if by_date else matching[article.id])
            for article in ordered[query.offset : query.offset + query.limit]
        )
        facets = {
            facet: self._facet(facet, most, query.filters, matching) for facet, most in query.facets
        }
        return Results(len(passing), hits, facets, histogram(passing, query.interval))

    def scan(self, query: Query) -> Iterator[Article]:
        everything = Query(query.tree, query.filters, query.sort, 0, len(self._articles))
        return (hit.article for hit in self.search(everything).hits)

    def _order(self, article: Article, score: float, sort: Sort) -> tuple[float, bool, int, str]:
        day = article.published.day.toordinal() if article.published else 0
        by_score = -score if sort is Sort.RELEVANCE else 0.0
        return (by_score, day == 0, day if sort is Sort.OLDEST else -day, article.id)

    def _facet(
        self, facet: Facet, most: int, filters: Filters, matching: dict[str, float]
    ) -> tuple[FacetCount, ...]:
        others = Filters(
            frozenset(pair for pair in filters.values if pair[0] is not facet),
            filters.excluded,
            filters.since,
            filters.until,
        )
        counts = Counter(
            value
            for article in self._articles
            if article.id in matching and passes(article, others)
            for value in facet_values(article, facet)
        )
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]
        kept = {value for value, _ in ranked}
        ranked += [(v, counts[v]) for v in sorted(filters.selected(facet) - kept)]
        return tuple(FacetCount(value, label(facet, value), count) for value, count in ranked)

    def _scores(self, node: Node) -> dict[str, float]:
        """Return the score of every article that matches, by id."""
        match node:
            case Everything():
                return dict.fromkeys(self._words, 0.0)
            case And(children):
                every = [self._scores(child) for child in children]
                return {
                    id_: sum(one[id_] for one in every)
                    for id_ in self._words
                    if all(id_ in one for one in every)
                }
            case Or(children):
                some = [self._scores(child) for child in children]
                return {
                    id_: sum(one.get(id_, 0.0) for one in some)
                    for id_ in self._words
                    if any(id_ in one for one in some)
                }
            case Not(child):
                matching = self._scores(child)
                return {id_: 0.0 for id_ in self._words if id_ not in matching}
            case Term(word, match, field):
                return self._leaf(lambda have: [weight(word, h, match) for h in have], field)
            case Phrase(typed, slop, match, field):
                return self._leaf(lambda have: phrase_starts(typed, slop, match, have), field)
            case AtLeast(count, word, match, field):
                scores = self._scores(Term(word, match, field))
                return {i: s for i, s in scores.items() if self._times(i, node) >= count}

    def _times(self, id_: str, node: AtLeast) -> int:
        fields = [node.field] if node.field else list(TextField)
        return sum(
            weight(node.word, have, node.match) > 0
            for field in fields
            for have in self._words[id_][field]
        )

    def _leaf(self, occurrences, field: TextField | None) -> dict[str, float]:
        """Score one leaf by BM25F; `occurrences` gives what each occurrence in a field counts."""
        fields = [field] if field else list(TextField)
        weighted = {}
        for id_, texts in self._words.items():
            weights = {f: [w for w in occurrences(texts[f]) if w > 0] for f in fields}
            if any(weights.values()):
                weighted[id_] = sum(
                    FIELD_WEIGHTS[f] * sum(weights[f]) / self._norm(id_, f)
                    for f in fields
                    if weights[f]
                )
        idf = log(1 + (len(self._words) - len(weighted) + 0.5) / (len(weighted) + 0.5))
        return {i: idf * w * (K1 + 1) / (w + K1) for i, w in weighted.items()}

    def _norm(self, id_: str, field: TextField) -> float:
        lengths = [len(texts[field]) for texts in self._words.values()]
        return 1 - B + B * len(self._words[id_][field]) * len(lengths) / sum(lengths)


def weight(typed: str, have: str, match: Match) -> float:
    """Return what an occurrence of a word counts for a typed one, 0 if it is no match."""
    matches = {
        Match.EXACT: have == typed.lower(),
        Match.FOLDED: fold(have) == fold(typed),
        Match.STEMMED: stem(have) == stem(typed),
        Match.PREFIX: fold(have).startswith(fold(typed)),
        Match.FUZZY: distance(fold(have), fold(typed)) <= edits_allowed(fold(typed)),
    }
    if not matches[match]:
        return 0.0
    if have == typed.lower():
        return SAME_SPELLING
    if fold(have) == fold(typed):
        return SAME_LETTERS
    return NEAR_SPELLING if match is Match.FUZZY else SAME_STEM


def phrase_starts(typed: tuple[str, ...], slop: int, match: Match, have: list[str]) -> list[float]:
    """Return 1.0 for each place from which the words follow in order, within the slop."""
    starts = []
    for first, word in enumerate(have):
        last = first if typed and weight(typed[0], word, match) else None
        for next_word in typed[1:]:
            if last is None:
                break
            rest = (
                place
                for place in range(last + 1, len(have))
                if weight(next_word, have[place], match)
            )
            last = next(rest, None)
        if last is not None and last - first <= slop + len(typed) - 1:
            starts.append(1.0)
    return starts


def distance(one: str, other: str) -> int:
    """Return the Levenshtein distance of two words."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        previous, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1]


def facet_values(article: Article, facet: Facet) -> set[str]:
    """Return the values that an article has of a facet."""
    match facet:
        case Facet.COUNTRY:
            return {e.key for e in article.entities if e.kind is EntityKind.COUNTRY}
        case Facet.ACTOR:
            actors = (EntityKind.PERSON, EntityKind.ORGANISATION)
            return {e.key for e in article.entities if e.kind in actors}
        case Facet.SOURCE:
            return {article.source} - {""}
        case Facet.SECTION:
            return {article.section} - {""}
        case Facet.YEAR:
            return {str(article.published.day.year)} if article.published else set()


def label(facet: Facet, value: str) -> str:
    """Return what readers see of a value."""
    return country_label(value) if facet is Facet.COUNTRY else value


def passes(article: Article, filters: Filters) -> bool:
    """Tell whether an article passes every filter."""
    day: date | None = article.published.day if article.published else None
    if filters.since and (day is None or day < filters.since):
        return False
    if filters.until and (day is None or day > filters.until):
        return False
    if any(value in facet_values(article, facet) for facet, value in filters.excluded):
        return False
    return all(
        filters.selected(facet) & facet_values(article, facet)
        for facet in Facet
        if filters.selected(facet)
    )


def histogram(articles: list[Article], interval: Interval | None) -> tuple[Bar, ...]:
    """Return how many articles each period holds, in order."""
    if interval is None:
        return ()
    width = {Interval.YEAR: 4, Interval.MONTH: 7, Interval.DAY: 10}[interval]
    periods = Counter(a.published.day.isoformat()[:width] for a in articles if a.published)
    return tuple(Bar(period, periods[period]) for period in sorted(periods))
