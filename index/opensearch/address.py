"""The address of an index on an OpenSearch cluster, and what environment variables add."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import parse_qsl, unquote

from index.engine import EngineError

SCHEME = "opensearch"
USER = "KIOSQUE_OPENSEARCH_USER"
PASSWORD = "KIOSQUE_OPENSEARCH_PASSWORD"
AUTHORITY = "KIOSQUE_OPENSEARCH_CA"

_PORT = 9200
_OPTIONS = ("tls", "ca", "shards", "replicas", "timeout")
_TLS = ("on", "off", "unverified")
# The one option whose value may hold an "@".
_FILE = re.compile(r"[?&]ca=")
_HOST = re.compile(r"(?P<host>\[[0-9a-fA-F:.]+\]|[\w.-]+)(?::(?P<port>\d{1,5}))?", re.ASCII)
# What OpenSearch allows in a name, with room for the endings that Kiosque adds.
_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,199}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Address:
    """Where an index is, and how to reach it.

    hosts: host and port of each node to ask, at least one. name: the alias of the index.
    tls: "on", "off", or "unverified" where any certificate will do. ca: a file of
    certificates to trust instead of the system's; empty for those. shards, replicas: of
    an index that is made; None leaves the replica to the number of nodes.
    timeout: seconds to wait for an answer.
    """

    hosts: tuple[tuple[str, int], ...]
    name: str
    user: str = ""
    password: str = field(default="", repr=False)
    tls: str = "on"
    ca: str = ""
    shards: int = 1
    replicas: int | None = None
    timeout: int = 20

    @property
    def shown(self) -> str:
        """Return the address for people to read: without the user and the password."""
        return f"{SCHEME}://{self.nodes}/{self.name}"

    @property
    def nodes(self) -> str:
        """Return the hosts and ports, parted by commas."""
        return ",".join(
            f"[{host}]:{port}" if ":" in host else f"{host}:{port}" for host, port in self.hosts
        )


def without_password(url: str) -> str:
    """Return the address of an index as it may be shown: the password taken out."""
    scheme, credentials, rest = _parts(url)
    user, colon, _ = credentials.partition(":")
    return f"{scheme}{user}@{rest}" if colon and "/" not in user else url


def has_password(url: str) -> bool:
    """Tell whether the address of an index holds a password."""
    return without_password(url) != url


def parse_address(url: str, environment: Mapping[str, str] = os.environ) -> Address:
    """Return the parts of "opensearch://[user:password@]host[:port][,host...]/name[?options]".

    environment: gives the user, the password and the authority that the address leaves out.
    Without `tls`, connections are encrypted and certificates verified, except to this very
    machine and without a user. Raises EngineError, which never repeats a password.
    """
    _, credentials, rest = _parts(url)
    place, _, query = rest.partition("?")
    hosts, _, name = place.partition("/")
    options = dict(parse_qsl(query, keep_blank_values=True))
    if unknown := sorted(options.keys() - set(_OPTIONS)):
        raise EngineError(
            f"L'adresse de l'index ne connaît pas l'option « {unknown[0]} » : "
            f"il y a {', '.join(_OPTIONS)}."
        )
    if not _NAME.fullmatch(name) or name.endswith(("-words", "-notes")):
        raise EngineError(
            f"« {name} » ne peut pas nommer un index : écrivez opensearch://hôte:9200/articles, "
            "le nom en minuscules sans accents."
        )
    user, _, password = credentials.partition(":")
    user = unquote(user) or environment.get(USER, "")
    parsed = tuple(_host(one) for one in hosts.split(","))
    return Address(
        hosts=parsed,
        name=name,
        user=user,
        password=unquote(password) or environment.get(PASSWORD, ""),
        tls=_tls(options.get("tls"), parsed, user),
        ca=options.get("ca") or environment.get(AUTHORITY, ""),
        shards=_number(options, "shards", 1, 1024) or 1,
        replicas=_number(options, "replicas", 0, 10),
        timeout=_number(options, "timeout", 1, 600) or 20,
    )


def _parts(url: str) -> tuple[str, str, str]:
    """Return the scheme, the user and the password, and the rest of an address.

    Passwords hold signs that part the others: "/", "?", "@". Up to the last "@" all is theirs.
    """
    before, mark, after = url.partition("://")
    scheme, text = (before + mark, after) if mark else ("", url)
    file = _FILE.search(text)
    end = file.start() if file else len(text)
    credentials, _, rest = text[:end].rpartition("@")
    return scheme, credentials, rest + text[end:]


def _host(text: str) -> tuple[str, int]:
    found = _HOST.fullmatch(text)
    if not found or not 0 < int(found["port"] or _PORT) < 65536:
        raise EngineError(
            f"« {text} » n'est pas un nœud du cluster : écrivez hôte:9200, et une virgule "
            "entre deux nœuds."
        )
    return found["host"].strip("[]"), int(found["port"] or _PORT)


def _tls(said: str | None, hosts: tuple[tuple[str, int], ...], user: str) -> str:
    if said is None:
        return "off" if not user and all(_is_here(host) for host, _ in hosts) else "on"
    if said not in _TLS:
        raise EngineError(f"L'option tls vaut {', '.join(_TLS[:-1])} ou {_TLS[-1]}.")
    return said


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _number(options: Mapping[str, str], name: str, least: int, most: int) -> int | None:
    text = options.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise EngineError(f"L'option {name} est un nombre de {least} à {most}.")
    return int(text)
