"""When something has gone wrong: what each kind of it sets off, as data.

Council policy, on the careful side: whoever reports it need not judge it. The time of a breach
runs from the moment anyone in the council knew; the data protection officer decides afterwards
how bad it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from rights.errors import InputError


class Mishap(StrEnum):
    """What may go wrong, as officers choose it."""

    WRONG_RECIPIENT = "wrong recipient"
    VISIBLE_NAME = "visible name"
    LOST_PARCEL = "lost parcel"
    DANGER_IN_FILE = "danger found in a file"
    RISK_TO_LIFE = "risk to life in a message"


@dataclass(frozen=True, slots=True)
class Response:
    """What follows at once, before anybody has looked into it.

    Attributes:
        words: What happened, in a sentence that names nobody.
        stops: Whether nothing of the case may leave until the data protection officer allows it.
        severity: How severe a breach it is noted as; None where it is none.
    """

    words: str
    stops: bool
    severity: Literal["low", "medium", "high"] | None


RESPONSES: dict[Mishap, Response] = {
    Mishap.WRONG_RECIPIENT: Response(
        "Something of this case reached somebody it was not meant for.", True, "high"
    ),
    Mishap.VISIBLE_NAME: Response(
        "Something can be read in what was sent that should have been withheld.", True, "high"
    ),
    Mishap.LOST_PARCEL: Response("A parcel of this case was lost on its way.", True, "high"),
    Mishap.DANGER_IN_FILE: Response(
        "The file shows a danger to somebody that was not known before.", True, "medium"
    ),
    Mishap.RISK_TO_LIFE: Response(
        "A message tells of abuse, or of a risk to somebody's life.", False, None
    ),
}
"""A message is no breach and holds nothing up: somebody is told of it the same day."""


def as_mishap(text: str) -> Mishap:
    """What has gone wrong, by its name.

    Raises:
        InputError: ``emergency.kind``.
    """
    try:
        return Mishap(text.strip())
    except ValueError:
        raise InputError(
            "emergency.kind",
            "What has gone wrong was not chosen.",
            f"Choose one of: {', '.join(Mishap)}.",
        ) from None
