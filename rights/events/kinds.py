"""Every event there is. A new field needs a default or a new version with an upcaster.

Dates are days in Europe/London. Fields that hold personal data are marked `Personal`; everything
else may be read by anybody who can read the database, and must stay free of names.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from rights.events.acting import (
    ActionDone,
    ActionsFinished,
    ActionStarted,
    BreachAssessed,
    BreachNoted,
    RecipientsFinished,
    RecipientTold,
    RegulatorContacted,
    RestrictionChecked,
)
from rights.events.asking import (
    QuestionAnswered,
    QuestionAsked,
    QuestionWithdrawn,
    ReminderSent,
    StageFailed,
)
from rights.events.gathering import (
    CollectionFinished,
    DocumentRead,
    EvidenceCollected,
    MatchesProposed,
    PageRead,
    ReadingFinished,
    SearchFinished,
    SourceAnswered,
)
from rights.events.receipt import (
    CaseLinked,
    CaseOpened,
    CaseTriaged,
    ClockPaused,
    ClockResumed,
    DecisionMade,
    EvidenceAsked,
    EvidenceReceived,
    FeeCharged,
    FeePaid,
    ItemArrived,
    PeopleRecorded,
    ReceiptCorrected,
    TimeExtended,
)
from rights.events.review import (
    CastBuilt,
    KnowledgeRetracted,
    KnownToSubject,
    OpinionAsked,
    OpinionGiven,
    OpinionSpoiled,
    PassageDecided,
    PersonNoted,
    PointRaised,
    PointWithdrawn,
    ProposalsMade,
)
from rights.events.sending import (
    CaseClosed,
    CaseReopened,
    DispatchConfirmed,
    DispatchFrozen,
    DispatchReleased,
    DispatchStarted,
    LetterMade,
    OutboxCleared,
    OutboxTaken,
    PackApproved,
    PackRefused,
    PackSealed,
    PartDropped,
    PartPlanned,
    SendingConfirmed,
    SendingStarted,
)
from rights.events.upcast import current_form

__all__ = [
    "ActionDone",
    "ActionStarted",
    "ActionsFinished",
    "BreachAssessed",
    "BreachNoted",
    "CaseClosed",
    "CaseLinked",
    "CaseOpened",
    "CaseReopened",
    "CaseTriaged",
    "CastBuilt",
    "ClockPaused",
    "ClockResumed",
    "CollectionFinished",
    "DecisionMade",
    "DispatchConfirmed",
    "DispatchFrozen",
    "DispatchReleased",
    "DispatchStarted",
    "DocumentRead",
    "Event",
    "EvidenceAsked",
    "EvidenceCollected",
    "EvidenceReceived",
    "FeeCharged",
    "FeePaid",
    "ItemArrived",
    "KnowledgeRetracted",
    "KnownToSubject",
    "LetterMade",
    "MatchesProposed",
    "OpinionAsked",
    "OpinionGiven",
    "OpinionSpoiled",
    "OutboxCleared",
    "OutboxTaken",
    "PackApproved",
    "PackRefused",
    "PackSealed",
    "PageRead",
    "PartDropped",
    "PartPlanned",
    "PassageDecided",
    "PeopleRecorded",
    "PersonNoted",
    "PointRaised",
    "PointWithdrawn",
    "ProposalsMade",
    "QuestionAnswered",
    "QuestionAsked",
    "QuestionWithdrawn",
    "ReadingFinished",
    "ReceiptCorrected",
    "RecipientTold",
    "RecipientsFinished",
    "RegulatorContacted",
    "ReminderSent",
    "RestrictionChecked",
    "SearchFinished",
    "SendingConfirmed",
    "SendingStarted",
    "SourceAnswered",
    "StageFailed",
    "TimeExtended",
    "parse_event",
]

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
