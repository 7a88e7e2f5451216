"""Requests to a cluster, and what their failures mean to a reader."""

import json
import logging
import ssl
from collections.abc import Sequence
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.exceptions import ConnectionError as Unreachable
from opensearchpy.exceptions import (
    ConnectionTimeout,
    OpenSearchException,
    SSLError,
    TransportError,
)

from index.engine import EngineError, EngineUnavailable, QueryTooCostly
from index.opensearch.address import PASSWORD, USER, Address

Body = dict[str, Any]

# A node that does not answer is left for the next one so many times.
_RETRIES = 3
_BUSY = (429, 502, 503, 504)
# What a node answers for one that it has just lost, as if the fault were its own.
_LOST = ("node_not_connected", "node_disconnected", "node_closed", "not_master", "not_cluster_man")
_SETTLING_SECONDS = 120.0


class Missing(EngineUnavailable):
    """There is no such index, document or context on the cluster."""


class Conflict(EngineError):
    """A document is not as it was expected to be."""


class Busy(EngineUnavailable):
    """The cluster cannot take the request now, and may later."""


class Unserved(Busy):
    """No node has the part of an index that was asked, for now or since the index is gone."""


class Cluster:
    """Sends requests to the nodes of a cluster; safe to share between threads.

    Raises EngineError alone; no text of it holds a user or a password.
    """

    def __init__(self, address: Address) -> None:
        self.address = address
        # It logs every request that fails, at length; what matters is in the errors.
        logging.getLogger("opensearch").setLevel(logging.CRITICAL)
        self._client = OpenSearch(
            hosts=[{"host": host, "port": port} for host, port in address.hosts],
            http_auth=(address.user, address.password) if address.user else None,
            use_ssl=address.tls != "off",
            ssl_context=trust(address),
            http_compress=any(port == 443 for _, port in address.hosts),
            timeout=address.timeout,
            max_retries=_RETRIES,
            retry_on_timeout=True,
            # Not 503: what one node has no shards for, none has; the last of them, if it is the
            # one that is lost, would seem to speak for all.
            retry_on_status=(502, 504),
            pool_maxsize=16,
        )

    def ask(
        self,
        method: str,
        path: str,
        body: Body | Sequence[Body] | str | None = None,
        seconds: float | None = None,
        **params: Any,  # noqa: ANN401 - whatever the request takes
    ) -> Any:  # noqa: ANN401 - JSON
        """Return the answer to a request.

        body: an object, a list of them for the forms that take a line each, or such lines.
        seconds: how long to wait, unless the address's timeout will do.
        """
        params["request_timeout"] = seconds or self.address.timeout
        if isinstance(body, list):
            body = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in body)
        try:
            return self._client.transport.perform_request(method, path, params=params, body=body)
        except OpenSearchException as error:
            raise self._meaning(error) from None

    def create(self, index: str, body: Body) -> None:
        """Make an index, unless there is one, with its replicas: a node may be lost from then on.

        Where not every replica finds a node, it is made after a while without.
        """
        path, all_shards = f"/{index}", {"wait_for_active_shards": "all"}
        try:
            self.ask("PUT", path, body, _SETTLING_SECONDS, **all_shards)
        except EngineError as error:
            # Sent again after a timeout, it may have been done the first time.
            if "resource_already_exists" not in str(error):
                raise

    def several(self, index: str, bodies: Sequence[Body]) -> list[Any]:
        """Return the answers to several searches of an index, asked at once."""
        if not bodies:
            return []
        lines = [line for body in bodies for line in ({}, body)]
        answers = self.ask("POST", f"/{index}/_msearch", lines)["responses"]
        for answer in answers:
            if "error" in answer:
                raise self._told(answer["status"], answer["error"])
            _whole(answer)
        return list(answers)

    def search(self, index: str, body: Body, **params: Any) -> Any:  # noqa: ANN401 - JSON
        """Return the answer to a search; an index of "" where the body names a point in time."""
        path = f"/{index}/_search" if index else "/_search"
        if index:
            params["allow_partial_search_results"] = "false"
        answer = self.ask("POST", path, body, **params)
        _whole(answer)
        return answer

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _meaning(self, error: OpenSearchException) -> EngineError:
        """Return what an error says to a reader."""
        where = self.address.nodes
        if isinstance(error, ConnectionTimeout):
            return Busy(
                f"Le cluster {where} n'a pas répondu en {self.address.timeout} s : réessayez, "
                "regardez ses nœuds par « kiosque status », ou attendez plus longtemps avec "
                "?timeout=60 dans l'adresse."
            )
        if isinstance(error, SSLError):
            return EngineUnavailable(
                f"La connexion chiffrée à {where} a échoué : donnez le certificat de son autorité "
                "(?ca=FICHIER dans l'adresse) ; un cluster sans chiffrement s'écrit ?tls=off."
            )
        if isinstance(error, Unreachable):
            return Busy(
                f"Le cluster {where} ne répond pas : vérifiez qu'il est démarré, et l'adresse."
            )
        if isinstance(error, TransportError) and isinstance(error.status_code, int):
            told = error.info.get("error") if isinstance(error.info, dict) else None
            return self._told(error.status_code, told)
        return EngineError(f"La réponse de {where} n'est pas celle d'OpenSearch.")

    def _told(self, status: int, told: object) -> EngineError:
        where, reason = self.address.nodes, _reason(told)
        if status in (401, 403):
            return EngineUnavailable(
                f"Le cluster {where} refuse l'accès : donnez un utilisateur et son mot de passe "
                f"par {USER} et {PASSWORD}."
            )
        if status == 404:
            return Missing(f"Le cluster {where} n'a pas ce qui lui est demandé ({reason}).")
        if status == 409:
            return Conflict(f"Un autre processus écrit dans l'index ({reason}).")
        if "too_many" in reason or "too_complex" in reason or "determiniz" in reason:
            return QueryTooCostly(
                "Cette recherche demande trop de calcul : écrivez les mots avec davantage de "
                "lettres, ou ajoutez un mot plus rare."
            )
        if status in _BUSY or any(kind in reason for kind in _LOST):
            return Unserved(
                f"Une partie du cluster {where} ne répond pas ({reason}) : attendez qu'il se "
                "remette, « kiosque status » dit où il en est."
            )
        return EngineError(f"Le cluster {where} a répondu par une erreur ({status}, {reason}).")


def trust(address: Address) -> ssl.SSLContext | None:
    """Return what connections are encrypted with, None where they are not."""
    if address.tls == "off":
        return None
    try:
        context = ssl.create_default_context(cafile=address.ca or None)
    except OSError as error:
        raise EngineError(
            f"Les certificats de {address.ca} ne peuvent pas être lus ({error.strerror})."
        ) from None
    if address.tls == "unverified":
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _whole(answer: Any) -> None:  # noqa: ANN401 - JSON
    """Raise QueryTooCostly or Unserved for an answer from which a part is missing."""
    if answer.get("timed_out"):
        raise QueryTooCostly(
            "Cette recherche demande trop de calcul : ajoutez un mot plus rare, une période "
            "ou un filtre."
        )
    if answer["_shards"]["failed"]:
        failures = answer["_shards"].get("failures") or [{}]
        raise Unserved(
            f"Une partie de l'index ne répond pas ({_reason(failures[0].get('reason'))}) : "
            "attendez que le cluster se remette, « kiosque status » dit où il en est."
        )


def _reason(told: object) -> str:
    """Return the innermost types of an error as OpenSearch words it."""
    if not isinstance(told, dict):
        return str(told or "sans raison donnée")[:200]
    causes = told.get("root_cause") or [told]
    kinds = [str(cause.get("type", "")) for cause in causes[:1]]
    caused = told.get("caused_by")
    while isinstance(caused, dict):
        kinds.append(str(caused.get("type", "")))
        caused = caused.get("caused_by")
    reason = str(causes[0].get("reason", ""))[:300]
    return f"{' / '.join(dict.fromkeys(kinds))} : {reason}"
