"""Clean text: characters, spaces, paragraphs, and the keywords of agencies."""

from textwrap import wrap
from unicodedata import is_normalized

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cleaning import byline, clean_body, clean_line

PARAGRAPHS = (
    "Les pompiers ont lutté toute la nuit contre l’incendie qui ravage la pinède, sans parvenir "
    "à le fixer. Le vent, qui soufflait hier soir à plus de soixante kilomètres à l’heure, devrait "
    "faiblir dans la matinée.",
    "Deux cents personnes ont été mises à l’abri dans le gymnase de la commune. Selon la préfète, "
    "aucune n’est blessée.",
    "« Nous avons tout laissé », raconte une habitante, qui n’a emporté que son chat.",
)


def test_characters() -> None:
    assert clean_line("e\u0301lection") == "élection"
    assert clean_line("pré\u00adfec\u200bture\ufeff\x00\x07\u202a \ud800") == "préfecture"
    assert clean_line("Un\r\ntitre\u2028sur  trois\tlignes ") == "Un titre sur trois lignes"
    assert clean_line("l&rsquo;&eacute;t&eacute; &amp; l&#8217;hiver") == "l’été & l’hiver"


def test_mojibake_is_mended_and_true_text_left() -> None:
    assert clean_line("L’Ã©tÃ© Ã\xa0 Paris, lâ€™Å“uvre") == "L’été à Paris, l’œuvre"
    assert clean_line("l\x92\x8cuvre") == "l’Œuvre"
    for text in ("SÃO PAULO", "Â Paris", "20 °C", "ÂGÉ"):
        assert clean_line(text) == text


def test_no_break_spaces_stay_where_french_wants_them() -> None:
    text = "«\u00a0Oui\u00a0», dit-il\u202f; 10\u202f000\u00a0euros\u00a0?"
    assert clean_line(text) == text
    assert clean_line("Oui \u00a0; non\u2009: «\t\u202foui") == "Oui\u00a0; non\u202f: «\u202foui"
    assert clean_line("mot\u00a0 mot \u00a0") == "mot mot"


def test_paragraphs_are_parted_by_one_blank_line() -> None:
    assert clean_body("\n\nUn.\n\n\n \nDeux.\nTrois.\n") == "Un.\n\nDeux.\n\nTrois."


@pytest.mark.parametrize("width", [40, 60, 72, 80])
@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_lines_cut_at_a_width_are_joined(width: int, between: str) -> None:
    cut = between.join("\n".join(wrap(p, width)) for p in PARAGRAPHS)
    joined = clean_body(cut)
    assert joined.replace("\n\n", " ") == " ".join(PARAGRAPHS)
    if between == "\n\n":
        assert joined == "\n\n".join(PARAGRAPHS)


def test_words_cut_at_the_end_of_a_line_are_joined() -> None:
    cut = (
        "Le gouver-\nnement a chargé son porte-\nparole de répondre : a-t-\nil été prévenu, dans "
        "le nord-\nest, du cessez-\nle-feu ? La sous-préfète dit que la franc-\nmaçonnerie, oui, "
        "la franc-maçonnerie, l’a su avant la préfec\u00ad\nture.\nLa foule est par-\ntie."
    )
    assert clean_body(cut).replace("\n\n", " ") == (
        "Le gouvernement a chargé son porte-parole de répondre : a-t-il été prévenu, dans le "
        "nord-est, du cessez-le-feu ? La sous-préfète dit que la franc-maçonnerie, oui, la "
        "franc-maçonnerie, l’a su avant la préfecture. La foule est partie."
    )


def test_sentences_run_together_are_parted_where_it_is_certain() -> None:
    assert clean_body("La paix domestique.Consternant, dit-il.") == (
        "La paix domestique. Consternant, dit-il."
    )
    for text in (
        *(
            "Sur Booking.Com et fnac.Com",
            "M.Blanc",
            "le fichier notes.Fin",
            "www.journal.Example a",
        ),
        *("écrivez à jean@poste.Example ici", "un ministre.NON", "l'an 3.Fin de"),
    ):
        assert clean_body(text) == text


def test_bylines() -> None:
    assert byline("Par Jeanne Dupré et Ali Ben Amar") == "Jeanne Dupré et Ali Ben Amar"
    assert byline("par Jeanne Dupré") == "Jeanne Dupré"
    for line in ("Par ailleurs", "Paris", "Par Toutatis ! Le village résiste.", "Par 3"):
        assert byline(line) == ""


@given(st.text())
def test_cleaning_once_is_enough(text: str) -> None:
    line = clean_line(text)
    assert is_normalized("NFC", line) and "\n" not in line and line == line.strip()


@given(st.text(alphabet="ab .\n\r\u00a0-", max_size=80))
def test_no_letter_is_lost_or_made(text: str) -> None:
    letters = [c for c in clean_body(text) if c.isalpha()]
    assert letters == [c for c in text if c.isalpha()]


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "mac_roman", "cp850", "cp437"])
def test_utf8_read_as_something_else(encoding: str) -> None:
    text = "L’été à Nîmes, où l’œuvre coûte 12 € – « voilà »…"
    try:
        broken = text.encode().decode(encoding)
    except UnicodeDecodeError:  # cp1252 has no sign for five bytes, which stay as they are
        broken = "".join(
            bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in text.encode()
        )
    assert clean_body(broken) == text


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("mi-\nnistre", "ministre"),
        ("bien-\ntôt", "bientôt"),
        ("mi-\ntemps", "mi-temps"),
        ("chef-\nlieu", "chef-lieu"),
        ("sous-\npréfet", "sous-préfet"),
    ],
)
def test_a_compound_is_told_from_a_common_word(cut: str, whole: str) -> None:
    lines = (
        f"Le conseil a parlé longuement du {cut} et de la ville,\npuis il est parti en\nsilence."
    )
    assert whole in clean_body(lines)


@pytest.mark.parametrize(
    ("glued", "parted"),
    [
        ("la salle vote!Le maire part.", "la salle vote! Le maire part."),
        ("tout finit ici.L’autre part.", "tout finit ici. L’autre part."),
        ("à la fin.« Oui », dit-il.", "à la fin. « Oui », dit-il."),
        ("le site next.Le.example dort", "le site next.Le.example dort"),
    ],
)
def test_short_words_after_a_glued_stop(glued: str, parted: str) -> None:
    assert clean_body(glued) == parted
