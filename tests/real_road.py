"""The whole road on real formats; as a program, on every sample: ``python -m tests.real_road``.

Prints how each source ended, what could not be read and why, and how long each stage took.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from casework.collect import UNREADABLE
from casework.office import Office, open_office
from casework.settings import Settings
from casework.work import StageRun, work_on
from rights.case import Case
from rights.release import CaseRef
from tests.real_council import RealCouncil, build
from tests.small_council import SmallTruth
from tests.small_office import NOON, Small, receive_letter


@dataclass
class RealRoad:
    """A case on real formats, as far as it got."""

    office: Office
    ref: CaseRef
    council: RealCouncil
    unread: list[tuple[str, tuple[str, ...]]] = field(
        default_factory=list[tuple[str, tuple[str, ...]]]
    )
    stages: list[StageRun] = field(default_factory=list[StageRun])

    @property
    def case(self) -> Case:
        """The case as it stands."""
        return self.office.case(self.ref)


def run(out: Path, *, everything: bool) -> RealRoad:
    """Receive, search, read, decide by the demo's rules, seal, approve and send."""
    council = build(out / "real", everything=everything)
    settings = Settings(home=out / "home", systems=council.systems, council=council.council)
    settings.intake.mkdir(parents=True, exist_ok=True, mode=0o700)
    office = open_office(settings, lambda: NOON)
    truth = SmallTruth(council.letter, council.people, frozenset(), frozenset(), (), ())
    road = RealRoad(office, receive_letter(office, truth), council)
    small = Small(office, road.ref, truth)
    while True:
        stands = work_on(office, road.ref, "real", road.stages.append)
        road.unread += [
            (q.body["title"], tuple(q.body["why"])) for q in stands.waiting if q.topic == UNREADABLE
        ]
        if not stands.waiting or {"refused", "stuck"} & {q.topic for q in stands.waiting}:
            return road
        small.rehearsal.answer_waiting(road.ref, stands.waiting)


def main() -> None:
    """The drill on every sample."""
    with tempfile.TemporaryDirectory() as folder:
        road = run(Path(folder), everything=True)
        case = road.case
        print(f"{road.council.files} files in the folder; {len(case.read)} documents read.")
        for name, (_, event) in case.sources.items():
            print(f"  {name}: {event.status} {event.code}")
        print(f"{len(road.unread)} could not be read, wholly or in part:")
        for title, why in road.unread:
            print(f"  {title}: {' '.join(why)}")
        for stage in road.stages:
            print(f"  {stage.stage}: {stage.seconds:.1f} s")
        if case.refused is not None:
            print(f"REFUSED: {', '.join(case.refused[1].causes)}")
        pages = case.seal.event.pages if case.seal else 0
        print(f"{pages} pages in the pack; {'closed' if case.closed else 'NOT FINISHED'}.")


if __name__ == "__main__":
    main()
