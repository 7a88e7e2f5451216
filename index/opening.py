"""From the address of an index to the engine that answers for it."""

import os
from pathlib import Path

from index.embedded.engine import WhooshEngine
from index.engine import Engine, EngineError
from index.ledger_file import LedgerFile
from index.opensearch.address import SCHEME, parse_address, without_password

ENVIRONMENT = "KIOSQUE_INDEX"
MEMORY = "memory:"


def default_url() -> str:
    """Return the address in KIOSQUE_INDEX, else the folder of the user's data."""
    if url := os.environ.get(ENVIRONMENT):
        return url
    data = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return f"whoosh://{Path(data, 'kiosque').absolute()}"


def open_engine(url: str, ledger: LedgerFile | None = None) -> Engine:
    """Open the index at an address; nothing is created before something is written.

    url: "whoosh:///folder", "opensearch://host:9200/name" (see `index.opensearch.address`), or
        "memory:" for an index that is gone when it is closed.
    ledger: how countries and actors are called; by default as `LedgerFile.beside` says.
    Raises EngineError for an address of another form, and for a ledger that cannot be read.
    """
    scheme, _, folder = url.partition("://")
    beside = Path(folder) if scheme == "whoosh" and folder else None
    ledger = (ledger or LedgerFile.beside(beside)).readable()
    if url == MEMORY:
        return WhooshEngine.temporary(ledger)
    if scheme == SCHEME:
        return _distributed(url, ledger)
    if scheme != "whoosh" or not folder:
        raise EngineError(
            f"« {without_password(url)} » n'est pas l'adresse d'un index : écrivez "
            "whoosh:///chemin/du/dossier, ou opensearch://hôte:9200/nom."
        )
    return WhooshEngine(Path(folder), url, ledger)


def _distributed(url: str, ledger: LedgerFile) -> Engine:
    address = parse_address(url)
    try:
        from index.opensearch.engine import OpenSearchEngine
    except ModuleNotFoundError:
        raise EngineError(
            "Un index sur un cluster demande un paquet de plus : installez-le par "
            "« pip install 'kiosque[opensearch]' »."
        ) from None
    return OpenSearchEngine(address, ledger)
