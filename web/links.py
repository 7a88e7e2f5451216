"""The addresses of pages. An article's id stands in a parameter: it may be any string."""

from functools import lru_cache
from urllib.parse import quote_plus, urlsplit

from flask import g, url_for

from search.request import SearchRequest

_SHORT = 100  # characters


def search_url(wanted: SearchRequest, endpoint: str = "pages.results") -> str:
    """Return the address of a search."""
    return _with_params(endpoint, wanted.to_params())


def article_url(article_id: str, came_from: SearchRequest | None = None, cite: str = "") -> str:
    """Return the address of an article, which remembers the search it was found by.

    cite: what is to be marked in it, as `search.evidence.Citation` reads it.
    """
    params = [("cite", cite)] if cite else []
    params += came_from.to_params() if came_from else []
    return _with_params("pages.article", [("id", article_id), *params])


def actor_url(name: str, endpoint: str = "pages.actor") -> str:
    """Return the address of the page of an actor."""
    return _with_params(endpoint, [("nom", name)])


def why_url(wanted: SearchRequest, article_id: str | None = None) -> str:
    """Return the address that tells why a search finds what it finds, or one article."""
    params = [] if article_id is None else [("id", article_id)]
    return _with_params("pages.why", [*params, *wanted.to_params()])


def hidden_params(wanted: SearchRequest, *shown: str) -> list[tuple[str, str]]:
    """Return what a form must repeat beside the fields it shows; the page starts again at 1."""
    return [(name, value) for name, value in wanted.to_params() if name not in (*shown, "page")]


def web_address(url: str) -> str:
    """Return an address of the Web as it is, and nothing for any other (javascript:, data:)."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.hostname else ""


def site_name(url: str) -> str:
    """Return the host of an address, for a reader to know where a link goes."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


# A page holds some two hundred addresses, of few paths and few values: building each from
# its parts took a sixth of the page's time.
def _with_params(endpoint: str, params: list[tuple[str, str]]) -> str:
    paths: dict[str, str] = g.setdefault("paths", {})
    if endpoint not in paths:
        paths[endpoint] = url_for(endpoint)
    if not params:
        return paths[endpoint]
    pairs = [f"{name}={_quoted(value)}" for name, value in params]
    return f"{paths[endpoint]}?{'&'.join(pairs)}"


def _quoted(value: str) -> str:
    return _known_quoted(value) if len(value) < _SHORT else quote_plus(value)


@lru_cache(1 << 13)
def _known_quoted(value: str) -> str:
    return quote_plus(value)
