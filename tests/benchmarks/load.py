"""Concurrent clients against `kiosque serve`, over real connections.

The clients are a process of their own, one thread and one kept-alive connection each; they
share the machine with the server, as the numbers of cores say.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import urlencode, urlsplit

from index.query import Filters
from search.request import SearchRequest
from tests.benchmarks import workload
from tests.benchmarks.workload import Kind, Request

CLIENTS = 8
SECONDS = 10.0
PATHS = {"HTML page": "/recherche", "JSON API": "/api/search"}


def measured(folder: Path, requests: Path) -> dict[str, Any]:
    """Serve an index and press on it; return requests a second and response times."""
    with _served(folder) as address:
        command = [sys.executable, "-m", "tests.benchmarks.load", address, str(requests)]
        finished = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    result: dict[str, Any] = json.loads(finished.stdout)
    return result


def text_of(request: Request) -> str:
    """Return what a reader types for a request."""
    joined = " ".join(request.words)
    return f'"{joined}"' if request.kind is Kind.PHRASE else joined


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    code = "from web.cli import main; main()"
    command = [sys.executable, "-c", code, "serve", "--port", "0", "--index", f"whoosh://{folder}"]
    # Waitress complains of every request that waits, which is what this is about.
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert server.stdout is not None
        lines = iter(server.stdout.readline, "")
        yield next(found[0] for line in lines if (found := re.search(r"http://\S+", line)))
    finally:
        server.terminate()
        server.wait()


def _targets(path: str, requests: Sequence[Request]) -> list[str]:
    asked = (
        SearchRequest(text_of(each), Filters(frozenset([each.value] if each.value else [])))
        for each in requests
    )
    return [f"{path}?{urlencode(each.to_params())}" for each in asked]


def _client(address: str, targets: Sequence[str], first: int, until: float) -> list[float]:
    """Ask for one page after the other; return how long each took."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=60)
    times: list[float] = []
    for target in islice(cycle(targets), first, None):
        started = perf_counter()
        if started > until:
            return times
        connection.request("GET", target)
        response = connection.getresponse()
        response.read()
        if response.status != 200:
            raise RuntimeError(f"{target}: {response.status}")
        times.append(perf_counter() - started)
    return times


def _pressed(address: str, targets: Sequence[str], seconds: float) -> list[float]:
    until = perf_counter() + seconds
    with ThreadPoolExecutor(CLIENTS) as pool:
        starts = [len(targets) * number // CLIENTS for number in range(CLIENTS)]
        waiting = [pool.submit(_client, address, targets, first, until) for first in starts]
        return sorted(time for each in waiting for time in each.result())


def main(address: str, requests: str) -> None:
    """Press on a server and print what was measured."""
    result = {}
    for name, path in PATHS.items():
        targets = _targets(path, workload.load(Path(requests)))
        _pressed(address, targets, SECONDS / 5)
        times = _pressed(address, targets, SECONDS)
        result[name] = {
            "per_second": len(times) / SECONDS,
            "p50": times[len(times) // 2],
            "p95": times[int(len(times) * 0.95)],
        }
    print(json.dumps(result))


if __name__ == "__main__":
    main(*sys.argv[1:])
