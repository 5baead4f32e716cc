"""The letter in between: how far a request is, in words that are true whatever was found."""

from __future__ import annotations

from casework.clock import clock_of
from casework.letter_words import PROGRESS_MATTER
from casework.letters import base, makes, routes
from casework.office import Office
from casework.refusing import facts_of
from letters.progress import ProgressLetter
from letters.render import LetterPdf, render_letter
from rights.case import Case
from rights.release import Right

_SEARCHED = "We have looked in the places where the records may be kept."
_NEXT = {
    Right.ACCESS: (
        "We read the records with care, for they often speak about other people too.",
        "A second person checks our work. Then we send you our answer.",
    )
}
_NEXT_OTHERS = (
    "We look at what the law asks us to do, and decide.",
    "We do what was decided, check it, and write to you.",
)


@makes(PROGRESS_MATTER)
def progress_letter(office: Office, case: Case, letter: str) -> LetterPdf:
    """The letter of one decision to write; its id is that of the decision.

    A search that has ended is told; what it found is not.
    """
    decided = next(d for d in case.decisions if d.event.decision == letter)
    day = decided.event.decided_on
    due = clock_of(office, case, day).due
    late = due is not None and due < day
    assert case.received_on is not None
    context = ProgressLetter(
        **base(office, case, day),  # pyright: ignore[reportArgumentType]
        received=case.received_on,
        done=("We have your request and are working on it.", *_searched(case)),
        next_steps=_NEXT.get(case.right, _NEXT_OTHERS),
        due=due,
        late=late,
        routes=routes(office, day) if late else (),
        free_text=(str(facts_of(decided).get("words", "")),),
    )
    return render_letter(context)


def _searched(case: Case) -> tuple[str, ...]:
    return (_SEARCHED,) if case.searched_seq else ()
