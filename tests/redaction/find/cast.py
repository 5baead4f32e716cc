"""A small invented cast for the finder's tests."""

import datetime as dt

from redaction.document import Box, Origin, Page, ReadDocument, Word
from rights.release import Person, PersonName, PersonRef, Role


def person(ref: str, role: Role, *names: PersonName, **more) -> Person:
    return Person(PersonRef(ref), role, tuple(names), **more)


CAST = (
    person(
        "P01",
        Role.SUBJECT,
        PersonName("Amy Louise", "Khan"),
        date_of_birth=dt.date(2008, 3, 4),
        addresses=("12 Elm Road, Telford, TF1 2AB",),
        identifiers=(("nhs", "9434765919"),),
    ),
    person(
        "P02",
        Role.PARENT,
        PersonName("Tariq", "Khan", "Mr"),
        relation="your father",
        phones=("07700 900123",),
    ),
    person(
        "P03",
        Role.PARENT,
        PersonName("Susan", "Smith-Jones", "Mrs"),
        relation="your mother",
        emails=("s.smithjones@example.org",),
    ),
    person(
        "P04",
        Role.PARTNER_OF_PARENT,
        PersonName("Daniel", "Okafor", "Mr"),
        relation="your stepfather",
        date_of_birth=dt.date(1979, 1, 2),
    ),
    person(
        "P05",
        Role.SIBLING,
        PersonName("Daniel", "Okafor"),
        relation="your half brother",
        date_of_birth=dt.date(2010, 5, 6),
    ),
    person("P06", Role.SOCIAL_WORKER, PersonName("Karen", "Lee"), relation="social worker"),
    person(
        "P07",
        Role.RELATIVE,
        PersonName("Grace", "O'Brien"),
        relation="your maternal grandmother",
        addresses=("14 Elm Road, Telford, TF1 2AB",),
    ),
    person("P08", Role.SIBLING, PersonName("Łukasz", "Wiśniewski"), relation="your twin brother"),
)


def document(text: str, *, origin: Origin = Origin.NATIVE, name: str = "d1") -> ReadDocument:
    """One page of words in a made-up fixed-width type: 5.5 points a letter, lines 14 apart."""
    words: list[Word] = []
    start, top = 0, 50.0
    for line in text.split("\n"):
        column = 0
        while column < len(line):
            if line[column].isspace():
                column += 1
                continue
            stop = column
            while stop < len(line) and not line[stop].isspace():
                stop += 1
            edges = tuple(50 + 5.5 * i for i in range(column, stop + 1))
            box = Box(edges[0], top, edges[-1], top + 11)
            words.append(Word(line[column:stop], box, start + column, edges, origin))
            column = stop
        start += len(line) + 1
        top += 14
    page = Page(1, 595, 842, text, tuple(words))
    return ReadDocument(name, "text/plain", name * 8, (page,))
