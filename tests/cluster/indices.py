"""Indices on the tests' cluster, each gone when the test is done."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from index.opensearch.address import parse_address
from index.opensearch.cluster import Cluster
from tests.cluster import nodes


@contextmanager
def fresh_url() -> Iterator[str]:
    """Give the address of an index that is not there yet, and remove what becomes of it."""
    url = nodes.url(f"test-{uuid4().hex[:12]}")
    yield url
    remove(url)


def remove(url: str) -> None:
    """Remove an index and whatever lies beside it."""
    address = parse_address(url)
    cluster = Cluster(address)
    names = sorted(cluster.ask("GET", f"/{address.name}-*/_settings", flat_settings="true"))
    if names:
        cluster.ask("DELETE", f"/{','.join(names)}", None, 60)
    cluster.close()
