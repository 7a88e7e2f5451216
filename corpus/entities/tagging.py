"""The statistical tagger: which words of a text name people, bodies, places, works, events.

A linear-chain conditional random field (CRFsuite), trained by `corpus.entities.tagger_training`,
then one rule: words mean the same all over an article, what is likeliest in all places; and
`corpus.entities.tagger_rules`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import pycrfsuite

from corpus.entities.gazetteers import places
from corpus.entities.lexicon import Span, Words
from corpus.entities.name_words import is_given, is_product
from corpus.entities.named import Chances, Named
from corpus.entities.tagger_features import Features, features, paragraphs
from corpus.entities.tagger_rules import listed, lone

MODEL = "tagger.crfsuite"
# How likely a kind of name must be. Of the best tags alone, persons had an F1 of 0.909 and 0.925
# on two parts of the training set held out; so they have 0.920 and 0.935.
_ENOUGH = 0.55

_TAGS = tuple((f"B-{kind}", f"I-{kind}") for kind in Named)
_NONE: Chances = (0.0,) * len(Named)


@cache
def _model() -> pycrfsuite.Tagger:
    tagger = pycrfsuite.Tagger()
    tagger.open(str(Path(__file__).with_name(MODEL)))
    return tagger


def tagged(words: Words, marks: Sequence[str]) -> list[Span[Named]]:
    """Return the names in a text, in order; none overlap.

    marks: what gazetteers and rules take each word for (see `tagger_features.features`).
    """
    names, chances = _judged(_model(), words, features(words, marks))
    return listed(words, marks, chances, agreeing(words, names, chances))


def _judged(
    model: pycrfsuite.Tagger, words: Words, seen: Sequence[Features]
) -> tuple[list[Span[Named]], list[Chances]]:
    """Return the names in a text word by word, and the chances of each word that may be one."""
    found: list[Span[Named]] = []
    chances: list[Chances] = [_NONE] * len(seen)
    alone = {*lone(words)}
    for start, end in paragraphs(words):
        model.set(seen[start:end])
        tags = model.tag()
        for at, tag in enumerate(tags, start):
            if tag != "O" or at in alone:
                place = at - start
                chances[at] = tuple(
                    [model.marginal(b, place) + model.marginal(i, place) for b, i in _TAGS]
                )
        found += [Span(start + first, start + last, kind) for first, last, kind in _spans(tags)]
    return found, chances


def _spans(tags: Sequence[str]) -> Iterator[Span[Named]]:
    """Yield the names that tags mark."""
    start = 0
    for at, tag in enumerate([*tags, "O"]):
        if at and tags[at - 1] != "O" and tag != f"I-{tags[at - 1][2:]}":
            yield Span(start, at, Named(tags[at - 1][2:]))
        if tag[0] == "B" or (tag != "O" and (not at or tags[at - 1][2:] != tag[2:])):
            start = at


def agreeing(
    words: Words, tagged: Iterable[Span[Named]], chances: Sequence[Chances]
) -> list[Span[Named]]:
    """Return names such that the same words are the same all over an article.

    They are what their chances in all the places together make likeliest, if it is likely
    enough. One word of the name of a person who is named in full means that person.
    chances: of each word, to be of each kind of `Named`.
    """
    trimmed = [span for span in (_trimmed(words, span) for span in tagged) if span.start < span.end]
    held = places(trimmed)
    alone = [Span(at, at + 1, None) for at in lone(words) if at not in held]
    together: defaultdict[str, list[Chances]] = defaultdict(list)
    for start, end, _ in (*trimmed, *alone):
        together[_name(words, start, end)].append(_mean(chances[start:end]))
    kinds = {name: _likely(_mean(found)) for name, found in together.items()}
    found: list[Span[Named]] = []
    for start, end, _ in trimmed:
        kind = kinds[_name(words, start, end)]
        product = kind is Named.PERSON and is_product(words.keys[start:end])
        if end > start + 1 and kind and not product:
            found.append(Span(start, end, kind))
    parts = frozenset(_parts(words, found))
    for start, end, _ in (*trimmed, *alone):
        if end == start + 1:
            person = Named.PERSON if words.keys[start] in parts else None
            kind = person or kinds[_name(words, start, end)]
            if kind:
                found.append(Span(start, end, kind))
    return sorted(found, key=lambda span: span.start)


def _name(words: Words, start: int, end: int) -> str:
    return " ".join(words.keys[start:end])


def _mean(chances: Sequence[Chances]) -> Chances:
    return tuple(sum(column) / len(chances) for column in zip(*chances, strict=True))


def _likely(chances: Chances) -> Named | None:
    """Return the likeliest kind, None where it is not likely enough."""
    chance, kind = max(zip(chances, Named, strict=True), key=lambda one: one[0])
    return kind if chance >= _ENOUGH else None


def _parts(words: Words, names: Iterable[Span[Named]]) -> Iterator[str]:
    """Yield the words that begin or end the names of people named in full."""
    for start, end, kind in names:
        if kind is Named.PERSON:
            for at in (start, end - 1):
                capital = words.forms[at][0].isupper() and len(words.keys[at]) > 2
                if capital and (at > start or is_given(words.keys[at])):
                    yield words.keys[at]


def _trimmed(words: Words, span: Span[Named]) -> Span[Named]:
    """Return a name without marks before and after it."""
    start, end, kind = span
    while start < end and not words.forms[start][0].isalnum():
        start += 1
    while start < end and not words.forms[end - 1][-1].isalnum() and words.forms[end - 1] in '"»”,':
        end -= 1
    return Span(start, end, kind)
