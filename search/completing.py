"""Completions of what is being typed, each with the search or the article it leads to."""

from dataclasses import dataclass

from index.engine import Engine
from index.fields import Facet
from index.results import Suggestion
from search.request import SearchRequest

COMPLETIONS = 8
# More is a text that was pasted.
_MOST_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class Completion:
    """A suggestion; `request` is the search it leads to, None for the article of a title."""

    suggestion: Suggestion
    request: SearchRequest | None


def complete(engine: Engine, text: str) -> list[Completion]:
    """Return completions of a text: of the whole of it, else of its last word."""
    text = text[:_MOST_CHARACTERS]
    found = [_whole(one) for one in engine.suggest(text, COMPLETIONS)]
    before, _, last = text.rstrip().rpartition(" ")
    if before and len(last) > 1 and not text.endswith(" ") and len(found) < COMPLETIONS:
        words = [one for one in engine.suggest(last, COMPLETIONS) if one.kind == "word"]
        found += [_continued(before.strip(), one) for one in words]
    return found[:COMPLETIONS]


def _whole(suggestion: Suggestion) -> Completion:
    if suggestion.kind == "title":
        return Completion(suggestion, None)
    if suggestion.kind == "word":
        return Completion(suggestion, SearchRequest(suggestion.value))
    return Completion(suggestion, SearchRequest().toggled(Facet(suggestion.kind), suggestion.value))


def _continued(before: str, suggestion: Suggestion) -> Completion:
    text = f"{before} {suggestion.value}"
    shown = Suggestion(suggestion.kind, text, text, suggestion.count)
    return Completion(shown, SearchRequest(text))
