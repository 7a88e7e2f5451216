"""Well-known organisations."""

from collections.abc import Iterator
from typing import NamedTuple

from corpus.lexicon import Words, spellings, table, vocabulary


class Organisation(NamedTuple):
    """An organisation.

    label: the name to show.
    codes: the countries that its name names.
    """

    label: str
    codes: tuple[str, ...] = ()


def organisations() -> Iterator[tuple[str, Organisation]]:
    """Yield every form of the names of well-known organisations.

    An acronym names no country: « FDS » is not only Syrian.
    """
    for label, forms, codes in table("organisations.tsv"):
        for form in filter(None, [label, *forms.split(", ")]):
            value = Organisation(label, () if form.isupper() else tuple(codes.split()))
            yield from ((spelling, value) for spelling in spellings(form))


def counts(words: Words, start: int, end: int) -> bool:
    """Tell whether the name of a known organisation means it where it stands."""
    if not start or end - start > 1:
        return True
    before, key = words.keys[start - 1], words.keys[start]
    if key in vocabulary("common organisation names"):
        return not words.starts_sentence(start) and before not in vocabulary("warnings")
    return before not in vocabulary("counted")
