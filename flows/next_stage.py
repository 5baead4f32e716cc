"""Starting the next stage of a case as a run of its own.

An idempotency key of case, stage and sequence number makes sure that the flow that finished a
stage, the desk and the sweep do not start the same work twice. A run that ended without moving the
case on is followed by another attempt, until a person is asked.
"""

from __future__ import annotations

from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.exceptions import ObjectNotFound

from casework.office import Office
from casework.work import ask_for_help
from rights.case import Case
from rights.release import CaseRef
from rights.road import MAX_CRASHES, Stage, where

WORK = "Work on a case/4 Work on a case"
"""Flow and deployment, as in prefect.yaml."""
ENDED = {StateType.COMPLETED, StateType.FAILED, StateType.CRASHED, StateType.CANCELLED}
_RUN = "run:"
_MOST_ATTEMPTS = 50
"""Runs that ended without a crash and without progress: cancelled, or another had the case."""


def start(office: Office, ref: CaseRef) -> str | None:
    """Make sure a run exists that does the next stage of a case.

    Returns:
        'started' or 'asked for help'; None if no stage is due or a run is under way.
    """
    case = office.case(ref)
    stage = where(case).stage
    if stage is None:
        return None
    crashes = 0
    with get_client(sync_client=True) as client:
        _free(client, office, ref)
        deployment = client.read_deployment_by_name(WORK).id
        for attempt in range(_MOST_ATTEMPTS):
            run = _run(client, deployment, case, stage, attempt)
            kind = run.state.type if run.state else StateType.SCHEDULED
            if kind not in ENDED:
                return "started" if kind is StateType.SCHEDULED else None
            crashes += kind in {StateType.FAILED, StateType.CRASHED}
            if crashes >= MAX_CRASHES:
                break
    ask_for_help(office, ref, stage)
    return "asked for help"


def holder(run: object) -> str:
    """Who holds the lease on a case during a run."""
    return f"{_RUN}{run}"


def _free(client: SyncPrefectClient, office: Office, ref: CaseRef) -> None:
    """Let go of a case for a run that has ended without having done so: it was killed.

    Without this the case would wait until the lease runs out.
    """
    held_by = office.store.lease_holder(ref)
    if not held_by.startswith(_RUN):
        return
    try:
        state = client.read_flow_run(UUID(held_by.removeprefix(_RUN))).state
    except ObjectNotFound:
        state = None  # Prefect has forgotten it: its database is new, or it is long past
    if state is None or state.type in ENDED:
        office.store.release_lease(office.store.acquire_lease(ref, held_by, seconds=1))


def _run(
    client: SyncPrefectClient, deployment: UUID, case: Case, stage: Stage, attempt: int
) -> FlowRun:
    return client.create_flow_run_from_deployment(
        deployment,
        parameters={"reference": case.ref},
        name=f"{case.ref} {stage}",
        idempotency_key=f"{case.ref}/{stage}/{case.seq}/{attempt}",
        tags=["case"],
    )
