"""What an index on a cluster holds, and what the cluster is short of, in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from corpus.wording import count as counted
from corpus.wording import moment
from index.engine import EngineError
from index.opensearch.asking import LEADS
from index.opensearch.cluster import Cluster, Unserved
from index.opensearch.counting import distinct_values
from index.opensearch.mapping import notes_index, words_index
from index.opensearch.reading import Reading
from index.results import Status

Body = dict[str, Any]

_COLOURS = {"green": "vert", "yellow": "jaune", "red": "rouge"}


def status(reading: Reading, url: str, stamp: Mapping[str, Any]) -> Status:
    """Tell what an index holds, and what its cluster is short of.

    url: its address, as it is shown.
    """
    names = f"{reading.index},{words_index(reading.index)}"
    ends = {"first": {"min": {"field": "date"}}, "last": {"max": {"field": "date"}}}
    leads = {"leads": {"filter": LEADS}}
    answer = reading.search({"size": 0, "track_total_hits": True, "aggs": {**ends, **leads}})
    sizes = reading.cluster.ask("GET", f"/{names}/_stats/store")
    articles = answer["hits"]["total"]["value"]
    told = answer["aggregations"]
    days = [told[end].get("value_as_string") for end in ends]
    return Status(
        url=url,
        articles=articles,
        copies=articles - told["leads"]["doc_count"],
        built=stamp["built"],
        version=stamp["version"],
        size_bytes=sizes["_all"]["primaries"]["store"]["size_in_bytes"],
        first=date.fromisoformat(days[0]) if days[0] else None,
        last=date.fromisoformat(days[1]) if days[1] else None,
        counts=distinct_values(reading),
        remarks=remarks(reading.cluster, names),
    )


def unanswered(cluster: Cluster, url: str) -> Unserved:
    """Return what tells that a part of an index, be it its notes, does not answer, and why."""
    alias = cluster.address.name
    (remark,) = remarks(cluster, f"{notes_index(alias)},{alias}-0*")
    return Unserved(f"L'index {url} ne répond pas. {remark}")


def remarks(cluster: Cluster, indices: str) -> tuple[str, ...]:
    """Return how the shards of indices are, and why some are not where they should be."""
    health = cluster.ask("GET", f"/_cluster/health/{indices}", level="shards", local="true")
    if not health["discovered_cluster_manager"]:
        return (
            "Cluster sans direction : trop peu de ses nœuds sont là pour s'accorder, rien ne peut "
            "y être écrit ; relancez ceux qui manquent.",
        )
    colour, missing = health["status"], health["unassigned_shards"]
    nodes = health["number_of_data_nodes"]
    told = f"Cluster {_COLOURS.get(colour, colour)}, {counted(nodes, 'nœud')} de données"
    if colour == "green":
        return (f"{told}.",)
    waiting = missing + health["initializing_shards"]
    lost = "copies" if colour == "yellow" else "parties"
    effect = (
        "rien n'est perdu, mais un autre nœud ne doit pas tomber"
        if colour == "yellow"
        else "aucune recherche ne répond avant leur retour : relancez les nœuds"
    )
    why = _why(cluster, health["indices"], primary=colour == "red")
    return (f"{told} : {waiting} {lost} de l'index ne sont pas en place ({why}) ; {effect}.",)


def _why(cluster: Cluster, indices: Mapping[str, Body], primary: bool) -> str:
    """Return why the cluster has not put a shard of indices in its place."""
    waiting = [
        {"index": index, "shard": int(number), "primary": primary}
        for index, told in indices.items()
        for number, shard in told["shards"].items()
        if shard["unassigned_shards"] and shard["primary_active"] is not primary
    ]
    try:
        told = cluster.ask("POST", "/_cluster/allocation/explain", waiting[0]) if waiting else {}
    except EngineError:
        told = {}
    if told.get("can_allocate", "yes") in ("yes", "throttled"):
        return "elles s'y recopient en ce moment"
    why = told.get("unassigned_info", {})
    if why.get("reason") == "NODE_LEFT":
        return f"un nœud a quitté le cluster le {moment(why['at'])}"
    if told.get("can_allocate") == "no":
        return "aucun nœud ne peut les prendre : ajoutez un nœud, ou mettez ?replicas=0"
    return f"{why.get('reason', 'raison inconnue')}, {told.get('can_allocate', '')}".lower()
