"""Articles and queries to test with: a few by hand, and strategies for random ones."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from corpus.article import Article, Entity, EntityKind, Mention
from corpus.dates import Precision, Published
from index.query import (
    And,
    AtLeast,
    Everything,
    Facet,
    Filters,
    Interval,
    Match,
    Node,
    Not,
    Or,
    Phrase,
    Query,
    Sort,
    Term,
    TextField,
)


def country(code: str, label: str) -> Entity:
    return Entity(EntityKind.COUNTRY, code, label)


def person(name: str) -> Entity:
    return Entity(EntityKind.PERSON, name, name)


def organisation(name: str) -> Entity:
    return Entity(EntityKind.ORGANISATION, name, name)


FRANCE, SYRIA, RUSSIA = country("FR", "France"), country("SY", "Syrie"), country("RU", "Russie")
PUTIN, MERKEL = person("Vladimir Poutine"), person("Angela Merkel")
UN = organisation("ONU")

DISPATCHES = (
    Article(
        "armee",
        "L'armée russe annonce une trêve en Syrie",
        "L’état-major des armées a parlé de coopération militaire.\n\nLa trêve commence à l'aube.",
        "Agence Passerelle",
        Published(date(2016, 2, 27)),
        "https://exemple.org/armee",
        "International",
        "Jeanne Marec",
        "armee.txt",
        (RUSSIA, SYRIA, PUTIN),
    ),
    Article(
        "elections",
        "Élections : Angela Merkel en tête",
        "Les élections fédérales ont eu lieu dimanche. L'élection a mobilisé les électeurs.",
        "Le Courrier",
        Published(date(2017, 9, 24)),
        section="International",
        entities=(
            country("DE", "Allemagne"),
            replace(MERKEL, mentions=(Mention(12, 25, in_title=True),)),
        ),
        about=("DE",),
    ),
    Article(
        "peche",
        "La pêche à la morue reprend",
        "Un péché mignon : la pêche. Les marins-pêcheurs de Saint-Étienne ? Non, de Lorient.",
        "Le Courrier",
        Published(date(2016, 3, 1), Precision.MONTH),
        section="Économie",
        entities=(FRANCE,),
    ),
    Article(
        "onu",
        "L'O.N.U. réclame 5 000 tonnes d'aide",
        "Les Nations unies demandent de l'aide pour la Syrie. En été, l'ONU agit; c'est l'œuvre "
        "d'une armée de bénévoles.",
        "Agence Passerelle",
        None,
        entities=(SYRIA, UN, PUTIN),
    ),
)

# Few words, close to one another, so that random queries match random articles.
WORDS = (
    "élection", "élections", "election", "armée", "armées", "arme", "pêche", "péché", "été",
    "est", "de", "la", "russe", "russes", "russie", "syrie", "onu", "œuvre", "oeuvre", "national",
    "nationale", "nationaux", "5000", "trêve", "président", "présidente",
)  # fmt: skip
SOURCES = ("", "Le Courrier", "Agence Passerelle")
SECTIONS = ("", "International", "Sport, culture")
ENTITIES = (FRANCE, SYRIA, RUSSIA, PUTIN, MERKEL, UN)

texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
days = st.dates(date(2015, 1, 1), date(2016, 12, 31))
published = st.one_of(
    st.none(),
    st.builds(Published, days),
    days.map(lambda day: Published(day.replace(day=1), Precision.MONTH)),
)
articles = st.builds(
    Article,
    id=st.sampled_from([f"a{number}" for number in range(20)]),
    title=texts,
    body=texts,
    source=st.sampled_from(SOURCES),
    published=published,
    section=st.sampled_from(SECTIONS),
    entities=st.lists(st.sampled_from(ENTITIES), unique=True, max_size=4).map(tuple),
)
corpora = st.lists(articles, max_size=12, unique_by=lambda article: article.id)

typed = st.sampled_from([*WORDS, "elect", "arm", "présidant", "absent", "nat"])
fields = st.sampled_from([None, *TextField])
phrases = st.builds(
    Phrase,
    st.lists(typed, min_size=1, max_size=3).map(tuple),
    st.integers(0, 3),
    st.sampled_from([Match.EXACT, Match.FOLDED, Match.STEMMED]),
    fields,
)
leaves = st.one_of(
    st.builds(Term, typed, st.sampled_from(Match), fields),
    phrases,
    st.builds(AtLeast, st.integers(1, 3), typed, st.sampled_from(Match), fields),
    st.just(Everything()),
)
trees: st.SearchStrategy[Node] = st.recursive(
    leaves,
    lambda node: st.one_of(
        st.builds(And, st.lists(node, max_size=3).map(tuple)),
        st.builds(Or, st.lists(node, max_size=3).map(tuple)),
        st.builds(Not, node),
    ),
    max_leaves=5,
)
pairs = st.sampled_from(
    [
        (Facet.COUNTRY, "FR"),
        (Facet.COUNTRY, "SY"),
        (Facet.COUNTRY, "XX"),
        (Facet.ACTOR, "Vladimir Poutine"),
        (Facet.ACTOR, "ONU"),
        (Facet.SOURCE, "Le Courrier"),
        (Facet.SECTION, "Sport, culture"),
        (Facet.YEAR, "2015"),
        (Facet.YEAR, "n'importe"),
    ]
)
filters = st.builds(
    Filters,
    st.frozensets(pairs, max_size=3),
    st.frozensets(pairs, max_size=1),
    st.one_of(st.none(), days),
    st.one_of(st.none(), days.map(lambda day: day + timedelta(days=90))),
)
queries = st.builds(
    Query,
    trees,
    filters,
    st.sampled_from(Sort),
    st.integers(0, 4),
    st.integers(0, 8),
    st.just(tuple((facet, 3) for facet in Facet)),
    st.sampled_from([None, *Interval]),
)
