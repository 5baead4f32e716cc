"""Check rules against python-stdnum as an outside oracle."""

from hypothesis import given
from hypothesis import strategies as st
from stdnum.gb import nhs, upn, utr

from redaction.find import checks


@given(st.integers(0, 10**10 - 1))
def test_nhs_numbers_agree_with_stdnum(number):
    """The NHS check digit agrees with python-stdnum on any ten digits."""
    text = f"{number:010d}"
    assert checks.nhs_number(text) == nhs.is_valid(text)


@given(st.integers(0, 10**10 - 1))
def test_tax_references_agree_with_stdnum(number):
    """The UTR check digit agrees with python-stdnum on any ten digits."""
    text = f"{number:010d}"
    assert checks.utr(text) == utr.is_valid(text)


@given(st.sampled_from("ABCDEFGHJKLMNPQRTUVWXYZ"), st.integers(80 * 10**10, 95 * 10**10))
def test_pupil_numbers_never_refuse_what_stdnum_accepts(letter, number):
    """A UPN that python-stdnum accepts passes, whatever its area code."""
    text = f"{letter}{number:012d}"
    if upn.is_valid(text):
        assert checks.upn(text)


def test_national_insurance_prefixes():
    """Prefixes HMRC never gives are refused."""
    assert checks.nino("QQ 12 34 56 C") is False
    assert checks.nino("AB 12 34 56 C") is True
    assert checks.nino("GB123456A") is False


def test_phone_numbers_compare_nationally():
    """International and national writings of one phone number compare equal."""
    assert checks.phone_digits("+44 (0)7700 900123") == checks.phone_digits("07700-900-123")
