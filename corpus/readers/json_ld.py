"""JSON-LD, the data that pages give to search engines (schema.org), broken as it often is."""

import json
import re
from collections.abc import Container, Iterable, Iterator, Mapping

_FIELD = re.compile(
    r'"(headline|datePublished|articleBody|articleSection|url)"\s*:\s*"((?:[^"\\]|\\.)*)"(?=\s*[,}])',
    re.DOTALL,
)
_TYPE = re.compile(r'"@type"\s*:\s*\[?\s*"(\w+)"')
_WRAPPING = re.compile(r"<!--|-->|<!\[CDATA\[|\]\]>")
_AUTHOR = re.compile(r'"author"\s*:[^\]}]{0,200}?"name"\s*:\s*"((?:[^"\\]|\\.)*)"(?=\s*[,}])')
_QUOTE = re.compile(r'(?P<before>[{\[,:]\s*|\\)?"(?!\s*[,:}\]])')
_TRAILING_COMMA = re.compile(r",\s*([}\]])")
_NESTING = ("@graph", "mainEntity", "mainEntityOfPage")
_LISTS = ("itemListElement", "item")  # of other articles, mostly
_ADDRESSES = ("url", "@id", "mainEntityOfPage")
_BETWEEN = re.compile(r"[\s,;]*")
_MOST_NODES = 1000
_DECODER = json.JSONDecoder(strict=False)  # line ends within strings are common


def article_in(scripts: Iterable[str], addresses: Container[str] = ()) -> Mapping[str, object]:
    """Return the schema.org article of a page, or {}.

    Of several it is the one with an address of the page, else none of a list of teasers,
    else the fullest.

    scripts: the contents of `<script type="application/ld+json">`: an object, a list or
        an @graph each. Of one that is no JSON, the plain fields are taken.
    addresses: those that the page gives itself.
    """
    nodes = [found for script in scripts for found in _nodes(script)]
    articles = [found for found in nodes if names_article(found[0].get("@type"))]

    def rank(found: tuple[Mapping[str, object], bool]) -> tuple[bool, ...]:
        node, listed = found
        own = any(_address(node.get(name)) in addresses for name in _ADDRESSES)
        return own, not listed, *_fullness(node)

    article, _ = max(articles, key=rank, default=({}, False))
    named = {node["@id"]: node for node, _ in nodes if isinstance(node.get("@id"), str)}
    return {name: _resolved(value, named) for name, value in article.items()}


def _address(value: object) -> str:
    """Return the address that a property holds, of its object where it is one."""
    value = value.get("@id") if isinstance(value, dict) else value
    return value if isinstance(value, str) else ""


def names_article(kind: object) -> bool:
    """Tell whether a schema.org type, or one of a list of them, is a kind of article."""
    kinds = kind if isinstance(kind, list) else [kind]
    return any(str(name).endswith(("Article", "Posting", "Report")) for name in kinds)


def _nodes(script: str) -> Iterator[tuple[Mapping[str, object], bool]]:
    """Yield the objects of a script, and whether each is an item of a list."""
    nodes = [(value, False) for value in _values(script)]
    for node, listed in nodes:  # grows as it goes
        room = max(0, _MOST_NODES - len(nodes))
        if isinstance(node, list):
            nodes += [(one, listed) for one in node[:room]]
        elif isinstance(node, dict):
            names = [name for name in (*_NESTING, *_LISTS) if name in node]
            nodes += [(node[name], listed or name in _LISTS) for name in names[:room]]
            yield node, listed


def _resolved(value: object, named: Mapping[object, object]) -> object:
    """Replace {"@id": ...} by the object of that name, also in a list of them."""
    if isinstance(value, list):
        return [_resolved(one, named) for one in value if not isinstance(one, list)]
    reference = value.get("@id") if isinstance(value, dict) and "name" not in value else None
    return named.get(reference, value) if isinstance(reference, str) else value


def _values(script: str) -> list[object]:
    """Parse a script: as JSON, mended in what is often broken, or by its plain fields."""
    script = _WRAPPING.sub("", script)
    text = script[_first(script) : _last(script) + 1]
    for mend in (_unmended, _without_commas, _with_quotes_escaped):
        try:
            if values := list(_one_after_the_other(mend(text))):
                return values
        except (ValueError, RecursionError):
            continue
    types = [kind for kind in _TYPE.findall(script) if names_article(kind)]
    fields = {name: _unescaped(value) for name, value in reversed(_FIELD.findall(script))}
    author = _AUTHOR.search(script)
    return [{"@type": types, **fields, **({"author": _unescaped(author[1])} if author else {})}]


def _one_after_the_other(text: str) -> Iterator[object]:
    """Yield the values of a text, of which there may be several, with or without commas."""
    at = 0
    while at < len(text):
        value, at = _DECODER.raw_decode(text, at)
        yield value
        between = _BETWEEN.match(text, at)
        at = between.end() if between else at


def _unmended(text: str) -> str:
    return text


def _without_commas(text: str) -> str:
    return _TRAILING_COMMA.sub(r"\1", text)


def _with_quotes_escaped(text: str) -> str:
    """Escape the quotes within a string: those that neither follow nor precede a sign of JSON."""
    return _QUOTE.sub(lambda found: found[0] if found["before"] else r"\"", _without_commas(text))


def _first(script: str) -> int:
    return min((at for sign in "{[" if (at := script.find(sign)) >= 0), default=0)


def _last(script: str) -> int:
    return max(script.rfind("}"), script.rfind("]"))


def _unescaped(value: str) -> str:
    try:
        return str(json.loads(f'"{value}"', strict=False))
    except ValueError:
        return value


def _fullness(node: Mapping[str, object]) -> tuple[bool, bool, bool]:
    """Rank the article of the page above the teasers of others."""
    return "articleBody" in node, "datePublished" in node, "headline" in node
