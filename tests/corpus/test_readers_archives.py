"""Archives and compressed files: streamed, bounded, and harmless."""

import bz2
import gzip
import io
import lzma
import random
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from corpus.readers import archives
from corpus.reading import Reading, SetAside
from corpus.records import Fate, Unreadable
from tests.corpus import test_reader_nexis_docx
from tests.corpus.opened import opened

TEXT = b"Un pont neuf\n\nLa mairie inaugure le pont."
LINES = b'{"id": "1", "titre": "A", "texte": "x"}\n{"id": "2", "titre": "B", "texte": "y"}\n'
COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstandard.ZstdCompressor().compress,
}


def zipped(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def tarred(mode: str = "w", **members: bytes) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def read(tmp_path: Path, name: str, data: bytes) -> tuple[list[Article], list[SetAside]]:
    (tmp_path / name).write_bytes(data)
    items = list(Reading([tmp_path / name]))
    articles = [item for item in items if isinstance(item, Article)]
    return articles, [item for item in items if isinstance(item, SetAside)]


@pytest.mark.parametrize("suffix", COMPRESS)
def test_compressed_files(tmp_path: Path, suffix: str) -> None:
    articles, aside = read(tmp_path, f"x.jsonl.{suffix}", COMPRESS[suffix](LINES))
    assert [article.id for article in articles] == ["1", "2"] and not aside
    assert articles[0].file == str(tmp_path / f"x.jsonl.{suffix}")


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_tar(tmp_path: Path, mode: str) -> None:
    data = tarred(mode, **{"a/un.txt": TEXT, "b.jsonl": LINES, ".cache": TEXT, "p.png": b"\x89PNG"})
    articles, aside = read(tmp_path, "archive", data)
    assert [article.title for article in articles] == ["Un pont neuf", "A", "B"]
    assert articles[0].file == str(tmp_path / "archive" / "a" / "un.txt")
    assert [item.file for item in aside] == [str(tmp_path / "archive" / "p.png")]


def test_zip_in_tar_and_compressed_members(tmp_path: Path) -> None:
    inner = zipped(**{"un.txt": TEXT, "b.jsonl.gz": gzip.compress(LINES)})
    articles, aside = read(tmp_path, "x.tar.gz", tarred("w:gz", **{"in.zip": inner}))
    assert len(articles) == 3 and not aside
    deeper = zipped(**{"x.tar.gz": tarred("w:gz", **{"in.zip": inner})})
    articles, aside = read(tmp_path, "y.zip", deeper)
    assert not articles and "emboîtées" in aside[0].reason


def test_links_and_devices_in_a_tar_are_passed_over_and_told(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
            info = tarfile.TarInfo("piege")
            info.type, info.linkname = kind, "/etc/hostname"
            archive.addfile(info)
    articles, aside = read(tmp_path, "x.tar", stream.getvalue())
    assert not articles and len(aside) == 4
    assert {(item.fate, item.reason) for item in aside} == {
        (Fate.SKIPPED, "lien ou périphérique dans une archive : jamais suivi")
    }


@pytest.mark.parametrize("name", ["../../un.txt", "/un.txt", "C:\\un.txt", "a/../../un.txt"])
def test_tricks_with_paths_write_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / "dedans").mkdir()
    for data in (zipped(**{name: TEXT}), tarred(**{name: TEXT})):
        (article,), _ = read(tmp_path / "dedans", "x", data)
        assert article.file.startswith(str(tmp_path / "dedans" / "x")) and ".." not in article.file
    assert [path.name for path in tmp_path.rglob("*")] == ["dedans", "x"]


def test_bombs_are_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_PIECE", 2**20)
    bomb = b"a" * 2**22
    for name, data in {
        "x.gz": gzip.compress(bomb),
        "x.xz": lzma.compress(bomb),
        "x.zip": zipped(**{"x.txt": bomb}),
        "x.tar.gz": tarred("w:gz", **{"x.txt": bomb}),
    }.items():
        articles, aside = read(tmp_path, name, data)
        assert not articles and aside
        assert all("se décompresse" in item.reason for item in aside)


@pytest.mark.parametrize("suffix", COMPRESS)
def test_a_cut_file_is_read_up_to_the_cut(tmp_path: Path, suffix: str) -> None:
    chance = random.Random(1)
    words = ["".join(chance.choices("abcdefghij", k=8)) for _ in range(60_000)]
    lines = "".join(f'{{"id": "{n}", "titre": "{w}"}}\n' for n, w in enumerate(words)).encode()
    data = COMPRESS[suffix](lines)
    articles, aside = read(tmp_path, f"x.jsonl.{suffix}", data[: len(data) * 9 // 10])
    assert len(articles) < 60_000
    assert suffix == "bz2" or len(articles) > 20_000
    assert any("tronqué" in item.reason or "JSON" in item.reason for item in aside)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (gzip.compress(gzip.compress(TEXT)), "compressé deux fois"),
        (b"PK\x03\x04 et puis rien", "abîmé"),
        (zipped(**{"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "de Nexis"),
        (zipped(**{"mimetype": b"x", "[Content_Types].xml": b"<x/>"}), "bureautique"),
        (gzip.compress(b""), "vide"),
        (b"7z\xbc\xaf'\x1c", "archive 7z"),
    ],
)
def test_refusals(tmp_path: Path, data: bytes, reason: str) -> None:
    articles, (aside,) = read(tmp_path, "x", data)
    assert not articles and reason in aside.reason


def test_a_word_export_is_read_alone_and_in_an_archive(tmp_path: Path) -> None:
    for data in (
        test_reader_nexis_docx.GOLDEN,
        zipped(**{"a.docx": test_reader_nexis_docx.GOLDEN}),
    ):
        articles, _ = read(tmp_path, "export", data)
        assert len(articles) == 2


def test_a_password_and_a_wrong_sum_concern_one_member(tmp_path: Path) -> None:
    data = bytearray(zipped(**{"a.txt": TEXT, "b.txt": TEXT.replace(b"Un", b"Le")}))
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1
    (article,), (aside,) = read(tmp_path, "x.zip", bytes(data))
    assert article.title == "Le pont neuf" and "mot de passe" in aside.reason


@given(st.binary(max_size=200), st.sampled_from(["gz", "bz2", "xz", "zst", "zip", "tar"]))
def test_any_damage(data: bytes, kind: str) -> None:
    packed = {"zip": zipped(a=TEXT), "tar": tarred(a=TEXT)}.get(kind) or COMPRESS[kind](TEXT)
    middle = len(packed) // 2
    for damaged in (packed[:middle] + data, packed[:10] + data + packed[10:]):
        file = opened(damaged)
        if archives.recognises(file):
            try:
                for member in archives.unpack(file, 0):
                    if not isinstance(member, SetAside):
                        member.whole()
            except (Unreadable, *archives.DAMAGED):
                pass
