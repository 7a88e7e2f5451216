"""The articles that every engine is given, read and prepared once."""

import pickle
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from corpus.article import Article
from corpus.preparation import prepared


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
