"""The people of one file: the same person from several sources made one, each with a reference.

Joining is cautious. Two records are one person when a number, an email with the name, or name and
date of birth agree; or when the name agrees, nothing speaks against it and the role is the same.
A father and a son of one name, or twins, stay two: another date of birth, number or role keeps
them apart. A doubtful pair stays two people, which costs a question and never a leak.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from rights.cast.entry import CastEntry
from rights.cast.roles import RoleWords, is_protected, plain, role_for
from rights.release import Living, Person, PersonName, PersonRef, Role

_ORDER = {role: place for place, role in enumerate(Role)}


def build_cast(
    subject: Sequence[CastEntry],
    relations: Sequence[CastEntry] = (),
    workers: Sequence[CastEntry] = (),
    discovered: Sequence[CastEntry] = (),
    previous: Sequence[Person] = (),
    *,
    requester_is_subject: bool = True,
) -> tuple[Person, ...]:
    """The people of a file, the subject first as ``P01``.

    References do not depend on the order in which sources answered. People found later are
    numbered after those of `previous`, who keep theirs, so that decisions stay where they were.

    Args:
        subject: Every confirmed record of the subject.
        relations: Family and others around the subject.
        workers: Professionals.
        discovered: People found in the text.
        previous: The cast as it was last built.
        requester_is_subject: False when a parent, agent or deputy asks: then a safety flag on the
            subject's own record counts too. The subject's own address is no secret from them.
    """
    me = _Draft(RoleWords(Role.SUBJECT, "you"))
    for entry in subject:
        me.add(entry)
    drafts: list[_Draft] = []
    others = [*_sorted(relations), *_sorted(workers), *_sorted(discovered)]
    for entry in others:
        role = role_for(entry.relation, entry.role_words)
        if me.is_same_record(entry):
            me.add(entry)
            continue
        candidates = [d for d in drafts if d.is_same(entry, role)]
        if len(candidates) > 1:
            candidates = [d for d in candidates if d.is_same_record(entry)]
        known = candidates[0] if candidates else None
        if known is None:
            known = _Draft(role)
            drafts.append(known)
        known.add(entry, role)
    subject_person = me.person(me)
    if requester_is_subject:
        subject_person = replace(subject_person, protected=False)
    people = [subject_person, *(draft.person(me) for draft in drafts)]
    return _numbered(people, previous)


@dataclass(slots=True)
class _Draft:
    """One person as gathered so far."""

    role: RoleWords
    entries: list[CastEntry] = field(default_factory=list[CastEntry])

    def add(self, entry: CastEntry, role: RoleWords | None = None) -> None:
        self.entries.append(entry)
        if role is not None and self.role.role is Role.UNKNOWN:
            self.role = role

    def is_same_record(self, entry: CastEntry) -> bool:
        """Whether a number says it is this very person."""
        return bool(_keys(self.entries) & _keys([entry]))

    def is_same(self, entry: CastEntry, role: RoleWords) -> bool:
        if self._contradicts(entry):
            return False
        if self.is_same_record(entry):
            return True
        if not _names(self.entries) & _names([entry]):
            return False
        births = _births(self.entries)
        if births and entry.date_of_birth in births:
            return True
        if _emails(self.entries) & _emails([entry]):
            return True
        return self.role.role is role.role or Role.UNKNOWN in (self.role.role, role.role)

    def _contradicts(self, entry: CastEntry) -> bool:
        births = _births(self.entries)
        if births and entry.date_of_birth is not None and entry.date_of_birth not in births:
            return True
        mine = dict(_keys(self.entries))
        return any(kind in mine and mine[kind] != value for kind, value in _keys([entry]))

    def person(self, subject: _Draft) -> Person:
        entries = self.entries
        homes = {plain(a) for e in subject.entries for a in e.addresses}
        shared = any(plain(a) in homes for e in entries for a in e.addresses)
        return Person(
            ref=PersonRef(""),
            role=self.role.role,
            names=_joined_names(entries),
            relation=self.role.relation,
            date_of_birth=next((e.date_of_birth for e in entries if e.date_of_birth), None),
            addresses=_once((a for e in entries for a in e.addresses), plain),
            phones=_once((p for e in entries for p in e.phones), _digits),
            emails=_once((m for e in entries for m in e.emails), str.casefold),
            identifiers=tuple(sorted({i for e in entries for i in e.identifiers})),
            protected=any(is_protected(e.flags) for e in entries),
            lived_with_subject=self is not subject
            and (shared or any(e.lived_with_subject for e in entries)),
            living=Living.DIED if any(e.died for e in entries) else Living.UNKNOWN,
        )


def _sorted(entries: Iterable[CastEntry]) -> list[CastEntry]:
    """In an order that no source decides; fuller records first, so that others join them."""

    def key(entry: CastEntry) -> tuple[object, ...]:
        role = role_for(entry.relation, entry.role_words).role
        return (
            _ORDER[role],
            not entry.identifiers,
            str(entry.date_of_birth or "9999"),
            [(n.surname, n.forenames, n.kind) for n in entry.names],
            entry.identifiers,
            entry.source,
        )

    return sorted(entries, key=lambda entry: repr(key(entry)))


def _numbered(people: Sequence[Person], previous: Sequence[Person]) -> tuple[Person, ...]:
    kept: dict[int, PersonRef] = {}
    free = [p for p in previous if p.role is not Role.SUBJECT]
    for place, person in enumerate(people[1:], start=1):
        known = next((old for old in free if _same_person(old, person)), None)
        if known is not None:
            kept[place] = known.ref
            free.remove(known)
    number = max([1, *(int(old.ref[1:]) for old in previous)])
    numbered = [replace(people[0], ref=PersonRef("P01"))]
    for place, person in enumerate(people[1:], start=1):
        ref = kept.get(place)
        if ref is None:
            number += 1
            ref = PersonRef(f"P{number:02d}")
        numbered.append(replace(person, ref=ref))
    return tuple(sorted(numbered, key=lambda person: int(person.ref[1:])))


def _same_person(old: Person, new: Person) -> bool:
    if set(old.identifiers) & set(new.identifiers):
        return True
    old_names = {_name_key(n) for n in old.names}
    shared = old_names & {_name_key(n) for n in new.names}
    apart = old.date_of_birth and new.date_of_birth and old.date_of_birth != new.date_of_birth
    same_role = old.role is new.role or Role.UNKNOWN in (old.role, new.role)
    return bool(shared) and not apart and same_role


def _joined_names(entries: Iterable[CastEntry]) -> tuple[PersonName, ...]:
    """All names once, the current ones first."""
    names: dict[str, PersonName] = {}
    for name in sorted((n for e in entries for n in e.names), key=lambda n: n.kind != "current"):
        known = names.get(_name_key(name))
        if known is None or (name.title and not known.title):
            names[_name_key(name)] = replace(name, kind=known.kind) if known else name
    return tuple(names.values())


def _name_key(name: PersonName) -> str:
    return plain(name.full)


def _names(entries: Iterable[CastEntry]) -> set[str]:
    return {_name_key(n) for e in entries for n in e.names} - {""}


def _births(entries: Iterable[CastEntry]) -> set[object]:
    return {e.date_of_birth for e in entries if e.date_of_birth is not None}


def _emails(entries: Iterable[CastEntry]) -> set[str]:
    return {m.casefold() for e in entries for m in e.emails}


def _keys(entries: Iterable[CastEntry]) -> set[tuple[str, str]]:
    return {(k.casefold(), plain(v).replace(" ", "")) for e in entries for k, v in e.identifiers}


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _once(values: Iterable[str], key: Callable[[str], str]) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    for value in values:
        seen.setdefault(key(value), value)
    return tuple(seen.values())
