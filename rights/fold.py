"""From events to the case: what each of them changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rights.case import (
    DECIDING_TOPICS,
    EVERY,
    REVIEW_TOPICS,
    WARNING,
    Action,
    Answer,
    Case,
    Decision,
    HealthOpinion,
    Numbered,
    Part,
    Question,
    Seal,
    Sending,
    documents_of,
)
from rights.events import DESTROYED
from rights.events import kinds as k
from rights.people import RequestPeople
from rights.release import CaseRef


def fold(ref: CaseRef, journal: Iterable[Numbered]) -> Case:
    """The case that these events amount to; an empty journal gives an empty case."""
    case = Case(ref)
    for row in journal:
        case = apply(case, row)
    return case


def apply(case: Case, row: Numbered) -> Case:
    """The case after one more event."""
    case = replace(case, seq=row.seq)
    match row.event:
        case k.CaseOpened() as e:
            return replace(case, opened=e, received_on=e.received_on, recorded_at=row.recorded_at)
        case k.ReceiptCorrected() as e:
            return replace(case, received_on=e.received_on)
        case k.PeopleRecorded() as e:
            people = None if e.people == DESTROYED else RequestPeople.model_validate_json(e.people)
            return replace(case, people=people, people_seq=row.seq)
        case k.EvidenceAsked() | k.EvidenceReceived() as e:
            return replace(case, evidence=(*case.evidence, e))
        case k.FeeCharged() | k.FeePaid() as e:
            return replace(case, fees=(*case.fees, e))
        case k.ClockPaused() as e:
            letters = {**case.pause_letters, e.letter: e}
            pauses = (*case.pauses, (e.asked_on, None))
            return replace(case, pauses=pauses, pause_letters=letters)
        case k.ClockResumed() as e:
            closed = tuple((a, b or e.answered_on) for a, b in case.pauses)
            return replace(case, pauses=closed)
        case k.TimeExtended() as e:
            return replace(case, extension=e)
        case k.SourceAnswered() as e:
            return replace(case, sources={**case.sources, e.source: (row.seq, e)})
        case k.SearchFinished() as e:
            return replace(case, searched_seq=row.seq, search_file=e.file)
        case k.MatchesProposed() as e:
            return replace(case, matches=(row.seq, e))
        case k.EvidenceCollected() as e:
            return replace(case, documents={**case.documents, e.document: e})
        case k.CollectionFinished() as e:
            return replace(case, collected_seq=row.seq, collection=e.lists)
        case k.DocumentRead() as e:
            return replace(case, read={**case.read, e.document: e})
        case k.ReadingFinished() as e:
            held = e.held or tuple(case.read)[: e.documents]
            return replace(case, read_seq=row.seq, held=held)
        case k.CastBuilt() as e:
            return replace(case, cast=e)
        case k.ProposalsMade() as e:
            return replace(case, proposals=(row.seq, e))
        case k.QuestionAsked() as e:
            return _with_question(
                case,
                Question(
                    e.question, e.topic, e.stage, e.role, e.text, e.options, row.seq, e.due_on
                ),
            )
        case k.QuestionAnswered() as e:
            return _answered(case, row, e)
        case k.QuestionWithdrawn() as e:
            asked = case.questions.get(e.question)
            return _with_question(case, replace(asked, withdrawn=True)) if asked else case
        case k.PassageDecided() as e:
            kept = {key: v for key, v in case.passages.items() if key != e.supersedes}
            kept[e.decision_id] = (row.seq, e.decision)
            reviewed = replace(case, passages=kept)
            return _reviewed(reviewed, row.seq, e.actor.login, e.document or EVERY)
        case k.PersonNoted() as e:
            return replace(case, living={**case.living, e.person: e})
        case k.KnownToSubject() as e:
            known = {**case.known, **dict.fromkeys(e.items, e)}
            return _reviewed(replace(case, known=known), row.seq, e.actor.login, *_held(e.items))
        case k.KnowledgeRetracted() as e:
            known = {item: how for item, how in case.known.items() if item not in e.items}
            return _reviewed(replace(case, known=known), row.seq, e.actor.login, *_held(e.items))
        case k.OpinionAsked() as e:
            return replace(case, opinions={**case.opinions, e.opinion: HealthOpinion(e)})
        case k.OpinionGiven() as e:
            asked = case.opinions[e.opinion]
            opinion = replace(asked, given=(*asked.given, e))
            case = replace(case, opinions={**case.opinions, e.opinion: opinion})
            return _reviewed(case, row.seq, e.actor.login, *_held((*e.harm, *e.no_harm)))
        case k.OpinionSpoiled() as e:
            asked = case.opinions[e.opinion]
            opinion = replace(asked, spoiled=(*asked.spoiled, e))
            case = replace(case, opinions={**case.opinions, e.opinion: opinion})
            return _reviewed(case, row.seq, e.actor.login, *_held(asked.asked.items))
        case k.PageRead() as e:
            pages = case.pages_read | {(e.document, e.page)}
            return _reviewed(replace(case, pages_read=pages), row.seq, e.actor.login, e.document)
        case k.LetterMade() as e:
            return replace(case, letters={**case.letters, e.letter: e})
        case k.SendingStarted() as e:
            return replace(case, sendings={**case.sendings, e.what: Sending(e)})
        case k.SendingConfirmed() as e:
            sending = replace(case.sendings[e.what], confirmed=e)
            return replace(case, sendings={**case.sendings, e.what: sending})
        case k.PartPlanned() as e:
            part = Part(e.part, e.documents, e.last, row.seq)
            return replace(case, parts=(*_other_parts(case, e.part), part))
        case k.PartDropped() as e:
            return replace(case, parts=_other_parts(case, e.part))
        case k.PackSealed() as e:
            return _with_part(
                case, replace(_part(case, e.part), seal=Seal(row.seq, e), refused=None)
            )
        case k.PackRefused() as e:
            return _with_part(case, replace(_part(case, e.part), refused=(row.seq, e)))
        case k.PackApproved() as e:
            part = _part(case, e.part)
            if part.seal is None or part.seal.event.sha256 != e.sha256:
                return case
            approved = replace(part.seal, approved_by=e.actor.login, approved_seq=row.seq)
            return _with_part(case, replace(part, seal=approved))
        case k.DispatchStarted() as e:
            case = replace(case, dispatches={e.key: False, **case.dispatches})
            return _with_part(case, replace(_part(case, e.part), sending=True))
        case k.DispatchConfirmed() as e:
            case = replace(case, dispatches={**case.dispatches, e.key: True})
            return _with_part(case, replace(_part(case, e.part), sent_on=e.sent_on))
        case k.OutboxTaken() as e:
            return replace(case, taken={**case.taken, e.key: e})
        case k.OutboxCleared() as e:
            return replace(case, cleared=case.cleared | {e.key})
        case k.CaseClosed() as e:
            return replace(case, closed=e)
        case k.CaseTriaged() as e:
            return replace(case, triage=e)
        case k.CaseLinked() as e:
            return replace(case, linked=(*case.linked, e))
        case k.DecisionMade() as e:
            made = (*case.decisions, Decision(row.seq, e, row.recorded_at))
            decided = replace(case, decisions=made)
            head, _, document = e.matter.partition("/")
            if head != WARNING:
                return decided
            return _reviewed(decided, row.seq, e.actor.login, document)
        case k.PointRaised() as e:
            return replace(case, points={**case.points, e.point: e})
        case k.PointWithdrawn() as e:
            points = {name: point for name, point in case.points.items() if name != e.point}
            return replace(case, points=points)
        case k.ActionStarted() as e:
            return replace(case, actions={e.key: Action(e), **case.actions})
        case k.ActionDone() as e:
            done = replace(case.actions[e.key], done=e)
            return replace(case, actions={**case.actions, e.key: done})
        case k.ActionsFinished():
            return replace(case, acted_seq=row.seq)
        case k.RecipientTold() as e:
            return replace(case, told={**case.told, e.recipient: e})
        case k.RecipientsFinished():
            return replace(case, told_seq=row.seq)
        case k.RestrictionChecked() as e:
            return replace(case, restrictions={**case.restrictions, e.key: e})
        case k.DispatchFrozen() as e:
            return replace(case, frozen=e)
        case k.DispatchReleased():
            return replace(case, frozen=None)
        case k.CaseReopened():
            # What was sent stays sent; whatever is answered now follows in a further part.
            parts = tuple(replace(part, last=part.last and not part.sent_on) for part in case.parts)
            return replace(case, closed=None, triage=None, parts=parts, reopened_seq=row.seq)
        case k.BreachNoted() as e:
            return replace(case, breaches={**case.breaches, e.breach: (e, None)})
        case k.BreachAssessed() as e:
            noted, _ = case.breaches[e.breach]
            return replace(case, breaches={**case.breaches, e.breach: (noted, e)})
        case k.RegulatorContacted() as e:
            return replace(case, regulator=(*case.regulator, e))
        case k.StageFailed() as e:
            count = case.failures.get(e.stage, 0) + 1
            return replace(case, failures={**case.failures, e.stage: count})
        case k.ItemArrived() as e:
            return replace(case, arrived=(*case.arrived, e))
        case k.ReminderSent() as e:
            return replace(case, reminders=case.reminders | {e.key})


def _with_question(case: Case, question: Question) -> Case:
    return replace(case, questions={**case.questions, question.id: question})


def _answered(case: Case, row: Numbered, e: k.QuestionAnswered) -> Case:
    asked = case.questions.get(e.question)
    if asked is None:
        return case
    answer = Answer(
        row.seq, e.answer, e.details, e.actor.login, e.actor.attested.value, row.recorded_at
    )
    case = _with_question(case, replace(asked, answer=answer))
    if asked.topic == "stuck":
        failures = {stage: n for stage, n in case.failures.items() if stage != asked.stage}
        case = replace(case, failures=failures)
    if asked.topic in REVIEW_TOPICS:
        documents = documents_of(asked)
        return _reviewed(
            case, row.seq, e.actor.login, *((EVERY,) if documents is None else documents)
        )
    if asked.topic in DECIDING_TOPICS:
        return replace(case, deciders=case.deciders | {e.actor.login})
    return case


def _reviewed(case: Case, seq: int, login: str, *documents: str) -> Case:
    touched = {**case.touched, **dict.fromkeys(documents, seq)}
    return replace(case, touched=touched, deciders=case.deciders | {login})


def _part(case: Case, number: int) -> Part:
    """A part; for journals older than staged release, one that holds everything."""
    known = next((p for p in case.parts if p.number == number), None)
    return known or Part(number, case.held, last=True, planned_seq=0)


def _with_part(case: Case, part: Part) -> Case:
    return replace(case, parts=(*_other_parts(case, part.number), part))


def _other_parts(case: Case, number: int) -> tuple[Part, ...]:
    return tuple(p for p in case.parts if p.number != number)


def _held(items: Iterable[str]) -> set[str]:
    """The documents in which these health items stand."""
    return {item.rpartition("/")[0] for item in items}
