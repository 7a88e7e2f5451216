"""Countries and actors under the names that the corpus and the owner's ledger give them.

Articles are indexed as they were read; an engine answers as if they had been read under
these names. A value is shown as what the corpus says that it means (`corpus.entities.linking`), or
as a part of that which the ledger splits off, and this as the ledger says. A name that the
ledger speaks of means itself. `Renaming.applied` says what that means for one article.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

from corpus.article import Article, Entity, EntityKind, Mention
from corpus.entities.countries import country_label
from corpus.entities.entity_ledger import EntityLedger, Shown, Split
from index.deferred import Deferred
from index.evaluation.labels import Labels
from index.fields import COUNTRY_FACETS, Facet
from index.query import Filters
from index.stored_articles import ACTOR_KINDS, facet_values, from_fields

# The facets that the conditions of a split name; `id` is the article's own.
CONDITION_FACETS = MappingProxyType(
    {
        "source": Facet.SOURCE,
        "rubrique": Facet.SECTION,
        "auteur": Facet.AUTHOR,
        "annee": Facet.YEAR,
        "pays": Facet.COUNTRY,
        "pays_concerne": Facet.COUNTRY_ABOUT,
        "acteur": Facet.ACTOR,
    }
)


@dataclass(frozen=True, eq=False)
class Renaming:
    """Which values of facets are shown as which others.

    links: of actors, the values of the index that mean others by all its articles.
    """

    ledger: EntityLedger = field(default_factory=EntityLedger)
    links: Mapping[str, str] = field(default_factory=dict)

    def touches(self, facet: Facet) -> bool:
        """Tell whether any value of a facet goes by another name."""
        return bool(self._shown(facet) or (facet is Facet.ACTOR and self.ledger.splits))

    def changed(self, facet: Facet) -> Shown:
        """Return the values that are not shown as themselves, each with what it is shown as."""
        return self._shown(facet)

    def current(self, facet: Facet, value: str) -> str | None:
        """Return the value that one is shown as, None for one that is hidden."""
        return self._shown(facet).get(value, value)

    def stated(self, facet: Facet, value: str) -> tuple[str, ...]:
        """Return the values of the index that are shown as one."""
        own = () if value in self._shown(facet) else (value,)
        return own + self._former[_domain(facet)].get(value, ())

    def former(self, facet: Facet) -> Mapping[str, str]:
        """Return for values that others became what those were called, in one text."""
        name = country_label if facet in COUNTRY_FACETS else str
        former = self._former[_domain(facet)]
        return {value: ", ".join(map(name, olds)) for value, olds in former.items()}

    def link(self, name: str) -> str:
        """Return the actor that one of the index means, by the corpus."""
        return self._links.get(name, name)

    def linked(self, name: str) -> tuple[str, ...]:
        """Return the actors of the index that mean one, by the corpus."""
        own = () if name in self._links else (name,)
        return own + self._linked.get(name, ())

    def labels(self, facet: Facet) -> Mapping[str, str]:
        """Return the labels of those values of a facet that the ledger calls otherwise."""
        return self.ledger.labels if facet in COUNTRY_FACETS else {}

    def label(self, facet: Facet, value: str) -> str:
        """Return what readers see of a value that is shown."""
        if facet not in COUNTRY_FACETS:
            return value
        return self.ledger.labels.get(value) or country_label(value)

    def meant(self, facet: Facet, name: str, whole: bool) -> set[str]:
        """Return the values that a name means which no article shows any more.

        whole: whether the words of `name` must be all the words of it, as in `HasValue`.
        """
        shown = self._shown(facet)
        if facet is not Facet.ACTOR or not shown:
            return set()
        names = [*shown]
        found = (shown[names[place]] for place in self._old_names.holding(name, whole))
        return {value for value in found if value is not None}

    def filters(self, filters: Filters) -> Filters:
        """Return filters by the values that are shown now."""
        if not (filters.values or filters.excluded) or not (self.ledger or self._links):
            return filters
        return replace(
            filters, values=self._pairs(filters.values), excluded=self._pairs(filters.excluded)
        )

    def applied(self, article: Article) -> Article:
        """Return an article with its countries and actors as they are shown."""
        if not self._names:
            return article
        shown = Deferred(lambda: self._entities(article))
        return replace(article, entities=shown, about=self._about(article.about))

    def read(self, names: tuple[str, ...], values: Sequence[str]) -> Article:
        """Return the article of a record, given by its fields, as `applied` does, made once."""
        if not self._names:
            return from_fields(names, values)
        return from_fields(
            names,
            values,
            lambda: self._entities(from_fields(names, values)),
            self._about if self.ledger.countries else None,
        )

    def _about(self, codes: Sequence[str]) -> tuple[str, ...]:
        """Return countries as they are shown."""
        shown = (self.current(Facet.COUNTRY_ABOUT, code) for code in codes)
        return tuple(dict.fromkeys(code for code in shown if code is not None))

    def _entities(self, article: Article) -> tuple[Entity, ...]:
        """Return the entities of an article as they are shown."""
        names = self._names
        found: dict[tuple[EntityKind, str], Entity] = {}
        for entity in article.entities:
            shown = self._renamed(entity, article) if entity.key in names else entity
            if shown is None:
                continue
            # Who is merged is one actor, whether a person here and an organisation there.
            merged = shown.kind in ACTOR_KINDS and shown.key in self._former[Facet.ACTOR]
            name = (EntityKind.PERSON if merged else shown.kind), shown.key
            if name in found:
                both = {*found[name].mentions, *shown.mentions}
                shown = replace(found[name], mentions=tuple(sorted(both, key=_place)))
            found[name] = shown
        return tuple(found.values())

    def _renamed(self, entity: Entity, article: Article) -> Entity | None:
        if entity.kind is EntityKind.COUNTRY:
            code = self.current(Facet.COUNTRY, entity.key)
            if code is None:
                return None
            own = entity.label if code == entity.key else country_label(code)
            return replace(entity, key=code, label=self.ledger.labels.get(code, own))
        if entity.kind not in ACTOR_KINDS:
            return entity
        key = self.current(Facet.ACTOR, self._part(self.link(entity.key), article))
        if key is None:
            return None
        label = key if key != entity.key else entity.label
        return replace(entity, kind=self.ledger.kinds.get(key, entity.kind), key=key, label=label)

    def _part(self, name: str, article: Article) -> str:
        """Return the name that an actor has in an article by the splits."""
        for split in self.ledger.splits:
            if split.name == name and self._met(split, article):
                return split.part
        return name

    def _shown(self, facet: Facet) -> Shown:
        if facet is Facet.ACTOR:
            return self._actors
        return self.ledger.countries if facet in COUNTRY_FACETS else {}

    def _pairs(self, pairs: Iterable[tuple[Facet, str]]) -> frozenset[tuple[Facet, str]]:
        return frozenset((facet, self.current(facet, value) or value) for facet, value in pairs)

    def _met(self, split: Split, article: Article) -> bool:
        """Tell whether an article meets one condition of a split."""
        values = facet_values(article)
        values[Facet.ACTOR] = [self.link(actor) for actor in values[Facet.ACTOR]]
        if article.published:
            values[Facet.YEAR] = [str(article.published.day.year)]
        return any(
            value == article.id if name == "id" else value in values.get(CONDITION_FACETS[name], ())
            for name, value in split.conditions
        )

    @cached_property
    def _links(self) -> Mapping[str, str]:
        """The links of names that the ledger does not speak of."""
        spoken = self.ledger.actor_names
        return {name: meant for name, meant in self.links.items() if name not in spoken}

    @cached_property
    def _linked(self) -> dict[str, tuple[str, ...]]:
        return _inverted(self._links)

    @cached_property
    def _actors(self) -> Shown:
        """Which actors of the index, or parts of them, are shown as which others."""
        told = self.ledger.actors
        return {name: told.get(meant, meant) for name, meant in self._links.items()} | dict(told)

    @cached_property
    def _former(self) -> dict[Facet, dict[str, tuple[str, ...]]]:
        """For actors and for countries, the values that became each one, in their order."""
        return {
            Facet.ACTOR: _inverted(self._actors),
            Facet.COUNTRY: _inverted(self.ledger.countries),
        }

    @cached_property
    def _names(self) -> frozenset[str]:
        """The names and codes that something is said of."""
        ledger = self.ledger
        spoken = {*self._actors, *ledger.countries, *ledger.labels, *ledger.kinds}
        made = {*self._former[Facet.ACTOR], *(split.name for split in ledger.splits)}
        return frozenset(spoken | made)

    @cached_property
    def _old_names(self) -> Labels:
        return Labels.of(self._actors)


NO_RENAMING = Renaming()


def _inverted(shown: Mapping[str, str | None]) -> dict[str, tuple[str, ...]]:
    former: defaultdict[str, list[str]] = defaultdict(list)
    for old, new in shown.items():
        if new is not None:
            former[new].append(old)
    return {new: tuple(olds) for new, olds in former.items()}


def _domain(facet: Facet) -> Facet:
    return Facet.COUNTRY if facet in COUNTRY_FACETS else Facet.ACTOR


def _place(mention: Mention) -> tuple[bool, int]:
    return not mention.in_title, mention.start
