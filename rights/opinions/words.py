"""What a health professional is told of the law, from the law data."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from rights.law import Law


@dataclass(frozen=True, slots=True)
class OpinionWords:
    """The law of a health opinion in plain words, in force on one day.

    Attributes:
        test: The question that the professional answers, and what does not meet it.
        test_citation: Where the test stands.
        lock: Why the council cannot decide alone.
        lock_citation: Where that stands.
        appropriate: Who the right professional is.
        months: For how many months an opinion may be relied on.
    """

    test: tuple[str, ...]
    test_citation: str
    lock: tuple[str, ...]
    lock_citation: str
    appropriate: tuple[str, ...]
    months: int


def opinion_words(law: Law, on: dt.date) -> OpinionWords:
    """The words for a letter of that day.

    Law: DPA 2018 Sch 3 paras 2, 5 and 6.
    """
    return OpinionWords(
        test=law.words("health.test", on),
        test_citation=law.dated("health.test", on).citation,
        lock=law.words("health.lock", on),
        lock_citation=law.dated("health.lock", on).citation,
        appropriate=law.words("health.professional", on),
        months=law.number("health.opinion", on),
    )
