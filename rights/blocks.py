"""What the law forbids a case at present, each with the rule that forbids it.

The gates refuse these things when they are tried; here they are told beforehand, so that nobody
learns of them on the last day. What is merely not done yet is no block but an open question.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rights.case import Case
from rights.clock import Clock
from rights.decisions import CONTACT, contact_expired
from rights.decisions.table import rule_of
from rights.law import Law

_TOPICS = {
    "health": (
        "block.health",
        "health.opinion",
        "Health information may neither be sent nor withheld without a fresh opinion, or a record "
        "that the person knows it: {0} waiting.",
    ),
    "passage": (
        "block.unclassified",
        "exemption.3P",
        "A passage may not leave before somebody has decided it: {0} waiting.",
    ),
    "cast": (
        "block.people",
        "exemption.3P",
        "Information about another person may not leave before it was weighed: {0} waiting.",
    ),
    "who": (
        "block.people",
        "exemption.3P",
        "It is not settled whom a name means: {0} waiting.",
    ),
    "mode": (
        "block.silent",
        "exemption.3P",
        "Nothing is held back without a trace before the data protection officer agrees: "
        "{0} waiting.",
    ),
    "standing": (
        "block.standing",
        "right.access",
        "Nothing may leave before it is settled who asks and whether they may: {0} waiting.",
    ),
}


@dataclass(frozen=True, slots=True)
class Block:
    """One thing that the law forbids now.

    Attributes:
        code: Stable, for scripts.
        sentence: What is forbidden and until when, without a name.
        rule_id: The rule.
        citation: Where it stands.
    """

    code: str
    sentence: str
    rule_id: str
    citation: str


def blocks_of(case: Case, clock: Clock, law: Law, today: dt.date) -> tuple[Block, ...]:
    """Everything that the law forbids a case on a day.

    Args:
        case: The case.
        clock: Its time on that day.
        law: The law data.
        today: The local day.
    """
    if case.closed is not None or case.sent_on is not None or case.triage is not None:
        return ()
    return (*_waiting(case, law, today), *_letters(case, law, today), *_time(clock))


def _waiting(case: Case, law: Law, today: dt.date) -> Iterable[Block]:
    counts = Counter(q.topic for q in case.open_questions if q.topic in _TOPICS)
    for topic, count in counts.items():
        code, rule_id, sentence = _TOPICS[topic]
        rule_id = rule_of(case.right) or rule_id if topic == "standing" else rule_id
        yield Block(code, sentence.format(count), rule_id, law.dated(rule_id, today).citation)


def _letters(case: Case, law: Law, today: dt.date) -> Iterable[Block]:
    """No answer leaves that names a way to complain which may lead nowhere."""
    if contact_expired(law, on=today) and case.decision(CONTACT) is None:
        rule_id = "regulator.contact"
        yield Block(
            "block.regulator",
            "No answer may be sealed or sent: nobody has confirmed the Commissioner's contact "
            "details, which it must name.",
            rule_id,
            law.dated(rule_id, today).citation,
        )


def _time(clock: Clock) -> Iterable[Block]:
    """What was recorded about the time and may not count."""
    for item in clock.rejected:
        yield Block(item.code, item.text, item.rule_id, item.citation)
