"""That the pinned versions schedule at all: with the wrong SQLAlchemy a server creates no run."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from flows.server import deploy, environment, start_server
from tests.flows.house import Api, free_ports

pytestmark = [pytest.mark.system, pytest.mark.xdist_group("prefect"), pytest.mark.timeout(300)]


def test_schedules_get_their_runs_on_the_embedded_database(tmp_path: Path) -> None:
    """Each cron deployment gets at least three scheduled runs, weekdays at seven in London."""
    (port,) = free_ports(1)
    home = tmp_path / "prefect"
    env = environment(home, port, f"sqlite+aiosqlite:///{home / 'prefect.db'}")
    server = start_server(env, tmp_path / "logs")
    try:
        deploy(env)
        api = Api(port)
        watch, sweep = (api.deployments()[n]["id"] for n in ("Deadline watch", "Sweep"))
        end = time.monotonic() + 90
        while time.monotonic() < end:
            runs = api.runs(state={"type": {"any_": ["SCHEDULED"]}})
            counts = [sum(r["deployment_id"] == d for r in runs) for d in (watch, sweep)]
            if min(counts) >= 3:
                break
            time.sleep(1)
        assert min(counts) >= 3
        assert not (home / "prefect.db").stat().st_mode & 0o077
    finally:
        server.stop()
