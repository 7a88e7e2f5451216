"""Whom a name means that is not written as the index writes it: « nations unies » is ONU."""

from dataclasses import replace

from corpus.entities.gazetteers import usual_name
from index.engine import Engine
from index.fields import Facet
from index.query import Filters, HasValue


def names_of(engine: Engine, name: str) -> list[str]:
    """Return the actors that a name means, the commonest first; none for an unknown one.

    Case and accents make no difference; a former name, or another usual one, does as well.
    """
    for wanted in (name, usually_called(name)):
        if wanted:
            node = HasValue(Facet.ACTOR, " ".join(wanted.split()), whole=True)
            forms = engine.explain(node).parts[0].reaches[0].forms
            if forms:
                return [form.text for form in forms]
    return []


def usually_called(name: str) -> str | None:
    """Return the usual name of who is known by another, however readers capitalise it."""
    typed = (name, name[:1].upper() + name[1:], name.upper(), name.title())
    return next(filter(None, map(usual_name, typed)), None)


def as_called(engine: Engine, filters: Filters) -> Filters:
    """Return filters whose actors are called as the index calls them; unknown ones stay."""

    def called(facet: Facet, value: str) -> tuple[Facet, str]:
        if facet is not Facet.ACTOR:
            return facet, value
        names = names_of(engine, value)
        return facet, value if value in names or not names else names[0]

    return replace(
        filters,
        values=frozenset(called(*pair) for pair in filters.values),
        excluded=frozenset(called(*pair) for pair in filters.excluded),
    )
