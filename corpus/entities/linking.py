"""One actor, one value across the corpus: what a form means where articles say it in full.

In one article « Griezmann » means whoever is named in full there. Where none is, it means
whom it means in the other articles, if nearly all of them agree: with two Le Pen about, a
bare « Le Pen » stays what it is. Acronyms are read the same way, and spellings of one name
(« Guerassimov », « Gerasimov ») are shown as the most frequent of them.

All that is looked at are numbers of articles, so that neither the order of files, nor the
number of processes, nor what was indexed first makes a difference.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from corpus.analysis import fold
from corpus.article import Article, Entity, EntityKind
from corpus.entities.name_words import is_given
from corpus.entities.transliteration import parts, word_sound

# An actor's kind and value.
_Name = tuple[str, str]
# Articles by the longer value that a form means in them, by form.
_Meant = Mapping[_Name, Counter[str]]

# Of the articles in which a form means someone named in full, how many must agree, in how
# many at least: with 0.8, « Bush » and « Macron » would be one person each.
_AGREEMENT = 0.95
_AT_LEAST = 2
_LINKED = (EntityKind.PERSON, EntityKind.ORGANISATION)
_PERSON = EntityKind.PERSON.value
# Between a kind, a short form or nothing, how the value sounds, and the value, which may hold
# anything. To make out here how it sounds halves what is to be done for 500,000 values.
_BETWEEN = "\n"


def forms(article: Article) -> list[str]:
    """Return what is to be counted of an article: its actors, and what short forms mean in it.

    Each comes once; `links` reads them.
    """
    persons = {one.key for one in article.named(EntityKind.PERSON)}
    # Who stands beside a namesake is another one.
    longer = {end for name in persons for end in _known_endings(name) if end in persons}
    found: dict[str, None] = {}
    for entity in article.entities:
        if entity.kind in _LINKED:
            kind, value = entity.kind.value, entity.key
            found[_form(kind, "", value)] = None
            for short in _acronyms(article, entity):
                found[_form(kind, short, value)] = None
            if entity.kind is EntityKind.PERSON and value in longer:
                found[_form(kind, value, value)] = None
    return [*found]


# The same actors come in many articles: this takes a third of the time without the memory.
@lru_cache(maxsize=1 << 16)
def _form(kind: str, short: str, value: str) -> str:
    return _BETWEEN.join((kind, short, _sound(kind, value), value))


@lru_cache(maxsize=1 << 16)
def _known_endings(name: str) -> tuple[str, ...]:
    return tuple(_endings(name))


def links(counts: Mapping[str, int]) -> dict[str, str]:
    """Return which values of actors mean which others, all over a corpus.

    counts: in how many of its articles `forms` finds each text. What a value means, means
    nothing else in turn.
    """
    values, meant, spellings = _counted(counts)
    found: dict[str, str] = {}
    for name in values:
        label = _full(name, meant, spellings) or spellings.get(name, name[1])
        if label != name[1] and _mostly(name, values):
            found[name[1]] = label
    ends = ((value, _end(value, found)) for value in found)
    return {value: end for value, end in ends if end != value}


def _acronyms(article: Article, entity: Entity) -> set[str]:
    if entity.kind is not EntityKind.ORGANISATION:
        return set()
    texts = map(article.text_of, entity.mentions)
    return {" ".join(text.split()) for text in texts if text.isupper()} - {entity.key}


def _counted(counts: Mapping[str, int]) -> tuple[dict[_Name, int], _Meant, dict[_Name, str]]:
    """Return the articles of each value, whom short forms mean, and the spelling to show.

    A family name is one of a person's names whether or not an article uses it alone: the
    one article that names Louis Aliot in full tells nothing of « Aliot » elsewhere.
    """
    values: dict[_Name, int] = {}
    meant: defaultdict[_Name, Counter[str]] = defaultdict(Counter)
    alike: defaultdict[_Name, list[str]] = defaultdict(list)
    for text, count in counts.items():
        kind, form, heard, value = text.split(_BETWEEN, 3)
        if form:
            meant[kind, form][value] += count
        else:
            values[kind, value] = count
            alike[kind, heard].append(value)
    for (kind, value), count in values.items():
        if kind == _PERSON:
            for short in _endings(value):
                if (kind, short) in values:
                    meant[kind, short][value] += count
    return values, meant, _one_spelling(values, alike)


def _endings(name: str) -> Iterator[str]:
    """Yield the words that end a name, but for all of them: « Le Pen », « Pen »."""
    place = name.find(" ")
    while place >= 0:
        yield name[place + 1 :]
        place = name.find(" ", place + 1)


def _full(name: _Name, meant: _Meant, spellings: Mapping[_Name, str]) -> str | None:
    """Return the longer value that a short one means all over the corpus, or None.

    Who has a given name already is not cut short: « Rodolphe Vandesteene » is no part of
    « Insoumis Rodolphe Vandesteene ».
    """
    kind, form = name
    values = meant.get(name)
    if not values or (" " in form and is_given(fold(form.partition(" ")[0]))):
        return None
    found: Counter[str] = Counter()
    for value, count in values.items():
        found[value if value == form else spellings.get((kind, value), value)] += count
    best, count = min(found.items(), key=lambda item: (-item[1], item[0]))
    enough = max(_AT_LEAST, _AGREEMENT * found.total())
    return best if best != form and count >= enough else None


def _one_spelling(
    values: Mapping[_Name, int], alike: Mapping[_Name, list[str]]
) -> dict[_Name, str]:
    """Return for each value that has them the most frequent of those that sound the same.

    alike: values by their kind and how they sound. Of two that are as frequent the longer
    is taken, then the first in the alphabet.
    """
    return {
        (kind, value): min(group, key=lambda one: (-values[kind, one], -len(one), one))
        for (kind, _), group in alike.items()
        if len(group) > 1
        for value in group
    }


def _sound(kind: str, label: str) -> str:
    """Return what the spellings of one name have in common."""
    words = parts(label)
    if kind == _PERSON and len(words) > 1:
        # « Emmanuelle » sounds like « Emmanuel », and is another one.
        return f"{' '.join(map(word_sound, words))} {words[0].endswith('e')}"
    return " ".join(words)


def _mostly(name: _Name, values: Mapping[_Name, int]) -> bool:
    """Tell whether a value that is a person's here and an organisation's there is mostly this."""
    kind, value = name
    rivals = ((values.get((one.value, value), 0), one.value) for one in _LINKED)
    return max(rivals)[1] == kind


def _end(value: str, found: Mapping[str, str]) -> str:
    """Return what a value means in the end; what would mean one another, mean themselves."""
    seen = {value}
    now = found[value]
    while now in found:
        if now in seen:
            return value
        seen.add(now)
        now = found[now]
    return now
