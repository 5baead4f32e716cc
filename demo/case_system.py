"""The children's case system, as a SQLite database in the shape of Mosaic's reporting tables."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable, Sequence

from demo.made import Made
from demo.people import Someone, load_data
from demo.prose import Told
from demo.strangers import Stranger

PATH = "systems/case_system.sqlite"
SOURCE = "case_system"

_TABLES = {
    "DM_PERSONS": "PERSON_ID TEXT PRIMARY KEY, SSDA903_ID TEXT, NHS_ID TEXT, UPN_ID TEXT,"
    " FORMER_UPN_ID TEXT, FULL_NAME TEXT, TITLE TEXT, FIRST_NAME TEXT, LAST_NAME TEXT,"
    " DATE_OF_BIRTH TEXT, DATE_OF_DEATH TEXT, GENDER TEXT, RESTRICTED TEXT, EMAIL_ADDRESS TEXT,"
    " CONTEXT_FLAG TEXT, CURRENT_ROLE TEXT",
    "DM_PERSON_NAMES": "PERSON_NAME_ID INTEGER PRIMARY KEY, PERSON_ID TEXT, FIRST_NAME TEXT,"
    " LAST_NAME TEXT, NAME_TYPE TEXT, START_DATE TEXT, END_DATE TEXT",
    "DM_ADDRESSES": "REF_ADDRESSES_PEOPLE_ID INTEGER PRIMARY KEY, PERSON_ID TEXT,"
    " START_DATE TEXT, END_DATE TEXT, ADDRESS TEXT, POST_CODE TEXT, ADDRESS_TYPE TEXT,"
    " IS_DISPLAY_ADDRESS TEXT",
    "DM_TELEPHONE_NUMBERS": "TELEPHONE_NUMBER_ID INTEGER PRIMARY KEY, PERSON_ID TEXT,"
    " TELEPHONE_NUMBER TEXT, TELEPHONE_NUMBER_TYPE TEXT",
    "DM_PERSONAL_RELATIONSHIPS": "PERSONAL_RELATIONSHIP_ID INTEGER PRIMARY KEY, PERSON_ID TEXT,"
    " OTHER_PERSON_ID TEXT, RELATIONSHIP TEXT, FAMILY_CATEGORY TEXT, IS_MOTHER TEXT,"
    " START_DATE TEXT, END_DATE TEXT",
    "CASE_NOTES": "ID INTEGER PRIMARY KEY, PERSON_ID TEXT, TITLE TEXT, NOTE TEXT, NOTE_TYPE TEXT,"
    " EFFECTIVE_DATE TEXT, CREATED_ON TEXT, CREATED_BY TEXT, COPY_OF_CASE_NOTE_ID INTEGER,"
    " STATE TEXT, PROCESSING_STOPPED TEXT, STOPPED_FOR TEXT",
    "CASE_NOTE_STATEMENTS": "ID INTEGER PRIMARY KEY, CASE_NOTE_ID INTEGER, PERSON_ID TEXT,"
    " STATEMENT TEXT, MADE_BY TEXT, ADDED_ON TEXT, ADDED_FOR TEXT",
    "WORKERS": "ID TEXT PRIMARY KEY, FIRST_NAMES TEXT, LAST_NAMES TEXT, ROLE TEXT, TEAM TEXT,"
    " EMAIL TEXT, ORGANISATION TEXT",
    "PERSON_WORKERS": "PERSON_ID TEXT, WORKER_ID TEXT, START_DATE TEXT, END_DATE TEXT",
    "DOCUMENTS": "ID INTEGER PRIMARY KEY, PERSON_ID TEXT, FILE_NAME TEXT, TITLE TEXT,"
    " DOC_DATE TEXT",
    "WARNINGS": "PERSON_ID TEXT, CODE TEXT, START_DATE TEXT, END_DATE TEXT",
}

_RELATIONS = (
    # person, other, what other is to person, category
    ("subject", "mum", "mother", "Family"),
    ("subject", "father", "father", "Family"),
    ("subject", "twin", "twin", "Family"),
    ("subject", "brother", "full sibling", "Family"),
    ("subject", "stepdad", "stepfather", "Family"),
    ("subject", "gran", "maternal grandmother", "Family"),
    ("subject", "carer1", "foster carer", "Carer"),
    ("subject", "carer2", "foster carer", "Carer"),
    ("subject", "child", "child in same placement", "Other"),
    ("subject", "neighbour", "referrer", "Other"),
    ("twin", "subject", "twin", "Family"),
    ("twin", "mum", "mother", "Family"),
    ("twin", "father", "father", "Family"),
    ("twin", "stepdad", "stepfather", "Family"),
    ("brother", "father", "father", "Family"),
    ("brother", "mum", "mother", "Family"),
    ("brother", "subject", "full sibling", "Family"),
    ("mum", "stepdad", "ex-partner", "Family"),
    ("mum", "gran", "mother", "Family"),
    ("child", "carer1", "foster carer", "Carer"),
)


def _stamp(day: dt.date | None) -> str | None:
    return f"{day.isoformat()}T00:00:00Z" if day else None


class CaseSystem:
    """Writes the database row by row, numbering as it goes."""

    def __init__(self, made: Made, strangers: Sequence[Stranger]) -> None:
        self.made = made
        self.strangers = strangers
        path = made.out / PATH
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        self.db = sqlite3.connect(path)
        for table, columns in _TABLES.items():
            self.db.execute(f"CREATE TABLE {table} ({columns})")
        self._numbers = dict.fromkeys(_TABLES, 0)
        self._numbers["CASE_NOTES"] = 900100

    def close(self) -> None:
        """Ends the writing."""
        self.db.commit()
        self.db.execute("VACUUM")
        self.db.close()

    def insert(self, table: str, values: Iterable[object]) -> None:
        """One row, in the order of the table's columns."""
        row = tuple(values)
        marks = ", ".join("?" * len(row))
        self.db.execute(f"INSERT INTO {table} VALUES ({marks})", row)

    def number(self, table: str) -> int:
        """The next row number of a table."""
        self._numbers[table] += 1
        return self._numbers[table]

    def write(self) -> None:
        """Everything but the index of documents, which follows once they are made."""
        story = self.made.story
        for person in story.people.values():
            if person.person_id:
                self._someone(person)
            else:
                self._worker(person)
        for stranger in self.strangers:
            self._stranger(stranger)
        self._second_record()
        for row in _RELATIONS:
            self._relation(*row)
        self._involvements()
        for key, code in (
            ("mum", "whereabouts withheld"),
            ("stepdad", "risk of violence"),
            ("neighbour", "identity of referrer protected"),
        ):
            start = _stamp(story.at(12.12 if key == "mum" else 9.31))
            self.insert("WARNINGS", (story.people[key].person_id, code, start, None))
        self._notes()

    def document(self, person: str, file_name: str, title: str, date: dt.date) -> None:
        """A row of the index of scanned and attached files."""
        person_id = self.made.story.people[person].person_id
        number = self.number("DOCUMENTS")
        self.insert("DOCUMENTS", (number, person_id, file_name, title, _stamp(date)))

    def _someone(self, person: Someone) -> None:
        child = person.key in ("subject", "twin", "brother", "child")
        restricted = "Y" if person.protected else "N"
        ids = person.identifiers
        self.insert("DM_PERSONS", (
            person.person_id, f"S{person.person_id}" if child and person.key != "brother" else None,
            ids.get("nhs"), ids.get("upn"), None, person.full, person.title or None,
            person.forename, person.surname, _stamp(person.born), None, person.sex, restricted,
            person.email or None, "C" if child else "A",
            "Child" if child else person.relation.removeprefix("your "),
        ))  # fmt: skip
        for surname, forename, kind in (
            (person.former_surname, person.forename, "former"),
            (person.surname if person.nick else "", person.nick, "known as"),
        ):
            if surname:
                number = self.number("DM_PERSON_NAMES")
                self.insert("DM_PERSON_NAMES", (
                    number, person.person_id, forename, surname, kind, None, None,
                ))  # fmt: skip
        for label, address in person.addresses.items():
            kind = {"foster": "Placement", "placement2": "Placement"}.get(label, "Home")
            self.insert("DM_ADDRESSES", (
                self.number("DM_ADDRESSES"), person.person_id, _stamp(address.since),
                _stamp(address.until), address.line, address.postcode, kind,
                "N" if person.protected else "Y",
            ))  # fmt: skip
        for phone in filter(None, (person.phone, person.new_phone)):
            kind = "Mobile" if phone.startswith("07") else "Home"
            number = self.number("DM_TELEPHONE_NUMBERS")
            self.insert("DM_TELEPHONE_NUMBERS", (number, person.person_id, phone, kind))
        self.made.record(SOURCE, person.person_id, person.key)

    def _worker(self, person: Someone) -> None:
        self.insert("WORKERS", (
            person.worker_id, person.forename, person.surname, person.job, person.team,
            person.email, person.organisation,
        ))  # fmt: skip

    def _stranger(self, person: Stranger) -> None:
        self.insert("DM_PERSONS", (
            person.person_id, None, person.nhs, person.upn, None,
            f"{person.forename} {person.surname}", None, person.forename, person.surname,
            _stamp(person.born), None, person.sex, "N", None, "C", "Child",
        ))  # fmt: skip
        self.insert("DM_ADDRESSES", (
            self.number("DM_ADDRESSES"), person.person_id, None, None, person.address.line,
            person.address.postcode, "Home", "Y",
        ))  # fmt: skip
        self.made.record(SOURCE, person.person_id, "", person.why)

    def _second_record(self) -> None:
        """The out-of-hours team once opened a second record under the name in daily use."""
        subject = self.made.story.subject
        home = subject.addresses["home2"]
        person_id = str(int(subject.person_id) + 70000)
        self.insert("DM_PERSONS", (
            person_id, None, None, None, None, f"{subject.nick} {subject.surname}", None,
            subject.nick, subject.surname, _stamp(subject.born), None, subject.sex, "N", None,
            "C", "Child",
        ))  # fmt: skip
        self.insert("DM_ADDRESSES", (
            self.number("DM_ADDRESSES"), person_id, _stamp(self.made.story.at(9.9)), None,
            home.line, home.postcode, "Home", "Y",
        ))  # fmt: skip
        self.insert("DM_TELEPHONE_NUMBERS", (
            self.number("DM_TELEPHONE_NUMBERS"), person_id, self.made.story.people["mum"].phone,
            "Mobile",
        ))  # fmt: skip
        self.made.record(SOURCE, person_id, "subject", "second record under the short name")
        told = self.made.teller.tell(
            "Out of hours. Call from {police.mrfull} at 23:50. {subject.nick} {subject.last} and "
            "{twin.nick} seen safe and well at the address. {mum.mr} said that {stepdad.nick} had "
            "gone out. No further action tonight; day team to follow up.",
            self.made.story.at(9.9),
        )
        self._note(person_id, "Emergency duty team", "Out of hours", 9.9, "sw1", told, ("subject",))

    def _relation(self, key: str, other: str, relation: str, category: str) -> None:
        people = self.made.story.people
        self.insert("DM_PERSONAL_RELATIONSHIPS", (
            self.number("DM_PERSONAL_RELATIONSHIPS"), people[key].person_id,
            people[other].person_id, relation, category,
            "Y" if relation == "mother" else "N", None, None,
        ))  # fmt: skip

    def _involvements(self) -> None:
        story = self.made.story
        spans = {
            "sw1": (9.31, 10.5), "sw2": (10.5, 16.5), "pa": (16.5, None), "manager": (9.31, 16.0),
            "iro": (9.4, 18.2), "fsw": (9.42, 13.0), "ssw": (10.4, 18.2), "hv": (0.1, 5.0),
            "gp": (0.1, None), "nurse": (10.5, 18.0), "teacher": (9.0, 11.4), "head": (11.4, 16.5),
            "police": (9.31, 13.0), "solicitor": (9.7, 11.0), "volunteer": (14.4, 18.2),
        }  # fmt: skip
        for key, (start, end) in spans.items():
            worker = story.people[key].worker_id
            for child in ("subject", "twin"):
                self.insert("PERSON_WORKERS", (
                    story.people[child].person_id, worker, _stamp(story.at(start)),
                    _stamp(story.at(end)) if end else None,
                ))  # fmt: skip

    def _notes(self) -> None:
        made, data = self.made, load_data("notes")
        subject_id = made.story.subject.person_id
        copied: dict[str, tuple[int, Told]] = {}
        for note in data["notes"]:
            told = made.teller.tell(note["text"], made.story.at(note["age"]))
            copy_of = None
            if origin := note.get("copy"):
                copy_of = self._note(
                    made.story.people[origin].person_id, note["title"], note["type"], note["age"],
                    note["by"], told, (origin,),
                )  # fmt: skip
                copied[note["id"]] = (copy_of, told)
            self._note(
                subject_id, note["title"], note["type"], note["age"], note["by"], told,
                ("subject",), copy_of,
            )  # fmt: skip
        self._everyday(data["banks"], subject_id)
        for key, count in (("twin", 5), ("brother", 2), ("child", 3)):
            for index in range(count):
                self._other_note(key, 10.6 + index * 0.5)
        for stranger in self.strangers[:60]:
            told = made.teller.tell(
                f"Seen at home. {stranger.forename} {stranger.surname} is well. "
                "<No concerns today.|Health visitor to review.|School attendance good.>",
                made.story.at(10),
            )
            self._note(
                stranger.person_id, "Visit", "Home visit", 9 + made.rng.random() * 3, "sw2",
                told, (),
            )  # fmt: skip

    def _everyday(self, banks: dict[str, list[str]], subject_id: str) -> None:
        for bank, title, kind, by, ages in (
            ("visit", "Statutory visit", "Statutory visit", "sw2",
             (10.8, 11.0, 11.7, 12.0, 13.1, 14.0, 15.2, 15.9)),
            ("log", "Foster carer's log", "Carer's log", "ssw",
             (10.7, 11.1, 11.6, 12.7, 13.8, 14.6)),
        ):  # fmt: skip
            for age in ages:
                lines = self.made.rng.sample(banks[bank], self.made.rng.randrange(4, 7))
                told = self.made.teller.tell("\n".join(lines), self.made.story.at(age))
                self._note(subject_id, title, kind, age, by, told, ("subject",))

    def _other_note(self, key: str, age: float) -> None:
        told = self.made.teller.tell(
            f"Visit to {{{key}.full}}. <{{{key}.first}} was in good spirits|{{{key}.first}} did "
            f"not want to talk today>. {{{key}.He}} asked about <school|money|the weekend>.",
            self.made.story.at(age),
        )
        person_id = self.made.story.people[key].person_id
        self._note(person_id, "Visit", "Statutory visit", age, "sw2", told, (key,))

    def _note(
        self,
        person_id: str,
        title: str,
        kind: str,
        age: float,
        by: str,
        told: Told,
        subjects: tuple[str, ...],
        copy_of: int | None = None,
    ) -> int:
        number = self.number("CASE_NOTES")
        day = self.made.story.at(age)
        self.insert("CASE_NOTES", (
            number, person_id, title, told.text, kind, _stamp(day),
            _stamp(day + dt.timedelta(days=1)), self.made.story.people[by].worker_id, copy_of,
            "Completed", "N", None,
        ))  # fmt: skip
        if subjects:
            self.made.document(SOURCE, str(number), PATH, title, day, told, subjects=subjects)
        return number
