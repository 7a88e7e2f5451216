"""What a leaf of a query asks for, in French."""

from corpus.wording import day
from index.fields import Facet, Match, TextField
from index.query import (
    Akin,
    AtLeast,
    Dated,
    Early,
    HasValue,
    Leaf,
    Near,
    Or,
    Phrase,
    Place,
    Term,
    Together,
)

_FIELDS = {TextField.TITLE: " dans le titre", TextField.BODY: " dans le texte"}
_VALUES = {
    Facet.COUNTRY: "pays cité",
    Facet.COUNTRY_ABOUT: "pays concerné",
    Facet.COUNTRY_TITLE: "pays dans le titre",
    Facet.ACTOR: "acteur",
    Facet.SOURCE: "source",
    Facet.SECTION: "rubrique",
    Facet.YEAR: "année",
    Facet.AUTHOR: "auteur",
}


def described(leaf: Leaf) -> str:
    """Return in French what a leaf asks for."""
    match leaf:
        case Term(word, match, field):
            return _word(word, match) + _within(field)
        case AtLeast(count, word, match, field):
            return f"au moins {count} fois {_word(word, match)}{_within(field)}"
        case Phrase():
            return _phrase(leaf) + _within(leaf.field)
        case Near(left, right, distance, ordered):
            close = f"à {distance} mot{'s' if distance > 1 else ''} au plus"
            link = f", suivi {close} de " if ordered else f", {close} de "
            return _place(left) + link + _place(right)
        case Early(Term(word, match)):
            return f"{_word(word, match)}, au début du texte"
        case Together(terms):
            return f"les mots « {' '.join(term.word for term in terms)} » dans un même passage"
        case Akin(words):
            return f"un sujet proche de celui des mots « {' '.join(words)} »"
        case HasValue(facet, name, whole):
            return f"{_VALUES[facet]} : {'exactement ' if whole else ''}« {name} »"
        case Dated(since, until):
            return _period(Dated(since, until))


def _word(word: str, match: Match) -> str:
    match match:
        case Match.EXACT:
            return f"exactement « {word} »"
        case Match.FOLDED:
            return f"« {word} », accents ignorés"
        case Match.STEMMED:
            return f"« {word} », toutes ses formes"
        case Match.DERIVED:
            return f"« {word} », toutes ses formes et les mots de la même racine"
        case Match.PREFIX:
            return f"les mots qui commencent par « {word} »"
        case Match.WILDCARD:
            return f"les mots de la forme « {word} »"
        case Match.FUZZY:
            return f"les graphies voisines de « {word} »"


def _phrase(phrase: Phrase) -> str:
    text = " ".join(phrase.words)
    reach = {Match.EXACT: ", accents compris", Match.STEMMED: ", toutes leurs formes"}
    reached = reach.get(phrase.match, "")
    if not phrase.slop:
        return f"les mots « {text} » côte à côte{reached}"
    return f"les mots « {text} » dans cet ordre, {phrase.slop} autres au plus entre eux{reached}"


def _place(place: Place) -> str:
    if isinstance(place, Or):
        inner = (child for child in place.children if isinstance(child, Term | Phrase | Or))
        return "(" + " ou ".join(map(_place, inner)) + ")"
    return described(place)


def _period(period: Dated) -> str:
    since, until = period.since, period.until
    if since and until:
        if since == until:
            return f"paru le {day(since)}"
        return f"paru du {day(since)} au {day(until)}"
    if since:
        return f"paru depuis le {day(since)}"
    return f"paru jusqu'au {day(until)}" if until else "paru un jour connu"


def _within(field: TextField | None) -> str:
    return _FIELDS[field] if field else ""
