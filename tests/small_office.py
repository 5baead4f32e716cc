"""The tiny council with an office that works for it, and the people who answer at its desk."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

from casework import intake
from casework.office import Office, open_office
from casework.questions import SignedIn
from casework.receive import Receipt, receive
from casework.settings import Settings
from casework.work import work_on
from cli.rehearse import Rehearsal
from rights.case import Question
from rights.events import Actor, Attested
from rights.release import CaseRef, Right
from rights.road import Next
from rights.sources.actions.sql import sqlite_write_url
from tests.small_council import SmallTruth, demo_rules

NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
RECEIVED = dt.date(2026, 11, 20)


def signed_in(login: str, *roles: str) -> SignedIn:
    """A person whose sign-in the desk would have checked."""
    return SignedIn(Actor(login=login, attested=Attested.DESK), frozenset(roles))


STAFF = {
    "officer1": signed_in("officer1", "officer"),
    "officer2": signed_in("officer2", "officer", "approver"),
    "manager": signed_in("manager", "manager"),
    "legal": signed_in("legal", "legal"),
    "dpo": signed_in("dpo", "dpo", "approver"),
}

_SECONDS = re.compile(r', \\+"seconds\\+": [0-9.e-]+')


def open_small(
    home: Path,
    council: Path,
    clock: Callable[[], dt.datetime] = lambda: NOON,
    *,
    acts: bool = False,
    register: Path | None = None,
) -> Office:
    """An office below `home` that searches the tiny council; its clock stands still.

    Only with `acts` may it write to its two databases; such a council is not to be shared. With
    `register` its own data (notice, sources, letterhead) lies there.
    """
    systems = council / "systems"
    names = ("case_system", "hub_mailing") if acts else ()
    writes = {name: sqlite_write_url(systems / f"{name}.sqlite") for name in names}
    own: dict[str, Any] = {} if register is None else {"council": register}
    settings = Settings(home=home, systems=council, source_write_urls=writes, **own)
    settings.intake.mkdir(parents=True, exist_ok=True, mode=0o700)
    return open_office(settings, clock)


def receive_letter(office: Office, truth: SmallTruth, right: Right = Right.ACCESS) -> CaseRef:
    """Drop the request letter in the intake folder, if there is no case yet, and receive it."""
    folder = office.settings.intake
    if not office.store.cases():
        shutil.copy(truth.letter, folder / "letter.pdf")
    code = intake.code_of(sha256(truth.letter.read_bytes()).hexdigest())
    receipt = Receipt(right, "letter", RECEIVED, "Front desk", False, code)
    return receive(office, receipt, STAFF["officer1"].actor)


@dataclass(frozen=True)
class Small:
    """A case on its way, with the people who answer its questions by the demo's rules."""

    office: Office
    ref: CaseRef
    truth: SmallTruth

    @property
    def rehearsal(self) -> Rehearsal:
        """The officers of the demo."""
        return Rehearsal(self.office, STAFF, demo_rules(), self.truth.people)

    def work(self) -> Next:
        """Run stages until the case waits for a person."""
        return work_on(self.office, self.ref, "test")

    def answer(self, *topics: str) -> int:
        """Answer what waits, of these topics or all."""
        waiting = [q for q in self.waiting() if not topics or q.topic in topics]
        return self.rehearsal.answer_waiting(self.ref, waiting)

    def waiting(self) -> tuple[Question, ...]:
        """Every open question."""
        return self.office.case(self.ref).open_questions

    def until(self, topic: str = "") -> Next:
        """Work and answer until a question of a topic waits, or to the end of the road."""
        while True:
            stands = self.work()
            if not stands.waiting or topic in {q.topic for q in stands.waiting}:
                return stands
            self.rehearsal.answer_waiting(self.ref, stands.waiting)

    def question(self, topic: str, **wanted: str) -> Question:
        """The first open question of a topic whose body has these values."""
        return next(
            q
            for q in self.waiting()
            if q.topic == topic and all(q.body.get(k) == v for k, v in wanted.items())
        )

    def pack(self) -> bytes:
        """The sealed pack, in the clear."""
        sealed = self.office.case(self.ref).seal
        assert sealed is not None
        return self.office.store.get_file(self.ref, sealed.event.file)


class PlainAt(Protocol):
    """Opens a copy of the plain case as it stood when a topic was first asked."""

    def __call__(
        self, topic: str, home: Path, clock: Callable[[], dt.datetime] = lambda: NOON
    ) -> Small:
        """Copies that office to `home`, which must not be there."""
        ...


def events_of(office: Office, ref: CaseRef) -> list[str]:
    """The journal but for the times of recording, and how long a source took to answer."""
    return [
        _SECONDS.sub("", json.dumps(row.event.model_dump(mode="json"), sort_keys=True))
        for row in office.store.read(ref)
    ]
