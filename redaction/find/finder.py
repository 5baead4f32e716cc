"""All finders together: one document in, its findings out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from redaction.decisions import Finding, Span
from redaction.document import Origin, Page, ReadDocument
from redaction.find.assign import Owned, Values
from redaction.find.columns import under_headings
from redaction.find.identifiers import (
    Identifier,
    births_in,
    identifiers_in,
    partial_births_in,
    with_digits,
)
from redaction.find.lexicon import role_words
from redaction.find.mention import Mention
from redaction.find.names import NameMatcher
from redaction.find.phrases import PhraseHit, Phrases
from redaction.find.relations import Owner, RelationMatcher, RelationMention
from redaction.find.resolve import Resolution, Resolver
from redaction.find.tokens import Keys, Token, claimed_by, flatten, tokenise
from redaction.find.unknown import Stranger, StrangerMatcher
from redaction.find.words import load_words
from redaction.find.writings import Writings
from rights.release import FactKind, Person, PersonRef, Role

_MISREAD = {ord("|"): "l", ord("!"): "l", ord("¦"): "l"}
_SURE_NAME = 0.93
_ONE_STRING = frozenset(["email", "handle", "url"])
"""What holds names and is covered as a whole."""
_BIRTH_WORDS = ("dob", "d o b", "d 0 b", "born", "of birth")
_REACH = 120
"""Characters before a number in which the nearest name may be whose it is."""
_BESIDE = 30
"""Characters between a name and a shared value behind it that still belongs to the name."""
_BEFORE_ADDRESS = 12
"""Characters of brackets and "mailto:" between a name and its mail address."""
_ADDRESS_GAP = re.compile(
    r",?\s*(?:[A-Z][\w'’-]*[, \n]\s*(?:(?:on|upon|le|by|in|the|and)[ -])?){0,6}\s*"
)
_SPEAKER = re.compile(r"\b(?:my|our)\s+(?:\w+\s+)?$", re.IGNORECASE)
_ROLE_FAMILY = {Role.SOCIAL_WORKER, Role.HEALTH, Role.EDUCATION, Role.POLICE}


class Finder:
    """Finders for one cast. Build once, use for every document of the bundle."""

    def __init__(self, people: Sequence[Person]) -> None:
        self._people = tuple(people)
        self._words = load_words()
        self._names = NameMatcher(Writings(self._people), self._words)
        self._resolver = Resolver(self._people)
        self._relations = RelationMatcher(self._people, self._resolver.traits)
        self._values = Values(self._people)
        self._strangers = StrangerMatcher(self._words)
        self._role_phrases: Phrases[Role] = Phrases(role_words())
        self._keys = Keys()

    def find(self, document: ReadDocument) -> tuple[Finding, ...]:
        """Every mention and identifier in a document, in reading order.

        Each finding's text is exactly the page's text at its span. A finding is tied to one person
        only when that is sure; else `candidates` holds whom it may mean, or nobody.
        """
        findings: list[Finding] = []
        for page in document.pages:
            findings.extend(self._page(document.id, page))
        return tuple(findings)

    def _page(self, document: str, page: Page) -> list[Finding]:
        text = page.text
        flat = flatten(text)
        scanned = any(w.origin is Origin.OCR for w in page.words)
        tokens = tokenise(text.translate(_MISREAD) if scanned else text, self._keys)
        make = _Maker(document, page, self._people)

        mentions = self._names.find(text, tokens, scanned=scanned)
        jobs = list(self._role_phrases.find(flat))
        kin = self._relations.words(flat)
        apposed = self._apposed(text, jobs, kin, mentions)
        resolved = [(m, self._resolver.resolve(text, m, apposed)) for m in mentions]
        numbers = self._numbers(page, flat, resolved, scanned=scanned)
        places = _Places([(n.start, n.end) for n, _ in numbers])
        whole = {(n.start, n.end) for n, _ in numbers if n.sort in _ONE_STRING}
        resolved = [
            (m, r)
            for m, r in resolved
            if not (cover := places.over(m.start, m.end))
            or (m.confidence >= _SURE_NAME and cover not in whole)
        ]
        owners = [Owner(m.end, r.people) for m, r in resolved]
        named = _Places([(m.start, m.end) for m, _ in resolved])
        relations = [
            r
            for r in self._relations.find(text, kin, owners)
            if not named.over(r.start, r.end) and not places.over(r.start, r.end)
        ]
        strangers = self._find_strangers(text, jobs, tokens, resolved, numbers)

        findings = [make.name(m, r) for m, r in resolved if r.people]
        findings += [make.relation(r) for r in relations]
        findings += [make.number(n, o, self._nearest(n, resolved)) for n, o in numbers]
        findings += [make.stranger(s, _of_address(s, numbers)) for s in strangers]
        return sorted(findings, key=lambda f: (f.span.start, -f.span.end, f.finder))

    def _apposed(
        self,
        text: str,
        jobs: Sequence[PhraseHit[Role]],
        kin: Sequence[PhraseHit[str]],
        mentions: Sequence[Mention],
    ) -> dict[int, frozenset[int]]:
        """Where an ambiguous name stands right behind a relation or role word: whom that fits."""
        unsure = {m.start for m in mentions if len(m.people) > 1}
        if not unsure:
            return {}
        ends: dict[int, frozenset[int]] = {}
        for hit in jobs:
            if hit.value in _ROLE_FAMILY:
                people = (i for i, p in enumerate(self._people) if p.role is hit.value)
                ends[hit.end] = frozenset(people)
        for mention in self._relations.find(text, kin, []):
            if _SPEAKER.search(text[max(0, mention.start - 12) : mention.start]):
                continue  # "my brother" is the brother of whoever writes
            ends[mention.end] = frozenset(self._relations.fitting(mention.relation))
        return {start: ends[start - 1] for start in unsure if start - 1 in ends}

    def _numbers(
        self,
        page: Page,
        flat: str,
        resolved: Sequence[tuple[Mention, Resolution]],
        *,
        scanned: bool,
    ) -> list[tuple[Identifier, Owned | None]]:
        text = page.text
        found: list[tuple[Identifier, Owned | None]] = [*self._values.known_in(flat)]
        readings = {text, with_digits(text)} if scanned else {text}
        for item in (i for reading in sorted(readings) for i in identifiers_in(reading)):
            owned = self._values.owner(item)
            if owned is None and item.sort in _ONE_STRING:
                owned = _named_in(item, resolved)
            found.append((item, owned))
        for reading in sorted(readings):
            for item in births_in(reading, self._values.births):
                found.append((item, self._values.owner(item)))
        if any(word in flat for word in _BIRTH_WORDS):
            found.extend((item, None) for item in partial_births_in(text))
        found.extend((item, self._values.owner(item)) for item in under_headings(page))
        # A value on the record beats a shape; then the surer, then the longer reading of digits.
        found.sort(
            key=lambda f: (f[1] is None, -f[0].confidence, f[0].start - f[0].end, f[0].start)
        )
        kept: list[tuple[Identifier, Owned | None]] = []
        taken = bytearray(len(text))
        for item, owned in found:
            if not any(taken[item.start : item.end]):
                taken[item.start : item.end] = b"\1" * (item.end - item.start)
                kept.append((item, owned))
        return _whole_addresses(text, sorted(kept, key=lambda f: f[0].start), resolved)

    def _find_strangers(
        self,
        text: str,
        jobs: Sequence[PhraseHit[Role]],
        tokens: Sequence[Token],
        resolved: Sequence[tuple[Mention, Resolution]],
        numbers: Sequence[tuple[Identifier, Owned | None]],
    ) -> list[Stranger]:
        taken = [(m.start, m.end) for m, r in resolved if r.people]
        taken += [(n.start, n.end) for n, _ in numbers]
        return self._strangers.find(text, jobs, tokens, claimed_by(tokens, taken))

    def _nearest(
        self, item: Identifier, resolved: Sequence[tuple[Mention, Resolution]]
    ) -> tuple[int, ...]:
        first = bisect_left(resolved, item.start - _REACH, key=lambda pair: pair[0].end)
        last: tuple[int, ...] = ()
        for mention, resolution in resolved[first : first + _REACH]:
            if mention.end > item.start:
                break
            last = resolution.people or last
        return last


class _Places:
    """Stretches of text, asked whether they overlap another."""

    def __init__(self, stretches: Sequence[tuple[int, int]]) -> None:
        self._stretches = sorted(stretches)
        self._ends: list[int] = []
        reached = 0
        for _, end in self._stretches:
            reached = max(reached, end)
            self._ends.append(reached)

    def over(self, start: int, end: int) -> tuple[int, int] | None:
        """A stretch that overlaps, or None."""
        index = bisect_left(self._ends, start + 1)
        while index < len(self._stretches) and self._stretches[index][0] < end:
            if self._stretches[index][1] > start:
                return self._stretches[index]
            index += 1
        return None


class _Maker(NamedTuple):
    """Makes findings of one page."""

    document: str
    page: Page
    people: Sequence[Person]

    def name(self, mention: Mention, resolution: Resolution) -> Finding:
        """A known person's name."""
        return self._finding(
            mention.start,
            mention.end,
            FactKind.NAME,
            "known-name",
            mention.confidence,
            resolution.reason,
            resolution.people,
            sure=resolution.sure,
        )

    def relation(self, mention: RelationMention) -> Finding:
        """A relation word."""
        return self._finding(
            mention.start,
            mention.end,
            FactKind.NAME,
            "relation-word",
            mention.confidence,
            mention.reason,
            mention.people,
        )

    def number(self, item: Identifier, owned: Owned | None, nearest: tuple[int, ...]) -> Finding:
        """An identifier or contact detail."""
        finder = f"uk.{item.sort}"
        if owned is not None:
            reason = f"{item.reason}; {owned.reason}"
            return self._finding(
                item.start, item.end, item.kind, finder, item.confidence, reason, owned.people
            )
        reason = f"{item.reason}; it stands on nobody's record"
        if nearest:
            reason += ", and the name before it may be whose it is"
        return self._finding(
            item.start, item.end, item.kind, finder, item.confidence, reason, nearest, sure=False
        )

    def stranger(self, stranger: Stranger, address: Owned | None) -> Finding:
        """A name nobody on the list has; `address` is whose the mail address behind it is."""
        if address is not None:
            reason = "a name beside a mail address; whose the address is has another name on record"
            return self._finding(
                stranger.start,
                stranger.end,
                FactKind.NAME,
                "mail-owner",
                0.85,
                reason,
                address.people,
                sure=False,
            )
        finder = "role-title" if stranger.title else "role-cue"
        reason = f"a name beside the word '{stranger.cue}' that nobody known has"
        if self.page.text.startswith(stranger.cue, stranger.start) and not stranger.title:
            finder, reason = "forename", "a forename that nobody known has"
        if not stranger.cue:
            finder, reason = "mail-name", "a name beside a mail address that nobody known has"
        return self._finding(stranger.start, stranger.end, FactKind.NAME, finder, 0.85, reason, ())

    def _finding(
        self,
        start: int,
        end: int,
        kind: FactKind,
        finder: str,
        confidence: float,
        reason: str,
        people: tuple[int, ...],
        *,
        sure: bool = True,
    ) -> Finding:
        refs = self._refs(people)
        one = sure and len(refs) == 1
        return Finding(
            span=Span(self.document, self.page.number, start, end),
            text=self.page.text[start:end],
            kind=kind,
            finder=finder,
            confidence=confidence,
            reason=reason,
            person=refs[0] if one else None,
            candidates=() if one else refs,
        )

    def _refs(self, people: tuple[int, ...]) -> tuple[PersonRef, ...]:
        return tuple(self.people[p].ref for p in people)


def _whole_addresses(
    text: str,
    found: Sequence[tuple[Identifier, Owned | None]],
    resolved: Sequence[tuple[Mention, Resolution]],
) -> list[tuple[Identifier, Owned | None]]:
    """Joins a postcode to the address line before it, the town between included.

    The line says whose it is: a neighbour has the data subject's postcode and another number.
    """
    joined: list[tuple[Identifier, Owned | None]] = []
    for item, owned in found:
        if item.sort == "postcode" and joined:
            line, whose = joined[-1]
            gap = text[line.end : item.start]
            if line.sort in ("address", "known-address") and _ADDRESS_GAP.fullmatch(gap):
                whole = line._replace(end=item.end, confidence=max(line.confidence, 0.95))
                joined[-1] = (whole, whose)
                continue
        joined.append((item, owned))
    return [(item, _beside(text, item, owned, resolved)) for item, owned in joined]


def _beside(
    text: str,
    item: Identifier,
    owned: Owned | None,
    resolved: Sequence[tuple[Mention, Resolution]],
) -> Owned | None:
    """Weighs who is named right before a value that the data subject shares with others.

    A twin's date of birth behind the twin's name is the twin's; of a shared address behind another
    name it is asked whose it is.
    """
    if owned is None or not owned.sharers:
        return owned
    behind = bisect_left(resolved, item.start + 1, key=lambda pair: pair[0].end)
    for mention, resolution in reversed(resolved[max(0, behind - 1) : behind]):
        gap = item.start - mention.end
        if gap > _BESIDE or "\n\n" in text[mention.end : item.start]:
            return owned
        sharers = tuple(p for p in resolution.people if p in owned.sharers)
        if not sharers:
            return owned
        if item.sort == "dob" and len(resolution.people) == 1:
            return Owned(sharers, "it stands behind the name of one of those who share it")
        return Owned((*owned.people, *sharers), "the data subject and the one named share it")
    return owned


def _of_address(
    stranger: Stranger, numbers: Sequence[tuple[Identifier, Owned | None]]
) -> Owned | None:
    """Whose the mail address is that a name stands right before, if it is on the record."""
    if stranger.title or stranger.cue not in ("", stranger.forenames.partition(" ")[0]):
        return None  # what stands beside the name says who it is
    behind = bisect_left(numbers, stranger.end, key=lambda pair: pair[0].start)
    for item, owned in numbers[behind : behind + 1]:
        if item.kind is FactKind.CONTACT and item.start - stranger.end <= _BEFORE_ADDRESS:
            return owned
    return None


def _named_in(item: Identifier, resolved: Sequence[tuple[Mention, Resolution]]) -> Owned | None:
    first = bisect_left(resolved, item.start, key=lambda pair: pair[0].start)
    for mention, resolution in resolved[first : first + _REACH]:
        if mention.start >= item.end:
            break
        if mention.end <= item.end and resolution.people:
            return Owned(resolution.people, "the name in it is on the record")
    return None
