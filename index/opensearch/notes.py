"""What is kept on the cluster beside the articles of an index, in one index of notes."""

import base64
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any
from uuid import uuid4

from zstandard import ZstdCompressor, ZstdDecompressor, ZstdError

from index.opensearch.cluster import Cluster, Missing
from index.opensearch.mapping import notes_index

# Data is cut, since no request may have more than 100 MB.
_PART_BYTES = 8_000_000
_SECONDS = 120.0
_MOST_PARTS = 10_000


class Notes:
    """The notes of the indices behind one alias; a note is bytes, of a name made for it."""

    def __init__(self, cluster: Cluster, alias: str) -> None:
        self._cluster = cluster
        self._index = notes_index(alias)

    def keep(self, index: str, data: bytes, name: str = "") -> str:
        """Keep bytes beside an index; return the name, a new one where none is given.

        Nothing is kept of no bytes; their name is empty.
        """
        if not data:
            return ""
        name, packed = name or uuid4().hex, ZstdCompressor().compress(data)
        for number, start in enumerate(range(0, len(packed), _PART_BYTES)):
            part = base64.b64encode(packed[start : start + _PART_BYTES]).decode()
            self._cluster.ask("PUT", self._path(index, name, number), {"data": part}, _SECONDS)
        return name

    def read(self, index: str, name: str) -> bytes:
        """Return the bytes of a name; none for one of which not all is there."""
        packed = b"".join(self._parts(index, name)) if name else b""
        try:
            return ZstdDecompressor().decompress(packed) if packed else b""
        except ZstdError:
            return b""

    def forget(self, index: str, but: Iterable[str] = ()) -> None:
        """Remove the notes of an index, but for those of some names."""
        body = {"size": _MOST_PARTS, "query": {"match_all": {}}, "_source": False}
        self._cluster.ask("POST", f"/{self._index}/_refresh")
        hits: list[dict[str, Any]] = self._cluster.search(self._index, body)["hits"]["hits"]
        kept = tuple(f"{index}-{name}-" for name in but if name)
        for one in (hit["_id"] for hit in hits):
            if one.startswith(f"{index}-") and not one.startswith(kept):
                self._cluster.ask("DELETE", f"/{self._index}/_doc/{one}", ignore=404)

    def _parts(self, index: str, name: str) -> Iterator[bytes]:
        for number in count():
            try:
                found = self._cluster.ask("GET", self._path(index, name, number))
            except Missing:
                return
            yield base64.b64decode(found["_source"]["data"])

    def _path(self, index: str, name: str, number: int) -> str:
        return f"/{self._index}/_doc/{index}-{name}-{number}"
