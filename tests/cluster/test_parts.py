"""What a machine lacks to start the cluster is told in one line."""

from pathlib import Path

import pytest

from tests.cluster import parts


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the one folder in which programs are found, and an empty cache."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


def program(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{text}\n")
    (folder / name).chmod(0o755)


@pytest.mark.parametrize("there", [(), ("java",)])
def test_a_program_that_is_missing_is_named(programs, there):
    for name in there:
        program(programs, name, "exit 0")
    with pytest.raises(parts.ClusterError, match=r"no (java|mvn): .*apt install") as told:
        parts.jars()
    assert "\n" not in str(told.value)


def test_a_repository_out_of_reach_is_told_with_mavens_reason(programs):
    program(programs, "java", "exit 0")
    program(
        programs,
        "mvn",
        r"printf '\033[0m[\033[1;31mERROR\033[m] Connection refused\nmore\n'; exit 1",
    )
    with pytest.raises(parts.ClusterError) as told:
        parts.jars()
    assert str(told.value).endswith("cannot be fetched from Maven Central: Connection refused")
