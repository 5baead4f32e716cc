"""The start page: cases by what they wait for, and finding one."""

from __future__ import annotations

from collections import defaultdict

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from casework.boards import Row, rows
from casework.office import Office
from casework.outbox import lying
from desk import words
from desk.web import Form, Signed
from rights.errors import InputError
from rights.road import where

router = APIRouter()


@router.get("/")
def home(visit: Signed) -> Response:
    """Open cases, the most urgent first in each group."""
    return visit.page(
        "home.html", groups=_groups(visit.office), found=None, lying=_waiting(visit.office)
    )


@router.post("/find")
def find(visit: Signed, form: Form) -> Response:
    """A case by its reference, or cases by parts of a name; the look-up is journaled.

    A form and no link, so that no name ever stands in an address or a history.
    """
    reference, name = form.text("reference"), form.text("name")
    if reference:
        return RedirectResponse(f"/cases/{visit.office.known(reference)}", 303)
    if not name:
        raise InputError(
            "desk.find",
            "Neither a reference nor a name was given.",
            "Fill in one of the two fields.",
        )
    found = visit.office.store.find_by_name(name.split(), visit.login)
    return visit.page(
        "home.html", groups=_groups(visit.office), found=found, lying=_waiting(visit.office)
    )


def _waiting(office: Office) -> int:
    """Parcels that nobody has posted or handed over yet."""
    return sum(1 for parcel in lying(office) if parcel.taken is None)


def _groups(office: Office) -> list[tuple[str, list[Row]]]:
    """Rows under what they wait for; what a machine does next comes last."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows(office):
        next_ = where(office.case(row.ref))
        topics = list(dict.fromkeys(q.topic for q in next_.waiting))
        name = words.TOPICS.get(topics[0], topics[0]) if topics else ""
        grouped[name].append(row)
    machine = grouped.pop("", [])
    order = list(words.TOPICS.values())
    groups = sorted(grouped.items(), key=lambda g: order.index(g[0]) if g[0] in order else 99)
    return [*groups, *([("Being worked on by the engine", machine)] if machine else [])]
