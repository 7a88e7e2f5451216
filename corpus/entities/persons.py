"""Persons: which names are people's, by rules and tagger together."""

from collections.abc import Iterator, Sequence

from corpus.entities.countries import is_compound, is_demonym
from corpus.entities.gazetteers import Recognised, places
from corpus.entities.lexicon import Span, Words, vocabulary
from corpus.entities.name_words import (
    is_common,
    is_given,
    is_particle,
    is_product,
    is_usual_given,
    named_after,
)
from corpus.entities.named import Named
from corpus.entities.names import Names
from corpus.entities.tagger_features import is_place

_QUOTES = frozenset('"«“»”')
_STORMS = frozenset({"cyclone", "depression", "ouragan", "tempete", "typhon"})
_SON_OF = frozenset({"ben", "bin", "ibn"})  # « Tamim ben Hamad Al Thani »
_THE = frozenset({"le", "la", "l'", "les", "un", "une", "cet", "cette", "ces"})


def people(words: Words, known: Recognised, tagged: Sequence[Span[Named]]) -> Names:
    """Return the names of people that the rules and the tagger make out together.

    A rule without a given name to go by gives way to the tagger; the tagger gives way to
    the gazetteers, and to the rules about where a name begins.
    """
    kinds = {at: kind for start, end, kind in tagged for at in range(start, end)}
    figures = [(span.start, span.end) for span in known.figures]
    sure = [
        (start, end)
        for start, end in known.names.sure
        if end == start + 1  # a title says so
        or is_given(words.keys[start])
        or kinds.get(end - 1) in {None, Named.PERSON}
        or words.keys[start - 1] in vocabulary("titles")
        or _aged(words, end)
    ]
    storms = {words.keys[at + 1] for at, key in enumerate(words.keys[:-1]) if key in _STORMS}
    things = frozenset(_things(words))
    sure = [
        (start, end)
        for start, end in sure
        if not (_place(words, start, end) or _product(words, start, end, things))
        and not (_anonymous(words, start, end) or _of_thing(words, start))
        and (end > start + 1 or words.keys[start] not in storms)
    ]
    sure = figures + sure
    bare = [at for at in known.names.bare if words.keys[at] not in storms]
    taken = places([*known.organisations, *known.countries, *known.shaped])
    for start, end, kind in tagged:
        if kind is Named.PERSON:
            start, end = _trimmed(words, start, end)
            if end - start == 1 and words.keys[start] in storms:
                continue
            if end - start == 1 and not _alone(words, start):
                bare.append(start)
            elif end > start and start not in taken and end - 1 not in taken:
                _add(words, sure, start, end, things)
    return Names(sure, bare)


def _aged(words: Words, end: int) -> bool:
    """Tell whether an age follows a name: « Nilda da Costa Ramos, 90 ans »."""
    years = words.keys[end + 2 : end + 3] == ["ans"]
    return years and words.keys[end] in {",", "("} and words.keys[end + 1].isdigit()


def _trimmed(words: Words, start: int, end: int) -> tuple[int, int]:
    """Return a tagged name without titles before it, or anything from a mark or « et » on."""
    if end == start + 2 and words.keys[start] in {"de", "d'"} and words.starts_sentence(start):
        start += 1  # « De Rihanna à Shakira »
    while start < end and (
        words.keys[start] in vocabulary("titles")
        or words.keys[start] in vocabulary("forms of address")
        or (start < end - 1 and is_demonym(words.keys[start]))
        or not words.forms[start][0].isalnum()
    ):
        start += 1
    ends = (
        at for at in range(start, end) if not (words.forms[at][0].isalnum() and _in_name(words, at))
    )
    return start, next(ends, end)


def _in_name(words: Words, at: int) -> bool:
    return not words.forms[at].islower() or is_particle(words.keys[at]) or "-" in words.forms[at]


def _alone(words: Words, at: int) -> bool:
    """Tell whether one word that is tagged as a person is a family name for certain."""
    form, key = words.forms[at], words.keys[at]
    return form[0].isupper() and not (
        len(form) < 3
        or is_given(key)
        or form.isupper()
        or is_place(key)
        or key in vocabulary("english words")
        or key in vocabulary("no names")
        or (words.starts_sentence(at) and is_common(form.lower()))
        or _heading(words, at)
        or named_after(words, at)
    )


def _heading(words: Words, at: int) -> bool:
    """Tell whether a word is a paragraph by itself: « Incertitudes »."""
    begins = at == 0 or words.forms[at - 1][0] == "\n"
    return begins and words.forms[at + 1 : at + 2] != [] and words.forms[at + 1][0] == "\n"


def _place(words: Words, start: int, end: int) -> bool:
    """Tell whether a name is that of a place and of no one: « Sidi Bouzid », « Drôme Ardèche »."""
    keys = words.keys[start:end]
    if is_given(keys[0]) and not is_particle(keys[0]):
        return False
    if words.keys[start - 1] in vocabulary("titles"):
        return False  # « M. Houston »
    if "-" in keys[0] and is_compound(keys[0]):
        return True  # « France-Allemagne Séville »
    return is_place(" ".join(keys)) or (len(keys) > 1 and all(map(is_place, keys)))


def _add(
    words: Words, sure: list[tuple[int, int]], start: int, end: int, things: frozenset[str]
) -> None:
    """Add a tagged name to those of the rules, or make one of theirs longer by it."""
    for at, (first, last) in enumerate(sure):
        if first < end and start < last:
            begins = is_given(words.keys[first]) and words.keys[first - 1] not in _SON_OF
            begin = first if begins else min(first, start)
            sure[at] = begin, max(last, end)
            return
    quoted = words.forms[start - 1] in _QUOTES and words.forms[end] in _QUOTES
    barred = _product(words, start, end, things) or _place(words, start, end)
    barred = barred or _anonymous(words, start, end) or _of_thing(words, start)
    if not (quoted or barred or named_after(words, start)):
        sure.append((start, end))


def _anonymous(words: Words, start: int, end: int) -> bool:
    """Tell whether a name hides who it is: « Christian N. », « J. C. »."""
    return len(words.forms[end - 1].rstrip(".")) < 2 or all(
        form[1:2] == "." for form in words.forms[start:end]
    )


def _of_thing(words: Words, start: int) -> bool:
    """Tell whether a name is that of a thing by the noun before it: « une livrée Verde Gea »."""
    return words.keys[start - 1] in vocabulary("things") and not is_usual_given(words.keys[start])


def _things(words: Words) -> Iterator[str]:
    """Yield names that the text has an article or a thing before: « la Railton »."""
    for at in range(1, len(words.forms)):
        form, key = words.forms[at], words.keys[at]
        after = words.keys[at - 1] in _THE and words.forms[at - 1].islower()
        after = after or words.keys[at - 1] in vocabulary("things")
        if form[0].isupper() and after and not (is_given(key) or is_demonym(key)):
            yield key


def _product(words: Words, start: int, end: int, things: frozenset[str]) -> bool:
    """Tell whether a name has a word that no one's has: « Volante Vision », « Vantage GT4 »."""
    keys = words.keys[start:end]
    by_article = len(keys) > 1 and not is_given(keys[0]) and not things.isdisjoint(keys)
    return by_article or is_product(keys)
