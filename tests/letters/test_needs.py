"""Each letter says what the law data asks of it."""

from __future__ import annotations

import datetime as dt

import pytest

from letters.render import render_letter
from rights.decisions import letter_needs
from rights.law import load
from tests.letters.reading import flat_text
from tests.letters.samples import letters

LAW = load()
DAY = dt.date(2026, 11, 23)
ROUTES = (
    "You can complain to the council. | You can complain to the regulator. | You can go to court."
)
SAID = {
    "acknowledgement": {
        "understood": "All your records from social care",
        "subject": "your request for your information",
        "due": "21 December 2026",
        "needed": "",
        "contact": "Asha Bell (Information officer) is looking after your request",
        "adjustments": "read out, or explained in person",
        "support": "someone to talk to, day and night",
    },
    "acknowledgement-waiting": {"needed": "Something that shows us who you are"},
    "identity_request": {
        "doubt": "is different from the name on our records",
        "evidence": "A passport or driving licence",
        "time": "starts on the day we get what we need from you",
    },
    "clarification_request": {
        "unclear": "We hold several files about you",
        "volume": "about 6,000 pages",
        "choices": "The years that matter to you",
        "everything": "You can still ask for everything",
        "stopped": "The time limit stops today",
        "meanwhile": "We will send you the case summary now",
    },
    "extension_notice": {
        "ground": "when a request is complex",
        "reasons": "212 pages from health visitors",
        "date": "22 February 2027",
        "routes": ROUTES,
    },
    "cover_letter-part": {
        "outcome": "with some parts withheld",
        "reasons": "They did not agree to share it",
        "routes": ROUTES,
        "contact": "Asha Bell",
    },
    "refusal_letter": {
        "limb": "Article 12(5) of the UK GDPR",
        "facts": "On 9 November you wrote",
        "routes": ROUTES,
        "contact": "Asha Bell",
    },
    "refusal_letter-general": {"routes": ROUTES, "contact": "Asha Bell"},
    "refusal_letter-neither": {"routes": ROUTES, "contact": "Asha Bell"},
    "fee_notice": {
        "limb": "Article 12(5) of the UK GDPR",
        "facts": "You asked for the same records in August",
        "basis": "10 pence a page",
        "time": "starts on the day the fee reaches us",
        "routes": ROUTES,
        "contact": "Asha Bell",
    },
}


@pytest.mark.parametrize("name", list(SAID))
def test_a_letter_says_what_it_must(name: str):
    """Every need of the law data is met by words that stand on the page."""
    letter = letters()[name]
    text = flat_text(render_letter(letter).data)
    for words in SAID[name].values():
        assert all(part in text for part in words.split(" | "))
    needs = letter_needs(letter.kind, LAW, on=DAY)
    assert needs is not None
    if name == letter.kind:
        assert {code for code, _ in needs.contains} == set(SAID[name])


@pytest.mark.parametrize("name", ["refusal_letter-general", "refusal_letter-neither"])
def test_a_refusal_that_tells_no_reason_gives_no_rule(name: str):
    """In the general mode, and where nothing is confirmed, no Article or exemption is named."""
    text = flat_text(render_letter(letters()[name]).data)
    body = text[text.index("Why") : text.index("If you are not happy")]
    for told in ("Article", "Schedule", "paragraph", "exempt"):
        assert told not in body
