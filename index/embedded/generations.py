"""An index folder: generations of immutable segments, and one pointer to the current.

    KIOSQUE            the mark of a folder that Kiosque wrote; read before anything else
    CURRENT            the name of the current generation's manifest
    generation-N.json  a manifest: the stamp, and the segments with their removed articles
    *.segment          a segment; removed-N-K.bits  the articles removed from one
    *.prints           the fingerprints of a segment's articles
    families-N.pairs   the articles that are in a family, and the lead of each
    links-N.json       the names of actors that mean others
    topics-N.npz       what words are about; *.topics  the same of a segment's articles
    journal-N.zst      what the writer keeps beside the articles
    LOCK               held by the one writer; the kernel lets go of it when the writer dies

A writer adds files, syncs them, and replaces CURRENT last: whatever happens before,
readers keep the generation they have, and the next writer clears what is left over.
"""

import errno
import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from corpus.analysis import ANALYSIS_VERSION
from corpus.version import VERSION
from index.columnar.writer import sync_folder
from index.embedded.manifest import CURRENT, SCHEMA_VERSION, Manifest, SegmentFiles
from index.engine import EngineError, EngineUnavailable, StaleIndex

MARK = "KIOSQUE"
LOCK = "LOCK"
_TRIES = 5  # a writer may clear a generation away while it is being read
_OURS = (".json", ".segment", ".partial", ".bits", ".prints", ".pairs", ".zst", ".npz", ".topics")


class Generations:
    """The generations in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._current = os.fspath(folder / CURRENT)

    def token(self) -> tuple[int, int] | None:
        """Return what changes whenever another generation becomes current; None without any."""
        try:
            found = os.stat(self._current)
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns

    def current(self) -> Manifest | None:
        """Return the current generation, None for a folder that holds none yet.

        Raises EngineError for a folder that Kiosque did not write, StaleIndex for a
        generation made by another schema or analysis.
        """
        self._check_mark()
        try:
            manifest = Manifest.read(self.folder)
        except FileNotFoundError:
            if (self.folder / CURRENT).exists():
                raise EngineError(self._damaged("un fichier manque")) from None
            return None
        except OSError as error:
            raise EngineUnavailable(
                f"L'index {self.folder} ne peut pas être lu ({error.strerror}) : "
                "vérifiez les droits du dossier."
            ) from None
        except (ValueError, TypeError, KeyError):
            raise EngineError(self._damaged("son manifeste est illisible")) from None
        if (manifest.schema, manifest.analysis) != (SCHEMA_VERSION, ANALYSIS_VERSION):
            raise StaleIndex(
                f"L'index {self.folder} a été fait par Kiosque {manifest.version}, dont le format "
                f"n'est plus celui de la version {VERSION} : refaites-le par "
                "« kiosque reindex DOSSIER »."
            )
        return manifest

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the writer's lock, in a folder that exists and is ours.

        Raises EngineError naming who holds the lock and since when.
        """
        with _readable_errors(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            self._check_mark(new=True)
            handle = os.open(self.folder / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            self._lock(handle)
            with _readable_errors(self.folder):
                self._clear(self._current_or_none())
                try:
                    yield
                finally:
                    self._clear(self._current_or_none())
        finally:
            os.close(handle)

    def publish(
        self,
        segments: tuple[SegmentFiles, ...],
        number: int,
        families: str,
        journal: str,
        links: str,
        topics: str,
    ) -> Manifest:
        """Make a generation of synced files the current one."""
        built = datetime.now(UTC).astimezone().isoformat(timespec="seconds")
        stamp = (VERSION, SCHEMA_VERSION, ANALYSIS_VERSION)
        manifest = Manifest(number, segments, built, *stamp, families, journal, links, topics)
        write_synced(self.folder / manifest.name, json.dumps(asdict(manifest), indent=1).encode())
        write_synced(self.folder / (CURRENT + ".new"), manifest.name.encode())
        sync_folder(self.folder)
        os.replace(self.folder / (CURRENT + ".new"), self.folder / CURRENT)
        sync_folder(self.folder)
        return manifest

    def journal(self) -> bytes:
        """Return what was kept beside the articles; empty where there is no index.

        Raises what `current` does, and EngineError where the file is gone.
        """
        for _ in range(_TRIES):
            token, manifest = self.token(), self.current()
            if manifest is None or not manifest.journal:
                return b""
            try:
                return (self.folder / manifest.journal).read_bytes()
            except OSError:
                if token == self.token():
                    break
        raise EngineError(self._damaged("son journal manque"))

    def next_number(self) -> int:
        """Return the number of the generation to come."""
        current = self._current_or_none()
        return current.number + 1 if current else 1

    def size_bytes(self) -> int:
        """Return how much room the folder takes."""
        return sum(path.stat().st_size for path in self.folder.iterdir() if path.is_file())

    def _current_or_none(self) -> Manifest | None:
        """Return the current generation, also a stale one, whose number must not come again."""
        try:
            return Manifest.read(self.folder)
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def _check_mark(self, new: bool = False) -> None:
        """Refuse a folder with files that are not ours; mark an empty one if it is to be."""
        if (self.folder / MARK).is_file() or not self.folder.exists():
            return
        if any(self.folder.iterdir()):
            raise EngineError(
                f"{self.folder} n'est pas un index de Kiosque : choisissez par --index un autre "
                "dossier, vide ou à créer."
            )
        if new:
            write_synced(self.folder / MARK, b"Index de Kiosque. Ne rien y changer a la main.\n")

    def _lock(self, handle: int) -> None:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.EACCES):
                raise
            holder = os.pread(handle, 200, 0).decode("utf-8", "replace").strip()
            raise EngineError(
                f"L'index {self.folder} est en cours d'écriture ({holder or 'autre processus'}) : "
                "attendez la fin, ou arrêtez ce processus."
            ) from None
        since = datetime.now().astimezone().isoformat(timespec="seconds")
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"processus {os.getpid()}, depuis {since}".encode(), 0)

    def _clear(self, kept: Manifest | None) -> None:
        """Remove the files that no generation needs: of dead writers and of the one before."""
        needed = kept.files() if kept else frozenset[str]()
        for path in self.folder.iterdir():
            if path.name.endswith(_OURS) and path.name not in needed:
                path.unlink(missing_ok=True)

    def _damaged(self, what: str) -> str:
        return (
            f"L'index {self.folder} est abîmé ({what}) : refaites-le par "
            "« kiosque reindex DOSSIER »."
        )


@contextmanager
def _readable_errors(folder: Path) -> Iterator[None]:
    """Turn what the file system refuses into a sentence with a remedy."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            remedy = "libérez de la place ; l'ancien index est intact"
        else:
            remedy = "vérifiez le dossier et ses droits ; l'ancien index est intact"
        reason = error.strerror or str(error)
        raise EngineError(
            f"L'index {folder} ne peut pas être écrit ({reason}) : {remedy}."
        ) from None


def write_synced(path: Path, data: bytes) -> None:
    """Write a file and wait until the disk holds it."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
