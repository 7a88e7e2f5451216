"""The port: what every engine does, and how it fails."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from corpus.article import Article
from index.query import Query
from index.results import Hit, Results, Status, Suggestion


class EngineError(Exception):
    """An engine cannot do what it was asked; the text says why and what to do."""


class EngineUnavailable(EngineError):
    """There is no index at the address, or it cannot be reached."""


class StaleIndex(EngineError):
    """The index was made by another schema or analysis; the text names the remedy."""


class QueryTooCostly(EngineError):
    """The query would take too long; the text says how to narrow it."""


class Engine(Protocol):
    """An index that answers queries. Every method may raise `EngineError`, nothing else."""

    def search(self, query: Query) -> Results:
        """Return one page of matching articles, with counts of all matches."""
        ...

    def get(self, article_id: str) -> Article | None:
        """Return the article with this id, or None."""
        ...

    def scan(self, query: Query) -> Iterator[Article]:
        """Yield every matching article, in the query's order; offset and limit are ignored."""
        ...

    def suggest(self, prefix: str, limit: int = 10) -> list[Suggestion]:
        """Return words, countries, actors and titles that complete a prefix."""
        ...

    def similar(self, article_id: str, limit: int = 5) -> list[Hit]:
        """Return the articles most like one, best first; empty for an unknown id."""
        ...

    def add(self, articles: Iterable[Article]) -> int:
        """Insert articles, or replace those of the same id, in one commit; return how many."""
        ...

    def remove(self, article_ids: Iterable[str]) -> int:
        """Remove articles by id in one commit; return how many were there."""
        ...

    def rebuild(self, articles: Iterable[Article]) -> int:
        """Replace the whole content; return how many articles it now holds.

        Until it returns, searches see the old content; on any error nothing changes.
        """
        ...

    def status(self) -> Status:
        """Tell what the index holds."""
        ...

    def close(self) -> None:
        """Let go of files and connections; the engine answers nothing after."""
        ...
