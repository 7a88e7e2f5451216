"""What one engine takes for one task, measured in a process of its own.

`python -m tests.benchmarks.measuring TASK ENGINE ...` prints a JSON object. Sizes are in
bytes, times in seconds.
"""

import gc
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from threading import Event, Thread
from time import perf_counter
from types import ModuleType
from typing import Any

from corpus.article import Article
from tests.benchmarks import collection, completion, workload

# What each is called on the command line: its module, and what that needs.
ENGINES = {
    "kiosque": ("kiosque_engine", "numpy"),
    "tantivy": ("tantivy_engine", "tantivy"),
    "sqlite": ("sqlite_engine", "sqlite3"),
    "whoosh": ("whoosh_stock", "whoosh"),
}
_ADDED = 100

# The files by which near duplicates are told, which only our own engine does.
_DUPLICATES = {".prints", ".pairs"}


def available() -> list[str]:
    """Return the engines that are installed."""
    return [name for name, (_, needed) in ENGINES.items() if find_spec(needed)]


def engine(name: str) -> ModuleType:
    """Return the module of an engine: NAME, build, add and Searcher."""
    return import_module(f"tests.benchmarks.{ENGINES[name][0]}")


def measured(task: str, *arguments: str | Path | int) -> dict[str, Any]:
    """Run a task in a process of its own; return what it measured.

    Raises CalledProcessError where the process fails; its complaint is on the terminal.
    """
    command = [sys.executable, "-m", "tests.benchmarks.measuring", task, *map(str, arguments)]
    finished = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    result: dict[str, Any] = json.loads(finished.stdout)
    return result


def build(
    name: str, folder: str, articles: str, count: str, how: str = "repeated"
) -> dict[str, Any]:
    """Make an index of `count` articles. how: the function of `collection` that gives them."""
    module, given = engine(name), collection.load(Path(articles))
    # Articles that lie ready are no work of any engine's, for its garbage collector neither.
    gc.freeze()
    baseline = _memory()["VmRSS"]
    feed = _Feed(getattr(collection, how)(given, int(count)))
    with _Peak() as peak:
        started = perf_counter()
        module.build(Path(folder), feed)
        seconds = perf_counter() - started - feed.seconds
    sizes = {file: file.stat().st_size for file in Path(folder).rglob("*") if file.is_file()}
    aside = sum(size for file, size in sizes.items() if file.suffix in _DUPLICATES)
    return {
        "build_seconds": seconds,
        "index_bytes": sum(sizes.values()),
        "duplicates_bytes": aside,
        "build_peak": peak.shared,
        "build_anonymous": peak.own,
        "build_baseline": baseline,
    }


def add(name: str, folder: str, articles: str, count: str) -> dict[str, Any]:
    """Add 100 articles to an index of `count`."""
    module, given = engine(name), collection.load(Path(articles))
    new = list(islice(collection.repeated(given, int(count) + _ADDED), int(count), None))
    started = perf_counter()
    module.add(Path(folder), new)
    return {"add_seconds": perf_counter() - started}


def serve(name: str, folder: str, requests: str, rounds: str) -> dict[str, Any]:
    """Open an index and answer pages, each `rounds` times; the best time counts."""
    module = engine(name)
    asked = workload.load(Path(requests))
    started = perf_counter()
    searcher = module.Searcher(Path(folder))
    searcher.page(asked[0])
    opened = perf_counter() - started
    passes = [[_timed(searcher, each) for each in asked] for _ in range(int(rounds))]
    memory = _memory()
    return {
        "open_seconds": opened,
        "pages": [min(tries)[0] for tries in zip(*passes, strict=True)],
        "totals": [total for _, total in passes[0]],
        "serve_peak": memory["VmHWM"],
        "serve_anonymous": memory["RssAnon"],
        "serve_mapped": memory["RssFile"],
    }


class _Feed:
    """Articles, and the time that it takes to make them, which is not the engine's."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._articles = articles
        self.seconds = 0.0

    def __iter__(self) -> Iterator[Article]:
        source = iter(self._articles)
        while True:
            started = perf_counter()
            article = next(source, None)
            self.seconds += perf_counter() - started
            if article is None:
                return
            yield article


class _Peak:
    """The most memory this process and those it started had, looked at twice a second.

    shared counts a page that several of them map as one, and mapped files, which the
    system takes back when it needs to; own counts neither.
    """

    def __init__(self) -> None:
        self.shared = self.own = 0
        self._done = Event()
        self._watch = Thread(target=self._look)

    def __enter__(self) -> "_Peak":
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._watch.join()

    def _look(self) -> None:
        while True:
            family = [str(process) for process in _family(os.getpid())]
            mapped = [_memory(process, "smaps_rollup").get("Pss", 0) for process in family]
            own = [_memory(process).get("RssAnon", 0) for process in family]
            self.shared, self.own = max(self.shared, sum(mapped)), max(self.own, sum(own))
            if self._done.wait(0.5):
                return


def _family(process: int) -> set[int]:
    """Return a process and all that descend from it."""
    parents: dict[int, int] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            number, _, rest = status.read_text().partition(" ")
            parents[int(number)] = int(rest.rpartition(")")[2].split()[1])
    family = {process}
    while True:
        more = {child for child, parent in parents.items() if parent in family}
        if more <= family:
            return family
        family |= more


def _timed(searcher: Any, request: workload.Request) -> tuple[float, int]:
    """Return how long a page takes, and its total."""
    started = perf_counter()
    answer = searcher.page(request)
    return perf_counter() - started, answer.total


def _memory(process: str = "self", file: str = "status") -> dict[str, int]:
    """Return a process's memory in bytes, by the names of a file of Linux's /proc/self."""
    try:
        lines = Path("/proc", process, file).read_text().splitlines()
    except OSError:  # it ended
        return {}
    fields = (line.split() for line in lines if line.endswith(" kB"))
    return {field[0].rstrip(":"): int(field[1]) * 1024 for field in fields}


def main(arguments: Sequence[str]) -> None:
    """Run one task and print what it measured."""
    tasks = {"build": build, "add": add, "serve": serve, "complete": completion.completed}
    print(json.dumps(tasks[arguments[0]](*arguments[1:])))


if __name__ == "__main__":
    main(sys.argv[1:])
