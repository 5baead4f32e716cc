"""`rights keys`."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from casework.office import Office, open_office
from cli import keys
from rights.errors import RefusedError
from rights.events import DESTROYED
from rights.release import CaseRef, Right
from tests.rights.store.build import opened, people

PASSWORD = "three random words"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("RIGHTS_HOME", str(tmp_path / "var"))
    office = open_office()
    office.store.add_account("dee", PASSWORD, ["dpo"])
    office.store.add_account("mo", PASSWORD, ["officer"])
    return office


@pytest.fixture
def case(office: Office) -> CaseRef:
    ref = office.store.open_case(Right.ACCESS, 2026, item="a")
    office.store.append(ref, [opened(), people()], expected_seq=0)
    return ref


def destroy(case: CaseRef, *extra: str, by: str = "dee", password: str = PASSWORD) -> str:
    done = CliRunner().invoke(
        keys.app,
        ["destroy", case, "--by", by, "--reason", "retention", *extra],
        input=f"{password}\n",
        catch_exceptions=False,
    )
    return done.output


def test_rotation_says_what_it_did(office: Office, case: CaseRef) -> None:
    """Every key is counted, and the case reads as before."""
    done = CliRunner().invoke(keys.app, ["rotate"])
    assert done.exit_code == 0 and done.output.startswith("3 keys")
    assert office.store.read(case)[1].event == people()


def test_destruction_with_password_and_confirmation(office: Office, case: CaseRef) -> None:
    """With the reference repeated and the right sign-in the case is unreadable, and it is said."""
    output = destroy(case, "--confirm", case)
    assert "Left of the key: 0" in output and PASSWORD not in output
    assert office.store.read(case)[1].event == people(DESTROYED)
    assert office.store.accesses(case)[-1].actor == "dee"


@pytest.mark.parametrize(
    ("extra", "by", "password", "code"),
    [
        ([], "dee", PASSWORD, "keys.not_confirmed"),
        (["--confirm", "SAR"], "dee", PASSWORD, "keys.not_confirmed"),
        (["--confirm"], "dee", "wrong password", "keys.not_allowed"),
        (["--confirm"], "mo", PASSWORD, "keys.not_allowed"),
        (["--confirm"], "nobody", PASSWORD, "keys.not_allowed"),
    ],
)
def test_destruction_is_refused(
    office: Office, case: CaseRef, extra: list[str], by: str, password: str, code: str
) -> None:
    """Unconfirmed, with a wrong password or without the role nothing is destroyed."""
    given = [*extra, case] if extra == ["--confirm"] else extra
    with pytest.raises(RefusedError) as caught:
        destroy(case, *given, by=by, password=password)
    assert caught.value.code == code
    assert office.store.read(case)[1].event == people()
