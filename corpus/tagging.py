"""The statistical tagger: which words of a text name people, bodies, places, works, events.

A linear-chain conditional random field (CRFsuite), trained by `corpus.tagger_training`,
then one rule: a word means the same all over an article.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path

import pycrfsuite

from corpus.lexicon import Span, Words
from corpus.name_words import is_given
from corpus.tagger_features import Features, features, paragraphs

MODEL = "tagger.crfsuite"


class Named(StrEnum):
    """What the tagger tells apart; the values are its training set's."""

    PERSON = "Person"
    ORGANISATION = "Organization"
    PLACE = "Location"
    EVENT = "Event"
    PRODUCT = "Product"


@cache
def _model() -> pycrfsuite.Tagger:
    tagger = pycrfsuite.Tagger()
    tagger.open(str(Path(__file__).with_name(MODEL)))
    return tagger


def tagged(words: Words, marks: Sequence[str]) -> list[Span[Named]]:
    """Return the names in a text, in order; none overlap.

    marks: what gazetteers and rules take each word for (see `tagger_features.features`).
    """
    return agreeing(words, spans(tags_by(_model(), words, features(words, marks))))


def tags_by(model: pycrfsuite.Tagger, words: Words, seen: Sequence[Features]) -> list[str]:
    """Return a model's tag of each word: O, or B- or I- and a value of `Named`."""
    tags = ["O"] * len(seen)
    for start, end in paragraphs(words):
        tags[start:end] = model.tag(seen[start:end])
    return tags


def spans(tags: Sequence[str]) -> list[Span[Named]]:
    """Return the names that tags mark."""
    found: list[Span[Named]] = []
    start = 0
    for at, tag in enumerate([*tags, "O"]):
        if at and tags[at - 1] != "O" and tag != f"I-{tags[at - 1][2:]}":
            found.append(Span(start, at, Named(tags[at - 1][2:])))
        if tag[0] == "B" or (tag != "O" and (not at or tags[at - 1][2:] != tag[2:])):
            start = at
    return found


def agreeing(words: Words, tagged: Iterable[Span[Named]]) -> list[Span[Named]]:
    """Return names such that one word alone is the same all over an article.

    A part of the name of a person who is named in full means that person; any other word
    is what it is tagged as more often than not, if anything.
    """
    trimmed = [span for span in (_trimmed(words, span) for span in tagged) if span.start < span.end]
    parts = {
        words.keys[at]
        for start, end, kind in trimmed
        if kind is Named.PERSON and end > start + 1
        for at in (start, end - 1)
        if words.forms[at][0].isupper() and (at > start or is_given(words.keys[at]))
    }
    held = {at for start, end, _ in trimmed for at in range(start, end)}
    alone = [at for at in _lone(words) if at not in held]
    votes: defaultdict[str, Counter[Named | None]] = defaultdict(Counter)
    for start, end, kind in trimmed:
        if end == start + 1:
            votes[words.keys[start]][kind] += 1
    for at in alone:
        votes[words.keys[at]][None] += 1
    found = [span for span in trimmed if span.end > span.start + 1]
    singles = {span.start: span.value for span in trimmed if span.end == span.start + 1}
    for at in {*alone, *singles}:
        best, count = votes[words.keys[at]].most_common(1)[0]
        if words.keys[at] in parts and len(words.keys[at]) > 2:
            best = Named.PERSON
        elif 2 * count <= votes[words.keys[at]].total():
            best = singles.get(at)
        if best:
            found.append(Span(at, at + 1, best))
    return sorted(found, key=lambda span: span.start)


def _trimmed(words: Words, span: Span[Named]) -> Span[Named]:
    """Return a name without marks before and after it."""
    start, end, kind = span
    while start < end and not words.forms[start][0].isalnum():
        start += 1
    while start < end and not words.forms[end - 1][-1].isalnum() and words.forms[end - 1] in '"»”,':
        end -= 1
    return Span(start, end, kind)


def _lone(words: Words) -> Iterator[int]:
    """Yield the places of capitalised words without another beside them."""
    capital = [form[0].isupper() for form in words.forms] + [False]
    for at, one in enumerate(capital):
        if one and not capital[at - 1] and not capital[at + 1]:
            yield at
