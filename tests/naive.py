"""An engine that is obviously right: plain loops over articles, and nothing else.

It is the oracle of every other engine. It shares with them the analysis of `corpus/`
and the parameters of `index.ranking`, and none of their code.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from math import log

from corpus.analysis import words
from corpus.article import Article
from index.fields import Facet, Interval, Sort, TextField
from index.query import (
    Akin,
    And,
    AtLeast,
    Dated,
    Early,
    Everything,
    Filters,
    HasValue,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Preferring,
    Query,
    Term,
    Together,
    Wish,
)
from index.ranking import (
    DECIMALS,
    FIELD_WEIGHTS,
    K1,
    B,
)
from index.results import (
    MOST_FORMS,
    Bar,
    Explanation,
    FacetCount,
    Form,
    Hit,
    Occurrences,
    Part,
    Reach,
    Results,
)
from tests.naive_families import leads
from tests.naive_matching import (
    facet_values,
    has_value,
    label,
    near_starts,
    passes,
    phrase_starts,
    typed_terms,
    value_meant,
    weight,
)


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
        self.leads = leads(self._articles)

    def search(self, query: Query) -> Results:
        matching = {i: round(score, DECIMALS) for i, score in self._scores(query.tree).items()}
        if not query.copies:
            matching = {i: score for i, score in matching.items() if self.leads.get(i, i) == i}
        passing = [a for a in self._articles if a.id in matching and passes(a, query.filters)]
        ordered = sorted(passing, key=lambda a: self._order(a, matching[a.id], query.sort))
        by_date = query.sort is not Sort.RELEVANCE
        hits = tuple(
            self._hit(article, 0.0 if by_date else matching[article.id])
            for article in ordered[query.offset : query.offset + query.limit]
        )
        facets = {
            facet: self._facet(facet, most, query.filters, matching) for facet, most in query.facets
        }
        return Results(len(passing), hits, facets, histogram(passing, query.interval))

    def scan(self, query: Query) -> Iterator[Article]:
        everything = replace(query, offset=0, limit=len(self._articles))
        return (hit.article for hit in self.search(everything).hits)

    def _hit(self, article: Article, score: float) -> Hit:
        lead = self.leads.get(article.id, "")
        others = [i for i, other in self.leads.items() if other == lead and i != article.id]
        return Hit(article, score, lead, len(others))

    def explain(self, tree: Node, article_id: str | None = None) -> Explanation:
        scores = self._scores(tree)
        parts = tuple(self._parts(tree, article_id if article_id in scores else None))
        score = None if article_id is None else scores.get(article_id)
        return Explanation(len(scores), parts, score)

    def _parts(self, node: Node, id_: str | None) -> Iterator[Part]:
        """Yield the part of each leaf; `id_` is None where it adds nothing to the article."""
        match node:
            case And(children) | Or(children):
                matches = id_ in self._scores(node)
                for child in children:
                    for part in self._parts(child, id_):
                        yield part if matches else replace(part, score=0.0)
            case Not(child):
                yield from (replace(part, score=0.0) for part in self._parts(child, id_))
            case Preferring(child, wishes):
                yield from self._parts(child, id_)
                for wish in wishes:
                    for part in self._parts(wish.leaf, id_):
                        yield replace(part, score=self._wish(wish).get(id_, 0.0))
            case Everything():
                return
            case _:
                scores = self._scores(node)
                terms = typed_terms(node)
                reaches = [self._reach(term) for term in terms]
                if isinstance(node, HasValue):
                    reaches = [self._values(node)]
                held = {
                    (field, have): self._words[id_][field].count(have)
                    for term in terms
                    for field in ([term.field] if term.field else TextField)
                    for have in (self._words[id_][field] if id_ else ())
                    if weight(term.word, have, term.match)
                }
                where = [Occurrences(*one, times) for one, times in held.items()]
                where.sort(key=lambda one: (one.field is TextField.BODY, -one.times, one.form))
                yield Part(node, len(scores), tuple(reaches), scores.get(id_, 0.0), tuple(where))

    def _reach(self, term: Term) -> Reach:
        counts = Counter(
            have
            for texts in self._words.values()
            for have in {
                have
                for field in ([term.field] if term.field else TextField)
                for have in texts[field]
                if weight(term.word, have, term.match)
            }
        )
        return reach(term.word, counts)

    def _values(self, node: HasValue) -> Reach:
        counts = Counter(
            label(node.facet, value)
            for article in self._articles
            for value in facet_values(article, node.facet)
            if value_meant(node, value)
        )
        return reach(node.name, counts)

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
            case Everything() | Together() | Akin():  # so few articles have no topics
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
            case Preferring(child, wishes):
                base = self._scores(child)
                every = [self._wish(wish) for wish in wishes]
                return {i: s + sum(one.get(i, 0.0) for one in every) for i, s in base.items()}
            case Term(word, match, field):
                return self._leaf(lambda _, have: [weight(word, h, match) for h in have], field)
            case Phrase(typed, slop, match, field):
                return self._leaf(lambda _, have: phrase_starts(typed, slop, match, have), field)
            case Near():
                return self._leaf(lambda field, have: near_starts(node, field, have), None)
            case Early(Term(word, match), within):
                return self._leaf(
                    lambda _, have: [weight(word, one, match) for one in have[:within]],
                    TextField.BODY,
                )
            case HasValue():
                return {a.id: 0.0 for a in self._articles if has_value(a, node)}
            case Dated(since, until):
                period = Filters(since=since or date.min, until=until)
                return {a.id: 0.0 for a in self._articles if passes(a, period)}
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

    def _wish(self, wish: Wish) -> dict[str, float]:
        """Return what a wish brings; two words close by are as rare as their mean."""
        scores = self._scores(wish.leaf)
        if isinstance(wish.leaf, Early):
            rarity = self._idf(len(self._scores(wish.leaf.word)))
            return dict.fromkeys(scores, wish.weight * rarity)
        if isinstance(wish.leaf, Together):
            best = {i: self._together(texts, wish.leaf) for i, texts in self._words.items()}
            return {i: wish.weight * found for i, found in best.items()}
        if not isinstance(wish.leaf, Near):
            return {i: wish.weight * score for i, score in scores.items()}
        words = (wish.leaf.left, wish.leaf.right)
        rarity = sum(self._idf(len(self._scores(word))) for word in words) / 2
        return {i: wish.weight * s * rarity / self._idf(len(scores)) for i, s in scores.items()}

    def _together(self, texts: dict[TextField, list[str]], leaf: Together) -> float:
        """Return how rare the words are, taken together, that the best passage has."""
        body, rarest = texts[TextField.BODY], 0.0
        rarity = {word: self._idf(len(self._scores(word))) for word in leaf.words}
        for begin in range(len(body)):
            passage = body[begin : begin + leaf.within]
            had = [w for w in rarity if any(weight(w.word, one, w.match) for one in passage)]
            rarest = max(rarest, sum(rarity[word] for word in had))
        return rarest

    def _idf(self, holders: int) -> float:
        return log(1 + (len(self._words) - holders + 0.5) / (holders + 0.5))

    def _leaf(self, occurrences, field: TextField | None) -> dict[str, float]:
        """Score one leaf by BM25F; `occurrences` gives what each one in a field's words counts."""
        fields = [field] if field else list(TextField)
        weighted = {}
        for id_, texts in self._words.items():
            weights = {f: [w for w in occurrences(f, texts[f]) if w > 0] for f in fields}
            if any(weights.values()):
                weighted[id_] = sum(
                    FIELD_WEIGHTS[f] * sum(weights[f]) / self._norm(id_, f)
                    for f in fields
                    if weights[f]
                )
        idf = self._idf(len(weighted))
        return {i: idf * w * (K1 + 1) / (w + K1) for i, w in weighted.items()}

    def _norm(self, id_: str, field: TextField) -> float:
        lengths = [len(texts[field]) for texts in self._words.values()]
        return 1 - B + B * len(self._words[id_][field]) * len(lengths) / sum(lengths)


def reach(typed: str, counts: Counter[str]) -> Reach:
    forms = [Form(text, counts[text]) for text in sorted(counts, key=lambda t: (-counts[t], t))]
    return Reach(typed, tuple(forms[:MOST_FORMS]), len(forms))


def histogram(articles: list[Article], interval: Interval | None) -> tuple[Bar, ...]:
    """Return how many articles each period holds, in order."""
    if interval is None:
        return ()
    width = {Interval.YEAR: 4, Interval.MONTH: 7, Interval.DAY: 10}[interval]
    periods = Counter(a.published.day.isoformat()[:width] for a in articles if a.published)
    return tuple(Bar(period, periods[period]) for period in sorted(periods))
