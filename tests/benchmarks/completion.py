"""How long completions take while a reader types, through the port of our own engine.

Prefixes are drawn from the names and titles of the corpus with a fixed seed. Each is asked
once: what a reader types has not been asked before.
"""

import gc
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from random import Random
from statistics import median
from string import ascii_lowercase
from time import perf_counter
from typing import Any

from corpus.analysis import fold, words
from corpus.article import Article
from index.engine import Engine
from index.fields import Facet
from index.opening import open_engine
from index.query import Query
from index.stored_articles import facet_values
from search.completing import COMPLETIONS
from tests.benchmarks import collection
from tests.benchmarks.report import p95
from tests.benchmarks.workload import SEED

_EACH = 60  # prefixes of a kind
_ADDED = 100  # articles of a new generation


def draw(articles: Sequence[Article]) -> Mapping[str, Sequence[str]]:
    """Return what is typed, by kind; what many names and titles begin with comes more often."""
    random = Random(SEED)
    names = [words(name) for one in articles for name in facet_values(one)[Facet.ACTOR]]
    titles = [words(one.title) for one in articles]

    def name() -> list[str]:
        return random.choice(names)

    def title() -> list[str]:
        return random.choice(titles)

    def word() -> str:
        return random.choice([*name(), *title()])

    def nothing() -> str:
        return "".join(random.choices("bcdfghjklmnpqrstvwxz", k=4))

    return {
        "one letter": tuple(ascii_lowercase),
        "two letters": _some(lambda: word()[:2]),
        "three letters": _some(lambda: word()[:3]),
        "four letters, their accents left out": _some(lambda: _unaccented(word())[:4]),
        "a whole word": _some(word),
        "the beginning of a later word of a name": _some(lambda: " ".join(name()[1:])[:4]),
        "a name but for two letters": _some(lambda: " ".join(name())[:-2]),
        "three words of a title but for a letter": _some(lambda: " ".join(title()[1:4])[:-1]),
        "letters that nothing begins with": _some(nothing),
        "a word and such letters": _some(lambda: f"{word()} {nothing()}"),
    }


def _some(make: Callable[[], str]) -> tuple[str, ...]:
    """Return different texts as they are made, empty ones left out."""
    found: dict[str, None] = {}
    for _ in range(_EACH * 100):
        found[make()] = None
        if len(found) > _EACH:
            break
    return tuple(text for text in found if text)[:_EACH]


def _unaccented(word: str) -> str:
    folded = fold(word)
    return folded if folded != word else ""


def completed(folder: str, articles: str, count: str) -> dict[str, Any]:
    """Time completions of an index of `count` varied articles, and after 100 more are added."""
    given, size = collection.load(Path(articles)), int(count)
    typed = draw(given)
    new = list(collection.varied(given, size + _ADDED, first=size))
    del given
    # Articles that lie ready are no work of the engine's, for its garbage collector neither.
    gc.freeze()
    with closing(open_engine(f"whoosh://{folder}")) as engine:
        engine.search(Query())  # the page that a reader types on
        actors = engine.status().counts[Facet.ACTOR]
        first = _timed(engine, "a")
        times = {kind: [_timed(engine, text) for text in texts] for kind, texts in typed.items()}
        engine.add(new)
        engine.search(Query())
        return {
            "actors": actors,
            "typed": times,
            "first": first,
            "first_of_next": _timed(engine, "a"),
        }


def _timed(engine: Engine, text: str) -> float:
    started = perf_counter()
    engine.suggest(text, COMPLETIONS)
    return perf_counter() - started


def table(measured: Mapping[str, Any]) -> str:
    """Return what `completed` measured as a table."""
    every = [time for times in measured["typed"].values() for time in times]
    rows = {**measured["typed"], "all of these": every}
    lines = ["| typed | median | p95 | slowest |", "|---|---:|---:|---:|"]
    for kind, times in rows.items():
        figures = (median(times), p95(times), max(times))
        lines.append(f"| {kind} | {' | '.join(f'{one * 1e3:.2f} ms' for one in figures)} |")
    return "\n".join(lines) + (
        f"\n\n{measured['actors']:,} different actors. The first completion after opening takes "
        f"{measured['first']:.2f} s, the first after 100 articles were added "
        f"{measured['first_of_next']:.2f} s."
    )
