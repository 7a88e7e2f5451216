"""Organisations: which names are some, by gazetteer, shape and tagger together."""

from collections.abc import Iterator, Sequence

from corpus.entities.acronyms import ACRONYM, spelt_out
from corpus.entities.countries import country_keys, is_demonym
from corpus.entities.gazetteers import Recognised, places
from corpus.entities.generic_bodies import is_generic
from corpus.entities.lexicon import Span, Words, cut, vocabulary
from corpus.entities.name_words import ARTICLES, FRENCH_PARTICLES, in_address, is_given
from corpus.entities.named import Named
from corpus.entities.organisations import (
    Organisation,
    contracted,
    counts,
    fullest,
    unclear_newspapers,
)
from corpus.entities.tagger_features import is_place

# What a short name means in French news unless the article has a longer one.
_USUAL = {"Assemblée": "Assemblée nationale", "Assemblée Nationale": "Assemblée nationale"}
_BODIES = frozenset({"commission"})  # means one by itself
_MINISTERS = frozenset({"ministre", "ministres", "vice-ministre", "ex-ministre"})
_IN_CHARGE = frozenset({"charge", "chargee", "delegue", "deleguee", "et", "a"})
_QUOTES = frozenset('"«“')
_SIGNS = frozenset("@#")
_NO_BODIES = frozenset({Named.PRODUCT, Named.EVENT})


def bodies(
    words: Words, known: Recognised, tagged: Sequence[Span[Named]], persons: frozenset[int]
) -> tuple[list[Span[Organisation]], list[Span[str]]]:
    """Return the organisations of the table that a text names, and the labels of all.

    persons: the places of the words that name people.
    """
    inside = {
        at: (start, end)
        for start, end, kind in tagged
        if kind in _NO_BODIES
        for at in range(start, end)
    }
    redefined = {*_redefined(words, known), *_renamed(words, known)}
    firsts = {words.keys[at] for at in persons if is_given(words.keys[at])}
    found = [
        span
        for span in known.organisations
        if span.start not in persons
        and not (span.end == span.start + 1 and words.keys[span.start] in firsts)  # « Zara »
        and counts(words, span.start, span.end)
        and inside.get(span.start, span[:2]) == span[:2]  # no « Volvo XC40 »
        and not (span.end == span.start + 1 and words.forms[span.start] in redefined)
    ]
    heads = vocabulary("organisation heads") | vocabulary("plain organisation heads")
    shaped = [
        span
        for span in known.shaped
        if (words.keys[span.start] in heads or not inside.keys() >= set(range(*span[:2])))
        and not (_country(words, span) or _begins_none(words, span.start))
    ]
    taken = places([*known.organisations, *shaped, *known.countries]) | persons
    new = list(_by_tagger(words, tagged, taken))
    named = [Span(span.start, span.end, span.value.label) for span in found]
    named += fullest(shaped + new)
    named += unclear_newspapers(words)
    free = {span.start for span in known.organisations if words.forms[span.start] in redefined}
    return found, named + list(_abbreviated(words, named, (taken - free) | places(new)))


def _redefined(words: Words, known: Recognised) -> Iterator[str]:
    """Yield acronyms that stand for no body here: « allocation de rentrée scolaire (ARS) »."""
    ends = {span.end for span in known.organisations}
    heads = vocabulary("organisation heads") | vocabulary("plain organisation heads")
    for span in known.organisations:
        acronym, bracket = words.forms[span.start], span.start - 1
        alone = bracket > 0 and words.forms[bracket] == "(" and words.forms[span.end] == ")"
        if alone and bracket not in ends and ACRONYM.fullmatch(acronym):
            start = spelt_out(words, acronym, bracket)
            if start < bracket and words.forms[start].islower() and words.keys[start] not in heads:
                yield acronym


def _renamed(words: Words, known: Recognised) -> Iterator[str]:
    """Yield acronyms that stand for another body here: « Association des maires (AMF) »."""
    usual = {span.start: span.value.label for span in known.organisations}
    for _, end, body in known.shaped:
        if words.forms[end] == "(" and usual.get(end + 1, body.label) != body.label:
            yield words.forms[end + 1]


def _abbreviated(
    words: Words, named: Sequence[Span[str]], taken: frozenset[int]
) -> Iterator[Span[str]]:
    """Yield the mentions by an acronym that the article gives in brackets after a name."""
    labels: dict[str, str] = {}
    for _, end, label in named:
        if end + 2 < len(words.forms) and words.forms[end] == "(" and words.forms[end + 2] == ")":
            acronym = words.forms[end + 1]
            initials = {key[0] for key in cut(label).keys}
            if ACRONYM.fullmatch(acronym) and acronym[0].lower() in initials:
                labels.setdefault(acronym, label)
    for at, form in enumerate(words.forms):
        if form in labels and at not in taken:
            yield Span(at, at + 1, labels[form])


def _by_tagger(
    words: Words, tagged: Sequence[Span[Named]], taken: frozenset[int]
) -> Iterator[Span[Organisation]]:
    """Yield the organisations that only the tagger makes out."""
    works = {words.text(start, end) for start, end, _ in tagged if _after_work(words, start)}
    for start, end, kind in tagged:
        if words.text(start, end) in works:
            continue
        if kind is Named.ORGANISATION and not taken.intersection(range(start, end)):
            label = contracted(words, start, end) or _USUAL.get(words.text(start, end))
            if label or _plausible(words, start, end):
                yield Span(start, end, Organisation(label or words.text(start, end)))


def _after_work(words: Words, start: int) -> bool:
    """Tell whether a name is that of a work: « la série "American Nights" »."""
    before = start - 1 - (start > 1 and words.forms[start - 1] in _QUOTES)
    return before >= 0 and words.keys[before] in vocabulary("works")


def _plausible(words: Words, start: int, end: int) -> bool:
    """Tell whether what the tagger takes for an organisation can be one by its words."""
    forms, keys = words.forms[start:end], words.keys[start:end]
    name = " ".join(keys)
    if not all(form[0].isalnum() or form in "-&'" for form in forms) or forms[0].islower():
        return False
    if words.keys[start - 1] in vocabulary("counted") or is_place(name) or name in country_keys():
        return False
    if _portfolio(words, start) or in_address(words, start) or _of_site(words, start):
        return False
    if any(key in vocabulary("no bodies") for key in keys) or is_generic(name):
        return False
    if "-" in keys[0] and is_demonym(keys[0]):
        return False  # « Franco-Russe Anna Morel »
    if _begins_none(words, start):
        return False
    if len(forms) > 1:
        letter = len(forms[-1]) == 1  # « le Groupe B »
        return not (letter or all(form.isupper() for form in forms))
    return not (
        forms[0].isupper()
        or keys[0] in vocabulary("portfolios")
        or keys[0] in vocabulary("sentence openers")
        or keys[0] in vocabulary("organisation heads") - _BODIES
        or keys[0] in vocabulary("generic bodies")
        or keys[0] in vocabulary("english endings") - _BODIES
    )


def _country(words: Words, span: Span[Organisation]) -> bool:
    """Tell whether a name is a country's or a seat of power's alone: « patron de Matignon »."""
    return " ".join(words.keys[span.start : span.end]) in country_keys()


def _begins_none(words: Words, start: int) -> bool:
    """Tell whether no body begins so: « Parti de Saint-Malo, il... », « Mme Morel »."""
    departed = words.starts_sentence(start) and words.keys[start : start + 2] == ["parti", "de"]
    return departed or words.keys[start] in vocabulary("forms of address")


def _of_site(words: Words, start: int) -> bool:
    """Tell whether the word before a name makes it that of a place or a thing."""
    bodies_too = vocabulary("organisation heads") | vocabulary("introductions")
    others = vocabulary("named after people") | vocabulary("things") | _SIGNS
    return words.keys[start - 1] in others - bodies_too  # « la mosquée Al-Aqsa »


def _portfolio(words: Words, start: int) -> bool:
    """Tell whether words say what a minister is of: « ministre britannique des Affaires »."""
    keys, at = words.keys, start - 1
    while at > 0 and (
        keys[at] in FRENCH_PARTICLES
        or keys[at] in ARTICLES
        or keys[at] in _IN_CHARGE
        or is_demonym(keys[at])
    ):
        at -= 1
    of_state = at > 1 and keys[at] == "etat" and keys[at - 2] in {"secretaire", "secretaires"}
    return 0 <= at < start - 1 and (keys[at] in _MINISTERS or of_state)
