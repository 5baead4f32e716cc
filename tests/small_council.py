"""A tiny council with known truth: one short file, to take a case down the whole road in seconds.

About nine pages: case notes, a Word file, a PDF with a blank back, an email in a folder, one in a
mailbox, a school record and a photograph. The subject has a twin who lives at the same address, and
a stepfather of the same surname who is held back; next door lives the referrer. All of it is
invented.
"""

from __future__ import annotations

import csv
import random
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
import yaml
from PIL import Image

from demo.identifiers import nhs_number, upn
from demo.mailing import PATH as MAILING
from demo.mailing import Subscriber, write_mailing
from demo.office import WordFile, steady_zip
from demo.pdfs import paragraphs, write_pdf

REPOSITORY = Path(__file__).resolve().parent.parent
SUBJECT, TWIN, MOTHER, STEPFATHER, NEIGHBOUR = "70001", "70002", "70003", "70004", "70005"
WORKER, PUPIL, PUPIL_TWIN = "W1", "a0000001-0001", "a0000001-0002"
HOME, HOME_CODE = "3 Teasel Way, Gullwick", "TS94 2BD"
SAFE, SAFE_CODE = "6 Linden Mews, Easterby", "TS95 2RW"
CALLER, CALLER_CODE = "5 Teasel Way, Gullwick", "TS94 2BE"
STREET, STREET_CODE = "14 Quarry Lane, Fellgate", "TS97 4QN"

FIRST_CALL = (
    "Mrs Edith Crane of 5 Teasel Way, Gullwick TS94 2BE rang and asked that her name is not given. "
    "She hears Darren Holloway shouting at night. Marnie told her that she sleeps with a chair "
    "against the door.\n\n"
    "Marnie Holloway and her twin Tilda live with their mother, Karen Holloway, and their "
    "stepfather, Darren Holloway. Social worker Priya Nair will visit tomorrow."
)
VISIT = (
    "Priya Nair visited 3 Teasel Way. Marnie showed her the shelf where she keeps her shells and "
    "named every one of them. She said she wants to be a vet and to live by the sea.\n\n"
    "Tilda said that she is afraid of Darren. Karen Holloway takes tablets for depression and has "
    "not told the girls.\n\n"
    "Karen has moved with the girls to 6 Linden Mews, Easterby TS95 2RW. Darren must not learn "
    "the address."
)
ASSESSMENT = (
    "This assessment was written by Priya Nair, social worker, for Marnie Holloway.",
    "Marnie is a thoughtful girl who reads to the younger children at lunch. She asked that this "
    "is written down: she was never asked what she wanted, and she wanted to stay with her mum.",
    "Marnie has asthma and was seen by Dr Samuel Boyle at the clinic in March.",
    "Darren Holloway was convicted of assault in 2009. He now lives at 14 Quarry Lane, Fellgate "
    "TS97 4QN.",
    "Marnie had an eye test in May and needs no glasses.",
)
REVIEW = (
    "Present: Priya Nair (social worker), Mrs Alice Penrose (head teacher), PC 4411 Owen Blake.",
    "Mrs Penrose said that Marnie has settled well and came first in the science fair.",
    "Marnie told Mrs Penrose that she was smacked at home.",
    "PC Blake said that Mr Holloway was bailed not to go near the school.",
    "Marnie told the meeting that she would like her own bedroom, with a blue door.",
    "Marnie said that she uses her inhaler by herself now.",
)
MESSAGE = (
    "Dear Priya,\n\nMarnie Holloway was in good spirits today. Tilda Holloway was away: Karen rang "
    "on 01632 960771 to say that she had a cold.\n\nAlice Penrose\n"
)
FOLDER_MESSAGE = (
    "Alice,\n\nthank you. Marnie gave me a drawing of a seal for the office wall. I shall bring "
    "her library card on Monday.\n\nPriya Nair\n"
)

_TABLES: dict[str, Sequence[str]] = {
    "DM_PERSONS": (
        "PERSON_ID", "SSDA903_ID", "NHS_ID", "UPN_ID", "FORMER_UPN_ID", "FULL_NAME", "TITLE",
        "FIRST_NAME", "LAST_NAME", "DATE_OF_BIRTH", "DATE_OF_DEATH", "GENDER", "RESTRICTED",
        "EMAIL_ADDRESS",
    ),
    "DM_PERSON_NAMES": ("PERSON_ID", "FIRST_NAME", "LAST_NAME", "NAME_TYPE"),
    "DM_ADDRESSES": ("PERSON_ID", "ADDRESS", "POST_CODE"),
    "DM_TELEPHONE_NUMBERS": ("PERSON_ID", "TELEPHONE_NUMBER"),
    "DM_PERSONAL_RELATIONSHIPS": (
        "PERSON_ID", "OTHER_PERSON_ID", "RELATIONSHIP", "FAMILY_CATEGORY", "START_DATE", "END_DATE",
    ),
    "CASE_NOTES": (
        "ID", "PERSON_ID", "TITLE", "NOTE", "NOTE_TYPE", "EFFECTIVE_DATE", "CREATED_ON",
        "CREATED_BY", "COPY_OF_CASE_NOTE_ID", "STATE", "PROCESSING_STOPPED", "STOPPED_FOR",
    ),
    "CASE_NOTE_STATEMENTS": (
        "CASE_NOTE_ID", "PERSON_ID", "STATEMENT", "MADE_BY", "ADDED_ON", "ADDED_FOR",
    ),
    "WORKERS": ("ID", "FIRST_NAMES", "LAST_NAMES", "ROLE", "TEAM", "EMAIL", "ORGANISATION"),
    "PERSON_WORKERS": ("PERSON_ID", "WORKER_ID", "START_DATE", "END_DATE"),
    "DOCUMENTS": ("ID", "PERSON_ID", "FILE_NAME", "TITLE", "DOC_DATE"),
    "WARNINGS": ("PERSON_ID", "CODE", "START_DATE", "END_DATE"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SmallTruth:
    """What is true of the tiny council.

    Attributes:
        letter: The request, to be copied into the intake folder.
        people: What an officer types from the request: details of the question 'people'.
        own: (source, key) of the subject's own records.
        others: (source, key) of relatives' records, which no match may take in.
        gone: Strings that no page that is sent may hold.
        stays: Strings that must be readable in the pack.
    """

    letter: Path
    people: dict[str, Any]
    own: frozenset[tuple[str, str]]
    others: frozenset[tuple[str, str]]
    gone: tuple[str, ...]
    stays: tuple[str, ...]


def build(out: Path) -> SmallTruth:
    """Write the systems, folders, mailbox and request letter below `out`; always the same bytes."""
    rng = random.Random(40)
    numbers = {p: (nhs_number(rng), upn(rng)) for p in (SUBJECT, TWIN, MOTHER, STEPFATHER)}
    _case_system(out / "systems" / "case_system.sqlite", numbers)
    _exports(out / "exports", numbers)
    _folders(out / "folders")
    _mailbox(out / "mail" / "team.mbox")
    write_mailing(out / MAILING, [Subscriber(2, "Olive", "Trent", "olive.trent@post.example")])
    letter = out / "requests" / "letter.pdf"
    asked = (
        "Marnie Jade Holloway, born 11 April 2003",
        "20 Harbour View, Gullwick TS90 1AA",
        "Please send me everything that you hold about me.",
    )
    write_pdf(letter, "", paragraphs("", asked))
    return SmallTruth(
        letter=letter,
        people=_people(numbers[SUBJECT][0]),
        own=frozenset({("case_system", SUBJECT), ("school_census", PUPIL)}),
        others=frozenset(
            {("case_system", p) for p in (TWIN, MOTHER, STEPFATHER, NEIGHBOUR)}
            | {("school_census", PUPIL_TWIN)}
        ),
        gone=(
            "Darren", "Crane", "Edith", "Quarry Lane", "Linden Mews", "TS97 4QN", "TS95 2RW",
            "5 Teasel Way", "01632 960771", "takes tablets for depression", numbers[TWIN][0],
        ),
        stays=(
            "Priya Nair", "Penrose", "Samuel Boyle", "Owen Blake", "named every one of them",
            "wants to be a vet and to live by the sea", "with a blue door",
            "she was never asked what she wanted", "a drawing of a seal for the office wall",
        ),
    )  # fmt: skip


def demo_rules() -> dict[str, Any]:
    """The rules by which the demo's officers decide; they fit this family as well."""
    text = (REPOSITORY / "demo" / "decisions.yaml").read_text(encoding="utf-8")
    return yaml.safe_load(text)


def _people(nhs: str) -> dict[str, Any]:
    return {
        "subject": {
            "names": [
                {"forenames": "Marnie Jade", "surname": "Holloway", "kind": "current"},
                {"forenames": "Marnie", "surname": "Ives", "kind": "former"},
            ],
            "date_of_birth": "2003-04-11",
            "addresses": ["20 Harbour View, Gullwick TS90 1AA"],
            "nhs": nhs,
        },
        "requester": "self",
        "recipient": {
            "name": "Marnie Jade Holloway",
            "address": ["20 Harbour View", "Gullwick", "TS90 1AA"],
            "channel": "post",
        },
        "asked_for": "Everything that you hold about me.",
        "protected_facts": ["6 Linden Mews", "Mrs Edith Crane"],
    }


def _case_system(path: Path, numbers: Mapping[str, tuple[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as db:
        for table, columns in _TABLES.items():
            db.execute(f"CREATE TABLE {table} ({', '.join(f'{c} TEXT' for c in columns)})")
        for table, rows in _rows(numbers).items():
            for row in rows:
                marks = ", ".join("?" * len(row))
                db.execute(f"INSERT INTO {table} VALUES ({marks})", row)
    db.close()


def _rows(numbers: Mapping[str, tuple[str, str]]) -> dict[str, Iterable[Sequence[str | None]]]:
    def person(
        key: str, title: str, first: str, last: str, born: str, sex: str
    ) -> Sequence[str | None]:
        nhs, pupil = numbers.get(key, ("", ""))
        return (
            key, None, nhs or None, pupil if key in (SUBJECT, TWIN) else None, None,
            f"{first} {last}", title, first, last, f"{born}T00:00:00Z", None, sex, "N", None,
        )  # fmt: skip

    def note(number: str, title: str, text: str, day: str) -> Sequence[str | None]:
        stamp = f"{day}T00:00:00Z"
        kind, ends = "Contact", "Completed"
        return (number, SUBJECT, title, text, kind, stamp, stamp, WORKER, None, ends, "N", None)

    since = "2012-02-01T00:00:00Z"
    return {
        "DM_PERSONS": (
            person(SUBJECT, "Miss", "Marnie Jade", "Holloway", "2003-04-11", "F"),
            person(TWIN, "Miss", "Tilda Rose", "Holloway", "2003-04-11", "F"),
            person(MOTHER, "Mrs", "Karen", "Holloway", "1979-08-02", "F"),
            person(STEPFATHER, "Mr", "Darren", "Holloway", "1976-01-23", "M"),
            person(NEIGHBOUR, "Mrs", "Edith", "Crane", "1941-12-05", "F"),
        ),
        "DM_PERSON_NAMES": (
            (SUBJECT, "Marnie", "Ives", "former"),
            (TWIN, "Tilda", "Ives", "former"),
        ),
        "DM_ADDRESSES": (
            (SUBJECT, HOME, HOME_CODE),
            (TWIN, HOME, HOME_CODE),
            (MOTHER, SAFE, SAFE_CODE),
            (STEPFATHER, STREET, STREET_CODE),
            (NEIGHBOUR, CALLER, CALLER_CODE),
        ),
        "DM_TELEPHONE_NUMBERS": ((MOTHER, "01632 960771"),),
        "DM_PERSONAL_RELATIONSHIPS": (
            (SUBJECT, TWIN, "twin", "Family", None, None),
            (SUBJECT, MOTHER, "mother", "Family", None, None),
            (SUBJECT, STEPFATHER, "stepfather", "Family", None, None),
            (SUBJECT, NEIGHBOUR, "referrer", "Other", None, None),
        ),
        "CASE_NOTES": (
            note("8001", "Contact from member of the public", FIRST_CALL, "2012-02-01"),
            note("8002", "Home visit", VISIT, "2012-02-02"),
        ),
        "WORKERS": (
            (WORKER, "Priya", "Nair", "social worker", "Assessment Team 1",
             "priya.nair@saltmarsh.example.org", "Saltmarsh Borough Council"),
        ),
        "PERSON_WORKERS": ((SUBJECT, WORKER, since, None), (TWIN, WORKER, since, None)),
        "DOCUMENTS": (
            ("1", SUBJECT, "social/assessment.docx", "Assessment", "2012-03-20T00:00:00Z"),
        ),
        "WARNINGS": (
            (MOTHER, "whereabouts withheld", since, None),
            (STEPFATHER, "risk of violence", since, None),
            (NEIGHBOUR, "identity of referrer protected", since, None),
        ),
    }  # fmt: skip


def _exports(folder: Path, numbers: Mapping[str, tuple[str, str]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    columns = yaml.safe_load(
        (REPOSITORY / "demo" / "data" / "columns.yaml").read_text(encoding="utf-8")
    )
    pupils = [
        {"pupilonrolltableid": row, "NativeId": "SCH1", "dob": "2003-Apr-11 00:00:00",
         "surname": "Holloway", "forename": first, "middlenames": middle,
         "preferredsurname": "Holloway", "formersurname": "Ives", "upn": numbers[key][1],
         "sex": "F", "entrydate": "2008-Sep-03 00:00:00", "enrolstatus": "C", "language": "ENG"}
        for row, key, first, middle in (
            (PUPIL, SUBJECT, "Marnie", "Jade"), (PUPIL_TWIN, TWIN, "Tilda", "Rose"),
        )
    ]  # fmt: skip
    _csv(folder / "school_census.csv", columns["school_census"], pupils)
    homes = [
        {"pupilonrolltableid": row, "NativeId": "SCH1", "postcode": HOME_CODE}
        for row in (PUPIL, PUPIL_TWIN)
    ]
    _csv(folder / "school_census_addresses.csv", columns["school_census_addresses"], homes)
    contact = {
        "nhs_number": numbers[TWIN][0], "given_name": "Tilda", "family_name": "Ives",
        "date_of_birth": "11/04/2003", "mother_name": "Karen Ives", "postcode": HOME_CODE,
        "contact_date": "25/04/2003", "contact_type": "New birth visit", "notes": "All well.",
        "practitioner": "Moira Kells",
    }  # fmt: skip
    _csv(folder / "health_visiting.csv", list(contact), [contact])
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, heads in columns["annex_a"].items():
        book.create_sheet(title).append(heads)
    book.save(folder / "annex_a.xlsx")
    steady_zip(folder / "annex_a.xlsx")


def _csv(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)


def _folders(folder: Path) -> None:
    social = folder / "social"
    word = WordFile("Assessment", "Priya Nair")
    for text in ASSESSMENT:
        word.paragraph(text)
    word.save(social / "assessment.docx")
    write_pdf(social / "review.pdf", "Review", paragraphs("", REVIEW))
    _with_blank_back(social / "review.pdf")
    mail = _message("<folder.1@saltmarsh.example.org>", "Library card", FOLDER_MESSAGE)
    (social / "library card.eml").write_bytes(mail.as_bytes(policy=SMTP))
    picture = Image.new("RGB", (600, 400), (40, 120, 200))
    picture.paste((240, 220, 130), (0, 260, 600, 400))
    picture.save(social / "beach.png")
    listed = (
        ("social/review.pdf", "Review", "2012-06-01"),
        ("social/library card.eml", "Library card", "2012-06-15"),
        ("social/beach.png", "Photograph", "2012-07-01"),
    )
    rows = [{"file": f, "person_id": SUBJECT, "title": t, "date": d} for f, t, d in listed]
    _csv(folder / "index.csv", ("file", "person_id", "title", "date"), rows)


def _with_blank_back(path: Path) -> None:
    """Scanned from both sides: the second page shows nothing."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.save(path, deterministic_id=True)


def _mailbox(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    message = _message("<m.1@partner.example.org>", "Marnie Holloway", MESSAGE)
    body = message.as_bytes(policy=SMTP.clone(linesep="\n"))
    path.write_bytes(b"From saltmarsh Fri Jun 15 10:00:00 2012\n" + body + b"\n")


def _message(number: str, title: str, text: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Alice Penrose <alice.penrose@partner.example.org>"
    message["To"] = "Priya Nair <priya.nair@saltmarsh.example.org>"
    message["Subject"] = title
    message["Date"] = "Fri, 15 Jun 2012 10:00:00 +0000"
    message["Message-ID"] = number
    message.set_content(text, cte="quoted-printable")
    return message
