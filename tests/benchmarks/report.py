"""Tables in Markdown and a plot in SVG, from what was measured."""

import os
import platform
import re
from collections.abc import Callable, Mapping, Sequence
from math import ceil, log10
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.workload import Kind

# The results of one run: {size: {engine's name: measurements}}.
Measurements = Mapping[str, Any]
Results = Mapping[str, Mapping[str, Measurements]]

_COLOURS = {
    "Kiosque": "#b3261e",
    "tantivy-py": "#1f5f8b",
    "SQLite FTS5": "#3d7a3a",
    "Whoosh": "#777",
}
_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 720, 420, 64, 120, 24, 48


def p95(times: Sequence[float]) -> float:
    """Return the time that 95 of 100 pages do not exceed (nearest rank)."""
    return sorted(times)[ceil(0.95 * len(times)) - 1]


def of_kind(result: Measurements, kind: Kind) -> list[float]:
    """Return the times of the pages of one kind."""
    pairs = zip(result["pages"], result["kinds"], strict=True)
    return [time for time, each in pairs if each == kind]


_ROWS: Mapping[str, Callable[[Measurements], str]] = {
    "page, median": lambda one: f"{median(one['pages']) * 1e3:.2f} ms",
    "page, p95": lambda one: f"{p95(one['pages']) * 1e3:.2f} ms",
    "one to three words, median": lambda one: _middle(one, Kind.WORDS),
    "phrases, median": lambda one: _middle(one, Kind.PHRASE),
    "words and a facet value, median": lambda one: _middle(one, Kind.FILTERED),
    "a facet value alone, median": lambda one: _middle(one, Kind.VALUE),
    "indexing, articles/s": lambda one: f"{one['articles'] / one['build_seconds']:,.0f}",
    "indexing, in all": lambda one: f"{one['build_seconds']:,.1f} s",
    "indexing, peak memory of all processes": lambda one: _megabytes(one["build_peak"]),
    "indexing, peak without mapped files": lambda one: (
        _megabytes(one["build_anonymous"]) if "build_anonymous" in one else ""
    ),
    "- of it the articles to index": lambda one: _megabytes(one["build_baseline"]),
    "index size": lambda one: _megabytes(one["index_bytes"]),
    "- of it for near duplicates": lambda one: _megabytes(one.get("duplicates_bytes", 0)),
    "opening and first page": lambda one: f"{one['open_seconds']:.3f} s",
    "serving, peak resident memory": lambda one: _megabytes(one["serve_peak"]),
    "serving, own memory": lambda one: _megabytes(one["serve_anonymous"]),
    "serving, mapped files": lambda one: _megabytes(one["serve_mapped"]),
    "adding 100 articles": lambda one: (
        f"{one['add_seconds']:.2f} s" if "add_seconds" in one else ""
    ),
}


def table(results: Mapping[str, Measurements]) -> str:
    """Return one corpus as a table: a row for each measure, a column for each engine."""
    lines = ["| | " + " | ".join(results) + " |", "|---|" + "---:|" * len(results)]
    for name, shown in _ROWS.items():
        cells = [shown(one) for one in results.values()]
        if any(cells):
            lines.append(f"| {name} | {' | '.join(cells)} |")
    agreeing = (_agreement(one, next(iter(results.values()))) for one in results.values())
    lines.append(f"| pages with the first engine's total | {' | '.join(agreeing)} |")
    return "\n".join(lines)


def load_table(load: Mapping[str, Mapping[str, float]]) -> str:
    """Return what concurrent clients got as a table."""
    lines = ["| | requests/s | median | p95 |", "|---|---:|---:|---:|"]
    for name, one in load.items():
        times = f"{one['p50'] * 1e3:.0f} ms | {one['p95'] * 1e3:.0f} ms"
        lines.append(f"| {name} | {one['per_second']:.0f} | {times} |")
    return "\n".join(lines)


def machine() -> str:
    """Describe the machine in a line."""
    models = re.findall(r"model name\s*:\s*(.*)", Path("/proc/cpuinfo").read_text())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    model = models[0] if models else platform.machine()
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GB of memory, {system}"


def replaced(document: str, name: str, content: str) -> str:
    """Return a document with what stands between the marks of `name` replaced."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    if begin not in document:
        return document
    before, _, rest = document.partition(begin)
    return f"{before}{begin}\n{content}\n{end}{rest.partition(end)[2]}"


def plot(results: Results) -> str:
    """Return the median time of a page over the size of the corpus, both by powers of ten."""
    lines: dict[str, list[tuple[float, float]]] = {}
    for size, engines in sorted(results.items(), key=lambda each: int(each[0])):
        for name, one in engines.items():
            place = (log10(int(size)), log10(median(one["pages"]) * 1e3))
            lines.setdefault(name, []).append(place)
    return _Plot(lines).svg()


class _Plot:
    """Lines over logarithmic axes; the first coordinate is articles, the second ms."""

    def __init__(self, lines: Mapping[str, Sequence[tuple[float, float]]]) -> None:
        self._lines = lines
        across, up = zip(*(place for each in lines.values() for place in each), strict=True)
        self._first, self._last = int(min(across)), ceil(max(across))
        self._low, self._high = int(min(up) // 1), ceil(max(up))

    def svg(self) -> str:
        """Return the plot."""
        marks = [mark for name, places in self._lines.items() for mark in self._line(name, places)]
        return "\n".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
                'font-family="sans-serif" font-size="13">',
                "<title>Median time of a page over the number of articles</title>",
                f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
                *self._grid(),
                *marks,
                "</svg>\n",
            ]
        )

    def _x(self, value: float) -> float:
        width = _WIDTH - _LEFT - _RIGHT
        place: float = _LEFT + width * (value - self._first) / (self._last - self._first)
        return place

    def _y(self, value: float) -> float:
        height = _HEIGHT - _TOP - _BOTTOM
        place: float = _HEIGHT - _BOTTOM - height * (value - self._low) / (self._high - self._low)
        return place

    def _grid(self) -> list[str]:
        marks = []
        for power in range(self._first, self._last + 1):
            x = self._x(power)
            marks.append(_stroke(x, _TOP, x, _HEIGHT - _BOTTOM))
            marks.append(_text(x, _HEIGHT - _BOTTOM + 20, f"{10**power:,}", "middle"))
        for power in range(self._low, self._high + 1):
            y = self._y(power)
            marks.append(_stroke(_LEFT, y, _WIDTH - _RIGHT, y))
            marks.append(_text(_LEFT - 8, y + 4, f"{10.0**power:g} ms", "end"))
        marks.append(_text((_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 8, "articles", "middle"))
        return marks

    def _line(self, name: str, places: Sequence[tuple[float, float]]) -> list[str]:
        colour = _COLOURS.get(name, "#000")
        points = [(self._x(x), self._y(y)) for x, y in places]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        dots = [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
        x, y = points[-1]
        line = f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
        return [line, *dots, _text(x + 8, y + 4, name, "start", colour)]


def _stroke(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="#ddd"/>'


def _text(x: float, y: float, text: str, anchor: str, colour: str = "#333") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{text}</text>'


def _agreement(one: Measurements, first: Measurements) -> str:
    pairs = list(zip(one["totals"], first["totals"], strict=True))
    return f"{sum(total == other for total, other in pairs)} of {len(pairs)}"


def _middle(result: Measurements, kind: Kind) -> str:
    return f"{median(of_kind(result, kind)) * 1e3:.2f} ms"


def _megabytes(size: float) -> str:
    return f"{size / 1e6:,.0f} MB"
