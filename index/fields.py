"""The fields of an index, and the ways to match, narrow, order and count by them."""

from enum import StrEnum


class Match(StrEnum):
    """How far a word reaches, from the narrowest to the widest."""

    EXACT = "exact"  # this spelling, accents included; only case is ignored
    FOLDED = "folded"  # this word whatever its accents, ligatures and case
    STEMMED = "stemmed"  # this word and its inflections
    DERIVED = "derived"  # those, the words of the same root, and the forms of the same verb
    PREFIX = "prefix"  # every word that begins so, accents ignored
    WILDCARD = "wildcard"  # * any letters or none, ? one letter or none; accents ignored
    FUZZY = "fuzzy"  # every word that is nearly spelt so, accents ignored


class TextField(StrEnum):
    """The fields that hold words."""

    TITLE = "title"
    BODY = "body"


class Facet(StrEnum):
    """The ways of narrowing a result by a value."""

    COUNTRY = "country"  # named anywhere
    COUNTRY_ABOUT = "country_about"  # where it happens, or what it is mainly about
    COUNTRY_TITLE = "country_title"  # named in the title
    ACTOR = "actor"
    SOURCE = "source"
    SECTION = "section"
    YEAR = "year"
    AUTHOR = "author"


COUNTRY_FACETS = frozenset({Facet.COUNTRY, Facet.COUNTRY_ABOUT, Facet.COUNTRY_TITLE})


class Sort(StrEnum):
    """The orders in which hits come. Undated articles come last by date."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


class Interval(StrEnum):
    """The width of a bar of the histogram."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
