"""`python -m desk HOST PORT`: the desk alone, for one machine or behind the council's proxy."""

from __future__ import annotations

import logging
import os
import sys

import uvicorn

from casework.office import open_office
from desk.app import create_app
from desk.nudge import prefect_nudge
from rights.errors import RightsdeskError


def main(host: str, port: int) -> None:
    """Serve until it is stopped. Requests are not logged: the access journal is the record."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    office = open_office()
    app = create_app(office, prefect_nudge(office, os.environ.get("PREFECT_API_URL", "")))
    uvicorn.run(app, host=host, port=port, access_log=False, server_header=False)


if __name__ == "__main__":
    try:
        arguments = dict(enumerate(sys.argv))
        main(arguments.get(1, "127.0.0.1"), int(arguments.get(2, "4281")))
    except RightsdeskError as error:
        sys.stderr.write(f"{error.sentence} {error.next_step} [{error.code}]\n")
        raise SystemExit(1) from None
