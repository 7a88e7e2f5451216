"""SQLite FTS5: facets and the histogram by joins.

Built without journal and without waiting for the disk, and optimised into one segment.
A page reads the full-text index once: matches and their scores go into a table in
memory, from which everything else is joined.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from corpus.article import Article
from index.fields import Facet
from index.stored_articles import facet_values
from tests.benchmarks.workload import FACETS, Answer, Kind, Request, month_number

NAME = "SQLite FTS5"
_SCHEMA = """
CREATE TABLE article (number INTEGER PRIMARY KEY, id TEXT, title TEXT, body TEXT);
CREATE TABLE dated (article INTEGER PRIMARY KEY, month INTEGER NOT NULL);
CREATE VIRTUAL TABLE words USING fts5 (title, body, content='article', content_rowid='number',
    tokenize='unicode61 remove_diacritics 2');
""" + "".join(
    f"""
CREATE TABLE {facet} (number INTEGER PRIMARY KEY, value TEXT UNIQUE);
CREATE TABLE {facet}_of (article INTEGER, value INTEGER, PRIMARY KEY (article, value))
    WITHOUT ROWID;
CREATE INDEX {facet}_holders ON {facet}_of (value, article);
"""
    for facet in FACETS
)


def build(folder: Path, articles: Iterable[Article]) -> None:
    """Make an index of articles."""
    folder.mkdir(parents=True)
    with closing(_connected(folder)) as connection:
        connection.executescript(_SCHEMA)
        _write(connection, articles)
        connection.execute("INSERT INTO words (words) VALUES ('optimize')")
        connection.execute("ANALYZE")


def add(folder: Path, articles: Iterable[Article]) -> None:
    """Add articles to an index."""
    with closing(_connected(folder)) as connection:
        _write(connection, articles)


class Searcher:
    """Answers pages from an index."""

    def __init__(self, folder: Path) -> None:
        self._connection = _connected(folder)
        for table in ("matching", "passing"):
            self._execute(f"CREATE TEMP TABLE {table} (article INTEGER PRIMARY KEY, score REAL)")

    def page(self, request: Request) -> Answer:
        """Return one full page."""
        self._execute("DELETE FROM matching")
        self._execute("DELETE FROM passing")
        passing = self._select(request)
        (total,) = self._execute(f"SELECT count(*) FROM {passing}").fetchone()
        hits = self._execute(
            f"SELECT title, body FROM (SELECT * FROM {passing} ORDER BY score LIMIT 10) "
            "JOIN article ON number = article ORDER BY score"
        ).fetchall()
        months = self._execute(
            f"SELECT month, count(*) FROM {passing} JOIN dated USING (article) GROUP BY month"
        ).fetchall()
        return Answer(
            total, hits, {each: self._counts(each, request, passing) for each in FACETS}, months
        )

    def _select(self, request: Request) -> str:
        """Fill the tables of articles; return the one that holds those of the page."""
        if request.words:
            query = " ".join(request.words) if request.kind is not Kind.PHRASE else None
            self._execute(
                "INSERT INTO matching SELECT rowid, bm25(words, 2.0, 1.0) "
                "FROM words WHERE words MATCH ?",
                query or f'"{" ".join(request.words)}"',
            )
        if not request.value:
            return "matching"
        facet, value = request.value
        scored = "JOIN matching USING (article)" if request.words else ""
        self._execute(
            f"INSERT INTO passing SELECT article, {'score' if scored else 0} "
            f"FROM {facet}_of {scored} WHERE value = (SELECT number FROM {facet} WHERE value = ?)",
            value,
        )
        return "passing"

    def _counts(self, facet: Facet, request: Request, passing: str) -> list[tuple[str, int]]:
        if request.value and request.value[0] is facet:
            passing = "matching"
        everything = passing == "matching" and not request.words
        join = "" if everything else f"JOIN {passing} USING (article)"
        return self._execute(
            f"SELECT {facet}.value, held FROM (SELECT value AS which, count(*) AS held "
            f"FROM {facet}_of {join} GROUP BY value ORDER BY held DESC LIMIT 20) "
            f"JOIN {facet} ON number = which ORDER BY held DESC, {facet}.value"
        ).fetchall()

    def _execute(self, statement: str, *values: str) -> sqlite3.Cursor:
        return self._connection.execute(statement, values)


def _connected(folder: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(folder / "articles.sqlite", isolation_level=None)
    for pragma in (
        "journal_mode = OFF",
        "synchronous = OFF",
        "temp_store = MEMORY",
        "cache_size = -262144",
        "mmap_size = 17179869184",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _write(connection: sqlite3.Connection, articles: Iterable[Article]) -> None:
    (first,) = connection.execute("SELECT coalesce(max(number), 0) FROM article").fetchone()
    codes = {
        facet: dict(connection.execute(f"SELECT value, number FROM {facet}")) for facet in FACETS
    }
    connection.execute("BEGIN")
    for number, article in enumerate(articles, first + 1):
        connection.execute(
            "INSERT INTO article VALUES (?, ?, ?, ?)",
            (number, article.id, article.title, article.body),
        )
        connection.execute(
            "INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)",
            (number, article.title, article.body),
        )
        month = month_number(article)
        if month is not None:
            connection.execute("INSERT INTO dated VALUES (?, ?)", (number, month))
        values = facet_values(article)
        for facet in FACETS:
            rows = (
                (number, code) for code in _coded(connection, facet, codes[facet], values[facet])
            )
            connection.executemany(f"INSERT INTO {facet}_of VALUES (?, ?)", rows)
    connection.execute("COMMIT")


def _coded(
    connection: sqlite3.Connection, facet: Facet, codes: dict[str, int], values: list[str]
) -> Iterator[int]:
    for value in values:
        if value not in codes:
            codes[value] = len(codes) + 1
            connection.execute(f"INSERT INTO {facet} VALUES (?, ?)", (codes[value], value))
        yield codes[value]
