"""Queries made of queries, in OpenSearch's language."""

from collections.abc import Iterable, Sequence
from typing import Any

Body = dict[str, Any]

EVERYTHING: Body = {"match_all": {}}
NOTHING: Body = {"match_none": {}}


def all_of(queries: Iterable[Body]) -> Body:
    """Return the query of what matches every one of some."""
    return {"bool": {"filter": [EVERYTHING, *queries]}}


def any_of(queries: Sequence[Body]) -> Body:
    """Return the query of what matches one of some at least."""
    return {"bool": {"should": queries, "minimum_should_match": 1}} if queries else NOTHING


def but(queries: Iterable[Body], excluded: Iterable[Body]) -> Body:
    """Return the query of what matches every one of some, and none of others."""
    return {"bool": {"filter": [EVERYTHING, *queries], "must_not": [*excluded]}}
