"""What must be refused of letters, and of further copies, that are sent by themselves."""

from __future__ import annotations

import datetime as dt

from rights.copies import COPY, FOR_A_FEE, PAID
from rights.events import kinds as k
from rights.events.base import ENGINE
from tests.rights.gates.build import OFFICER, OFFICERS, SHA, TODAY, Refused
from tests.rights.gates.scenarios_sealing import LAWFUL

_MADE = k.LetterMade(
    actor=ENGINE, letter="acknowledgement", template="x", sha256=SHA, file="x", to_send=True
)
_WITH_LETTER = (LAWFUL[0], _MADE)
_BEGUN = k.SendingStarted(
    actor=ENGINE, what="acknowledgement", key="K-1", sha256=SHA, channel="folder"
)
_SENT = k.SendingConfirmed(actor=OFFICER, what="acknowledgement", key="K-1", sent_on=TODAY)
_NONE: frozenset[str] = frozenset()
_COPY_PENDING = (
    *LAWFUL,
    k.DecisionMade(
        actor=OFFICER,
        decision="further-copy/1/1",
        matter=f"{COPY}/1",
        outcome=FOR_A_FEE,
        decided_on=TODAY,
        law_version=SHA,
    ),
)

_DECISION = _COPY_PENDING[-1]

SCENARIOS = (
    Refused(
        "copy_of_an_answer",
        "copy.nothing_sent",
        LAWFUL[:1],
        _DECISION,
        frozenset({"manager"}),
    ),
    Refused("copy_fee_decided", "copy.fee_role", LAWFUL, _DECISION, OFFICERS),
    Refused(
        "copy_fee_decided",
        "copy.not_charged",
        LAWFUL,
        _DECISION.model_copy(update={"outcome": PAID}),
        OFFICERS,
    ),
    Refused("sending_once", "post.twice", (*_WITH_LETTER, _BEGUN), _BEGUN, _NONE),
    Refused(
        "is_as_made",
        "post.not_as_made",
        _WITH_LETTER,
        _BEGUN.model_copy(update={"sha256": "b" * 64}),
        _NONE,
    ),
    Refused(
        "is_as_made",
        "post.not_as_made",
        _COPY_PENDING,
        _BEGUN.model_copy(update={"what": f"{COPY}/1"}),
        _NONE,
    ),
    Refused(
        "sending_was_started",
        "post.not_started",
        (*_WITH_LETTER, _BEGUN, _SENT),
        _SENT,
        OFFICERS,
    ),
    Refused(
        "not_in_future",
        "record.future",
        (*_WITH_LETTER, _BEGUN),
        _SENT.model_copy(update={"sent_on": TODAY + dt.timedelta(days=1)}),
        OFFICERS,
    ),
)
