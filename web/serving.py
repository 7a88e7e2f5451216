"""Serving the site, from one process or from several that share the port and the index.

Python works on one page at a time in a process; the pages of the index are mapped, so
that further processes hold them in memory only once.
"""

import logging
import os
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from multiprocessing.process import BaseProcess
from threading import Event, Thread
from time import monotonic
from types import FrameType

from waitress.server import create_server

from corpus.parallel import end_with
from index.engine import EngineError
from web.app import create_app
from web.lazy import EXTENSION, LazyEngine

# A process that ends so soon after its start, so many times in a row, would end again.
_SOON = 5.0  # seconds
_MOST_SOON = 3
# Between two looks for a new generation of the index, each a millisecond's work.
_LOOKS = 5.0  # seconds
# What a process may take to end; waitress gives the pages that it is making five.
_PATIENCE = 7.0  # seconds


class ServersLost(Exception):
    """The processes that serve end as soon as they are started; the text says what to do."""


def serve_alone(listener: socket.socket, url: str) -> None:
    """Serve until a signal asks to end.

    listener: a socket that listens. url: the address of the index.
    """
    # As the first process of a container, Python would ignore SIGTERM.
    signal.signal(signal.SIGTERM, _end)
    # It tells of every request that waits its turn, be it for a millisecond.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    app = create_app(url)
    engine: LazyEngine = app.extensions[EXTENSION]
    server = create_server(app, sockets=[listener], ident=None)
    ended = Event()
    ready = Thread(target=_prepare, args=(engine, ended))
    ready.start()
    try:
        server.run()
    finally:
        server.close()
        ended.set()
        ready.join()
        engine.close()


def _prepare(engine: LazyEngine, ended: Event) -> None:
    """Open each new generation and sort the names that completions are taken from.

    Half a million take two seconds, for which no reader should wait who types. An index that
    is not there yet is none's fault here.
    """
    while True:
        with suppress(EngineError):
            engine.get().suggest("a", limit=1)
        if ended.wait(_LOOKS):
            return


def serve_by(processes: int, listener: socket.socket, url: str) -> None:
    """Serve by several processes until a signal asks to end; one that is lost is replaced.

    Raises ServersLost where they cannot be kept running.
    """
    signal.signal(signal.SIGTERM, _end)
    servers = [_Server(listener, url) for _ in range(processes)]
    try:
        while True:
            ended = wait([one.process.sentinel for one in servers])
            servers = [one.replaced() if one.process.sentinel in ended else one for one in servers]
    except KeyboardInterrupt:
        pass
    finally:
        stop([one.process for one in servers])


def stop(processes: Sequence[BaseProcess]) -> None:
    """End processes: asked to first, then killed, since Python may lose what a signal raises."""
    for one in processes:
        one.terminate()
    until = monotonic() + _PATIENCE
    for one in processes:
        one.join(max(0.0, until - monotonic()))
        one.kill()
        one.join()


class _Server:
    """One process that serves. ends: how many before it ended soon, in a row."""

    def __init__(self, listener: socket.socket, url: str, ends: int = 0) -> None:
        self._given = listener, url
        self._ends = ends
        self._started = monotonic()
        # Spawned, not forked: the site's threads and maps are the process's own.
        self.process: SpawnProcess = get_context("spawn").Process(
            target=_serve, args=(listener, url, os.getpid())
        )
        self.process.start()

    def replaced(self) -> "_Server":
        """Return a new one in place of one that ended."""
        ends = self._ends + 1 if monotonic() - self._started < _SOON else 0
        if ends == _MOST_SOON:
            raise ServersLost(
                "Les processus du site s'arrêtent dès leur départ, peut-être faute de mémoire : "
                "libérez-en, ou essayez --processus 1."
            )
        return _Server(*self._given, ends)


def _serve(listener: socket.socket, url: str, parent: int) -> None:
    # Ctrl-C reaches every process of a terminal; the parent's word ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with(parent)
    serve_alone(listener, url)


def _end(_: int, __: FrameType | None) -> None:
    sys.exit(0)
