"""The language of an article."""

from time import perf_counter

import pytest

from corpus.language import code, language_of

FRENCH = (
    "Le conseil municipal a voté hier soir la rénovation du marché couvert, dont les travaux "
    "commenceront au printemps et dureront deux ans."
)
OTHERS = {
    "en": "The town council voted last night to renovate the covered market; the works will "
    "start in spring and last for two years, the mayor said.",
    "es": "El pleno municipal aprobó anoche la renovación del mercado cubierto, cuyas obras "
    "empezarán en primavera y durarán dos años, según la alcaldesa.",
    "it": "Il consiglio comunale ha votato ieri sera la ristrutturazione del mercato coperto; i "
    "lavori, dice il sindaco, inizieranno in primavera e dureranno un anno e le strade resteranno "
    "chiuse.",
    "de": "Der Stadtrat hat gestern Abend beschlossen, die Markthalle zu sanieren; die Arbeiten "
    "sollen im Frühjahr beginnen und zwei Jahre dauern.",
    "ca": "El ple municipal va aprovar ahir al vespre la renovació del mercat cobert; les obres "
    "començaran a la primavera i duraran dos anys, segons l’alcaldessa.",
}


def test_french() -> None:
    assert language_of(FRENCH) == language_of(FRENCH.upper()) == "fr"


@pytest.mark.parametrize(("expected", "text"), OTHERS.items())
def test_others(expected: str, text: str) -> None:
    assert language_of(text) == expected


def test_words_decide_before_the_declaration() -> None:
    assert language_of(FRENCH, "en") == "fr"
    assert language_of(OTHERS["en"], "fr-FR") == "en"


def test_the_declaration_where_words_are_few() -> None:
    assert language_of("Budget 2020", "fr-CA") == "fr"
    assert language_of("Budget 2020", "English") == "en"
    assert language_of("Budget 2020") == language_of("") == ""


def test_declarations() -> None:
    for name in ("fr", "FR", "fr-FR", "fr_CA", "fr-x-test", "French", "Français", "fra", " fre "):
        assert code(name) == "fr"
    for name in ("", "Langue", "français-anglais", "1", "x"):
        assert code(name) == ""


def test_french_costs_no_library() -> None:
    texts = [FRENCH * 20] * 500
    started = perf_counter()
    assert all(language_of(text) == "fr" for text in texts)
    assert perf_counter() - started < 0.5  # 1 ms each; measured: 0.02 ms
