"""Many documents written by several workers, no faster than the cluster takes them."""

import json
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from time import monotonic, sleep
from types import TracebackType
from typing import Any

from index.engine import EngineError
from index.opensearch import patience
from index.opensearch.cluster import Busy, Cluster

Body = dict[str, Any]
# What is done to a document, and the document, each a line of JSON.
Action = tuple[str, str]

WORKERS = 3
# Requests under way or waiting: articles are held back until one is done.
_UNDER_WAY = 2 * WORKERS
_BODY_CHARACTERS = 5_000_000
_BODY_ACTIONS = 2000
_REQUEST_SECONDS = 60.0
_PASSING = (429, 500, 502, 503, 504)


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class BulkWriter:
    """Writes documents to one index; all are there when the block ends, or it raises.

    What the cluster refuses for now (too busy, a node lost) is sent again, a document at a
    time, with pauses that grow; EngineError after `patience.PATIENCE` seconds without success, or
    for a document that it will never take. A name is of hexadecimal digits, and comes once.
    """

    def __init__(self, cluster: Cluster, index: str) -> None:
        self._cluster = cluster
        self._index = index
        self._actions: list[Action] = []
        self._characters = 0
        self._pool = ThreadPoolExecutor(WORKERS, "kiosque-bulk")
        self._sent: deque[Future[None]] = deque()

    def __enter__(self) -> "BulkWriter":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self.flush()
        finally:
            self._pool.shutdown(cancel_futures=True)

    def index(self, name: str, document: Body) -> None:
        """Insert a document, or replace the one of that name."""
        self._add(f'{{"index":{{"_id":"{name}"}}}}', _json(document))

    def delete(self, name: str) -> None:
        """Remove a document, if it is there."""
        self._add(f'{{"delete":{{"_id":"{name}"}}}}', "")

    def flush(self) -> None:
        """Return when everything was written."""
        self._send()
        while self._sent:
            self._sent.popleft().result()

    def _add(self, action: str, document: str) -> None:
        self._actions.append((action, document))
        self._characters += len(document)
        if self._characters > _BODY_CHARACTERS or len(self._actions) >= _BODY_ACTIONS:
            self._send()

    def _send(self) -> None:
        if self._actions:
            self._sent.append(self._pool.submit(self._write, self._actions))
            self._actions, self._characters = [], 0
        while self._sent and (len(self._sent) > _UNDER_WAY or self._sent[0].done()):
            self._sent.popleft().result()

    def _write(self, actions: Sequence[Action]) -> None:
        deadline, left = monotonic() + patience.PATIENCE, list(actions)
        for pause in patience.pauses():
            try:
                before, left = len(left), self._refused(left)
                if len(left) < before:
                    deadline = monotonic() + patience.PATIENCE
            except Busy:
                if monotonic() > deadline:
                    raise
            if not left:
                return
            if monotonic() > deadline:
                raise Busy(
                    f"Le cluster {self._cluster.address.nodes} n'accepte plus de documents depuis "
                    f"{patience.PATIENCE:.0f} s : voyez « kiosque status », puis relancez."
                )
            sleep(pause)

    def _refused(self, actions: Sequence[Action]) -> list[Action]:
        """Send actions; return those to send again."""
        body = "".join(f"{action}\n{document}\n" if document else f"{action}\n"
                       for action, document in actions)  # fmt: skip
        answer = self._cluster.ask(
            "POST", f"/{self._index}/_bulk", body, _REQUEST_SECONDS, timeout="30s",
            filter_path="errors,items.*.status,items.*.error",
        )  # fmt: skip
        if not answer["errors"]:
            return []
        again = []
        for action, item in zip(actions, answer["items"], strict=True):
            (result,) = item.values()
            if result["status"] in _PASSING:
                again.append(action)
            elif "error" in result:
                error = result["error"]
                cause = error.get("caused_by", {}).get("reason", "")
                raise EngineError(
                    f"Le cluster refuse un document : {error.get('reason', '')} {cause}".strip()
                )
        return again
