"""A real OpenSearch cluster on this machine: three nodes, a process each, and no container.

The nodes live in `build/cluster`, listen to this machine alone, and go with `stop`.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import Request, urlopen

from tests.cluster import parts
from tests.cluster.parts import HERE, ClusterError

ROOT = HERE.parent.parent
HOME = Path(os.environ.get("KIOSQUE_CLUSTER_HOME", ROOT / "build" / "cluster"))
PORT = int(os.environ.get("KIOSQUE_CLUSTER_PORT", "9201"))
NODES = (1, 2, 3)
HEAP = os.environ.get("KIOSQUE_CLUSTER_HEAP", "320m")
# Compiled by the quick compiler alone, nodes start in half the time and tests take two thirds;
# what is to be measured runs as servers do: `-server`.
COMPILER = os.environ.get("KIOSQUE_CLUSTER_COMPILER", "-XX:TieredStopAtLevel=1")
START_SECONDS = 240
_DEAD_SECONDS = 3
HOW = "OpenSearch was not tested: `make cluster` starts a cluster for it."
PLUGINS = {
    "org.opensearch.transport.Netty4Plugin",
    "org.opensearch.analysis.common.CommonAnalysisPlugin",
    "org.opensearch.index.reindex.ReindexPlugin",
    "org.opensearch.painless.PainlessPlugin",
    "org.opensearch.index.mapper.MapperExtrasPlugin",
}


def http_port(node: int) -> int:
    """Return the port of a node, counted from 1."""
    return PORT + node - 1


def url(name: str) -> str:
    """Return the address of an index in the cluster, as `--index` takes it."""
    hosts = ",".join(f"127.0.0.1:{http_port(node)}" for node in NODES)
    return f"opensearch://{hosts}/{name}"


def call(path: str, body: object = None, node: int = 1, seconds: float = 10.0) -> object:
    """Return the answer of a node to a request, GET or (with a body) POST."""
    data = None if body is None else json.dumps(body).encode()
    address = f"http://127.0.0.1:{http_port(node)}{path}"
    request = Request(address, data, {"Content-Type": "application/json"})
    with urlopen(request, timeout=seconds) as answer:
        return json.load(answer)


def put(path: str, body: object) -> None:
    """Change something on the cluster."""
    address, data = f"http://127.0.0.1:{http_port(1)}{path}", json.dumps(body).encode()
    urlopen(Request(address, data, {"Content-Type": "application/json"}, method="PUT")).close()


def answers(node: int = 1) -> bool:
    """Tell whether a node answers."""
    try:
        call("/", node=node, seconds=3)
    except (URLError, OSError, ValueError):
        return False
    return True


@cache
def runs() -> bool:
    """Tell whether the whole cluster was up when this was first asked."""
    return running()


def running() -> bool:
    """Tell whether the whole cluster is up, and of this folder: tests kill its nodes."""
    return all(_lives(node) and answers(node) for node in NODES)


def start() -> None:
    """Start the nodes that do not run; return when all are in and can do what is needed.

    Raises ClusterError where something else answers at the port of a node.
    """
    for node in NODES:
        if answers(node) and not _lives(node):
            raise ClusterError(
                f"Port {http_port(node)} is taken, by the cluster of another folder perhaps: "
                "`make cluster-stop` there, or choose other ports by KIOSQUE_CLUSTER_PORT."
            )
    jars = parts.jars()
    for node in NODES:
        if not (answers(node) or _lives(node)):
            start_node(node, jars)
    await_nodes(len(NODES))
    _check()


def start_node(node: int, jars: Path | None = None) -> None:
    """Start one node, which keeps what it held when it was stopped or killed."""
    jars = jars or parts.jars()
    home = HOME / f"node-{node}"
    (home / "config").mkdir(parents=True, exist_ok=True)
    (home / "config" / "opensearch.yml").write_text(_settings(node), encoding="utf-8")
    with open(home / "log", "ab") as log:
        process = subprocess.Popen(
            [
                *("java", f"-Xms{HEAP}", f"-Xmx{HEAP}", "-XX:+UseSerialGC", COMPILER),
                *(
                    "-XX:+ExitOnOutOfMemoryError",
                    f"-Dlog4j2.configurationFile={HERE}/log4j2.properties",
                ),
                *("-cp", f"{jars}:{jars}/*", "ClusterNode", home, f"node-{node}"),
            ],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    process.returncode = 0  # it outlives who starts it: Python need not warn of what it forgets
    (home / "pid").write_text(str(process.pid))


def await_nodes(count: int) -> None:
    """Return when so many nodes are in the cluster. Raises ClusterError after some minutes."""
    deadline, complete = monotonic() + START_SECONDS, monotonic()
    while monotonic() < deadline:
        for node in filter(answers, NODES):
            try:
                health = call("/_cluster/health", node=node)
            except (URLError, OSError):
                continue
            if health["number_of_nodes"] == count and health["discovered_cluster_manager"]:
                return
        # While Python becomes java, a process has no name.
        if sum(_lives(node) for node in NODES) >= count:
            complete = monotonic()
        elif monotonic() - complete > _DEAD_SECONDS:
            break
        sleep(0.5)
    raise ClusterError(f"Only some nodes came up: see {HOME}/node-*/log")


def told() -> str:
    """Return how the cluster is, and what its nodes warned of last."""
    lines = [f"node {node} {'answers' if answers(node) else 'is mute'}" for node in NODES]
    for node in NODES:
        log = HOME / f"node-{node}" / "log"
        last = log.read_text(errors="replace").splitlines()[-15:] if log.exists() else []
        lines += [f"node {node}: {line[:300]}" for line in last]
    return "\n".join(lines)


def signal_node(node: int, number: signal.Signals) -> None:
    """Send a signal to the process of a node: SIGKILL, or SIGSTOP and SIGCONT to slow it."""
    if _lives(node):
        os.kill(int((HOME / f"node-{node}" / "pid").read_text()), number)


def stop() -> None:
    """End every node and remove what they kept."""
    files = [*HOME.glob("node-*/pid")]
    pids = [pid for pid in (int(file.read_text()) for file in files) if _ours(pid)]
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    while any(map(_ours, pids)):
        sleep(0.1)
    shutil.rmtree(HOME, ignore_errors=True)


def _lives(node: int) -> bool:
    """Tell whether the process of a node runs, answering or not."""
    file = HOME / f"node-{node}" / "pid"
    return file.exists() and _ours(int(file.read_text()))


def _ours(pid: int) -> bool:
    """Tell whether a process is a node of ours that runs (numbers are used again)."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        command = subprocess.run(["ps", "-o", "args=", "-p", str(pid)], capture_output=True).stdout
    return b"ClusterNode" in command


def _settings(node: int) -> str:
    seeds = ", ".join(f'"127.0.0.1:{PORT + 100 + other - 1}"' for other in NODES)
    return f"""\
cluster.name: kiosque-tests
node.name: node-{node}
network.host: 127.0.0.1
http.port: {http_port(node)}
transport.port: {PORT + 100 + node - 1}
discovery.seed_hosts: [{seeds}]
cluster.initial_cluster_manager_nodes: [node-1, node-2, node-3]
cluster.routing.allocation.disk.threshold_enabled: false
indices.breaker.total.use_real_memory: false
action.auto_create_index: false
path.repo: {HOME}/backup
node.processors: 2
# So few writes may wait that a test can make a node refuse some.
thread_pool.write.queue_size: 8
# A node that stops answering is missed within seconds, not within the half minute of servers.
# Nor does a new manager wait half a minute for it to take the first news.
cluster.publish.timeout: 3s
cluster.fault_detection.follower_check.interval: 500ms
cluster.fault_detection.follower_check.timeout: 2s
cluster.fault_detection.follower_check.retry_count: 3
cluster.fault_detection.leader_check.interval: 500ms
cluster.fault_detection.leader_check.timeout: 2s
cluster.fault_detection.leader_check.retry_count: 3
"""


def _check() -> None:
    """Assert that the nodes have every module: a missing one fails no start."""
    nodes = call("/_nodes/plugins")["nodes"].values()
    for one in nodes:
        have = {module["classname"] for module in [*one["plugins"], *one["modules"]]}
        if not have >= PLUGINS:
            raise ClusterError(f"{one['name']} lacks {sorted(PLUGINS - have)}")
    # Refused for a moment after the manager is chosen.
    call("/_cluster/health?wait_for_status=green&timeout=30s", seconds=40)
    told = call("/_analyze", {"analyzer": "french", "text": "les élections"})
    if [token["token"] for token in told["tokens"]] != ["election"]:
        raise ClusterError(f"The French analyser answers {told}")


def main(arguments: list[str]) -> None:
    """Do what the command line says: start, stop, or tell."""
    try:
        match arguments:
            case ["start"]:
                start()
                print(f"Three nodes are up; an index: {url('NAME')}")
            case ["stop"]:
                stop()
            case ["running"]:
                sys.exit(0 if running() else 1)
            case _:
                raise ClusterError("Usage: python -m tests.cluster start|stop|running")
    except ClusterError as error:
        sys.exit(str(error))
