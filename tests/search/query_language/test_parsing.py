"""The query language: what each operator means, and that no text makes it fail."""

from datetime import date
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fields import Facet, Match, TextField
from index.query import (
    And,
    AtLeast,
    Dated,
    Everything,
    HasValue,
    Near,
    Not,
    Or,
    Phrase,
    Term,
    leaves,
)
from search.query_language.parsing import parse
from search.query_language.syntax import MOST_APART, MOST_CHARACTERS, MOST_WORDS


def word(text: str, match: Match = Match.STEMMED, field: TextField | None = None) -> Term:
    return Term(text, match, field)


A, B, C = word("aube"), word("brume"), word("crue")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", Everything()),
        ("aube", A),
        ("aube brume", And((A, B))),
        ("aube ET brume AND crue", And((A, B, C))),
        ("aube OU brume", Or((A, B))),
        ("aube | brume", Or((A, B))),
        ("aube brume OU crue", Or((And((A, B)), C))),
        ("aube (brume OU crue)", And((A, Or((B, C))))),
        ("aube SAUF brume", And((A, Not(B)))),
        ("aube -brume", And((A, Not(B)))),
        ("+aube +brume", And((A, B))),
        ("-(aube OU brume)", Not(Or((A, B)))),
        ("aube - brume", And((A, B))),
        ('"aube grise"', Phrase(("aube", "grise"))),
        ("« aube grise »", Phrase(("aube", "grise"))),
        ('"aube grise"~3', Phrase(("aube", "grise"), slop=3)),
        ('"aube grise" ~3', Phrase(("aube", "grise"), slop=3)),
        ('"aube grise" ET ~3', And((Phrase(("aube", "grise")), word("3", Match.FUZZY)))),
        ('"aube grise" ~3e', And((Phrase(("aube", "grise")), word("3e", Match.FUZZY)))),
        ('"aube grise" ~1000', And((Phrase(("aube", "grise")), word("1000", Match.FUZZY)))),
        ('"aube"', word("aube", Match.FOLDED)),
        ("=aube", word("aube", Match.EXACT)),
        ("~aube", word("aube", Match.FUZZY)),
        ("aub*", word("aub", Match.PREFIX)),
        ("titre:aube brume", And((word("aube", field=TextField.TITLE), B))),
        ("titre: aube", word("aube", field=TextField.TITLE)),
        (
            "texte:(aube OU brume)",
            Or(tuple(word(w, field=TextField.BODY) for w in ("aube", "brume"))),
        ),
        ('titre:"aube grise"', Phrase(("aube", "grise"), field=TextField.TITLE)),
        ("porte-avions", Phrase(("porte", "avions"), match=Match.STEMMED)),
        ("l'état-major", Phrase(("état", "major"), match=Match.STEMMED)),
        ("l'aube", A),
        ('="aube grise"', Phrase(("aube", "grise"), match=Match.EXACT)),
        ("aub?", word("aub?", Match.WILDCARD)),
        ("*ube", word("*ube", Match.WILDCARD)),
        ("l'au*be", word("au*be", Match.WILDCARD)),
        ("Où va l'aube ?", And((word("où"), word("va"), A))),
        ("5 000 pas", And((word("5000"), word("pas")))),
        ("5\u202f000", word("5000")),
        ("aube 5 000,5 brume", And((A, word("5000,5"), B))),
        ("aube 12,5 2015 100", And((A, word("12,5"), word("2015"), word("100")))),
        ("aube,brume;crue", And((A, B, C))),
        ("（aube OU brume） −crue", And((Or((A, B)), Not(C)))),
        ("titre：aube", word("aube", field=TextField.TITLE)),
        ("‹aube grise›", Phrase(("aube", "grise"))),
        ("aube pres/5 brume", Near(A, B, 5)),
        ("aube adj/5000 brume", Near(A, B, MOST_APART, ordered=True)),
        ("aube PRES/5 brume", Near(A, B, 5)),
        ("aube PRÈS/5 brume", Near(A, B, 5)),
        ("aube ADJ/2 brume", Near(A, B, 2, ordered=True)),
        ("aube PRES/5 brume PRES/3 crue", And((Near(A, B, 5), Near(B, C, 3)))),
        ("(aube OU brume) PRES/5 crue", Near(Or((A, B)), C, 5)),
        ("aube SAUF brume PRES/2 crue", And((A, Not(Near(B, C, 2))))),
        ("titre:aube PRES/5 brume", Near(word("aube", field=TextField.TITLE), B, 5)),
        ("AU MOINS 3 aube", AtLeast(3, "aube")),
        ("au moins 3 aube", And((word("au"), word("moins"), word("3"), A))),
        ("AU MOINS 2 titre:=aube", AtLeast(2, "aube", Match.EXACT, TextField.TITLE)),
        ("titre:(AU MOINS 2 aube)", AtLeast(2, "aube", field=TextField.TITLE)),
        ("pays:russie", HasValue(Facet.COUNTRY, "russie")),
        ("PAYS:RU", HasValue(Facet.COUNTRY, "RU")),
        ("auteur:marec", HasValue(Facet.AUTHOR, "marec")),
        ('acteur:"Vladimir  Poutine"', HasValue(Facet.ACTOR, "Vladimir Poutine")),
        ('source:="Le Monde"', HasValue(Facet.SOURCE, "Le Monde", whole=True)),
        ("rubrique:=sport", HasValue(Facet.SECTION, "sport", whole=True)),
        (
            "aube (pays:russie OU pays:syrie)",
            And((A, Or((HasValue(Facet.COUNTRY, "russie"), HasValue(Facet.COUNTRY, "syrie"))))),
        ),
        (
            "pays:(russie OU syrie)",
            Or((HasValue(Facet.COUNTRY, "russie"), HasValue(Facet.COUNTRY, "syrie"))),
        ),
        ("aube -pays:russie", And((A, Not(HasValue(Facet.COUNTRY, "russie"))))),
        ("date:2015-11..2016-02", Dated(date(2015, 11, 1), date(2016, 2, 29))),
        ("date:2015", Dated(date(2015, 1, 1), date(2015, 12, 31))),
        ("date:2015-2016", Dated(date(2015, 1, 1), date(2016, 12, 31))),
        ('date:"du 1er mai 2015 au 3 juin 2015"', Dated(date(2015, 5, 1), date(2015, 6, 3))),
        ("annee:2015", Dated(date(2015, 1, 1), date(2015, 12, 31))),
        ("pays_concerné:syrie", HasValue(Facet.COUNTRY_ABOUT, "syrie")),
        ("date:2015-11-26", Dated(date(2015, 11, 26), date(2015, 11, 26))),
        ("date:..2016", Dated(None, date(2016, 12, 31))),
        ("date:2015..", Dated(date(2015, 1, 1), None)),
        ("aube OU date:2015", Or((A, Dated(date(2015, 1, 1), date(2015, 12, 31))))),
    ],
)
def test_operators(text, tree):
    parsed = parse(text)
    assert parsed.tree == tree
    assert parsed.remarks == ()


@pytest.mark.parametrize("text", ["à la source : aube", "la source: aube", "à la source :aube"])
def test_a_field_after_an_article_is_a_word_of_a_sentence(text):
    assert parse(text).tree.children[-2:] == (word("source"), A)


def test_a_field_is_one_where_nothing_makes_it_a_sentence():
    for text in ("source : monde", "la source:monde", "aube source : monde"):
        assert any(isinstance(leaf, HasValue) for leaf in leaves(parse(text).tree))


@pytest.mark.parametrize(
    ("text", "tree", "remark"),
    [
        ('"aube grise', Phrase(("aube", "grise")), "Guillemet non fermé"),
        ("(aube", A, "Parenthèse non fermée"),
        ("aube)", A, "Parenthèse fermée en trop"),
        ("aube OU", A, "« OU » sans terme"),
        ("aube SAUF", A, "« SAUF » sans terme"),
        ("aube ET", A, "« ET » sans terme"),
        ("a*", word("a"), "Joker trop large"),
        ("*be", word("be"), "Joker trop large"),
        ("a*b*c*d", Phrase(("a", "b", "c", "d"), match=Match.STEMMED), "Joker trop large"),
        ("porte-avi*", Phrase(("porte", "avi"), match=Match.STEMMED), "Le joker"),
        ("ET aube", A, "« ET » sans terme"),
        ("PRES/5 aube", A, "« PRES/5 » sans terme"),
        ("aube PRES/5", A, "« PRES/5 » sans terme"),
        ("(aube brume) PRES/5 crue", And((And((A, B)), C)), "il est lu comme ET"),
        ('AU MOINS 3 "aube grise"', Phrase(("aube", "grise")), "ne compte qu'un mot"),
        ("AU MOINS 3 (aube OU brume)", Or((AtLeast(3, "aube"), AtLeast(3, "brume"))), "à part"),
        ("aube AU MOINS 3 )", A, "« AU MOINS 3 » sans terme"),
        ("aube titre: OU brume", Or((A, B)), "« titre: » sans terme"),
        ("aube date:hier", A, "n'est pas une période"),
        ("date:2016..2015", Dated(date(2015, 1, 1), date(2016, 12, 31)), "ont été échangées"),
        ("aube ou brume", And((A, word("ou"), B)), "« ou » est lu comme un mot"),
        ('"aube grise" sauf crue', And((Phrase(("aube", "grise")), word("sauf"), C)), "SAUF"),
        ("title:aube", Phrase(("title", "aube"), match=Match.STEMMED), "n'est pas un champ"),
        ('title:"aube"', And((word("title"), word("aube", Match.FOLDED))), "n'est pas un champ"),
        ("aube pays:!", A, "sans nom à sa droite"),
        ("!!!", Everything(), "Aucun mot à chercher"),
        ("((((((((((((((((((((((aube))))))))))))))))))))))", A, "parenthèses emboîtées"),
    ],
)
def test_remarks_say_what_was_not_understood(text, tree, remark):
    parsed = parse(text)
    assert parsed.tree == tree
    assert any(remark in one for one in parsed.remarks)


@pytest.mark.parametrize(
    "text",
    ["aube: brume", "http://aube.fr", "où va l'aube", "le pays ou vivent les gens d'aube", "ou"],
)
def test_sentences_get_no_remark(text):
    assert parse(text).remarks == ()


def test_long_queries_are_cut_and_say_so():
    parsed = parse("aube " * 100_000)
    assert isinstance(parsed.tree, And)
    assert len(parsed.tree.children) == MOST_WORDS
    assert any(str(MOST_CHARACTERS) in one for one in parsed.remarks)
    assert any(str(MOST_WORDS) in one for one in parsed.remarks)


HOSTILE = (
    '"', "(", "-", "titre:", "~", "*", "a*", "a PRES/2 ", "PRES/2 ", "AU MOINS ", "AU MOINS 3 ",
    "pays:a ", "date:", "a" * 100 + " ", "a and not ", "hd=", "hd=(", "la=(", "near5 ", "a >1 ",
    "/N5/", "date from ", "AAAA", "AA_", "$", ")", "5.", "l'", " ", "\n", "e\u0301",
)  # fmt: skip


@given(st.text())
def test_any_text_gives_a_tree(text):
    assert parse(text).tree is not None


@given(st.lists(st.sampled_from(["(", ")", '"', "-", "~", "=", "*", "OU", "ET", "SAUF", "aube",
                                 "titre:", " ", "~3", "«", "|", "PRES/2 ", "AU MOINS 2 ",
                                 "pays:", "date:", "2015", "..", "?"])).map("".join))  # fmt: skip
def test_any_mixture_of_operators_gives_a_tree(text):
    assert parse(text).tree is not None


def test_hostile_texts_take_no_time():
    for part in HOSTILE:
        text = part * (MOST_CHARACTERS // len(part))
        started = perf_counter()
        parse(text)
        assert perf_counter() - started < 1
