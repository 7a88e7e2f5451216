"""The file of the entity ledger: where it is, and what it says now."""

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from corpus.entities.entity_ledger import EntityLedger
from index.engine import EngineError
from index.renaming import Renaming

ENVIRONMENT = "KIOSQUE_ENTITES"
SUFFIX = ".entites.txt"
NO_LINKS: Mapping[str, str] = MappingProxyType({})


class LedgerFile:
    """The ledger of an index, read again when it has changed.

    path: None where there can be none. required: whether it was asked for by name, so that
    its absence is an error. linked: whether names that mean others by the corpus itself are
    shown as those.
    """

    def __init__(self, path: Path | None, required: bool = True, linked: bool = True) -> None:
        self.path = path
        self._required = required
        self._linked = linked

    @classmethod
    def as_read(cls) -> "LedgerFile":
        """Return what leaves every name as articles were indexed with it."""
        return cls(None, required=False, linked=False)

    @classmethod
    def beside(cls, folder: Path | None) -> "LedgerFile":
        """Return the file named by KIOSQUE_ENTITES, else the one beside the folder of an index."""
        if named := os.environ.get(ENVIRONMENT):
            return cls(Path(named))
        if folder is None:
            return cls(None, required=False)
        folder = folder.absolute()
        return cls(folder.with_name(folder.name + SUFFIX), required=False)

    def readable(self) -> "LedgerFile":
        """Return this; raises EngineError at once for a file that cannot be read."""
        self._text()
        return self

    def token(self) -> tuple[int, int, int] | None:
        """Return what changes whenever the file does; None where there is none."""
        if self.path is None:
            return None
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    def read(self, links: Mapping[str, str] = NO_LINKS) -> Renaming:
        """Return what the file says now, and the corpus before it.

        links: the values of the corpus that mean others (`corpus.entities.linking.links`).
        Raises EngineError for a file that cannot be read.
        """
        return Renaming(EntityLedger.parse(self._text()), links if self._linked else NO_LINKS)

    def _text(self) -> str:
        if self.path is None or not (self._required or self.path.exists()):
            return ""
        try:
            return self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            raise EngineError(
                f"Le registre des entités {self.path} n'existe pas : créez-le, un fichier vide "
                f"suffit, ou corrigez son nom ({ENVIRONMENT}, --entites)."
            ) from None
        except OSError as error:
            raise EngineError(
                f"Le registre des entités {self.path} ne peut pas être lu "
                f"({error.strerror or error}) : rendez-le lisible, ou corrigez {ENVIRONMENT}."
            ) from error
        except UnicodeDecodeError as error:
            raise EngineError(
                f"Le registre des entités {self.path} n'est pas en UTF-8 : enregistrez-le dans "
                "cet encodage."
            ) from error
