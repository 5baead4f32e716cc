"""How a complaint is answered: the cases linked both ways, the finding, the reply."""

from __future__ import annotations

from casework.answering import Answering, answers, nobody_to_tell, nothing_to_do
from casework.complaint.deciding import decide
from casework.complaint.finding import causes_found, details_of, finding, that_follows
from casework.complaint.handler import ABOUT
from casework.complaint.reply import reply
from casework.office import Work
from casework.questions import ask
from rights.decisions.complaint import causes
from rights.events.base import ENGINE
from rights.events.kinds import CaseLinked
from rights.failpoints import failpoint, register
from rights.gates.guards.complaints import handler_of
from rights.release import Right
from rights.road import Stage

register("complaint.linked")


def assess(work: Work) -> None:
    """Link the case that it is about both ways, then ask what was found and what follows."""
    _link_back(work)
    case, law, today = work.case, work.office.law, work.office.today()
    handler = handler_of(case)
    role = str(handler.get("role", "manager"))
    asks = [finding(case, causes(law, today), handler, role)]
    found = details_of(case, asks[0].id)
    if found:
        asks += that_follows(case, found, law_cause=causes_found(work.office, found), role=role)
    ask(work, tuple(asks), stage=Stage.ASSESS, topics=frozenset({"assess"}))


def _link_back(work: Work) -> None:
    """The case complained of says so as well; written once, whoever runs this again."""
    for link in work.case.linked:
        if link.why != ABOUT:
            continue
        other = work.office.case(link.other)
        if all(back.other != work.ref for back in other.linked):
            linked = CaseLinked(actor=ENGINE, other=work.ref, why=ABOUT)
            work.office.record(other, [linked])
        failpoint("complaint.linked")


answers(
    Right.COMPLAINT,
    Answering(
        assess=assess,
        decide=decide,
        orders=nothing_to_do,
        services=nobody_to_tell,
        letter=reply,
    ),
)
