"""Well-known figures, and whom the names in an article mean."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from corpus.lexicon import Words, cut, table
from corpus.name_words import is_given, is_particle, named_after
from corpus.names import Names


class Figure(NamedTuple):
    """Someone so well known that a name alone tells who is meant."""

    label: str


def figures() -> Iterator[tuple[str, Figure]]:
    """Yield the names of several words of well-known figures."""
    for form, label in _forms():
        if " " in form:
            yield form, Figure(label)


def _forms() -> Iterator[tuple[str, str]]:
    for label, others in table("figures.tsv"):
        for form in filter(None, [label, *others.split(", ")]):
            yield form, label


@cache
def _labels() -> dict[str, str]:
    """Return the label of each name of a well-known figure, by its keys."""
    return {" ".join(cut(form).keys): label for form, label in _forms()}


def whom(words: Words, names: Names) -> list[tuple[int, str]]:
    """Return (place, label) of each mention of a person, in no order.

    A surname means whoever is named in full in the same article, else the figure known
    by it. The label is the name in full; a figure's is the usual one.
    """
    full = sorted(names.sure, key=lambda name: name[0] - name[1])
    labels: dict[str, str] = {}
    mentions = []
    for start, end in full:
        keys = words.keys[start:end]
        name = " ".join(keys)
        if name not in labels:
            label = _labels().get(name) or _label(words, start, end)
            for short in [name, *_short_forms(keys)]:
                labels.setdefault(short, label)
        mentions.append((start, labels[name]))
    for at in names.bare:
        meant = labels.get(words.keys[at]) or _labels().get(words.keys[at])
        if meant and not named_after(words, at):
            mentions.append((at, meant))
    return mentions


def _short_forms(keys: list[str]) -> Iterator[str]:
    """Yield how a name of several words may be cut short: « de Villiers », « Villiers »."""
    for at, key in enumerate(keys):
        if at:
            yield " ".join(keys[at:])
        if not (is_given(key) or is_particle(key)):
            yield key
            if key[2:3] == "-":
                yield key[3:]


def _label(words: Words, start: int, end: int) -> str:
    """Return a name to show: « Jean DUPONT » is Jean Dupont."""
    forms = [
        form.title() if len(form) > 3 and form.isupper() and "." not in form else form
        for form in words.forms[start:end]
    ]
    return " ".join(forms).replace("' ", "'")
