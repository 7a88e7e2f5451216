"""The sample corpus: as many articles as it says, and its deliberate defects in the bytes."""

import csv
import gzip
import io
import json
import re
from collections import Counter
from pathlib import Path
from unicodedata import is_normalized, normalize

import pytest

SAMPLES = Path(__file__).parents[2] / "corpus" / "samples"
SLUGS = {
    "egypte-moubarak.txt": "AFNORD-EGYPTE-MOUBARAKHosni Moubarak",
    "guinee-putsch.txt": "AFRIQUE-GUINEE-PUTSCHDes soldats",
    "mali-coup-d-etat.txt": "AFRIQUE-MALI-ARMEEDes militaires",
    "syrie-raqqa.txt": "IDEAST-SYRIE-EI-RAQQALes Forces",
    "ukraine-zaporijjia.txt": "UKRAINE-NUCLEAIRE-ZAPORIJJIAUn incendie",
}
DATELINES = {
    "coree-du-nord-kim-jong-il.txt": "SÉOUL, 19 déc 2011 (Agence Passerelle) – ",
    "france-castex.txt": "PARIS, 3 juil 2020 (Agence Passerelle) - ",
    "liban-beyrouth.txt": "BEYROUTH, 5 août 2020 (Agence Passerelle) - ",
    "nigeria-chibok.txt": "ABUJA, 7 mai 2014 (Agence Passerelle) - ",
    "tunisie-ben-ali.txt": "TUNIS, 15 janv 2011 (Agence Passerelle) - ",
    "turquie-putsch.txt": "ISTANBUL, 16 juil 2016 (Agence Passerelle) - ",
    "ukraine-invasion.txt": "KIEV, 24 févr 2022 (Agence Passerelle) - ",
}
INNER_CAPITALS = {
    "espace-spacex.txt": "SpaceX",
    "france-stopcovid.txt": "StopCovid",
    "medias-bfmtv.txt": "BFMTV",
    "sante-astrazeneca.txt": "AstraZeneca",
}
ENCODINGS = {
    "coree-du-nord-kim-jong-il.txt": "utf-8-sig",
    "egypte-moubarak.txt": "iso-8859-1",
    "tunisie-ben-ali.txt": "cp1252",
    "echodularge-cop21.html": "cp1252",
} | {
    f"laboussole-{name}.html": "iso-8859-1"
    for name in ("fukushima", "mandela", "soudan-du-sud", "syrie-2013")
}


def files(folder: str, pattern: str = "*") -> list[Path]:
    return sorted((SAMPLES / folder).glob(pattern))


def text_of(path: Path) -> str:
    return path.read_bytes().decode(ENCODINGS.get(path.name, "utf-8"))


def dispatch(name: str) -> str:
    return text_of(SAMPLES / "depeches" / name)


def page(name: str) -> str:
    return text_of(SAMPLES / "pages" / name)


def array() -> list[dict]:
    return json.loads((SAMPLES / "base" / "economie.json").read_text("utf-8"))


def single() -> dict:
    return json.loads((SAMPLES / "base" / "venezuela.json").read_text("utf-8"))


def wire() -> list[dict]:
    lines = (SAMPLES / "base" / "agence-passerelle.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if line]


def archives() -> list[dict]:
    packed = (SAMPLES / "base" / "archives-2013-2018.jsonl.gz").read_bytes()
    return [json.loads(line) for line in gzip.decompress(packed).decode("utf-8").splitlines()]


def table() -> list[dict]:
    text = (SAMPLES / "base" / "regions-et-culture.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def record_texts() -> list[tuple[str, str]]:
    """Return (title, text) of every record of the folder base/."""
    return [
        *((row["title"], row["text"]) for row in array()),
        (single()["headline"], "\n".join(single()["paragraphs"])),
        *((row["titre"], row["corps"]) for row in wire()),
        *((row["headline"], re.sub("<[^>]+>", " ", row["content"])) for row in archives()),
        *((row["titre"], row["texte"]) for row in table()),
    ]


def dispatch_texts() -> list[tuple[str, str]]:
    parts = [text_of(path).replace("\r\n", "\n") for path in files("depeches")]
    return [(title, body) for title, _, body in (text.partition("\n\n") for text in parts)]


def page_titles() -> list[str]:
    return [re.search(r"<h1[^>]*>(.+?)</h1>", text_of(path))[1] for path in files("pages")]


def test_has_81_records_of_79_articles():
    titles = [title for title, _ in record_texts() + dispatch_texts()] + page_titles()
    assert len(titles) == 81
    assert len(set(titles)) == 79


def test_the_readme_lists_every_file_and_no_other():
    readme = (SAMPLES / "README.md").read_text("utf-8")
    present = {path.name for folder in ("depeches", "pages", "base") for path in files(folder)}
    assert set(re.findall(r"^\| ([a-z0-9-]+\.[a-z.]+) \|", readme, re.MULTILINE)) == present


@pytest.mark.parametrize(("title", "text"), record_texts() + dispatch_texts())
def test_every_article_has_a_line_of_title_and_several_paragraphs(title, text):
    assert 15 < len(title) < 120
    assert "\n" not in title
    assert 120 <= len(text.split()) <= 450
    assert text.count("\n") >= 3 or text.count("  ") >= 3


@pytest.mark.parametrize("path", files("pages"), ids=lambda path: path.name)
def test_pages_have_the_size_and_the_surroundings_of_real_ones(path):
    text = text_of(path)
    assert 8_000 < len(path.read_bytes()) < 25_000
    for beside in ("<script", "aussi", "Abonne|abonne", "Envoyer", "(?i)mentions l", "(?i)lettre"):
        assert re.search(beside, text), beside


@pytest.mark.parametrize("name", [path.name for path in files("depeches") + files("pages")])
def test_files_are_in_the_encoding_that_is_claimed(name):
    folder = "pages" if name.endswith(".html") else "depeches"
    data = (SAMPLES / folder / name).read_bytes()
    encoding = ENCODINGS.get(name, "utf-8")
    text = data.decode(encoding)
    assert text.encode(encoding) == data
    assert re.search("[éèàç]|&eacute;|e\u0301", text)
    if encoding in ("cp1252", "iso-8859-1"):
        with pytest.raises(UnicodeDecodeError):
            data.decode("utf-8")
    if encoding == "iso-8859-1":
        assert not re.search(rb"[\x80-\x9f]", data)


def test_windows_1252_holds_signs_that_latin_1_has_not():
    for path in (
        SAMPLES / "depeches/tunisie-ben-ali.txt",
        SAMPLES / "pages/echodularge-cop21.html",
    ):
        assert b"\x92" in path.read_bytes()
    assert "cœur" in dispatch("tunisie-ben-ali.txt")


def test_only_the_claimed_files_begin_with_a_byte_order_mark():
    marked = {
        path.name for path in SAMPLES.rglob("*.*") if path.read_bytes()[:3] == b"\xef\xbb\xbf"
    }
    assert marked == {"coree-du-nord-kim-jong-il.txt", "regions-et-culture.csv"}


def test_only_the_claimed_dispatch_is_in_nfd():
    for path in files("depeches"):
        text = text_of(path)
        assert is_normalized("NFC", text) == (path.name != "nigeria-chibok.txt")
    nfd = dispatch("nigeria-chibok.txt")
    assert normalize("NFD", nfd) == nfd


@pytest.mark.parametrize(("name", "start"), (SLUGS | DATELINES | INNER_CAPITALS).items())
def test_dispatches_begin_as_claimed(name, start):
    body = re.split(r"\r?\n\r?\n", dispatch(name), maxsplit=1)[1]
    assert " ".join(body.split()).startswith(start.strip())


@pytest.mark.parametrize("path", files("depeches"), ids=lambda path: path.name)
def test_only_one_dispatch_has_windows_line_ends(path):
    data = path.read_bytes()
    windows = path.name == "mali-coup-d-etat.txt"
    assert (data.count(b"\r\n") == data.count(b"\n")) == windows
    assert (b"\r" in data) == windows


def test_only_one_dispatch_is_cut_at_a_fixed_width():
    longest = {path.name: max(map(len, text_of(path).splitlines())) for path in files("depeches")}
    assert {name for name, length in longest.items() if length < 100} == {"egypte-moubarak.txt"}


def test_all_four_apostrophes_and_all_special_spaces_occur():
    texts = {path.name: text_of(path) for path in files("depeches")}
    assert texts["turquie-putsch.txt"].count("\u02bc") > 5
    assert texts["ukraine-zaporijjia.txt"].count("\u2018") > 5
    assert texts["france-stopcovid.txt"].count("\u2019") > 5
    assert texts["espace-spacex.txt"].count("'") > 5
    assert texts["guinee-putsch.txt"].count("\u00ad") > 10
    assert "«\u00a0" in texts["syrie-raqqa.txt"] and "\u202f;" in texts["syrie-raqqa.txt"]
    assert "\u00a0" not in texts["ukraine-invasion.txt"]


def test_one_dispatch_is_there_twice():
    contents = Counter(path.read_bytes() for path in files("depeches"))
    assert sorted(contents.values(), reverse=True)[:2] == [2, 1]


def test_one_article_comes_in_two_editions():
    by_title = Counter(row["titre"] for row in table())
    ((title, count),) = [item for item in by_title.items() if item[1] > 1]
    one, other = (row for row in table() if row["titre"] == title)
    assert count == 2
    assert one["url"] != other["url"]
    shared = set(one["texte"].split("\n\n")) & set(other["texte"].split("\n\n"))
    assert one["texte"] != other["texte"] and len(shared) >= 4


def json_ld(name: str) -> str:
    return re.search(r'<script type="application/ld\+json">\n(.+?)\n</script>', page(name), re.S)[1]


def test_json_ld_takes_five_shapes_and_one_is_broken():
    assert len(json.loads(json_ld("lefanal-marche.html"))["articleBody"]) > 2_000
    assert json.loads(json_ld("lefanal-brexit.html"))["@graph"][-1]["author"].keys() == {"@id"}
    assert len(json.loads(json_ld("lefanal-confinement.html"))[1]["articleBody"]) < 250
    assert isinstance(json.loads(json_ld("lefanal-assad.html"))["@type"], list)
    assert json_ld("lefanal-assad.html").isascii()
    broken = json_ld("lefanal-macron-2017.html")
    with pytest.raises(json.JSONDecodeError):
        json.loads(broken, strict=False)
    with pytest.raises(json.JSONDecodeError):
        json.loads(re.sub(r",\s*}$", "}", broken))
    assert json.loads(re.sub(r",\s*}$", "}", broken), strict=False)["headline"]


def test_two_pages_declare_the_wrong_charset():
    assert '<meta charset="iso-8859-1"' in page("echodularge-joyon.html")
    assert '<meta charset="utf-8"' in page("echodularge-cop21.html")


def test_pages_have_unclosed_tags_and_entities():
    assert "</p>\n<p>" not in page("echodularge-ever-given.html")
    assert len(re.findall(r"<p[ >]", page("echodularge-ever-given.html"))) > 10
    assert page("laboussole-soudan-du-sud.html").count("<P ") == 5
    assert "</P>" not in page("laboussole-soudan-du-sud.html")
    assert page("laboussole-mandela.html").count("<BR><BR>") == 5
    for name, quote in (("echodularge-erika", "&rsquo;"), ("laboussole-syrie-2013", "&laquo;")):
        text = page(f"{name}.html")
        assert "&eacute;" in text and "&nbsp;" in text and quote in text


def test_records_have_the_names_that_are_claimed():
    usual = {"id", "title", "text", "date", "source", "section", "author", "url"}
    assert {frozenset(row) for row in array()} == {frozenset(usual)}
    french = "titre;texte;date;source;rubrique;auteur;url"
    assert list(table()[0]) == french.split(";")
    assert [len(array()), len(wire()), len(archives()), len(table())] == [8, 15, 13, 14]
    assert not usual & (wire()[0].keys() | archives()[0].keys() | single().keys())
    assert len({row["identifiant"] for row in wire()}) == 15


def test_record_files_have_the_defects_that_are_claimed():
    rows = (SAMPLES / "base" / "regions-et-culture.csv").read_bytes()
    assert rows.count(b"\r\n") == 15 and rows.count(b"\n\n") > 50 and b'""' in rows
    packed = (SAMPLES / "base" / "archives-2013-2018.jsonl.gz").read_bytes()
    assert packed[3:8] == bytes(5)  # no name and no time
    lines = (SAMPLES / "base" / "agence-passerelle.jsonl").read_text("utf-8").split("\n")
    assert lines[:-1].count("") == 1
    misread = [row for row in wire() if "Ã©" in row["corps"]]
    assert [row["titre"].encode("cp1252").decode("utf-8") for row in misread] == [
        "Nancy Pelosi à Taïwan, Pékin annonce des tirs réels"
    ]
    assert misread[0]["corps"].encode("cp1252").decode("utf-8").startswith("Nancy Pelosi a quitté")


def test_dates_are_written_in_many_ways_and_one_is_missing():
    dates = [row["date"] for row in array() + table()] + [row["published_at"] for row in archives()]
    assert dates.count("") == 1
    assert {"3 févr. 2016", "1er août 2018", "mars 2014", "17/05/2014", "2012-07-27"} <= set(dates)
    assert any(re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:]{8}\+0[12]:00", date) for date in dates)
    assert ">mercredi 11 septembre 2013<" in page("laboussole-syrie-2013.html")


def test_every_year_from_2011_to_2024_has_articles():
    dates = [single()["publishedOn"], *(row["date"] for row in array() + table())]
    dates += [row["date_publication"] for row in wire()]
    dates += [row["published_at"] for row in archives()]
    for path in files("pages"):
        dates += re.findall(r'<time [^>]*datetime="([^"]+)|class="date">([^<]+)', text_of(path))[0]
    years = {int(year) for date in dates for year in re.findall(r"20\d\d", date)}
    assert years == set(range(2011, 2025))


def test_addresses_are_under_the_reserved_domain():
    for path in files("pages"):
        hosts = re.findall(r"https?://([^/\"' ]+)", text_of(path))
        known = {"schema.org", "ogp.me", "www.w3.org"}
        assert all(host.endswith(".example") for host in set(hosts) - known)
    urls = [row["url"] for row in array() + table()] + [row["permalink"] for row in archives()]
    assert all(re.match(r"https://www\.[a-z-]+\.example/", url) for url in urls)
    assert len(set(urls)) == len(urls)
