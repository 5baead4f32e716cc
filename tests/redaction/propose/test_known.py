"""What speaks for the data subject knowing something already."""

import pytest

from redaction.find import Finder
from redaction.propose import Default, propose
from redaction.propose.known import PRESENT, SAID, SENT, SIGNED, known_to_subject
from rights.release import DisclosureMode, Role, Treatment
from tests.redaction.find.cast import CAST, document


def law(person, kind):
    return Default(Treatment.ASK, "3P", DisclosureMode.NAMED, "", "It is asked.")


def knows(text: str) -> dict[str, str]:
    doc = document(text)
    proposals = propose([doc], Finder(CAST).find(doc), CAST, law)
    known = known_to_subject([doc], proposals)
    assert not any(p.person == CAST[0].ref and p.id in known for p in proposals)
    return {p.text: known[p.id] for p in proposals if p.id in known}


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("Amy told me that Daniel Okafor shouts.", SAID),
        ("Amy was present when Daniel Okafor came.", PRESENT),
        ("Present: Karen Lee, Amy Khan\n\nDaniel Okafor was spoken of.", PRESENT),
        ("To: Amy Khan\n\nDaniel Okafor will come.", SENT),
        ("Dear Amy\n\nDaniel Okafor will come.", SENT),
        ("Daniel Okafor will come.\n\nSigned: Amy Khan", SIGNED),
    ],
)
def test_what_the_subject_said_saw_signed_or_was_sent_is_told(text, how):
    """The decider sees how the subject may know it."""
    assert knows(text)["Daniel Okafor"] == how


@pytest.mark.parametrize(
    "text",
    [
        "Karen Lee told me that Daniel Okafor shouts.",
        "Amy said nothing.\n\nDaniel Okafor shouts.",
        "Karen Lee wrote to Amy's school. Daniel Okafor shouts.",
    ],
)
def test_what_others_said_is_no_argument(text):
    """Only what the subject's own name stands beside counts, and what was said in its sentence."""
    assert "Daniel Okafor" not in knows(text)
    assert CAST[0].role is Role.SUBJECT
