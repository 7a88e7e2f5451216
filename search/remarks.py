"""What a reader is told of names that the index does not have, or has otherwise."""

from collections.abc import Iterator

from corpus.analysis import fold, words
from index.engine import Engine
from index.fields import COUNTRY_FACETS, Facet
from index.query import Filters, HasValue, Node, Query, leaves
from index.results import Results
from search.actor_names import usually_called
from search.page import FACET_NAMES
from search.query_language.printing import to_text

# Near spellings of a name that are tried.
_NEAR = 3


def unknown_names(engine: Engine, tree: Node) -> Iterator[str]:
    """Yield a remark for each name in the query that no value of the index bears."""
    for leaf in dict.fromkeys(leaves(tree)):
        if not isinstance(leaf, HasValue):
            continue
        if other := _other_name(engine, leaf):
            yield f"L'index nomme « {leaf.name} » autrement : {to_text(other)}"
        elif engine.search(Query(leaf, limit=0, copies=True)).total == 0:
            hint = _hint(engine, leaf.facet, leaf.name)
            yield f"« {to_text(leaf)} » ne correspond à aucune valeur de l'index.{hint}"


def unknown_values(engine: Engine, filters: Filters, results: Results) -> Iterator[str]:
    """Yield a remark for each selected value that no article of the whole index has."""
    for facet, name in FACET_NAMES.items():
        for count in results.facets[facet]:
            if count.count or count.value not in filters.selected(facet):
                continue
            alone = Filters(values=frozenset({(facet, count.value)}))
            if engine.search(Query(filters=alone, limit=0, copies=True)).total == 0:
                hint = _hint(engine, facet, count.value)
                yield f"Aucun article de l'index n'a « {count.value} » comme {name.lower()}.{hint}"


def _other_name(engine: Engine, leaf: HasValue) -> HasValue | None:
    """Return what finds the actor that the index calls otherwise: « Nations unies » is ONU."""
    usual = usually_called(leaf.name) if leaf.facet is Facet.ACTOR else None
    if not usual or set(map(fold, words(leaf.name))) <= set(map(fold, words(usual))):
        return None
    other = HasValue(Facet.ACTOR, usual, whole=True)
    return other if engine.search(Query(other, limit=0, copies=True)).total else None


def _hint(engine: Engine, facet: Facet, value: str) -> str:
    """Return which countries or actors may have been meant, empty for none.

    Of theirs a name begins like the last word, or nearly.
    """
    kind = "country" if facet in COUNTRY_FACETS else str(facet)
    for last in words(value)[-1:]:
        for beginning in (last, *(near.text for near in engine.neighbours(last)[:_NEAR])):
            found = [one for one in engine.suggest(beginning, 10) if one.kind == kind]
            if found:
                near = " ou ".join(f"« {one.label} »" for one in found[:3])
                return f" Vouliez-vous dire {near} ?"
    return ""
