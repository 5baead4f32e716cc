"""From a box back to what stands behind it: whose data, what proposed it, who decided, when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from casework.bundle import DECISION, Bundle
from casework.office import Work
from casework.review.standing import asked_of
from redaction.decisions import Proposal
from rights.release import Treatment

_HEALTH = "health/"


@dataclass(frozen=True, slots=True)
class Decided:
    """What stands behind a box; everything empty for a trace of something withheld elsewhere.

    Attributes:
        person: Whose data it is, by reference.
        rule: What proposed it.
        decision: Id of the question, opinion or mark.
        by: Sign-in of whoever decided it.
        at: When it was written down.
        against: Whether the law's default was to show it.
    """

    person: str = ""
    rule: str = ""
    decision: str = ""
    by: str = ""
    at: dt.datetime | None = None
    against: bool = False


class Deciders:
    """Looks up the causes of a case's boxes."""

    def __init__(self, work: Work, bundle: Bundle) -> None:
        self._case = work.case
        self._known = {p.id: p for p in bundle.proposals}
        self._asked = dict(asked_of(work.case, bundle.proposals))
        self._written = {
            row.seq: (row.event.actor.login, row.recorded_at)
            for row in work.office.store.read(work.ref)
        }
        self._opinions = {
            item: name
            for name, opinion in work.case.opinions.items()
            for given in opinion.given
            for item in given.harm
        }
        self._found: dict[str, Decided] = {}

    def of(self, cause: str) -> Decided:
        """What stands behind a box, by its cause."""
        if cause not in self._found:
            self._found[cause] = self._look_up(cause)
        return self._found[cause]

    def _look_up(self, cause: str) -> Decided:
        mark = self._mark(cause)
        if mark in self._case.passages:
            seq, text = self._case.passages[mark]
            decision = DECISION.validate_json(text)
            proposal = self._known.get(decision.proposal or "")
            by, at = self._written[seq]
            return self._decided(proposal, mark, by, at, str(decision.person or ""))
        proposal = next(
            (self._known[part] for part in cause.split("/") if part in self._known), None
        )
        if proposal is not None and cause.startswith(_HEALTH):
            return self._by_opinion(proposal)
        question = self._question(cause) or self._asked.get(proposal.id if proposal else "", "")
        answer = self._case.questions[question].answer if question else None
        if answer is None:
            return self._decided(proposal, "", "", None)
        return self._decided(proposal, question, answer.login, answer.at)

    def _mark(self, cause: str) -> str:
        """The reviewer's mark of a cause, which may be a copy of it elsewhere."""
        return "/".join(cause.split("/")[:2])

    def _question(self, cause: str) -> str:
        """The answered question that a cause names, with or without what follows its id."""
        parts = cause.split("/")
        names = ("/".join(parts[:count]) for count in range(len(parts), 0, -1))
        return next((name for name in names if name in self._case.questions), "")

    def _by_opinion(self, proposal: Proposal) -> Decided:
        item = f"{proposal.span.document}/{proposal.id}"
        name = self._opinions.get(item, "")
        made = self._case.decision(f"{_HEALTH}{name}") if name else None
        if made is None:
            return self._decided(proposal, name, "", None)
        return self._decided(proposal, name, made.event.actor.login, made.at)

    def _decided(
        self,
        proposal: Proposal | None,
        decision: str,
        by: str,
        at: dt.datetime | None,
        person: str = "",
    ) -> Decided:
        if proposal is None:
            return Decided(person=person, decision=decision, by=by, at=at)
        return Decided(
            person=person or str(proposal.person or ""),
            rule=proposal.rule,
            decision=decision,
            by=by,
            at=at,
            against=proposal.treatment is Treatment.CLEAR,
        )
