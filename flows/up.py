"""`rights up`: everything an office needs on one machine, until Ctrl-C."""

from __future__ import annotations

import signal
import sys
import time

from casework.settings import Settings
from flows.cluster import PrivateCluster
from flows.server import Child, deploy, environment, start_desk, start_server, start_worker


def main(port: int, desk_port: int) -> None:
    """Start all parts, say where they are, and stop them together."""
    settings = Settings()
    logs = settings.home / "logs"
    cluster = PrivateCluster(settings.home / "prefect-db")
    children: list[Child] = []
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        say("Starting PostgreSQL for Prefect ...")
        cluster.start()
        env = environment(settings.home / "prefect", port, cluster.url("prefect", "asyncpg"))
        env["RIGHTS_DESK_URL"] = f"http://127.0.0.1:{desk_port}"
        say("Starting the Prefect server (the first start takes half a minute) ...")
        children.append(start_server(env, logs))
        deploy(env)
        children.append(start_worker(env, logs))
        children.append(start_desk(env, logs, desk_port))
        say(f"Officers start requests at  http://127.0.0.1:{port}")
        say(f"and read, decide and sign at http://127.0.0.1:{desk_port}")
        say("Ctrl-C stops everything; no case is lost.")
        while all(child.process.poll() is None for child in children):
            time.sleep(1)
        ended = next(child for child in children if child.process.poll() is not None)
        say(f"The {ended.name} ended by itself; see {ended.log.name} in the logs folder.")
        raise SystemExit(1)
    except KeyboardInterrupt:
        say("Stopping ...")
    finally:
        for child in reversed(children):
            child.stop()
        cluster.stop()


def say(line: str) -> None:
    """Tell whoever started it."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
