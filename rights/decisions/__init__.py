"""Decisions on a request: what each right asks, how it may end, and how a decision is recorded."""

from rights.decisions.record import record, since_changed, what_stands
from rights.decisions.refusal import Coded, Refusal, check_refusal, refusal, refusals
from rights.decisions.regulator import CONTACT, contact_expired
from rights.decisions.table import (
    LetterNeeds,
    Question,
    RightTable,
    Way,
    letter_needs,
    other_right,
    right_table,
    rule_of,
    way,
)

__all__ = [
    "CONTACT",
    "Coded",
    "LetterNeeds",
    "Question",
    "Refusal",
    "RightTable",
    "Way",
    "check_refusal",
    "contact_expired",
    "letter_needs",
    "other_right",
    "record",
    "refusal",
    "refusals",
    "right_table",
    "rule_of",
    "since_changed",
    "way",
    "what_stands",
]
