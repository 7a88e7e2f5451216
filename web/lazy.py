"""The engine of an application, opened when it is first needed."""

from threading import Lock

from flask import current_app

from index.engine import Engine
from index.opening import open_engine

EXTENSION = "kiosque"


class LazyEngine:
    """An engine that is opened by the first request that needs it.

    An index that is not there yet, or not reachable, is tried again by the next
    request: the site begins to work without being restarted.
    """

    def __init__(self, url: str, engine: Engine | None = None) -> None:
        self.url = url
        self._engine = engine
        self._lock = Lock()

    def get(self) -> Engine:
        """Return the engine; raise EngineError while it cannot be opened."""
        with self._lock:
            if self._engine is None:
                self._engine = open_engine(self.url)
            return self._engine

    def close(self) -> None:
        """Close the engine, if it was opened."""
        with self._lock:
            if self._engine is not None:
                self._engine.close()
                self._engine = None


def current_engine() -> Engine:
    """Return the engine of the application that answers the current request."""
    lazy: LazyEngine = current_app.extensions[EXTENSION]
    return lazy.get()
