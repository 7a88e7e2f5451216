"""JSON-LD, the data that pages give to search engines (schema.org), broken as it often is."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping

_FIELD = re.compile(
    r'"(headline|datePublished|articleBody|articleSection|url)"\s*:\s*"((?:[^"\\]|\\.)*)"(?=\s*[,}])',
    re.DOTALL,
)
_TYPE = re.compile(r'"@type"\s*:\s*\[?\s*"(\w+)"')
_WRAPPING = re.compile(r"<!--|-->|<!\[CDATA\[|\]\]>")
_TRAILING_COMMA = re.compile(r",\s*([}\]])")
_NESTING = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item")
_MOST_NODES = 1000


def article_in(scripts: Iterable[str]) -> Mapping[str, object]:
    """Return the schema.org article of a page, the fullest where there are several, or {}.

    scripts: the contents of `<script type="application/ld+json">`: an object, a list or
        an @graph each. Of one that is no JSON, the plain fields are taken.
    """
    nodes = [node for script in scripts for node in _nodes(script)]
    articles = [node for node in nodes if names_article(node.get("@type"))]
    article = max(articles, key=_fullness, default={})
    named = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    return {name: _resolved(value, named) for name, value in article.items()}


def names_article(kind: object) -> bool:
    """Tell whether a schema.org type, or one of a list of them, is a kind of article."""
    kinds = kind if isinstance(kind, list) else [kind]
    return any(str(name).endswith(("Article", "Posting", "Report")) for name in kinds)


def _nodes(script: str) -> Iterator[Mapping[str, object]]:
    """Yield the objects of a script, those in its lists and in its graph among them."""
    nodes = [_parsed(script)]
    for node in nodes:  # grows as it goes
        if isinstance(node, list):
            nodes += node[: max(0, _MOST_NODES - len(nodes))]
        elif isinstance(node, dict):
            nodes += [node[name] for name in _NESTING if name in node and len(nodes) < _MOST_NODES]
            yield node


def _resolved(value: object, named: Mapping[object, object]) -> object:
    """Replace {"@id": ...} by the object of that name, also in a list of them."""
    if isinstance(value, list):
        return [_resolved(one, named) for one in value if not isinstance(one, list)]
    reference = value.get("@id") if isinstance(value, dict) and "name" not in value else None
    return named.get(reference, value) if isinstance(reference, str) else value


def _parsed(script: str) -> object:
    """Parse a script: as JSON, without the commas too many, or by its plain fields."""
    script = _WRAPPING.sub("", script)
    text = script[_first(script) : _last(script) + 1]
    for candidate in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    types = [kind for kind in _TYPE.findall(script) if names_article(kind)]
    fields = {name: _unescaped(value) for name, value in reversed(_FIELD.findall(script))}
    return {"@type": types, **fields}


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
