"""The table of grounds, and its misuses."""

import datetime as dt

import pytest

from rights.errors import RefusedError
from rights.exemptions import check_use, codes, exemption, exemptions
from rights.law import load
from rights.release import DisclosureMode, Right

LAW = load()
ON = dt.date(2026, 11, 22)
NAMED, GENERAL, SILENT = DisclosureMode
TABLE = """
CRIME CRIME-2 RISK IMM LEGAL-DISC FUNC JUD 3P 3P-PRO LPP SELF MGMT NEG REF EXAM RES ARCH
HEALTH-COURT HEALTH-WISH HEALTH-HARM HEALTH-LOCK SW-COURT SW-WISH SW-HARM ED-COURT ED-HARM ABUSE
HFEA ADOPT SEN PORD UNSTRUCT NATSEC
"""


def test_the_table_is_whole():
    """Every code stands there once, with decider, evidence, limits and citation."""
    assert sorted(codes(LAW)) == sorted(TABLE.split())
    for row in exemptions(LAW, on=ON):
        assert row.citation.startswith("DPA 2018")
        assert row.decider and row.evidence and row.limits and row.plain
        assert bool(row.modes) == row.withholds


def test_the_silent_mode_is_open_to_few():
    """Only grounds whose naming is itself the harm may be silent."""
    silent = {row.code for row in exemptions(LAW, on=ON) if SILENT in row.modes}
    assert silent == {"CRIME", "CRIME-2", "3P", "HEALTH-HARM", "SW-HARM", "ABUSE", "ADOPT"}


@pytest.mark.parametrize(
    ("code", "right", "mode", "code_of_error"),
    [
        ("LEGAL-DISC", Right.ACCESS, NAMED, "exemption.misuse"),
        ("IMM", Right.ACCESS, NAMED, "exemption.misuse"),
        ("3P-PRO", Right.ACCESS, NAMED, "exemption.misuse"),
        ("LPP", Right.RECTIFICATION, NAMED, "exemption.other_right"),
        ("LPP", Right.ERASURE, NAMED, "exemption.other_right"),
        ("3P", Right.ERASURE, NAMED, "exemption.other_right"),
        ("SW-HARM", Right.RECTIFICATION, NAMED, "exemption.other_right"),
        ("ABUSE", Right.ACCESS, NAMED, "exemption.own_request"),
        ("HEALTH-WISH", Right.ACCESS, NAMED, "exemption.own_request"),
        ("LPP", Right.ACCESS, SILENT, "exemption.mode"),
        ("NOPE", Right.ACCESS, NAMED, "exemption.unknown"),
    ],
)
def test_misuse_is_refused_with_the_reason(
    code: str, right: Right, mode: DisclosureMode, code_of_error: str
):
    """What the law does not allow is refused, with a reason and a next step."""
    with pytest.raises(RefusedError) as caught:
        check_use(code, right, mode, LAW, on=ON)
    assert caught.value.code == code_of_error
    assert caught.value.next_step


def test_lawful_use_is_allowed():
    """What the table allows passes, also for other rights and when a parent asks."""
    assert check_use("3P", Right.ACCESS, GENERAL, LAW, on=ON).code == "3P"
    assert check_use("CRIME", Right.ERASURE, SILENT, LAW, on=ON)
    assert check_use("ABUSE", Right.ACCESS, NAMED, LAW, on=ON, requester_is_subject=False)
    assert exemption("HEALTH-LOCK", LAW, on=ON).kind == "lock"
