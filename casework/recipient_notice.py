"""The notice to a recipient (UK GDPR Art 19), made from what was decided and done in the sources.

It names the person, the services and what has to change. Records are told by their number and
days, for a title can hold somebody else's name; that somebody asked, and why, is not told.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from casework.collect import about_of
from casework.letters import base_to_other, makes, people_of
from casework.office import Office
from casework.rectification.points import points_of
from casework.rectification.state import decided_on, facts_of
from letters.languages import LANGUAGE
from letters.parts import Reader
from letters.recipient import Change, RecipientNotice, Replaced
from letters.rectification import PointEnd
from letters.render import LetterPdf, render_letter
from letters.words import long_date
from rights.case import Action, Case
from rights.errors import RefusedError
from rights.events import DESTROYED
from rights.register.model import Recipient
from rights.release import Right
from rights.sources.actions import Act

_CHANGES = {Act.ERASE: Change.ERASE, Act.RESTRICT: Change.LIMIT}
"""The first that was done gives the notice its heading: who erases need not limit as well."""


@makes("recipient")
def recipient_notice(office: Office, case: Case, letter: str) -> LetterPdf:
    """The notice to one recipient of the register.

    Raises:
        RefusedError: ``notice.nothing_done``: nothing was changed, so there is nothing to tell.
        InputError: A text cannot be printed, or the address does not fit.
    """
    code = letter.split("/")[1]
    told_on = case.told[code].told_on
    assert told_on is not None
    recipient = office.council.register.recipients[code]
    change, which = _done(case)
    context = RecipientNotice(
        **base_to_other(office, case, told_on, _reader(recipient)),  # pyright: ignore[reportArgumentType]
        change=change,
        born=people_of(case).subject.date_of_birth,
        services=_services(office, case, code),
        replaced=tuple(_replaced(case)) if change is Change.CORRECT else (),
        which=which,
    )
    return render_letter(context)


def _reader(recipient: Recipient) -> Reader:
    """The desk that the register names; a desk and no person."""
    contact = recipient.contact
    name = contact.desk if contact else recipient.text
    return Reader(name, name, contact.address if contact else ())


def _services(office: Office, case: Case, code: str) -> tuple[str, ...]:
    """The names of the services whose data the recipient may have had, as it was asked about."""
    asked = case.questions[f"recipient/{code}"]
    ids = {str(s) for s in asked.body["services"]}
    return tuple(s.name for s in office.council.register.services if s.id in ids)


def _done(case: Case) -> tuple[Change, tuple[str, ...]]:
    """What was done, and to which records where these have to be named."""
    if case.right is Right.RECTIFICATION:
        return Change.CORRECT, ()
    for act, change in _CHANGES.items():
        done = [a for a in case.actions.values() if a.done and a.started.act == act.value]
        if done:
            return change, tuple(_which(case, done))
    raise RefusedError(
        "notice.nothing_done",
        f"Nothing was changed for {case.ref} that a recipient could be told of.",
        "Look at what was decided; say for each recipient that nothing has to be told.",
    )


def _replaced(case: Case) -> Iterable[Replaced]:
    """What was wrong and is right now, and what was added; nothing that stays as it was."""
    for point in points_of(case):
        decided = decided_on(case, point.id)
        facts = facts_of(decided) if decided else {}
        match decided.event.outcome if decided else "":
            case PointEnd.CORRECTED.value:
                yield Replaced(str(facts["wrong"]), str(facts["right"]))
            case PointEnd.COMPLETED.value:
                yield Replaced("", str(facts["statement"]))
            case _:
                pass


def _which(case: Case, actions: Iterable[Action]) -> Iterable[str]:
    """'3 records, from 1 February 2012 to 20 March 2012', and those without a date."""
    places = {
        (a.started.source, str(json.loads(a.started.order)["record"]))
        for a in actions
        if a.started.order != DESTROYED
    }
    found = [
        c
        for c in case.documents.values()
        if (c.source, about_of(c).get("item", "")) in places and not about_of(c).get("parent")
    ]
    days = sorted(c.dated for c in found if c.dated)
    if days:
        first, last = long_date(days[0], LANGUAGE), long_date(days[-1], LANGUAGE)
        span = f"of {first}" if first == last else f"from {first} to {last}"
        yield f"{_count(len(days))}, {span}"
    if len(days) < len(places):
        yield f"{_count(len(places) - len(days))} without a date"


def _count(number: int) -> str:
    return f"{number} {'record' if number == 1 else 'records'}"
