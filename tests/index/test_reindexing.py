"""An index follows its files: what changed is read, the rest is not, and a killed run goes on."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.reading import Reading
from corpus.records import Fate, SetAside
from index.engine import Engine, EngineUnavailable
from index.opening import open_engine
from index.query import Query
from index.reindexing import known_files, update

TEXTS = {
    "a.txt": "Le phare de Kermor\n\nLe gardien a quitté le phare après trente ans de veille.",
    "b.txt": "La criée rouvre\n\nLes mareyeurs ont retrouvé leurs étals mardi avant l'aube.",
    "c.txt": "Un parc d'éoliennes\n\nLe préfet a signé le permis de construire au large.",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    for name, text in TEXTS.items():
        (made / name).write_text(text, encoding="utf-8")
    return made


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"whoosh://{tmp_path / 'index'}"


def run(url: str, *paths: Path, prune: bool = False, every: float = 60.0) -> Reading:
    """Bring an index up to date."""
    with closing(open_engine(url)) as engine:
        reading = Reading(paths, ledger=known_files(engine), prune=prune)
        update(engine, reading, lambda item: None, every)
    return reading


def titles(url: str) -> list[str]:
    with closing(open_engine(url)) as engine:
        return sorted(article.title for article in engine.scan(Query(copies=True)))


def generation(url: str) -> str:
    return (Path(url.removeprefix("whoosh://")) / "CURRENT").read_text()


def lines(path: Path, count: int, text: str = "Un mot.") -> None:
    rows = [{"id": f"n{n}", "title": f"Titre {n}", "text": f"{text} {n}"} for n in range(count)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def test_a_second_run_reads_nothing_and_writes_nothing(folder, url, monkeypatch):
    run(url, folder)
    before = generation(url)
    opened: list[str] = []
    monkeypatch.setattr("corpus.reading.open_regular", opened.append)
    assert run(url, folder).unchanged == 3
    assert (opened, generation(url), len(titles(url))) == ([], before, 3)


def test_a_file_with_another_date_and_the_same_bytes_is_not_read_again(folder, url):
    run(url, folder)
    before = generation(url)
    os.utime(folder / "a.txt", (1, 1))
    assert run(url, folder).unchanged == 3
    assert generation(url) == before


def test_what_changed_is_replaced_and_what_is_new_is_added(folder, url):
    run(url, folder)
    (folder / "a.txt").write_text("Le phare s'éteint\n\nLa lampe a été retirée hier.")
    (folder / "d.txt").write_text("Un sentier\n\nLe sentier des douaniers rouvre au public.")
    assert run(url, folder).unchanged == 2
    assert titles(url) == [
        "La criée rouvre",
        "Le phare s'éteint",
        "Un parc d'éoliennes",
        "Un sentier",
    ]


def test_a_change_that_keeps_size_and_date_needs_full(folder, url):
    """Documented: only `--full` looks at the bytes of a file of which neither changed."""
    run(url, folder)
    status = (folder / "a.txt").stat()
    (folder / "a.txt").write_bytes((folder / "a.txt").read_bytes().replace(b"phare", b"quais"))
    os.utime(folder / "a.txt", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert run(url, folder).unchanged == 3


def test_files_that_vanished_go_only_when_asked(folder, url, tmp_path):
    other = tmp_path / "autre"
    other.mkdir()
    (other / "d.txt").write_text("Un sentier\n\nLe sentier des douaniers rouvre.")
    run(url, folder)
    run(url, other)
    assert len(titles(url)) == 4  # what lies elsewhere stays
    (folder / "b.txt").unlink()
    reading = run(url, folder)
    assert [Path(path).name for path in reading.vanished] == ["b.txt"]
    assert len(titles(url)) == 4
    run(url, other, prune=True)
    assert len(titles(url)) == 4  # b.txt is not below that path
    run(url, folder, prune=True)
    assert "La criée rouvre" not in titles(url) and len(titles(url)) == 3


def test_a_disk_that_is_not_there_prunes_nothing(folder, url, tmp_path):
    run(url, folder)
    folder.rename(tmp_path / "ailleurs")
    run(url, folder, prune=True)
    folder.mkdir()
    run(url, folder, prune=True)
    assert len(titles(url)) == 3


def test_an_article_survives_the_file_that_gave_it_first(folder, url):
    (folder / "z.txt").write_text(TEXTS["a.txt"], encoding="utf-8")
    run(url, folder)
    assert len(titles(url)) == 3
    (folder / "a.txt").unlink()
    run(url, folder, prune=True)
    assert titles(url) == ["La criée rouvre", "Le phare de Kermor", "Un parc d'éoliennes"]
    (folder / "z.txt").write_text("Rien\n\nPlus rien à lire ici.")
    run(url, folder)
    assert "Le phare de Kermor" not in titles(url)


def test_other_options_read_again(folder, url):
    (folder / "x.json").write_text('{"headline": "Un", "name": "Deux", "text": "trois"}')
    run(url, folder)
    with closing(open_engine(url)) as engine:
        reading = Reading([folder], {"title": "name"}, ledger=known_files(engine))
        update(engine, reading, lambda item: None)
    assert reading.unchanged == 0
    assert "Deux" in titles(url) and "Un" not in titles(url)


def test_many_commits_make_the_same_index(folder, url, tmp_path):
    lines(folder / "m.jsonl", 300)
    run(url, folder)
    often = f"whoosh://{tmp_path / 'souvent'}"
    run(often, folder, every=0.0)
    assert titles(url) == titles(often)
    assert commits(often) > 1


def test_the_number_of_processes_changes_nothing(folder, monkeypatch):
    monkeypatch.setattr("corpus.reading._ALONE", 10_000)
    monkeypatch.setattr("corpus.reading._BATCH", 5_000)
    monkeypatch.setattr("corpus.units.SMALL", 50_000)
    lines(folder / "m.jsonl", 900, "Une phrase assez longue pour que plusieurs travaillent. ")
    (folder / "sosie.jsonl").write_bytes((folder / "m.jsonl").read_bytes()[:20_000])
    alone, several = (list(Reading([folder], processes=number)) for number in (1, 2))
    assert alone == several
    assert len([item for item in alone if isinstance(item, Article)]) == 903


KILLED = """
import sys
from pathlib import Path
from time import sleep
from index.opening import open_engine
from index.reindexing import known_files, update
from corpus.reading import Reading
from corpus import units

units.SMALL = 10_000
if __name__ == "__main__":
    engine = open_engine(sys.argv[1])
    reading = Reading([Path(sys.argv[2])], ledger=known_files(engine), processes=1)

    def tell(item):
        print("x", flush=True)
        sleep(0.002)  # or the run ends before it is killed

    update(engine, reading, tell, 0.02)
"""


@pytest.mark.parametrize("in_one_file", [False, True])
def test_a_killed_run_goes_on(folder, url, tmp_path, monkeypatch, in_one_file):
    """In many small files, and within a large one, which is not read from its beginning."""
    monkeypatch.setattr("corpus.units.SMALL", 10_000)
    text = "Les quais du port seront refaits au printemps."
    if in_one_file:
        lines(folder / "m.jsonl", 1500, text)
    else:
        for number in range(30):
            lines(folder / f"m{number:02}.jsonl", 50, f"{text} {number}")
    script = tmp_path / "run.py"
    script.write_text(KILLED)
    environment = os.environ | {"PYTHONPATH": os.getcwd()}
    killed = 0
    for _ in range(2):
        asked = [sys.executable, script, url, folder]
        process = subprocess.Popen(asked, stdout=subprocess.PIPE, env=environment)
        assert process.stdout
        before = commits(url)
        while process.stdout.readline() and commits(url) < before + 2:
            pass
        killed += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.communicate()
        with closing(open_engine(url)) as engine:
            _is_whole(engine)
    assert killed >= 1
    with closing(open_engine(url)) as engine:
        held = engine.status().articles
    assert held > 0
    again: list[object] = []
    with closing(open_engine(url)) as engine:
        reading = Reading([folder], ledger=known_files(engine))
        update(engine, reading, again.append)
    articles = [item for item in again if isinstance(item, Article)]
    assert len(articles) < 1503 - held + 100
    anew = f"whoosh://{tmp_path / 'neuf'}"
    run(anew, folder)
    assert titles(url) == titles(anew)


def commits(url: str) -> int:
    """Return the number of the current generation, 0 for none."""
    try:
        return int(generation(url).removeprefix("generation-").removesuffix(".json"))
    except FileNotFoundError:
        return 0


def _is_whole(engine: Engine) -> None:
    """Check that the ledger tells exactly what the index holds."""
    ledger = known_files(engine)
    if ledger is not None:
        told = {i for entry in ledger.entries.values() for i, _ in entry.held}
        assert told == {article.id for article in engine.scan(Query(copies=True))}


def test_a_file_that_grows_while_it_is_read(folder, url, monkeypatch):
    def growing(paths):
        yield from found(paths)

    from corpus import reading as module

    found = module.find_files
    stamps = iter(range(100))
    monkeypatch.setattr(module, "find_files", growing)
    monkeypatch.setattr(module, "_stamp", lambda stream: (1, next(stamps)))
    told = [item for item in run_told(url, folder) if isinstance(item, SetAside)]
    assert len(told) == 3
    assert all("a changé pendant sa lecture" in item.reason for item in told)
    monkeypatch.undo()
    assert run(url, folder).unchanged == 0
    assert len(titles(url)) == 3


def run_told(url: str, folder: Path) -> list[object]:
    told: list[object] = []
    with closing(open_engine(url)) as engine:
        update(engine, Reading([folder], ledger=known_files(engine)), told.append)
    return told


def test_a_large_file_that_grows_is_kept_and_read_again(folder, url, monkeypatch):
    monkeypatch.setattr("corpus.units.SMALL", 1_000)
    monkeypatch.setattr("corpus.reading._BATCH", 2_000)
    lines(folder / "m.jsonl", 300, "Une phrase de plus.")
    told: list[object] = []

    def tell(item: object) -> None:
        if not told:
            with (folder / "m.jsonl").open("a") as file:
                file.write(json.dumps({"title": "Tardif", "text": "Arrivé en dernier."}) + "\n")
        told.append(item)

    with closing(open_engine(url)) as engine:
        update(engine, Reading([folder], ledger=known_files(engine), processes=1), tell)
    changed = [item for item in told if isinstance(item, SetAside)]
    assert [item.fate for item in changed] == [Fate.KEPT]
    assert run(url, folder).unchanged == 3
    assert len(titles(url)) == 304


def test_a_file_that_became_a_pipe(folder, monkeypatch):
    from corpus import reading as module

    found = list(module.find_files([folder]))
    (folder / "b.txt").unlink()
    os.mkfifo(folder / "b.txt")
    monkeypatch.setattr(module, "find_files", lambda paths: found)
    started = time.monotonic()
    items = list(Reading([folder]))
    assert time.monotonic() - started < 5
    assert [item.reason for item in items if isinstance(item, SetAside)] == [
        "tube, socket ou périphérique : jamais ouvert"
    ]


def test_an_index_filled_by_other_means_is_made_anew(url):
    with closing(open_engine(url)) as engine:
        assert known_files(engine) is not None
        engine.rebuild([Article("1", "titre", "corps")])
        assert known_files(engine) is None


def test_nothing_read_makes_no_index(url, tmp_path):
    run(url, tmp_path / "absent")
    with closing(open_engine(url)) as engine, pytest.raises(EngineUnavailable):
        engine.status()
