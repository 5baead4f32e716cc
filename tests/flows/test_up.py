"""`rights up`: one at a time, on free ports, stopped whole (see the fixture's end)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.flows.house import House, free_ports

pytestmark = [pytest.mark.system, pytest.mark.xdist_group("prefect"), pytest.mark.timeout(300)]

_REPOSITORY = Path(__file__).resolve().parents[2]


def up(house: House, home: Path, port: int) -> subprocess.CompletedProcess[str]:
    """Start once more and wait for the refusal."""
    command = [sys.executable, "-m", "cli.main", "up", "--port", str(port)]
    env = {**house.env, "RIGHTS_HOME": str(home)}
    return subprocess.run(
        command, env=env, cwd=_REPOSITORY, capture_output=True, text=True, timeout=60, check=False
    )


def test_a_second_start_is_refused_in_words(house: House) -> None:
    """The same folder serves one house; nothing of the first is disturbed."""
    done = up(house, house.home, *free_ports(1))
    assert done.returncode == 2
    assert "running already" in done.stderr
    assert "Traceback" not in done.stderr
    assert house.api.get("health") is True


def test_a_taken_port_is_refused_in_words(house: House, tmp_path: Path) -> None:
    """Before anything is started."""
    done = up(house, tmp_path, house.port)
    assert done.returncode == 2
    assert f"Port {house.port} is used" in done.stderr


def test_nothing_it_writes_is_open_to_others(house: House) -> None:
    """Logs, store, vault, keys and Prefect's own folder are closed to other users."""
    for name in ("logs", "store", "keys", "secret", "prefect", "prefect-db", "intake"):
        assert not (house.home / name).stat().st_mode & 0o077, name
    for log in (house.home / "logs").iterdir():
        assert not log.stat().st_mode & 0o077
