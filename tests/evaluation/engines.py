"""Both engines on the same articles: python -m tests.evaluation.engines DATA URL [ARTICLES]

DATA: articles as JSONL, perhaps compressed. URL: an index on a cluster, replaced; its nodes
run on this machine. Asks both engines the same pages in turn (the benchmark's, and random
trees over the articles' own words), and the benchmark's again under an entity ledger: answers
must be equal to the last hit, count and bar, and scores within a rounding. Prints JSON: what
differs, times of a page in both, rate of indexing, size of the index, memory. Exits with 1
where an answer differs.
"""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path
from random import Random
from statistics import quantiles
from time import perf_counter
from typing import Any

from corpus.analysis import words
from corpus.article import Article
from index.engine import Engine, QueryTooCostly
from index.fields import Facet, Interval, Match, Sort
from index.ledger_commands import suggested_line
from index.ledger_file import LedgerFile
from index.ledger_review import suggestions
from index.opening import open_engine
from index.query import And, AtLeast, Filters, Near, Node, Not, Or, Phrase, Query, Term
from index.results import Results
from search.wishes import preferring
from tests.benchmarks.collection import collect, load
from tests.benchmarks.workload import Request, draw

TREES = 150
_ROUNDS = 3
_FACETS = tuple((facet, 20) for facet in (Facet.COUNTRY, Facet.ACTOR, Facet.SOURCE, Facet.SECTION))
_NOISE = 2e-6


def main(data: Path, url: str, most: int) -> None:
    """Measure, and print the figures; exit with 1 where the engines differ."""
    scratch = Path(os.environ.get("SCRATCH") or tempfile.mkdtemp(prefix="kiosque-engines-"))
    articles = list(islice(load(collect(data, scratch)), most))
    folder = Path(tempfile.mkdtemp(prefix="kiosque-whoosh-"))
    figures: dict[str, Any] = {"articles": len(articles), "load": os.getloadavg()[0]}
    with closing(open_engine(f"whoosh://{folder}")) as one, closing(open_engine(url)) as other:
        engines = {"whoosh": one, "opensearch": other}
        rates = {name: _rate(engine, articles) for name, engine in engines.items()}
        figures["indexing, articles/s"] = rates
        statuses = {name: engine.status() for name, engine in engines.items()}
        figures["size, MB"] = {n: round(s.size_bytes / 1e6, 1) for n, s in statuses.items()}
        pages = [_page(request) for request in draw(articles)]
        trees = [Query(tree, facets=_FACETS, interval=Interval.MONTH) for tree in _trees(articles)]
        figures |= _compared(engines, [*pages, *trees, *_others(trees)])
        figures["page, ms"] = _times(engines, pages)
        figures["under a ledger"] = _under_a_ledger(folder, url, one, pages)
        figures["memory, MB"] = _memory()
    shutil.rmtree(folder)
    print(json.dumps(figures, ensure_ascii=False, indent=1))
    sys.exit(bool(figures["different"]) or bool(figures["under a ledger"]["different"]))


def _rate(engine: Engine, articles: Sequence[Article]) -> int:
    started = perf_counter()
    engine.rebuild(articles)
    return round(len(articles) / (perf_counter() - started))


def _page(request: Request) -> Query:
    parts: list[Node] = [Term(word, Match.FOLDED) for word in request.words]
    if request.kind.value == "phrase":
        parts = [Phrase(request.words)]
    chosen = frozenset([request.value] if request.value else [])
    return Query(And(tuple(parts)), Filters(chosen), facets=_FACETS, interval=Interval.MONTH)


def _trees(articles: Sequence[Article]) -> Iterator[Node]:
    """Yield trees of every kind of node, of words that stand together in some article."""
    random = Random(29)
    for number in range(TREES):
        body = words(random.choice(articles).body) or ["rien"]
        start = random.randrange(len(body))
        near = (body[start : start + 12] * 12)[:12]
        one, two, three = random.sample(near, 3)
        kinds: tuple[Node, ...] = (
            Term(one),
            Term(one, Match.EXACT),
            Term(one[: max(4, len(one) - 2)], Match.PREFIX),
            Term(one, Match.FUZZY),
            Term(f"{one[:3]}*{one[-1:]}", Match.WILDCARD),
            And((Term(one), Term(two), Not(Term(three)))),
            Or((Term(one), Phrase((near[0], near[1])), And((Term(two), Term(three))))),
            Phrase(tuple(near[:3])),
            Phrase((near[0], near[3]), slop=4),
            Phrase((near[0], near[2]), slop=2, match=Match.STEMMED),
            Near(Term(near[4]), Term(near[1]), 6),
            Near(Or((Term(near[0]), Phrase((near[1], near[2])))), Term(near[5]), 5, ordered=True),
            preferring(And((Term(near[0]), Term(near[1]), Term(near[4])))),
            AtLeast(3, one),
            And((AtLeast(2, one, Match.FOLDED), Near(Term(two), Term(three), 12))),
        )
        yield kinds[number % len(kinds)]


def _others(queries: Sequence[Query]) -> Iterator[Query]:
    """Yield the same queries on other pages, in other orders, with copies."""
    for number, query in enumerate(queries[::3]):
        changes = (
            {"offset": 20, "copies": True},
            {"sort": Sort.NEWEST, "offset": 50},
            {"sort": Sort.OLDEST},
        )
        yield replace(query, **changes[number % len(changes)])


def _compared(engines: dict[str, Engine], queries: Sequence[Query]) -> dict[str, Any]:
    different = []
    refused: dict[str, int] = {"by both": 0, "by whoosh": 0, "by opensearch": 0}
    approximate = 0
    for query in queries:
        answers = {name: _answer(engine, query) for name, engine in engines.items()}
        one, other = answers["whoosh"], answers["opensearch"]
        if one is None or other is None:
            # They count the words that one reaches in different places: see the decision.
            who = "both" if one is other else "whoosh" if one is None else "opensearch"
            refused[f"by {who}"] += 1
            continue
        approximate += bool(other.approximate)
        if why := _difference(one, other):
            different.append(f"{why}: {query.tree} {query.filters.values} {query.offset}")
    return {
        "queries": len(queries),
        "refused as too costly": refused,
        "with a facet list that may lack a value": approximate,
        "different": different,
    }


def _under_a_ledger(
    folder: Path, url: str, stated: Engine, pages: Sequence[Query]
) -> dict[str, object]:
    """Ask the pages again under the merges that the articles suggest, some splits and masks."""
    lines = [suggested_line(one).removeprefix("# ") for one in suggestions(stated)]
    commonest = stated.search(Query(limit=0, facets=((Facet.ACTOR, 20),))).facets[Facet.ACTOR]
    names = [f'"{one.value}"' for one in commonest]
    lines += [f"fusionner: {names[0]} = {names[1]}, {names[2]}", f"masquer: {names[3]}"]
    lines += [f'scinder: {name} -> {name[:-1]} (2)" si annee:2016' for name in names[4:8]]
    lines += ["fusionner pays: Russie = Ukraine", "masquer pays: France"]
    path = folder.with_name(f"{folder.name}.entites-essai.txt")
    path.write_text("\n".join(lines), encoding="utf-8")
    asked = [replace(query, facets=_FACETS) for query in (Query(), *pages)]
    asked += [Query(filters=Filters(frozenset({(Facet.ACTOR, one.value)})), facets=_FACETS)
              for one in commonest]  # fmt: skip
    with (
        closing(open_engine(f"whoosh://{folder}", LedgerFile(path))) as one,
        closing(open_engine(url, LedgerFile(path))) as other,
    ):
        engines = {"whoosh": one, "opensearch": other}
        counts = {name: engine.status().counts for name, engine in engines.items()}
        told = _compared(engines, asked)
        figures = {"lines": len(lines), **told, "page, ms": _times(engines, pages)}
    path.unlink()
    if counts["whoosh"] != counts["opensearch"]:
        figures["different"] = [*told["different"], f"numbers of values: {counts}"]
    return figures


def _answer(engine: Engine, query: Query) -> Results | None:
    try:
        return engine.search(query)
    except QueryTooCostly:
        return None


def _difference(one: Results, other: Results) -> str:
    if one.total != other.total:
        return f"totals {one.total}, {other.total}"
    ids = [[hit.article.id for hit in each.hits] for each in (one, other)]
    if ids[0] != ids[1]:
        return f"hits {ids[0]}, {ids[1]}"
    if any(abs(a.score - b.score) > _NOISE for a, b in zip(one.hits, other.hits, strict=True)):
        return "scores"
    if [hit.article for hit in one.hits] != [hit.article for hit in other.hits]:
        return "articles"
    if one.histogram != other.histogram:
        return "bars"
    for facet, counts in one.facets.items():
        if facet not in other.approximate and counts != other.facets[facet]:
            return f"counts of {facet}"
    return ""


def _times(engines: dict[str, Engine], pages: Sequence[Query]) -> dict[str, dict[str, float]]:
    """Return the median and the 95th percentile of each engine, asked in turn."""
    times: dict[str, list[float]] = {name: [] for name in engines}
    for _ in range(_ROUNDS):
        for query in pages:
            for name, engine in engines.items():
                started = perf_counter()
                engine.search(query)
                times[name].append(1000 * (perf_counter() - started))
    cuts = {name: quantiles(each, n=20) for name, each in times.items()}
    return {name: {"p50": round(c[9], 2), "p95": round(c[18], 2)} for name, c in cuts.items()}


def _memory() -> dict[str, int]:
    """Return the resident memory of this process and of the nodes on this machine."""
    found = {"this process": _resident(Path("/proc/self"))}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if b"ClusterNode" in (process / "cmdline").read_bytes():
                found[(process / "cmdline").read_bytes().split(b"\0")[-2].decode()] = _resident(
                    process
                )
        except OSError:
            continue
    return found


def _resident(process: Path) -> int:
    line = next(x for x in (process / "status").read_text().splitlines() if x.startswith("VmRSS"))
    return int(line.split()[1]) // 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 10**9)
