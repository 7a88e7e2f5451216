"""What a cluster is short of, in words."""

from typing import Any

from corpus.wording import count as counted
from index.engine import EngineError
from index.opensearch.cluster import Cluster

Body = dict[str, Any]

_COLOURS = {"green": "vert", "yellow": "jaune", "red": "rouge"}


def remarks(cluster: Cluster, indices: str) -> tuple[str, ...]:
    """Return how the shards of indices are, and why some are not where they should be."""
    health = cluster.ask("GET", f"/_cluster/health/{indices}")
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
        else "une partie des articles manque aux réponses jusqu'à son retour"
    )
    return (
        f"{told} : {waiting} {lost} de l'index ne sont pas en place ({_why(cluster)}) ; {effect}.",
    )


def _why(cluster: Cluster) -> str:
    """Return why the cluster has not put a shard in its place."""
    try:
        told = cluster.ask("GET", "/_cluster/allocation/explain")
    except EngineError:
        return "elles s'y recopient en ce moment"
    why = told.get("unassigned_info", {})
    if why.get("reason") == "NODE_LEFT":
        return f"un nœud a quitté le cluster à {why.get('at', '')[11:19]} UTC"
    if told.get("can_allocate") == "no":
        return "aucun nœud ne peut les prendre : ajoutez un nœud, ou mettez ?replicas=0"
    return f"{why.get('reason', 'raison inconnue')}, {told.get('can_allocate', '')}".lower()
