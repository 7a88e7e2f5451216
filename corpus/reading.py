"""From files to articles: every format, cleaned, each article once, nothing lost in silence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import IO

from corpus.article import Article
from corpus.cleaning import clean_line
from corpus.files import FoundFile, OpenFile, find_files, shown, system_reason
from corpus.identity import Identities, derived_id
from corpus.readers import archives
from corpus.readers.field_names import FieldNames
from corpus.readers.registry import reader_of
from corpus.records import Fate, Record, SetAside, Unreadable, to_article

__all__ = ["Fate", "Reading", "SetAside"]


class Reading:
    """The articles of files and folders, in a fixed order, and what was set aside.

    Iterating reads: each item is an `Article` without entities, or a `SetAside`, whose
    `fate` tells whether something is missing. Memory holds the largest record and the
    ids of the articles, whatever the size of the files.

    paths: files, and folders that are searched with all below them.
    mapping: {our field: what the records call it}, for JSON and tables; raises
        ValueError for a field we do not have.
    """

    def __init__(self, paths: Sequence[Path], mapping: Mapping[str, str] | None = None) -> None:
        self._paths = paths
        self._fields = FieldNames(mapping)
        self._identities = Identities()
        self._done = 0
        self._current: IO[bytes] | None = None

    @cached_property
    def total_bytes(self) -> int:
        """The size of all files on the disk, found by one more walk through the folders."""
        return sum(file.size for file in find_files(self._paths) if isinstance(file, FoundFile))

    @property
    def read_bytes(self) -> int:
        """How much of `total_bytes` has been read."""
        return self._done + (self._current.tell() if self._current is not None else 0)

    def __iter__(self) -> Iterator[Article | SetAside]:
        """Read from the beginning."""
        self._identities, self._done = Identities(), 0
        for found in find_files(self._paths):
            if isinstance(found, SetAside):
                yield found
            else:
                yield from self._read_found(found)
                self._done += found.size

    def _read_found(self, found: FoundFile) -> Iterator[Article | SetAside]:
        name = shown(found.path)
        try:
            with open(found.path, "rb") as stream:
                self._current = stream
                file = OpenFile(name, stream, self._fields, seekable=stream)
                yield from self._read(file, 0)
        except OSError as error:
            yield SetAside(name, system_reason(error))
        finally:
            self._current = None

    def _read(self, file: OpenFile, depth: int) -> Iterator[Article | SetAside]:
        """Read one file, or those in an archive; whatever goes wrong concerns it alone."""
        try:
            if archives.recognises(file):
                for member in archives.unpack(file, depth):
                    if isinstance(member, SetAside):
                        yield member
                    else:
                        yield from self._read(member, depth + 1)
            else:
                for result in reader_of(file).read(file):
                    yield from self._admit(result, file.name)
        except Unreadable as refusal:
            yield SetAside(file.name, refusal.reason, refusal.position, refusal.fate)
        except RecursionError:
            yield SetAside(file.name, "balises ou objets trop imbriqués pour un article")
        except archives.DAMAGED:
            yield SetAside(file.name, "fichier abîmé ou tronqué, la suite n'est pas lue")
        except Exception as error:  # a fault of ours in one file must not stop a million others
            yield SetAside(file.name, f"lecture impossible ({type(error).__name__})")

    def _admit(self, result: Record | SetAside, file: str) -> Iterator[Article | SetAside]:
        """Clean a record, and yield its article where it is new, with a notice of changes."""
        if isinstance(result, SetAside):
            yield result
            return
        article = to_article(result, file)
        if not article.title and not article.body:
            yield SetAside(file, "ni titre ni texte", result.position)
            return
        content = derived_id(article.title, article.body, article.source, article.published)
        article_id = self._identities.admit(article.id, content)
        if article_id is None:
            reason = f"doublon : l'article {article.id} a déjà été lu, au même contenu"
            yield SetAside(file, reason, result.position, Fate.SKIPPED)
            return
        if article_id != article.id:
            reason = f"l'identifiant {article.id} est pris par un autre article"
            yield _kept(file, f"{reason} ; gardé sous {article_id}", result.position)
        if article.published is None and result.date.strip():
            reason = f"date illisible ou impossible : « {clean_line(result.date)[:40]} »"
            yield _kept(file, f"{reason} ; article gardé sans date", result.position)
        yield replace(article, id=article_id)


def _kept(file: str, reason: str, position: str) -> SetAside:
    return SetAside(file, reason, position, Fate.KEPT)
