"""Killed at every named step of its own stages, one after another, a request ends the same.

One walk of each right is killed by SIGKILL wherever a failpoint is reached for the first time, and
gone on with by a new process that dies at the next. What comes of it is held to the same row of the
table as a walk that nobody disturbs, and a log that the case system itself keeps says that nothing
was done there twice.
"""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from casework.restriction.lifting import propose_lifting
from casework.restriction.standing import standing
from casework.restriction.watch import check_restrictions
from rights import failpoints
from rights.release import Right
from rights.road import ROADS
from tests.rights.store.build import in_child
from tests.small_council import REPOSITORY
from tests.small_office import STAFF
from tests.walk.starts import begin
from tests.walk.table import ROWS
from tests.walk.test_walk import (
    the_figures_count_it_once,
    the_journal_says_it,
    the_letters_say_it,
    the_recipients_know,
    the_sources_show_it,
)
from tests.walk.walker import Row, Walker

STAGES = ("assess", "apply", "notify", "handle", "plan")
"""Stages of rights other than access; those that all share are killed on the access road."""
PARTS = ("actions", "erase", "portability", "complaint")
"""What belongs to one right, or to the sources."""
OUTCOMES = {
    Right.ERASURE: "erased",
    Right.RECTIFICATION: "partly corrected",
    Right.RESTRICTION: "restricted",
    Right.OBJECTION: "stopped",
    Right.CONSENT_WITHDRAWAL: "stopped",
    Right.PORTABILITY: "refused",
    Right.AUTOMATED_DECISION: "changed",
    Right.COMPLAINT: "upheld",
}
_ACTS = {
    *("apply.started", "apply.carried-out", "apply.proved"),
    *("actions.before_commit", "actions.after_commit"),
}
_NOTIFY = {"notify.begin", "notify.end"}
REACHED = {
    Right.ERASURE: _ACTS
    | _NOTIFY
    | {"erase.marked", "erase.copies-removed", "actions.file_removed"},
    Right.RECTIFICATION: _ACTS | _NOTIFY,
    Right.RESTRICTION: _ACTS | _NOTIFY,
    Right.OBJECTION: _ACTS | _NOTIFY,
    Right.CONSENT_WITHDRAWAL: _ACTS | _NOTIFY,
    Right.PORTABILITY: {"portability.linked", "linked.opened", "linked.told"},
    Right.AUTOMATED_DECISION: {"apply.begin", "apply.end"},
    Right.COMPLAINT: {"handle.begin", "handle.end"},
}
"""Steps that must have been among those killed at, beside those of the weighing."""
ON_EVERY_ROAD = {s.stage.value for s in ROADS[Right.ACCESS]} | {
    *("receive", "database", "files", "journal", "store", "linked", "anchors", "keys", "custody"),
}
"""Killed at each step in tests/casework (test_kills, test_linked) and in tests/rights/store."""
EVERYWHERE = bool(os.environ.get("RIGHTS_DRILL"))
"""The drill kills at the steps of every stage, and at those of the store, for each right."""
_LOG = """
CREATE TABLE IF NOT EXISTS RECEIVED (WHAT TEXT, RECORD TEXT, ORDER_KEY TEXT);
CREATE TRIGGER R1 AFTER DELETE ON CASE_NOTES
BEGIN INSERT INTO RECEIVED VALUES ('gone', OLD.ID, ''); END;
CREATE TRIGGER R2 AFTER UPDATE OF PROCESSING_STOPPED ON CASE_NOTES
WHEN OLD.PROCESSING_STOPPED IS NOT NEW.PROCESSING_STOPPED
BEGIN INSERT INTO RECEIVED VALUES (NEW.PROCESSING_STOPPED, NEW.ID, NEW.STOPPED_FOR); END;
CREATE TRIGGER R3 AFTER INSERT ON CASE_NOTE_STATEMENTS
BEGIN INSERT INTO RECEIVED VALUES ('statement', NEW.CASE_NOTE_ID, NEW.ADDED_FOR); END;
CREATE TRIGGER R4 AFTER UPDATE OF NOTE ON CASE_NOTES
BEGIN INSERT INTO RECEIVED VALUES ('words', NEW.ID, ''); END;
"""


_KILLED = list(OUTCOMES) if EVERYWHERE else [Right.RECTIFICATION, Right.ERASURE, Right.COMPLAINT]
"""The others share their steps with these; the drill kills on each of their roads too."""


class Next(str):
    """Armed as a failpoint: dies at the first one of many, and leaves its name in a file."""

    points: frozenset[str]
    note: Path

    def __ne__(self, name: object) -> bool:
        if name not in self.points:
            return True
        self.note.write_text(str(name), "utf-8")
        return False


def killed_on_the_way(case: Walker, points: set[str], note: Path) -> list[str]:
    """Walk in processes that each die at another point; the points, in the order reached."""
    reached: list[str] = []
    while True:
        left = Next()
        left.points, left.note = frozenset(points - set(reached)), note

        def on(armed: Next = left) -> None:
            failpoints.arm("")
            failpoints.__dict__["_armed"] = armed
            again = case.opened_again()
            again.walk()
            again.office.store.close()

        end = in_child(on)
        if end == "done":
            return reached
        assert end == "killed"
        reached.append(note.read_text("utf-8"))


def row_of(right: Right) -> Row:
    """The row that is killed for a right."""
    return next(r for r in ROWS if r.right is right and r.outcome == OUTCOMES[right])


def points_for(right: Right) -> set[str]:
    """Where a walk of this right may be killed."""
    if EVERYWHERE:
        return {p for p in failpoints.FAILPOINTS if not p.startswith(("receive", "read"))}
    wanted = {*STAGES, *PARTS, *(["linked"] if right is Right.PORTABILITY else [])}
    return {p for p in failpoints.FAILPOINTS if p.split(".")[0] in wanted}


def _lifting(case: Walker) -> None:
    check_restrictions(case.office, case.office.today(), dry_run=False)


def test_killed_when_the_letter_that_a_limit_ends_is_kept(tmp_path: Path) -> None:
    """Run again there is one letter and one question whether it was sent; the limit stands."""
    row = row_of(Right.RESTRICTION)
    case = begin(row.start, tmp_path / "start").again(tmp_path / "own", row.replies)
    case.walk()
    keys = [one.order.key for one in standing(case.case)]
    why = {"keys": keys, "why": "We have checked the note.", "named": "The visit of 2012"}
    propose_lifting(case.office, case.ref, why, STAFF["officer1"])
    case.give(case.open("lift/"), ("end the limit after notice", {"reason": "Agreed."}))
    assert in_child(lambda: _lifting(case.opened_again()), "lifting.letter-kept") == "killed"
    _lifting(case)
    assert [n for n in case.case.letters if n.startswith("lifting/")] == ["lifting/1"]
    assert len([q for q in case.case.open_questions if q.id.startswith("lift/sent")]) == 1
    assert len(standing(case.case)) == len(keys) and case.office.store.verify().passes
    case.office.store.close()


def test_killed_when_the_export_is_kept(tmp_path: Path) -> None:
    """The file is made again, the same to the byte, and the road ends with one answer."""
    row = next(r for r in ROWS if r.outcome == "exported")
    case = begin(row.start, tmp_path / "start").again(tmp_path / "own", row.replies)
    case.office.store.close()
    exported = {"portability.exported", "portability.linked"}
    assert killed_on_the_way(case, exported, tmp_path / "point")[:1] == ["portability.exported"]
    ended = case.opened_again()
    the_journal_says_it(row, ended)
    the_letters_say_it(row, ended)
    ended.office.store.close()


def test_no_step_is_left_at_which_nobody_kills() -> None:
    """Every named step is one of a road that is killed whole, or stands by its name in a test."""
    own = set[str]().union({"assess.begin", "assess.end"}, *REACHED.values())
    rest = {p for p in failpoints.FAILPOINTS - own if p.split(".")[0] not in ON_EVERY_ROAD}
    texts = [p.read_text("utf-8") for p in (REPOSITORY / "tests").rglob("test_*.py")]
    assert sorted(p for p in rest if not any(f'"{p}"' in text for text in texts)) == []


@pytest.mark.parametrize("right", _KILLED, ids=str)
def test_killed_at_every_step_of_its_own(right: Right, tmp_path: Path) -> None:
    """The same end as undisturbed, and in the case system each thing once."""
    row = row_of(right)
    early = right in (Right.COMPLAINT, Right.PORTABILITY, Right.RESTRICTION)
    start = begin(f"{right.value}/received" if early else row.start, tmp_path / "start")
    case = start.again(tmp_path / "own", row.replies)
    case.office.store.close()
    system = case.council / "systems" / "case_system.sqlite"
    with sqlite3.connect(system) as db:
        db.executescript(_LOG)
    db.close()
    reached = killed_on_the_way(case, points_for(right), tmp_path / "point")
    assert sorted(({"assess.begin", "assess.end"} | REACHED[right]) - set(reached)) == []
    with sqlite3.connect(system) as db:
        done = Counter(db.execute("SELECT * FROM RECEIVED").fetchall())
        db.executescript(
            "DROP TABLE RECEIVED; " + "".join(f"DROP TRIGGER IF EXISTS R{n};" for n in range(1, 5))
        )
    db.close()
    assert [what for what, times in done.items() if times > 1] == []
    assert len(done) >= sum(" NOTE" in x or "new " in x or "gone CASE" in x for x in row.sources)
    ended = case.opened_again()
    the_sources_show_it(row, ended)
    the_journal_says_it(row, ended)
    the_letters_say_it(row, ended)
    the_recipients_know(row, ended)
    if right is not Right.PORTABILITY:  # which opened another case
        the_figures_count_it_once(row, ended)
    kinds = [r.event.kind for r in ended.office.store.read(ended.ref)]
    assert kinds.count("pack_sealed") == kinds.count("dispatch_confirmed") == 1
    parcels = [p.name for p in ended.office.settings.outbox.iterdir()]
    assert len([name for name in parcels if "-part-1-" in name]) == 1
    by_itself = [m for m in ended.case.letters.values() if m.to_send]
    assert len([name for name in parcels if "-part-" not in name]) == len(by_itself)
    ended.office.store.close()
