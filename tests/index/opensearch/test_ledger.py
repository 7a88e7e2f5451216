"""Under one ledger, both engines show the same pages and say the same at the command line."""

from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from corpus.article import Article
from index.ledger_file import ENVIRONMENT
from index.opening import open_engine
from index.opensearch import counting
from tests.articles import DISPATCHES, PUTIN, RUSSIA, person
from web.app import create_app
from web.cli import main

pytestmark = pytest.mark.on_cluster

HELD = (
    *DISPATCHES,
    Article("putin", "Un sommet", "Putin parle.", entities=(person("Vladimir Putin"), RUSSIA)),
    Article("sigle", "Un sigle", "", entities=(person("OMS"), person("Org. mondiale (santé)"))),
    Article("deux", "Deux noms", "Et rien de plus", entities=(PUTIN, person("Vladimir Putin"))),
)
LEDGER = """\
fusionner: V. V. Poutine = Vladimir Poutine, Vladimir Putin
scinder: ONU -> Casques bleus si id:onu
masquer: Angela Merkel
fusionner pays: Russie = Syrie
renommer pays: Russie -> Fédération russe
"""
PAGES = (
    "/recherche?q=",
    "/recherche?q=armée&acteur=Vladimir+Putin",
    "/recherche?q=&sauf_acteur=V.+V.+Poutine",
    "/recherche?q=acteur:casques",
    "/recherche?q=pays:Syrie&pays=SY",
    "/article?id=onu&q=acteur:poutine",
    "/article?id=deux",
    "/pourquoi?q=acteur:poutine&id=onu",
    "/api/explication?q=acteur:poutine+sommet&id=putin",
    "/acteur?nom=Vladimir+Poutine",
    "/acteur?nom=Casques+bleus",
    "/acteur?nom=Angela+Merkel",
    "/api/acteur?nom=V.+V.+Poutine",
    "/api/search?q=sommet&acteur=Vladimir+Poutine",
    "/api/completer?q=vlad",
    "/api/completer?q=fédé",
    "/api/completer?q=merk",
)


@pytest.fixture
def both(url, tmp_path, monkeypatch) -> Iterator[tuple[str, str]]:
    path = tmp_path / "entites.txt"
    path.write_text(LEDGER, encoding="utf-8")
    monkeypatch.setenv(ENVIRONMENT, str(path))
    addresses = f"whoosh://{tmp_path}/index", f"{url}?replicas=0"
    for address in addresses:
        with closing(open_engine(address)) as engine:
            engine.rebuild(HELD)
    yield addresses


def test_every_page_is_the_same(both):
    with ExitStack() as stack:
        clients: list[FlaskClient] = []
        for address in both:
            engine = stack.enter_context(closing(open_engine(address)))
            clients.append(create_app(engine=engine).test_client())
        for page in PAGES:
            one, other = (client.get(page) for client in clients)
            assert (one.status_code, one.get_data(True)) == (
                other.status_code,
                other.get_data(True),
            ), page
            assert one.status_code == (404 if "Merkel" in page else 200), page
        assert "V. V. Poutine" in clients[1].get(PAGES[0]).get_data(True)
        assert clients[1].get("/acteur?nom=Casques+bleus").status_code == 200


def test_the_command_says_the_same(both, monkeypatch, tmp_path):
    # Longer lists are read page by page.
    monkeypatch.setattr(counting, "_LONGEST_LIST", 2)
    monkeypatch.setattr(counting, "_PAGE", 3)
    draft = tmp_path / "brouillon.txt"
    draft.write_text(f"{LEDGER}masquer: Personne\nmasquer: V. V. Poutine\n", encoding="utf-8")
    empty = tmp_path / "vide.txt"
    empty.write_text("", encoding="utf-8")
    for options in (
        [],
        ["--check"],
        ["--check", "--entites", str(draft)],
        ["--suggest"],
        ["--suggest", "--entites", str(empty)],
    ):
        told = [CliRunner().invoke(main, ["entites", "--index", one, *options]) for one in both]
        assert told[0].stdout == told[1].stdout
        assert told[0].stderr.splitlines()[1:] == told[1].stderr.splitlines()[1:]  # but the index
        assert told[0].exit_code == told[1].exit_code
    assert "OMS" in told[1].output
