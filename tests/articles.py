"""Articles and queries to test with: a few by hand, and strategies for random ones."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from corpus.article import Article, Entity, EntityKind, Mention
from corpus.dates import Precision, Published
from index.fields import Facet, Interval, Match, Sort, TextField
from index.query import (
    Akin,
    And,
    AtLeast,
    Dated,
    Early,
    Everything,
    Filters,
    HasValue,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Preferring,
    Query,
    Term,
    Together,
    Wish,
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
        file="armee.txt",
        entities=(
            replace(RUSSIA, mentions=(Mention(8, 13, in_title=True),)),
            replace(SYRIA, mentions=(Mention(35, 40, in_title=True),)),
            PUTIN,
        ),
        about=("SY",),
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
    "nationale", "nationaux", "5000", "trêve", "président", "présidente", "meurt", "mortes",
)  # fmt: skip
SOURCES = ("", "Le Courrier", "Agence Passerelle")
SECTIONS = ("", "International", "Sport, culture")
AUTHORS = ("", "Jeanne Marec", "J. Marec et Paul Quéré")
TITLED = (
    replace(SYRIA, mentions=(Mention(0, 5, in_title=True),)),
    replace(RUSSIA, mentions=(Mention(0, 6, in_title=True), Mention(0, 6))),
    replace(FRANCE, mentions=(Mention(2, 8),)),
)
ENTITIES = (FRANCE, SYRIA, RUSSIA, PUTIN, MERKEL, UN, *TITLED)

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
    author=st.sampled_from(AUTHORS),
    entities=st.lists(
        st.sampled_from(ENTITIES), unique_by=lambda entity: entity.key, max_size=4
    ).map(tuple),
    about=st.lists(st.sampled_from(["FR", "SY", "DE"]), unique=True, max_size=2).map(tuple),
)
# Texts long enough to be copied, and copies of them with some of the words changed.
STORIES = (
    "élection nationale présidente russe trêve armée élections président syrie nationaux "
    "pêche œuvre armées russie election nationale oeuvre trêve 5000 péché arme russes armée "
    "présidente syrie élections",
    "russes nationaux arme péché pêche syrie présidente armées trêve russie national œuvre "
    "élection président 5000 armée nationale oeuvre russe election pêche trêve syrie armées",
)


def retold(article: Article, story: str, changed: set[int], word: str) -> Article:
    """Return an article with a story of which some words are another."""
    told = [word if place in changed else had for place, had in enumerate(story.split())]
    return replace(article, body=" ".join(told))


copies = st.builds(
    retold,
    articles,
    st.sampled_from(STORIES),
    st.sets(st.integers(0, 25), max_size=14),
    st.sampled_from(["nationales", "russophone", "armement"]),
)
articles = st.one_of(articles, articles, copies)
corpora = st.lists(articles, max_size=12, unique_by=lambda article: article.id)

typed = st.sampled_from([*WORDS, "elect", "arm", "présidant", "absent", "nat", "mourir"])
fields = st.sampled_from([None, *TextField])
jokers = st.sampled_from(["*tion", "él*", "arm?e", "arm?", "*e", "?", "pé*é", "elect??n*"])
terms = st.one_of(
    st.builds(Term, typed, st.sampled_from(Match), fields),
    st.builds(Term, jokers, st.just(Match.WILDCARD), fields),
)
phrases = st.builds(
    Phrase,
    st.lists(typed, min_size=1, max_size=3).map(tuple),
    st.integers(0, 3),
    st.sampled_from([Match.EXACT, Match.FOLDED, Match.STEMMED]),
    fields,
)
places = st.one_of(
    terms, phrases, st.builds(Or, st.lists(st.one_of(terms, phrases), max_size=3).map(tuple))
)
values = st.builds(
    HasValue,
    st.sampled_from(Facet),
    st.sampled_from(
        ["russie", "RU", "Syrie", "poutine", "Angela MERKEL", "courrier", "le courrier", "sport",
         "culture", "2016", "marec", "poutine vladimir", "!", "onu", "allemand"]
    ),
    st.booleans(),
)  # fmt: skip
periods = st.builds(Dated, st.none() | days, st.none() | days)
leaves = st.one_of(
    terms,
    phrases,
    st.builds(Near, places, places, st.integers(1, 4), st.booleans()),
    values,
    periods,
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
spellings = st.sampled_from([Match.EXACT, Match.FOLDED, Match.STEMMED])
wished_words = st.builds(Term, typed, spellings, fields)
wished_pairs = st.builds(Near, wished_words, wished_words, st.integers(1, 4), st.booleans())
wished = st.one_of(
    wished_words,
    wished_pairs,
    st.builds(Early, wished_words, st.integers(1, 6)),
    st.builds(Together, st.lists(wished_words, max_size=3).map(tuple), st.integers(1, 6)),
    st.builds(Akin, st.tuples(typed, typed)),
)
wishes = st.lists(st.builds(Wish, wished, st.sampled_from([0.1, 0.3])), max_size=3)
preferring = st.builds(Preferring, trees, wishes.map(tuple))
pairs = st.sampled_from(
    [
        (Facet.COUNTRY, "FR"),
        (Facet.COUNTRY, "SY"),
        (Facet.COUNTRY, "XX"),
        (Facet.COUNTRY_ABOUT, "DE"),
        (Facet.COUNTRY_ABOUT, "FR"),
        (Facet.COUNTRY_TITLE, "RU"),
        (Facet.COUNTRY_TITLE, "SY"),
        (Facet.ACTOR, "Vladimir Poutine"),
        (Facet.ACTOR, "ONU"),
        (Facet.SOURCE, "Le Courrier"),
        (Facet.SECTION, "Sport, culture"),
        (Facet.AUTHOR, "Jeanne Marec"),
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
    st.booleans(),
)
