"""What `rights identity compare-names` says."""

from __future__ import annotations

import pytest

from rights.identity.compare import compare
from rights.identity.explain import names_as_text
from rights.identity.normalise import Query, of_query
from rights.release import PersonName


def test_two_names_are_compared_for_a_person_to_read():
    """Level, values, tradition of a variant, and bits that add up."""
    text = names_as_text(PersonName("Kasia Ewa", "Nowak"), PersonName("Katarzyna Maria", "Nowak"))
    lines = text.splitlines()
    assert "forename: a known variant" in text
    assert "Kasia Ewa; Katarzyna Maria (Polish names)" in text
    assert "middle name: different" in text
    assert "surname: the same" in text
    bits = [tuple(map(float, line.split()[-2:])) for line in lines if "+" in line or "-" in line]
    *parts, together = bits
    for side in range(2):
        assert sum(part[side] for part in parts) == pytest.approx(together[side], abs=0.02)


def test_what_is_missing_is_said():
    """A placeholder or a missing name is told, not taken for a difference."""
    text = names_as_text(PersonName("Baby", "Reid"), PersonName("Amy", "Reid"))
    assert "forename: not given on both sides" in text
    assert "forename: different" not in text


@pytest.mark.parametrize(
    ("one", "other"),
    [("Bob", "Robert"), ("Gosia", "Małgorzata"), ("Nasrin", "Nasreen"), ("Leila", "Layla"),
     ("Neve", "Niamh"), ("Dai", "Dafydd"), ("Hamish", "Seumas")],
)  # fmt: skip
def test_every_tradition_has_its_variants(one, other):
    """British, Polish, South Asian, Arabic, Irish, Welsh and Scottish forms are one name's."""
    (found,) = compare(
        of_query(Query(names=(PersonName(one, ""),))),
        of_query(Query(names=(PersonName(other, ""),))),
    )
    assert found.level == "variant"
