"""What lists and rules have for certain of the names that the tagger makes out."""

import re
from collections.abc import Iterable, Iterator, Sequence

from corpus.entities.countries import is_demonym
from corpus.entities.figures import figure_label
from corpus.entities.gazetteers import places
from corpus.entities.lexicon import Span, Words
from corpus.entities.name_words import (
    is_given,
    is_particle,
    is_usual_given,
    named_after,
)
from corpus.entities.named import Chances, Named
from corpus.entities.tagger_features import is_place

_FIGURE_ENOUGH = 0.2  # of the chances, for a word that is a well-known figure's name
_INITIAL = re.compile(r"[A-LN-ZÀ-Þ]\.")  # « M. » is a title
_FAMILY = frozenset({"aux", "des", "famille", "familles", "freres", "les", "soeurs"})
_SIDES = frozenset({"anti", "pro"})


def listed(
    words: Words,
    marks: Sequence[str],
    chances: Sequence[Chances],
    names: Iterable[Span[Named]],
) -> list[Span[Named]]:
    """Return names as the lists of bodies, places and figures have them, where they do.

    marks: what gazetteers and rules take each word for.
    chances: of each word, to be of each kind of `Named`.
    """
    found: list[Span[Named]] = []
    for name in names:
        for part in _led(words, marks, name):
            told = _told(words, marks, part)
            if told.value is not Named.PERSON:
                found.append(told)
            elif not _family(words, told):
                found += _parted(words, _whole(words, marks, told))
    for more in (_figures(words, marks, chances), _initialled(words, found)):
        held = places(found)
        found += [span for span in more if held.isdisjoint(range(*span[:2]))]
    return sorted(found, key=lambda span: span.start)


def lone(words: Words) -> Iterator[int]:
    """Yield the places of capitalised words without another beside them."""
    capital = [form[0].isupper() for form in words.forms] + [False]
    for at, one in enumerate(capital):
        if one and not capital[at - 1] and not capital[at + 1]:
            yield at


def _led(words: Words, marks: Sequence[str], name: Span[Named]) -> Iterator[Span[Named]]:
    """Yield a name without what only stands before: « [maire de] Toronto Paul Morel »."""
    start, end, kind = name
    if kind in {Named.PERSON, Named.PLACE}:
        for at in range(start + 1, end - 1):
            before = " ".join(words.keys[start:at])
            apart = is_place(before) or figure_label(before)
            if apart and "Bperson" in marks[at] and is_usual_given(words.keys[at]):
                yield Span(start, at, Named.PLACE if is_place(before) else Named.PERSON)
                yield Span(at, end, Named.PERSON)
                return
        demonym = end - start > 2 and is_demonym(words.keys[start])
        start += demonym and kind is Named.PERSON and not is_given(words.keys[start])
    yield Span(start, end, kind)


def _told(words: Words, marks: Sequence[str], name: Span[Named]) -> Span[Named]:
    start, end, kind = name
    keys = words.keys[start:end]
    name_of_place = is_place(" ".join(keys))
    if all("figure" in mark for mark in marks[start:end]):
        return Span(start, end, Named.PERSON)
    if kind is Named.PERSON and all("body" in mark for mark in marks[start:end]):
        return Span(start, end, Named.ORGANISATION)
    if kind is Named.PERSON and not is_given(keys[0]) and name_of_place:
        return Span(start, end, Named.PLACE)
    figure = kind is Named.PLACE and not name_of_place and figure_label(" ".join(keys))
    return Span(start, end, Named.PERSON) if figure and not named_after(words, start) else name


def _family(words: Words, name: Span[Named]) -> bool:
    """Tell whether a name is that of several people: « la famille Morel »."""
    start, end, _ = name
    lone = end == start + 1 and not is_given(words.keys[start])
    return lone and start > 0 and words.keys[start - 1] in _FAMILY


def _whole(words: Words, marks: Sequence[str], name: Span[Named]) -> Span[Named]:
    """Return a name with the initial before it and the particles after it."""
    start, end, kind = name
    if end == start + 1 and start and _INITIAL.fullmatch(words.forms[start - 1]):
        start -= start < 2 or not words.forms[start - 2][0].isupper()
    last = end
    given = "Bperson" in marks[start] and is_given(words.keys[start])
    while given and last < len(marks) and "Iperson" in marks[last]:
        last += 1
    end = last if last > end and is_particle(words.keys[end]) else end
    return Span(start, end, kind)


def _parted(words: Words, name: Span[Named]) -> Iterator[Span[Named]]:
    """Yield the people of a name: two of « François Hollande Manuel Valls »."""
    start, end, kind = name
    for at in range(start + 2, end - 1):
        key, before = words.keys[at], words.keys[at - 1]
        ends = not (is_given(before) or is_particle(before))
        if ends and is_usual_given(key) and is_given(words.keys[start]):
            yield Span(start, at, kind)
            start = at
    initial = words.forms[end - 1].isupper() and len(words.forms[end - 1]) == 1
    yield Span(start, end + (initial and words.forms[end : end + 1] == ["."]), kind)


def _figures(
    words: Words, marks: Sequence[str], chances: Sequence[Chances]
) -> Iterator[Span[Named]]:
    """Yield the well-known figures of a text, by their full names or a likely family name."""
    start = 0
    for at, mark in enumerate([*marks, ""]):
        if start and "Ifigure" not in mark:
            yield Span(start - 1, at, Named.PERSON)
            start = 0
        if "Bfigure" in mark:
            start = at + 1
    for at in lone(words):
        likely = chances[at][0] >= _FIGURE_ENOUGH and figure_label(words.keys[at])
        if likely and not named_after(words, at):
            yield Span(at, at + 1, Named.PERSON)


def _initialled(words: Words, found: Sequence[Span[Named]]) -> Iterator[Span[Named]]:
    """Yield « P. Morel » beside Paul Morel, and « anti-Macron »."""
    families = {words.keys[end - 1] for start, end, kind in found if kind is Named.PERSON}
    for at, form in enumerate(words.forms[:-1]):
        key = words.keys[at + 1]
        if _INITIAL.fullmatch(form) and (key in families or figure_label(key)):
            yield Span(at, at + 2, Named.PERSON)
        side, _, rest = words.keys[at].partition("-")
        if side in _SIDES and form[-len(rest) :][:1].isupper() and figure_label(rest):
            yield Span(at, at + 1, Named.PERSON)
