"""Made-up letters about complaints and about decisions by machine."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from letters.automated import AutomatedOutcome, Decided
from letters.complaint import ComplaintAcknowledgement, ComplaintOutcome, Found, Handler
from letters.context import LetterBase
from letters.parts import ComplaintRoute

_ON = dt.date(2026, 11, 2)
_HANDLER = Handler(name="Ruth Okafor", job="complaints officer")
_POINTS = ("My answer came three weeks late.", "A page about my school was missing.")
_LATE = "We looked at the dates. The answer was due on 2 October and left on 23 October."
_MADE = ("A program gave points for what you entered.", "You had 40 points, which is band C.")


def complaining(
    common: Mapping[str, Any], routes: tuple[ComplaintRoute, ...]
) -> dict[str, LetterBase]:
    """Every letter of a complaint and of a decision by machine, by its golden file."""
    complaint: dict[str, Any] = {
        **common,
        "reference": "COM-2026-0003-K",
        "received": _ON,
        "points": _POINTS,
    }
    complaint |= {"handler": _HANDLER, "routes": routes}
    right: dict[str, Any] = {
        **complaint,
        "findings": (_LATE, "The page was left out by mistake."),
        "causes": ("we were too slow.", "we did not look everywhere that we should have."),
        "remedies": ("We look at every case a week before its day now.",),
    }
    machine: dict[str, Any] = {
        **common,
        "reference": "ADM-2026-0002-H",
        "received": _ON,
        "routes": routes,
    }
    machine |= {
        "decision": "the banding of your application for a home",
        "explanation": _MADE,
        "citation": "UK GDPR Arts 22A-22D",
    }
    looked_at: dict[str, Any] = {
        **machine,
        "views": "You told us that your health was left out.",
        "reviewer": "Tom Ashby, housing manager",
        "findings": ("Your health counts. You are in band B from 1 October.",),
    }
    ended: dict[str, Any] = {**complaint, "handler": None}
    upheld: dict[str, Any] = {
        **looked_at,
        "findings": ("The points were right, and so is the band.",),
    }
    return {
        "complaint_acknowledgement": ComplaintAcknowledgement(**complaint, about="SAR-2026-0041-K"),
        "complaint_acknowledgement-ended": ComplaintAcknowledgement(**ended),
        "complaint_outcome": ComplaintOutcome(
            **right, found=Found.UPHELD, reopened="SAR-2026-0041-K", breach=True
        ),
        "complaint_outcome-partly": ComplaintOutcome(**right, found=Found.PARTLY),
        "complaint_outcome-not": ComplaintOutcome(
            **complaint,
            found=Found.NOT,
            findings=("We looked at the dates. The answer left on the last day, in time.",),
        ),
        "automated_outcome": AutomatedOutcome(**looked_at, decided=Decided.CHANGED, is_late=True),
        "automated_outcome-barred": AutomatedOutcome(
            **looked_at, decided=Decided.RECONSIDERED, barred=True
        ),
        "automated_outcome-upheld": AutomatedOutcome(
            **upheld,
            decided=Decided.UPHELD,
        ),
        "automated_outcome-explained": AutomatedOutcome(**machine, decided=Decided.EXPLAINED),
        "automated_outcome-not": AutomatedOutcome(**machine, decided=Decided.NOT_AUTOMATED),
    }
