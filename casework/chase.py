"""The chase ladder in the daily watch: a place that does not answer gets a letter for each rung.

A rung is a decision of the engine, so that a second run on the same day sends nothing twice; the
letter is made from it and goes out like any other. Computed from today and the journal: of several
rungs that were missed only the highest speaks.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator

from casework.office import Office
from casework.sheets import letter_out, matter_of, teams
from rights.case import Case
from rights.errors import ConflictError
from rights.events import DESTROYED
from rights.events.base import ENGINE
from rights.events.kinds import DecisionMade
from rights.gates import State, state_of
from rights.sources.chase import answer_by, ladder, standing
from rights.sources.sheet import TOPIC, Step
from rights.sources.team import TeamSource
from rights.workdays import calendar_of


def chase_places(office: Office, *, dry_run: bool) -> tuple[str, ...]:
    """Chase what is due to be chased today; one line for each letter, references only."""
    lines: list[str] = []
    for case in office.cases():
        if state_of(case) is not State.OPEN or case.frozen is not None:
            continue
        for team, made in chases(office, case):
            if not dry_run:
                try:
                    office.record(office.case(case.ref), [made])
                except ConflictError:
                    continue  # somebody is at work on the case; the next watch looks again
            lines.append(f"{case.ref}: {team.name} is chased")
    return tuple(lines)


def chases(office: Office, case: Case) -> Iterator[tuple[TeamSource, DecisionMade]]:
    """The letters that stand today and were not sent, with the place of each."""
    calendar, today = calendar_of(office.law), office.today()
    waiting = {
        str(q.body["source"]): q
        for q in case.open_questions
        if q.topic == TOPIC and q.body.get("step") == Step.RETURN
    }
    for team in teams(office):
        question = waiting.get(team.name)
        if question is None:
            continue
        asked_on = dt.date.fromisoformat(str(question.body["asked_on"]))
        steps = ladder(asked_on, team.team.chase, calendar)
        stands = standing(steps, today)
        if stands is None or stands.rung in _sent(case, team):
            continue
        by = answer_by(steps, today)
        yield team, letter_out(office, case, team, stands.rung, asked_on, by, ENGINE)


def _sent(case: Case, team: TeamSource) -> frozenset[str]:
    """The rungs of which a letter went out."""
    matter = matter_of(team)
    return frozenset(
        str(json.loads(d.event.facts)["rung"])
        for d in case.decisions
        if d.event.matter == matter and d.event.facts != DESTROYED
    )
