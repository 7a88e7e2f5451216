"""The embedded engine: an index in a folder, of columnar Whoosh segments."""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock

import numpy as np

from corpus.article import Article
from index.columnar.container import DamagedSegment
from index.columnar.segment import SegmentReader
from index.embedded import updating
from index.embedded.answering import article, family, results, stream
from index.embedded.explaining import explanation
from index.embedded.generations import Generations
from index.embedded.linking import read_links
from index.embedded.manifest import Manifest
from index.embedded.open_segments import read_removed
from index.embedded.segment_topics import read_vectors
from index.engine import Closing, EngineError, EngineUnavailable
from index.evaluation.renamed import RenamedView
from index.evaluation.view import NOTHING_KNOWN, About, View
from index.families import read_families
from index.fields import Facet
from index.ledger_file import LedgerFile
from index.likeness import likeness_query
from index.neighbours import neighbours
from index.query import Node, Query
from index.renaming import Renaming
from index.results import Explanation, Form, Hit, Results, Status, Suggestion
from index.suggesting import Completions
from index.topics import Topics

# glibc keeps what is freed for the next array if one as large was freed before; otherwise the
# system makes it anew, page by page: a fifth of the time of a phrase of two words in most articles.
_KEPT_BYTES = 24 << 20

# A writer may clear away a generation while it is being opened: the next one is there.
_OPENING_TRIES = 5


# What changes with the generation, and what with the ledger.
_Token = tuple[tuple[int, int] | None, tuple[int, int, int] | None]


@dataclass(frozen=True, slots=True, eq=False)
class _Reading:
    """A generation open for reading, under a ledger."""

    token: _Token
    manifest: Manifest
    view: View
    completions: Completions


class WhooshEngine:
    """Searches and changes the index of one folder; safe to share between threads.

    Each call answers from the generation that is current when it begins. Several
    processes may read while one writes.
    """

    def __init__(self, folder: Path, url: str, ledger: LedgerFile | None = None) -> None:
        np.empty(_KEPT_BYTES, np.uint8)
        self._generations = Generations(folder)
        self._url = url
        self._ledger = ledger or LedgerFile.beside(folder)
        self._reading: _Reading | None = None
        self._opening = Lock()
        self._temporary = False

    @classmethod
    def temporary(cls, ledger: LedgerFile | None = None) -> "WhooshEngine":
        """Return an engine on an empty index that is removed when it is closed."""
        engine = cls(Path(tempfile.mkdtemp(prefix="kiosque-")), "memory:", ledger)
        engine._temporary = True
        engine.rebuild(())
        return engine

    def search(self, query: Query) -> Results:
        """Return one page of matching articles, with counts of all matches."""
        return results(self._read().view, query)

    def get(self, article_id: str) -> Article | None:
        """Return the article with this id, or None."""
        view = self._read().view
        doc = view.article_with_id(article_id)
        return article(view, doc) if doc >= 0 else None

    def scan(self, query: Query) -> Iterator[Article]:
        """Yield every matching article, in the query's order; offset and limit are ignored."""
        return stream(self._read().view, query)

    def explain(self, tree: Node, article_id: str | None = None) -> Explanation:
        """Tell what each leaf of a tree reaches and finds, and what it brings to one article."""
        return explanation(self._read().view, tree, article_id)

    def suggest(self, prefix: str, limit: int = 10) -> list[Suggestion]:
        """Return words, countries, actors and titles that complete a prefix."""
        return self._read().completions.of(prefix, limit)

    def neighbours(self, word: str) -> list[Form]:
        """Return words spelt nearly like one, the nearest first, then the commonest."""
        return neighbours(self._read().view, word)

    def similar(self, article_id: str, limit: int = 5) -> list[Hit]:
        """Return the articles most like one, best first; empty for an unknown id."""
        view = self._read().view
        doc = view.article_with_id(article_id)
        if doc < 0:
            return []
        found = results(view, likeness_query(view, article(view, doc), limit + 1))
        own = {article_id, *(one.id for one in family(view, doc))}
        return [hit for hit in found.hits if hit.article.id not in own][:limit]

    def family(self, article_id: str) -> list[Article]:
        """Return the articles of one's family, the lead first; empty where it is alone."""
        view = self._read().view
        doc = view.article_with_id(article_id)
        return family(view, doc) if doc >= 0 else []

    def add(self, articles: Iterable[Article], closing: Callable[[], Closing] = Closing) -> int:
        """Insert articles, or replace those of the same id, in one commit; return how many."""
        return updating.add(self._generations, articles, closing)

    def remove(self, article_ids: Iterable[str]) -> int:
        """Remove articles by id in one commit; return how many were there."""
        return updating.remove(self._generations, article_ids)

    def rebuild(self, articles: Iterable[Article], closing: Callable[[], Closing] = Closing) -> int:
        """Replace the whole content; until it returns, searches see the old content."""
        return updating.rebuild(self._generations, articles, closing)

    def journal(self) -> bytes:
        """Return what the last change kept beside the articles; empty where there is no index."""
        return self._generations.journal()

    def renaming(self) -> Renaming:
        """Return how the owner wants countries and actors called; answers go by it."""
        return self._read().view.renaming

    def status(self) -> Status:
        """Tell what the index holds."""
        reading = self._read()
        days = reading.view.columns.days[reading.view.everything()]
        dated = days[days > 0]
        return Status(
            url=self._url,
            articles=reading.view.count,
            copies=reading.view.families.copies,
            built=reading.manifest.built,
            version=reading.manifest.version,
            size_bytes=self._generations.size_bytes(),
            first=date.fromordinal(int(dated.min())) if len(dated) else None,
            last=date.fromordinal(int(dated.max())) if len(dated) else None,
            counts={facet: len(reading.view.columns.facet(facet).values) for facet in Facet},
        )

    def close(self) -> None:
        """Let go of the files; an index in memory is gone."""
        self._reading = None
        if self._temporary:
            shutil.rmtree(self._generations.folder, ignore_errors=True)

    def _read(self) -> _Reading:
        """Return the current generation, opened if another one was.

        Raises EngineUnavailable where there is none, StaleIndex for one of another format.
        """
        reading = self._reading
        if reading is not None and reading.token == self._token():
            return reading
        with self._opening:
            for _ in range(_OPENING_TRIES):
                token = self._token()
                if self._reading is not None and self._reading.token == token:
                    return self._reading
                try:
                    self._reading = self._open(token)
                except EngineError:
                    if token == self._token():
                        raise
                else:
                    return self._reading
        raise EngineUnavailable(
            f"L'index {self._url} change sans cesse : attendez la fin de l'indexation."
        )

    def _token(self) -> _Token:
        return self._generations.token(), self._ledger.token()

    def _open(self, token: _Token) -> _Reading:
        manifest = self._generations.current()
        if manifest is None or token[0] is None:
            raise EngineUnavailable(
                f"Il n'y a pas encore d'index à l'adresse {self._url} : "
                "lancez « kiosque reindex DOSSIER »."
            )
        folder = self._generations.folder
        try:
            segments = [SegmentReader(folder / files.segment) for files in manifest.segments]
            removed = [
                read_removed(folder, files.removed, segment.doc_count)
                for files, segment in zip(manifest.segments, segments, strict=True)
            ]
            leads = read_families(folder / manifest.families).leads
            renaming = self._ledger.read(read_links(folder, manifest.links))
            view = RenamedView(segments, removed, leads, renaming, _about(folder, manifest))
        except (DamagedSegment, OSError, KeyError, ValueError) as error:
            raise EngineError(
                f"L'index {self._url} est abîmé ({error}) : refaites-le par "
                "« kiosque reindex DOSSIER »."
            ) from None
        return _Reading(token, manifest, view, Completions(view))


def _about(folder: Path, manifest: Manifest) -> About:
    """Return what the articles of a generation are about."""
    if not manifest.topics:
        return NOTHING_KNOWN
    topics = Topics.from_bytes((folder / manifest.topics).read_bytes())
    return About(topics, [read_vectors(folder / files.topics) for files in manifest.segments])
