from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rights.identity import numbers
from rights.identity.compare import compare, compare_names
from rights.identity.normalise import Query, of_query, street_words
from rights.release import PersonName
from rights.sources.model import Address


def levels(one, other):
    """The levels two queries reach."""
    return {c.field: c.level for c in compare(of_query(one), of_query(other))}


@pytest.mark.parametrize(
    ("one", "other", "forename", "surname"),
    [
        (("Kasia", "Nowak"), ("Katarzyna", "Nowak"), "variant", "exact"),
        (("Łukasz", "Wójcik"), ("Lukasz", "Wojcik"), "exact", "exact"),
        (("Anna", "Kowalska"), ("Anna", "Kowalski"), "exact", "exact"),
        (("Mohammed", "Hussain"), ("Muhammad", "Hussein"), "variant", "variant"),
        (("Siobhán", "O'Brien"), ("Shiv", "O Brien"), "variant", "exact"),
        (("Ffion", "Mc Donald"), ("Ffion", "McDonald"), "exact", "exact"),
        (("Layla", "Al-Hassan"), ("Layla", "Hassan"), "exact", "exact"),
        (("Sara h", "Reid"), ("Sarah", "Ried"), "exact", "close"),
        (("J", "Reid"), ("James", "Reid"), "initial", "exact"),
        (("Mary Ann", "Reid"), ("Ann", "Reid"), "middle", "exact"),
        (("Amina", "Begum"), ("Amina", "Khatun"), "exact", "weak"),
        (("Jo", "Smith-Jones"), ("Jo", "Jones"), "exact", "shared_part"),
        (("James", "Laverty"), ("Lavety", "Jamds"), "swapped", "swapped"),
        (("Garnett", "Raquel"), ("Raquel", "Lodge"), "crossed", "crossed"),
        (("Nana", "Mensah"), ("Nana", "Mensah"), "exact", "exact"),
    ],
)
def test_names_are_compared_as_clerks_and_families_write_them(one, other, forename, surname):
    """Variants, spellings, particles, initials, slips and changed places each have their level."""
    found = compare_names(PersonName(*one), PersonName(*other))
    assert found.forename is not None
    assert found.surname is not None
    assert (found.forename.level, found.surname.level) == (forename, surname)


@pytest.mark.parametrize("text", ["Baby", "Unborn", "Twin 1", "Unknown"])
def test_a_placeholder_is_no_forename(text):
    """What stands for a name that is not known is missing."""
    assert compare_names(PersonName(text, "Reid"), PersonName(text, "Reid")).forename is None


@pytest.mark.parametrize(
    ("held", "level"),
    [
        ((2010, 3, 4), "exact"),
        ((2010, 4, 3), "swapped"),
        ((2010, 3, 14), "one_digit"),
        ((2010, 1, 1), "default_year"),
        ((2011, 3, 4), "one_digit"),
        ((2021, 3, 4), "two_parts"),
        ((2012, 9, 9), "different"),
        ((1980, 7, 21), "generation"),
    ],
)
def test_dates_of_birth(held, level):
    """Each way in which a date is keyed wrongly has its level."""
    one, other = Query(dobs=(dt.date(2010, 3, 4),)), Query(dobs=(dt.date(*held),))
    assert levels(one, other) == {"date_of_birth": level}


def test_a_day_that_systems_fill_in_is_no_date_of_birth():
    """1 January 1900 is missing, not a date that many share."""
    day = Query(dobs=(dt.date(1900, 1, 1),))
    assert levels(day, day) == {}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("8 Mill Rd", "LA14 2PQ"), ("8 Mill Road", "la142pq"), {"address": "same_house"}),
        (("8 Mill Rd", "LA14 2PQ"), ("9 Abbey Rd", "LA1 1AA"), {"address": "different"}),
        (("", "LA14 2PQ"), ("", "LA14 2PX"), {"address": "sector"}),
        (("", "LAI4 2PQ"), ("", "LA14 2PQ"), {"address": "same_postcode"}),
        (("", "LA14"), ("", "LA14 2PQ"), {"address": "outcode"}),
        (("", "4223"), ("", "4223"), {"address": "same_postcode"}),
        (("", "4223"), ("", "4232"), {"address": "turned"}),
        (("", "4223"), ("", "4228"), {"address": "near_code"}),
        (("8 Stanley Street, Miami", ""), ("8 Stanley St, Miami", ""), {"street": "same_house"}),
        (
            ("7 Cope Place, Dover", "6774"),
            ("7 Copeplace, Dover", "6714"),
            {"address": "near_code", "street": "part"},
        ),
        (("London", ""), ("Lonodn", ""), {"street": "alike"}),
        (
            ("8 Mill Rd", "LA14 2PQ"),
            ("8 Mill Rd", "LA15 2PX"),
            {"address": "different", "street": "same_house"},
        ),
    ],
)
def test_addresses_of_any_country(one, other, expected):
    """Postcodes of another country are postcodes; words count where the postcode does not."""
    found = levels(Query(addresses=(Address(*one),)), Query(addresses=(Address(*other),)))
    assert found == expected


def test_numbers_with_and_without_a_check_rule():
    """A number with a check digit agrees or not; one without may be a slip apart."""

    def ask(number):
        return Query(identifiers=(("social_security", number),))

    assert levels(ask("5304218"), ask("5304218")) == {"other_number": "equal"}
    assert levels(ask("5304218"), ask("5304281")) == {"other_number": "close"}
    assert levels(ask("5304218"), ask("9999111")) == {"other_number": "conflict"}
    one, other = Query(nhs=("9434765919",)), Query(nhs=("9434765870",))
    assert levels(one, other) == {"nhs": "conflict"}
    assert levels(one, Query(nhs=("9434765918",))) == {}


def test_phones_and_emails():
    """The same, a slip apart, the same name at another provider, or different."""
    email = Query(emails=("evie.dean56@harris.net",))
    assert levels(email, Query(emails=("EVIE.DEAN56@harris.net",))) == {"email": "equal"}
    assert levels(email, Query(emails=("evihd.ean56@harris.net",))) != {"email": "equal"}
    assert levels(email, Query(emails=("evie.dean56@other.org",))) == {"email": "same_box"}
    phone = Query(phones=("+44 7700 900123",))
    assert levels(phone, Query(phones=("07700 900123",))) == {"phone": "equal"}
    assert levels(phone, Query(phones=("07700 900132",))) == {"phone": "close"}


@given(st.text(max_size=30), st.text(max_size=12))
def test_hostile_addresses_are_compared_with_themselves(text, code):
    """Whatever stands in an address, it never differs from itself and nothing breaks."""
    query = Query(addresses=(Address(text, code),))
    assert "different" not in levels(query, query).values()
    assert all(street_words(text))


@given(st.text(max_size=14))
def test_a_postcode_column_gives_a_postcode_or_nothing(text):
    """A code from the column is compact, and reads the same a second time."""
    code = numbers.postcode_field(text)
    assert code == numbers.compact(code)
    assert not code or numbers.postcode_field(code) == code


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        (("Muhammad Ibrahim", "Khan"), ("Muhammad Yusuf", "Khan"), "different"),
        (("Amy Louise", "Reid"), ("Amy Luise", "Reid"), "same"),
        (("Amy Louise", "Reid"), ("Amy L", "Reid"), "initial"),
        (("Amy Louise", "Reid"), ("Amy", "Reid"), None),
        # By custom beside any forename, or the surname before marriage.
        (("Amina Bibi", "Shah"), ("Amina Noor", "Shah"), None),
        (("Jane Fletcher", "Reid"), ("Jane Ann", "Fletcher"), None),
        (("Mary Ann", "Reid"), ("Ann Jane", "Reid"), None),
    ],
)
def test_middle_names_are_compared_where_both_sides_have_any(one, other, level):
    """What stands among the forenames by custom, or as a former surname, says nothing."""
    found = compare_names(PersonName(*one), PersonName(*other)).middle
    assert (found.level if found else None) == level
