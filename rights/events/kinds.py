"""The events themselves. A new field needs a default or a new version with an upcaster.

Dates are days in Europe/London. Fields that hold personal data are marked `Personal`; everything
else may be read by anybody who can read the database, and must stay free of names.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from rights.events.base import EventBase, Personal
from rights.events.upcast import current_form
from rights.release import Right


class CaseOpened(EventBase):
    """A request was received by anyone in the council; that day starts the clock (Art 12A)."""

    kind: Literal["case_opened"] = "case_opened"
    right: Right
    channel: str
    received_on: dt.date
    received_by: str
    danger: bool = False
    """The officer sees a risk to somebody; dispatch needs extra care and the DPO is told."""
    request_file: str = ""
    """Vault id of the request as it came; empty for a spoken request."""
    item: str = ""
    """Token of the intake item, which makes opening a case safe to repeat."""
    letter_of: str = ""
    """The case whose letter this request came in, when one letter was about several people."""


class ReceiptCorrected(EventBase):
    """The date of receipt was wrong; the reason is kept."""

    kind: Literal["receipt_corrected"] = "receipt_corrected"
    received_on: dt.date
    reason: Personal[str]


class PeopleRecorded(EventBase):
    """Who the request is about, who makes it, and to whom the answer goes.

    `people` is the JSON of `rights.people.RequestPeople`.
    """

    kind: Literal["people_recorded"] = "people_recorded"
    people: Personal[str]


class CaseTriaged(EventBase):
    """What came is no request under data protection law, or not ours to answer."""

    kind: Literal["case_triaged"] = "case_triaged"
    outcome: str
    """Code of a triage outcome in the law data."""
    law_version: str
    reason: Personal[str]
    letter: str = "triage"
    """Id of the letter that says so; empty when there is nobody to write to."""


class CaseLinked(EventBase):
    """This case and another belong together; both say so."""

    kind: Literal["case_linked"] = "case_linked"
    other: str
    why: Literal[
        "another person in the same letter",
        "another right in the same letter",
        "a complaint about it",
        "the same request twice",
    ]


class DecisionMade(EventBase):
    """A person, or the engine by rule, decided one matter of the request.

    Never changed: a later decision on the same matter says which one it supersedes.
    """

    kind: Literal["decision_made"] = "decision_made"
    decision: str
    """Stable id within the case, such as ``competence/under-16/1``; free of personal data."""
    matter: str
    """What was decided: 'competence', 'outcome', 'regulator contact' ... as the law data has it."""
    outcome: str
    """Code of the outcome, as the law data has it."""
    decided_on: dt.date
    rules: tuple[str, ...] = ()
    """Ids of the rules that were applied."""
    law_version: str
    """SHA-256 of the law data it was made under."""
    facts: Personal[str] = ""
    """The facts the rules were applied to, as a JSON object."""
    supersedes: str = ""
    """Id of the decision it takes the place of."""


class EvidenceAsked(EventBase):
    """Identity or authority was asked for. Without a recorded doubt the clock does not restart."""

    kind: Literal["evidence_asked"] = "evidence_asked"
    what: Literal["identity", "authority"]
    asked_on: dt.date
    doubt: Personal[str] = ""
    doubt_recorded: bool = False
    letter: str = ""


class EvidenceReceived(EventBase):
    """The identity or authority evidence came. What was seen is noted, never copied."""

    kind: Literal["evidence_received"] = "evidence_received"
    what: Literal["identity", "authority"]
    received_on: dt.date
    seen: Personal[str] = ""


class FeeCharged(EventBase):
    """A reasonable fee was charged (Art 12(5))."""

    kind: Literal["fee_charged"] = "fee_charged"
    asked_on: dt.date
    pence: int
    reasons: Personal[str] = ""
    letter: str = ""


class FeePaid(EventBase):
    """The fee was paid; the month runs from this day (Art 12A(2)(c))."""

    kind: Literal["fee_paid"] = "fee_paid"
    paid_on: dt.date


class ClockPaused(EventBase):
    """Further information was asked for; access requests only (Art 12A(5))."""

    kind: Literal["clock_paused"] = "clock_paused"
    asked_on: dt.date
    question: Personal[str]
    letter: str = ""
    """Id of the letter that asked."""


class ClockResumed(EventBase):
    """The answer to the clarification came."""

    kind: Literal["clock_resumed"] = "clock_resumed"
    answered_on: dt.date


class TimeExtended(EventBase):
    """Two further months, by notice with reasons inside the first (Art 12A(3)-(4))."""

    kind: Literal["time_extended"] = "time_extended"
    noticed_on: dt.date
    ground: Literal["complexity", "number of requests"]
    reasons: Personal[str]
    letter: str = ""


class ItemArrived(EventBase):
    """Something else about the case arrived and was filed."""

    kind: Literal["item_arrived"] = "item_arrived"
    what: str
    arrived_on: dt.date
    file: str = ""


class SourceAnswered(EventBase):
    """One source was searched to an end. Re-running asks only those without this event."""

    kind: Literal["source_answered"] = "source_answered"
    source: str
    status: Literal[
        "found",
        "partial",
        "nothing held",
        "cannot search by this",
        "destroyed",
        "lost",
        "held elsewhere",
        "suspended",
        "failed",
    ]
    rows_in: int = 0
    rows_accounted: int = 0
    adapter: str = ""
    code: str = ""
    """Error code when it failed."""
    terms: Personal[str] = ""
    """Names, dates and numbers it was asked under, as JSON."""
    round: int = 1


class SearchFinished(EventBase):
    """Every source of the council's list has answered or failed for this round."""

    kind: Literal["search_finished"] = "search_finished"
    sources: tuple[str, ...]
    file: str = ""
    """Vault file with every candidate, as found on that day."""


class MatchesProposed(EventBase):
    """The candidates were scored; details stand in a vault file."""

    kind: Literal["matches_proposed"] = "matches_proposed"
    file: str
    matches: int
    reviews: int
    rejected: int
    weights: str
    """Version of the weight table."""


class EvidenceCollected(EventBase):
    """One record or document was copied once, hashed and encrypted."""

    kind: Literal["evidence_collected"] = "evidence_collected"
    document: str
    source: str
    sha256: str
    size: int
    dated: dt.date | None = None
    about: Personal[str]
    """Title, file name and record key, as JSON."""
    file: str


class CollectionFinished(EventBase):
    """Everything the confirmed records name was fetched, or made a task."""

    kind: Literal["collection_finished"] = "collection_finished"
    documents: int


class DocumentRead(EventBase):
    """A document was brought into the normal form."""

    kind: Literal["document_read"] = "document_read"
    document: str
    pages: int
    scans: int
    photos: int
    hidden: int
    unreadable: tuple[str, ...] = ()
    """Codes of what could not be read."""
    parent: str = ""
    """The document it was attached to."""
    tools: tuple[str, ...] = ()


class ReadingFinished(EventBase):
    """Every collected document was read or became a task."""

    kind: Literal["reading_finished"] = "reading_finished"
    documents: int
    pages: int
    held: tuple[str, ...] = ()
    """The documents that belong to the case as matched then, those inside others too."""


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


class PageRead(EventBase):
    """A human read a page that the machine could not be trusted to have read."""

    kind: Literal["page_read"] = "page_read"
    document: str
    page: int


class QuestionAsked(EventBase):
    """A stage needs a person. The row can be answered once; a correction supersedes."""

    kind: Literal["question_asked"] = "question_asked"
    question: str
    """Stable id within the case, such as ``cast/P03/name``; free of personal data."""
    topic: str
    """What kind of question: 'people', 'match', 'cast', 'passage', 'page', 'approve' ..."""
    stage: str
    """The stage that waits for the answer."""
    role: str
    """Who may answer: 'officer', 'approver', 'manager', 'dpo'."""
    text: Personal[str]
    """The question and its details, as JSON."""
    options: tuple[str, ...] = ()
    due_on: dt.date | None = None


class QuestionAnswered(EventBase):
    """The answer to an open question, or a correction of an earlier answer."""

    kind: Literal["question_answered"] = "question_answered"
    question: str
    answer: str
    """One of the question's options, or 'given' where the answer is in `details`."""
    details: Personal[str] = ""
    supersedes: int = 0
    """Sequence number of the answer it corrects; 0 for a first answer."""
    law_version: str = ""
    """SHA-256 of the law data in force when it was given; empty for answers of earlier versions."""


class QuestionWithdrawn(EventBase):
    """The case moved on; the question no longer needs an answer."""

    kind: Literal["question_withdrawn"] = "question_withdrawn"
    question: str
    why: str


class LetterMade(EventBase):
    """A letter was rendered; its bytes stand in the vault."""

    kind: Literal["letter_made"] = "letter_made"
    letter: str
    template: str
    sha256: str
    file: str
    to_send: bool = False
    """It goes out by itself once it is made; what older journals hold was posted by hand."""


class SendingStarted(EventBase):
    """About to send one letter, or a further copy: recorded before, so that nothing goes twice."""

    kind: Literal["sending_started"] = "sending_started"
    what: str
    """Id of the letter, or of the copy."""
    key: str
    sha256: str
    """Of the bytes that leave; of the hashes of several files in their order."""
    channel: str


class SendingConfirmed(EventBase):
    """The delivery adapter confirmed, or a person proved, that it was sent."""

    kind: Literal["sending_confirmed"] = "sending_confirmed"
    what: str
    key: str
    sent_on: dt.date
    receipt: Personal[str] = ""


class PartPlanned(EventBase):
    """Which documents the next part of the answer holds; the last part holds all that remain."""

    kind: Literal["part_planned"] = "part_planned"
    part: int
    documents: tuple[str, ...]
    last: bool


class PartDropped(EventBase):
    """A part planned early is not sent by itself after all; its documents join a later one."""

    kind: Literal["part_dropped"] = "part_dropped"
    part: int
    why: Personal[str]


class PackSealed(EventBase):
    """A response pack was built and passed the independent verifier."""

    kind: Literal["pack_sealed"] = "pack_sealed"
    part: int
    sha256: str
    pages: int
    code: Personal[str]
    """The four words printed at the end; sealed so that only a reader of the pack knows them."""
    file: str
    manifest_file: str
    letter_file: str
    verifier: str
    basis: int
    """Sequence number of the last event the pack rests on; a later decision voids the seal."""
    dated: dt.date | None = None
    """The day printed on its letter."""


class PackRefused(EventBase):
    """The verifier refused a pack; nothing may leave."""

    kind: Literal["pack_refused"] = "pack_refused"
    part: int
    causes: tuple[str, ...]
    report_file: str = ""


class PackApproved(EventBase):
    """A second person approved the exact pack, quoting the code printed at its end."""

    kind: Literal["pack_approved"] = "pack_approved"
    part: int
    sha256: str


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


class ActionStarted(EventBase):
    """About to act in a source: recorded before, so that a crash cannot act twice."""

    kind: Literal["action_started"] = "action_started"
    key: str
    """The order's key; it takes effect once, whoever repeats it."""
    source: str
    act: str
    """Erase, correct, annotate, restrict, lift or suppress."""
    point: str = ""
    """The point or decision it carries out."""
    order: Personal[str]
    """The order with its record, as a JSON object."""


class ActionDone(EventBase):
    """The source did it, or a person did, and what the record shows now was read anew."""

    kind: Literal["action_done"] = "action_done"
    key: str
    proved: bool
    """Whether the source, read through a fresh connection, shows the effect."""
    by_hand: bool = False
    done_on: dt.date
    receipt: Personal[str]
    """What the adapter or the person said, as a JSON object."""


class ActionsFinished(EventBase):
    """Everything that the decision calls for in the sources is done."""

    kind: Literal["actions_finished"] = "actions_finished"
    actions: int


class RecipientTold(EventBase):
    """A recipient was told what was corrected, erased or restricted, or why not (Art 19)."""

    kind: Literal["recipient_told"] = "recipient_told"
    recipient: str
    """Code of the recipient in the council's register."""
    told_on: dt.date | None
    """None when telling is impossible or asks too much, or nothing was ever disclosed to it."""
    letter: str = ""
    why_not: Personal[str] = ""


class RecipientsFinished(EventBase):
    """Every recipient was told, or it is recorded why not."""

    kind: Literal["recipients_finished"] = "recipients_finished"
    recipients: int


class RestrictionChecked(EventBase):
    """Whether a source still honours a restriction that was set there."""

    kind: Literal["restriction_checked"] = "restriction_checked"
    key: str
    """The order that set it."""
    checked_on: dt.date
    honoured: bool


class DispatchFrozen(EventBase):
    """Something has gone wrong: nothing of this case leaves until it is looked at."""

    kind: Literal["dispatch_frozen"] = "dispatch_frozen"
    why: Personal[str]


class DispatchReleased(EventBase):
    """What had gone wrong was looked at; the case may go on."""

    kind: Literal["dispatch_released"] = "dispatch_released"
    why: Personal[str]


class CaseReopened(EventBase):
    """A closed case is taken up again, after a complaint or because something was missed."""

    kind: Literal["case_reopened"] = "case_reopened"
    why: Personal[str]
    by_case: str = ""
    """The complaint that asks for it."""


class DispatchStarted(EventBase):
    """About to send: recorded before, so that a crash cannot send twice."""

    kind: Literal["dispatch_started"] = "dispatch_started"
    key: str
    sha256: str
    channel: str
    part: int = 1


class DispatchConfirmed(EventBase):
    """The delivery adapter confirmed, or a person proved, that it was sent."""

    kind: Literal["dispatch_confirmed"] = "dispatch_confirmed"
    key: str
    sent_on: dt.date
    receipt: Personal[str] = ""
    part: int = 1


class OutboxTaken(EventBase):
    """A person posted or handed over what a sending had put into the outbox."""

    kind: Literal["outbox_taken"] = "outbox_taken"
    key: str
    """The sending."""
    how: Literal["posted", "collected", "handed over"]
    taken_on: dt.date
    proof: Personal[str] = ""
    """A tracking number, or who took it."""


class OutboxCleared(EventBase):
    """The copy that lay in the outbox was removed, some days after it had been taken."""

    kind: Literal["outbox_cleared"] = "outbox_cleared"
    key: str
    cleared_on: dt.date


class CaseClosed(EventBase):
    """The case is answered in full or ended for another reason."""

    kind: Literal["case_closed"] = "case_closed"
    outcome: str
    closed_on: dt.date


class BreachNoted(EventBase):
    """Something of this case reached the wrong person or was lost (UK GDPR Art 33)."""

    kind: Literal["breach_noted"] = "breach_noted"
    breach: str
    found_at: dt.datetime
    severity: Literal["low", "medium", "high"]
    what: Personal[str]


class BreachAssessed(EventBase):
    """Whether a breach is told to the Commissioner and to the people, and why (Arts 33, 34)."""

    kind: Literal["breach_assessed"] = "breach_assessed"
    breach: str
    commissioner_told_at: dt.datetime | None = None
    """None when it is unlikely to be a risk, or while that is still to be done."""
    people_told_on: dt.date | None = None
    reportable: bool
    reason: Personal[str]


class RegulatorContacted(EventBase):
    """The Commissioner or a court wrote about this case: a complaint, its end, a claim."""

    kind: Literal["regulator_contacted"] = "regulator_contacted"
    what: Literal["complaint", "complaint closed", "reprimand", "court claim", "court order"]
    received_on: dt.date
    reference: Personal[str] = ""


class ReminderSent(EventBase):
    """A reminder left; its key makes it unique."""

    kind: Literal["reminder_sent"] = "reminder_sent"
    key: str
    rule: str
    sent_on: dt.date
    to_role: str


class StageFailed(EventBase):
    """A stage crashed; after three a person is asked instead of another retry."""

    kind: Literal["stage_failed"] = "stage_failed"
    stage: str
    code: str


Event = Annotated[
    CaseOpened
    | ReceiptCorrected
    | PeopleRecorded
    | CaseTriaged
    | CaseLinked
    | DecisionMade
    | EvidenceAsked
    | EvidenceReceived
    | FeeCharged
    | FeePaid
    | ClockPaused
    | ClockResumed
    | TimeExtended
    | ItemArrived
    | SourceAnswered
    | SearchFinished
    | MatchesProposed
    | EvidenceCollected
    | CollectionFinished
    | DocumentRead
    | ReadingFinished
    | CastBuilt
    | ProposalsMade
    | PassageDecided
    | PersonNoted
    | KnownToSubject
    | KnowledgeRetracted
    | OpinionAsked
    | OpinionGiven
    | OpinionSpoiled
    | PageRead
    | QuestionAsked
    | QuestionAnswered
    | QuestionWithdrawn
    | LetterMade
    | SendingStarted
    | SendingConfirmed
    | PartPlanned
    | PartDropped
    | PackSealed
    | PackRefused
    | PackApproved
    | PointRaised
    | PointWithdrawn
    | ActionStarted
    | ActionDone
    | ActionsFinished
    | RecipientTold
    | RecipientsFinished
    | RestrictionChecked
    | DispatchFrozen
    | DispatchReleased
    | CaseReopened
    | DispatchStarted
    | DispatchConfirmed
    | OutboxTaken
    | OutboxCleared
    | CaseClosed
    | BreachNoted
    | BreachAssessed
    | RegulatorContacted
    | ReminderSent
    | StageFailed,
    Field(discriminator="kind"),
]

_ADAPTER: TypeAdapter[Event] = TypeAdapter(Event)


def parse_event(body: dict[str, Any]) -> Event:
    """The event a stored body describes, brought up to its current form first.

    Raises:
        pydantic.ValidationError: the body is of no known kind or form.
    """
    return _ADAPTER.validate_python(current_form(body))
