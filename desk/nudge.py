"""Starting the next stage after an answer: one call to Prefect's own interface.

Only an early start: a lost call costs minutes, because the sweep finds the same work. The key is
the one that the flows use, so that the two never start the same work twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

import httpx

from casework.office import Office
from rights.road import where

log = logging.getLogger(__name__)

_DEPLOYMENT = "deployments/name/Work on a case/4 Work on a case"
_SECONDS = 10.0


def prefect_nudge(office: Office, api: str) -> Callable[[str], None]:
    """A nudge that asks a Prefect server to run the case's next stage.

    Args:
        office: To see whether there is a stage to run.
        api: The server's address, such as ``http://127.0.0.1:4200/api``; empty for none.
    """

    def nudge(ref: str) -> None:
        case = office.case(ref)
        stage = where(case).stage
        if stage is None or not api:
            return
        body = {
            "parameters": {"reference": case.ref},
            "idempotency_key": f"{case.ref}/{stage}/{case.seq}/0",
            "tags": ["case"],
            "state": {"type": "SCHEDULED"},
        }
        try:
            with httpx.Client(base_url=api.rstrip("/") + "/", timeout=_SECONDS) as client:
                found = client.get(_DEPLOYMENT).raise_for_status().json()["id"]
                client.post(f"deployments/{found}/create_flow_run", json=body).raise_for_status()
        except (httpx.HTTPError, KeyError) as error:
            log.warning("%s: not nudged (%s); the sweep will", case.ref, type(error).__name__)

    return nudge
