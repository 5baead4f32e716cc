from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.gb import nhs as oracle_nhs
from stdnum.gb import upn as oracle_upn

from rights.identity import numbers


@given(st.from_regex(r"\A[0-9]{10}\Z"))
def test_nhs_numbers_agree_with_the_library(text):
    """Modulus 11 as python-stdnum computes it; repeated digits are never a number."""
    expected = oracle_nhs.is_valid(text) and len(set(text)) > 1
    assert bool(numbers.nhs_number(text)) == expected


@given(st.from_regex(r"\A[A-Z][0-9]{12}\Z"))
def test_upns_agree_with_the_library_on_permanent_ones(text):
    """The check letter is that of python-stdnum wherever that knows the local authority."""
    if oracle_upn.is_valid(text):
        assert numbers.upn(text) == text


def test_a_upn_with_a_wrong_check_letter_is_missing():
    """One letter off and the number says nothing."""
    assert numbers.upn("C836681687851") == "C836681687851"
    assert numbers.upn("D836681687851") == ""


@pytest.mark.parametrize(
    ("text", "value"),
    [("AB 12 34 56 C", "AB123456"), ("BG123456A", ""), ("QQ123456C", ""), ("AB12345", "")],
)
def test_national_insurance_numbers_follow_the_prefix_rules(text, value):
    """Prefixes that are never issued are refused; the suffix is left out."""
    assert numbers.nino(text) == value


def test_places():
    """Postcode and house come out of addresses as they are written."""
    assert numbers.postcode("Flat 2\n14b High St\nBarrow la14 2pq") == "LA142PQ"
    assert numbers.house("Flat 2, 14b High St, LA14 2PQ") == "2/14b"
    assert numbers.phones("+44 (0)7700 900 123") == ["7700900123"]
    assert numbers.phones("M: 07700900125 H: 01788 555010 ext 12") == ["7700900125", "1788555010"]
    assert numbers.phones("00000000000") == []
    assert numbers.nhs_number("9434765919.0") == "9434765919"
