"""Safeguarding cues propose passages for the people who must decide them.

Health data of the data subject is locked (DPA 2018 Sch 3 para 6); somebody else's health is third
party data and goes to the cast's decision (Sch 2 para 16). Where it is not certain whose health a
sentence is about, both are proposed as a pair, and a person is asked whose it is: a lock that is
missed cannot be mended.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TypeAlias

from redaction.decisions import Finding, Proposal, Span
from redaction.document import Page, ReadDocument
from redaction.find.phrases import Phrases
from redaction.find.tokens import Stretch, flatten, sentences
from redaction.propose.mentions import BY_CAST, BY_PASSAGE, Defaults, proposal_id, strictest
from rights.law.yamlfile import parse_yaml
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
_REPORTING = frozenset(
    {"said", "says", "told", "tells", "reported", "reports", "states", "stated"}
    | {"explained", "mentioned", "advised", "asked"}
)
"""After "Mum said that she has asthma" it may be the child who has it."""
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
    flag: str


@lru_cache(maxsize=1)
def _cues() -> dict[str, tuple[Cue, tuple[str, ...]]]:
    """Each rule of `cues.yaml` with its phrases."""
    path = resources.files("redaction.propose").joinpath("cues.yaml")
    return {
        name: (
            Cue(
                name,
                body.get("code", ""),
                body["citation"],
                body.get("decided_by", ""),
                FactKind(body["kind"]),
                body["stretch"],
                body.get("reason", ""),
                DisclosureMode(body.get("mode", DisclosureMode.NAMED)),
                body.get("flag", ""),
            ),
            tuple(body["cues"]),
        )
        for name, body in parse_yaml(path.read_bytes()).items()
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
    """A cue and whom it is about: nobody in particular, one person, or one of several.

    `with_` is whom it may be about instead, where the subject's lock and another person's health
    are proposed as a pair.
    """

    cue: Cue
    people: tuple[PersonRef, ...]
    confidence: float
    with_: tuple[PersonRef, ...] = ()


_Mention: TypeAlias = tuple[int, tuple[PersonRef, ...]]
"""Where somebody is named, and whom it may mean."""


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
        self._own = tuple(r for r, p in people.items() if p.role is Role.SUBJECT)[:1]

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
        flagged: list[tuple[Stretch, str]] = []
        for hit in hits:
            index = max(bisect_left(starts, hit.start + 1) - 1, 0)
            sentence = _line_of(text, cut[index], hit.start, hit.end)
            for cue in hit.value:
                stretch = _paragraph(text, sentence) if cue.stretch == "paragraph" else sentence
                if cue.flag:
                    flagged.append((stretch, cue.flag))
                if not cue.code:
                    continue
                for passage in self._about(cue, sentence, hit.start):
                    found.setdefault(passage, []).append(stretch)
        for mention in sources:
            index = max(bisect_left(starts, mention.span.start + 1) - 1, 0)
            sentence = _line_of(text, cut[index], mention.span.start, mention.span.end)
            found.setdefault(_Passage(_cues()["referrer"][0], (), 0.7), []).append(sentence)
        return [
            self._proposal(passage, stretch, _flags(stretch, flagged))
            for passage, stretches in found.items()
            for stretch in _joined(text, stretches)
        ]

    def _means_a_referrer(self, finding: Finding) -> bool:
        refs = (finding.person,) if finding.person else finding.candidates
        return any(r in self._people and self._people[r].role is Role.REFERRER for r in refs)

    def _about(self, cue: Cue, sentence: Stretch, at: int) -> list[_Passage]:
        """Whom a cue is about: the subject, somebody else, or a pair where it is not certain."""
        if cue.kind is not FactKind.HEALTH and cue.decided_by != BY_CAST:
            return [_Passage(cue, (), 0.7)]
        inside = self._named_between(sentence.start, sentence.end)
        nearest, sure = _nearest(inside, at), 0.8
        if not nearest:
            before = self._named_between(max(0, sentence.start - _LOOK_BACK), sentence.start)
            nearest, sure = (before[-1][1] if before else self._own), 0.5
        others = tuple(r for r in nearest if r not in self._own)
        if cue.decided_by == BY_CAST:
            return [_Passage(cue, others, sure)] if others == nearest and others else []
        if not others:
            return [_Passage(cue, self._own, sure)]
        if others == nearest and self._certain(inside, sentence, at):
            return [_Passage(cue, others, sure)]
        return [_Passage(cue, others, 0.5, self._own), _Passage(cue, self._own, 0.5, others)]

    def _certain(self, inside: Sequence[_Mention], sentence: Stretch, at: int) -> bool:
        """Whether somebody else named just before the cue must be the one it is about.

        Not where the sentence names the subject too, names nobody before the cue ("Dentist seen."
        after a sentence about the mother), or only reports what that person said.
        """
        before = [start for start, _ in inside if start < at]
        if not before or any(set(refs) & set(self._own) for _, refs in inside):
            return False
        between = flatten(self._page.text[before[-1] : at]).split()
        return not _REPORTING & set(between)

    def _named_between(self, start: int, end: int) -> list[_Mention]:
        """Family and friends named in a stretch; whoever acts in role is not whom it is about."""
        named: list[_Mention] = []
        for finding in self._mentions:
            refs = (finding.person,) if finding.person else finding.candidates
            known = tuple(
                r for r in refs if r in self._people and self._people[r].role not in _PROFESSIONALS
            )
            if known and start <= finding.span.start < end:
                named.append((finding.span.start, known))
        return named

    def _proposal(self, passage: _Passage, stretch: Stretch, flags: tuple[str, ...]) -> Proposal:
        cue, kind = passage.cue, passage.cue.kind
        span = Span(self._document.id, self._page.number, stretch.start, stretch.end)
        decided_by, treatment, code = cue.decided_by, Treatment.ASK, cue.code
        mode, reason = cue.mode, cue.reason
        locked = kind is FactKind.HEALTH and passage.people == self._own
        people = [self._people[ref] for ref in passage.people]
        if locked:
            treatment = Treatment.HOLD
        elif people:
            default = strictest([self._defaults(person, kind) for person in people])
            certain = passage.confidence > 0.5 or passage.with_
            decided_by = BY_CAST if certain else BY_PASSAGE
            treatment, mode = default.treatment, default.mode
            code = default.code or "3P"
            reason = f"{default.reason} ({kind.value})"
            flags = tuple(sorted({*flags, "third party"}))
        one = passage.people[0] if len(passage.people) == 1 else None
        return Proposal(
            id=self._id(passage, passage.people, span),
            span=span,
            text=self._page.text[span.start : span.end],
            kind=kind,
            treatment=treatment,
            reason=reason,
            rule=f"cue.{cue.name}",
            code=code,
            mode=mode,
            confidence=passage.confidence,
            person=one,
            candidates=() if one else passage.people,
            decided_by=decided_by,
            flags=flags,
            pair=self._id(passage, passage.with_, span) if passage.with_ else "",
        )

    def _id(self, passage: _Passage, people: tuple[PersonRef, ...], span: Span) -> str:
        rule = f"cue.{passage.cue.name}.{'.'.join(people)}"
        return proposal_id(self._document.sha256, span, passage.cue.kind, rule)


def _nearest(inside: Sequence[_Mention], at: int) -> tuple[PersonRef, ...]:
    before = [refs for start, refs in inside if start < at]
    if before:
        return before[-1]
    return inside[0][1] if inside else ()


def _flags(stretch: Stretch, flagged: Sequence[tuple[Stretch, str]]) -> tuple[str, ...]:
    """What a stretch is besides its class: the flags of the cues that it touches."""
    return tuple(sorted({f for s, f in flagged if s.start < stretch.end and stretch.start < s.end}))


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
