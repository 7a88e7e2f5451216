"""Which files are found, in which order, and what is never opened."""

import io
import os
import socket
from pathlib import Path

import pytest

from corpus import files
from corpus.files import FoundFile, find_files
from corpus.records import Fate, SetAside, Unreadable
from index.embedded.generations import MARK
from tests.corpus.opened import opened


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("Un titre")


def found(*paths: Path) -> tuple[list[str], list[SetAside]]:
    items = list(find_files(paths))
    regular = [item.path for item in items if isinstance(item, FoundFile)]
    return regular, [item for item in items if isinstance(item, SetAside)]


def test_folders_are_read_through_in_order(tmp_path: Path) -> None:
    put(tmp_path, "b.txt", "a/z.txt", "a/b/c.txt", "a.txt", "É.txt", ".cache", ".git/x.txt")
    paths, aside = found(tmp_path)
    names = [os.path.relpath(path, tmp_path) for path in paths]
    assert names == ["a/b/c.txt", "a/z.txt", "a.txt", "b.txt", "É.txt"] and not aside


def test_an_index_and_the_parts_of_a_saved_page_are_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "index/KIOSQUE", "index/segment-1-1.kiosk", "x.txt")
    put(tmp_path, "page.html", "page_fichiers/pub.html", "autre_files/vrai.txt")
    assert files.INDEX_MARK == MARK
    names = [os.path.basename(path) for path in found(tmp_path)[0]]
    assert names == ["vrai.txt", "page.html", "x.txt"]


def test_a_named_file_is_read_though_hidden(tmp_path: Path) -> None:
    put(tmp_path, ".cache")
    assert found(tmp_path / ".cache")[0] == [str(tmp_path / ".cache")]


def test_loops_and_broken_links(tmp_path: Path) -> None:
    put(tmp_path, "a/x.txt")
    (tmp_path / "a" / "haut").symlink_to(tmp_path)
    (tmp_path / "soi").symlink_to("soi")
    (tmp_path / "vide").symlink_to("nulle-part")
    (tmp_path / "vrai").symlink_to("a/x.txt")
    paths, aside = found(tmp_path)
    assert [os.path.basename(path) for path in paths] == ["x.txt", "vrai"]
    assert {os.path.basename(item.file): item.fate for item in aside} == {
        "haut": Fate.SKIPPED,
        "soi": Fate.SET_ASIDE,
        "vide": Fate.SET_ASIDE,
    }


def test_pipes_and_sockets_are_never_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "tube")
    monkeypatch.chdir(tmp_path)  # the name of a socket is short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("prise")
        _, aside = found(tmp_path)
    assert [item.reason for item in aside] == ["tube, socket ou périphérique : jamais ouvert"] * 2
    assert "jamais ouvert" in found(Path("/dev/null"))[1][0].reason


def test_what_is_not_there(tmp_path: Path) -> None:
    assert "introuvable" in found(tmp_path / "absent")[1][0].reason
    assert "trop long" in found(tmp_path / ("x" * 300))[1][0].reason
    assert found(Path("a\0b"))[1]
    (tmp_path / "vide").mkdir()
    (aside,) = found(tmp_path / "vide")[1]
    assert "aucun fichier" in aside.reason


def test_folders_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a/x.txt", "b.txt")
    listdir = os.listdir

    def refused(path: str) -> list[str]:  # root, whom tests may run as, is never refused
        if path.endswith("/a"):
            raise PermissionError(13, "Permission denied")
        return listdir(path)

    monkeypatch.setattr(os, "listdir", refused)
    paths, (aside,) = found(tmp_path)
    assert [os.path.basename(path) for path in paths] == ["b.txt"]
    assert aside.reason.startswith("droits de lecture insuffisants ; ")


def test_names_that_are_no_text(tmp_path: Path) -> None:
    for name in (b"nom\xff.txt", b"deux\nlignes.txt"):
        with open(os.fsencode(tmp_path) + b"/" + name, "wb"):
            pass
    shown = sorted(files.shown(path) for path in found(tmp_path)[0])
    assert [os.path.basename(name) for name in shown] == ["deux\ufffdlignes.txt", "nom\ufffd.txt"]


def test_lines_in_bounded_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_PIECE", 10)
    lines = opened(b"court\n" + b"x" * 95 + b"\nfin\0\r\n" + b"y" * 10).lines()
    assert list(lines) == ["court\n", None, "fin\n", None]
    with pytest.raises(Unreadable, match="JSONL"):
        opened("x" * 11).whole()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_in_every_encoding(encoding: str, end: str) -> None:
    text = f"L’été{end}à Sète{end}"
    assert list(opened(text.encode(encoding)).lines()) == ["L’été\n", "à Sète\n"]


def test_the_head_is_read_again_with_the_rest() -> None:
    data = os.urandom(3 * files.HEAD)
    file = opened(data)
    assert file.head == data[: files.HEAD]
    assert file.stream.read(10) + file.whole() == data
    assert file.consumed == len(data)


def test_suffixes() -> None:
    for name, suffix in {"a.CSV": ".csv", "b.jsonl.gz": ".jsonl", "c.tar.xz": ".tar"}.items():
        assert files.OpenFile(name, io.BytesIO(b""), opened(b"").fields).suffix == suffix
