"""Facet values and days as parts of a query tree."""

import numpy as np

from corpus.entities.countries import country_code
from index.evaluation.facets import FacetColumn
from index.evaluation.sets import Docs
from index.evaluation.view import View
from index.fields import COUNTRY_FACETS
from index.query import Dated, HasValue


def values_named(view: View, node: HasValue) -> list[str]:
    """Return the values that a name means, or meant before the ledger, in their order."""
    column: FacetColumn = view.columns.facet(node.facet)
    if node.facet in COUNTRY_FACETS and (code := country_code(node.name)):
        shown = view.renaming.current(node.facet, code)
        return [shown] if shown and column.code(shown) >= 0 else []
    held = view.columns.labels(node.facet).holding(node.name, node.whole)
    found = {column.values[place] for place in held}
    former = view.renaming.meant(node.facet, node.name, node.whole)
    return sorted(found | {value for value in former if column.code(value) >= 0})


def having(view: View, node: HasValue) -> Docs:
    """Return the articles, ascending, that have a value a name means."""
    found = np.zeros(view.size, bool)
    for value in values_named(view, node):
        found[view.articles_with(node.facet, value)] = True
    return np.flatnonzero(found).astype(np.int32)


def dated(view: View, node: Dated) -> Docs:
    """Return the articles, ascending, published in a period; the undated in none."""
    docs = view.everything()
    days = view.columns.days[docs]
    first = node.since.toordinal() if node.since else 1
    inside = days >= first
    if node.until:
        inside &= days <= node.until.toordinal()
    return docs[inside]
