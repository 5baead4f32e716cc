"""Every day: is each restriction still honoured where it was set, and may one that was ended go?

The source is read anew for each restriction that stands, in closed cases as well. Where a mark is
gone it is set again at once, for the same order can be given again safely, and an officer finds out
who took it away and whether the record was used meanwhile. A mark that only people can see is
looked for by a person at intervals.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping

from casework.office import Office, Work
from casework.questions import Given, SignedIn, on_answer
from casework.restriction.lifting import carry_on
from casework.restriction.records import Held, entry, titles_of
from casework.restriction.standing import Standing, standing
from rights.case import Case, Question
from rights.decisions.restriction import look_again, still_allowed
from rights.errors import ConflictError, InputError, RightsdeskError
from rights.events import Event
from rights.events.base import ENGINE
from rights.events.kinds import QuestionAsked, RestrictionChecked
from rights.failpoints import failpoint, register
from rights.release import CaseRef
from rights.sources.actions import Instruction

TOPIC = "restriction"
TOLD, LOOKED_INTO, STILL_THERE, SET_AGAIN = (
    "the teams were told",
    "it was looked into",
    "the mark is there",
    "it was gone and is set again",
)

register("restrictions.checked", "restrictions.set-again")


def check_restrictions(office: Office, today: dt.date, *, dry_run: bool) -> tuple[str, ...]:
    """Read every standing restriction anew, and end those whose notice has run out.

    Args:
        office: The office.
        today: The day it is done for. A day that is not today only says what would be done.
        dry_run: Only say it.

    Returns:
        One line for each case with something to say; references and counts only.
    """
    rehearsed = dry_run or today != office.today()
    lines: list[str] = []
    for case in office.cases():
        if not standing(case):
            continue
        try:
            lines += carry_on(office, case.ref, today, dry_run=rehearsed)
            lines += _check(office, case.ref, today, dry_run=rehearsed)
        except ConflictError:
            continue  # somebody is at work on it; the next watch looks again
        except RightsdeskError as error:
            lines.append(f"{case.ref}: a restriction could not be checked [{error.code}]")
    return tuple(lines)


def tell_staff(office: Office, case: Case, records: Iterable[Held], uses: str) -> QuestionAsked:
    """The task to tell the teams what they may still do with records whose use is limited."""
    number = _number(case, "restriction/tell")
    titles = titles_of(office)
    body = {
        "form": "lists",
        "words": "Tell the teams that use these records, in these words, and say when you did.",
        "notes": [
            "The use of these records is limited. They are stored and otherwise used only so: "
            + " ".join(still_allowed(office.law, on=office.today()))
            + (f" In this case: {uses}" if uses else ""),
            "Whoever needs a record for anything else asks first.",
        ],
        "shown": [
            {
                "title": "Records",
                "rows": [[r.title, r.day, titles.get(r.source, r.source)] for r in records],
            }
        ],
        "entries": [entry("by", "Who was told, and when", "Names of the teams or their managers.")],
    }
    return _asked(f"restriction/tell/{number}", body, (TOLD,))


def _check(office: Office, ref: CaseRef, today: dt.date, *, dry_run: bool) -> Iterator[str]:
    if dry_run:
        waiting = [one for one in standing(office.case(ref)) if not _checked(office.case(ref), one)]
        if waiting:
            yield f"{ref}: {len(waiting)} restriction(s) would be checked"
        return
    lost = 0
    with office.working(ref, "restrictions") as work:
        for one in standing(work.case):
            known = work.case.restrictions.get(one.order.key)
            if known is not None and known.honoured and known.checked_on >= today:
                continue
            if one.by_hand and not _was_seen(work.case, one):
                _look(work, one, today)
                continue
            lost += _look_anew(work, one, today)
    if lost:
        yield f"{ref}: {lost} restriction(s) were not honoured"


def _checked(case: Case, one: Standing) -> bool:
    return one.order.key in case.restrictions


def _was_seen(case: Case, one: Standing) -> bool:
    """Whether a machine has seen it in the source before, although a person set it."""
    known = case.restrictions.get(one.order.key)
    return known is not None


def _look_anew(work: Work, one: Standing, today: dt.date) -> int:
    """Read it anew; when it is gone set it again and ask. Returns 1 when it was gone."""
    actions = work.office.actions[one.source]
    honoured = actions.prove(one.order)
    failpoint("restrictions.checked")
    checked = RestrictionChecked(
        actor=ENGINE, key=one.order.key, checked_on=today, honoured=honoured
    )
    if honoured:
        work.append(checked)
        return 0
    asked = _lost(work, one, today)
    work.append(checked, *asked)
    told = actions.carry_out(one.order, work.office.clock())
    failpoint("restrictions.set-again")
    if not isinstance(told, Instruction) and actions.prove(one.order):
        again = RestrictionChecked(actor=ENGINE, key=one.order.key, checked_on=today, honoured=True)
        work.append(again)
    return 1


def _lost(work: Work, one: Standing, today: dt.date) -> tuple[QuestionAsked, ...]:
    """The task of finding out, unless it is open already."""
    prefix = f"restriction/lost/{one.mark}"
    if any(q.id.startswith(f"{prefix}/") for q in work.case.open_questions):
        return ()
    body = {
        "form": "lists",
        "words": "The mark on this record was gone. It is set again where a machine can set it; "
        "look at the record and make sure.",
        "notes": [
            "Find out who took it away and whether the record was used meanwhile. If it was, note "
            "a breach. If the limit is to end, the person is told first: use Restrictions on the "
            "case page."
        ],
        "shown": [_where(work.office, one, today)],
        "entries": [entry("by", "What was found", "Who took it away, when, and what was done.")],
    }
    number = _number(work.case, prefix)
    return (_asked(f"{prefix}/{number}", body, (LOOKED_INTO,)),)


def _look(work: Work, one: Standing, today: dt.date) -> None:
    """A restriction that a person set: seen by machine if it can be, or looked for by a person."""
    if _shows(work.office, one):
        work.append(
            RestrictionChecked(actor=ENGINE, key=one.order.key, checked_on=today, honoured=True)
        )
        return
    prefix = f"restriction/look/{one.mark}"
    asked = [q for q in work.case.questions.values() if q.id.startswith(f"{prefix}/")]
    if any(q.is_open for q in asked):
        return
    answered = [q.answer.at.astimezone(work.office.zone).date() for q in asked if q.answer]
    if today < look_again(work.office.law, max([one.since, *answered]), today):
        return
    body = {
        "form": "lists",
        "words": "No machine can see this mark. Is it still there?",
        "shown": [_where(work.office, one, today)],
        "entries": [
            entry("by", "How you know", "Who looked, where, and what the record shows."),
        ],
    }
    number = _number(work.case, prefix)
    work.append(_asked(f"{prefix}/{number}", body, (STILL_THERE, SET_AGAIN)))


def _shows(office: Office, one: Standing) -> bool:
    try:
        return office.actions[one.source].prove(one.order)
    except RightsdeskError:
        return False  # what cannot be read back by machine is looked for by a person


def _where(office: Office, one: Standing, today: dt.date) -> dict[str, object]:
    found = [[label, value] for label, value in one.order.find_by]
    rows = [
        ["Where", titles_of(office).get(one.source, one.source)],
        ["Record", one.order.record],
        *found,
        ["Limited since", one.since.isoformat()],
        ["Looked at", today.isoformat()],
    ]
    return {"title": "Record", "rows": rows}


def _asked(name: str, body: Mapping[str, object], options: tuple[str, ...]) -> QuestionAsked:
    return QuestionAsked(
        actor=ENGINE,
        question=name,
        topic=TOPIC,
        stage=TOPIC,
        role="officer",
        text=json.dumps(body, ensure_ascii=False),
        options=options,
    )


def _number(case: Case, prefix: str) -> int:
    return 1 + sum(1 for name in case.questions if name.startswith(f"{prefix}/"))


@on_answer(TOPIC)
def _answered(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    if not str(given.details.get("by", "")).strip():
        raise InputError(
            "restriction.how",
            "Nothing says who did what, or how it is known.",
            "Write it in the field below the answer.",
        )
    return ()
