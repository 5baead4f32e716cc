"""Answering a request as a whole: an officer proposes, a manager or the DPO decides."""

from __future__ import annotations

import re
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from casework.outcome import TOPIC, WISHES, propose_outcome, wishes_for
from desk.errors import status_of
from desk.web import Form, Sent, Signed, Visit
from rights.decisions import refusals
from rights.errors import InputError, RefusedError, RightsdeskError
from rights.exemptions import exemptions
from rights.release import DisclosureMode

router = APIRouter()
WISH_WORDS = {
    "refused": "Refuse it",
    "fee": "Ask for a fee first",
    "exempt entirely": "Everything that is asked for is exempt",
    "neither confirm nor deny": "Say neither that something is held nor that nothing is",
    "nothing held": "Say that nothing is held",
    "withdrawn": "The person took the request back",
}
assert WISH_WORDS.keys() == set(WISHES)
_POUNDS = re.compile(r"£?\s*(\d{1,5})(?:\.(\d{2}))?")


@router.get("/cases/{ref}/outcome")
def outcome_page(visit: Signed, ref: str) -> Response:
    """What may be proposed, and what each needs."""
    return _page(visit, ref, None, {})


@router.post("/cases/{ref}/outcome")
def outcome_proposed(visit: Signed, ref: str, form: Form) -> Response:
    """Put an outcome to whoever may decide it."""
    known = visit.office.known(ref)
    entered = _entered(form)
    try:
        details = {**entered, "pence": _pence(form.text("fee"))}
        propose_outcome(visit.office, known, form.text("wish"), details, visit.who)
    except (InputError, RefusedError) as error:
        return _page(visit, ref, error, entered)
    return visit.recorded(known, f"/cases/{known}#{TOPIC}")


def _entered(form: Sent) -> dict[str, Any]:
    texts = ("wish", "reason", "ground", "facts", "code", "mode", "fee", "basis", "next_steps")
    return {name: form.text(name) for name in texts} | {"reasons": form.every("reasons")}


def _pence(text: str) -> str:
    """'12.50' pounds as pence; what is no sum of money becomes nothing."""
    found = _POUNDS.fullmatch(text)
    return str(int(found[1]) * 100 + int(found[2] or 0)) if found else ""


def _page(
    visit: Visit, ref: str, error: RightsdeskError | None, entered: dict[str, Any]
) -> Response:
    known = visit.office.known(ref)
    visit.journal("outcome page", known)
    office = visit.office
    case, law, today = office.case(known), office.law, office.today()
    grounds = refusals(law, on=today)
    codes = [
        e
        for e in exemptions(law, on=today)
        if e.withholds
        and e.touches(case.right)
        and e.kind == "exemption"
        and {DisclosureMode.NAMED, DisclosureMode.GENERAL} & set(e.modes)
    ]
    return visit.page(
        "outcome.html",
        status_of(error) if error else 200,
        case=case,
        wishes={w: WISH_WORDS[w] for w in wishes_for(case.right)},
        grounds=grounds,
        enough=[(g, g.enough) for g in grounds if g.enough],
        never=dict.fromkeys(c.plain for g in grounds for c in g.not_enough),
        codes=codes,
        waiting=next((q for q in case.open_questions if q.topic == TOPIC), None),
        stands=case.decision("outcome"),
        entered=entered,
        may="officer" in visit.who.roles,
        error=error,
    )
