"""The articles that every engine is given, read and prepared once."""

import pickle
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from random import Random

from corpus.article import Article, Entity
from corpus.preparation import prepared
from index.stored_articles import ACTOR_KINDS

# Of the actors of a repeated article, this part has a name that no other turn knows: a million
# articles then name some 420,000, more than twice what the growth of 29,576 points to.
_RENAMED = 0.4


def collect(data: Path, scratch: Path) -> Path:
    """Return a file with the prepared articles of `data`, made unless it is in `scratch`.

    Entities are found here, once, so that every engine counts the same facet values.
    """
    # Imported late: a child process loads articles and needs none of the readers.
    from corpus.reading import Reading

    stamp = f"{data.absolute()} {data.stat().st_size} {data.stat().st_mtime_ns}"
    cached = scratch / f"articles-{sha256(stamp.encode()).hexdigest()[:16]}.pickle"
    if not cached.exists():
        articles = [one for one in prepared(Reading([data])) if isinstance(one, Article)]
        save(articles, cached)
    return cached


def save(articles: Sequence[Article], file: Path) -> None:
    """Write articles for `load`; the file is complete or absent."""
    scratch = file.with_suffix(".partial")
    scratch.write_bytes(pickle.dumps(list(articles), pickle.HIGHEST_PROTOCOL))
    scratch.replace(file)


def load(file: Path) -> list[Article]:
    """Return the articles that `save` wrote."""
    articles: list[Article] = pickle.loads(file.read_bytes())
    return articles


def repeated(articles: Sequence[Article], count: int) -> Iterator[Article]:
    """Yield `count` articles: the given ones, as often as needed, under new ids."""
    for number in range(count):
        turn, place = divmod(number, len(articles))
        article = articles[place]
        yield replace(article, id=f"{article.id}-{turn}") if turn else article


def varied(articles: Sequence[Article], count: int, first: int = 0) -> Iterator[Article]:
    """Yield `count` articles as `repeated` does, but no copies, and with names of their own.

    In each further turn some actors are called as nobody was; a body is the first half of its
    own, the second of another one, and the new names; two words of a title are others' words.
    first: how many to leave out.
    """
    keys = sorted({one.key for article in articles for one in article.entities if _is_actor(one)})
    words = [word for article in articles for word in article.title.split()] or [""]
    name = lru_cache(1 << 16)(partial(_name, keys))
    for number in range(first, count):
        turn, place = divmod(number, len(articles))
        article, other = articles[place], articles[(place + turn) % len(articles)]
        if turn:
            entities = tuple(_renamed(one, partial(name, turn)) for one in article.entities)
            body = (_halves(article.body)[0], _halves(other.body)[1], *(e.key for e in entities))
            yield replace(
                article,
                id=f"{article.id}-{turn}",
                title=_retitled(article.title, words, Random(number)),
                body="\n\n".join(body),
                entities=entities,
            )
        else:
            yield article


def _retitled(title: str, words: Sequence[str], random: Random) -> str:
    own = title.split()
    for at in random.sample(range(len(own)), min(len(own), 2)):
        own[at] = random.choice(words)
    return " ".join(own)


def _is_actor(entity: Entity) -> bool:
    return entity.kind in ACTOR_KINDS


def _renamed(entity: Entity, name: Callable[[str], str]) -> Entity:
    called = name(entity.key) if _is_actor(entity) else entity.key
    return entity if called == entity.key else replace(entity, key=called, label=called)


def _name(keys: Sequence[str], turn: int, key: str) -> str:
    """Return what an actor is called in a turn: as ever, or a given name and two half words."""
    random = Random(f"{turn} {key}")
    if random.random() >= _RENAMED:
        return key
    given, begin, end = (random.choice(keys).split() for _ in range(3))
    return f"{given[0]} {_halves(begin[-1])[0]}{_halves(end[-1])[1].lower()}"


def _halves(text: str) -> tuple[str, str]:
    middle = (len(text) + 1) // 2
    return text[:middle], text[middle:]
