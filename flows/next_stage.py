"""Starting the next stage as a run of its own, and finding work that was lost.

An idempotency key of case, stage and sequence number makes sure that the flow that finished a
stage and the sweep do not start the same work twice. A run that ended without moving the case on
is followed by another attempt, until a person is asked.
"""

from __future__ import annotations

import datetime as dt

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.states import Crashed, Scheduled

from casework.office import Office
from casework.work import ask_for_help
from rights.release import CaseRef
from rights.road import MAX_CRASHES, where

WORK = "4 Work on a case/work"
STUCK = dt.timedelta(minutes=5)
"""A run still waiting to begin after this long was lost by its worker."""
SILENT = dt.timedelta(minutes=20)
"""A run still going after this long outlived its lease; its process is gone."""
ENDED = {StateType.COMPLETED, StateType.FAILED, StateType.CRASHED, StateType.CANCELLED}


def start(office: Office, ref: CaseRef) -> str | None:
    """Make sure a run exists that does the next stage of a case; None if none is due.

    Returns:
        What was found or done: 'started', 'under way', 'revived' or 'asked for help'.
    """
    case = office.case(ref)
    stage = where(case).stage
    if stage is None:
        return None
    with get_client(sync_client=True) as client:
        deployment = client.read_deployment_by_name(WORK).id
        for attempt in range(MAX_CRASHES):
            run = client.create_flow_run_from_deployment(
                deployment,
                parameters={"reference": ref},
                idempotency_key=f"{ref}/{stage}/{case.seq}/{attempt}",
                tags=["case"],
            )
            if run.state is None or run.state.type not in ENDED:
                return _revive(client, run, office.clock())
    ask_for_help(office, ref, stage)
    return "asked for help"


def _revive(client: SyncPrefectClient, run: FlowRun, now: dt.datetime) -> str:
    state = run.state
    if state is None:
        return "under way"
    age = now - state.timestamp
    if state.type is StateType.PENDING and age > STUCK:
        client.set_flow_run_state(run.id, Scheduled(), force=True)
        return "revived"
    if state.type is StateType.RUNNING and age > SILENT:
        client.set_flow_run_state(run.id, Crashed(message="its process is gone"), force=True)
        return "revived"
    return "started" if state.type is StateType.SCHEDULED else "under way"
