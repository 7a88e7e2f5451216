"""Countries and actors on the cluster under the names of the owner's ledger.

Documents hold the values that articles were indexed with. A value that is shown becomes a
query for those that it is made of, so that an edited ledger holds from the next request on.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from corpus.analysis import fold, words
from corpus.entities.countries import country_code
from corpus.entities.entity_ledger import Split
from index.evaluation.facets import value_label
from index.evaluation.labels import Labels
from index.fields import COUNTRY_FACETS, Facet
from index.opensearch.combining import all_of, any_of, but
from index.opensearch.documents import document_id
from index.query import Filters, HasValue
from index.renaming import CONDITION_FACETS, Renaming

Body = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Naming:
    """Which documents are shown with a value, and what names mean."""

    renaming: Renaming

    def having(self, facet: Facet, values: Iterable[str]) -> Body:
        """Return the query of the articles shown with one of some values of a facet."""
        wanted = {*values}
        whole: list[str] = []
        queries: list[Body] = []
        for one in (one for value in wanted for one in self.renaming.stated(facet, value)):
            if self.is_split(facet, one):
                splits = self._splits[self.renaming.link(one)]
                queries.append(but([_term(facet, one)], map(self._met, splits)))
            else:
                whole.append(one)
        if facet is Facet.ACTOR:
            moved = ((self.renaming.current(facet, part), query) for part, query in self._moved)
            queries += [query for value, query in moved if value in wanted]
        if whole:
            queries.append({"terms": {facet.value: sorted(whole)}})
        return queries[0] if len(queries) == 1 else any_of(queries)

    def selecting(self, filters: Filters, but_of: Facet | None = None) -> Body | None:
        """Return the filter of the values chosen in facets, one left out; None for none."""
        chosen = [
            self.having(facet, filters.selected(facet))
            for facet in Facet
            if facet is not but_of and filters.selected(facet)
        ]
        return all_of(chosen) if chosen else None

    def excluding(self, filters: Filters) -> list[Body]:
        """Return the filters, one or none, of the values that an article must not have."""
        gone = [self.having(facet, [value]) for facet, value in sorted(filters.excluded)]
        return [but([], gone)] if gone else []

    def is_plain(self, facet: Facet, value: str) -> bool:
        """Tell whether a value is shown of the articles indexed with it, and of no others."""
        if not self.renaming.touches(facet):
            return True
        made = self.renaming.stated(facet, value) != (value,) or self.is_split(facet, value)
        return not made and not (facet is Facet.ACTOR and value in self._parts)

    def is_split(self, facet: Facet, value: str) -> bool:
        """Tell whether some articles indexed with a value are shown with another instead."""
        return facet is Facet.ACTOR and self.renaming.link(value) in self._splits

    def parts(self, value: str) -> Iterator[str]:
        """Yield the values that articles of a split actor may be shown with instead."""
        splits = self._splits[self.renaming.link(value)]
        shown = (self.renaming.current(Facet.ACTOR, one.part) for one in splits)
        return (one for one in shown if one is not None)

    def sources(self, facet: Facet, value: str) -> frozenset[str]:
        """Return the values as indexed of which some articles are shown with a value."""
        whole = self.renaming.stated(facet, value)
        if facet is not Facet.ACTOR or value not in self._parts:
            return frozenset(whole)
        split = (
            one.name
            for one in self.renaming.ledger.splits
            if self.renaming.current(facet, one.part) == value
        )
        return frozenset(whole).union(*map(self.renaming.linked, split))

    def is_whole(self, facet: Facet, value: str) -> bool:
        """Tell whether no split has a part in what a value is made of."""
        if facet is Facet.ACTOR and value in self._parts:
            return False
        return not any(self.is_split(facet, one) for one in self.sources(facet, value))

    def split_names(self, facet: Facet) -> Iterator[str]:
        """Yield the values under which articles of split actors are shown that no split takes."""
        if facet is Facet.ACTOR:
            shown = (self.renaming.current(facet, name) for name in self._splits)
            yield from (name for name in shown if name is not None)

    def hidden(self, facet: Facet) -> Iterator[str]:
        """Yield the values as indexed that are shown nowhere, splits aside."""
        ledger = self.renaming.ledger
        if facet is Facet.ACTOR:
            hidden = (name for name, shown in ledger.actors.items() if shown is None)
            yield from (one for name in hidden for one in {name, *self.renaming.linked(name)})
        elif facet in COUNTRY_FACETS:
            yield from (code for code, shown in ledger.countries.items() if shown is None)

    def composed(self, facet: Facet) -> Sequence[tuple[int, str]]:
        """Return of how many values as indexed those are made that the ledger makes, most first."""
        if facet in COUNTRY_FACETS:
            return self._composed[Facet.COUNTRY]
        return self._composed.get(facet, ())

    def made(self, facet: Facet) -> Mapping[str, str]:
        """Return the labels of values whose articles or whose label the ledger decides."""
        return self._made[Facet.COUNTRY if facet in COUNTRY_FACETS else facet]

    def label(self, facet: Facet, value: str) -> str:
        """Return what readers see of a value."""
        return self.renaming.labels(facet).get(value) or value_label(facet, value)

    def country(self, node: HasValue) -> list[str] | None:
        """Return the values that the name of a country means, None for no such name."""
        code = country_code(node.name) if node.facet in COUNTRY_FACETS else None
        if code is None:
            return None
        shown = self.renaming.current(node.facet, code)
        return [shown] if shown else []

    def named(self, node: HasValue, found: Iterable[str]) -> list[str]:
        """Return the values that a name means. found: those indexed whose labels it fits."""
        made = [*self.made(node.facet)]
        fitting = {made[place] for place in self._labels(node.facet).holding(node.name, node.whole)}
        fitting |= {value for value in found if self._is_itself(node.facet, value)}
        return sorted(fitting | self.renaming.meant(node.facet, node.name, node.whole))

    def beginning(
        self, facet: Facet, found: Iterable[str], beginnings: Sequence[str]
    ) -> Iterator[str]:
        """Yield the values of whose names, former ones too, each beginning begins a word.

        found: those indexed whose labels it fits, the commonest first.
        """
        for value in found:
            shown = self.renaming.current(facet, value)
            if self._is_itself(facet, value):
                yield value
            elif shown is not None and shown != value:
                yield shown
        for value, text in self._typed.get(facet, {}).items():
            if all(f" {one}" in text for one in beginnings):
                yield value

    def _is_itself(self, facet: Facet, value: str) -> bool:
        """Tell whether a value that is indexed is shown, and by its own label."""
        shown = self.renaming.current(facet, value)
        return shown == value and value not in self.renaming.labels(facet)

    def _labels(self, facet: Facet) -> Labels:
        return self._made_labels[Facet.COUNTRY if facet in COUNTRY_FACETS else facet]

    def _met(self, split: Split) -> Body:
        """Return the query of the articles that meet a condition of a split."""
        return any_of([self._meeting(name, value) for name, value in split.conditions])

    def _meeting(self, name: str, value: str) -> Body:
        if name == "id":
            return {"ids": {"values": [document_id(value)]}}
        if CONDITION_FACETS[name] is Facet.ACTOR:
            return self._meaning(value)
        return _term(CONDITION_FACETS[name], value)

    def _meaning(self, actor: str) -> Body:
        """Return the query of the articles with any name that means an actor, splits aside."""
        return {"terms": {Facet.ACTOR.value: sorted(self.renaming.linked(actor))}}

    @cached_property
    def _splits(self) -> Mapping[str, Sequence[Split]]:
        found: defaultdict[str, list[Split]] = defaultdict(list)
        for split in self.renaming.ledger.splits:
            found[split.name].append(split)
        return dict(found)

    @cached_property
    def _moved(self) -> Sequence[tuple[str, Body]]:
        """For each split in its order, the part and the query of the articles that have it."""
        return [
            (one.part, but([self._meaning(name), self._met(one)], map(self._met, splits[:place])))
            for name, splits in self._splits.items()
            for place, one in enumerate(splits)
        ]

    @cached_property
    def _parts(self) -> frozenset[str]:
        return frozenset(part for name in self._splits for part in self.parts(name))

    @cached_property
    def _made(self) -> Mapping[Facet, Mapping[str, str]]:
        names: dict[Facet, Iterable[str]] = {facet: () for facet in Facet}
        names[Facet.ACTOR] = (*self.renaming.former(Facet.ACTOR), *self._parts)
        labelled = self.renaming.labels(Facet.COUNTRY)
        shown = (one for one in labelled if self.renaming.current(Facet.COUNTRY, one) == one)
        names[Facet.COUNTRY] = (*self.renaming.former(Facet.COUNTRY), *shown)
        return {facet: {one: self.label(facet, one) for one in names[facet]} for facet in Facet}

    @cached_property
    def _composed(self) -> Mapping[Facet, Sequence[tuple[int, str]]]:
        return {
            facet: sorted(
                ((len(self.sources(facet, value)), value) for value in self._made[facet]),
                reverse=True,
            )
            for facet in (Facet.COUNTRY, Facet.ACTOR)
        }

    @cached_property
    def _made_labels(self) -> Mapping[Facet, Labels]:
        return {facet: Labels.of(labels.values()) for facet, labels in self._made.items()}

    @cached_property
    def _typed(self) -> Mapping[Facet, Mapping[str, str]]:
        """For values that the ledger makes, the words of their names, each after a blank."""
        found = {}
        for facet in (Facet.COUNTRY, Facet.ACTOR):
            former = self.renaming.former(facet)
            found[facet] = {
                value: "".join(f" {fold(one)}" for one in words(f"{label} {former.get(value, '')}"))
                for value, label in self._made[facet].items()
            }
        return found


def _term(facet: Facet, value: str) -> Body:
    return {"term": {facet.value: value}}
