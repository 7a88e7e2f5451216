"""One writer at a time: a document on the cluster that says who writes, and until when."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from threading import Event, Lock, Thread
from typing import Any
from uuid import uuid4

from index.engine import EngineError
from index.opensearch.cluster import Cluster, Conflict, Missing
from index.opensearch.mapping import notes_body, notes_index

Body = dict[str, Any]

# A writer that died is forgotten after so long; one that lives says so three times in it.
# The clocks of the machines that write may differ by less than that.
LEASE_SECONDS = 60.0
_DOCUMENT = "writer"


class Lease:
    """The right to write an index, held and renewed until it is given back."""

    def __init__(self, cluster: Cluster, alias: str) -> None:
        self._cluster = cluster
        self._path = f"/{notes_index(alias)}/_doc/{_DOCUMENT}"
        self._key = uuid4().hex
        self._since = _now()
        self._version: Body = {}
        self._writing = Lock()
        self._ended = Event()
        self._lost: EngineError | None = None

    def take(self) -> None:
        """Become the writer. Raises EngineError that names the writer there is."""
        try:
            self._write(op_type="create")
        except Conflict:
            held = self._cluster.ask("GET", self._path)
            writer = held["_source"]
            if datetime.fromisoformat(writer["until"]) > _now():
                raise EngineError(
                    f"{writer['who']} écrit dans cet index depuis {_hour(writer['since'])} : "
                    "attendez qu'il ait fini. S'il a été interrompu, sa place est libre à "
                    f"{_hour(writer['until'])}."
                ) from None
            self._version = _version(held)
            self._renew()
        Thread(target=self._keep, name="kiosque-lease", daemon=True).start()

    def confirm(self) -> None:
        """Raise EngineError if another has become the writer since."""
        if self._lost:
            raise self._lost
        try:
            self._renew()
        except Conflict:
            raise EngineError(
                "Un autre processus a pris la place de celui-ci, resté trop longtemps sans "
                "répondre : l'index n'a pas changé. Relancez."
            ) from None

    def give_back(self) -> None:
        """Let others write."""
        self._ended.set()
        with suppress(EngineError):
            self._cluster.ask("DELETE", self._path, **self._version)

    def _keep(self) -> None:
        while not self._ended.wait(LEASE_SECONDS / 3):
            try:
                self._renew()
            except Conflict as error:
                if not self._ended.is_set():
                    self._lost = error
                return
            except EngineError:
                continue  # the cluster may be back before the lease ends

    def _renew(self) -> None:
        with self._writing:
            self._write(**self._version)

    def _write(self, **condition: Any) -> None:  # noqa: ANN401 - JSON
        until = _now() + timedelta(seconds=LEASE_SECONDS)
        who = f"Le processus {os.getpid()} de {socket.gethostname()}"
        body = {
            "who": who,
            "since": self._since.isoformat(),
            "until": until.isoformat(),
            "key": self._key,
        }
        try:
            self._version = _version(self._cluster.ask("PUT", self._path, body, **condition))
        except Conflict as conflict:
            # A request that was sent again after a timeout may have been done the first time.
            try:
                held = self._cluster.ask("GET", self._path)
            except Missing:
                raise conflict from None
            if held["_source"]["key"] != self._key:
                raise
            self._version = _version(held)


@contextmanager
def writing(cluster: Cluster, alias: str) -> Iterator[Lease]:
    """Be the one writer of an index in the block. Raises EngineError where another is."""
    _create_notes(cluster, alias)
    lease = Lease(cluster, alias)
    lease.take()
    try:
        yield lease
    finally:
        lease.give_back()


def _create_notes(cluster: Cluster, alias: str) -> None:
    try:
        cluster.ask("GET", f"/{notes_index(alias)}/_settings")
    except Missing:
        cluster.create(notes_index(alias), notes_body(cluster.address))


def _version(answer: Body) -> Body:
    return {"if_seq_no": answer["_seq_no"], "if_primary_term": answer["_primary_term"]}


def _now() -> datetime:
    return datetime.now(UTC)


def _hour(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone().strftime("%H:%M:%S")
