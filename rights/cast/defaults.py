"""What the law proposes for one person and one kind of fact, before anybody has decided.

* DPA 2018 Sch 2 para 17: disclosing social workers, health professionals (in a health record)
  and education workers acting officially is deemed reasonable.
* Sch 2 para 16: for everybody else it is weighed; nobody's silence is consent.
* Sch 3 para 6: the subject's own health data are locked.
* Personal data are data of the living: of the dead it is asked what else stands against it.

A proposal only: a human decides, once for each person and kind of fact.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from rights.law import Law, Value
from rights.release import DisclosureMode, FactKind, Living, Person, Role, Treatment

_UNKNOWN = "people.unknown"
_HEALTH_ELSEWHERE = "people.health_elsewhere"
_DIED = "people.died"
_WHEREABOUTS = frozenset({FactKind.CONTACT, FactKind.IDENTIFIER})
"""What tells where somebody is, or lets it be found out."""


@dataclass(frozen=True, slots=True)
class CastDefault:
    """A proposal with its authority.

    Attributes:
        treatment: Clear, ask or hold.
        code: Exemption code when it is not clear, else empty.
        mode: How much the requester would be told.
        citation: Where the rule stands.
        rule_id: The rule in the law data.
        reason: One plain sentence saying why.
        question: What the reviewer is asked; empty when nothing is.
    """

    treatment: Treatment
    code: str
    mode: DisclosureMode
    citation: str
    rule_id: str
    reason: str
    question: str


def default_for(
    person: Person,
    kind: FactKind,
    law: Law,
    *,
    on: dt.date,
    safety_flag: bool = False,
    in_health_record: bool = True,
    requester_is_subject: bool = True,
) -> CastDefault:
    """What the law proposes for one person and one kind of fact.

    Args:
        person: Somebody in the file.
        kind: The kind of fact.
        law: The law data.
        on: The day whose law counts.
        safety_flag: A danger stands; `person.protected` by itself holds back whereabouts only, so
            that a child is not denied a parent's name because the parent's address is secret.
        in_health_record: Whether the fact stands in a health record; it matters only for health
            professionals, whom para 17(2) covers nowhere else.
        requester_is_subject: False when a parent, agent or deputy asks for the subject.
    """
    rule_id = _rule_for(person.role, kind, law, on, in_health_record)
    table = law.table(rule_id, on)
    parts = [table["facts"]]
    if person.lived_with_subject and "lived_with" in table:
        parts.append(table["lived_with"])
    if not requester_is_subject and "asked_by_another" in table:
        parts.append(table["asked_by_another"])
    hidden = person.protected and person.role is not Role.SUBJECT and kind in _WHEREABOUTS
    guarded = safety_flag or hidden
    if guarded:
        parts.append(table.get("safety", {}))
    found = _last(parts, kind)
    if found is None:
        return default_for(replace(person, role=Role.UNKNOWN), kind, law, on=on)
    dead = _of_the_dead(person, kind, law, on) if person.living is Living.DIED else None
    if dead and not guarded and found["treatment"] != Treatment.CLEAR:
        return _default(_DIED, dead, law, on)
    return _default(rule_id, found, law, on)


def _default(rule_id: str, found: Mapping[str, Value], law: Law, on: dt.date) -> CastDefault:
    return CastDefault(
        treatment=Treatment(str(found["treatment"])),
        code=str(found.get("code", "")),
        mode=DisclosureMode(str(found.get("mode", DisclosureMode.NAMED.value))),
        citation=law.dated(rule_id, on).citation,
        rule_id=rule_id,
        reason=str(found["reason"]),
        question=str(found.get("question", "")),
    )


def _rule_for(role: Role, kind: FactKind, law: Law, on: dt.date, in_health_record: bool) -> str:
    """The rule whose roles name this one; the rule for unknown people when none does."""
    if role is Role.HEALTH and kind is FactKind.NAME and not in_health_record:
        return _HEALTH_ELSEWHERE
    for rule in law.rules.values():
        if rule.unit != "people" or rule.id in (_HEALTH_ELSEWHERE, _DIED):
            continue
        roles = law.table(rule.id, on)["roles"]
        if isinstance(roles, tuple) and role.value in roles:
            return rule.id
    return _UNKNOWN


def _of_the_dead(
    person: Person, kind: FactKind, law: Law, on: dt.date
) -> Mapping[str, Value] | None:
    """What is proposed of somebody who has died, unless the rule leaves the role out."""
    table = law.table(_DIED, on)
    roles = table["roles"]
    named = isinstance(roles, tuple) and person.role.value in roles
    return _last([table["facts"]], kind) if named else None


def _last(parts: list[Value], kind: FactKind) -> Mapping[str, Value] | None:
    """The strongest word on a kind of fact: a later part overrides an earlier one."""
    for part in reversed(parts):
        if isinstance(part, Mapping):
            found = part.get(kind.value)
            if isinstance(found, Mapping):
                return found
    return None
