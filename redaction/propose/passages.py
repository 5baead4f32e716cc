"""Safeguarding cues propose passages for the people who must decide them.

Health data of the data subject is locked (DPA 2018 Sch 3 para 6); somebody else's health is third
party data and goes to the cast's decision (Sch 2 para 16). Where the sentence names both, both are
proposed: a lock that is missed cannot be mended, one too many is lifted in a click.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml

from redaction.decisions import Finding, Proposal, Span
from redaction.document import Page, ReadDocument
from redaction.find.phrases import Phrases
from redaction.find.tokens import Stretch, flatten, sentences
from redaction.propose.mentions import BY_CAST, BY_PASSAGE, Default, Defaults, proposal_id
from rights.release import DisclosureMode, FactKind, Person, PersonRef, Role, Treatment

_PROFESSIONALS = frozenset(
    [
        Role.SOCIAL_WORKER,
        Role.HEALTH,
        Role.EDUCATION,
        Role.POLICE,
        Role.OTHER_PROFESSIONAL,
        Role.VOLUNTEER,
    ]
)
_LONGEST_SENTENCE = 500
_LONGEST_PARAGRAPH = 700
"""Characters; a longer one is a table or a list, where the line stands for the sentence."""
_LOOK_BACK = 400
"""Characters before a sentence in which the person it goes on about may be named."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One rule of `cues.yaml`, whose header explains the fields."""

    name: str
    code: str
    citation: str
    decided_by: str
    kind: FactKind
    stretch: str
    reason: str
    mode: DisclosureMode
    """Naming some grounds is itself the disclosure (Sch 3 para 21 says there was abuse)."""


@lru_cache(maxsize=1)
def _cues() -> dict[str, tuple[Cue, tuple[str, ...]]]:
    """Each rule of `cues.yaml` with its phrases."""
    path = resources.files("redaction.propose").joinpath("cues.yaml")
    return {
        name: (
            Cue(
                name,
                body["code"],
                body["citation"],
                body["decided_by"],
                FactKind(body["kind"]),
                body["stretch"],
                body["reason"],
                DisclosureMode(body.get("mode", DisclosureMode.NAMED)),
            ),
            tuple(body["cues"]),
        )
        for name, body in yaml.safe_load(path.read_text("utf-8")).items()
    }


@lru_cache(maxsize=1)
def cue_phrases() -> Phrases[tuple[Cue, ...]]:
    """The cues, ready to look for; one phrase may call several rules."""
    phrases: dict[str, tuple[Cue, ...]] = {}
    for cue, texts in _cues().values():
        for phrase in texts:
            key = " ".join(flatten(phrase).split())
            phrases[key] = (*phrases.get(key, ()), cue)
    return Phrases(phrases)


def propose_passages(
    documents: Sequence[ReadDocument],
    findings: Sequence[Finding],
    people: Mapping[PersonRef, Person],
    defaults: Defaults,
) -> list[Proposal]:
    """Passages that a cue stands in, neighbouring ones of one rule and person joined."""
    named: dict[tuple[str, int], list[Finding]] = {}
    for finding in findings:
        if finding.kind is FactKind.NAME:
            named.setdefault((finding.span.document, finding.span.page), []).append(finding)
    proposals: list[Proposal] = []
    for document in documents:
        for page in document.pages:
            mentions = sorted(named.get((document.id, page.number), []), key=lambda f: f.span)
            reader = _PageReader(document, page, mentions, people, defaults)
            proposals.extend(reader.proposals())
    return proposals


@dataclass(frozen=True, slots=True)
class _Passage:
    cue: Cue
    person: PersonRef | None
    confidence: float


class _PageReader:
    """Reads one page for cues."""

    def __init__(
        self,
        document: ReadDocument,
        page: Page,
        mentions: Sequence[Finding],
        people: Mapping[PersonRef, Person],
        defaults: Defaults,
    ) -> None:
        self._document = document
        self._page = page
        self._mentions = mentions
        self._people = people
        self._defaults = defaults
        self._subject = next((r for r, p in people.items() if p.role is Role.SUBJECT), None)

    def proposals(self) -> list[Proposal]:
        """The page's passages."""
        text = self._page.text
        hits = list(cue_phrases().find(flatten(text)))
        sources = [f for f in self._mentions if self._means_a_referrer(f)]
        if not hits and not sources:
            return []
        cut = list(sentences(text))
        starts = [s.start for s in cut]
        found: dict[_Passage, list[Stretch]] = {}
        for hit in hits:
            index = max(bisect_left(starts, hit.start + 1) - 1, 0)
            sentence = _line_of(text, cut[index], hit.start, hit.end)
            for cue in hit.value:
                stretch = _paragraph(text, sentence) if cue.stretch == "paragraph" else sentence
                for passage in self._about(cue, sentence, hit.start):
                    found.setdefault(passage, []).append(stretch)
        for mention in sources:
            index = max(bisect_left(starts, mention.span.start + 1) - 1, 0)
            sentence = _line_of(text, cut[index], mention.span.start, mention.span.end)
            found.setdefault(_Passage(_cues()["referrer"][0], None, 0.7), []).append(sentence)
        return [
            self._proposal(passage, stretch)
            for passage, stretches in found.items()
            for stretch in _joined(text, stretches)
        ]

    def _means_a_referrer(self, finding: Finding) -> bool:
        refs = (finding.person,) if finding.person else finding.candidates
        return any(r in self._people and self._people[r].role is Role.REFERRER for r in refs)

    def _about(self, cue: Cue, sentence: Stretch, at: int) -> list[_Passage]:
        if cue.kind is not FactKind.HEALTH and cue.decided_by != BY_CAST:
            return [_Passage(cue, None, 0.7)]
        inside = self._people_between(sentence.start, sentence.end)
        nearest = self._nearest(inside, at)
        if nearest is None:
            before = self._people_between(max(0, sentence.start - _LOOK_BACK), sentence.start)
            nearest = before[-1][1] if before else self._subject
            sure = 0.5
        else:
            sure = 0.8
        if cue.decided_by == BY_CAST:
            return [] if nearest in (None, self._subject) else [_Passage(cue, nearest, sure)]
        if nearest == self._subject or nearest is None:
            return [_Passage(cue, self._subject, sure)]
        passages = [_Passage(cue, nearest, sure)]
        if not inside or any(ref == self._subject for _, ref in inside):
            # "Dentist seen." may be the subject's as well: the lock is not lost on a guess.
            passages.append(_Passage(cue, self._subject, 0.5))
        return passages

    def _people_between(self, start: int, end: int) -> list[tuple[int, PersonRef]]:
        """Family and friends named in a stretch; whoever acts in role is not whom it is about."""
        return [
            (f.span.start, ref)
            for f in self._mentions
            if start <= f.span.start < end
            for ref in ([f.person] if f.person else f.candidates)
            if ref in self._people and self._people[ref].role not in _PROFESSIONALS
        ]

    def _nearest(self, inside: Sequence[tuple[int, PersonRef]], at: int) -> PersonRef | None:
        before = [ref for start, ref in inside if start < at]
        if before:
            return before[-1]
        return inside[0][1] if inside else None

    def _proposal(self, passage: _Passage, stretch: Stretch) -> Proposal:
        cue, kind = passage.cue, passage.cue.kind
        span = Span(self._document.id, self._page.number, stretch.start, stretch.end)
        decided_by, treatment, code = cue.decided_by, Treatment.ASK, cue.code
        mode, reason = cue.mode, cue.reason
        person = self._people.get(passage.person) if passage.person else None
        locked = cue.kind is FactKind.HEALTH and (person is None or passage.person == self._subject)
        if locked:
            treatment = Treatment.HOLD
        elif person is not None:
            default: Default = self._defaults(person, kind)
            decided_by = BY_CAST if passage.confidence > 0.5 else BY_PASSAGE
            treatment, mode = default.treatment, default.mode
            code = default.code or "3P"
            reason = f"{default.reason} ({kind.value})"
        return Proposal(
            id=proposal_id(
                self._document.sha256, span, kind, f"cue.{cue.name}.{passage.person or ''}"
            ),
            span=span,
            text=self._page.text[span.start : span.end],
            kind=kind,
            treatment=treatment,
            reason=reason,
            rule=f"cue.{cue.name}",
            code=code,
            mode=mode,
            confidence=passage.confidence,
            person=passage.person,
            decided_by=decided_by,
        )


def _line_of(text: str, sentence: Stretch, start: int, end: int) -> Stretch:
    if sentence.end - sentence.start <= _LONGEST_SENTENCE:
        return sentence
    first = text.rfind("\n", sentence.start, start) + 1 or sentence.start
    last = text.find("\n", end, sentence.end)
    return Stretch(max(first, sentence.start), last if last >= 0 else sentence.end)


def _paragraph(text: str, sentence: Stretch) -> Stretch:
    first = text.rfind("\n\n", 0, sentence.start)
    last = text.find("\n\n", sentence.end)
    start = first + 2 if first >= 0 else 0
    end = last if last >= 0 else len(text)
    if end - start > _LONGEST_PARAGRAPH:
        return sentence  # a table or a page without blank lines is no paragraph
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Stretch(start, end)


def _joined(text: str, stretches: Sequence[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda s: (s.start, -s.end)):
        if joined and not text[joined[-1].end : stretch.start].strip():
            joined[-1] = Stretch(joined[-1].start, max(joined[-1].end, stretch.end))
        else:
            joined.append(stretch)
    return joined
