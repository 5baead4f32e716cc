"""The letter to somebody else in the records: may we share what is said about them?

DPA 2018 Sch 2 para 16: consent is one thing that is weighed. The reader learns no more than they
must: who asks is named only with that person's agreement.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from letters.context import LetterBase
from rights.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRequest(LetterBase):
    """May we share this about you with somebody who asked for their own records?

    `subject` is whoever asks; the template names them only where `names_requester` is True.

    Raises:
        InputError: Nothing is said of what would be shared.
    """

    kind: ClassVar[str] = "consent_request"

    names_requester: bool
    """Whether whoever asks agreed to be named. Without it the letter says 'somebody'."""
    about: tuple[str, ...]
    """What would be shared, in general words, one point each: no passage of another's records."""
    answer_by: dt.date
    """After this day we decide without an answer; no answer is no refusal."""

    def __post_init__(self) -> None:
        # dataclass(slots=True) makes a new class, so a bare super() would not find its base.
        LetterBase.__post_init__(self)
        if not self.about:
            raise InputError(
                "letters.consent_about",
                "The letter does not say what would be shared.",
                "Say in general words what the records say about this person.",
            )
