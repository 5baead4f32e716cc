"""The family as two other makers' systems would hold it, in the shape of their reporting tables.

The council of the demo has one case system. These two exist so that the ready mappings for the
others are tried on more than columns without rows.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

from demo.made import Made
from demo.people import Someone
from demo.strangers import Stranger

LIQUIDLOGIC = "systems/liquidlogic.sqlite"
ECLIPSE = "systems/eclipse.sqlite"
_Row = Mapping[str, object]
_FAMILY = (("subject", "mum", "MOTHER"), ("subject", "twin", "SIBLING"), ("twin", "mum", "MOTHER"))


def write_warehouses(made: Made, strangers: Sequence[Stranger]) -> None:
    """Both systems, with the subject, the twin, their mother and some strangers."""
    _write(made.out / LIQUIDLOGIC, _liquidlogic(made, strangers[:20]))
    _write(made.out / ECLIPSE, _eclipse(made, strangers[:20]))


def _write(path: Path, tables: Mapping[str, Sequence[_Row]]) -> None:
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as db:
        for table, rows in tables.items():
            columns = list(rows[0])
            db.execute(f"CREATE TABLE {table} ({', '.join(f'{c} TEXT' for c in columns)})")
            marks = ", ".join("?" * len(columns))
            values = [tuple(row[c] for c in columns) for row in rows]
            db.executemany(f"INSERT INTO {table} VALUES ({marks})", values)
    db.close()


def _cast(made: Made) -> tuple[Someone, ...]:
    return tuple(made.story.people[key] for key in ("subject", "twin", "mum"))


def _born(person: Someone | Stranger) -> str:
    return person.born.isoformat() if person.born else ""


def _day(made: Made, age: float) -> str:
    return dt.datetime.combine(made.story.at(age), dt.time(9, 30)).isoformat(" ")


def _liquidlogic(made: Made, strangers: Sequence[Stranger]) -> dict[str, list[_Row]]:
    people: list[_Row] = []
    addresses: list[_Row] = []
    for person in (*_cast(made), *strangers):
        ids = person.identifiers if isinstance(person, Someone) else {"upn": person.upn}
        people.append({
            "DIM_PERSON_ID": person.person_id, "FORENAME": person.forename,
            "SURNAME": person.surname, "BIRTH_DTTM": _born(person), "DEATH_DTTM": None,
            "GENDER_MAIN_CODE": person.sex, "UPN": ids.get("upn"), "FORMER_UPN": None,
            "LEGACY_ID": None,
        })  # fmt: skip
        places = person.addresses.values() if isinstance(person, Someone) else (person.address,)
        for place in places:
            number, _, street = place.street.partition(" ")
            addresses.append({
                "DIM_PERSON_ID": person.person_id, "FLAT_NO": None, "BUILDING": None,
                "HOUSE_NO": number, "STREET": street, "TOWN": place.town,
                "POSTCODE": place.postcode,
            })  # fmt: skip
    notes: list[_Row] = []
    contacts: list[_Row] = []
    referrals: list[_Row] = []
    assessments: list[_Row] = []
    for key in ("subject", "twin"):
        mine = made.story.people[key].person_id
        notes += [
            {"DIM_PERSON_ID": mine, "FACT_CASENOTE_ID": f"{mine}{n}", "EVENT_DTTM": _day(made, age),
             "DIM_LOOKUP_CASNT_TYPE_ID_CODE": "VISIT", "SEEN_FLAG": "Y", "SEEN_ALONE_FLAG": "N"}
            for n, age in enumerate((9.4, 9.8, 10.6))
        ]  # fmt: skip
        contacts.append({
            "DIM_PERSON_ID": mine, "FACT_CONTACT_ID": f"{mine}1",
            "CONTACT_DTTM": _day(made, 9.31), "OUTCOME_COMMENTS": "To be seen tomorrow.",
            "DIM_LOOKUP_CONT_SORC_ID_DESC": "Member of the public",
        })  # fmt: skip
        referrals.append({
            "DIM_PERSON_ID": mine, "FACT_REFERRAL_ID": f"{mine}1",
            "REFRL_START_DTTM": _day(made, 9.32), "REFRL_END_DTTM": None,
            "DIM_LOOKUP_CONT_SORC_ID_DESC": "Member of the public",
            "OUTCOME_COMMENTS": "Assessment to begin.",
        })  # fmt: skip
        assessments.append({
            "DIM_PERSON_ID": mine, "FACT_SINGLE_ASSESSMENT_ID": f"{mine}1",
            "START_DTTM": _day(made, 9.36), "OUTCOME_COMMENTS": "A conference is called.",
        })  # fmt: skip
    people_by_key = made.story.people
    worker = people_by_key["sw2"]
    return {
        "DIM_PERSON": people,
        "DIM_PERSON_ADDRESS": addresses,
        "FACT_CASENOTES": notes,
        "FACT_CONTACTS": contacts,
        "FACT_REFERRALS": referrals,
        "FACT_SINGLE_ASSESSMENT": assessments,
        "FACT_PERSON_RELATION": [
            {"DIM_PERSON_ID": people_by_key[one].person_id,
             "DIM_RELATED_PERSON_ID": people_by_key[other].person_id,
             "DIM_LOOKUP_RELTN_TYPE_CODE": relation, "END_DTTM": None}
            for one, other, relation in _FAMILY
        ],
        "DIM_WORKER": [
            {"DIM_WORKER_ID": worker.worker_id, "FORENAME": worker.forename,
             "SURNAME": worker.surname, "JOB_TITLE": worker.job, "DEPARTMENT_NAME": worker.team}
        ],
        "FACT_INVOLVEMENTS": [
            {"DIM_PERSON_ID": people_by_key[key].person_id, "DIM_WORKER_ID": worker.worker_id,
             "START_DTTM": _day(made, 10.5), "END_DTTM": None}
            for key in ("subject", "twin")
        ],
    }  # fmt: skip


def _eclipse(made: Made, strangers: Sequence[Stranger]) -> dict[str, list[_Row]]:
    people: list[_Row] = []
    addresses: list[_Row] = []
    numbers: list[_Row] = []
    for person in (*_cast(made), *strangers):
        known = person.identifiers if isinstance(person, Someone) else {"upn": person.upn}
        people.append({
            "PERSONID": person.person_id, "FORENAME": person.forename, "SURNAME": person.surname,
            "DATEOFBIRTH": _born(person), "DUEDATE": None, "DIEDDATE": None,
            "SEX": "Female" if person.sex == "F" else "Male", "NHSNUMBER": known.get("nhs"),
            "CAREFIRSTID": None,
        })  # fmt: skip
        places = person.addresses.values() if isinstance(person, Someone) else (person.address,)
        for place in places:
            number, _, street = place.street.partition(" ")
            addresses.append({
                "PERSONID": person.person_id, "FLOORDESCRIPTION": None, "ROOMDESCRIPTION": None,
                "BUILDINGNAMEORNUMBER": number, "STREETNAME": street, "TOWNORCITY": place.town,
                "POSTCODE": place.postcode,
            })  # fmt: skip
        if upn := known.get("upn"):
            numbers.append({
                "PERSONID": person.person_id, "REFERENCENUMBER": upn,
                "REFERENCETYPE": "Unique Pupil Number",
            })  # fmt: skip
    forms: list[_Row] = []
    for key in ("subject", "twin"):
        for question, said in (("Seen alone?", "Yes"), ("What does the child want?", "To stay.")):
            forms.append({
                "PERSONID": made.story.people[key].person_id, "DATESTARTED": _day(made, 9.4),
                "DESIGNSUBNAME": "Child and family assessment", "ANSWERVALUE": said,
                "PAGETITLE": "Visit", "CONTROLNAME": question, "SHORTANSWERVALUE": said,
                "INSTANCESTATE": "COMPLETE",
            })  # fmt: skip
    return {
        "PERSONDEMOGRAPHICSVIEW": people,
        "ADDRESSPERSONVIEW": addresses,
        "REFERENCENUMBERPERSONVIEW": numbers,
        "FORMANSWERPERSONVIEW": forms,
        "PERSON_PER_RELATIONSHIP": [
            {"ROLE_A_PERSON_FK": made.story.people[one].person_id,
             "ROLE_B_PERSON_FK": made.story.people[other].person_id,
             "PERSON_PER_REL_TYPE_FK": relation, "START_DATE": None, "CLOSE_DATE": None}
            for one, other, relation in _FAMILY
        ],
        "RELATIONSHIPPROFESSIONALVIEW": [
            {"PERSONID": made.story.people[key].person_id,
             "PROFESSIONALRELATIONSHIPNAME": made.story.people["sw2"].full}
            for key in ("subject", "twin")
        ],
    }  # fmt: skip
