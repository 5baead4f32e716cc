"""A Prefect server, worker and desk as child processes, with the safe settings in one place."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import httpx

from rights.errors import ConfigError

REPOSITORY = Path(__file__).resolve().parent.parent
_PR_SET_PDEATHSIG = 1
_UI = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    # The newer UI asks an outside host for configuration on every page; the older asks nobody.
    "PREFECT_SERVER_UI_V2_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
}
_LIVING = {
    "PREFECT_WORKER_QUERY_SECONDS": "2",
    # A run that gives no sign of life is ended by the sweep; see flows/reaper.py.
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
}
_KEEPING = {
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": "2592000",
    "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": "P7D",
}


def environment(home: Path, port: int, database: str) -> dict[str, str]:
    """The environment that server, worker and deployment share.

    Args:
        home: Prefect's own folder; made private to this user.
        port: Of the server, on loopback.
        database: SQLAlchemy URL of Prefect's database.
    """
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    return {
        **os.environ,
        **_UI,
        **_KEEPING,
        **_LIVING,
        "PREFECT_HOME": str(home),
        "PREFECT_PROFILES_PATH": str(home / "profiles.toml"),
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_API_DATABASE_CONNECTION_URL": database,
        "PREFECT_SERVER_API_HOST": "127.0.0.1",
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_LOGGING_SETTINGS_PATH": str(REPOSITORY / "flows" / "logging.yaml"),
        "PREFECT_CLI_PROMPT": "false",
        "RIGHTS_REPO": str(REPOSITORY),
        "PYTHONUNBUFFERED": "1",
    }


def _before_it_runs() -> None:
    """Ask the kernel to stop this process when the one that started it is gone, however.

    Prefect stops by way of SIGINT, which a shell that starts us in the background switches off.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class Child:
    """A child process in a session of its own, whose output goes to a private file."""

    def __init__(self, name: str, args: list[str], env: Mapping[str, str], logs: Path) -> None:
        logs.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.name = name
        self.log = logs / f"{name}.log"
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                args,
                env=dict(env),
                cwd=REPOSITORY,
                stdout=out,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                umask=0o077,
                preexec_fn=_before_it_runs,
            )

    def stop(self, seconds: float = 15) -> None:
        """Ask it to stop, then make it."""
        if self.process.poll() is None:
            self._signal(signal.SIGTERM)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self) -> None:
        """Kill it and everything it started, at once."""
        self._signal(signal.SIGKILL)
        self.process.wait(10)

    def _signal(self, number: int) -> None:
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            return


def start_server(env: Mapping[str, str], logs: Path) -> Child:
    """Start the Prefect server and wait until it answers.

    Raises:
        ConfigError: it did not answer within two minutes.
    """
    child = Child("server", [*_prefect(), "server", "start"], env, logs)
    wait_for(f"{env['PREFECT_API_URL']}/health", child, 120)
    return child


def start_worker(env: Mapping[str, str], logs: Path, name: str = "worker", limit: int = 2) -> Child:
    """Start a worker on the pool."""
    args = [*_prefect(), "worker", "start", "--pool", "desk", "--name", name, "--limit", str(limit)]
    return Child(name, args, env, logs)


def start_desk(env: Mapping[str, str], logs: Path, port: int) -> Child:
    """Start the desk and wait until it answers."""
    child = Child("desk", [sys.executable, "-m", "desk", "127.0.0.1", str(port)], env, logs)
    wait_for(f"http://127.0.0.1:{port}/healthz", child, 60)
    return child


def deploy(env: Mapping[str, str]) -> None:
    """Make the pool with its locked job template, and the deployments; safe to repeat.

    Raises:
        ConfigError: Prefect refused; its own words follow in the log.
    """
    template = str(REPOSITORY / "flows" / "job_template.json")
    pool = ["work-pool", "create", "desk", "--type", "process", "--overwrite"]
    _run([*_prefect(), *pool, "--base-job-template", template], env)
    _run([*_prefect(), "--no-prompt", "deploy", "--all"], env)


def wait_for(url: str, child: Child, seconds: float) -> None:
    """Wait until a URL answers.

    Raises:
        ConfigError: the process ended or did not answer in time.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end and child.process.poll() is None:
        try:
            if httpx.get(url, timeout=5).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.3)
    child.stop()
    raise ConfigError(
        "up.no_answer",
        f"The {child.name} did not start.",
        f"Look at the end of {child.log.name} in the logs folder.",
    )


def _prefect() -> list[str]:
    return [sys.executable, "-m", "prefect"]


def _run(args: list[str], env: Mapping[str, str]) -> None:
    done = subprocess.run(
        args, env=dict(env), cwd=REPOSITORY, capture_output=True, text=True, timeout=300
    )
    if done.returncode != 0:
        raise ConfigError(
            "up.deploy",
            f"Prefect refused: {done.stderr.strip()[-600:] or done.stdout.strip()[-600:]}",
            "Check prefect.yaml and that the server is running.",
        )
