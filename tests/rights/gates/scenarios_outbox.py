"""What must be refused about parcels that lie in the outbox."""

from __future__ import annotations

import datetime as dt

from rights.events import kinds as k
from rights.events.base import ENGINE
from tests.rights.gates.build import OFFICER, OFFICERS, TODAY, Refused
from tests.rights.gates.scenarios_sealing import LAWFUL

_SENT = LAWFUL[: [e.kind for e in LAWFUL].index("dispatch_confirmed") + 1]
_KEY = next(e.key for e in _SENT if isinstance(e, k.DispatchConfirmed))
TAKEN = k.OutboxTaken(actor=OFFICER, key=_KEY, how="posted", taken_on=TODAY, proof="RM 123")
CLEARED = k.OutboxCleared(actor=ENGINE, key=_KEY, cleared_on=TODAY)
_LATER = TODAY + dt.timedelta(days=1)

SCENARIOS = (
    Refused("was_dispatched", "outbox.not_there", _SENT[:-1], TAKEN, OFFICERS),
    Refused("was_dispatched", "outbox.not_there", (*_SENT, TAKEN), TAKEN, OFFICERS),
    Refused("was_taken", "outbox.not_taken", _SENT, CLEARED, frozenset()),
    Refused("was_taken", "outbox.not_taken", (*_SENT, TAKEN, CLEARED), CLEARED, frozenset()),
    Refused(
        "not_in_future",
        "record.future",
        _SENT,
        TAKEN.model_copy(update={"taken_on": _LATER}),
        OFFICERS,
    ),
)
