"""Where the rows begin: requests that wait at the point at which their outcomes part."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from casework.receive import Receipt, receive
from rights.release import CaseRef, Right
from tests.casework.limiting import Clock
from tests.small_council import REPOSITORY, SUBJECT, TWIN, SmallTruth, build
from tests.small_office import RECEIVED, STAFF, receive_letter
from tests.walk.walker import Replies, Walker, open_at, walker


@dataclass(frozen=True)
class Start:
    """An office and a council in one folder, to be copied for each row."""

    folder: Path
    ref: CaseRef
    truth: SmallTruth

    def again(self, at: Path, replies: Replies) -> Walker:
        """A copy of it that may be changed."""
        shutil.copytree(self.folder, at, dirs_exist_ok=True)
        return walker(at, self.truth, Clock(), self.ref, replies)


def begin(name: str, folder: Path) -> Start:
    """The beginning of this name: a right, with what is special about its council or person."""
    right_name, _, special = name.partition("/")
    right = Right(right_name)
    truth = build(folder / "council")
    if special in _COUNCILS:
        _COUNCILS[special](folder)
    if special == "stranger":
        truth = replace(truth, people=_stranger(truth))
    office = open_at(folder, Clock())
    if right in (Right.COMPLAINT, Right.AUTOMATED_DECISION):
        receipt = Receipt(right, "phone", RECEIVED, "Front desk", False, run="walk")
        ref = receive(office, receipt, STAFF["officer1"].actor)
    else:
        ref = receive_letter(office, truth, right)
    office.store.close()
    case = walker(folder, truth, Clock(), ref, {})
    case.walk("people")
    if special != "received":
        case.small.answer("people")
    if special not in ("received", "stranger") and right is not Right.ACCESS:
        case.walk("handler" if right is Right.COMPLAINT else "assess")
    case.office.store.close()
    return Start(folder, ref, truth)


def _stranger(truth: SmallTruth) -> dict[str, Any]:
    """Somebody of whom no source knows anything."""
    subject = {
        "names": [{"forenames": "Quentin", "surname": "Zabriskie"}],
        "date_of_birth": "1961-02-03",
    }
    to = {"name": "Quentin Zabriskie", "address": ["1 Nowhere Lane"], "channel": "post"}
    return {**truth.people, "subject": subject, "recipient": to, "protected_facts": []}


def _copies(folder: Path) -> None:
    """The visit stands in the twin's file as a copy, and once more in her own."""
    council = folder / "council"
    columns = "TITLE, {note}, NOTE_TYPE, EFFECTIVE_DATE, CREATED_ON, CREATED_BY, {of}, STATE"
    with sqlite3.connect(council / "systems" / "case_system.sqlite") as db:
        for number, person, note, of in (
            ("8003", TWIN, "NOTE || ' (copied)'", "'8002'"),
            ("8004", SUBJECT, "NOTE", "NULL"),
        ):
            db.execute(
                f"INSERT INTO CASE_NOTES SELECT '{number}', '{person}', "
                f"{columns.format(note=note, of=of)}, 'N', NULL FROM CASE_NOTES WHERE ID = '8002'"
            )
    db.close()


def _clean(folder: Path) -> None:
    """Nothing is left that is anybody's but her own."""
    council = folder / "council"
    with sqlite3.connect(council / "systems" / "case_system.sqlite") as db:
        db.execute("DELETE FROM DM_PERSONAL_RELATIONSHIPS")
        db.execute("DELETE FROM DM_PERSONS WHERE PERSON_ID <> ?", (SUBJECT,))
        db.execute("DELETE FROM PERSON_WORKERS")
        db.execute("DELETE FROM DOCUMENTS")
        db.execute("DELETE FROM CASE_NOTES WHERE ID = '8001'")
        db.execute("UPDATE CASE_NOTES SET NOTE = 'Marnie came first in the science fair.'")
    db.close()
    shutil.rmtree(council / "folders" / "social")
    index = council / "folders" / "index.csv"
    index.write_text(index.read_text("utf-8").splitlines()[0] + "\r\n", "utf-8")
    (council / "mail" / "team.mbox").write_bytes(b"")


def _gives(folder: Path) -> None:
    """The youth service holds the census by consent, as no council does."""
    shutil.copytree(REPOSITORY / "council", folder / "register")
    service = folder / "register/register/services/10_youth_service.yaml"
    held = "gives: true\nheld_in:\n  - {source: school_census}\n"
    service.write_text(service.read_text("utf-8").replace("gives: true\n", held), "utf-8")


_COUNCILS: dict[str, Callable[[Path], None]] = {
    "copies": _copies,
    "clean": _clean,
    "gives": _gives,
}
