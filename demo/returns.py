"""Returns and feeds in the shapes of the ready mappings: SSDA903, CIN census, leavers, feeds.

Written after everything else and with a random number generator of their own, so that a new return
leaves the bytes of the others as they were.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from demo.exports import write_csv
from demo.made import Made
from demo.people import Someone, load_data
from demo.strangers import Stranger

SSDA903 = "exports/ssda903"
CIN_CENSUS = "exports/cin_census.xml"
FEED = "exports/csc.csv"
SCHOOLS = "exports/school_census"


@dataclass(frozen=True, slots=True)
class Child:
    """What a return knows of a child."""

    key: str
    person_id: str
    forename: str
    surname: str
    former: str
    sex: str
    born: dt.date
    upn: str
    address: str
    postcode: str


def write_returns(made: Made, strangers: Sequence[Stranger]) -> None:
    """All of them, for the subject, the twin and some strangers."""
    rng = random.Random(f"returns-{made.story.seed}")
    children = [_someone(made.story.people[key]) for key in ("subject", "twin")]
    children += [_stranger(s) for s in strangers[:30]]
    _ssda903(made, children, rng)
    _cin_census(made.out / CIN_CENSUS, made, children, rng)
    _feed(made.out / FEED, made, children)
    _schools(made, children, rng)


def _someone(person: Someone) -> Child:
    assert person.born is not None
    home = person.addresses.get("home2") or next(iter(person.addresses.values()))
    return Child(
        person.key, person.person_id, person.forename, person.surname, person.former_surname,
        person.sex, person.born, person.identifiers["upn"], home.line, home.postcode,
    )  # fmt: skip


def _stranger(person: Stranger) -> Child:
    return Child(
        "", person.person_id, person.forename, person.surname, "", person.sex, person.born,
        person.upn, person.address.line, person.address.postcode,
    )  # fmt: skip


def _slashed(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _ssda903(made: Made, children: Sequence[Child], rng: random.Random) -> None:
    """Keyed by the number that the case system keeps for the return; it holds no names."""
    header: list[dict[str, object]] = []
    episodes: list[dict[str, object]] = []
    reviews: list[dict[str, object]] = []
    for child in children[:12]:
        number = f"S{child.person_id}"
        header.append({
            "CHILD": number, "SEX": 2 if child.sex == "F" else 1, "DOB": _slashed(child.born),
            "ETHNIC": "NOBT", "UPN": child.upn, "MOTHER": "", "MC_DOB": "",
        })  # fmt: skip
        taken = child.born + dt.timedelta(days=round(9.6 * 365.25))
        moved, left = taken + dt.timedelta(days=330), child.born + dt.timedelta(days=6574)
        for begins, ends, why, place in ((taken, moved, "S", "U4"), (moved, left, "P", "U6")):
            episodes.append({
                "CHILD": number, "DECOM": _slashed(begins), "RNE": why, "LS": "C2", "CIN": "N1",
                "PLACE": place, "PLACE_PROVIDER": "PR1", "DEC": _slashed(ends),
                "REC": "X1" if ends == moved else "E3", "REASON_PLACE_CHANGE": "",
                "HOME_POST": child.postcode, "PL_POST": "", "URN": "",
            })  # fmt: skip
        for year in (1, 2):
            day = taken + dt.timedelta(days=180 * year + rng.randrange(20))
            reviews.append({
                "CHILD": number, "DOB": _slashed(child.born), "REVIEW": _slashed(day),
                "REVIEW_CODE": "PN1",
            })  # fmt: skip
    for name, rows in (("header", header), ("episodes", episodes), ("reviews", reviews)):
        write_csv(made.out / SSDA903 / f"{name}.csv", list(rows[0]), rows)


def _cin_census(path: Path, made: Made, children: Sequence[Child], rng: random.Random) -> None:
    """One Child element each, with the times as a child in need inside."""
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>\n<Message><Header><CollectionDetails>'
        "<Collection>CIN</Collection><Year>2014</Year><ReferenceDate>2014-03-31</ReferenceDate>"
        "</CollectionDetails></Header><Children>"
    ]
    for child in children[:20]:
        referred = child.born + dt.timedelta(days=round(9.32 * 365.25) + rng.randrange(5))
        closed = referred + dt.timedelta(days=200)
        parts.append(
            f"<Child><ChildIdentifiers><LAchildID>{escape(child.person_id)}</LAchildID>"
            f"<UPN>{child.upn}</UPN><PersonBirthDate>{child.born}</PersonBirthDate>"
            f"<GenderCurrent>{2 if child.sex == 'F' else 1}</GenderCurrent></ChildIdentifiers>"
            "<ChildCharacteristics><Ethnicity>NOBT</Ethnicity></ChildCharacteristics>"
            f"<CINdetails><CINreferralDate>{referred}</CINreferralDate>"
            "<ReferralSource>1B</ReferralSource><PrimaryNeedCode>N1</PrimaryNeedCode>"
            f"<CINclosureDate>{closed}</CINclosureDate><ReasonForClosure>RC3</ReasonForClosure>"
            f"<DateOfInitialCPC>{referred + dt.timedelta(days=21)}</DateOfInitialCPC>"
            "</CINdetails></Child>"
        )
    parts.append("</Children></Message>\n")
    path.write_text("\n".join(parts), encoding="utf-8")


def _feed(path: Path, made: Made, children: Sequence[Child]) -> None:
    """What a service sends so that others see who works with a family."""
    columns: list[str] = load_data("columns")["supporting_families"]
    worker = made.story.people["fsw"]
    rows: list[dict[str, object]] = []
    for number, child in enumerate(children, start=1):
        began = child.born + dt.timedelta(days=round(9.42 * 365.25))
        last = began + dt.timedelta(days=400)
        rows.append({
            "Cms Id": 7_100_000 + number, "First Name": child.forename,
            "Last Name": child.surname, "Date Of Birth": child.born.isoformat(),
            "Gender": "Female" if child.sex == "F" else "Male",
            "Address": f"{child.address}\n{child.postcode}",
            "Service Involvement": "Family support", "Contact Role": "Family support worker",
            "Local Authority Organisation": "Saltmarsh Borough Council",
            "Contact Name": worker.full, "Contact Email": worker.email,
            "Date Current As Of": last.isoformat(), "Coverage Start Date": began.isoformat(),
            "Coverage End Date": last.isoformat(), "Coverage Geographic Area": "Saltmarsh",
            "Date Of Most Recent Interaction": last.isoformat(),
            "Start Date Of Last Involvement": began.isoformat(),
        })  # fmt: skip
    write_csv(path, columns, rows)


def _schools(made: Made, children: Sequence[Child], rng: random.Random) -> None:
    """Pupils who have left, with addresses and exclusions, and those on roll."""
    columns = load_data("columns")
    names = columns["school_census_left"]
    left: list[dict[str, object]] = []
    addresses: list[dict[str, object]] = []
    excluded: list[dict[str, object]] = []
    for child in children:
        row_id = f"{rng.randrange(16**8):08x}-{rng.randrange(16**3):03x}"
        entry = dt.date(child.born.year + 11, 9, 3)
        left.append({
            "pupilnolongeronrolltableid": row_id, "NativeId": "school-4", "upn": child.upn,
            "surname": child.surname, "forename": child.forename,
            "preferredsurname": child.surname, "formersurname": child.former,
            "dob": _stamp(child.born), "sex": child.sex, "entrydate": _stamp(entry),
            "leavingdate": _stamp(dt.date(child.born.year + 16, 7, 20)),
        })  # fmt: skip
        addresses.append({
            "pupilnolongeronrolltableid": row_id, "NativeId": "school-4",
            "postcode": child.postcode,
        })  # fmt: skip
        if not child.key and rng.random() < 0.2:
            excluded.append({
                "pupilnolongeronrolltableid": row_id, "NativeId": "school-4",
                "startdate": _stamp(entry + dt.timedelta(days=rng.randrange(400))),
                "sessions": "4.0", "category": "SUSP", "reason1": "DB",
            })  # fmt: skip
    for name, rows in (
        ("pupilnolongeronroll", left),
        ("addressesoffroll", addresses),
        ("termlyexclusionsoffroll", excluded),
    ):
        write_csv(made.out / SCHOOLS / f"{name}.csv", names[name], rows)


def _stamp(day: dt.date) -> str:
    return f"{day:%Y-%b-%d} 00:00:00"
