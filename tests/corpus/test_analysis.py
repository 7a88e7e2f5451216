"""French text to words: golden cases with real French, and the invariants."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from unidecode import unidecode

from corpus.analysis import fold, stem, tokenize, tokens_between, words

FRENCH = "abcdefghijklmnopqrstuvwxyzàâäçéèêëîïôöùûüÿœæABCDÉÀÇŒ '’ʼ-.,0123456789\u00a0\n"


GOLDEN = (
    ("L’état-major des armées", "état major des armées"),
    ("l'été, lʼété, l‘été, l′été", "été été été été"),
    ("Aujourd'hui, quelqu'un s'est tu", "aujourd'hui quelqu'un est tu"),
    ("les prud’hommes", "les prud'hommes"),
    ("jusqu'à ce qu'il ait lu", "à ce il ait lu"),
    ("JUSQU'À L'AUBE", "à aube"),
    ("ç'a été, Ç’aurait pu", "a été aurait pu"),
    ("lorsqu’elle, puisqu‘on, quoiquʼil", "elle on il"),
    ("l'm'ont, qu’t'as, c’s'est", "ont as est"),
    ("une porte entr’ouverte", "une porte entr'ouverte"),
    ("LʼÉlysée et l'ENA", "élysée et ena"),
    ("la presqu'île de Crozon", "la presqu'île de crozon"),
    ("l'U.R.S.S., l'O.N.U. et la S.N.C.F", "urss onu et la sncf"),
    ("l'URSS et la SNCF", "urss et la sncf"),
    ("l'O.N.U., l'ONU et le P.S.", "onu onu et le ps"),
    ("l'u.r.s.s. et l'o.n.u, à 10 h. a.b.ricot", "urss et onu à 10 h ab ricot"),
    ("12\u00a0345\u00a0678 voix", "12345678 voix"),
    ("5,000 et 5.0000", "5,000 et 5,0000"),
    ("5 000 morts, 5.000 blessés, 5\u202f000 disparus", "5000 morts 5000 blessés 5000 disparus"),
    ("12,5 % ou 12.5 %", "12,5 ou 12,5"),
    ("1.234,50 euros", "1234,50 euros"),
    ("le 26.11.2015 à 10h30", "le 26 11 2015 à 10h30"),
    ("en 2015 130 personnes", "en 2015 130 personnes"),
    ("le 1er août, la 2e place, au XXe siècle", "le 1er août la 2e place au xxe siècle"),
    ("la 2ème fois, le 1ᵉʳ mai", "la 2ème fois le 1ᵉʳ mai"),
    ("COVID-19, porte-parole, États-Unis", "covid 19 porte parole états unis"),
    ("Saint-Étienne, c'est-à-dire", "saint étienne est à dire"),
    ("été, est, suis, avions, as, eu : des mots", "été est suis avions as eu des mots"),
    ("le RN, le PS, LR et l'EI", "le rn le ps lr et ei"),
    ("#JeSuisCharlie @afp jean@exemple.org", "jesuischarlie afp jean exemple org"),
    ("e\u0301lection", "élection"),
    ("un œil, des œuvres", "un œil des œuvres"),
    ("snake_case", "snake case"),
    ("", ""),
    ("… — « » !", ""),
)


@pytest.mark.parametrize(("text", "expected"), GOLDEN)
def test_words(text, expected):
    assert words(text) == expected.split()


@pytest.mark.parametrize(
    ("word", "folded"),
    [("Œuvré", "oeuvre"), ("ÉTÉ", "ete"), ("cœur", "coeur"), ("naïf", "naif"), ("ça", "ca")],
)
def test_folding(word, folded):
    assert fold(word) == folded


@pytest.mark.parametrize(
    "family",
    [
        "national nationale nationaux nationales",
        "élection élections election",
        "chanteur chanteuse chanteurs chanteuses",
        "heureux heureuse heureuses",
        "directeur directrice directrices",
        "premier première premières",
        "français française françaises",
        "chinois chinoise chinoises",
        "élu élue élus élues",
        "européen européenne européens",
        "actif active actives",
        "journal journaux",
        "travail travaux",
        "œil yeux",
        "bateau bateaux",
        "jeu jeux",
        "loi lois",
        "nouveau nouvel nouvelle nouveaux",
        "blanc blanche",
        "turc turque",
        "porte portes Porte",
        "bon bonne bonnes",
        "tout tous toutes",
        "faux fausse",
        "chef cheffe cheffes",
        "tuyau tuyaux",
        "cheval chevaux",
        "œuvre œuvres oeuvre",
        "2e 2ème 2nd 2nde",
        "1er 1re 1ère 1ᵉʳ",
        "XXe XXème xxe",
    ],
)
def test_inflections_share_a_stem(family):
    assert len({stem(word) for word in family.split()}) == 1


@pytest.mark.parametrize(
    "strangers",
    [
        "armée arme", "Paris pari", "mars mare", "mois moi", "bois boire", "pays paye",
        "URSS ours", "nation national", "cours cour", "année Anne", "guerre guère",
        "port porte", "franc France", "parti partie", "vent vente", "médecin médecine",
        "retrait retraite", "cours course", "coup coupe", "point pointe", "moins moine",
        "faut faute", "commun commune", "entre entrée", "mari Marie", "sein Seine", "fils fil",
        "Grèce grec", "main Maine", "1er 2e", "3D 3e",
    ],
)  # fmt: skip
def test_different_words_keep_different_stems(strangers):
    one, other = strangers.split()
    assert stem(one) != stem(other)


def test_acronyms_keep_their_letters():
    assert [stem(word) for word in ("urss", "crs", "oms", "ei", "lr")] == [
        "urss", "crs", "oms", "ei", "lr",
    ]  # fmt: skip


@given(st.text(FRENCH), st.integers(0, 20), st.integers(0, 20))
def test_some_tokens_of_a_text_are_a_stretch_of_all(text, first, count):
    every = list(tokenize(text))
    assert tokens_between(text, first, first + count) == every[first : first + count]


@given(st.text(FRENCH))
def test_stems_do_not_depend_on_accents(text):
    plain = unidecode(unicodedata.normalize("NFC", text))
    assert [stem(word) for word in words(text)] == [stem(word) for word in words(plain)]


@given(st.text() | st.text("0123456.,-_ \u00a0\u202fABaé\u0301'’\u02bc"))
def test_tokens_stand_where_they_say(text):
    end = 0
    found = list(tokenize(text))
    for token in found:
        assert end <= token.start < token.end <= len(text)
        assert token.text
        end = token.end
    assert [token.text for token in found] == words(text)


@given(st.text() | st.text(FRENCH))
@example("\ufb2a")
def test_a_word_is_its_own_word(text):
    assert [words(word) for word in words(text)] == [[word] for word in words(text)]


@given(st.text())
def test_the_form_of_the_accents_does_not_matter(text):
    composed = unicodedata.normalize("NFC", text)
    if all(char.isascii() or "À" <= char <= "ÿ" for char in composed):
        decomposed = unicodedata.normalize("NFD", composed)
        assert words(decomposed) == words(composed)
