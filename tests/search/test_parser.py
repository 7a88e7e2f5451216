"""The query language: what each operator means, and that no text makes it fail."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query import And, Everything, Match, Not, Or, Phrase, Term, TextField
from search.parser import MOST_CHARACTERS, MOST_WORDS, parse


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
        ("aube ou brume", And((A, word("ou"), B))),
        ('"aube grise"', Phrase(("aube", "grise"))),
        ("« aube grise »", Phrase(("aube", "grise"))),
        ('"aube grise"~3', Phrase(("aube", "grise"), slop=3)),
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
    ],
)
def test_operators(text, tree):
    parsed = parse(text)
    assert parsed.tree == tree
    assert parsed.remarks == ()


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
        ("porte-avi*", Phrase(("porte", "avi"), match=Match.STEMMED), "L'astérisque"),
        ("!!!", Everything(), "Aucun mot à chercher"),
        ("((((((((((((((((((((((aube))))))))))))))))))))))", A, "parenthèses emboîtées"),
    ],
)
def test_remarks_say_what_was_not_understood(text, tree, remark):
    parsed = parse(text)
    assert parsed.tree == tree
    assert any(remark in one for one in parsed.remarks)


def test_long_queries_are_cut_and_say_so():
    parsed = parse("aube " * 100_000)
    assert isinstance(parsed.tree, And)
    assert len(parsed.tree.children) == MOST_WORDS
    assert any(str(MOST_CHARACTERS) in one for one in parsed.remarks)
    assert any(str(MOST_WORDS) in one for one in parsed.remarks)


@given(st.text())
def test_any_text_gives_a_tree(text):
    assert parse(text).tree is not None


@given(st.lists(st.sampled_from(["(", ")", '"', "-", "~", "=", "*", "OU", "ET", "SAUF", "aube",
                                 "titre:", " ", "~3", "«", "|"])).map("".join))  # fmt: skip
def test_any_mixture_of_operators_gives_a_tree(text):
    assert parse(text).tree is not None


def test_hostile_texts_take_no_time():
    for text in ('"' * 10**5, "(" * 10**5, "-" * 10**5, "titre:" * 10**5, "~" * 10**5):
        started = perf_counter()
        parse(text)
        assert perf_counter() - started < 1
