"""Killed at every named step and run again, a case ends as if nothing had happened.

A road that nobody disturbs is walked once, and the office's folder copied before each stage. Each
kill then needs only its own stage: what that stage leaves is compared with what it left the first
time, so the rest of the road is the same by induction.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

import pytest

from casework.effort import PAINT, measured
from casework.manifests import signing_key
from casework.office import Office
from casework.painting import PaintedFile, paint_part
from casework.questions import Given, answer
from casework.reminders import watch
from casework.settlement import current_settlement, part_of
from casework.sweep import tidy
from casework.work import run_stage
from letters.piece import digest_of
from rights.errors import RefusedError
from rights.failpoints import FAILPOINTS
from rights.release import CaseRef, Right
from rights.road import ROADS, Stage, where
from tests.rights.store.build import in_child
from tests.small_council import SmallTruth
from tests.small_office import NOON, STAFF, Small, events_of, open_small, receive_letter

RECEIVING = sorted(p for p in FAILPOINTS if p.startswith("receive."))
ON_THE_ROAD = {step.stage for step in ROADS[Right.ACCESS]}
STAGE_POINTS = sorted(p for p in FAILPOINTS if p.split(".")[0] in ON_THE_ROAD)
STORE_POINTS = sorted(
    p for p in FAILPOINTS if p.split(".")[0] in ("database", "files", "journal", "store")
)
ELSEWHERE = {"files.overwritten", "store.key-made"}
"""Reached when a key is destroyed and when a case is opened."""


@dataclass(frozen=True)
class State:
    """What is durable of a case: its journal, its files, and what lies in the outbox."""

    events: tuple[str, ...]
    files: dict[str, str]
    vault: frozenset[str]
    outbox: frozenset[str]


@dataclass
class Road:
    """The undisturbed road: per stage a copy of the office before it, and the state after it."""

    council: Path
    ref: CaseRef
    before: dict[Stage, Path] = field(default_factory=dict[Stage, Path])
    started: dict[Stage, State] = field(default_factory=dict[Stage, State])
    ended: dict[Stage, State] = field(default_factory=dict[Stage, State])


def _files(folder: Path) -> frozenset[str]:
    return frozenset(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def _state(office: Office, ref: CaseRef) -> State:
    """Lock and passphrase are drawn anew each time, so of the locked pack only its place counts."""
    events = [json.loads(text) for text in events_of(office, ref)]
    named = {v for e in events for k, v in e.items() if k.endswith("file") and v}
    for event in events:
        if event["kind"] == "dispatch_started":
            event["sha256"] = ""
    return State(
        tuple(json.dumps(e, sort_keys=True) for e in events),
        {name: sha256(office.store.get_file(ref, name)).hexdigest() for name in sorted(named)},
        frozenset(n for n in _files(office.settings.vault) if "/.partial-" not in n),
        _files(office.settings.outbox),
    )


@pytest.fixture(scope="module")
def road(small_council: tuple[Path, SmallTruth], tmp_path_factory: pytest.TempPathFactory) -> Road:
    """The whole road on the tiny council, copied before each stage."""
    council, truth = small_council
    home, copies = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("copies")
    office = open_small(home, council)
    signing_key(office)  # drawn on first use; the copies must share it to be compared
    road = Road(council, receive_letter(office, truth))
    small = Small(office, road.ref, truth)
    while True:
        stands = where(office.case(road.ref))
        if stands.stage is None:
            if not stands.waiting:
                office.store.close()
                return road
            small.rehearsal.answer_waiting(road.ref, stands.waiting)
            continue
        copy = copies / f"{stands.stage}"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(home, copy)
        road.before[stands.stage] = copy
        road.started[stands.stage] = _state(office, road.ref)
        run_stage(office, road.ref, stands.stage, "worker")
        road.ended[stands.stage] = _state(office, road.ref)


def _in_office(home: Path, council: Path, work: Callable[[Office], object]) -> None:
    office = open_small(home, council)
    try:
        work(office)
    finally:
        office.store.close()


def _differs(one: State, other: State) -> list[str]:
    return [
        *sorted(set(one.events) ^ set(other.events)),
        *sorted(f"{k} {v}" for k, v in one.files.items() ^ other.files.items()),
        *sorted(one.vault ^ other.vault),
    ]


def _kill(road: Road, stage: Stage, spec: str, home: Path) -> None:
    """Run a stage on a copy of the office in a child that dies at a failpoint; then run it again.

    Where the kill left the office's folder and the case as they were, or as they should end, there
    is nothing to run again.
    """
    shutil.copytree(road.before[stage], home)
    files = _files(home)

    def run(office: Office) -> None:
        run_stage(office, road.ref, stage, "worker")

    assert in_child(lambda: _in_office(home, road.council, run), spec) == "killed"
    office = open_small(home, road.council)
    left = _state(office, road.ref)
    untouched = left == road.started[stage] and _files(home) <= files | _side_files(home)
    if not untouched and left != road.ended[stage]:
        assert where(office.case(road.ref)).stage is stage, _differs(left, road.ended[stage])
        run(office)
        left = _state(office, road.ref)
    if not untouched:
        assert left == road.ended[stage]
        assert where(office.case(road.ref)).stage is not stage
    assert office.store.verify().passes
    office.store.close()
    _swept(home, road.council)


def _swept(home: Path, council: Path) -> None:
    """Two hours later the sweep leaves nothing of what the kill left in the open."""
    later = dt.datetime.fromtimestamp(time.time() + 7200, dt.UTC)
    office = open_small(home, council, lambda: later)
    tidy(office)
    office.store.close()
    assert _files(home / "scratch") == frozenset()
    assert [n for n in _files(home) if ".part" in n] == []


def _side_files(home: Path) -> frozenset[str]:
    return frozenset(str(p.relative_to(home)) for p in (home / "store").iterdir())


def test_every_step_of_casework_is_walked() -> None:
    """A failpoint that nobody kills at would be a promise that nobody has tried."""
    tried = {*RECEIVING, *STAGE_POINTS, *STORE_POINTS, "reminders.delivered"}
    others = (
        "actions",
        "anchors",
        "apply",
        "assess",
        "complaint",
        "custody",
        "erase",
        "handle",
        "keys",
        "lifting",
        "linked",
        "notify",
        "outbox",
        "portability",
        "restrictions",
    )
    elsewhere = {p for p in FAILPOINTS if p.split(".")[0] in others}
    assert FAILPOINTS - tried - elsewhere == set()


def test_the_road_ends_with_one_parcel(road: Road) -> None:
    """Undisturbed, every stage runs; the answer is one parcel, the acknowledgement another."""
    assert set(road.ended) == ON_THE_ROAD
    parcels = Counter(name.split("/")[0] for name in road.ended[Stage.CLOSE].outbox)
    assert {name.removeprefix(road.ref)[:6]: n for name, n in parcels.items()} == {
        "-lette": 2,
        "-part-": 3,
    }


@pytest.mark.parametrize("point", STAGE_POINTS)
def test_killed_in_a_stage(road: Road, point: str, tmp_path: Path) -> None:
    """Killed at any step of any stage and run again: same events, same files, one parcel."""
    _kill(road, Stage(point.split(".")[0]), point, tmp_path / "home")


def _told(painted: Sequence[PaintedFile]) -> list[tuple[object, ...]]:
    """What was painted, with the bytes, wherever in the working folder they lie."""
    return [(p.account, p.bare, p.warning, digest_of(p.file)) for p in painted]


def _painted(office: Office) -> int:
    """Pages that this office has painted so far."""
    return measured(office).pages.get(PAINT, 0)


def test_only_what_was_not_painted_is_painted_after_a_kill(road: Road, tmp_path: Path) -> None:
    """Killed after three documents, painting goes on with the fourth and the pack has the same
    bytes; a document whose plan changed meanwhile is painted anew, and no other."""
    home, other = tmp_path / "home", tmp_path / "other"
    shutil.copytree(road.before[Stage.SEAL], home)

    def seal_it(office: Office) -> None:
        run_stage(office, road.ref, Stage.SEAL, "worker")

    child = in_child(lambda: _in_office(home, road.council, seal_it), "seal.document-kept:3")
    assert child == "killed"
    shutil.copytree(home, other)
    office = open_small(home, road.council)
    first = _painted(office)
    seal_it(office)
    assert _state(office, road.ref) == road.ended[Stage.SEAL]
    whole = _painted(office)
    office.store.close()
    office = open_small(other, road.council)
    with office.working(road.ref, "worker") as work:
        part = work.case.part
        assert part is not None
        plans = part_of(current_settlement(work)[1], part.documents).plans
        assert whole == sum(not plan.withheld for plan in plans) > first == _painted(office) > 0
        names = list(dict.fromkeys(plan.document for plan in plans))
        boxed = next(p.document for p in plans[:3] if p.boxes and not p.withheld)
        changed = [replace(p, boxes=()) if p.document == boxed else p for p in plans]
        painted = _told(paint_part(work, names, changed, tmp_path))
        again = sum(p.document == boxed for p in plans)
        assert _painted(office) == whole + again
        assert _told(paint_part(work, names, changed, tmp_path)) == painted
        assert _painted(office) == whole + again
    office.store.close()


@pytest.mark.parametrize("turn", [2, 5])
@pytest.mark.parametrize("point", [p for p in STORE_POINTS if p not in ELSEWHERE])
def test_killed_in_the_store(road: Road, point: str, turn: int, tmp_path: Path) -> None:
    """Killed inside the store's own steps while a stage collects: the same in the end."""
    _kill(road, Stage.COLLECT, f"{point}:{turn}", tmp_path / "home")


@pytest.mark.parametrize("point", ["files.placed", "database.after-commit", "journal.projected"])
def test_killed_in_the_store_while_sending(road: Road, point: str, tmp_path: Path) -> None:
    """Killed inside the store while a pack is sent: still one parcel, confirmed once."""
    _kill(road, Stage.DISPATCH, f"{point}:2", tmp_path / "home")


@pytest.mark.parametrize("point", [*RECEIVING, "store.key-made", "files.placed", "store.file-kept"])
def test_killed_while_receiving(
    small_council: tuple[Path, SmallTruth], point: str, tmp_path: Path
) -> None:
    """Killed while receiving and run again: one case, one event, the letter kept and taken away."""
    council, truth = small_council
    home = tmp_path / "home"
    shutil.copytree(_letter_in(tmp_path / "fresh", council, truth), home)
    receipts: list[CaseRef] = []

    def receive(office: Office) -> None:
        receipts.append(receive_letter(office, truth))

    assert in_child(lambda: _in_office(home, council, receive), point) == "killed"
    office = open_small(home, council)
    receive(office)
    (ref,) = office.store.cases()
    assert receipts == [ref]
    (row,) = office.store.read(ref)
    assert office.store.get_file(ref, row.event.request_file) == truth.letter.read_bytes()  # pyright: ignore
    assert list(office.settings.intake.iterdir()) == []
    office.store.close()


def _letter_in(home: Path, council: Path, truth: SmallTruth) -> Path:
    office = open_small(home, council)
    office.store.close()
    shutil.copy(truth.letter, office.settings.intake / "letter.pdf")
    return home


@pytest.mark.parametrize(
    ("point", "written"), [("database.before-commit", False), ("database.after-commit", True)]
)
def test_killed_while_answering(road: Road, point: str, written: bool, tmp_path: Path) -> None:
    """An answer is written whole or not at all, and a second try cannot write it twice."""
    home = tmp_path / "home"
    shutil.copytree(road.before[Stage.SEAL], home)
    given = Given("capitals", "every string was looked at", correct=True)

    def reply(office: Office) -> None:
        answer(office, road.ref, given, STAFF["officer1"])

    assert in_child(lambda: _in_office(home, road.council, reply), point) == "killed"
    office = open_small(home, road.council)
    before = len(road.started[Stage.SEAL].events)
    assert office.store.head(road.ref) == before + written
    with pytest.raises(RefusedError) as refused:
        answer(office, road.ref, Given(given.question, given.value), STAFF["officer1"])
    assert refused.value.code == "question.answered"
    office.store.close()


def test_killed_while_reminding(road: Road, tmp_path: Path) -> None:
    """A reminder that was delivered but not recorded is the same message when sent again."""
    home, late = tmp_path / "home", NOON.date() + dt.timedelta(days=40)
    shutil.copytree(road.before[Stage.SEARCH], home)

    def remind(office: Office) -> None:
        watch(office, late, dry_run=False)

    killed = in_child(lambda: _in_office(home, road.council, remind), "reminders.delivered")
    assert killed == "killed"
    office = open_small(home, road.council)
    first = _files(office.settings.reminders)
    assert len(first) == 1
    remind(office)
    said = [e for e in map(json.loads, events_of(office, road.ref)) if e["kind"] == "reminder_sent"]
    assert first <= _files(office.settings.reminders)
    assert len(_files(office.settings.reminders)) == len(said) == len({e["key"] for e in said})
    assert watch(office, late, dry_run=False) == ()
    office.store.close()
