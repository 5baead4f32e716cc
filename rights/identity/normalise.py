"""One normal form for what is asked and for what is held, so that they can be compared."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from rights.identity import numbers
from rights.identity.birth import read_rough, read_year
from rights.names import PARTICLES, SUFFIXES, TITLES, fold, is_placeholder, name_tokens
from rights.release import PersonName
from rights.sources.model import Address, SourcePerson


@dataclass(frozen=True, slots=True)
class Query:
    """Everything that is known about the person to be found. Personal data.

    Attributes:
        names: All names, former ones and aliases too.
        dobs: The date of birth; more than one when records are known to differ.
        sex: 'M', 'F' or ''.
        addresses: Present and past addresses.
        postcodes: Postcodes known without the rest of the address.
        identifiers: Other numbers, as pairs of kind and value.
        born: Dates of birth known in part, as written: "1985", "05/1985", "about 1985".
    """

    names: tuple[PersonName, ...] = ()
    dobs: tuple[dt.date, ...] = ()
    sex: str = ""
    addresses: tuple[Address, ...] = ()
    postcodes: tuple[str, ...] = ()
    nhs: tuple[str, ...] = ()
    upn: tuple[str, ...] = ()
    nino: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    born: tuple[str, ...] = ()


@dataclass(frozen=True)
class Norm:
    """Normalised facts about one person. Placeholders and invalid numbers are missing.

    Attributes:
        forenames: For each name its forename tokens in order.
        surnames: Distinct surnames, each as its tokens without particles.
        rough: Dates of birth known in part, as `birth.read_rough` gives them.
        places: Pairs of postcode and house number.
        streets: For each address its house number, '' when it has none, and its telling words.
        numbers: Pairs of kind and valid number.
        unnamed: A placeholder stands where the forename should be.
    """

    forenames: tuple[tuple[str, ...], ...] = ()
    surnames: tuple[tuple[str, ...], ...] = ()
    dobs: tuple[dt.date, ...] = ()
    expected: dt.date | None = None
    sex: str = ""
    postcodes: tuple[str, ...] = ()
    places: tuple[tuple[str, str], ...] = ()
    streets: tuple[tuple[str, ...], ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    unnamed: bool = False
    restricted: bool = False
    adopted: bool = False
    rough: tuple[str, ...] = ()

    @cached_property
    def first_names(self) -> frozenset[str]:
        """Every first forename."""
        return frozenset(tokens[0] for tokens in self.forenames)

    @cached_property
    def surname_tokens(self) -> frozenset[str]:
        """Every word of every surname."""
        return frozenset(token for tokens in self.surnames for token in tokens)

    @cached_property
    def whole_forenames(self) -> frozenset[str]:
        """Every first forename, and the forenames written as one word."""
        return self.first_names | {"".join(tokens) for tokens in self.forenames}

    @cached_property
    def whole_surnames(self) -> frozenset[str]:
        """Every word of every surname, and the surnames written as one word."""
        return self.surname_tokens | {"".join(tokens) for tokens in self.surnames}

    def number(self, kind: str) -> frozenset[str]:
        """Valid numbers of one kind."""
        return frozenset(value for found, value in self.numbers if found == kind)


_no_name = lru_cache(maxsize=20_000)(is_placeholder)


@lru_cache(maxsize=20_000)
def surname_tokens(surname: str) -> tuple[str, ...]:
    """Words of a surname without particles, feminine Polish endings made masculine.

    >>> surname_tokens("Kowalska"), surname_tokens("van der Berg")
    (('kowalski',), ('berg',))
    """
    tokens = _joined(name_tokens(surname))
    kept = tuple(token for token in tokens if token not in PARTICLES | SUFFIXES) or tokens
    return tuple(
        token[:-1] + "i" if token.endswith(("ska", "cka", "dzka")) and len(token) > 4 else token
        for token in kept
    )


# Prefixes that are part of the word they stand before, whether or not a space is keyed.
_PREFIXES = frozenset(["mc", "mac", "o"])


def _joined(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Words with their prefixes, whether a space was keyed between (Mc Donald, O Brien) or not."""
    out: list[str] = []
    for token in tokens:
        if out and out[-1] in _PREFIXES:
            out[-1] += token
        else:
            out.append(token)
    return tuple(out)


@lru_cache(maxsize=20_000)
def forename_tokens(forenames: str) -> tuple[str, ...]:
    """Words of the forenames without titles and the like, unless one is all there is (Nana)."""
    tokens = name_tokens(forenames)
    return tuple(token for token in tokens if token not in TITLES | SUFFIXES) or tokens


# Days that systems fill in where the date of birth is not known.
_STAND_INS = frozenset(
    dt.date(year, month, day)
    for year, month, day in (
        (1, 1, 1), (1753, 1, 1), (1800, 1, 1), (1899, 12, 30), (1899, 12, 31), (1900, 1, 1),
        (1901, 1, 1), (1970, 1, 1), (9999, 12, 31), (2099, 12, 31),
    )
)  # fmt: skip


_STREETS = {
    "st": "street", "rd": "road", "ave": "avenue", "av": "avenue", "cl": "close", "ct": "court",
    "cres": "crescent", "cr": "crescent", "dr": "drive", "ln": "lane", "gdns": "gardens",
    "gdn": "garden", "pl": "place", "tce": "terrace", "terr": "terrace", "sq": "square",
    "grn": "green", "gr": "grove", "pk": "park", "hse": "house", "bldg": "building",
    "cct": "circuit", "pde": "parade", "hwy": "highway", "mt": "mount",
}  # fmt: skip
# Words that most addresses have, or that only say what kind of line it is.
_PLAIN_WORDS = """
    flat apartment apt unit room no number the of and house floor street road avenue close
    court crescent drive lane gardens place terrace uk england wales united kingdom
"""
_PLAIN = frozenset(_PLAIN_WORDS.split())
_POSTCODE = re.compile(r"\b[A-Za-z]{1,2}[0-9][A-Za-z0-9]?\s*[0-9][A-Za-z]{2}\b")


@lru_cache(maxsize=5_000)
def street_words(text: str) -> tuple[str, ...]:
    """Words that tell one address from another: no numbers, postcode or kind of street.

    >>> street_words("Flat 2, 14b Abbey Rd, Barrow-in-Furness LA14 2PQ")
    ('abbey', 'barrow', 'in', 'furness')
    """
    tokens = (_STREETS.get(token, token) for token in name_tokens(_POSTCODE.sub(" ", text)))
    words = [token for token in tokens if len(token) > 1 and not any(c.isdigit() for c in token)]
    telling = [word for word in words if word not in _PLAIN]
    return tuple(dict.fromkeys(telling or words))


@lru_cache(maxsize=5_000)
def _place(address: Address) -> tuple[str, str]:
    """Postcode and house number; a household's records stand near one another."""
    code = numbers.postcode_field(address.postcode) or numbers.postcode(address.text)
    return code, numbers.house(address.text)


_SEVERAL = re.compile(r"[;|\n]")
_NUMBERS = {"nhs": numbers.nhs_number, "upn": numbers.upn, "nino": numbers.nino}


def _other_number(text: str) -> str:
    value = numbers.compact(text)
    # Zeros, noughts and dashes stand for a number that is not known.
    return value if value.strip("0X") else ""


def _numbers(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    found: dict[tuple[str, str], None] = {}
    for kind, values in pairs:
        # Repeated elements of XML, lists of JSON and careful clerks put several in one cell.
        for value in _SEVERAL.split(values) if _SEVERAL.search(values) else (values,):
            number = _NUMBERS[kind](value) if kind in _NUMBERS else _other_number(value)
            if number:
                found[kind, number] = None
    return tuple(found)


def _rough(born: Iterable[str]) -> tuple[str, ...]:
    """What is known of dates of birth that are not whole, or cannot be."""
    known = (read_rough(text) or read_year(text) for text in born)
    return tuple(dict.fromkeys(filter(None, known)))


def _norm(
    names: Iterable[PersonName],
    addresses: Iterable[Address],
    pairs: Iterable[tuple[str, str]],
    phones: Iterable[str],
    emails: Iterable[str],
    *,
    dobs: tuple[dt.date, ...],
    born: tuple[str, ...],
    sex: str,
    expected: dt.date | None = None,
    restricted: bool = False,
    warnings: tuple[str, ...] = (),
) -> Norm:
    forenames: dict[tuple[str, ...], None] = {}
    surnames: dict[tuple[str, ...], None] = {}
    unnamed = False
    for name in names:
        if _no_name(name.forenames):
            unnamed = unnamed or bool(name.forenames.strip())
        elif tokens := forename_tokens(name.forenames):
            forenames[tokens] = None
        if not _no_name(name.surname) and (tokens := surname_tokens(name.surname)):
            surnames[tokens] = None
    postcodes: dict[str, None] = {}
    places: dict[tuple[str, str], None] = {}
    streets: dict[tuple[str, ...], None] = {}
    for address in addresses:
        code, number = _place(address)
        if code:
            postcodes[code] = None
            if number:
                places[code, number] = None
        if words := street_words(address.text):
            streets[number, *words] = None
    folded_emails = (fold(email).text.strip() for email in emails)
    return Norm(
        forenames=tuple(forenames),
        surnames=tuple(surnames),
        dobs=tuple(day for day in dict.fromkeys(dobs) if day not in _STAND_INS),
        expected=expected,
        sex=sex,
        postcodes=tuple(postcodes),
        places=tuple(places),
        streets=tuple(streets),
        numbers=_numbers(pairs),
        phones=tuple(dict.fromkeys(one for text in phones for one in numbers.phones(text))),
        emails=tuple(dict.fromkeys(e for e in folded_emails if "@" in e)),
        unnamed=unnamed and not forenames,
        restricted=restricted,
        adopted=any("adopt" in warning.casefold() for warning in warnings),
        rough=_rough(born) if born else (),
    )


def of_person(person: SourcePerson) -> Norm:
    """The normal form of a source's record."""
    return _norm(
        person.names,
        person.addresses,
        person.identifiers,
        person.phones,
        person.emails,
        dobs=(person.dob,) if person.dob else (),
        born=(person.dob_text,) if person.dob_text else (),
        sex=person.sex,
        expected=person.expected_dob,
        restricted=person.restricted,
        warnings=person.warnings,
    )


def of_query(query: Query) -> Norm:
    """The normal form of what is asked."""
    pairs = [("nhs", v) for v in query.nhs] + [("upn", v) for v in query.upn]
    pairs += [("nino", v) for v in query.nino] + list(query.identifiers)
    addresses = [*query.addresses, *(Address("", code) for code in query.postcodes)]
    return _norm(
        query.names,
        addresses,
        pairs,
        query.phones,
        query.emails,
        dobs=query.dobs,
        born=query.born,
        sex=query.sex,
    )


def merge(one: Norm, others: Iterable[Norm]) -> Norm:
    """`one` with the names, places, numbers and contacts of `others` added."""
    parts = [one, *others]
    return Norm(
        forenames=tuple(dict.fromkeys(x for part in parts for x in part.forenames)),
        surnames=tuple(dict.fromkeys(x for part in parts for x in part.surnames)),
        dobs=tuple(dict.fromkeys(x for part in parts for x in part.dobs)),
        sex=one.sex or next((part.sex for part in parts if part.sex), ""),
        postcodes=tuple(dict.fromkeys(x for part in parts for x in part.postcodes)),
        places=tuple(dict.fromkeys(x for part in parts for x in part.places)),
        streets=tuple(dict.fromkeys(x for part in parts for x in part.streets)),
        numbers=tuple(dict.fromkeys(x for part in parts for x in part.numbers)),
        phones=tuple(dict.fromkeys(x for part in parts for x in part.phones)),
        emails=tuple(dict.fromkeys(x for part in parts for x in part.emails)),
        rough=tuple(dict.fromkeys(x for part in parts for x in part.rough)),
    )


def counted(norm: Norm) -> Iterator[tuple[str, str]]:
    """What the index counts of a record: (kind, value), the kinds that comparisons ask for."""
    yield from (("forename", name) for name in norm.first_names)
    yield from (("surname", token) for token in norm.surname_tokens)
    yield from (("postcode", code) for code in norm.postcodes)
    yield from (("place", f"{code} {number}") for code, number in norm.places)
    yield from (("word", word) for word in {word for line in norm.streets for word in line[1:]})


def street_pairs(norm: Norm) -> Iterator[tuple[str, str]]:
    """Pairs of words by which an address is found that has no British postcode.

    Neighbouring words, so that a slip in one leaves other pairs; the number with the first.
    """
    if not norm.streets or any(numbers.inward(code) for code in norm.postcodes):
        return
    for number, *words in norm.streets:
        yield from pairwise(words)
        if number:
            yield from ((number, word) for word in words[:2])
