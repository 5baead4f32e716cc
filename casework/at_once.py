"""What stops as soon as it is understood, before anything is weighed: marketing, consent, uses.

An officer says what was meant; that is ordered and done at once. Only then does a manager weigh or
confirm the rest, and where nothing is left to weigh, the request has ended.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from casework.acting import give
from casework.answering import Ordered
from casework.office import Office, Work
from casework.questions import Ask, ask
from casework.refusing import facts_of
from casework.restriction.records import round_of
from casework.suppressing import keep_marks
from rights.case import Case, Decision
from rights.decisions import record
from rights.decisions.record import OUTCOME
from rights.events.base import ENGINE
from rights.road import Stage

TOPIC = "assess"
UNDERSTOOD = "understood"
STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class AtOnce:
    """How one right is weighed of which a part takes effect at once.

    Attributes:
        matter: The decision on what was meant.
        ask_what: Asks an officer what was meant, in a round.
        orders: What that orders at once.
        ask_rest: Asks a manager about the rest; None where nothing is left.
        rules: Rules of an outcome that nobody had to weigh.
    """

    matter: str
    ask_what: Callable[[Work, str], Ask]
    orders: Callable[[Office, Case, Decision], tuple[Ordered, ...]]
    ask_rest: Callable[[Work, Mapping[str, Any], str], Ask | None]
    rules: Sequence[str]

    def understood(self, case: Case) -> Decision | None:
        """What was understood in this round; None while nobody has said it."""
        known = case.decision(self.matter)
        return known if known and facts_of(known).get("round") == round_of(case) else None

    def ordered(self, work: Work) -> tuple[Ordered, ...]:
        """What was ordered at once."""
        understood = self.understood(work.case)
        return self.orders(work.office, work.case, understood) if understood else ()

    def assess(self, work: Work) -> None:
        """Ask what was meant and do it at once; then ask about the rest, or end the request."""
        now = round_of(work.case)
        understood = self.understood(work.case)
        if understood is None:
            self._ask(work, self.ask_what(work, now))
            return
        facts = facts_of(understood)
        give(work, self.orders(work.office, work.case, understood), stage=Stage.ASSESS)
        keep_marks(work, facts, understood.event.decision)
        rest = self.ask_rest(work, facts, now)
        if rest is not None:
            self._ask(work, rest)
            return
        ended = record(
            work.case,
            actor=ENGINE,
            matter=OUTCOME,
            outcome=STOPPED,
            law=work.office.law,
            on=work.office.today(),
            rules=self.rules,
            facts={"round": now, "uses": []},
        )
        work.append(ended)

    def _ask(self, work: Work, item: Ask) -> None:
        ask(work, (item,), stage=Stage.ASSESS, topics=frozenset({TOPIC}))
