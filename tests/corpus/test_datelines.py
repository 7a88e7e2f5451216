"""How agencies open and end a text."""

import pytest

from corpus.datelines import agency_in, has_dateline, part_credit, part_slug, parted
from corpus.records import Record, to_article

TEXT = "La tempête n’a pas eu raison de la digue du Sillon."
STRIPPED = {
    "IDEAST-CRISIS-SYRIA-PUTINLe chef d’état-major": "Le chef d’état-major",
    "FRANCE-GREVEUn train sur deux": "Un train sur deux",
    "SPORT-RUGBYL'équipe": "L'équipe",
    "UE-BREXITÀ Londres": "À Londres",
    "UKRAINE-CRISE-2Les forces": "Les forces",
    "COVID-19Le gouvernement": "COVID-19 Le gouvernement",
}
KEPT = (
    *("AstraZeneca a", "StopCovid arrive", "BFMTV passe", "SpaceX lance", "LREM perd", "CD-ROMs"),
    *("PME-PMIs", "DVD-ROM's", "PARIS-SACLAY accueille", "COVID-19 : la vague", "Covid-19Le"),
    *("LR-UDI-MoDem", "SYRIEle", "e-CRISEle", "CGT-Cheminots"),
)


DATELINES = {
    "PARIS, 3 juil 2020 (AFP) - ": ("PARIS", "3 juil 2020", "AFP"),
    "Moscou (AFP) – ": ("Moscou", "", "AFP"),
    "Genève, le 12 février 2011 (Keystone-ATS) — ": (
        *("Genève", "le 12 février 2011", "Keystone-ATS"),
    ),
    "PARIS (Reuters)- ": ("PARIS", "", "Reuters"),
    "(AFP) - ": ("", "", "AFP"),
    "PARIS, 3 juil (AFP) - ": ("PARIS", "3 juil", "AFP"),
    "SÉOUL, 19 déc 2011 (Agence Passerelle) – ": ("SÉOUL", "19 déc 2011", "Agence Passerelle"),
    "SAINT-MALO (Ille-et-Vilaine) (AFP) - ": ("SAINT-MALO (Ille-et-Vilaine)", "", "AFP"),
    "LA NOUVELLE-ORLÉANS, 3 mai 2012 - ": ("LA NOUVELLE-ORLÉANS", "3 mai 2012", ""),
    "BERNE, 3 juil (ats) ": ("BERNE", "3 juil", "ATS"),
    "Berne (awp/ats) - ": ("Berne", "", "ATS"),
    "(Belga) ": ("", "", "Belga"),
    "BRUXELLES 03/07 (BELGA) = ": ("BRUXELLES", "03/07", "Belga"),
    "KINSHASA, 3 JUIL (ACP).- ": ("KINSHASA", "3 JUIL", "ACP"),
    "PARIS, FRANCE (AFP) - ": ("PARIS, FRANCE", "", "AFP"),
    "New York, États-Unis, 3 juil (AFP) – ": ("New York, États-Unis", "3 juil", "AFP"),
    "Montréal, mardi 3 juillet (AFP) - ": ("Montréal", "mardi 3 juillet", "AFP"),
    "MOSCOU, 3 juillet /TASS/ - ": ("MOSCOU", "3 juillet", "TASS"),
    "Moscou, 3 juillet. /TASS/. ": ("Moscou", "3 juillet.", "TASS"),
}
BRACKETED = {
    "[Paris, AFP] ": ("Paris", "AFP"),
    "(Rome/ANSA) – ": ("Rome", "ANSA"),
    "[Aix-en-Provence, Reuters] - ": ("Aix-en-Provence", "Reuters"),
    "[AFP] ": ("", "AFP"),
}
KICKERS = (
    *(
        "LYON (Rhône) - ",
        "Le chantier - ",
        "Réunion le 3 juillet 2020 - ",
        "SYRIE – ",
        "Vu d’ici : ",
    ),
    *("Le Parti communiste (PC) n’est pas d’accord - ", "paris (afp) - "),
)


@pytest.mark.parametrize(("text", "expected"), STRIPPED.items())
def test_slugs_are_parted(text: str, expected: str) -> None:
    slug, rest = part_slug(text)
    assert rest == expected and slug + rest in (text, expected)


@pytest.mark.parametrize("text", KEPT)
def test_names_are_kept(text: str) -> None:
    assert part_slug(text) == ("", text)


@pytest.mark.parametrize(("dateline", "expected"), DATELINES.items())
def test_datelines_are_parted(dateline: str, expected: tuple[str, str, str]) -> None:
    opening = parted(dateline + TEXT)
    assert (opening.place, opening.day, opening.agency) == expected
    assert opening.text == TEXT and has_dateline(dateline + TEXT)


@pytest.mark.parametrize(("credit", "expected"), BRACKETED.items())
def test_a_place_and_an_agency_in_the_same_brackets(credit: str, expected: tuple[str, str]) -> None:
    opening = parted(credit + TEXT)
    assert (opening.place, opening.agency, opening.text) == (*expected, TEXT)


@pytest.mark.parametrize(
    "kept", ["[PC] ", "[Paris, direct] ", "(Paris, AFP) a-t-on appris. ", "Paris /Lyon/ ", "/TAS/ "]
)
def test_other_brackets_and_strokes_stay(kept: str) -> None:
    assert parted(f"{kept}{TEXT}").text == f"{kept}{TEXT}"


@pytest.mark.parametrize("sign", ["PARIS — ", "PARIS - ", "PARIS- ", "(Paris) "])
def test_a_known_place_alone_is_a_dateline_but_may_open_a_title(sign: str) -> None:
    opening = parted(sign + TEXT)
    assert (opening.place.title(), opening.text) == ("Paris", TEXT)
    assert not has_dateline(sign + TEXT)


@pytest.mark.parametrize("text", ["LILLE - LYON : un nul", "PARIS : le maire", "(Ennui) Le maire"])
def test_other_places_stay(text: str) -> None:
    assert parted(text).text == text


@pytest.mark.parametrize(
    ("last", "initials"), [("bur-vg/sc/lpt", "bur-vg/sc/lpt"), ("peut-être", ""), ("oui/Non", "")]
)
def test_initials_below_a_text(last: str, initials: str) -> None:
    found = to_article(Record(title="Un titre", body=f"{TEXT}\n\n{last}"), "")
    assert found.author == initials and (last in found.body) is not bool(initials)


@pytest.mark.parametrize(
    ("stated", "slug", "place"),
    [
        ("FRANCE-POLITIQUE-GOUVERNEMENTPARIS", "FRANCE-POLITIQUE-GOUVERNEMENT", "PARIS"),
        ("USA-VOTENEW YORK", "USA-VOTE", "NEW YORK"),
        ("FRANCE-JUSTICE PARIS", "FRANCE-JUSTICE", "PARIS"),
        *((town, "", town) for town in ("SAINT-NAZAIRE", "AIX-EN-PROVENCE", "PORTO-NOVO")),
        *((town, "", town) for town in ("VILLEFRANCHE-ROUERGUE", "PARIS-NICE", "NEW YORK")),
    ],
)
def test_keywords_stuck_to_the_place_are_parted(stated: str, slug: str, place: str) -> None:
    opening = parted(f"{stated}, 3 juil 2020 (AFP) - {TEXT}")
    assert (opening.slug, opening.place, opening.text) == (slug, place, TEXT)


@pytest.mark.parametrize("kicker", KICKERS)
def test_kickers_stay(kicker: str) -> None:
    assert parted(kicker + TEXT).text == kicker + TEXT and not has_dateline(kicker + TEXT)


@pytest.mark.parametrize(
    "line", ["(AFP)", "AFP", "Avec AFP", "(avec Reuters)", "Source : AFP.", "[Belga]"]
)
def test_a_credit_at_the_end_is_parted(line: str) -> None:
    agency, rest = part_credit(f"{TEXT}\n\n{line}")
    assert rest == TEXT and agency in ("AFP", "Reuters", "Belga")


@pytest.mark.parametrize("line", ["La MAP", "Jeanne Dupré", "L’AFP l’a annoncé.", TEXT])
def test_other_last_lines_stay(line: str) -> None:
    assert part_credit(f"{TEXT}\n\n{line}") == ("", f"{TEXT}\n\n{line}")
    assert part_credit("AFP") == ("", "AFP")


def test_credits_name_agencies() -> None:
    assert agency_in("Le Fanal avec AFP") == agency_in("afp") == "AFP"
    assert agency_in("Thomson Reuters") == "Thomson Reuters"
    assert agency_in("Le Fanal avec AFP-Services") == "AFP"
    for other in ("Le Fanal", "AP-HP", "CAPITALE", "MAPUCHE", "Le PC français", ""):
        assert agency_in(other) == ""


def test_every_format_gets_its_dateline_parted() -> None:
    body = f"<p>FRANCE-METEOLe Havre (AFP) - {TEXT}</p><p>{TEXT}</p><p>(Avec AFP)</p>"
    article = to_article(Record(title="T", body=body, url="https://lefanal.example/1"), "x")
    assert article.body == f"{TEXT}\n\n{TEXT}"
    assert (article.agency, article.dateline, article.slug) == ("AFP", "Le Havre", "FRANCE-METEO")
    assert article.source == "lefanal.example"
    article = to_article(Record(body=f"PARIS, 3 juil 2020 (AFP) - {TEXT}"), "x")
    assert (article.source, str(article.published)) == ("AFP", "2020-07-03")


@pytest.mark.parametrize(
    ("dateline", "place"),
    [
        ("Paris, 21 jan 2019 (AFP) -", "Paris"),
        ("LA HAYE (Belga)", "LA HAYE"),
        ("Saint-Malo", "Saint-Malo"),
        ("January 21", ""),
        ("21 janv.", ""),
        ("21 janvier 2019", ""),
        ("", ""),
    ],
)
def test_the_place_of_a_dateline_in_its_own_field(dateline: str, place: str) -> None:
    assert to_article(Record(body=TEXT, dateline=dateline), "x").dateline == place
