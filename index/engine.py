"""The port: what every engine does, and how it fails."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from corpus.article import Article
from index.query import Node, Query
from index.renaming import Renaming
from index.results import Explanation, Form, Hit, Results, Status, Suggestion


class EngineError(Exception):
    """An engine cannot do what it was asked; the text says why and what to do."""


class EngineUnavailable(EngineError):
    """There is no index at the address, or it cannot be reached."""


class StaleIndex(EngineError):
    """The index was made by another schema or analysis; the text names the remedy."""


class QueryTooCostly(EngineError):
    """The query would take too long; the text says how to narrow it."""


@dataclass(frozen=True, slots=True)
class Closing:
    """What a change does beside bringing articles, in the same commit.

    removed: the ids of articles that go, those that the change brought among them.
    journal: what to keep beside the articles for who changes them next; None leaves
        what there is.
    """

    removed: frozenset[str] = frozenset()
    journal: bytes | None = None


class Engine(Protocol):
    """An index that answers queries. Every method may raise `EngineError`, nothing else.

    After each change, articles that tell the same story (`corpus.families`) are a family,
    of which the earliest leads, then the fullest; the others are its copies.
    """

    def search(self, query: Query) -> Results:
        """Return one page of matching articles, with counts of all matches."""
        ...

    def get(self, article_id: str) -> Article | None:
        """Return the article with this id, or None."""
        ...

    def scan(self, query: Query) -> Iterator[Article]:
        """Yield every matching article, in the query's order; offset and limit are ignored."""
        ...

    def explain(self, tree: Node, article_id: str | None = None) -> Explanation:
        """Tell what each leaf of a tree reaches and finds, and what it brings to one article."""
        ...

    def suggest(self, prefix: str, limit: int = 10) -> list[Suggestion]:
        """Return words, countries, actors and titles that complete a prefix."""
        ...

    def neighbours(self, word: str) -> list[Form]:
        """Return words of the index spelt nearly like one, the nearest first, then the commonest.

        A word that the index holds, whatever its accents, is its own nearest.
        """
        ...

    def similar(self, article_id: str, limit: int = 5) -> list[Hit]:
        """Return the articles most like one, best first; empty for an unknown id."""
        ...

    def family(self, article_id: str) -> list[Article]:
        """Return the articles of one's family, the lead first; empty where it is alone."""
        ...

    def add(self, articles: Iterable[Article], closing: Callable[[], Closing] = Closing) -> int:
        """Insert articles, or replace those of the same id, in one commit; return how many.

        closing: asked when the last article was read.
        """
        ...

    def remove(self, article_ids: Iterable[str]) -> int:
        """Remove articles by id in one commit; return how many were there."""
        ...

    def rebuild(self, articles: Iterable[Article], closing: Callable[[], Closing] = Closing) -> int:
        """Replace the whole content, its journal too; return how many articles it now holds.

        Until it returns, searches see the old content; on any error nothing changes.
        """
        ...

    def journal(self) -> bytes:
        """Return what the last change kept beside the articles; empty where there is no index.

        Raises StaleIndex for an index that has to be made anew.
        """
        ...

    def renaming(self) -> Renaming:
        """Return how the owner wants countries and actors called; answers go by it."""
        ...

    def status(self) -> Status:
        """Tell what the index holds."""
        ...

    def close(self) -> None:
        """Let go of files and connections; the engine answers nothing after."""
        ...
