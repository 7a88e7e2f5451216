"""Organisations: the well-known ones, and the fullest form of a name."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from corpus.entities.countries import is_demonym
from corpus.entities.lexicon import Span, Words, cut, spellings, table, vocabulary
from corpus.entities.name_words import ARTICLES


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


# « au Monde », « du Soir »: more often no newspaper's.
_UNCLEAR_PAPERS = frozenset({"Monde", "Soir", "Temps"})
_UNCLEAR = _UNCLEAR_PAPERS | {"Verts"}
CONTRACTED = frozenset({"du", "au", "des", "aux", "les"})


def contracted_organisations() -> Iterator[tuple[str, Organisation]]:
    """Yield what follows a preposition where it took the article of a name: « au Parisien »."""
    for form, organisation in organisations():
        article, _, rest = form.partition(" ")
        if article in {"Le", "Les"} and rest not in _UNCLEAR:
            for before in ("du", "au") if article == "Le" else ("des", "aux", "les"):
                yield f"{before} {rest}", organisation


def unclear_newspapers(words: Words) -> Iterator[Span[str]]:
    """Yield what only the noun before makes a newspaper: « les révélations du Monde »."""
    for at, form in enumerate(words.forms):
        if (
            form in _UNCLEAR_PAPERS
            and at > 1
            and words.keys[at - 1] in {"du", "au"}
            and words.keys[at - 2] in vocabulary("press")
        ):
            yield Span(at, at + 1, f"Le {form}")


def counts(words: Words, start: int, end: int) -> bool:
    """Tell whether the name of a known organisation means it where it stands."""
    if not start or end - start > 1:
        return True
    before, key = words.keys[start - 1], words.keys[start]
    if start > 1 and before in {"d'", "de"} and words.keys[start - 2] == "pres":
        return False  # « près d'Orange »
    if key in vocabulary("magazines"):
        return before not in ARTICLES  # « le Gala de l'Union »
    if key in vocabulary("common organisation names"):
        return not words.starts_sentence(start) and before not in vocabulary("warnings")
    return before not in vocabulary("counted")


@cache
def _with_article() -> dict[str, str]:
    """Return the labels of those whose name begins with an article, by the keys after it."""
    return {
        " ".join(keys[1:]): organisation.label
        for form, organisation in organisations()
        for keys in [cut(form).keys]
        if keys[0] in {"le", "la", "les"} and len(keys) > 1
    }


def contracted(words: Words, start: int, end: int) -> str | None:
    """Return whose name follows « du », « au », « des », « aux »: « selon des Échos », or None."""
    if not start or words.keys[start - 1] not in {"du", "au", "des", "aux", "le", "la", "les"}:
        return None
    return _with_article().get(" ".join(words.keys[start:end]))


def fullest(spans: list[Span[Organisation]]) -> Iterator[Span[str]]:
    """Yield each mention with its label, the fullest form of the name in the article.

    Beside « Conseil national des barreaux », « Conseil national » means it; beside one
    « ministère russe de la Défense », so does « ministère de la Défense ».
    """
    names = {span.value.label: cut(span.value.label).keys for span in spans}
    labels = sorted(names, key=lambda label: (-len(label), label))
    bare = {label: [key for key in names[label] if not is_demonym(key)] for label in labels}
    for span in spans:
        keys = names[span.value.label]
        longer = (label for label in labels if names[label][: len(keys)] == keys)
        national = [label for label in labels if bare[label] == keys != names[label]]
        label = national[0] if len(national) == 1 else next(longer)
        yield Span(span.start, span.end, label)
