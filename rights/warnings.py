"""What an officer should look at: lawful, and easily regretted. Nothing here blocks anything.

Pure functions over the case, its time, the records as the sources described them and the day.
No sentence names anybody: warnings stand on boards.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from rights.case import Case
from rights.cast.roles import is_protected, plain
from rights.clock import Clock, OpinionAge, health_opinion_age
from rights.decisions import CONTACT, contact_expired, since_changed, what_stands
from rights.identity import numbers
from rights.law import Law

_CLOCK_RULES = {
    "clock.recognition_lag": "time.receipt",
    "clock.authority_reading": "time.restart_authority",
    "clock.evidence_asked_late": "warning.identity_asked",
    "clock.notice_on_rolled_day": "time.extension_notice",
    "clock.pause_long": "warning.pause_open",
    "clock.awaiting": "time.receipt",
    "clock.target_passed": "target.internal",
}
_FLAG_WORDS = {
    "court": "The records carry a flag of court proceedings. They are no reason to wait; ask Legal "
    "what may be shown.",
    "police": "The records carry a flag of the police. Ask for their written view before it is "
    "decided what might prejudice them.",
    "complaint": "The records carry a flag of a complaint. What prejudices its handling may be "
    "held back only while it lasts.",
    "adoption": "The records carry a flag of adoption. A link between birth and adopted identity "
    "is never made by the engine; ask the adoption team.",
}
_AT_RISK = frozenset({"clock.target_passed", "clock.pause_long", "warning.opinion"})


@dataclass(frozen=True, slots=True)
class Concern:
    """One warning.

    Attributes:
        code: Stable, for scripts.
        sentence: What to look at, without a name.
        rule_id: The rule it comes from.
        citation: Where that stands.
        risks_date: Whether a date is at risk, so that it belongs on the deadline board.
    """

    code: str
    sentence: str
    rule_id: str
    citation: str
    risks_date: bool = False


@dataclass(frozen=True, slots=True)
class KnownOf:
    """What the sources say of one person: flags in force and addresses. Personal data."""

    flags: tuple[str, ...]
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Records:
    """What the sources say of the subject and of the people around. Personal data."""

    subject: tuple[KnownOf, ...]
    others: tuple[KnownOf, ...]


NOTHING = Records((), ())
"""Before anything was collected."""


def warnings_of(
    case: Case, clock: Clock, records: Records, law: Law, today: dt.date
) -> tuple[Concern, ...]:
    """Everything an officer should look at in a case on a day.

    Args:
        case: The case.
        clock: Its time on that day.
        records: What the sources say of the people; `NOTHING` before collection.
        law: The law data.
        today: The local day.
    """
    if case.closed is not None:
        return ()
    found = [
        *_of_time(clock, law, today),
        *_opinions(case, law, today),
        *_child(case, law, today),
        *_flags(records, law, today),
        *_addresses(case, records, law, today),
        *_regulator(case, law, today),
        *_law_changed(case, law),
    ]
    return tuple(dict.fromkeys(found))


def cares(law: Law, on: dt.date) -> Mapping[str, tuple[str, ...]]:
    """The words that flags are known by, for each thing that calls for care."""
    table = law.table("warning.flags", on)
    return {
        name: tuple(str(w) for w in cast("Sequence[str]", words))
        for name, words in table.items()
        if not isinstance(words, str)
    }


def child_prompt_age(law: Law, on: dt.date) -> int:
    """The age in years from which a parent's request brings the prompt to ask the child."""
    return law.number("warning.child_age", on)


def _concern(
    code: str, sentence: str, rule_id: str, law: Law, on: dt.date, *, risks_date: bool = False
) -> Concern:
    return Concern(code, sentence, rule_id, law.dated(rule_id, on).citation, risks_date)


def _of_time(clock: Clock, law: Law, today: dt.date) -> Iterable[Concern]:
    for caution in clock.warnings:
        rule_id = _CLOCK_RULES.get(caution.code, "time.receipt")
        risky = caution.code in _AT_RISK
        yield _concern(caution.code, caution.text, rule_id, law, today, risks_date=risky)


def _opinions(case: Case, law: Law, today: dt.date) -> Iterable[Concern]:
    for opinion in case.opinions.values():
        if opinion.spoiled or not opinion.given:
            continue
        age = health_opinion_age(opinion.given[-1].dated, today, law)
        if age is not OpinionAge.FRESH:
            when = "has run out" if age is OpinionAge.STALE else "will soon run out"
            yield _concern(
                "warning.opinion",
                f"A health opinion {when}. It must hold on the day the answer leaves.",
                "warning.opinion_expires",
                law,
                today,
                risks_date=True,
            )


def _child(case: Case, law: Law, today: dt.date) -> Iterable[Concern]:
    people = case.people
    if people is None or people.requester != "parent" or people.subject.date_of_birth is None:
        return
    age = _age(people.subject.date_of_birth, today)
    if age >= child_prompt_age(law, today):
        yield _concern(
            "warning.child_may_decide",
            f"A parent asks for a child of {age}. Whether this child understands is decided by "
            "the child and not by the age: ask them, safely and alone.",
            "warning.child_age",
            law,
            today,
        )


def _flags(records: Records, law: Law, today: dt.date) -> Iterable[Concern]:
    known = cares(law, today)
    flags = [flag for one in (*records.subject, *records.others) for flag in one.flags]
    own = [flag for one in records.subject for flag in one.flags]
    for name, sentence in _FLAG_WORDS.items():
        if _any_of(known[name], own if name == "adoption" else flags):
            yield _concern(f"warning.{name}", sentence, "warning.flags", law, today)


def _addresses(case: Case, records: Records, law: Law, today: dt.date) -> Iterable[Concern]:
    """Whether the answer goes, or the request came from, where somebody feared is or was."""
    if case.people is None:
        return
    to = _places((" ".join(case.people.recipient.address),))
    dangerous = cares(law, today)["danger"]
    feared = [o.addresses for o in records.others if _any_of(dangerous, o.flags)]
    hidden = [o.addresses for o in records.others if is_protected(o.flags)]
    if any(to & _places(addresses) for addresses in feared):
        yield _concern(
            "warning.address_of_danger",
            "The answer goes to an address that the records give for somebody who may be a "
            "danger. Make sure where the person lives, by telephone, before anything is sent.",
            "warning.flags",
            law,
            today,
        )
    if any(to & _places(addresses) for addresses in hidden):
        yield _concern(
            "warning.address_of_protected",
            "The answer goes to an address that the records give for somebody whose whereabouts "
            "are withheld. Find out who opens the post there before anything is sent.",
            "warning.flags",
            law,
            today,
        )


def _regulator(case: Case, law: Law, today: dt.date) -> Iterable[Concern]:
    if contact_expired(law, on=today) and case.decision(CONTACT) is None:
        yield _concern(
            "warning.regulator",
            "Nobody has confirmed the Commissioner's address lately. Check it and put the date "
            "into the law data, or the DPO will be asked before the answer is sealed.",
            "regulator.verified_within",
            law,
            today,
        )


def _law_changed(case: Case, law: Law) -> Iterable[Concern]:
    """One warning for all decisions in force that were made under other law data."""
    stale = [d.event for d in what_stands(case) if since_changed(d, law)]
    if not stale:
        return
    matters = ", ".join(dict.fromkeys(e.matter.partition("/")[0] for e in stale))
    known = [r for e in stale for r in e.rules if r in law.rules] or ["right.any"]
    versions = ", ".join(dict.fromkeys(e.law_version[:8] for e in stale))
    count = f"{len(stale)} decision{'s' * (len(stale) != 1)}"
    yield _concern(
        "warning.law_changed",
        f"{count} ({matters}) made under law data {versions}, which has since changed. Look "
        "whether they still hold.",
        known[0],
        law,
        stale[0].decided_on,
    )


def _age(born: dt.date, today: dt.date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _any_of(known: Iterable[str], flags: Iterable[str]) -> bool:
    words = [f" {plain(flag)} " for flag in flags]
    return any(f" {plain(k)} " in flag for k in known for flag in words)


def _places(addresses: Iterable[str]) -> set[tuple[str, str]]:
    """Postcode with house number: what is left of an address however it is written."""
    found: set[tuple[str, str]] = set()
    for text in addresses:
        if (code := numbers.postcode(text)) and (house := numbers.house(text)):
            found.add((code, house))
    return found
