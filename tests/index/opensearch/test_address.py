"""Addresses on a cluster: what they say, and what nobody is shown."""

import ssl

import pytest
from click.testing import CliRunner

from index.engine import EngineError
from index.opening import open_engine
from index.opensearch.address import PASSWORD, USER, has_password, parse_address, without_password
from index.opensearch.cluster import trust
from tests.cluster import nodes
from web.cli import main

SECRET = "m0t-de-passe"


def test_an_address_names_hosts_and_an_index():
    found = parse_address("opensearch://un:9201,deux,[::1]:9203/articles?shards=3&replicas=0", {})
    assert found.hosts == (("un", 9201), ("deux", 9200), ("::1", 9203))
    assert (found.name, found.shards, found.replicas, found.tls) == ("articles", 3, 0, "on")
    assert found.shown == "opensearch://un:9201,deux:9200,[::1]:9203/articles"


def test_the_environment_gives_what_the_address_leaves_out():
    found = parse_address("opensearch://un/a", {USER: "lise", PASSWORD: SECRET})
    assert (found.user, found.password) == ("lise", SECRET)
    found = parse_address(f"opensearch://jean:{SECRET}%40@un/a", {USER: "lise", PASSWORD: "x"})
    assert (found.user, found.password) == ("jean", f"{SECRET}@")


@pytest.mark.parametrize(
    ("url", "tls"),
    [
        ("opensearch://un/a", "on"),
        ("opensearch://127.0.0.1/a", "off"),
        ("opensearch://localhost:9201,[::1]/a", "off"),
        ("opensearch://localhost,un/a", "on"),
        (f"opensearch://lise:{SECRET}@localhost/a", "on"),
        ("opensearch://un/a?tls=off", "off"),
        ("opensearch://localhost/a?tls=unverified", "unverified"),
    ],
)
def test_connections_are_encrypted_but_to_this_machine(url, tls):
    assert parse_address(url, {}).tls == tls


@pytest.mark.parametrize(
    "rest",
    ["un/", "un/Articles", "/a", "un:0/a", "un:99999/a", "un/a?ssl=on", "un/a?shards=0",
     "un/a?tls=maybe", "un/a-words", "un/é", "un;deux/a"],
)  # fmt: skip
def test_an_address_that_cannot_be_is_refused_and_the_password_not_repeated(rest):
    with pytest.raises(EngineError) as refused:
        parse_address(f"opensearch://lise:{SECRET}@{rest}", {})
    assert SECRET not in str(refused.value)


def test_no_password_is_shown():
    url = f"opensearch://lise:{SECRET}@un:9200/a"
    assert without_password(url) == "opensearch://lise@un:9200/a"
    assert without_password("whoosh:///un:deux@trois") == "whoosh:///un:deux@trois"
    assert SECRET not in repr(parse_address(url, {})) + parse_address(url, {}).shown


@pytest.mark.parametrize("sign", ["/", "?", "@", ":", "#", "&", "/a?b=c@"])
def test_a_password_may_hold_any_sign(sign):
    url = f"opensearch://lise:{SECRET}{sign}{SECRET}@un:9200/a?ca=/dossier/a@b.pem"
    found = parse_address(url, {})
    assert (found.user, found.password) == ("lise", f"{SECRET}{sign}{SECRET}")
    assert (found.hosts, found.name, found.ca) == ((("un", 9200),), "a", "/dossier/a@b.pem")
    assert without_password(url) == "opensearch://lise@un:9200/a?ca=/dossier/a@b.pem"
    assert not has_password("opensearch://un:9200/a?ca=/dossier/a@b.pem")


@pytest.mark.parametrize("start", ["", "opensearch:", "opensearch:/", "https://"])
def test_a_password_in_what_is_no_address_is_not_repeated(start):
    with pytest.raises(EngineError) as refused:
        open_engine(f"{start}lise:{SECRET}@un:9200/a")
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize("scheme", ["opensearch", "opensearhc"])
def test_a_cluster_that_cannot_be_reached_is_named_without_the_password(scheme, caplog):
    url = f"{scheme}://lise:{SECRET}@127.0.0.1:9/a?tls=off"
    with pytest.raises(EngineError) as failed:
        open_engine(url).status()
    assert SECRET not in str(failed.value) + caplog.text
    assert "127.0.0.1:9" in str(failed.value)


@pytest.mark.parametrize(
    "command",
    [["status"], ["search", "mot"], ["serve", "--port", "0"], ["reindex", "."]],
)
def test_a_password_on_the_command_line_is_refused(command):
    url = f"opensearch://lise:{SECRET}@127.0.0.1:9/a"
    told = CliRunner().invoke(main, [*command, "--index", url])
    assert told.exit_code == 2
    assert "processus" in told.output
    assert SECRET not in told.output


def test_a_password_in_the_environment_is_not_shown():
    told = CliRunner().invoke(
        main, ["search", "mot"], env={"KIOSQUE_INDEX": f"opensearch://l:{SECRET}@127.0.0.1:9/a"}
    )
    assert told.exit_code == 1
    assert SECRET not in told.output
    assert "127.0.0.1:9" in told.output


@pytest.mark.parametrize(
    ("option", "verified"), [("", True), ("?tls=on", True), ("?tls=unverified", False)]
)
def test_certificates_are_verified_unless_the_address_says_otherwise(option, verified):
    context = trust(parse_address(f"opensearch://un/a{option}", {}))
    assert context.check_hostname is verified
    assert (context.verify_mode is ssl.CERT_REQUIRED) is verified


def test_an_authority_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(EngineError, match=r"absent\.pem"):
        open_engine(f"opensearch://un/a?ca={tmp_path}/absent.pem")


@pytest.mark.on_cluster
def test_a_cluster_that_speaks_in_clear_is_not_taken_for_another():
    with pytest.raises(EngineError, match="connexion chiffrée"):
        open_engine(f"{nodes.url('a')}?tls=on").status()
