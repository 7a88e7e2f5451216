"""`make bench`: the embedded engine beside its peers, on the same work in the same run.

Every engine is measured in processes of its own: one builds the index, one opens it and
answers the pages, one adds to it. Nothing of this runs with the tests.
"""

import json
import tempfile
from pathlib import Path
from typing import Any

import click

from tests.benchmarks import collection, completion, load, measuring, report, workload

# Whoosh takes a third of a second a page, hours for a million articles.
_ONE_ROUND = frozenset({"whoosh"})
_ROUNDS = 3
_RESULTS = "results.json"


@click.command(help="Compare the embedded engine with its peers on the articles of DATA.")
@click.argument("data", type=click.Path(exists=True, path_type=Path))
@click.option("--sizes", default="", help="Numbers of articles, by commas; default: all of DATA.")
@click.option("--engines", default="", help="Engines, by commas; default: all installed.")
@click.option("--scratch", type=click.Path(path_type=Path), help="Where indexes are written.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("build", "bench"),
    show_default=True,
    help="Where results.json goes; sizes measured before stay.",
)
@click.option(
    "--docs",
    type=click.Path(exists=True, path_type=Path),
    help="Also write tables and plot into performance.md of this folder.",
)
@click.option("--serve/--no-serve", default=True, help="Press on `kiosque serve` as well.")
@click.option("--completions", is_flag=True, help="Time completions instead, of our own engine.")
def main(
    data: Path,
    sizes: str,
    engines: str,
    scratch: Path | None,
    out: Path,
    docs: Path | None,
    serve: bool,
    completions: bool,
) -> None:
    """Measure, and write what was measured."""
    names = engines.split(",") if engines else measuring.available()
    folder = scratch or Path(tempfile.gettempdir(), "kiosque-bench")
    folder.mkdir(parents=True, exist_ok=True)
    articles = collection.collect(data, folder)
    total = len(collection.load(articles))
    results = _earlier(out)
    for size in [int(size) for size in sizes.split(",")] if sizes else [total]:
        if completions:
            measured = _completed(folder, articles, size)
            results.setdefault("completions", {})[str(size)] = measured
            click.echo(f"\n{size:,} articles\n\n{completion.table(measured)}")
            _save(results, out)
            continue
        measured = _compared(folder, articles, size, names)
        results["sizes"].setdefault(str(size), {}).update(measured)
        results["machine"] = report.machine()
        click.echo(f"\n{size:,} articles\n\n{report.table(measured)}")
        _save(results, out)
        if serve and size == total:
            results["load"] = _pressed(folder, articles, size)
            click.echo(f"\n{load.CLIENTS} clients\n\n{report.load_table(results['load'])}")
            _save(results, out)
    if docs:
        _publish(results, docs)


def _compared(folder: Path, articles: Path, size: int, names: list[str]) -> dict[str, Any]:
    """Return what each engine takes for a corpus of `size` articles."""
    requests = _drawn(folder, articles, size)
    kinds = [each.kind for each in workload.load(requests)]
    measured = {}
    for name in names:
        result: dict[str, Any] = {"articles": size, "kinds": kinds}
        with tempfile.TemporaryDirectory(dir=folder) as temporary:
            index = Path(temporary, "index")
            _tell(f"{size:,} articles, {name}: indexing")
            result |= measuring.measured("build", name, index, articles, size)
            _tell(f"{size:,} articles, {name}: pages")
            rounds = 1 if name in _ONE_ROUND else _ROUNDS
            result |= measuring.measured("serve", name, index, requests, rounds)
            _tell(f"{size:,} articles, {name}: adding")
            result |= measuring.measured("add", name, index, articles, size)
        measured[measuring.engine(name).NAME] = result
    return measured


def _completed(folder: Path, articles: Path, size: int) -> dict[str, Any]:
    _tell(f"{size:,} articles of different names: indexing, completing")
    with tempfile.TemporaryDirectory(dir=folder) as temporary:
        index = Path(temporary, "index")
        measuring.measured("build", "kiosque", index, articles, size, "varied")
        return measuring.measured("complete", index, articles, size)


def _pressed(folder: Path, articles: Path, size: int) -> dict[str, Any]:
    _tell(f"{size:,} articles, {load.CLIENTS} clients")
    with tempfile.TemporaryDirectory(dir=folder) as temporary:
        index = Path(temporary, "index")
        measuring.measured("build", "kiosque", index, articles, size)
        return load.measured(index, _drawn(folder, articles, size))


def _drawn(folder: Path, articles: Path, size: int) -> Path:
    """Write the requests for a corpus; repeated articles change none of them."""
    file = folder / f"requests-{size}.pickle"
    workload.save(workload.draw(collection.load(articles)[:size]), file)
    return file


def _earlier(out: Path) -> dict[str, Any]:
    file = out / _RESULTS
    results: dict[str, Any] = json.loads(file.read_text()) if file.exists() else {"sizes": {}}
    return results


def _save(results: dict[str, Any], out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    (out / _RESULTS).write_text(json.dumps(results, indent=1, ensure_ascii=False))


def _publish(results: dict[str, Any], docs: Path) -> None:
    page = docs / "performance.md"
    text = report.replaced(page.read_text(), "machine", results["machine"])
    for size, measured in results["sizes"].items():
        text = report.replaced(text, f"table {size}", report.table(measured))
    for size, measured in results.get("completions", {}).items():
        text = report.replaced(text, f"completions {size}", completion.table(measured))
    if "load" in results:
        text = report.replaced(text, "load", report.load_table(results["load"]))
    page.write_text(text)
    (docs / "page-time.svg").write_text(report.plot(results["sizes"]))


def _tell(text: str) -> None:
    click.echo(text, err=True)


if __name__ == "__main__":
    main()
