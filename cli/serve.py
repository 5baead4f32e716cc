"""Start everything for use, or the desk alone."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer


def up(
    port: Annotated[int, typer.Option(help="Port of the Prefect UI.")] = 4200,
    desk_port: Annotated[int, typer.Option(help="Port of the desk.")] = 4281,
) -> None:
    """Start PostgreSQL, the Prefect server, a worker, the deployments and the desk."""
    _become("flows.up", str(port), str(desk_port))


def desk(
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 4281,
    host: Annotated[str, typer.Option(help="Address to listen on; loopback by default.")] = (
        "127.0.0.1"
    ),
) -> None:
    """Start the desk alone."""
    _become("desk", host, str(port))


def _become(module: str, *arguments: str) -> None:
    # In this process's place, so that Ctrl-C and a service manager's signals reach it directly.
    os.execv(sys.executable, [sys.executable, "-m", module, *arguments])  # noqa: S606 - our own interpreter and module, no shell
