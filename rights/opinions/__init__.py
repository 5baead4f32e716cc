"""The lock on the data subject's own health data, item by item.

Law: DPA 2018 Sch 3 paras 2, 5 and 6. A council is no health professional: without a fresh opinion
of the appropriate one it may neither send such an item nor withhold it, unless the data subject
has seen it or knows it already.
"""

from rights.opinions.items import Schedule, ScheduleLine, document_of, item_id, numbers_of
from rights.opinions.professional import Giver, Professional
from rights.opinions.rely import last_day_of_reliance, may_be_relied_on
from rights.opinions.state import ItemState, Lock, Why, state_of, states_of
from rights.opinions.words import OpinionWords, opinion_words

__all__ = [
    "Giver",
    "ItemState",
    "Lock",
    "OpinionWords",
    "Professional",
    "Schedule",
    "ScheduleLine",
    "Why",
    "document_of",
    "item_id",
    "last_day_of_reliance",
    "may_be_relied_on",
    "numbers_of",
    "opinion_words",
    "state_of",
    "states_of",
]
