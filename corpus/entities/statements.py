"""The lines of the entity ledger: a verb, a colon, names, and signs between them."""

import re
from dataclasses import dataclass
from types import MappingProxyType
from unicodedata import normalize

from corpus.analysis import fold
from corpus.entities.countries import country_code

# What an article may be told by, of which the name is split.
CONDITIONS = (*("id", "source", "rubrique", "auteur", "annee", "pays", "pays_concerne", "acteur"),)
# How each statement is written.
FORMS = MappingProxyType(
    {
        "fusionner": "fusionner: NOM = ANCIEN, ANCIEN",
        "renommer": "renommer: ANCIEN -> NOUVEAU",
        "scinder": "scinder: NOM -> PARTIE si source:…, annee:…, id:…",
        "masquer": "masquer: NOM, NOM",
        "genre": "genre: NOM = personne (ou organisation)",
    }
)
_STATEMENT = re.compile(r"(\w+)(?:\s+(pays))?\s*:\s*(.*)", re.DOTALL)
_QUOTED = re.compile(r'"([^"]*)"|«([^»]*)»')
_COMMENT = re.compile(r"(?:^|\s)#.*")
_ARROW = re.compile(r"->|→")
_IF = re.compile(r"\ssi\s")
_FIRST_SHIELD = 0xF0000  # a private plane: no name holds its characters

Condition = tuple[str, str]


class BadStatement(ValueError):
    """A line that is no statement; the text says what to write."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one line says.

    verb: one of `FORMS`. of_countries: whether the names are those of countries.
    names: the names spoken of. new: what they become, or of `genre` the kind; empty where
        the verb has none. conditions: of `scinder`, those of which one must be met.
    """

    verb: str
    of_countries: bool
    names: tuple[str, ...]
    new: str = ""
    conditions: tuple[Condition, ...] = ()


def statement(line: str) -> Statement | None:
    """Read a line; None for one that says nothing. Raises BadStatement."""
    quotes: list[str] = []

    def shield(found: re.Match[str]) -> str:
        quotes.append(found[1] if found[1] is not None else found[2])
        return chr(_FIRST_SHIELD + len(quotes) - 1)

    plain = _COMMENT.sub("", _QUOTED.sub(shield, line.lstrip("\ufeff"))).strip()
    if not plain:
        return None
    found = _STATEMENT.fullmatch(plain)
    verb = fold(found[1]) if found else ""
    if not found or verb not in FORMS:
        known = ", ".join(FORMS)
        raise BadStatement(
            f"cette ligne ne commence par aucun de : {known}. Un commentaire s'écrit après #."
        )
    if found[2] and verb in ("scinder", "genre"):
        raise BadStatement(f"« {verb} » ne s'applique qu'aux acteurs : retirez « pays ».")
    return _Rest(quotes).read(verb, bool(found[2]), found[3])


@dataclass(frozen=True, slots=True)
class _Rest:
    """Reads what follows the colon. quotes: what each shield stands for."""

    quotes: list[str]

    def read(self, verb: str, of_countries: bool, text: str) -> Statement:
        """Return the statement of a verb."""
        left, right = _sides(verb, text)
        right, _, after_if = _parted(_IF, right) if verb == "scinder" else (right, "", "")
        names, others = self._names(left), self._names(right)
        if verb == "fusionner":
            names, others = others, names
        conditions = [self._condition(one) for one in after_if.split(",")] if after_if else []
        if (
            not names
            or len(others) != (verb != "masquer")
            or (verb in ("renommer", "scinder") and len(names) != 1)
            or bool(conditions) != (verb == "scinder")
        ):
            raise BadStatement(f"écrivez « {FORMS[verb]} ».")
        return Statement(verb, of_countries, names, "".join(others), tuple(conditions))

    def _names(self, text: str) -> tuple[str, ...]:
        """Return the names of a list, each once."""
        return tuple(dict.fromkeys(name for one in text.split(",") if (name := self._name(one))))

    def _condition(self, text: str) -> Condition:
        name, _, value = text.partition(":")
        name, value = fold(name.strip()), self._name(value)
        if name in ("pays", "pays_concerne"):
            value = country_code(value) or ""
        if name not in CONDITIONS or not value:
            allowed = ", ".join(f"{one}:" for one in CONDITIONS)
            raise BadStatement(
                f"« {self._name(text)} » n'est pas une condition : écrivez après « si » l'un de "
                f"{allowed} suivi d'une valeur."
            )
        return name, value

    def _name(self, text: str) -> str:
        for place, quoted in enumerate(self.quotes):
            text = text.replace(chr(_FIRST_SHIELD + place), quoted)
        return normalize("NFC", " ".join(text.split()))


def _sides(verb: str, text: str) -> tuple[str, str]:
    """Return what stands left and right of the sign of a verb, which stands there once."""
    if verb == "masquer":
        return text, ""
    parts = _ARROW.split(text) if verb in ("renommer", "scinder") else text.split("=")
    if len(parts) != 2:
        raise BadStatement(f"écrivez « {FORMS[verb]} ».")
    return parts[0], parts[1]


def _parted(sign: re.Pattern[str], text: str) -> tuple[str, str, str]:
    """Return what stands before a sign, the sign, and what stands after it."""
    found = sign.search(text)
    return (text[: found.start()], found[0], text[found.end() :]) if found else (text, "", "")
