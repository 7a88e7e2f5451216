"""XML from strangers: what is refused, what is read, and how text becomes paragraphs."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.xml_tree import elements, find, line, paragraphs, root_name
from corpus.records import Unreadable

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE nitf [<!ENTITY a "rire">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]><nitf><p title='&j;'>&j;</p></nitf>"
)


def texts(document: str | bytes, name: str = "p") -> list[str]:
    data = document.encode() if isinstance(document, str) else document
    return [line(element) for element in elements(data, name)]


@pytest.mark.parametrize(
    "document",
    [
        BOMB,
        BOMB.encode("utf-16"),
        '<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/hostname">]><p>&x;</p>',
        '<!DOCTYPE p [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]><p>a</p>',
        '<!DOCTYPE p SYSTEM "a>b" [<!ENTITY x "y">]><p>&x;</p>',
        '<!doctype p [<!entity x "y">]><p>&x;</p>',
    ],
)
def test_entities_are_refused_with_a_reason(document: str | bytes) -> None:
    with pytest.raises(Unreadable, match="entités"):
        texts(document)


def test_nothing_outside_is_read(tmp_path: Path) -> None:
    (tmp_path / "x.dtd").write_text('<!ENTITY eacute "PIÈGE"><!ATTLIST p a CDATA "PIÈGE">')
    document = f'<!DOCTYPE p SYSTEM "{tmp_path}/x.dtd"><p>&eacute;t&eacute;</p>'
    found = next(elements(document.encode(), "p"))
    assert line(found) == "été" and not found.attrib
    include = f'<p xmlns:xi="http://www.w3.org/2001/XInclude">a<xi:include href="{tmp_path}"/></p>'
    assert texts(include) == ["a"]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ('<?xml version="1.0" encoding="utf-8"?><p>été</p>'.encode("cp1252"), "été"),
        (
            '<?xml version="1.0" encoding="ISO-8859-15"?><p>été à 3 €</p>'.encode("iso8859-15"),
            "été à 3 €",
        ),
        ("\ufeff<?xml version='1.0'?>\n<p>été</p>", "été"),
        ('<?xml version="1.0" encoding="utf-16"?><p>un été</p>'.encode("utf-16"), "un été"),
        (
            "<p>l&rsquo;&eacute;t&eacute; &lt;b&gt; &LT;i&AMP; &inconnue;</p>",
            "l’été <b> <i& &inconnue;",
        ),
        ("<!DOCTYPE p SYSTEM 'x'><p>&a-b; &é.1;</p>", "&a-b; &é.1;"),
        ("<p>a&#0;b&#x1F;c&#1114112;d&#xD800;&#233;&#xE9;</p>", "abcdéé"),
        ("<p>a\x00b\x0bc\ufffe</p>", "abc"),
        ("<!-- <q> --><?x <r>?><p>un<!-- caché --> mot<?y z?></p>", "un mot"),
        ("<p>un <![CDATA[<b>mot</b> &amp;]]></p>", "un <b>mot</b> &amp;"),
    ],
)
def test_characters(document: str | bytes, expected: str) -> None:
    assert texts(document) == [expected]


def test_what_comes_before_a_break_is_kept() -> None:
    read = elements(b"<r>\n<p>un</p>\n<p>deux</p>\n<p>trois</r>", "p")
    assert [line(next(read)), line(next(read))] == ["un", "deux"]
    with pytest.raises(Unreadable, match="mal formé") as refusal:
        list(read)
    assert refusal.value.position == "ligne 4"


@pytest.mark.parametrize(
    "document", ["", "rien", "<p>" * 5_000, "<p", "<p>a</p><p>b</p>", "<a:p/>"]
)
def test_what_is_no_document(document: str) -> None:
    with pytest.raises(Unreadable, match="mal formé"):
        texts(document)


def test_nesting_has_a_limit() -> None:
    with pytest.raises(Unreadable):
        texts("<d>" * 5_000 + "<p>a</p>" + "</d>" * 5_000)


@pytest.mark.parametrize(
    ("start", "name"),
    [
        ("<NewsML Version='1.2'>", "NewsML"),
        ('<?xml version="1.0"?>\n<!-- a --><!DOCTYPE nitf SYSTEM "nitf.dtd">\n<nitf>', "nitf"),
        ("<!DOCTYPE nitf [<!ATTLIST p a CDATA 'x'>]><nitf/>", "nitf"),
        ("<g2:newsItem guid='x'", "newsItem"),
        ("Un texte <p>", ""),
        ("<!-- " * 10_000, ""),
        ("<!DOCTYPE [" * 5_000, ""),
    ],
)
def test_root_name(start: str, name: str) -> None:
    assert root_name(start) == name


def test_find_takes_the_first_that_holds_something() -> None:
    found = next(elements(b"<a xmlns='u:x'><b/><b> 1\n2 </b><c d=''/><e><c d='3'/></e></a>", "a"))
    assert find(found, "x", "b") == "1 2"
    assert find(found, "c/@d") == "3" and find(found, "e/c/@d") == "3"
    assert find(found, "b/c") == "" and find(found, "c/b/@d") == ""


def test_paragraphs() -> None:
    document = (
        "<body><p>Un <em>mot</em>,\n puis<br/>un autre.</p>texte nu<h2>Inter</h2>"
        "<media>photo</media>suite<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"
        "<ul><li>d</li></ul></body>"
    )
    found = next(elements(document.encode(), "body"))
    expected = ["Un mot, puis\nun autre.", "texte nu", "Inter", "suite", "a b", "c", "d"]
    assert paragraphs(found).split("\n\n") == expected


def test_a_namespace_that_holds_anything() -> None:
    found = next(elements("<a:r xmlns:a='é !}/'><a:p>un</a:p></a:r>".encode(), "r"))
    assert find(found, "r/p") == paragraphs(found) == "un"


@given(st.text("<>/pq&;!?[]-\"' =aé\n", max_size=80))
def test_any_text(text: str) -> None:
    for document in (text, f"<r><p>{text}</p></r>"):
        try:
            for element in elements(document.encode(), "p", "r"):
                paragraphs(element)
        except Unreadable as refusal:
            assert refusal.reason
