"""The entity ledger: how the owner of an index wants its countries and actors called.

A text file in UTF-8, one statement a line. Articles stay as they were indexed; what is
shown, counted and searched goes by the ledger:

    # Tout ce qui suit un dièse est un commentaire.
    fusionner: Vladimir Poutine = Putin, Wladimir Putin
    renommer: Front national -> Rassemblement national
    scinder: Bush -> George H. W. Bush si annee:1989, annee:1990, id:afp-12
    masquer: Reuters, Le Monde
    genre: Médecins sans frontières = organisation
    fusionner pays: Russie = URSS
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from corpus.analysis import fold
from corpus.article import EntityKind
from corpus.entities.countries import country_code, country_label
from corpus.entities.statements import FORMS, BadStatement, Condition, Statement, statement

_CODE = re.compile("(?<=« )[A-Z]{2}(?= »)")
_KINDS = MappingProxyType({"personne": EntityKind.PERSON, "organisation": EntityKind.ORGANISATION})

Shown = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Fault:
    """A line of a ledger that is not applied, or not wholly; the text says why and the remedy."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Split:
    """An actor who goes by another name in articles that meet one condition at least.

    conditions: (name of `statements.CONDITIONS`, value) pairs, of articles as indexed.
    line: where the ledger says so.
    """

    name: str
    part: str
    conditions: tuple[Condition, ...]
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class EntityLedger:
    """What a ledger says, contradictions left out.

    actors: for a name, the one it is shown under in the end, None for a hidden one.
    countries: the same by codes. labels: how countries (codes) are called that were renamed.
    splits: in their order; the first that holds counts. kinds: what actors are, by the
        names they are shown under.
    actor_lines, country_lines: the line that first speaks of each name that an index
        should know.
    actor_names: every name of an actor that is spoken of.
    """

    actors: Shown = field(default_factory=dict)
    countries: Shown = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    splits: tuple[Split, ...] = ()
    kinds: Mapping[str, EntityKind] = field(default_factory=dict)
    actor_lines: Mapping[str, int] = field(default_factory=dict)
    country_lines: Mapping[str, int] = field(default_factory=dict)
    actor_names: frozenset[str] = frozenset()
    faults: tuple[Fault, ...] = ()

    @classmethod
    def parse(cls, text: str) -> "EntityLedger":
        """Read a ledger. Of lines that contradict one another, the first is applied."""
        reading = _Reading()
        for number, line in enumerate(text.splitlines(), 1):
            reading.read(line, number)
        return reading.ledger()

    def __bool__(self) -> bool:
        return bool(self.actors or self.countries or self.labels or self.splits or self.kinds)


@dataclass(slots=True)
class _Names:
    """What the names of one kind become, as it is told line by line."""

    told: dict[str, str | None] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)

    def become(self, old: str, new: str | None, number: int) -> Iterator[str]:
        """Note what a name becomes; yield what speaks against it."""
        if old == new:
            self.kept.add(old)
            return
        if old in self.told:
            if self.told[old] != new:
                yield (
                    f"ligne {self.lines[old]}, {_fate(old, self.told[old])} ; ici, "
                    f"{_fate(old, new)} : gardez une seule des deux lignes."
                )
        elif new is not None and self.current(new) == old:
            yield (
                f"« {old} » deviendrait « {new} », qui devient « {old} » : retirez l'une des "
                "lignes de ce cercle."
            )
        else:
            self.told[old] = new
            self.lines.setdefault(old, number)

    def current(self, name: str) -> str | None:
        """Return the name that a name is shown under in the end, None for a hidden one."""
        now: str | None = name
        while now is not None and now in self.told:
            now = self.told[now]
        return now

    def resolved(self) -> Shown:
        """Return for each name that becomes another the one it is shown under."""
        return {name: self.current(name) for name in self.told}


def _fate(name: str, new: str | None) -> str:
    return f"« {name} » est masqué" if new is None else f"« {name} » devient « {new} »"


def _only_called(said: Statement) -> bool:
    """Tell whether a country gets another name, not that of another country."""
    return country_code(said.new) in (None, country_code(said.names[0]))


class _Reading:
    """A ledger while it is read."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._actors = _Names()
        self._countries = _Names()
        self._labels: dict[str, str] = {}
        self._splits: list[Split] = []
        self._kinds: dict[str, tuple[EntityKind, int]] = {}

    def read(self, line: str, number: int) -> None:
        """Take in one line."""
        try:
            said = statement(line)
        except BadStatement as error:
            self._faults.append(Fault(number, str(error)))
            return
        if said:
            self._faults += [Fault(number, text) for text in self._take(said, number)]

    def ledger(self) -> EntityLedger:
        """Return what was read, without what the rest of the ledger makes void."""
        self._splits = [split for split in self._splits if self._parts(split)]
        for name in [name for name in self._kinds if name in self._actors.told]:
            fate = _fate(name, self._actors.told[name])
            text = f"{fate} (ligne {self._actors.lines[name]}) : son genre ne se verrait pas."
            self._faults.append(Fault(self._kinds.pop(name)[1], text))
        made = {*self._actors.told.values(), *(split.part for split in self._splits)}
        spoken = [(split.name, split.line) for split in reversed(self._splits)]
        spoken += [(name, line) for name, (_, line) in self._kinds.items() if name not in made]
        return EntityLedger(
            actors=self._actors.resolved(),
            countries=self._countries.resolved(),
            labels=self._labels,
            splits=tuple(self._splits),
            kinds={name: kind for name, (kind, _) in self._kinds.items()},
            actor_lines={**dict(spoken), **self._actors.lines},
            country_lines=self._countries.lines,
            actor_names=frozenset(filter(None, {*self._actors.told, *self._actors.kept, *made}))
            | {*self._kinds, *(split.name for split in self._splits)},
            faults=tuple(sorted(self._faults, key=lambda fault: fault.line)),
        )

    def _take(self, said: Statement, number: int) -> Iterator[str]:
        """Take in a statement; yield what is wrong with it."""
        match said.verb:
            case "scinder":
                yield from self._split(Split(said.names[0], said.new, said.conditions, number))
            case "genre":
                yield from self._kind(said, number)
            case "renommer" if said.of_countries and _only_called(said):
                yield from self._label(said.names[0], said.new, number)
            case _:
                for name in said.names:
                    yield from self._become(said, name, number)

    def _become(self, said: Statement, name: str, number: int) -> Iterator[str]:
        new = said.new or None
        if not said.of_countries:
            yield from self._actors.become(name, new, number)
            return
        codes = {one: country_code(one) for one in (name, said.new) if one}
        if None in codes.values():
            unknown = next(one for one, code in codes.items() if code is None)
            yield f"« {unknown} » n'est pas un pays : écrivez un nom de pays, ou son code ISO."
            return
        old = codes[name] or ""
        for problem in self._countries.become(old, codes[said.new] if new else None, number):
            yield _CODE.sub(lambda found: country_label(found[0]), problem)

    def _label(self, name: str, label: str, number: int) -> Iterator[str]:
        code = country_code(name)
        if code is None:
            yield f"« {name} » n'est pas un pays : écrivez un nom de pays, ou son code ISO."
        elif self._labels.setdefault(code, label) != label:
            yield f"« {name} » est déjà renommé « {self._labels[code]} » : gardez un seul nom."
        else:
            self._countries.lines.setdefault(code, number)

    def _kind(self, said: Statement, number: int) -> Iterator[str]:
        kind = _KINDS.get(fold(said.new))
        if kind is None:
            yield f"écrivez « {FORMS['genre']} »."
            return
        for name in said.names:
            had, line = self._kinds.setdefault(name, (kind, number))
            if had is not kind:
                yield f"« {name} » a déjà un autre genre, ligne {line} : gardez une seule ligne."

    def _split(self, split: Split) -> Iterator[str]:
        for other in self._splits:
            shared = {*other.conditions} & {*split.conditions}
            if other.name == split.name and other.part != split.part and shared:
                yield (
                    f"la ligne {other.line} fait déjà de « {split.name} » « {other.part} » "
                    "à la même condition : gardez-en une."
                )
                return
        self._splits.append(split)

    def _parts(self, split: Split) -> bool:
        """Tell whether a split still parts what it speaks of; if not, note the fault."""
        if self._actors.current(split.part) != self._actors.current(split.name):
            return True
        text = (
            f"« {split.part} » est scindé de « {split.name} », mais une autre ligne les "
            "réunit : retirez l'une des deux."
        )
        self._faults.append(Fault(split.line, text))
        return False
