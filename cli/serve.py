"""Start everything for use, or the desk alone."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Annotated

import typer


def up(
    port: Annotated[int, typer.Option(help="Port of the Prefect UI.")] = 4200,
    desk_port: Annotated[int, typer.Option(help="Port of the desk.")] = 4281,
) -> None:
    """Start PostgreSQL, the Prefect server, a worker, the deployments and the desk."""
    command = [sys.executable, "-m", "flows.up", str(port), str(desk_port)]
    raise SystemExit(subprocess.call(command, env={**os.environ, "PYTHONUNBUFFERED": "1"}))


def desk(
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 4281,
    host: Annotated[str, typer.Option(help="Address to listen on; loopback by default.")] = (
        "127.0.0.1"
    ),
) -> None:
    """Start the desk alone."""
    command = [sys.executable, "-m", "desk", host, str(port)]
    raise SystemExit(subprocess.call(command))
