"""The addresses of pages. An article's id stands in a parameter: it may be any string."""

from urllib.parse import urlencode, urlsplit

from flask import url_for

from search.request import SearchRequest


def search_url(wanted: SearchRequest, endpoint: str = "pages.results") -> str:
    """Return the address of a search."""
    return _with_params(url_for(endpoint), wanted.to_params())


def article_url(article_id: str, came_from: SearchRequest | None = None) -> str:
    """Return the address of an article, which remembers the search it was found by."""
    params = came_from.to_params() if came_from else []
    return _with_params(url_for("pages.article"), [("id", article_id), *params])


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


def _with_params(path: str, params: list[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(params)}" if params else path
