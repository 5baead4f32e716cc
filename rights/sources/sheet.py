"""Places that people search, in the journal: the sheet that went out, the return that came in."""

from __future__ import annotations

from enum import StrEnum

TOPIC = "sheet"
"""Topic of every question about such a place; the last part of an answer waits for all of them."""
INSIDE, OUTSIDE = "chase/inside/", "chase/outside/"
"""Matters of the decisions that a sheet or a chase letter goes out; outside the council only once
the contact is settled."""
SENT = "sent"
LIMIT = "search limit/"
"""Matter of the decision that something is not searched because that would not be proportionate."""
PROPORTIONATE = "not searched, which is reasonable and proportionate"

SEARCHED = "searched after all"
"""Takes back such a decision."""


class Step(StrEnum):
    """What a question under the topic waits for."""

    SEND = "send"
    RETURN = "return"
    LISTEN = "listen"
