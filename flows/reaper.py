"""Runs that their worker or their process left behind.

Measured: a worker stopped just after it claimed a run leaves it waiting for ever, and a run whose
process and worker are both killed stays running for ever. Neither is found by Prefect itself.
"""

from __future__ import annotations

import datetime as dt

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
    FlowRunFilterTags,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.events.filters import EventFilter, EventNameFilter, EventOrder, EventResourceFilter
from prefect.states import Crashed, Scheduled

from rights.road import MAX_CRASHES

STUCK = dt.timedelta(minutes=5)
"""A run claimed by a worker and not begun after this long was lost."""
SILENT = dt.timedelta(minutes=10)
"""A run without a sign of life for this long is gone; it gives one every half minute."""
AGAIN = "again"
"""Tag of the deployments whose flows may simply be run again with the same parameters."""


def reap(now: dt.datetime) -> tuple[str, ...]:
    """Put back what never began, and mark as crashed what is silent; returns what was done.

    A crashed run of a flow that may be repeated is put back, a few times at most. The stages of a
    case are not: `flows.next_stage` looks after them, from the store.
    """
    done: list[str] = []
    with get_client(sync_client=True) as client:
        for run in _runs(client, StateType.PENDING):
            if _since(run, now) > STUCK:
                client.set_flow_run_state(run.id, Scheduled(), force=True)
                done.append("A run that never began was put back.")
        for run in _runs(client, StateType.RUNNING):
            if _since(run, now) > SILENT and now - _last_sign(client, run) > SILENT:
                client.set_flow_run_state(run.id, Crashed(message="Its process is gone."), True)
                done.append("A run whose process is gone was ended.")
        for run in _runs(client, StateType.CRASHED, AGAIN):
            if run.run_count <= MAX_CRASHES:
                client.set_flow_run_state(run.id, Scheduled(), force=True)
                done.append("A crashed run was put back.")
    return tuple(done)


def _runs(client: SyncPrefectClient, kind: StateType, tag: str = "") -> list[FlowRun]:
    state = FlowRunFilterState(type=FlowRunFilterStateType(any_=[kind]))
    tags = FlowRunFilterTags(all_=[tag]) if tag else None
    return client.read_flow_runs(flow_run_filter=FlowRunFilter(state=state, tags=tags))


def _since(run: FlowRun, now: dt.datetime) -> dt.timedelta:
    return now - run.state.timestamp if run.state else dt.timedelta(0)


def _last_sign(client: SyncPrefectClient, run: FlowRun) -> dt.datetime:
    wanted = EventFilter(
        event=EventNameFilter(name=["prefect.flow-run.heartbeat"]),
        resource=EventResourceFilter(id=[f"prefect.flow-run.{run.id}"]),
        order=EventOrder.DESC,
    )
    events = client.read_events(filter=wanted, limit=1).events
    if events:
        return events[0].occurred
    assert run.state is not None  # a running run has a state
    return run.state.timestamp
