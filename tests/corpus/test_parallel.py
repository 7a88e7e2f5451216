"""Batches by several processes: in order, bounded, and gone with their parent."""

import os
import signal
import subprocess
import sys
import time
from itertools import islice

import pytest

from corpus.parallel import WorkerLost, mapped


def doubled(batch: list[int]) -> list[int]:
    return [2 * number for number in batch]


def failing(batch: list[int]) -> list[int]:
    if 70 in batch:
        raise ValueError("soixante-dix")
    return batch


def ending(batch: list[int]) -> list[int]:
    if 70 in batch:
        os.kill(os.getpid(), signal.SIGKILL)
    return batch


@pytest.mark.parametrize("count", [0, 1, 9, 10, 11, 200])
@pytest.mark.parametrize("processes", [1, 3])
def test_results_come_in_order(count, processes):
    results = mapped(doubled, range(count), 4, 10, processes)
    assert [one for batch in results for one in batch] == [2 * n for n in range(count)]


def test_items_are_taken_only_as_they_are_needed():
    taken = []
    source = (taken.append(n) or n for n in range(10_000))
    results = mapped(doubled, source, 10, 10, 2)
    assert len(list(islice(results, 3))) == 3
    assert len(taken) < 300
    results.close()


def test_an_exception_reaches_the_caller():
    with pytest.raises(ValueError, match="soixante-dix"):
        list(mapped(failing, range(200), 10, 10, 2))


def test_a_killed_worker_is_told():
    with pytest.raises(WorkerLost, match="faute de mémoire"):
        list(mapped(ending, range(200), 10, 10, 2))


PARENT = """
from time import sleep
from corpus.parallel import mapped
from tests.corpus.test_parallel import doubled

if __name__ == "__main__":
    results = mapped(doubled, range(10**9), 10, 0, 2)
    next(results)
    print("ready", flush=True)
    sleep(60)
"""


def test_workers_end_with_a_killed_parent(tmp_path):
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    environment = os.environ | {"PYTHONPATH": os.getcwd()}
    parent = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, env=environment)
    assert parent.stdout and parent.stdout.readline() == b"ready\n"
    children = f"/proc/{parent.pid}/task/{parent.pid}/children"
    if not os.path.exists(children):
        parent.kill()
        parent.communicate()
        return
    with open(children) as listed:
        workers = [int(pid) for pid in listed.read().split()]
    assert workers
    parent.kill()
    parent.communicate()
    deadline = time.monotonic() + 10
    while any(alive(pid) for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(alive(pid) for pid in workers)


def alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
