"""Exports of other systems: school census, Ofsted's Annex A workbook, health visiting."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from demo.identifiers import upn
from demo.made import Made
from demo.office import steady_zip
from demo.people import Someone, load_data
from demo.strangers import Stranger

CENSUS = "exports/school_census.csv"
CENSUS_ADDRESSES = "exports/school_census_addresses.csv"
ANNEX_A = "exports/annex_a.xlsx"
HEALTH_VISITING = "exports/health_visiting.csv"


def write_exports(made: Made, strangers: Sequence[Stranger]) -> None:
    """All three exports."""
    (made.out / "exports").mkdir(parents=True, exist_ok=True)
    _census(made, strangers)
    _annex_a(made, strangers)
    _health_visiting(made, strangers)


def write_csv(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, object]]) -> None:
    """A CSV file as Windows programs write it; columns without a value are empty."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)


def _census(made: Made, strangers: Sequence[Stranger]) -> None:
    rng, columns = made.rng, load_data("columns")
    pupils: list[tuple[str, str, str, dict[str, str], str, str, dt.date, str, str]] = []
    for key, shown in (("subject", ""), ("twin", ""), ("brother", ""), ("child", "")):
        p = made.story.people[key]
        assert p.born is not None
        home = p.addresses.get("home2") or next(iter(p.addresses.values()))
        # The school noted the name in daily use among the middle names.
        preferred = p.nick if key == "subject" else shown
        pupils.append((key, p.forename, p.surname, p.identifiers, p.sex, preferred, p.born,
                       home.postcode, p.former_surname))  # fmt: skip
    for s in strangers[:90]:
        pupils.append(("", s.forename, s.surname, {"upn": s.upn}, s.sex, "", s.born,
                       s.address.postcode, ""))  # fmt: skip
    rng.shuffle(pupils)
    rows: list[dict[str, object]] = []
    addresses: list[dict[str, object]] = []
    for number, (key, forename, surname, ids, sex, preferred, born, code, former) in enumerate(
        pupils, start=1
    ):
        row_id = f"{rng.randrange(16**8):08x}-{rng.randrange(16**3):03x}"
        school = f"SCH{rng.randrange(1, 9)}"
        entry = dt.date(born.year + 5, 9, 3)
        rows.append({
            "pupilonrolltableid": row_id, "NativeId": school,
            "dob": f"{born:%Y-%b-%d} 00:00:00", "surname": surname, "forename": forename,
            "preferredsurname": surname, "formersurname": former, "upn": ids["upn"],
            "formerupn": upn(rng) if number % 17 == 0 else "", "sex": sex,
            "entrydate": f"{entry:%Y-%b-%d} 00:00:00", "middlenames": preferred,
            "pupilonrollorderseqcolumn": number, "sourceid": f"{rng.randrange(16**8):08x}",
            "parttime": "False", "termlysessionspossible": "134.0",
            "termlysessionsauthorised": f"{rng.randrange(12)}.0", "senprovision": "N",
            "ncyearactual": rng.randrange(1, 12), "enrolstatus": "C", "language": "ENG",
        })  # fmt: skip
        addresses.append({
            "pupilonrolltableid": row_id, "NativeId": school,
            "addressesonrolltableid": f"{rng.randrange(16**8):08x}",
            "addressesonrollorderseqcolumn": 1, "sourceid": rows[-1]["sourceid"],
            "uniquepropertyreferencenumber": "-1.0", "postcode": code,
        })  # fmt: skip
        made.record("school_census", row_id, key)
    write_csv(made.out / CENSUS, columns["school_census"], rows)
    write_csv(made.out / CENSUS_ADDRESSES, columns["school_census_addresses"], addresses)


def _annex_a(made: Made, strangers: Sequence[Stranger]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    lists: dict[str, list[str]] = load_data("columns")["annex_a"]
    story = made.story
    children: list[tuple[str, str, str, dt.date]] = [
        (k, p.person_id, p.sex, p.born)
        for k in ("subject", "twin", "child")
        if (p := story.people[k]).born is not None
    ]
    children += [("", s.person_id, s.sex, s.born) for s in strangers[:25]]
    pa, sw2 = story.people["pa"], story.people["sw2"]
    for title, columns in lists.items():
        sheet = book.create_sheet(title)
        sheet.append(columns)
        for key, person_id, sex, born in children if title != "List 11" else ():
            age = (story.request_date - born).days // 365
            in_list = {"List 8": not key or key != "subject", "List 9": key in ("subject", "twin"),
                       "List 10": False}  # fmt: skip
            if not in_list.get(title, made.rng.random() < 0.3 or bool(key)):
                continue
            known: dict[str, Any] = {
                "Child Unique ID": int(person_id), "Age": age, "Ethnicity": "s) NOBT",
                "Gender": "b) Female" if sex == "F" else "a) Male",
                "Date of Birth": dt.datetime.combine(born, dt.time()),
                "Does the Child have a Disability": "b) No",
                "Allocated Team": (pa if title == "List 9" else sw2).team,
                "Allocated Worker": (pa if title == "List 9" else sw2).full.replace(" ", "\xa0"),
                "Allocated Personal Advisor": pa.full, "LA in Touch": "a) Yes",
                "Type of Accommodation": "U: Independent living",
                "Number of Placements in the Last 12 months": 1,
            }  # fmt: skip
            sheet.append([known.get(column, "#N/A" if column == "URN of Placement" else None)
                          for column in columns])  # fmt: skip
            made.record("annex_a", f"{title}/{person_id}", key)
    path = made.out / ANNEX_A
    book.save(path)
    steady_zip(path)


def _health_visiting(made: Made, strangers: Sequence[Stranger]) -> None:
    story, hv = made.story, made.story.people["hv"]
    contacts = load_data("health")["contacts"]
    rows: list[dict[str, object]] = []

    def row(person: Someone, number: int, told_text: str, day: dt.date, kind: str) -> None:
        assert person.born is not None
        unnamed = number == 0
        rows.append({
            "nhs_number": person.identifiers["nhs"],
            "given_name": f"Twin {1 if person.key == 'subject' else 2}" if unnamed
            else person.forename,
            "family_name": person.former_surname if day < story.at(2.0) else person.surname,
            "date_of_birth": f"{person.born:%d/%m/%Y}", "mother_name": story.people["mum"].full,
            "postcode": person.addresses["home1"].postcode, "contact_date": f"{day:%d/%m/%Y}",
            "contact_type": kind, "notes": told_text, "practitioner": hv.full,
        })  # fmt: skip
        if number == 0:
            made.record("health_visiting", person.identifiers["nhs"], person.key)

    for number, contact in enumerate(contacts):
        day = story.at(contact["age"])
        told = made.teller.tell(contact["text"], day)
        row(story.subject, number, told.text, day, contact["type"])
        made.document(
            "health_visiting", str(len(rows)), HEALTH_VISITING, contact["type"], day, told
        )
        other = made.teller.tell(
            "{twin.first} seen with {mum=Mum}. <Thriving|Well>, no concerns.", day
        )
        row(story.people["twin"], number, other.text, day, contact["type"])
        made.document(
            "health_visiting", str(len(rows)), HEALTH_VISITING, contact["type"], day, other,
            subjects=("twin",),
        )  # fmt: skip
    for s in strangers[40:100]:
        day = s.born + dt.timedelta(days=made.rng.randrange(20, 900))
        rows.append({
            "nhs_number": s.nhs, "given_name": s.forename, "family_name": s.surname,
            "date_of_birth": f"{s.born:%d/%m/%Y}", "mother_name": "", "postcode":
            s.address.postcode, "contact_date": f"{day:%d/%m/%Y}", "contact_type": "Clinic",
            "notes": "Weighed. No concerns.", "practitioner": hv.full,
        })  # fmt: skip
        made.record("health_visiting", s.nhs, "", s.why)
    write_csv(made.out / HEALTH_VISITING, list(rows[0]), rows)
