"""The rules of ARCHITECTURE.md that a program can check."""

import ast
import sys
from collections.abc import Iterator
from configparser import ConfigParser
from fnmatch import fnmatch
from graphlib import TopologicalSorter
from pathlib import Path

import click
import pytest

from search.query_language.syntax import AT_LEAST, FIELD_NAMES, OPERATORS, PROXIMITY
from web.cli import main

ROOT = Path(__file__).parent.parent
PACKAGES = ("corpus", "index", "search", "web")  # a package imports itself and those before it
# Each foreign package has one home.
HOMES = {
    "bs4": "corpus",
    "lxml": "corpus",
    "unidecode": "corpus",
    "ftfy": "corpus",
    "feedparser": "corpus",
    "py3langid": "corpus",
    "warcio": "corpus",
}
HOMES |= {"whoosh": "index", "numpy": "index", "opensearchpy": "index"}
HOMES |= {"flask": "web", "waitress": "web", "werkzeug": "web", "jinja2": "web"}
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """Yield the modules that a file imports; a relative import has a leading dot."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def test_there_is_something_to_check():
    assert len(MODULES) > 30


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_one_way(path):
    package = path.relative_to(ROOT).parts[0]
    allowed = PACKAGES[: PACKAGES.index(package) + 1]
    for name in imports(path):
        assert not name.startswith("."), f"{name}: imports are absolute"
        top = name.split(".")[0]
        assert top not in PACKAGES or top in allowed, f"{package} may not import {name}"
        assert HOMES.get(top, package) == package, f"{top} belongs to {HOMES[top]}/"


def test_no_modules_import_each_other():
    """Not for types alone either: what two modules share has a module of its own."""
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in MODULES}
    uses = {name: set(imports(path)) & set(names) for name, path in names.items()}
    TopologicalSorter(uses).prepare()  # raises CycleError


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_say_what_they_are_and_stay_short(path):
    text = path.read_text(encoding="utf-8")
    if path.name != "__init__.py":
        assert ast.get_docstring(ast.parse(text)), "a module begins with a docstring"
    assert len(text.splitlines()) <= 350


def test_every_dependency_has_a_reason():
    """Each foreign package that the code imports is explained in ARCHITECTURE.md."""
    known = set(sys.stdlib_module_names) | set(PACKAGES) | {"_typeshed"}
    foreign = {name.split(".")[0] for path in MODULES for name in imports(path)} - known
    reasons = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").lower()
    distributions = {"bs4": "beautifulsoup4", "charset_normalizer": "charset-normalizer"}
    distributions["pycrfsuite"] = "python-crfsuite"
    distributions |= {"opensearchpy": "opensearch-py", "ir_measures": "ir-measures"}
    distributions |= dict.fromkeys(("werkzeug", "jinja2", "markupsafe"), "flask")
    for name in foreign:
        assert f"| {distributions.get(name, name)} |" in reasons


def test_every_command_and_option_is_in_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name, command in main.commands.items():
        assert f"kiosque {name}" in readme
        for option in command.params:
            if isinstance(option, click.Option):
                assert max(option.opts, key=len) in readme, f"{name} {option.opts}"


def test_every_operator_is_in_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert all(f"`{field}:" in readme for field in FIELD_NAMES.values())
    assert all(name in readme for name in (AT_LEAST, *OPERATORS) if name[0].isalpha())
    assert all(f"{name}/" in readme for name in set(PROXIMITY.values()))


def test_every_file_beside_the_code_is_installed_with_it():
    """What setup.cfg does not name is there in a checkout, and missing where it is installed."""
    config = ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    named = {
        package: patterns.replace("\n", ",").replace(" ", "").split(",")
        for package, patterns in config["options.package_data"].items()
    }
    for path in (path for top in PACKAGES for path in (ROOT / top).rglob("*") if path.is_file()):
        if path.suffix in (".py", ".pyc"):
            continue
        home = next(one for one in path.parents if (one / "__init__.py").exists())
        package = ".".join(home.relative_to(ROOT).parts)
        inside = path.relative_to(home)
        assert any(
            pattern.count("/") == len(inside.parts) - 1 and fnmatch(str(inside), pattern)
            for pattern in (*named["*"], *named.get(package, ()))
        ), f"{path.relative_to(ROOT)} is not installed"


def test_the_image_is_made_of_what_is_installed():
    """What is left out of the image's build is missing in it."""
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    kept = {line[1:] for line in ignored if line.startswith("!")}
    config = ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    about = config["metadata"]["license_files"].split(", ")
    needed = {*PACKAGES, *about, "README.md", "setup.cfg", "pyproject.toml", "constraints.txt"}
    assert kept == needed
    assert all((ROOT / one).exists() for one in kept)
    steps = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    extras = steps.partition("/source[")[2].partition("]")[0].split(",")
    assert set(extras) == set(config["options.extras_require"]) - {"test", "bench"}
