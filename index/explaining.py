"""Why a query finds what it finds: what both engines tell of it in the same way."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from index.fields import TextField
from index.query import (
    Akin,
    And,
    AtLeast,
    Early,
    Everything,
    Leaf,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Preferring,
    Term,
    Together,
    leaves,
)
from index.results import MOST_FORMS, Form, Occurrences, Reach
from index.topics import Topics

# As many words of a field are told that are closest to a topic.
_CLOSEST = 5


def taking_part(node: Node, matches: Callable[[Node], bool]) -> Iterator[tuple[Leaf, Node | None]]:
    """Yield each leaf, and the tree that scores what it adds to an article, if it does.

    matches: tells whether the article matches a part of the tree.
    """
    match node:
        case And(children) | Or(children):
            for child in children:
                for leaf, scored in taking_part(child, matches):
                    yield leaf, scored if matches(node) else None
        case Not(child):
            yield from ((leaf, None) for leaf in leaves(child))
        case Preferring(child, wishes):
            yield from taking_part(child, matches)
            for wish in wishes:
                yield wish.leaf, Preferring(Everything(), (wish,))
        case Everything():
            return
        case _:
            yield node, node if matches(node) else None


def typed(leaf: Node) -> Iterator[Term]:
    """Yield the words of a leaf, each as the term that it is."""
    match leaf:
        case Term():
            yield leaf
        case AtLeast(_, word, match, field):
            yield Term(word, match, field)
        case Phrase(words, _, match, field):
            yield from (Term(word, match, field) for word in words)
        case Early(word):
            yield word
        case Together(together):
            yield from together
        case Near(left, right):
            yield from typed(left)
            yield from typed(right)
        case Or(children):
            for child in children:
                yield from typed(child)
        case _:
            return


def fields_of(word: Term) -> tuple[TextField, ...]:
    """Return the fields in which a word is sought."""
    return tuple(TextField) if word.field is None else (word.field,)


def forms_reached(word: str, counts: Mapping[str, int]) -> Reach:
    """Return what a word stands for, the commonest first; counts: how many articles hold each."""
    forms = [Form(text, articles) for text, articles in counts.items() if articles]
    forms.sort(key=lambda form: (-form.articles, form.text))
    return Reach(word, tuple(forms[:MOST_FORMS]), len(forms))


def akin(
    topics: Topics, leaf: Akin, held: Mapping[TextField, Counter[str]]
) -> Iterator[Occurrences]:
    """Yield the words of an article, by field, that are closest to a topic."""
    asked, _ = topics.asked(leaf.words)
    for field, counts in held.items():
        for form in topics.closest(asked, counts)[:_CLOSEST]:
            yield Occurrences(field, form, counts[form])


def title_first(found: Iterable[Occurrences]) -> tuple[Occurrences, ...]:
    """Return occurrences field by field, the most frequent first."""
    fields = list(TextField)
    return tuple(sorted(found, key=lambda one: (fields.index(one.field), -one.times, one.form)))
