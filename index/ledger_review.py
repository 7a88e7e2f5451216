"""The entity ledger against an index: names that it does not know, and merges that it suggests.

An index is asked as it was indexed for the first, under its ledger for the second, so that
what the ledger settled is not suggested again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.entities.countries import country_label
from corpus.entities.entity_ledger import EntityLedger, Fault
from corpus.entities.likely_merges import Likely, Reason, likely_merges
from corpus.wording import number
from index.engine import Engine
from index.fields import Facet
from index.query import Filters, Query
from index.renaming import CONDITION_FACETS

# Of two names that one person bears, few articles use both.
_TOGETHER = 0.1
_MOST_NEAR = 3


@dataclass(frozen=True, slots=True)
class Suggested:
    """A merge to consider. articles: of the rarer name; together: with both names."""

    likely: Likely
    articles: int
    together: int


def summary(ledger: EntityLedger) -> str:
    """Return what a ledger does, in words."""
    hidden = [*ledger.actors.values(), *ledger.countries.values()].count(None)
    renamed = len(ledger.actors) + len(ledger.countries) - hidden + len(ledger.labels)
    parts = {
        "montré sous un autre nom": renamed,
        "masqué": hidden,
        "scission": len(ledger.splits),
        "genre imposé": len(ledger.kinds),
    }
    told = ", ".join(f"{name} : {number(times)}" for name, times in parts.items() if times)
    return f"Registre des entités : {told or 'rien'}."


def unknown_names(engine: Engine, ledger: EntityLedger) -> Iterator[Fault]:
    """Yield the names of a ledger that no article has.

    engine: an index under no ledger.
    """
    wanted: defaultdict[Facet, dict[str, int]] = defaultdict(dict)
    wanted[Facet.ACTOR] |= ledger.actor_lines
    wanted[Facet.COUNTRY] |= ledger.country_lines
    for split in ledger.splits:
        for name, value in split.conditions:
            if name != "id":
                wanted[CONDITION_FACETS[name]].setdefault(value, split.line)
            elif engine.get(value) is None:
                yield Fault(split.line, f"aucun article n'a l'identifiant « {value} ».")
    for facet, lines in wanted.items():
        counts = _counts(engine, facet, lines)
        for value, line in lines.items():
            if not counts[value]:
                yield Fault(line, _unknown(engine, facet, value))


def _unknown(engine: Engine, facet: Facet, value: str) -> str:
    shown = country_label(value) if facet is Facet.COUNTRY else value
    text = f"aucun article de l'index n'a « {shown} »"
    word = max(value.split(), key=len, default="")
    near = [one.label for one in engine.suggest(word[:5], 20) if one.kind == facet.value]
    if facet is Facet.ACTOR and near:
        told = " ou ".join(f"« {one} »" for one in near[:_MOST_NEAR])
        return f"{text} : vouliez-vous dire {told} ?"
    return f"{text} : corrigez ce nom, ou retirez la ligne."


def _counts(engine: Engine, facet: Facet, values: Iterable[str]) -> dict[str, int]:
    """Return how many articles, copies included, have each of some values."""
    chosen = Filters(frozenset((facet, value) for value in values))
    found = engine.search(Query(filters=chosen, limit=0, facets=((facet, 0),), copies=True))
    return {one.value: one.count for one in found.facets[facet]}


def suggestions(engine: Engine) -> list[Suggested]:
    """Return the merges that an index suggests, those of most articles first."""
    most = engine.status().counts[Facet.ACTOR]
    every = engine.search(Query(limit=0, facets=((Facet.ACTOR, most),), copies=True))
    counts = {one.value: one.count for one in every.facets[Facet.ACTOR]}
    found = []
    for likely in likely_merges(counts):
        articles = min(counts[likely.kept], counts[likely.other])
        together = counts[likely.kept] + counts[likely.other] - _with_either(engine, likely)
        if _speaks_for(likely.reason, together, articles):
            found.append(Suggested(likely, articles, together))
    return sorted(found, key=lambda one: (-one.articles, one.likely.kept, one.likely.other))


def _speaks_for(reason: Reason, together: int, articles: int) -> bool:
    """Tell whether articles bear out that two names are one actor's.

    Initials are many names': an article must introduce one by the other. Of a person's two
    names an article uses one.
    """
    if reason is Reason.ACRONYM:
        return together > 0
    return together <= max(1, _TOGETHER * articles)


def _with_either(engine: Engine, likely: Likely) -> int:
    either = frozenset({(Facet.ACTOR, likely.kept), (Facet.ACTOR, likely.other)})
    return engine.search(Query(filters=Filters(either), limit=0, copies=True)).total
