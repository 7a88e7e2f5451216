"""Files of one enormous line, and pages of nothing but tags: refused in bounded memory."""

import subprocess
import sys
from pathlib import Path

import pytest

from corpus import files
from corpus.article import Article
from corpus.readers import json_records, markup, tables, xml_tree
from corpus.reading import Reading
from corpus.records import SetAside

NEXT = "Le phare guide de nouveau les pêcheurs."
# name: (what comes before the line without end, after it, what the reason says)
GIANTS = {
    "lignes.jsonl": (
        '{"title": "Un", "text": "',
        '"}\n{"title": "Deux", "text": "' + NEXT + '"}\n',
        "ligne 1",
    ),
    "tableau.json": ('[{"title": "Un", "text": "', '"}]', "seul tenant"),
    "table.csv": ('title,text\nUn,"', f'"\nDeux,{NEXT}\n', "ligne 2"),
    "page.html": ("<!DOCTYPE html><html><body><p>", "</p></body></html>", "seul tenant"),
    "texte.txt": ("Un titre\n\n", "\n", "seul tenant"),
    "depeche.xml": ('<?xml version="1.0"?><NewsML Version="1.2">', "</NewsML>", "seul tenant"),
}


def write(folder: Path, name: str, size: int) -> Path:
    """Write a file of one giant line; what fills it takes no room on the disk."""
    before, after, _ = GIANTS[name]
    with open(folder / name, "wb") as file:
        file.write(before.encode())
        file.truncate(size)
        file.seek(size)
        file.write(after.encode())
    return folder / name


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (files, json_records, tables):
        monkeypatch.setattr(module, "MAX_PIECE", 2**20)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("name", GIANTS)
def test_one_line_without_end(tmp_path: Path, name: str) -> None:
    items = list(Reading([write(tmp_path, name, 5 * 2**20)]))
    (aside,) = (item for item in items if isinstance(item, SetAside))
    assert GIANTS[name][2] in str(aside)
    articles = [item.body for item in items if isinstance(item, Article)]
    assert articles == ([NEXT] if name in ("lignes.jsonl", "table.csv") else [])


MEASURED = """
import resource, sys
from pathlib import Path
from corpus import files
from corpus.readers import json_records, tables
from corpus.reading import Reading

for module in (files, json_records, tables):
    module.MAX_PIECE = 2**20
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
list(Reading([Path(sys.argv[1])], processes=1))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="measures memory as Unix does")
@pytest.mark.parametrize("name", ["lignes.jsonl", "page.html"])
def test_memory_follows_the_limit_not_the_line(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, name, 200 * 2**20)
    asked = [sys.executable, "-c", MEASURED, str(path)]
    grown = int(subprocess.run(asked, check=True, capture_output=True, text=True).stdout)
    assert grown < 100_000 * (1000 if sys.platform == "darwin" else 1)  # kilobytes, or bytes


def test_pages_of_nothing_but_tags(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "MOST_TAGS", 500)
    monkeypatch.setattr(xml_tree, "MOST_TAGS", 500)
    tags = "<p>a</p>" * 300
    record = "<span class='DocPublicationName'>Le Fanal</span><p class='titreArticleVisu'>T</p>"
    for name, text in (
        ("page.html", f"<!DOCTYPE html><html><body><h1>Un</h1>{tags}</body></html>"),
        ("champ.json", f'[{{"title": "Un", "text": "{tags}"}}, {{"title": "Deux", "text": "b"}}]'),
        ("export.html", f"<html><body><article>{record}{tags}</article></body></html>"),
        ("depeche.xml", f'<?xml version="1.0"?><NewsML Version="1.2">{tags}</NewsML>'),
    ):
        (tmp_path / name).write_text(text)
    items = list(Reading([tmp_path]))
    reasons = [item.reason for item in items if isinstance(item, SetAside)]
    assert len(reasons) == 4 and all("trop de balises" in reason for reason in reasons)
    assert [item.title for item in items if isinstance(item, Article)] == ["Deux"]
