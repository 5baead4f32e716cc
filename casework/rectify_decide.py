"""Deciding each point: the author is asked, the manager decides, another person checks.

What a decision changes is worked out when it is made, from the records as they stand in that
moment, and kept with the decision: the digest that an order must meet, and the old words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from casework.acting import could_not
from casework.collect import document_id
from casework.office import Office, Work
from casework.questions import Ask, Given, SignedIn
from casework.rectify_entries import Entry, own_entries, with_copies
from casework.rectify_points import RAISE, Point, points_of, table_of, text_of
from casework.restrict_lift import lifted_with_reply
from casework.restrict_standing import standing
from rights.case import Action, Case, Decision, Question
from rights.decisions import record, right_table, way
from rights.decisions.record import OUTCOME
from rights.errors import InputError, RefusedError, RightsdeskError
from rights.events import DESTROYED, Event
from rights.events.kinds import ActionDone, DecisionMade
from rights.law import Law
from rights.release import Right
from rights.sources.actions import Correct, RecordState

OPEN = "open"
CORRECTED, COMPLETED, NOTED, LABELLED, REFUSED = (
    "corrected",
    "completed",
    "noted",
    "labelled",
    "refused",
)
AUTHOR_AGREES, AUTHOR_STANDS, NO_AUTHOR = (
    "the author agrees",
    "the author does not agree",
    "the author cannot be asked",
)
STANDS, FALLS = "the opinion stands", "the author no longer holds it"
AGREE, LOOK_AGAIN = "every point is right", "a point must be looked at again"
OUR_ANSWER = "this is our answer"
_GAINED = frozenset({CORRECTED, COMPLETED})
_TOLD = (
    ("wrong", "now"),
    ("right", "then"),
    ("opinion", "an opinion that rests on it"),
    ("statement", "beside it"),
    ("became", "what became of it"),
    ("reason", "why"),
)
"""What a decision says, with the label it has on the page of whoever checks it."""


def round_of(case: Case) -> int:
    """Which time the points are decided: once more whenever the outcome was opened again."""
    opened = [d for d in case.decisions if d.event.matter == OUTCOME and d.event.outcome == OPEN]
    return 1 + len(opened)


def decided_on(case: Case, point: str) -> Decision | None:
    """The decision in force on a point; None while it is to be decided (again)."""
    made = case.decision(f"assess/{point}")
    if made is None:
        return None
    if is_done(case, point):
        return made
    of_now = facts_of(made).get("round") == round_of(case)
    return made if of_now and made.seq > entered_seq(case, point) else None


def opinion_on(case: Case, point: str) -> Decision | None:
    """What became of the opinion that rested on a corrected fact, if there was one."""
    decided, made = decided_on(case, point), case.decision(f"assess/{point}/opinion")
    return made if decided and made and made.seq > decided.seq else None


def is_done(case: Case, point: str) -> bool:
    """Whether what was decided on a point was done in the sources, every order of it."""
    begun = _begun(case, point)
    return bool(begun) and not any(a.done is None or could_not(case, a.started.key) for a in begun)


def _begun(case: Case, point: str) -> list[Action]:
    """What was begun in the sources for a point, but for stopping the use meanwhile."""
    of_point = [a for a in case.actions.values() if a.started.point == point]
    return [a for a in of_point if a.started.act not in ("restrict", "lift")]


def facts_of(made: Decision) -> dict[str, Any]:
    """What a decision rests on and changes; personal data, empty once the key is destroyed."""
    text = made.event.facts
    return json.loads(text) if text and text != DESTROYED else {}


def asks_for(work: Work) -> tuple[Ask, ...]:
    """What is to be asked next of a request whose points are entered; none when all is decided."""
    case, office = work.case, work.office
    points = points_of(case)
    entries = {e.document: e for e in own_entries(work)}
    own = {p.id: tuple(entries[d] for d in p.documents if d in entries) for p in points}
    authors = [_ask_author(p, own[p.id]) for p in points if own[p.id]]
    missing = [a for a in authors if not _answered(case, a.id)]
    if missing:
        return tuple(missing)
    open_points = [p for p in points if decided_on(case, p.id) is None]
    if open_points:
        return tuple(_ask_manager(work, p, own[p.id]) for p in open_points)
    opinions = [p for p in points if _rests(case, p.id) and opinion_on(case, p.id) is None]
    if opinions:
        return tuple(_ask_opinion(case, p) for p in opinions)
    check = _ask_check(office, case, points)
    answered = case.questions.get(check.id)
    if answered is None or answered.answer is None:
        return (check,)
    return (_ask_whole(office, case, points, answered.answer.login),)


def _ask_author(point: Point, entries: Sequence[Entry]) -> Ask:
    body = {
        "words": "Ask whoever wrote it, and write down what they say. It is theirs to be heard, "
        "and the manager's to decide.",
        "form": "lists",
        "notes": [f"Point {point.number}: {point.words}", f"Wanted: {point.wanted}"],
        "shown": [_shown("The entries", entries)],
        "entries": [_field("reason", "What they say, and when they were asked", "area")],
    }
    options = (AUTHOR_AGREES, AUTHOR_STANDS, NO_AUTHOR)
    return Ask(f"assess/{point.id}/author", "assess", "officer", body, options)


def _ask_manager(work: Work, point: Point, own: Sequence[Entry]) -> Ask:
    case, office = work.case, work.office
    table = table_of(point.kind, office.law, office.today())
    every = with_copies(work, own)
    author = case.questions.get(f"assess/{point.id}/author")
    said = "Nobody was asked."
    if author is not None and author.answer is not None:
        details = json.loads(author.answer.details or "{}")
        said = f"{author.answer.value}. {details.get('reason', '')}"
    ways = [w for w in table.ways if own or w.code == REFUSED]
    before = case.decision(f"assess/{point.id}")
    said_of_it = [
        ["The person says", point.words],
        ["They want", point.wanted],
        ["They offer to show it", point.evidence or "Nothing."],
        ["The author", said],
    ]
    if before is not None:
        said_of_it.append(["Decided before", f"{before.event.outcome}. {_why_again(case)}"])
    body = {
        "words": "Decide this point. What you decide is done in every entry and copy below.",
        "form": "lists",
        "shown": [
            {"title": f"Point {point.number}: {table.plain}", "rows": said_of_it},
            {
                "title": "What to decide",
                "rows": [[f"{q.plain}?", q.citation] for q in table.decides],
            },
            {"title": "How it can end", "rows": [[w.code, f"{w.plain}."] for w in ways]},
            {"title": "Mind", "rows": [[trap] for trap in table.traps]},
            _shown("Entries of this person's file", [e for e in every if e.own]),
            _shown("Copies in other files", [e for e in every if not e.own]),
        ],
        "entries": _manager_fields({w.code for w in ways}),
    }
    name = f"assess/{round_of(case)}/{point.id}/decide/{entered_seq(case, point.id)}"
    return Ask(name, "assess", "manager", body, tuple(w.code for w in ways))


def _manager_fields(codes: set[str]) -> list[dict[str, Any]]:
    every = (
        _field("wrong", "The words that are wrong, exactly as they stand there", "area", CORRECTED),
        _field("right", "What it shall say instead", "area", CORRECTED),
        _field(
            "opinion",
            "An opinion in these entries that rests on this fact",
            "area",
            CORRECTED,
            hint="Its author is then asked whether it stands. Leave it empty if there is none.",
        ),
        _field(
            "statement",
            "The words to be put beside the entry",
            "area",
            COMPLETED,
            NOTED,
            hint="The person's own; left empty, their words above are taken.",
        ),
        _field("became", "What became of the allegation", "area", LABELLED),
        _field(
            "reason",
            "Why",
            "area",
            NOTED,
            LABELLED,
            REFUSED,
            hint="Printed in the letter; write it to the person.",
        ),
    )
    return [f for f in every if codes & set(f["goes_with"])]


def _ask_opinion(case: Case, point: Point) -> Ask:
    decided = decided_on(case, point.id)
    assert decided is not None
    facts = facts_of(decided)
    body = {
        "words": "The fact is put right. Ask the author of the opinion whether they still hold it.",
        "form": "lists",
        "notes": [
            f"It said: {facts['wrong']}",
            f"It will say: {facts['right']}",
            f"The opinion: {facts['opinion']}",
        ],
        "entries": [
            _field("reason", "What the author says", "area", hint="Put beside the entry."),
        ],
    }
    name = f"assess/{point.id}/opinion/{decided.seq}"
    return Ask(name, "assess", "officer", body, (STANDS, FALLS))


def _ask_check(office: Office, case: Case, points: Sequence[Point]) -> Ask:
    by = {d.event.actor.login for p in points if (d := decided_on(case, p.id))}
    body = {
        "words": "Check each point: is it the person's data, does the decision fit the law, are "
        "all copies there, will the person understand the reason?",
        "form": "lists",
        "notes": [f"Together: {whole(office.law, case, office.today())}."],
        "shown": [_summary(case, points)],
        "decided_by": sorted(by),
        "entries": [_field("reason", "Which point, and why", "area", LOOK_AGAIN)],
    }
    name = f"assess/{round_of(case)}/check/{_basis(case)}"
    return Ask(name, "assess", "officer", body, (AGREE, LOOK_AGAIN))


def _ask_whole(office: Office, case: Case, points: Sequence[Point], checked_by: str) -> Ask:
    outcome = whole(office.law, case, office.today())
    body = {
        "words": f"Shall this be our answer: {outcome}?",
        "form": "lists",
        "notes": [f"Checked by {checked_by}."],
        "shown": [_summary(case, points)],
        "entries": [_field("reason", "Which point, and why", "area", LOOK_AGAIN)],
    }
    name = f"assess/{round_of(case)}/whole/{_basis(case)}"
    return Ask(name, "assess", "manager", body, (OUR_ANSWER, LOOK_AGAIN))


def _summary(case: Case, points: Iterable[Point]) -> dict[str, Any]:
    """The points as decided, a line each."""
    rows: list[list[str]] = []
    for point in points:
        decided = decided_on(case, point.id)
        assert decided is not None
        facts = facts_of(decided)
        told = [f"{label}: {facts[name]}" for name, label in _TOLD if facts.get(name)]
        opinion = opinion_on(case, point.id)
        if opinion is not None:
            told.append(f"{opinion.event.outcome}: {facts_of(opinion)['reason']}")
        places = f"{len(facts.get('targets', ()))}"
        decision = decided.event.outcome
        rows.append([str(point.number), point.kind, point.words, decision, "; ".join(told), places])
    heads = ["Point", "Kind", "The person says", "Decided", "What it says", "Entries and copies"]
    return {"title": "The points", "heads": heads, "rows": rows}


def answered(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    """What an answer about a point, or about the whole, checks and records.

    Raises:
        InputError: an entry is missing, or the wrong words stand in none of the entries.
        RefusedError: it is done in the sources already.
    """
    words = question.id.split("/")
    if words[-1] == "author":
        _needs(given, "reason", "what the author says, or why nobody can be asked")
        return ()
    if words[-2] == "decide":
        name = "/".join(words[2:4])
        made = _point_decided(office, case, name, given, who)
        return (*_given_up(office, case, name, who), made)
    if words[-2] == "opinion":
        _needs(given, "reason", "what the author says")
        facts = {"reason": text_of(given, "reason")}
        matter = f"assess/{'/'.join(words[1:3])}/opinion"
        return (_record(office, case, matter, given.value, facts, who),)
    return _settle(office, case, given, who, last=words[-2] == "whole")


def _given_up(office: Office, case: Case, name: str, who: SignedIn) -> tuple[Event, ...]:
    """Orders of an earlier decision that could not be carried out, or not yet: closed undone."""
    receipt = json.dumps({"cannot": "Decided anew before it was done."})
    return tuple(
        ActionDone(
            actor=who.actor,
            key=action.started.key,
            proved=False,
            by_hand=True,
            done_on=office.today(),
            receipt=receipt,
        )
        for action in _begun(case, name)
        if action.done is None
    )


def _settle(
    office: Office, case: Case, given: Given, who: SignedIn, *, last: bool
) -> tuple[Event, ...]:
    law, today = office.law, office.today()
    if given.value == LOOK_AGAIN:
        _needs(given, "reason", "which point it is, and why")
        facts = {"reason": text_of(given, "reason")}
        return (_record(office, case, OUTCOME, OPEN, facts, who),)
    outcome = whole(law, case, today)
    if not last and "officer" not in way(Right.RECTIFICATION, outcome, law, on=today).by:
        return ()  # where something is refused the manager signs the whole
    facts = {"points": {p.id: _decision_id(case, p.id) for p in points_of(case)}}
    rules = [right_table(Right.RECTIFICATION, law, on=today).rule_id]
    made = _record(office, case, OUTCOME, outcome, facts, who, rules)
    stopped = tuple(one.order.key for one in standing(case))
    # The reply is the notice before what was stopped while we checked may be used again.
    return (made, lifted_with_reply(case, office, who, stopped)) if stopped else (made,)


def whole(law: Law, case: Case, on: Any) -> str:
    """How the request ends as a whole, from how its points end."""
    points = points_of(case)
    ends = {p.id: d.event.outcome for p in points if (d := decided_on(case, p.id))}
    limited = any(
        w.routes for p in points for w in table_of(p.kind, law, on).ways if w.code == ends.get(p.id)
    )
    gained = bool(_GAINED & set(ends.values()))
    if limited:
        return "partly corrected" if gained else "refused with a note on file"
    return "corrected" if CORRECTED in ends.values() else "completed by a statement"


def _point_decided(
    office: Office, case: Case, name: str, given: Given, who: SignedIn
) -> DecisionMade:
    if is_done(case, name):
        raise RefusedError(
            "rectify.done",
            "What was decided on this point is done in the sources already.",
            "Enter what is wrong now as a point of its own.",
        )
    point = next(p for p in points_of(case) if p.id == name)
    work = office.reading(case.ref)
    entries = {e.document: e for e in own_entries(work)}
    every = with_copies(work, [entries[d] for d in point.documents if d in entries])
    facts: dict[str, Any] = {"round": round_of(case), "kind": point.kind}
    facts |= _texts(point, given)
    facts["targets"] = [_target(office, e, given.value, facts) for e in every]
    if given.value == CORRECTED and not any(t["found"] for t in facts["targets"]):
        raise InputError(
            "rectify.not_there",
            "The words that are wrong stand in none of these entries.",
            "Copy them from the entry, letter by letter.",
        )
    rule = table_of(point.kind, office.law, office.today()).rule_id
    return _record(office, case, f"assess/{name}", given.value, facts, who, [rule])


def _texts(point: Point, given: Given) -> dict[str, str]:
    match given.value:
        case "corrected":
            _needs(given, "wrong", "which words are wrong")
            _needs(given, "right", "what it shall say instead")
            names = ("wrong", "right", "opinion")
        case "completed":
            return {"statement": text_of(given, "statement") or point.words}
        case "labelled":
            _needs(given, "became", "what became of the allegation")
            _needs(given, "reason", "why it stays")
            names = ("became", "reason")
        case "noted":
            _needs(given, "reason", "why it stays")
            statement = text_of(given, "statement") or point.words
            return {"statement": statement, "reason": text_of(given, "reason")}
        case _:
            _needs(given, "reason", "why it stays")
            names = ("reason",)
    return {name: text_of(given, name) for name in names if text_of(given, name)}


def _target(office: Office, entry: Entry, end: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """One entry with what an order needs: its digest now, and the values that change."""
    state = _state(office, entry)
    wrong, right = str(facts.get("wrong", "")), str(facts.get("right", ""))
    before: dict[str, str] = {}
    by_note = False
    if end == CORRECTED and state is not None:
        before = {c: v for c, v in state.values.items() if wrong in v}
        before = {c: v for c, v in before.items() if _may(office, entry, state, c, v, right, wrong)}
    elif end == CORRECTED and wrong in entry.text:
        before = {"Text": entry.text}
    if end == CORRECTED and not before:
        by_note = entry.is_file  # a file stays as it was written; a note beside it corrects it
    return {
        "source": entry.source,
        "record": entry.record,
        "title": entry.title,
        "dated": entry.dated,
        "document": entry.document or document_id(entry.source, entry.record),
        "expected": state.digest if state else "",
        "before": before,
        "found": bool(before) or by_note,
    }


def _state(office: Office, entry: Entry) -> RecordState | None:
    try:
        state = office.actions[entry.source].state(entry.record)
    except RightsdeskError as error:
        if error.code in ("sources.not_declared", "sources.not_read_back"):
            return None  # a person acts there, and sees what stands
        raise
    return state if state.present else None


def _may(
    office: Office, entry: Entry, state: RecordState, column: str, old: str, right: str, wrong: str
) -> bool:
    """Whether the mapping lets this column be corrected; tried at the source, nothing is done."""
    order = Correct(
        key="rehearsal",
        record=entry.record,
        expected=state.digest,
        values=((column, old.replace(wrong, right)),),
    )
    try:
        office.actions[entry.source].rehearse(order, office.clock())
    except InputError as error:
        if error.code == "sources.not_declared":
            return False
        raise
    return True


def _record(
    office: Office,
    case: Case,
    matter: str,
    outcome: str,
    facts: Mapping[str, Any],
    who: SignedIn,
    rules: Sequence[str] = (),
) -> DecisionMade:
    return record(
        case,
        actor=who.actor,
        matter=matter,
        outcome=outcome,
        law=office.law,
        on=office.today(),
        rules=rules,
        facts=facts,
    )


def _needs(given: Given, name: str, what: str) -> None:
    if not text_of(given, name):
        raise InputError("rectify.missing", f"Nothing says {what}.", "Write it and answer again.")


def _rests(case: Case, point: str) -> bool:
    decided = decided_on(case, point)
    return decided is not None and bool(facts_of(decided).get("opinion"))


def _decision_id(case: Case, point: str) -> str:
    decided = decided_on(case, point)
    return decided.event.decision if decided else ""


def _answered(case: Case, question: str) -> bool:
    known = case.questions.get(question)
    return known is not None and known.answer is not None


def entered_seq(case: Case, point: str) -> int:
    """When a point was last entered; changed since, it is decided anew."""
    question = case.questions.get(f"{RAISE}/{point.rpartition('/')[2]}")
    return question.answer.seq if question and question.answer else 0


def _basis(case: Case) -> int:
    """When the last thing was decided that a check rests on."""
    made = [d.seq for d in case.decisions if d.event.matter.startswith("assess/")]
    return max(made, default=0)


def _why_again(case: Case) -> str:
    outcome = case.decision(OUTCOME)
    return str(facts_of(outcome).get("reason", "")) if outcome else ""


def _shown(title: str, entries: Sequence[Entry]) -> dict[str, Any]:
    return {
        "title": title,
        "heads": ["Day", "Entry", "Written by", "What it says"],
        "rows": [[e.dated, e.title, e.author, e.text or "a file: open it"] for e in entries],
    }


def _field(
    name: str, label: str, kind: str, *goes_with: str, hint: str = "", choices: Sequence[str] = ()
) -> dict[str, Any]:
    return {
        "name": name,
        "label": label,
        "kind": kind,
        "hint": hint,
        "goes_with": list(goes_with),
        "choices": list(choices),
    }
