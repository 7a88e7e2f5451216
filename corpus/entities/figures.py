"""Well-known figures: people of whom a surname, or any name, tells who is meant."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from corpus.entities.lexicon import cut, table


class Figure(NamedTuple):
    """Someone so well known that a name alone tells who is meant."""

    label: str


def figures() -> Iterator[tuple[str, Figure]]:
    """Yield the names of several words of well-known figures."""
    for form, label in _forms():
        if " " in form:
            yield form, Figure(label)


def figure_label(name: str) -> str | None:
    """Return whom a name means by itself, or None; `name` is its keys, joined by blanks."""
    return _labels().get(name)


@cache
def figure_words() -> frozenset[str]:
    """Return the keys of all the words in the names of well-known figures."""
    return frozenset(key for name in _labels() for key in name.split())


@cache
def figure_initials() -> dict[str, str]:
    """Return whom capitals mean: « NKM »."""
    return {form: label for form, label in _forms() if form.isupper() and len(form) > 2}


def _forms() -> Iterator[tuple[str, str]]:
    for label, others in table("figures.tsv"):
        for form in filter(None, [label, *others.split(", ")]):
            yield form, label


@cache
def _labels() -> dict[str, str]:
    """Return the label of each name of a well-known figure, by its keys."""
    return {" ".join(cut(form).keys): label for form, label in _forms()}
