"""The table of countries, and what a text must say to name one."""

from pathlib import Path

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import EntityKind
from corpus.entities.countries import country_code, country_label, country_words
from corpus.entities.finding import find_entities
from corpus.entities.lexicon import table

ROWS = table("countries.tsv")
PAST = {"CS", "DD", "SU", "YU", "ZR"}
CODES = {row[0] for row in ROWS if " " not in row[0]}


def named(text: str, title: str = "") -> list[str]:
    entities = find_entities(title, text)
    return [entity.key for entity in entities if entity.kind is EntityKind.COUNTRY]


def test_table_holds_every_sovereign_country_once():
    assert len(CODES - PAST) == 197  # 193 members of the UN, PS, TW, VA and XK
    assert set(Locale("fr").territories) >= CODES - PAST
    assert {"PS", "TW", "VA", "XK"} | PAST <= CODES
    assert len([row for row in ROWS if " " not in row[0]]) == len(CODES)


def test_table_gives_each_country_a_name_or_an_adjective():
    for row in ROWS:
        assert len(row) == 5, row
        assert row[1] or row[2] or row[4] or country_label(row[0]) != row[0], row


def test_no_word_means_two_countries_unless_the_table_says_so():
    meanings: dict[str, set[tuple[str, ...]]] = {}
    for word, value in country_words():
        meanings.setdefault(word.lower(), set()).add(value.codes)
    assert {word: codes for word, codes in meanings.items() if len(codes) > 1} == {}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("RU", "RU"),
        ("ru", "RU"),
        ("Russie", "RU"),
        ("russie", "RU"),
        ("RUSSIE", "RU"),
        ("russe", "RU"),
        ("Grande-Bretagne", "GB"),
        ("grande bretagne", "GB"),
        ("uk", "GB"),
        ("Etats-Unis", "US"),
        ("états unis", "US"),
        ("Côte d’Ivoire", "CI"),
        ("cote d'ivoire", "CI"),
        ("rdc", "CD"),
        ("RD Congo", "CD"),
        ("Birmanie", "MM"),
        ("Myanmar", "MM"),
        ("Palestine", "PS"),
        ("  Japon ", "JP"),
        ("Dominique", "DM"),
        ("Hollande", "NL"),
        ("corée", "KR"),
        ("Bretagne", None),
        ("Poutine", None),
        ("", None),
    ],
)
def test_code_of_what_a_reader_types(typed: str, code: str | None):
    assert country_code(typed) == code


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_label_leads_back_to_its_code(code: str):
    assert country_code(country_label(code)) == code


def test_labels_are_those_of_newspapers():
    wanted = {
        "MM": "Birmanie",
        "PS": "Palestine",
        "CD": "RD Congo",
        "US": "États-Unis",
        "CZ": "Tchéquie",
        "VA": "Vatican",
    }
    assert {code: country_label(code) for code in wanted} == wanted
    assert country_label("??") == "??"


@given(st.text(max_size=40))
def test_any_text_has_a_code_of_the_table_or_none(typed: str):
    assert country_code(typed) in CODES | {None}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        # Names, their variants, accents and capitals
        ("Le train relie la France à l'Italie.", ["FR", "IT"]),
        ("Un accord avec les Etats-Unis et l'Egypte.", ["US", "EG"]),
        ("La Grande-Bretagne quitte l'union.", ["GB"]),
        ("Un séisme en Côte-d’Ivoire", ["CI"]),
        ("La Birmanie et les Pays Bas", ["MM", "NL"]),
        ("MALI - Une attaque au nord du pays", ["ML"]),
        ("Les USA et le Royaume-Uni signent.", ["US", "GB"]),
        ("Hong Kong gronde.", ["CN"]),
        # Adjectives, demonyms, compounds
        ("une députée suisse et deux soldats allemands", ["CH", "DE"]),
        ("Les Grecques ont battu les Turques.", ["GR", "TR"]),
        ("un sommet franco-russe", ["FR", "RU"]),
        ("le conflit américano-iranien puis la guerre russo-ukrainienne", ["US", "IR", "RU", "UA"]),
        ("une équipe germano-franco-belge", ["DE", "FR", "BE"]),
        ("des élus pro-russes et antiaméricains", ["RU", "US"]),
        ("la frontière Iran-Irak", ["IR", "IQ"]),
        ("un club néo-zélandais, un joueur sud-africain", ["NZ", "ZA"]),
        # Capitals and seats of power
        ("Moscou répond à Washington.", ["RU", "US"]),
        ("Le Kremlin dément, l'Élysée se tait, Downing Street attend.", ["RU", "FR", "GB"]),
        ("Matignon et le Quai d'Orsay hésitent.", ["FR"]),
        ("La Maison-Blanche juge l'offre sérieuse.", ["US"]),
        ("Le vol de Ndjamena à N’Djamena", ["TD"]),
        # Look-alikes
        ("Le Niger ferme sa frontière avec le Nigeria.", ["NE", "NG"]),
        ("Des Nigériens et des Nigérians", ["NE", "NG"]),
        ("La Guinée équatoriale reçoit la Guinée-Bissau.", ["GQ", "GW"]),
        ("La Papouasie-Nouvelle-Guinée et la Guinée", ["PG", "GN"]),
        ("La République démocratique du Congo accuse le Congo-Brazzaville.", ["CD", "CG"]),
        ("La RDC vote. Les Congolais attendent.", ["CD"]),
        ("Le Congo vote.", ["CG"]),
        ("La Corée du Nord tire ; les Coréens du Sud observent.", ["KP", "KR"]),
        ("La Corée exporte ses séries.", ["KR"]),
        ("La Géorgie et l'armée géorgienne", ["GE"]),
        ("Savannah est un port de Géorgie ; les États-Unis en ont vingt.", ["US"]),
        ("Il vit à la Dominique, elle au Salvador.", ["DM", "SV"]),
        ("Des vacances en Hollande", ["NL"]),
        ("La République dominicaine", ["DO"]),
        ("Le ministre du Tchad Idriss Mahamat arrive.", ["TD"]),
        ("à Paris Anne Martin a dit non", ["FR"]),
        # Regions, and adjectives of continents
        ("Marseille, la Bretagne et New York", []),
        ("le sommet européen sur les migrants africains", []),
        ("des étudiants sud-américains et latino-américains", []),
    ],
)
def test_countries_named(text: str, codes: list[str]):
    found = named(text)
    assert sorted(found) == sorted(codes)


@pytest.mark.parametrize(
    "text",
    [
        # Languages
        "Le livre est écrit en anglais.",
        "Elle parle russe et apprend vite.",
        "des sous-titres en chinois, turc ou polonais",
        "un ouvrage traduit de l'allemand",
        "la langue française",
        # Things
        "Les montagnes russes rouvrent.",
        "une partie de roulette russe et des poupées russes",
        "un couteau suisse et une crème anglaise",
        "deux cochons d'Inde et un berger allemand",
        "une nuit dans l'auberge espagnole",
        "les Panama Papers",
        # Streets and parks
        "Elle habite rue de Rome.",
        "au coin de l'avenue de Tokyo",
        "une promenade au jardin du Luxembourg",
        # Names of people
        "Dominique Martin et Maurice Durand ont gagné.",
        "Le rapport de M. Chine",
        "La chanteuse Nathalie Mali monte sur scène.",
        "Denzel Washington tourne un film.",
        "Paris Hilton sourit.",
        "François Hollande écrit. Hollande signe.",
        # Names of organisations and works
        "Air France annule dix vols.",
        "Selon France Inter et France 2",
        "France Télévisions recrute.",
        "Le Paris Saint-Germain l'emporte.",
        "Le match du Dynamo Kiev",
        "La filiale Greenpeace France proteste.",
        "le New York Times et Le Parisien",
        # Common words
        "Il a porté un vieux chine et une dinde.",
        "un pull en jersey et une grenade",
        "des paris sportifs en ligne",
        "l'été indien sur l'océan Indien",
    ],
)
def test_no_country_named(text: str):
    assert named(text) == []


def test_capitals_in_a_title():
    assert named("", title="LA RUSSIE ET L'IRAN S'ALLIENT") == ["RU", "IR"]


def test_an_acronym_names_no_country_but_its_long_form_does():
    assert named("Deux soldats des FDS ont été blessés.") == []
    assert named("Les Forces démocratiques syriennes avancent.") == ["SY"]


SENTENCES = [
    line.split("\t")
    for line in Path(__file__).with_name("named_countries.tsv").read_text("utf-8").splitlines()[1:]
    if not line.startswith("#")
]


@pytest.mark.parametrize(("codes", "sentence"), SENTENCES)
def test_a_sentence_names_its_countries(codes: str, sentence: str):
    assert sorted(named(sentence)) == sorted(codes.replace("-", "").split())
