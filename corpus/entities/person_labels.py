"""Whom the names of people mean, and how they are called."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rapidfuzz.distance import OSA

from corpus.analysis import fold
from corpus.entities.figures import figure_initials, figure_label
from corpus.entities.gazetteers import places
from corpus.entities.lexicon import Span, Words
from corpus.entities.name_words import family_first, is_given, is_particle, named_after
from corpus.entities.names import Names
from corpus.entities.namesakes import addressed
from corpus.entities.transliteration import sound

_MISSPELT = 5  # letters of a given name in which one may be wrong


def whom(words: Words, names: Names) -> list[Span[str]]:
    """Return each mention of a person, with the label of whom it means, in no order.

    A surname means whoever is named in full in the same article, else the figure known
    by it. The label is the name in full; a figure's is the usual one.
    """
    full = sorted(
        set(names.sure),
        key=lambda name: (name[0] - name[1], words.forms[name[0]][1:] == ".", name[0]),
    )
    labels: dict[str, str] = {}
    bearers: dict[str, list[str]] = {}  # all of a family name
    heard: dict[str, str] = {}  # by the sound of the name: « Gerasimov » is Guerassimov
    mentions: list[Span[str]] = []
    named: list[Span[str]] = []
    known = {tuple(words.keys[start:end]) for start, end in full}
    for start, end in full:
        keys, forms = words.keys[start:end], words.forms[start:end]
        if joined := _joined(keys[0]):  # « Macron-Xi Jinping »
            mentions.append(Span(start, start + 1, figure_label(joined[0]) or ""))
            keys, forms = [joined[1], *keys[1:]], [forms[0].partition("-")[2], *forms[1:]]
        keys = _well_spelt(keys, known)
        name = " ".join(keys)
        if name not in labels:
            label = figure_label(name) or heard.get(sound(name)) or _initialled(forms, keys, labels)
            label = label or _label(forms)
            for short in [name, *_short_forms(keys)]:
                labels.setdefault(short, label)
                if label not in bearers.setdefault(short, []):
                    bearers[short].append(label)
                if len(short) > 4:
                    heard.setdefault(sound(short), label)
        named.append(Span(start, end, name))
    for short, several in bearers.items():
        if len(several) > 1 and (figure := figure_label(short)) in several:
            labels[short] = figure  # « Trump » is Donald, whoever else is named in full
    for start, end, name in named:
        one = addressed(words, start, bearers.get(name, ()))
        mentions.append(Span(start, end, one or labels[name]))
    held = places(full)
    for at in sorted(set(names.bare) - held):
        key = words.keys[at]
        meant = (
            addressed(words, at, bearers.get(key, ()))
            or labels.get(key)
            or heard.get(sound(key))
            or figure_label(key)
        )
        if meant and not named_after(words, at):
            mentions.append(Span(at, at + 1, meant))
        elif both := _joined(key):  # « Macron-Merkel »
            two = [labels.get(one) or figure_label(one) for one in both]
            mentions += [Span(at, at + 1, one) for one in two if one and all(two)]
    initials = figure_initials()
    mentions += [
        Span(at, at + 1, initials[form]) for at, form in enumerate(words.forms) if form in initials
    ]
    return mentions


def _initialled(forms: Sequence[str], keys: Sequence[str], labels: Mapping[str, str]) -> str | None:
    """Return whom an initial and a family name mean: « P. Morel » beside Paul Morel."""
    family = " ".join(keys[1:])
    meant = labels.get(family) or figure_label(family)
    initial = len(forms[0]) == 2 and forms[0][1] == "."
    return meant if meant and initial and fold(meant[0]) == keys[0] else None


def _joined(key: str) -> tuple[str, str] | None:
    """Return the two names that a hyphen joins if the first is a figure's, else None."""
    left, _, right = key.partition("-")
    return (left, right) if right and figure_label(left) and not is_given(left) else None


def _well_spelt(keys: list[str], known: Iterable[tuple[str, ...]]) -> list[str]:
    """Return a name with the given name that the article has elsewhere, but for one letter."""
    if len(keys) < 2 or len(keys[0]) < _MISSPELT or is_given(keys[0]):
        return keys
    for first, *rest in known:
        near = rest == keys[1:] and is_given(first)
        if near and OSA.distance(first, keys[0], score_cutoff=1) == 1:
            return [first, *rest]
    return keys


def _short_forms(keys: list[str]) -> Iterator[str]:
    """Yield how a name of several words may be cut short: « de Villiers », « Villiers »."""
    for at, key in enumerate(keys):
        if at:
            yield " ".join(keys[at:])
        elif family_first(keys):  # « M. Kim »
            yield key
        if not (is_given(key) or is_particle(key)):
            yield key
            if key[2:3] == "-":
                yield key[3:]


def _label(forms: Iterable[str]) -> str:
    """Return a name to show: « Jean DUPONT » is Jean Dupont."""
    shown = (
        form.title() if len(form) > 3 and form.isupper() and "." not in form else form
        for form in forms
    )
    return " ".join(shown).replace("' ", "'")
