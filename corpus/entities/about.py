"""Where an article happens, or which countries it is mainly about.

Each country gathers weight from what the article names of it: itself, its cities and
regions, its bodies and its people; the more the nearer to the head of the article.
"""

import re
from collections import defaultdict
from functools import cache
from urllib.parse import urlsplit

from corpus.analysis import fold
from corpus.article import Article, Entity, EntityKind, Mention
from corpus.entities.countries import (
    country_code,
    is_compound,
    is_demonym,
    single_country_words,
)
from corpus.entities.lexicon import lines, table, vocabulary
from corpus.entities.places import Place, find_places, homes, place_codes, plain

_MOST = 4
# What a mention weighs, by where it stands; « Liban : l'armée » heads a title.
_TITLE_HEAD, _TITLE, _LEAD, _BODY = 6.0, 3.0, 2.0, 1.0
_LEAD_LENGTH = 400  # characters of the body
# What it is of, beside a country.
_PEOPLE, _PLACE, _ACTOR = 0.85, 0.8, 0.2
# Of a match, « France-Croatie », neither need be where it is played.
_MATCH = 0.5
_DATELINE = 1.5
# French institutions without a name (« le préfet »): each word, and all together at most.
_DOMESTIC, _MOST_DOMESTIC = 0.4, 2.0
# The country of the newspaper, which it need not name; where an article in French comes from is
# not always known, mostly it is France.
_HOME = 0.4
# People of French given names: each, and all together at most. With it and with the newspaper's
# country at 0.4, 20 of 1,667 articles on France, people, media and culture had the wrong main
# country, and 8 of 263 on cars and stars; at 0.75 21 and 16.
_NAMESAKE, _MOST_NAMESAKES = 0.5, 2.0
_GENERIC_DOMAINS = frozenset(
    {"ai", "co", "fm", "io", "la", "ly", "me", "nu", "st", "to", "tv", "ws"}
)
# Another country counts with so much of the first one's weight, if the head names it too.
_SHARE, _HEAD_WEIGHT = 0.4, 2.0


def countries_about(article: Article) -> tuple[str, ...]:
    """Return the keys of the countries that an article is about, the foremost first.

    At most 4, usually one or two. An article in French that tells of no country at all is
    taken for one from the country of its newspaper, or France; in another language, for one
    from nowhere. The entities of the article must have been found, with their mentions.
    """
    weights, heads = _Weights(), _Weights()
    for entity in article.entities:
        share, code = 1.0, entity.key
        if entity.kind is not EntityKind.COUNTRY:
            share, code = _ACTOR, homes().get(fold(entity.key), "")
        if code:
            for count, mention in enumerate(entity.mentions):
                named = entity.kind is EntityKind.COUNTRY
                form = _form_share(fold(article.text_of(mention))) if named else 1.0
                weight = share * form / (1 + count / 6)
                _add(article, mention, weight, code, weights, heads)
    _add_places(article, weights, heads)
    _add_home(article, weights)
    return _foremost(weights, heads)


def _form_share(key: str) -> float:
    """Return what the form of a country's name weighs: « Russie » more than « russe »."""
    if is_demonym(key):
        return _PEOPLE
    match = "-" in key and is_compound(key) and key not in single_country_words()
    return _MATCH if match else 1.0


class _Weights(defaultdict[str, float]):
    """The weight of each country."""

    def __init__(self) -> None:
        super().__init__(float)


def _add(
    article: Article, mention: Mention, share: float, code: str, weights: _Weights, heads: _Weights
) -> None:
    """Add what a mention weighs."""
    if mention.in_title:
        heads_title = mention.start <= 3 and article.title[mention.end :].lstrip()[:1] == ":"
        weight = (_TITLE_HEAD if heads_title else _TITLE) * share
    else:
        weight = (_LEAD if mention.start < _LEAD_LENGTH else _BODY) * share
    weights[code] += weight
    if mention.in_title or mention.start < _LEAD_LENGTH:
        heads[code] += weight


def _add_places(article: Article, weights: _Weights, heads: _Weights) -> None:
    """Add the cities and regions, but those that name a country, a person or a newspaper."""
    taken = {
        (mention.in_title, place)
        for entity in article.entities
        if entity.kind is not EntityKind.ORGANISATION or plain(entity.key) in _newspapers()
        for mention in entity.mentions
        for place in range(mention.start, mention.end)
    }
    found = [
        (place, in_title)
        for in_title, text in ((True, article.title), (False, article.body))
        for place in find_places(text)
        if (in_title, place.start) not in taken
    ]
    counts: dict[str, int] = defaultdict(int)
    for place, in_title in found:
        code = _likeliest(place, weights)
        _add(
            article,
            Mention(place.start, place.end, in_title),
            _PLACE / (1 + counts[code] / 4),
            code,
            weights,
            heads,
        )
        counts[code] += 1
    if article.dateline and (codes := place_codes(article.dateline)):
        weights[codes[0]] += _DATELINE
        heads[codes[0]] += _DATELINE


def _likeliest(place: Place, weights: _Weights) -> str:
    """Return where a place lies: the country that is named too, else the likeliest."""
    return max(place.codes, key=lambda code: weights.get(code, 0.0))


def _add_home(article: Article, weights: _Weights) -> None:
    """Add what an article need not say: the country of its institutions and its newspaper."""
    words = _institutions().intersection(_WORD.findall(f"{article.title} {article.body}".lower()))
    if words:
        weights["FR"] += min(len(words) * _DOMESTIC, _MOST_DOMESTIC)
    home = _home(article.source) or _home(article.agency) or _domain(article.url)
    if home or article.language == "fr":
        weights[home or "FR"] += _HOME
    if namesakes := sum(map(_is_french_name, article.named(EntityKind.PERSON))):
        weights["FR"] += min(namesakes * _NAMESAKE, _MOST_NAMESAKES)


def _is_french_name(person: Entity) -> bool:
    """Tell whether a person bears a French given name: « Claude Lemoine », « Jean-Yves Morel »."""
    given, _, family = fold(person.key).partition(" ")
    return bool(family) and not vocabulary("french given names").isdisjoint(given.split("-"))


_WORD = re.compile(r"[^\W\d_]+")


@cache
def _institutions() -> frozenset[str]:
    return frozenset(lines("french_institutions.txt"))


@cache
def _newspapers() -> dict[str, str]:
    return {plain(name): code for name, code in table("newspapers.tsv")}


def _home(source: str) -> str:
    """Return the country of a newspaper, or of a site's address, by its name."""
    known = _newspapers()
    name = plain(source)
    return known.get(name) or _domain(f"//{source}") or known.get(name.partition(" avec ")[0], "")


def _domain(url: str) -> str:
    """Return the country of an address, "" for one of no country."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    suffix = host.rpartition(".")[2] if "." in host else ""
    return "" if suffix in _GENERIC_DOMAINS else country_code(suffix) or ""


def _foremost(weights: _Weights, heads: _Weights) -> tuple[str, ...]:
    ranked = sorted(weights, key=lambda code: (-weights[code], code))
    if not ranked:
        return ()
    first = ranked[0]
    others = [
        code
        for code in ranked[1:_MOST]
        if weights[code] >= _SHARE * weights[first] and heads[code] >= _HEAD_WEIGHT
    ]
    return (first, *others)
