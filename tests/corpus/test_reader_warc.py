"""Web archives: the pages among the records of a WARC or a WACZ."""

import base64
import gzip
import hashlib
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given

from corpus.article import Article
from corpus.files import OpenFile
from corpus.readers import warc
from corpus.reading import Reading
from corpus.records import Fate, SetAside, Unreadable
from tests.corpus.mutations import damaged
from tests.corpus.opened import opened

PAGE = (
    '<html lang="fr"><head><meta property="og:type" content="article"><title>{0}</title></head>'
    "<body><h1>{0}</h1><p>La tempête qui a balayé la côte d’Émeraude dans la nuit n’a pas eu "
    "raison de la digue du Sillon.</p><p>Le préfet a salué le travail des équipes municipales, "
    "mobilisées depuis trois jours.</p></body></html>"
)
ADDRESS = "https://lefanal.example/"


def record(kind: str, path: str = "", content: bytes = b"") -> bytes:
    payload = content.partition(b"\r\n\r\n")[2]
    digest = base64.b32encode(hashlib.sha1(payload).digest()).decode()
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{hash((kind, path))}>\r\n"
        f"WARC-Date: 2020-07-03T08:05:00Z\r\nWARC-Target-URI: {ADDRESS}{path}\r\n"
        f"WARC-Payload-Digest: sha1:{digest}\r\nContent-Type: application/http\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content + b"\r\n\r\n"


def answer(data: bytes, kind: str = "text/html", status: str = "200 OK") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(data)}\r\n\r\n"
    return head.encode() + data


PAGES = (
    record("warcinfo", "", b"software: essai\r\n"),
    record("response", "1", answer(PAGE.format("La digue a tenu").encode())),
    record("request", "1", b"GET / HTTP/1.1\r\nHost: lefanal.example\r\n\r\n"),
    record("response", "image", answer(b"\x89PNG", "image/png")),
    record("response", "perdu", answer(b"<html>Rien</html>", status="404 Not Found")),
    record("response", "1bis", answer(PAGE.format("La digue a tenu").encode())),
    record(
        *("response", "2"),
        answer(PAGE.format("Un pont neuf").encode("cp1252"), "text/html; charset=windows-1252"),
    ),
    record("response", "sommaire", answer(b"<html><body><p>Les titres</p></body></html>")),
    record("revisit", "1", b"HTTP/1.1 200 OK\r\n\r\n"),
)


def archive() -> bytes:
    return b"".join(map(gzip.compress, PAGES))


GOLDEN = b"".join(PAGES)


def test_pages_are_read_and_the_rest_is_told(tmp_path: Path) -> None:
    (tmp_path / "fanal.warc").write_bytes(GOLDEN)
    items = list(Reading([tmp_path]))
    first, second = (one for one in items if isinstance(one, Article))
    assert (first.title, first.url) == ("La digue a tenu", ADDRESS + "1")
    assert (second.title, second.url) == ("Un pont neuf", ADDRESS + "2")
    assert "d’Émeraude" in second.body and first.file.endswith("fanal.warc/" + ADDRESS + "1")
    aside = [one for one in items if isinstance(one, SetAside)]
    assert sum("sans article" in one.reason and "sommaire" in one.file for one in aside) == 1
    passed = [one for one in aside if "passés" in one.reason]
    assert all(one.fate is Fate.SKIPPED for one in passed)
    assert sorted(one.reason for one in passed) == [
        "enregistrements d'une page déjà archivée : 2 passés",
        "réponses d'état 404 : 1 passés",
        "réponses qui ne sont pas des pages (image/png) : 1 passés",
    ]


def test_compressed_and_in_a_wacz(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "fanal.wacz", "w") as wacz:
        wacz.writestr("datapackage.json", '{"profile": "data-package", "title": "Le Fanal"}')
        wacz.writestr("archive/data.warc.gz", archive())
        wacz.writestr("pages/pages.jsonl", '{"title": "La digue a tenu", "text": "Double."}')
    (tmp_path / "z.warc.gz").write_bytes(archive())
    items = list(Reading([tmp_path]))
    articles = [item for item in items if isinstance(item, Article)]
    assert [one.title for one in articles] == ["La digue a tenu", "Un pont neuf"]
    assert articles[0].source == "lefanal.example"
    assert sum("doublon" in str(item) for item in items) == 2


def test_a_page_too_large_is_set_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "MAX_PAGE", 100)
    first, *_ = warc.pages(opened(GOLDEN))
    assert isinstance(first, SetAside) and "Mo" in first.reason


def test_a_missing_package_is_told_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "warcio", None)
    assert not warc.FORMAT.is_ready
    with pytest.raises(Unreadable) as refusal:
        list(warc.pages(opened(GOLDEN)))
    assert "pip install 'kiosque[warc]'" in refusal.value.reason


def test_a_damaged_compressed_archive_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(archive()[:-200])
    items = list(Reading([tmp_path]))
    assert any(isinstance(item, Article) for item in items)
    assert any("abîmé" in str(item) for item in items), items


def test_an_empty_archive() -> None:
    for data in (b"WARC/1.0\r\n", PAGES[0]):
        with pytest.raises(Unreadable, match="sans page"):
            list(warc.pages(opened(data)))


@given(damaged(GOLDEN))
def test_damage(data: bytes) -> None:
    try:
        assert all(isinstance(one, OpenFile | SetAside) for one in warc.pages(opened(data)))
    except Unreadable as refusal:
        assert refusal.reason
