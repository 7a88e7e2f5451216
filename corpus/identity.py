"""What tells one article from another when the source gives it no name."""

from collections.abc import Iterable
from hashlib import blake2b

from corpus.dates import Published


def derived_id(title: str, body: str, source: str, published: Published | None) -> str:
    """Return 16 hexadecimal digits that the same content gives on every machine and day.

    Spaces and line ends do not count, so that the same article from two exports meets.
    """
    fields = (title, body, source, str(published or ""))
    content = "\x1f".join(" ".join(field.split()) for field in fields)
    return blake2b(content.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def versioned(content: str, dispatch: str, version: int) -> str:
    """Return the hash of a content with what an agency calls it and its version of it.

    content: empty where that version takes the dispatch back. dispatch: empty for an article
    without versions, of which the hash alone is returned.
    """
    return f"{content}/{version}/{dispatch}" if dispatch else content


def dispatch_of(content: str) -> str:
    """Return the dispatch of which a `versioned` content is a version, empty for none."""
    return content.split("/", 2)[2] if "/" in content else ""


def _rank(content: str) -> tuple[int, bool]:
    """Return what tells the version that stands: the highest, taken back rather than not."""
    digest, version, _ = content.split("/", 2)
    return int(version), not digest


class Identities:
    """The ids of a corpus, so that nothing is indexed twice and nothing overwritten.

    Of the versions of a dispatch one stands, whatever the order in which they come.
    Costs 90 bytes of memory for an article whose id is derived, 155 for another, and
    for one with versions 500 more.
    """

    def __init__(self) -> None:
        self._content: dict[str, str] = {}
        self._standing: dict[str, dict[str, str]] = {}  # of each dispatch, {id: content}

    def hold(self, article_id: str, content: str) -> None:
        """Take an article that an earlier run has admitted."""
        self.overtaken(content)
        if not self.is_overtaken(content):
            self._take(article_id, content)

    def forget(self, article_id: str, content: str) -> None:
        """Let go of an article, so that its id and content are free.

        One that a later version has replaced is let go of already.
        """
        standing = self._standing.get(dispatch_of(content), {})
        if standing.get(article_id) == content:
            del standing[article_id]
            if not standing:
                del self._standing[dispatch_of(content)]
        if self._content.get(article_id) == content:
            del self._content[article_id]

    def contents(self) -> set[str]:
        """Return the contents of all articles."""
        return set(self._content.values())

    def overtaken(self, content: str) -> dict[str, str]:
        """Let go of the earlier versions of a dispatch; return them, {id: content}."""
        standing = self._standing.get(dispatch_of(content), {})
        earlier = {one: held for one, held in standing.items() if _rank(held) < _rank(content)}
        for article_id, held in earlier.items():
            self.forget(article_id, held)
        return earlier

    def is_overtaken(self, content: str) -> bool:
        """Tell whether a later version of a dispatch stands than a content is."""
        standing = self._standing.get(dispatch_of(content), {})
        return any(_rank(held) > _rank(content) for held in standing.values())

    def fallen(self, contents: Iterable[str]) -> frozenset[str]:
        """Return the dispatches of contents of which nothing as late stands any more."""
        named = {one: dispatch_of(one) for one in contents if "/" in one}
        return frozenset(
            dispatch
            for content, dispatch in named.items()
            if all(_rank(one) < _rank(content) for one in self._standing.get(dispatch, {}).values())
        )

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._content

    def admit(self, article_id: str, content: str) -> str | None:
        """Return the id to index content under, or None when it is there already.

        article_id: the id that the source gives, or the content's own; empty where a
        dispatch is taken back.
        content: the `derived_id` of the article, `versioned`. Other content under an id that
        is taken gets the id with 8 digits of its content after it. Of a dispatch, what is
        not the version that stands is not wanted; ask `overtaken` first.
        """
        if self.is_overtaken(content):
            return None
        digest = content.partition("/")[0]
        for candidate in (article_id, f"{article_id}-{digest[:8]}", f"{article_id}-{digest}"):
            if candidate not in self._content:
                self._take(candidate, content)
                return candidate
            if self._content[candidate].partition("/")[0] == digest:
                return None
        return None

    def _take(self, article_id: str, content: str) -> None:
        if article_id:
            self._content[article_id] = content
        if dispatch := dispatch_of(content):
            self._standing.setdefault(dispatch, {})[article_id] = content
