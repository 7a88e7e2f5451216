"""What matches what, said as plainly as can be: words, phrases, proximity, values of facets."""

import re
from datetime import date

from corpus.analysis import fold, root, stem, words
from corpus.article import Article, EntityKind
from corpus.entities.countries import country_code, country_label
from corpus.verbs import verb
from index.fields import COUNTRY_FACETS, Facet, Match, TextField
from index.query import (
    AtLeast,
    Early,
    Filters,
    HasValue,
    Near,
    Node,
    Or,
    Phrase,
    Place,
    Term,
    Together,
)
from index.ranking import (
    NEAR_SPELLING,
    SAME_LETTERS,
    SAME_ROOT,
    SAME_SPELLING,
    SAME_STEM,
    edits_allowed,
)


def weight(typed: str, have: str, match: Match) -> float:
    """Return what an occurrence of a word counts for a typed one, 0 if it is no match."""
    matches = {
        Match.EXACT: have == typed.lower(),
        Match.FOLDED: fold(have) == fold(typed),
        Match.STEMMED: stem(have) == stem(typed),
        Match.DERIVED: stem(have) == stem(typed)
        or root(have) == root(typed)
        or (verb(have) != "" and verb(have) == verb(typed)),
        Match.PREFIX: fold(have).startswith(fold(typed)),
        Match.WILDCARD: match is Match.WILDCARD and fits(joker_parts(typed), fold(have)),
        Match.FUZZY: distance(fold(have), fold(typed)) <= edits_allowed(fold(typed)),
    }
    if not matches[match]:
        return 0.0
    if have == typed.lower():
        return SAME_SPELLING
    if fold(have) == fold(typed):
        return SAME_LETTERS
    if match is Match.DERIVED and stem(have) != stem(typed):
        return SAME_ROOT
    return NEAR_SPELLING if match is Match.FUZZY else SAME_STEM


def joker_parts(typed: str) -> list[str]:
    """Return a word with jokers, folded, letter by letter."""
    folded = "".join(part if part in "*?" else fold(part) for part in re.split(r"([*?])", typed))
    return list(folded)


def fits(parts: list[str], have: str) -> bool:
    """Tell whether letters fit a pattern: * any letters or none, ? one letter or none."""
    if not parts:
        return not have
    first, *rest = parts
    if first == "*":
        return any(fits(rest, have[skipped:]) for skipped in range(len(have) + 1))
    if first == "?":
        return fits(rest, have) or fits(rest, have[1:])
    return have[:1] == first and fits(rest, have[1:])


def near_starts(node: Near, field: TextField, have: list[str]) -> list[float]:
    """Return 1.0 for each place of the left thing that has the right one near."""
    left, right = spans(node.left, field, have), spans(node.right, field, have)
    near = {
        start
        for start, end in left
        for other_start, other_end in right
        if 1 <= other_start - end <= node.distance
        or (not node.ordered and 1 <= start - other_end <= node.distance)
    }
    return [1.0] * len(near)


def spans(place: Place, field: TextField, have: list[str]) -> list[tuple[int, int]]:
    """Return the first and last word of each place where a thing stands in a field."""
    match place:
        case Or(children):
            return [span for child in children for span in spans(child, field, have)]
        case Term(word, match, scope) if scope in (None, field):
            return [(i, i) for i, one in enumerate(have) if weight(word, one, match)]
        case Phrase(typed, slop, match, scope) if scope in (None, field):
            return phrase_spans(typed, slop, match, have)
        case _:
            return []


def phrase_starts(typed: tuple[str, ...], slop: int, match: Match, have: list[str]) -> list[float]:
    """Return 1.0 for each place from which the words follow in order, within the slop."""
    return [1.0] * len(phrase_spans(typed, slop, match, have))


def phrase_spans(
    typed: tuple[str, ...], slop: int, match: Match, have: list[str]
) -> list[tuple[int, int]]:
    """Return the first and last word of each place where the words follow, within the slop."""
    found = []
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
            found.append((first, last))
    return found


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
        case Facet.COUNTRY_ABOUT:
            return set(article.about)
        case Facet.COUNTRY_TITLE:
            countries = [e for e in article.entities if e.kind is EntityKind.COUNTRY]
            return {e.key for e in countries for mention in e.mentions if mention.in_title}
        case Facet.ACTOR:
            actors = (EntityKind.PERSON, EntityKind.ORGANISATION)
            return {e.key for e in article.entities if e.kind in actors}
        case Facet.SOURCE:
            return {article.source} - {""}
        case Facet.SECTION:
            return {article.section} - {""}
        case Facet.AUTHOR:
            return {article.author} - {""}
        case Facet.YEAR:
            return {str(article.published.day.year)} if article.published else set()


def has_value(article: Article, node: HasValue) -> bool:
    """Tell whether an article has a value that a name means."""
    return any(value_meant(node, value) for value in facet_values(article, node.facet))


def value_meant(node: HasValue, value: str) -> bool:
    """Tell whether a name means a value of a facet."""
    code = country_code(node.name) if node.facet in COUNTRY_FACETS else None
    if code:
        return value == code
    wanted = [fold(word) for word in words(node.name)]
    have = [fold(word) for word in words(label(node.facet, value))]
    if not wanted or node.whole:
        return bool(wanted) and have == wanted
    starts = range(len(have) - len(wanted) + 1)
    return any(have[start : start + len(wanted)] == wanted for start in starts)


def label(facet: Facet, value: str) -> str:
    """Return what readers see of a value."""
    return country_label(value) if facet in COUNTRY_FACETS else value


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


def typed_terms(node: Node) -> list[Term]:
    """Return the words of a leaf as terms."""
    match node:
        case Term():
            return [node]
        case AtLeast(_, word, match, field):
            return [Term(word, match, field)]
        case Phrase(typed, _, match, field):
            return [Term(word, match, field) for word in typed]
        case Early(word):
            return [word]
        case Together(several):
            return list(several)
        case Near(left, right):
            return typed_terms(left) + typed_terms(right)
        case Or(children):
            return [term for child in children for term in typed_terms(child)]
        case _:
            return []
