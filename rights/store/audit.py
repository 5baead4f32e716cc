"""Proof that nothing in the store was altered, removed, reordered or cut.

Needs no case key: the chains cover ciphertext. So it passes for destroyed cases as well.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import text
from sqlmodel import Session, col, select

from rights.store import access, chain
from rights.store.anchors import AnchorFile
from rights.store.database import Database
from rights.store.keys import KeyRing
from rights.store.tables import AccessLogRow, CaseFileRow, EventRow, KeyDestructionRow

_BATCH = 500
_PROJECTIONS = {
    "question": ("question", "asked_seq", "question_asked"),
    "answer": ("answer", "answered_seq", "question_answered"),
    "withdrawal": ("question", "withdrawn_seq", "question_withdrawn"),
    "dispatch": ("dispatch_key", "seq", "dispatch_started"),
    "reminder": ("reminder_key", "seq", "reminder_sent"),
}
"""Name -> table, its column of sequence numbers, and the kind of event each row stands for."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that does not prove itself.

    Attributes:
        code: 'changed', 'gap', 'kind', 'cut', 'remade', 'missing_case', 'row_without_event',
            'event_without_row', 'access_changed', 'access_cut', 'anchor_broken', 'anchor_torn',
            'key_missing', 'key_not_destroyed' or 'destruction_unrecorded'.
        case: Reference of the case, or empty.
        seq: Event, log entry or anchor line it was found at; 0 when it is about the whole.
    """

    code: str
    case: str
    seq: int


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What was checked and what was found."""

    cases: int
    events: int
    accesses: int
    anchors: int
    problems: tuple[Problem, ...]

    @property
    def passes(self) -> bool:
        """Whether everything proves itself."""
        return not self.problems


def verify(database: Database, anchored: AnchorFile, keys: KeyRing) -> AuditReport:
    """Checks chains, projections, access log, anchors and the presence of keys."""
    count: Counter[str] = Counter()
    with database.read() as session:
        problems = [
            *_anchor_problems(anchored),
            *_chains(session, anchored, count),
            *_projections(session),
            *_access_log(session, anchored, count),
        ]
    problems += _keys(database, keys, count)
    return AuditReport(
        count["cases"], count["events"], count["accesses"], len(anchored.anchors), tuple(problems)
    )


def _anchor_problems(anchored: AnchorFile) -> Iterator[Problem]:
    for number in anchored.broken:
        yield Problem("anchor_broken", "", number)
    if anchored.torn:
        yield Problem("anchor_torn", "", len(anchored.anchors) + 1)


def _chains(session: Session, anchored: AnchorFile, count: Counter[str]) -> Iterator[Problem]:
    waiting = {
        (case, head[0]): head[1]
        for anchor in anchored.anchors
        for case, head in anchor.cases.items()
    }
    known: set[str] = set()
    rows = session.exec(
        select(EventRow)
        .order_by(col(EventRow.case_ref), col(EventRow.seq))
        .execution_options(yield_per=_BATCH)
    )
    case, previous, seq = "", "", 0
    for row in rows:
        if row.case_ref != case:
            case, previous, seq = row.case_ref, chain.genesis(row.case_ref), 0
            known.add(case)
        seq += 1
        count["events"] += 1
        if row.seq != seq:
            yield Problem("gap", case, seq)
            seq = row.seq
        if chain.link(previous, case, row.seq, row.recorded_at, row.body) != row.hash:
            yield Problem("changed", case, row.seq)
        elif json.loads(row.body).get("kind") != row.kind:
            yield Problem("kind", case, row.seq)
        if waiting.pop((case, row.seq), row.hash) != row.hash:
            yield Problem("remade", case, row.seq)
        # Going on from the stored hash names the altered event and not all that follow it.
        previous = row.hash
    for (missing, at), _ in sorted(waiting.items()):
        yield Problem("cut" if missing in known else "missing_case", missing, at)


def _projections(session: Session) -> Iterator[Problem]:
    connection = session.connection()
    for table, column, kind in _PROJECTIONS.values():
        orphans = text(
            f"SELECT p.case_ref, p.{column} FROM {table} p LEFT JOIN event e "  # noqa: S608 - names of our own
            f"ON e.case_ref = p.case_ref AND e.seq = p.{column} AND e.kind = :kind "
            f"WHERE p.{column} IS NOT NULL AND e.seq IS NULL"
        )
        lost = text(
            f"SELECT e.case_ref, e.seq FROM event e LEFT JOIN {table} p "  # noqa: S608 - names of our own
            f"ON e.case_ref = p.case_ref AND e.seq = p.{column} "
            f"WHERE e.kind = :kind AND p.case_ref IS NULL"
        )
        for case, seq in connection.execute(orphans, {"kind": kind}):
            yield Problem("row_without_event", case, seq)
        for case, seq in connection.execute(lost, {"kind": kind}):
            yield Problem("event_without_row", case, seq)


def _access_log(session: Session, anchored: AnchorFile, count: Counter[str]) -> Iterator[Problem]:
    waiting = {anchor.access[0]: anchor.access[1] for anchor in anchored.anchors}
    waiting.pop(0, None)
    previous, number = access.START, 0
    rows = session.exec(
        select(AccessLogRow).order_by(col(AccessLogRow.id)).execution_options(yield_per=_BATCH)
    )
    for row in rows:
        number += 1
        count["accesses"] += 1
        entry = access.Access(row.at, row.actor, row.what, row.case_ref)
        linked = access.link(previous, row.id, entry)
        if row.id != number or linked != row.hash or waiting.pop(row.id, row.hash) != row.hash:
            yield Problem("access_changed", row.case_ref, row.id)
            number = row.id
        previous = row.hash
    for missing in sorted(waiting):
        yield Problem("access_cut", "", missing)


def _keys(database: Database, keys: KeyRing, count: Counter[str]) -> Iterator[Problem]:
    with database.read() as session:
        cases = session.exec(select(CaseFileRow.case_ref).order_by(CaseFileRow.case_ref)).all()
    count["cases"] = len(cases)
    without = {case: keys.is_destroyed(case) for case in cases if not _usable(keys, case)}
    # Read after the keys and in a new transaction: a destruction is recorded before the key goes,
    # so one that is under way cannot look like a loss.
    with database.read() as session:
        gone = set(session.exec(select(KeyDestructionRow.case_ref)))
    for case in cases:
        if case in gone:
            if keys.is_held(case) or not keys.is_destroyed(case):
                yield Problem("key_not_destroyed", case, 0)
        elif case in without:
            code = "destruction_unrecorded" if without[case] else "key_missing"
            yield Problem(code, case, 0)


def _usable(keys: KeyRing, case: str) -> bool:
    return keys.is_held(case) and not keys.is_destroyed(case)
