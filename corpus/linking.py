"""One actor, one value across the corpus: what a form means where articles say it in full.

In one article « Griezmann » means whoever is named in full there. Where none is, it means
whom it means in the other articles, if nearly all of them agree: with two Le Pen about, a
bare « Le Pen » stays what it is. Acronyms are read the same way, and spellings of one name
(« Guerassimov », « Gerasimov ») are shown as the most frequent of them.

The table of forms only counts articles, so that neither the order of files nor the number
of processes makes a difference.
"""

import pickle
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from tempfile import TemporaryFile

from corpus.article import Article, Entity, EntityKind, Mention
from corpus.transliteration import parts, sound

Name = tuple[EntityKind, str]

# Of the articles in which a form means someone named in full, how many must agree, in how
# many at least: with 0.8, « Bush » and « Macron » would be one person each.
_AGREEMENT = 0.95
_AT_LEAST = 2
_LINKED = (EntityKind.PERSON, EntityKind.ORGANISATION)


@dataclass(frozen=True, slots=True)
class Links:
    """Which values of articles are shown as which others."""

    labels: dict[Name, str]

    def applied(self, article: Article) -> Article:
        """Return an article with its persons and organisations under their linked values."""
        if not any((entity.kind, entity.key) in self.labels for entity in article.entities):
            return article
        found: dict[Name, Entity] = {}
        for entity in article.entities:
            label = self.labels.get((entity.kind, entity.key))
            if label:
                entity = replace(entity, key=label, label=label)
            name = entity.kind, entity.key
            if name in found:
                both = {*found[name].mentions, *entity.mentions}
                entity = replace(found[name], mentions=tuple(sorted(both, key=_place)))
            found[name] = entity
        return replace(article, entities=tuple(found.values()))


def _place(mention: Mention) -> tuple[bool, int]:
    return not mention.in_title, mention.start


@dataclass(slots=True)
class Forms:
    """How many articles name each actor, and what each form means in how many.

    values: articles by value. meant: articles by form, then by the longer value that the
    form means there.
    """

    values: Counter[Name] = field(default_factory=Counter)
    meant: defaultdict[Name, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, article: Article) -> None:
        """Count the forms of one article."""
        for entity in article.entities:
            if entity.kind in _LINKED:
                self.values[entity.kind, entity.key] += 1
                for form in _forms(article, entity):
                    self.meant[entity.kind, form][entity.key] += 1

    def links(self) -> Links:
        """Return which values are others, by all that was counted."""
        spellings = _one_spelling(self.values)
        labels = {name: label for name, label in spellings.items() if label != name[1]}
        for name in self.values:
            full = self._full(name, spellings)
            if full:
                labels[name] = full
        return Links(labels)

    def _full(self, name: Name, spellings: dict[Name, str]) -> str | None:
        """Return the longer value that a short one means all over the corpus, or None."""
        kind, form = name
        meant: Counter[str] = Counter()
        for value, count in self.meant.get(name, {}).items():
            if value != form:
                meant[spellings.get((kind, value), value)] += count
        if not meant:
            return None
        best, count = min(meant.items(), key=lambda item: (-item[1], item[0]))
        enough = count >= _AT_LEAST and count >= _AGREEMENT * meant.total()
        return best if enough else None


def _forms(article: Article, entity: Entity) -> set[str]:
    """Return the short forms of a value that an article uses, or could have used.

    A surname is one of a person's names whether or not this article uses it alone: the
    one article that names Louis Aliot in full tells nothing of « Aliot » elsewhere.
    """
    if entity.kind is EntityKind.PERSON:
        first, *rest = entity.key.split()
        return {" ".join(rest[at:]) for at in range(len(rest))} if rest and first else set()
    texts = {
        (article.title if one.in_title else article.body)[one.start : one.end]
        for one in entity.mentions
    }
    return {text for text in texts if text.isupper() and text != entity.key}


def _one_spelling(values: Counter[Name]) -> dict[Name, str]:
    """Return for each value the most frequent of those that sound the same.

    Of two that are as frequent the longer is taken, then the first in the alphabet.
    """
    groups: defaultdict[tuple[EntityKind, str], list[Name]] = defaultdict(list)
    for name in values:
        groups[name[0], _sound(*name)].append(name)
    return {
        name: min(group, key=lambda one: (-values[one], -len(one[1]), one[1]))[1]
        for group in groups.values()
        for name in group
    }


def _sound(kind: EntityKind, label: str) -> str:
    """Return what the spellings of one name have in common."""
    if kind is EntityKind.PERSON and len(parts(label)) > 1:
        # « Emmanuelle » sounds like « Emmanuel », and is another one.
        return f"{sound(label)} {parts(label)[0].endswith('e')}"
    return " ".join(parts(label))


def linked(articles: Iterable[Article]) -> Iterator[Article]:
    """Yield articles, each actor under one value all over them.

    They are read to the end first, and wait in a temporary file: memory holds the table
    of forms alone, some 100 bytes a name.
    """
    forms = Forms()
    with TemporaryFile() as waiting:
        count = 0
        for article in articles:
            forms.add(article)
            pickle.dump(article, waiting)
            count += 1
        links = forms.links()
        waiting.seek(0)
        for _ in range(count):
            yield links.applied(pickle.load(waiting))
