"""`rights up`: everything an office needs on one machine, until Ctrl-C."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from casework.settings import Settings
from flows.cluster import PrivateCluster
from flows.server import Child, deploy, environment, start_desk, start_server, start_worker
from rights.errors import ConfigError, RightsdeskError


def main(port: int, desk_port: int) -> None:
    """Start all parts, say where they are, and stop them together.

    Raises:
        ConfigError: a part does not start, a port is taken, or it runs already.
    """
    settings = Settings()
    # Others may pass through but not look: PostgreSQL's own user must reach its folder below.
    settings.home.mkdir(mode=0o711, parents=True, exist_ok=True)
    os.umask(0o077)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)
    with _only_one(settings.home):
        for wanted in (port, desk_port):
            _check_free(wanted)
        _run(settings, port, desk_port)


def _run(settings: Settings, port: int, desk_port: int) -> None:
    logs = settings.home / "logs"
    cluster = PrivateCluster(settings.home / "prefect-db")
    children: list[Child] = []
    try:
        _say("Starting PostgreSQL for Prefect ...")
        cluster.start()
        env = environment(settings.home / "prefect", port, cluster.url("prefect", "asyncpg"))
        env["RIGHTS_DESK_URL"] = f"http://127.0.0.1:{desk_port}"
        settings.intake.mkdir(parents=True, exist_ok=True)
        _say("Starting the Prefect server (the first start takes half a minute) ...")
        children.append(start_server(env, logs))
        deploy(env)
        children.append(start_worker(env, logs))
        children.append(start_desk(env, logs, desk_port))
        _say(f"Requests are dropped in     {settings.intake}")
        _say(f"Officers start flows at     http://127.0.0.1:{port}/deployments")
        _say(f"and read, decide, sign at   http://127.0.0.1:{desk_port}")
        _say("Ctrl-C stops everything; no case is lost.")
        while all(child.process.poll() is None for child in children):
            time.sleep(1)
        ended = next(child for child in children if child.process.poll() is not None)
        raise ConfigError(
            "up.ended",
            f"The {ended.name} ended by itself.",
            f"Look at the end of {ended.log.name} in {logs}, then start again.",
        )
    except KeyboardInterrupt:
        _say("Stopping ...")
    finally:
        for child in reversed(children):
            child.stop()
        cluster.stop()


@contextmanager
def _only_one(home: Path) -> Generator[None]:
    with (home / "up.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ConfigError(
                "up.running",
                "Rightsdesk is running already from this folder.",
                "Use that one, or stop it with Ctrl-C first.",
            ) from None
        yield


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise ConfigError(
                "up.port",
                f"Port {port} is used by another program.",
                "Choose other ports: rights up --port 4300 --desk-port 4381",
            ) from None


def _leave(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]), int(sys.argv[2]))
    except RightsdeskError as error:
        sys.stderr.write(f"{error.sentence}\n{error.next_step}  [{error.code}]\n")
        raise SystemExit(2) from None
