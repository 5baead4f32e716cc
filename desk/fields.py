"""What an answer may say beside its option: the fields of each topic's form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casework.post import SEND
from casework.post import SENT as POSTED
from casework.recipients import TELL
from casework.sheets import SEND_IT
from casework.signed_return import (
    CANNOT,
    ELSEWHERE,
    FOUND,
    GO_ON,
    GONE,
    LOST,
    NOT_PLAYED,
    NOTHING,
)
from rights.contact import Purpose, checks_for


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `kind` is 'area', 'line' or 'date'; `goes_with` are the options that need it."""

    name: str
    label: str
    kind: str = "area"
    hint: str = ""
    goes_with: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    """What a field of kind 'choice' lets choose from."""


_REASON = Field("reason", "Reason", hint="Kept in the case's journal; the requester never sees it.")
_MODE = (
    Field(
        "mode",
        "If withheld: how much the requester is told",
        "choice",
        "Left open: as the law proposes. C needs the leave of the DPO.",
        choices=("A", "B", "C"),
    ),
    Field(
        "why_silent",
        "For C: why not even general words may be said",
        hint="The DPO reads it. Until the DPO has answered, the documents wait.",
    ),
)
CONTACT = tuple(
    Field(t.name, t.title, "choice", goes_with=(TELL,), choices=t.answers)
    for t in checks_for(Purpose.RECIPIENT)
)
"""What is settled before anybody outside is written to."""
AGENT_CONTACT = tuple(
    Field(t.name, t.title, "choice", goes_with=(SEND,), choices=t.answers)
    for t in checks_for(Purpose.AGENT)
)
_SIGNED = (FOUND, NOTHING, CANNOT, GONE, LOST, ELSEWHERE)
"""What a signed return can say."""
FIELDS: dict[str, tuple[Field, ...]] = {
    "match": (_REASON,),
    "cast": (_REASON, *_MODE),
    "passage": (_REASON, *_MODE),
    "page": (_REASON, *_MODE),
    "mode": (_REASON,),
    "hidden": (_REASON,),
    "capitals": (),
    "clash": (_REASON,),
    "rework": (_REASON,),
    "refused": (),
    "stuck": (),
    "undelivered": (_REASON,),
    "lapse": (),
    "hold": (
        Field("by", "Who said so", "line", "Whoever looks after the system, with their job."),
    ),
    "source": (
        Field(
            "reason",
            "Why it is reasonable and proportionate to go on without it",
            hint="What was tried. Kept in the journal; the pack says that it was not searched.",
            goes_with=(GO_ON,),
        ),
    ),
    "sheet": (
        Field("by", "Who searched and signed, with their job", "line", goes_with=_SIGNED),
        Field("on", "Day of the signature", "date", goes_with=_SIGNED),
        Field("terms", "Names they searched by, one a line", goes_with=_SIGNED),
        Field("opened", "Boxes, cabinets or reels they opened, one a line", goes_with=_SIGNED),
        Field(
            "recordings",
            "Tapes, films and other recordings, one a line",
            hint="Each becomes a task: to listen and write down what it says.",
            goes_with=_SIGNED,
        ),
        Field(
            "detail",
            "What was destroyed or lost, when and under which rule; who holds it; what they need",
            goes_with=(GONE, LOST, ELSEWHERE, CANNOT),
        ),
        Field(
            "reason",
            "Why it is reasonable and proportionate to go on without it",
            hint="What it is likely to hold, what more would take, what the person loses.",
            goes_with=(GO_ON, NOT_PLAYED),
        ),
        *(
            Field(t.name, t.title, "choice", goes_with=(SEND_IT,), choices=t.answers)
            for t in checks_for(Purpose.CHASE)
        ),
    ),
    "outcome": (_REASON,),
    "apply": (
        Field(
            "reason",
            "What is wrong",
            hint="Whoever decides again reads it.",
            goes_with=("not yet: look at the decision again",),
        ),
    ),
    "act": (
        Field("by", "Who did it", "line", goes_with=("done",)),
        Field("on", "On which day", "date", goes_with=("done",)),
        Field("proof", "What the record shows now", goes_with=("done",)),
        Field(
            "reason",
            "Who says that it cannot be done, and why",
            goes_with=("it cannot be done",),
        ),
    ),
    "regulator": (
        Field("reason", "Where you looked and when", hint="Or why it may be used all the same."),
    ),
    "unreadable": (_REASON,),
    "time": (
        Field(
            "words",
            "Words of the letter",
            hint="What is unclear, or the reasons in this case. They are printed in the letter.",
        ),
    ),
    "safeguarding": (
        Field("told", "Whom you told, and when", "line"),
        Field("reason", "What they said and do", hint="Kept in the case's journal."),
    ),
    "recipient": (_REASON, *CONTACT),
    "agreement": (
        Field("came_on", "Day it came", "date", goes_with=("agreed", "refused")),
        Field("reason", "How they said it, and of what", hint="A letter, a call; all or some."),
    ),
    "call": (Field("reason", "When you called, and what was said"),),
    "support": (Field("reason", "When you agreed it, and what"),),
    "duplicate": (Field("reason", "How you know", hint="Who asks, about whom, for what."),),
    "day": (Field("reason", "Why it may reach them on such a day"),),
    "emergency": (Field("reason", "What was found, and what was put right"),),
    "post": (
        Field("reason", "Why it may go", goes_with=(SEND,)),
        Field("proof", "How you know that it was sent", goes_with=(POSTED,)),
        Field("sent_on", "Day it was sent", "date", goes_with=(POSTED,)),
    ),
    "dispatch": (
        Field("proof", "How you know", hint="A receipt, a call, a tracking number."),
        Field("sent_on", "Day it was sent", "date"),
    ),
}


def fields_for(topic: str, body: Mapping[str, Any]) -> tuple[Field, ...]:
    """The fields of a question's form; a question may bring its own, as the law data have them."""
    if entries := body.get("entries"):
        return tuple(
            Field(
                e["name"],
                e["label"],
                e["kind"],
                e["hint"],
                tuple(e["goes_with"]),
                tuple(e["choices"]),
            )
            for e in entries
        )
    if topic == "post" and body.get("contact"):
        return (*AGENT_CONTACT, *FIELDS[topic][1:])
    return FIELDS.get(topic, (_REASON,))
