"""The parts of OpenSearch that the tests run, from Maven Central at the versions of `pom.xml`.

They are fetched and compiled once for each version, and kept in `~/.cache/kiosque`.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
_SOURCE = HERE / "ClusterNode.java"
_COLOURS = re.compile(r"\x1b\[[\d;]*m")


class ClusterError(Exception):
    """The cluster cannot be started; the text says what to do."""


def jars() -> Path:
    """Return the folder of the parts and of the compiled node. Raises ClusterError."""
    version = re.search("<opensearch>(.*)</opensearch>", (HERE / "pom.xml").read_text())[1]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kiosque"
    folder = cache / f"opensearch-{version}"
    complete, node = folder / ".complete", folder / "ClusterNode.class"
    _need("java")
    if not complete.exists():
        _need("mvn")
        print(f"Fetching OpenSearch {version} into {folder} (once, 50 MB)...", flush=True)
        _run(
            f"OpenSearch {version} cannot be fetched from Maven Central",
            *("mvn", "-q", "-B", "-Dstyle.color=never", "-f", HERE / "pom.xml"),
            "org.apache.maven.plugins:maven-dependency-plugin:copy-dependencies",
            "-DincludeScope=runtime",
            f"-DoutputDirectory={folder}",
        )
        complete.touch()
    if not node.exists() or node.stat().st_mtime < _SOURCE.stat().st_mtime:
        _need("javac")
        _run(
            f"{_SOURCE} cannot be compiled",
            *("javac", "-nowarn", "-cp", f"{folder}/*", "-d", folder, _SOURCE),
        )
    return folder


def _need(program: str) -> None:
    if not shutil.which(program):
        raise ClusterError(
            f"There is no {program}: install a JDK (17 or later) and Maven, "
            "on Debian: sudo apt install default-jdk-headless maven"
        )


def _run(otherwise: str, *command: object) -> None:
    """Run a command. Raises ClusterError, one line of text, where it fails."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode:
        lines = _COLOURS.sub("", done.stdout + done.stderr).splitlines()
        why = next((line for line in lines if "error" in line.lower()), "no reason given")
        raise ClusterError(f"{otherwise}: {why.removeprefix('[ERROR] ')[:600]}")
