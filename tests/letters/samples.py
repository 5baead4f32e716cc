"""Every made-up letter, in every set of templates and for every kind of reader."""

from letters.context import (
    LetterBase,
)
from letters.languages import EASY
from letters.parts import (
    Reader,
    ReaderKind,
    Subject,
)
from tests.letters.samples_answers import answering
from tests.letters.samples_asking import asking
from tests.letters.samples_complaints import complaining
from tests.letters.samples_copies import copying
from tests.letters.samples_erasure import erasing
from tests.letters.samples_limiting import limiting
from tests.letters.samples_others import to_others
from tests.letters.samples_people import COMMON, ROUTES
from tests.letters.samples_rectification import rectifying

_PARENT = {
    "reader": Reader(
        "Alex Marsh", "Alex", ("14 Tern Lane", "Marram Bay", "MB3 4QT"), ReaderKind.PARENT
    ),
    "subject": Subject("Robin Marsh", is_reader=False),
}
_SOLICITOR = {
    "reader": Reader(
        "Pike and Dace Solicitors",
        "Pike and Dace",
        ("9 Market Place", "Marram Bay", "MB1 2BB"),
        ReaderKind.REPRESENTATIVE,
    ),
    "subject": Subject("Jordan Marsh", is_reader=False),
}
_CHILD = {
    "reader": Reader("Robin Marsh", "Robin", ("14 Tern Lane", "Marram Bay"), ReaderKind.CHILD),
    "language": EASY,
}


def letters(**changes: object) -> dict[str, LetterBase]:
    """Every letter and each variant of its text, by a name for its golden file."""
    c = COMMON | changes
    return {
        **asking(**c),
        **answering(**c),
        **to_others(changes, **c),
        **complaining(c, ROUTES),
        **copying(ROUTES, **c),
        **limiting(c, ROUTES),
        **erasing(c, ROUTES),
        **rectifying(c, ROUTES),
    }


def versions() -> dict[str, LetterBase]:
    """Letters to a child, to a parent for a child and to a solicitor, by the name of a golden."""
    readers = {"child": _CHILD, "parent": _PARENT, "solicitor": _SOLICITOR}
    kinds = ("acknowledgement", "cover_letter-part", "refusal_letter", "progress-late")
    return {
        f"{kind}-to-{who}": letters(**fields)[kind]
        for who, fields in readers.items()
        for kind in kinds
    }


def every_letter() -> dict[str, LetterBase]:
    """Every letter in every set of templates and every version, by the path of its golden file."""
    easy = {f"{EASY}/{name}": letter for name, letter in letters(language=EASY).items()}
    return letters() | versions() | easy
