"""What tells one article from another when the source gives it no name."""

from hashlib import blake2b

from corpus.dates import Published


def derived_id(title: str, body: str, source: str, published: Published | None) -> str:
    """Return 16 hexadecimal digits that the same content gives on every machine and day.

    Spaces and line ends do not count, so that the same article from two exports meets.
    """
    fields = (title, body, source, str(published or ""))
    content = "\x1f".join(" ".join(field.split()) for field in fields)
    return blake2b(content.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def versioned(content: str, version: int) -> str:
    """Return the hash of a content with the version of the dispatch, 0 for none."""
    return f"{content}/{version}" if version else content


def _version(content: str) -> int:
    return int(content.partition("/")[2] or 0)


class Identities:
    """The ids of a corpus, so that nothing is indexed twice and nothing overwritten.

    Costs 90 bytes of memory for an article whose id is derived, 155 for another.
    """

    def __init__(self) -> None:
        self._content: dict[str, str] = {}

    def hold(self, article_id: str, content: str) -> None:
        """Take an article that an earlier run has admitted."""
        if _version(content) >= _version(self._content.get(article_id, "")):
            self._content[article_id] = content

    def forget(self, article_id: str, content: str) -> None:
        """Let go of an article, so that its id and content are free.

        One that a later version has replaced is let go of already.
        """
        if self._content.get(article_id) == content:
            del self._content[article_id]

    def contents(self) -> set[str]:
        """Return the contents of all articles."""
        return set(self._content.values())

    def has_later(self, article_id: str, content: str) -> bool:
        """Tell whether a later version of a dispatch is held than a content is."""
        return _version(self._content.get(article_id, "")) > _version(content) > 0

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._content

    def admit(self, article_id: str, content: str) -> str | None:
        """Return the id to index content under, or None when it is there already.

        article_id: the id that the source gives, or the content's own.
        content: the `derived_id` of the article, `versioned`. Other content under an id that
        is taken gets the id with 8 digits of its content after it; but a later version of a
        dispatch replaces an earlier one under the same id, and an earlier one is not wanted.
        """
        version, held = _version(content), _version(self._content.get(article_id, ""))
        if version and held and version != held:
            self._content[article_id] = max(content, self._content[article_id], key=_version)
            return article_id if version > held else None
        for candidate in (article_id, f"{article_id}-{content[:8]}", f"{article_id}-{content}"):
            if candidate not in self._content:
                self._content[candidate] = content
                return candidate
            if self._content[candidate] == content:
                return None
        return None
