"""What each lawful basis lets in and keeps out comes from the law data."""

import datetime as dt

import pytest

from rights.errors import InputError
from rights.law import load
from rights.register.bases import bases, basis

LAW = load()
TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("name", "objection", "withdrawal", "portability", "kept"),
    [
        ("legal_obligation", False, False, False, True),
        ("public_task", True, False, False, True),
        ("consent", False, True, True, False),
        ("contract", False, False, True, False),
        ("vital_interests", False, False, False, False),
    ],
)
def test_each_lawful_basis_opens_its_rights(
    name: str, objection: bool, withdrawal: bool, portability: bool, kept: bool
):
    """Objection goes with a public task, withdrawal with consent, export with consent, contract."""
    found = basis(name, LAW, on=TODAY)
    assert not found.special
    assert (found.objection, found.withdrawal, found.portability) == (
        objection,
        withdrawal,
        portability,
    )
    assert bool(found.kept_under) is kept


def test_special_bases_say_which_data_they_reach():
    """A special basis reaches special categories; conditions of the Schedule reach offences too."""
    special = {found.name: found.reaches for found in bases(LAW, on=TODAY) if found.special}
    assert special["explicit_consent"] == ("special",)
    assert special["safeguarding"] == ("special", "offences")
    assert all("special" in reaches for reaches in special.values())


def test_no_basis_is_made_up():
    """A name that the law data do not know, or a day before them, is refused."""
    with pytest.raises(InputError, match=r"law\.unknown_rule"):
        basis("legitimate_hope", LAW, on=TODAY)
    with pytest.raises(InputError, match=r"law\.not_in_force"):
        basis("consent", LAW, on=dt.date(2018, 1, 1))
