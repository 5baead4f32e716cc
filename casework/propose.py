"""Proposing: the cast of the file, what to withhold, and the questions that only people answer."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from hashlib import sha256

from casework.around import PEOPLE, entry_of_request
from casework.bundle import PROPOSALS, load_documents, snippet
from casework.cast_asks import cast_asks, default_of, records_of, with_living
from casework.classed import classed
from casework.collect import about_of, around
from casework.decided import passage_decisions
from casework.engine_version import engine_versions
from casework.knowing import with_knowledge_of_passages
from casework.office import Work
from casework.opinions import ask_health
from casework.questions import Ask, ask
from casework.queue import capital_asks, queue_of
from casework.topics import (
    CAPITALS,
    CAST,
    HEALTH_LOCK,
    HIDDEN,
    HIDDEN_OPTIONS,
    PAGE,
    PAGE_OPTIONS,
    PASSAGE,
    PASSAGE_OPTIONS,
    PICTURE_OPTIONS,
    REVIEW_ROLE,
    WHO,
)
from casework.upgrades import kept_of_sent, reopened, still_to_ask, was_upgraded
from casework.whose import whose_asks
from redaction.decisions import Finding, PassageDecision, Proposal
from redaction.document import PageKind, ReadDocument
from redaction.find import Discovered, Finder, discover
from redaction.find.duplicates import Copies
from redaction.propose import Default, Defaults
from redaction.propose import propose as propose_redactions
from redaction.propose.copies import copy_key, like_decided
from redaction.propose.known import known_to_subject
from redaction.propose.mentions import BY_CAST, BY_LAW
from rights.cast import CastDefault, CastEntry, build_cast, role_for
from rights.events.base import ENGINE
from rights.events.kinds import CastBuilt, ProposalsMade, QuestionWithdrawn
from rights.failpoints import failpoint, register
from rights.release import FactKind, Person, Role
from rights.road import Stage

TOPICS = frozenset({CAST, WHO, PASSAGE, PAGE, HIDDEN, CAPITALS})

register("propose.cast-kept", "propose.proposals-kept", "propose.cast-recorded", "propose.asked")


def propose(work: Work) -> None:
    """Build the cast, propose for every mention and passage, and ask what the law leaves open."""
    documents = load_documents(work)
    upgraded = was_upgraded(work.case, work.office.law.version)
    people, findings = _cast(work, documents)
    # An earlier version's file stays what it was.
    basis = f"{work.case.read_seq}" + (f"-{_stamp(work)}" if upgraded else "")
    cast_file = work.put(f"cast/{basis}.json", PEOPLE.dump_json(people))
    failpoint("propose.cast-kept")
    proposals = propose_redactions(documents, findings, people, _defaults(work))
    proposals = _classed(work, people, proposals)
    proposals = like_decided(documents, proposals, _decided(work, documents, people, proposals))
    proposals = kept_of_sent(work.case, _before(work), proposals)
    file = work.put(f"proposals/{basis}.json", PROPOSALS.dump_json(proposals))
    failpoint("propose.proposals-kept")
    if work.case.cast is None or work.case.cast.file != cast_file:
        work.append(CastBuilt(actor=ENGINE, file=cast_file, people=len(people)))
    failpoint("propose.cast-recorded")
    with work.office.scratch.job(f"{work.ref}-learn") as scratch:
        queue = queue_of(work, documents, findings, scratch)
    asks = [
        *cast_asks(work.office, work.case, documents, people, proposals),
        *whose_asks(work, documents, people, proposals),
        *_passage_asks(work, documents, proposals, upgraded=upgraded),
        *_page_asks(work, documents),
        *_hidden_asks(work, documents),
        *capital_asks(work.case, documents, queue.strings),
    ]
    _withdraw_outdated(work, asks)
    if upgraded:
        work.append(*reopened(work.case, asks))
    ask(work, tuple(asks), stage=Stage.PROPOSE, topics=TOPICS)
    ask_health(work, proposals)
    failpoint("propose.asked")
    counts = Counter(p.treatment.value for p in proposals)
    work.append(
        ProposalsMade(
            actor=ENGINE,
            file=file,
            proposals=len(proposals),
            by_treatment=dict(sorted(counts.items())),
            law_version=work.office.law.version,
            tools=(*engine_versions(), *queue.tools),
        )
    )


def _stamp(work: Work) -> str:
    """Of the versions that propose."""
    return sha256("|".join((*engine_versions(), work.office.law.version)).encode()).hexdigest()[:8]


def _before(work: Work) -> tuple[Proposal, ...]:
    """What was proposed last."""
    made = work.case.proposals
    return PROPOSALS.validate_json(work.get(made[1].file)) if made else ()


def _cast(
    work: Work, documents: Sequence[ReadDocument]
) -> tuple[tuple[Person, ...], tuple[Finding, ...]]:
    """The people of the records, and then those whom only the text names."""
    assert work.case.people is not None
    known_then = around(work)
    relations = known_then.relations
    subject = (entry_of_request(work.case.people), *known_then.subject)
    previous = PEOPLE.validate_json(work.get(work.case.cast.file)) if work.case.cast else ()
    family = [e for e in relations if not e.role_words]
    workers = [e for e in relations if e.role_words]
    self_asks = _self_asks(work)
    known = build_cast(subject, family, workers, previous=previous, requester_is_subject=self_asks)
    found = _find(documents, known)
    strangers = [_entry(d) for d in discover(documents, found)]
    people = build_cast(
        subject,
        family,
        workers,
        strangers,
        previous=previous or known,
        requester_is_subject=self_asks,
    )
    people = with_living(work.case, people)
    return people, _find(documents, people)


def _find(documents: Sequence[ReadDocument], people: Sequence[Person]) -> tuple[Finding, ...]:
    finder = Finder(people)
    return tuple(f for document in documents for f in finder.find(document))


def _entry(found: Discovered) -> CastEntry:
    words = found.cue
    if found.role is not Role.UNKNOWN and role_for(words).role is Role.UNKNOWN:
        words = found.role.value.replace("_", " ")  # a title or a short form: "Dr", "HV"
    return CastEntry(
        names=(found.name,) if found.name.full else (),
        role_words=words,
        relation=found.relation,
        source="text",
    )


def _defaults(work: Work) -> Defaults:
    def default(person: Person, kind: FactKind) -> Default:
        law = default_of(work.office, work.case, person, kind)
        return Default(law.treatment, law.code, law.mode, law.citation, law.reason)

    return default


def _classed(
    work: Work, people: Sequence[Person], proposals: Sequence[Proposal]
) -> tuple[Proposal, ...]:
    """By the kind of record each stands in, as the council's mappings say."""
    office, case = work.office, work.case

    def elsewhere(person: Person) -> CastDefault:
        return default_of(office, case, person, FactKind.NAME, in_health_record=False)

    return classed(proposals, people, records_of(office, case), elsewhere)


def _decided(
    work: Work,
    documents: Sequence[ReadDocument],
    people: Sequence[Person],
    proposals: Sequence[Proposal],
) -> dict[str, PassageDecision]:
    """What is decided already, by proposal: documents that came later are proposed alike."""
    office = work.office
    found = passage_decisions(
        work.case, proposals, documents, people[0].ref, on=office.today(), law=office.law
    )
    return {d.proposal: d for d in found if d.proposal is not None}


def _self_asks(work: Work) -> bool:
    return work.case.people is not None and work.case.people.requester == "self"


def _withdraw_outdated(work: Work, asks: Sequence[Ask]) -> None:
    """Open questions that would be asked otherwise now: asked anew."""
    # As the journal keeps them: a tuple comes back as a list, and is no other question.
    wanted = {
        a.id: json.loads(json.dumps(a.body, default=str))
        for a in asks
        if a.topic in (CAST, CAPITALS, PASSAGE, PAGE)
    }
    work.append(
        *(
            QuestionWithdrawn(actor=ENGINE, question=q.id, why="more is known by now")
            for q in work.case.open_questions
            if q.id in wanted and q.body != wanted[q.id]
        )
    )


def _passage_asks(
    work: Work,
    documents: Sequence[ReadDocument],
    proposals: Sequence[Proposal],
    *,
    upgraded: bool,
) -> Iterable[Ask]:
    """Passages that the cast does not decide, gathered by document, decider and code.

    The same sentence in several places is asked about once, where it stands first. What an
    answered question covers is not asked again.
    """
    groups: dict[tuple[str, str, str], list[Proposal]] = defaultdict(list)
    firsts: dict[tuple[str, ...], str] = {}
    copied: dict[str, list[Proposal]] = defaultdict(list)
    sentences = Copies(documents)
    known = known_to_subject(documents, proposals)
    for p in proposals:
        if p.decided_by not in (BY_CAST, BY_LAW) and p.code != HEALTH_LOCK:
            key = copy_key(p, sentences)
            first = firsts.setdefault(key, p.id) if key else p.id
            if first != p.id:
                copied[first].append(p)
            else:
                groups[p.span.document, p.decided_by, p.code].append(p)
    for (document, decider, code), items in groups.items():
        elsewhere = [c.span.document for p in items for c in copied[p.id]]
        body = {
            "title": about_of(work.case.documents[document])["title"],
            "document": document,
            "documents": sorted({document, *elsewhere}),
            "decider": decider,
            "code": code,
            "passages": [
                {
                    "id": p.id,
                    "reason": p.reason,
                    "kind": p.kind.value,
                    "treatment": p.treatment.value,
                    "mode": p.mode.value,
                    "person": p.person,
                    "class": p.data_class,
                    "flags": p.flags,
                    "known": known.get(p.id, ""),
                    "copies": [c.id for c in copied[p.id]],
                    **snippet(documents, p.span),
                }
                for p in items
            ],
        }
        body = with_knowledge_of_passages(work.office, work.case, body)
        group = f"passage/{document}/{decider}/{code or 'none'}"
        name, body["passages"] = still_to_ask(work.case, group, body["passages"], upgraded=upgraded)
        if body["passages"] and document not in work.case.on_their_way:
            yield Ask(name, PASSAGE, REVIEW_ROLE[decider], body, PASSAGE_OPTIONS)


def _page_asks(work: Work, documents: Sequence[ReadDocument]) -> Iterable[Ask]:
    for document in documents:
        for page in document.pages:
            if page.needs_eyes or page.kind is PageKind.PHOTO:
                picture = page.kind is PageKind.PHOTO
                body = {
                    "title": about_of(work.case.documents[document.id])["title"],
                    "document": document.id,
                    "page": page.number,
                    "picture": picture,
                    "why": page.needs_eyes or "A picture: look at it and at who is in it.",
                }
                options = PICTURE_OPTIONS if picture else PAGE_OPTIONS
                yield Ask(f"page/{document.id}/{page.number}", PAGE, "officer", body, options)


def _hidden_asks(work: Work, documents: Sequence[ReadDocument]) -> Iterable[Ask]:
    for document in documents:
        if document.hidden:
            body = {
                "title": about_of(work.case.documents[document.id])["title"],
                "document": document.id,
                "items": [
                    {"kind": h.kind.value, "where": h.where, "text": h.text}
                    for h in document.hidden
                ],
            }
            yield Ask(f"hidden/{document.id}", HIDDEN, "officer", body, HIDDEN_OPTIONS)
