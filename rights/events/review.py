"""Who is in the file, what is proposed and decided about them, and what professionals say."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from rights.events.base import EventBase, Personal


class CastBuilt(EventBase):
    """The people in the file, built from records and text; details in a vault file."""

    kind: Literal["cast_built"] = "cast_built"
    file: str
    people: int


class ProposalsMade(EventBase):
    """Redactions were proposed; details in a vault file."""

    kind: Literal["proposals_made"] = "proposals_made"
    file: str
    proposals: int
    by_treatment: dict[str, int]
    law_version: str
    tools: tuple[str, ...] = ()


class PassageDecided(EventBase):
    """A reviewer decided a passage, drew a box or marked text; JSON of a PassageDecision."""

    kind: Literal["passage_decided"] = "passage_decided"
    decision_id: str
    decision: Personal[str]
    supersedes: str = ""
    document: str = ""
    """The document it changes; empty where it may reach every document."""
    law_version: str = ""


class PersonNoted(EventBase):
    """What is known of a person in the file whom no source describes: alive or dead."""

    kind: Literal["person_noted"] = "person_noted"
    person: str
    """Reference within the case, such as ``P07``."""
    living: Literal["alive", "died", "unknown"]
    how_known: Personal[str]


class KnownToSubject(EventBase):
    """Locked health items that the data subject has seen or knows (DPA 2018 Sch 3 para 6(2))."""

    kind: Literal["known_to_subject"] = "known_to_subject"
    items: tuple[str, ...]
    """Each ``document/proposal``, by their ids."""
    known_on: dt.date
    how: Personal[str]


class KnowledgeRetracted(EventBase):
    """The data subject does not know these health items after all; they are locked again."""

    kind: Literal["knowledge_retracted"] = "knowledge_retracted"
    items: tuple[str, ...]
    why: Personal[str]


class OpinionAsked(EventBase):
    """A health professional was asked about a numbered schedule of items (Sch 3 paras 2, 5, 6)."""

    kind: Literal["opinion_asked"] = "opinion_asked"
    opinion: str
    """Stable id, such as ``opinion/2``."""
    items: tuple[str, ...]
    """Each ``document/proposal``, in the order in which the schedule numbers them."""
    asked_on: dt.date
    professional: Personal[str]
    """Name, qualification, address, and why this one is appropriate, as a JSON object."""
    letter: str = ""
    """Id of the letter that asks."""


class OpinionGiven(EventBase):
    """An opinion came. Whether it may be relied on is reckoned on the day of reliance."""

    kind: Literal["opinion_given"] = "opinion_given"
    opinion: str
    dated: dt.date
    received_on: dt.date
    harm: tuple[str, ...]
    """Items for which the serious harm test is met."""
    no_harm: tuple[str, ...]
    """Items for which it is not met."""
    by: Personal[str]
    """Name and qualification, as a JSON object."""


class OpinionSpoiled(EventBase):
    """Something new makes it reasonable to ask again (Sch 3 paras 5(3), 6(3))."""

    kind: Literal["opinion_spoiled"] = "opinion_spoiled"
    opinion: str
    why: Personal[str]


class PointRaised(EventBase):
    """One numbered point of a request: an entry that is wrong, a purpose that is objected to."""

    kind: Literal["point_raised"] = "point_raised"
    point: str
    """Stable id, such as ``point/2``; letters number the points in this order."""
    what: str
    """Code of the kind of point, as the law data of the right has it."""
    point_body: Personal[str]
    """The person's words, the records it is about and what they want, as a JSON object."""


class PointWithdrawn(EventBase):
    """A point was raised by mistake, or the person took it back."""

    kind: Literal["point_withdrawn"] = "point_withdrawn"
    point: str
    why: Personal[str]
