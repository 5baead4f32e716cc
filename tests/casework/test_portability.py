"""Portability: usually refused with the road to a copy; exported where all three tests are met."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from collections.abc import Generator
from hashlib import sha256
from pathlib import Path

import jsonschema
import pikepdf
import pytest

from casework.dispatch import passphrase_for
from casework.office import Office, open_office
from casework.portability.answer import ALSO_COPY, DECIDE, NOT_SUPPLIED, SUPPLIED, export_of
from casework.portability.export import Row, make_export
from casework.settings import Settings
from letters.enclosure import taken_out
from redaction.formats.records import Record
from rights.errors import InputError, RefusedError
from rights.release import Right
from tests.casework.erasing import Erasing
from tests.small_council import REPOSITORY, SmallTruth
from tests.small_office import NOON, STAFF, Small, receive_letter

_HELD = "gives: true\nheld_in:\n  - {source: school_census}\n"


@pytest.fixture(params=[False])
def consent(request: pytest.FixtureRequest) -> bool:
    """Whether the youth service holds the census by consent, as no council does."""
    return bool(request.param)


@pytest.fixture
def asked(
    small_council: tuple[Path, SmallTruth], tmp_path: Path, consent: bool
) -> Generator[Erasing]:
    """A request for portability, as far as the weighing."""
    systems, truth = small_council
    folder = tmp_path / "council"
    shutil.copytree(REPOSITORY / "council", folder)
    if consent:
        service = folder / "register/services/10_youth_service.yaml"
        service.write_text(service.read_text("utf-8").replace("gives: true\n", _HELD), "utf-8")
    settings = Settings(home=tmp_path / "home", systems=systems, council=folder)
    settings.intake.mkdir(parents=True, mode=0o700)
    office: Office = open_office(settings, lambda: NOON)
    ref = receive_letter(office, truth, Right.PORTABILITY)
    yield Erasing(Small(office, ref, truth), systems)
    office.store.close()


def test_it_is_refused_with_the_reason_and_a_copy_is_opened(asked: Erasing) -> None:
    """Public task and legal duty keep the right out; who wants a copy gets a case of its own."""
    finish = asked.walk()[0]
    assert {p["fails"] for p in finish.body["places"]} == {"basis"}
    asked.say(finish, DECIDE, copy=ALSO_COPY)
    assert not asked.walk()
    case = asked.case
    assert case.closed is not None and case.closed.outcome == "refused"
    letter = asked.letter()
    assert "not because you agreed" in letter and "We have started that for you" in letter
    assert "complain to the council" in letter
    other = asked.small.office.case(case.linked[0].other)
    assert other.right is Right.ACCESS and other.received_on == case.received_on
    with pytest.raises(InputError, match=r"portability\.none"):
        export_of(asked.small.office, asked.small.ref, STAFF["officer1"])


@pytest.mark.parametrize("consent", [True], indirect=True)
def test_what_the_person_supplied_is_exported_with_its_schema(asked: Erasing) -> None:
    """The file holds the rows, keeps to its schema, and is the one that the letter names."""
    office, ref = asked.small.office, asked.small.ref
    place = asked.walk()[0]
    assert place.body["place"] == "school_census/school_census.csv"
    asked.say(place, SUPPLIED)
    asked.say(asked.walk()[0], DECIDE)
    with pytest.raises(RefusedError, match=r"portability\.not_sent"):
        export_of(office, ref, STAFF["officer1"])
    assert not asked.walk()
    case = asked.case
    assert case.closed is not None and case.closed.outcome == "exported"
    with pytest.raises(RefusedError, match=r"portability\.role"):
        export_of(office, ref, STAFF["legal"])
    data = export_of(office, ref, STAFF["officer1"])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    body = json.loads(files["data.json"])
    jsonschema.validate(body, json.loads(files["schema.json"]))
    assert [r["fields"]["Forename"] for r in body["records"]] == ["Marnie"]
    rows = list(csv.DictReader(io.StringIO(files["table-1.csv"].decode("utf-8-sig"))))
    assert rows[0]["Forename"] == "Marnie"
    assert f"{ref}.zip" in asked.letter() and "1 record" in asked.letter()
    assert "machine-readable export" in {a.what for a in office.store.accesses(ref)}
    (locked,) = office.settings.outbox.glob("*-part-*/*-file-1.pdf")
    words = passphrase_for(office, ref, STAFF["officer1"])
    assert taken_out(locked.read_bytes(), words) == {f"{ref}.zip": data}
    with pytest.raises(pikepdf.PasswordError):
        taken_out(locked.read_bytes(), "other-words")
    sealed = case.seal
    assert sealed is not None
    envelope = json.loads(office.store.get_file(ref, sealed.event.manifest_file))
    digest = sha256(data).hexdigest()
    assert json.loads(envelope["manifest"])["enclosed"] == {f"{ref}.zip": digest}


@pytest.mark.parametrize("consent", [True], indirect=True)
def test_what_the_person_did_not_supply_is_not_exported(asked: Erasing) -> None:
    """The third test is a person's to answer."""
    asked.say(asked.walk()[0], NOT_SUPPLIED)
    finish = asked.walk()[0]
    assert {p["fails"] for p in finish.body["places"]} == {"basis", "not supplied"}
    with pytest.raises(InputError, match=r"portability\.copy"):
        asked.say(finish, DECIDE, copy="perhaps")
    asked.say(finish, DECIDE)
    assert not asked.walk()
    assert "and not by you" in asked.letter() and "A phone call is enough" in asked.letter()


def test_the_same_rows_give_the_same_file_and_no_cell_is_a_formula() -> None:
    """Deterministic to the byte; a spreadsheet shows what was written and computes nothing."""
    rows = [Row("Hub", "Sign-up", Record("Form", (("Name", "=1+1"), ("Town", "Łódź")), text="-x"))]
    first, second = (make_export("POR-1", "2026-11-23", rows) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first.data)) as archive:
        table = archive.read("table-1.csv").decode("utf-8-sig")
    assert table == "title,date,Name,Town,text\r\nForm,,'=1+1,Łódź,'-x\r\n"
