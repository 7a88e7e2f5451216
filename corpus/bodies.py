"""Organisations: which names are some, by gazetteer, shape and tagger together."""

from collections.abc import Iterator, Sequence

from corpus.gazetteers import Recognised, places
from corpus.lexicon import Span, Words, cut, vocabulary
from corpus.organisation_shapes import ACRONYM
from corpus.organisations import Organisation, contracted, counts, fullest
from corpus.tagging import Named

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
    found = [
        span
        for span in known.organisations
        if span.start not in persons
        and counts(words, span.start, span.end)
        and inside.get(span.start, span[:2]) == span[:2]  # no « Volvo XC40 »
    ]
    shaped = [span for span in known.shaped if not inside.keys() >= set(range(*span[:2]))]
    taken = places([*known.organisations, *shaped, *known.countries]) | persons
    new = list(_by_tagger(words, tagged, taken))
    named = [Span(span.start, span.end, span.value.label) for span in found]
    named += fullest(shaped + new)
    return found, named + list(_abbreviated(words, named, taken | places(new)))


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
    for start, end, kind in tagged:
        if kind is Named.ORGANISATION and not taken.intersection(range(start, end)):
            label = contracted(words, start, end)
            if label or _plausible(words, start, end):
                yield Span(start, end, Organisation(label or words.text(start, end)))


def _plausible(words: Words, start: int, end: int) -> bool:
    """Tell whether what the tagger takes for an organisation can be one by its words."""
    forms, keys = words.forms[start:end], words.keys[start:end]
    if not all(form[0].isalnum() or form in "-&'" for form in forms):
        return False
    if len(forms) > 1:
        return forms[0][0].isupper() and not all(form.isupper() for form in forms)
    return (
        forms[0][0].isupper()
        and not forms[0].isupper()
        and keys[0] not in vocabulary("portfolios")
        and keys[0] not in vocabulary("generic bodies")
    )
