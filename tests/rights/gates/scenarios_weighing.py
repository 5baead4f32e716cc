"""What must be refused of decisions on other people and on passages."""

from __future__ import annotations

import json
from typing import Any

from rights.events import kinds as k
from rights.events.base import ENGINE
from tests.rights.gates.build import OFFICER, READ_CASE, Refused
from tests.rights.gates.scenarios_review import mark, over

MANAGERS = frozenset({"manager", "officer", "legal"})
FACTORS = {
    "information": "daily_life",
    "confidence": "none",
    "consent": "not_known",
    "capacity": "able",
    "refusal": "none",
}
RECORD = {
    "reason": "what happened",
    "extent": "two sentences",
    "harm": "Serious harm to somebody's physical health",
    "prejudice": "nobody would talk to us",
    "review": "2027-11-23",
}


def on_person(**body: Any) -> k.QuestionAsked:
    """A question on a relative's private life, which has to be weighed."""
    full = {
        "ref": "P07",
        "kind": "private",
        "treatment": "ask",
        "code": "3P",
        "weigh": True,
        "protected": False,
        "living": "unknown",
        "documents": ["D1"],
        **body,
    }
    return _asked(f"cast/P07/{full['kind']}", "cast", "officer", full)


def on_passages(code: str, **passage: Any) -> k.QuestionAsked:
    """A question on one passage under a ground."""
    one = {"id": "p1", "kind": "private", "mode": "B", "class": "social work", "person": None}
    body = {"document": "D1", "code": code, "passages": [{**one, **passage}]}
    return _asked("passage/D1", "passage", "manager", body)


def _asked(name: str, topic: str, role: str, body: dict[str, Any]) -> k.QuestionAsked:
    return k.QuestionAsked(
        actor=ENGINE,
        question=name,
        topic=topic,
        stage="propose",
        role=role,
        text=json.dumps(body),
        options=("disclose", "withhold", "as marked"),
    )


def said(question: str, value: str, **details: Any) -> k.QuestionAnswered:
    """An answer."""
    return k.QuestionAnswered(
        actor=OFFICER, question=question, answer=value, details=json.dumps(details)
    )


def of_person(guard: str, code: str, value: str, body: dict[str, Any], **details: Any) -> Refused:
    """An answer on a person that must be refused."""
    asked = on_person(**body)
    return Refused(guard, code, (*READ_CASE, asked), said(asked.question, value, **details))


def of_passage(
    guard: str, code: str, ground: str, value: str, passage: dict[str, Any], **details: Any
) -> Refused:
    """An answer on a passage that must be refused."""
    asked = on_passages(ground, **passage)
    answer = said(asked.question, value, **details)
    return Refused(guard, code, (*READ_CASE, asked), answer, MANAGERS)


WITHHELD_MOTHER = (
    on_person(kind="health"),
    said("cast/P07/health", "withhold", factors=FACTORS),
)
ABOUT_MOTHER = on_passages("3P", kind="health", person="P07", **{"class": "health"})

SCENARIOS = (
    of_person(
        "protected_whereabouts",
        "cast.protected",
        "disclose",
        {"kind": "contact", "protected": True},
        factors=FACTORS,
        reason="they agreed",
    ),
    of_person(
        "reason_to_disclose_held",
        "cast.reason",
        "disclose",
        {"treatment": "hold"},
        factors=FACTORS,
        reason="  ",
    ),
    of_person(
        "deemed_reasonable",
        "cast.deemed",
        "withhold",
        {"kind": "name", "treatment": "clear", "code": "", "weigh": False},
    ),
    of_person("the_dead", "cast.died", "withhold", {"living": "died", "weigh": False}),
    of_person("weighed_by_five_factors", "weighing.missing", "withhold", {}),
    of_person(
        "weighed_by_five_factors",
        "weighing.missing",
        "disclose",
        {},
        factors={**FACTORS, "capacity": "perhaps"},
    ),
    of_person(
        "weighing_holds_together",
        "weighing.contradiction",
        "disclose",
        {},
        factors={**FACTORS, "consent": "given", "refusal": "refused"},
        reason="why not",
    ),
    of_person(
        "weighing_holds_together",
        "weighing.consented",
        "withhold",
        {},
        factors={**FACTORS, "consent": "given"},
    ),
    of_person(
        "weighing_holds_together",
        "weighing.reason",
        "disclose",
        {},
        factors={**FACTORS, "confidence": "owed"},
    ),
    of_passage("facts_written", "passage.reason", "3P", "withhold", {}),
    of_passage(
        "ground_reaches_request", "exemption.own_request", "ABUSE", "withhold", {},
        reason="x", extent="y", interests="z",
    ),
    of_passage(
        "ground_reaches_request", "exemption.mode", "LPP", "withhold", {"mode": "C"},
        reason="x", extent="y", claimed_by="z",
    ),
    Refused(
        "right_decider_of_ground",
        "withholding.decider",
        (*READ_CASE, on_passages("LPP")),
        said("passage/D1", "withhold", reason="x", extent="y", claimed_by="z"),
        frozenset({"manager"}),
    ),
    of_passage("ground_fits_data", "exemption.data", "SW-HARM", "withhold", {"class": "education"},
               **RECORD),
    of_passage("ground_recorded", "withholding.incomplete", "SW-HARM", "withhold", {},
               **{**RECORD, "prejudice": ""}),
    of_passage("ground_recorded", "withholding.test", "SW-HARM", "withhold", {},
               **{**RECORD, "harm": "Distress, upset or embarrassment"}),
    of_passage("ground_recorded", "withholding.date", "SW-HARM", "withhold", {},
               **{**RECORD, "review": "2026-11-23"}),
    of_passage("ground_recorded", "withholding.test", "JUD", "withhold", {"mode": "A"},
               reason="x", extent="y", proceedings="The proceedings are live"),
    of_passage("weighed_by_five_factors", "weighing.missing", "3P", "disclose", {}),
    of_passage(
        "weighed_by_five_factors", "weighing.missing", "3P", "withhold", {"person": "P08"},
        reason="x",
    ),
    Refused(
        "decided_against_the_cast",
        "passage.against_cast",
        (*READ_CASE, *WITHHELD_MOTHER, ABOUT_MOTHER),
        said("passage/D1", "disclose"),
        MANAGERS,
    ),
    Refused(
        "mark_under_its_question",
        "review.ground",
        READ_CASE,
        mark("redact", proposal="p1", code="LPP"),
        details=over(),
    ),
    Refused(
        "how_known",
        "person.how_known",
        READ_CASE,
        k.PersonNoted(actor=OFFICER, person="P07", living="died", how_known=" "),
    ),
)  # fmt: skip
