"""The hash chain of a case: each event's hash covers the one before it and the stored characters.

The stored characters hold ciphertext where values are personal, so the chain still verifies when
the case's key is gone. SHA-256; the hash shows that something was altered, the signed anchors show
that the chain was not made anew.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from typing import Any

from rights.events import DESTROYED, Event, personal_fields
from rights.release import CaseRef
from rights.store.instants import instant_text
from rights.store.sealing import CaseKey, frame

SEALED = "[sealed]"
"""What a personal field reads as where nobody asked for it to be opened."""
_MARK = "$sealed"

Opener = Callable[[str, str, int, str], str]
"""(ciphertext, kind, seq, field) -> what the field reads as."""


def genesis(case: str) -> str:
    """What the first event of a case is chained to."""
    return hashlib.sha256(frame("rightsdesk case 1", case)).hexdigest()


def link(previous: str, case: str, seq: int, recorded_at: dt.datetime, body: str) -> str:
    """The hash of one event, as hex."""
    parts = frame("rightsdesk event 1", previous, case, seq, instant_text(recorded_at), body)
    return hashlib.sha256(parts).hexdigest()


def stored_body(event: Event, case: CaseRef, seq: int, key: CaseKey) -> str:
    """An event as it is stored: canonical ASCII JSON, personal values sealed to their place."""
    body = event.model_dump(mode="json")
    for name in personal_fields(event):
        body[name] = {_MARK: key.seal(body[name], case, event.kind, seq, name)}
    return json.dumps(body, sort_keys=True, separators=(",", ":"))


def opened_body(body: str, seq: int, opener: Opener) -> dict[str, Any]:
    """A stored body with each sealed value replaced by what `opener` makes of it."""
    fields: dict[str, Any] = json.loads(body)
    for name, value in fields.items():
        if isinstance(value, dict) and isinstance(value.get(_MARK), str):
            fields[name] = opener(value[_MARK], fields["kind"], seq, name)
    return fields


def with_key(case: CaseRef, key: CaseKey) -> Opener:
    """Opens sealed values with the case's key."""
    return lambda sealed, kind, seq, name: key.unseal(sealed, case, kind, seq, name)


def left_sealed(_sealed: str, _kind: str, _seq: int, _name: str) -> str:
    """Leaves a sealed value closed."""
    return SEALED


def destroyed(_sealed: str, _kind: str, _seq: int, _name: str) -> str:
    """What a sealed value reads as once the key was destroyed."""
    return DESTROYED
