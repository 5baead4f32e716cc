"""People the text names and no record knows, gathered over a bundle so that they join the cast."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from redaction.decisions import Finding, Span
from redaction.document import ReadDocument
from redaction.find.lexicon import forenames, relations, role_words
from redaction.find.phrases import Phrases
from redaction.find.tokens import Keys, claimed_by, flatten, key_of, tokenise
from redaction.find.unknown import Stranger, StrangerMatcher
from redaction.find.words import load_words
from rights.release import PersonName, Role

STRANGERS = frozenset(["role-title", "role-cue", "forename", "mail-name"])
"""Finders of people whom no record knows."""
_ROOM = 200
"""Characters beside a name in which everything stands that tells it for one."""
_DESCRIBED_ROLES = {
    "referrer": Role.REFERRER,
    "neighbour": Role.OTHER,
    "foster carer": Role.CARER,
    "foster carers": Role.CARER,
    "partner": Role.PARTNER_OF_PARENT,
    "mother": Role.PARENT,
    "father": Role.PARENT,
    "parents": Role.PARENT,
}


@dataclass(frozen=True, slots=True)
class Discovered:
    """Somebody named in the text who is not in the cast yet. Personal data.

    Attributes:
        name: As written; empty parts where the text gives none.
        role: What the words beside the name say; a person confirms it.
        cue: The word that gave it away: "neighbour", "Dr", "grandmother"; empty for a name that
            only stands beside a mail address.
        count: Mentions over the bundle.
        where: Their spans.
        relation: For someone only described ("grandmother"), the relation word; else empty.
    """

    name: PersonName
    role: Role
    cue: str
    count: int
    where: tuple[Span, ...]
    relation: str = ""


def discover(
    documents: Sequence[ReadDocument], findings: Iterable[Finding]
) -> tuple[Discovered, ...]:
    """Gathers unknown people over a bundle, most often named first.

    "Dr Patel" joins "Anita Patel" when no other Patel is unknown and their roles agree. Once they
    are in the cast, finding again carries their names to every bare mention.

    Args:
        documents: The bundle.
        findings: What `find` found in it.
    """
    by_page: dict[tuple[str, int], list[Finding]] = defaultdict(list)
    described: dict[str, list[Finding]] = defaultdict(list)
    words: Phrases[str] = Phrases({w: n for n, r in relations().items() for w in r.words})
    for finding in findings:
        by_page[finding.span.document, finding.span.page].append(finding)
        if finding.finder == "relation-word" and not finding.person and not finding.candidates:
            for hit in words.find(flatten(finding.text)):
                described[hit.value].append(finding)
    seen = _strangers(documents, by_page)
    people = [_gathered(group) for group in _groups(seen)]
    people += [
        Discovered(
            PersonName("", ""),
            _DESCRIBED_ROLES.get(relation, Role.RELATIVE),
            found[0].text,
            len(found),
            tuple(f.span for f in found),
            relation,
        )
        for relation, found in described.items()
    ]
    return tuple(sorted(people, key=lambda d: (-d.count, d.where[0])))


@dataclass(frozen=True, slots=True)
class _Seen:
    stranger: Stranger
    span: Span


def _strangers(
    documents: Sequence[ReadDocument], by_page: dict[tuple[str, int], list[Finding]]
) -> list[_Seen]:
    matcher, keys = StrangerMatcher(load_words()), Keys()
    jobs: Phrases[Role] = Phrases(role_words())
    seen: list[_Seen] = []
    for document in documents:
        for page in document.pages:
            found = by_page.get((document.id, page.number), [])
            wanted = {f.span for f in found if f.finder in STRANGERS}
            if not wanted:
                continue
            others = [
                (f.span.start, f.span.end)
                for f in found
                if f.span not in wanted and f.finder != "relation-word"
            ]
            for start, end in _around(page.text, wanted):
                text = page.text[start:end]
                tokens = tokenise(text, keys)
                claimed = claimed_by(tokens, [(a - start, b - start) for a, b in others])
                cues = list(jobs.find(flatten(text)))
                for item in matcher.find(text, cues, tokens, claimed):
                    stranger = item._replace(start=item.start + start, end=item.end + start)
                    span = Span(document.id, page.number, stranger.start, stranger.end)
                    if span in wanted:
                        seen.append(_Seen(stranger, span))
    return seen


def _around(text: str, spans: Iterable[Span]) -> list[tuple[int, int]]:
    """Stretches of whole words around the spans, with room for all that says who is meant."""
    found: list[tuple[int, int]] = []
    for span in sorted(spans):
        start = max(text.rfind(" ", 0, max(0, span.start - _ROOM)), 0)
        end = text.find(" ", min(len(text), span.end + _ROOM))
        end = end if end >= 0 else len(text)
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _groups(seen: Sequence[_Seen]) -> list[list[_Seen]]:
    by_surname: dict[str, dict[str, list[_Seen]]] = defaultdict(lambda: defaultdict(list))
    for item in seen:
        surname, forename = key_of(item.stranger.surname), key_of(item.stranger.forenames)
        by_surname[surname][forename].append(item)
    groups: list[list[_Seen]] = []
    for surname, by_forename in by_surname.items():
        bare = by_forename.pop("", []) if surname else []
        named = list(by_forename.values())
        if bare and len(named) == 1 and _agree(bare, named[0]):
            named[0].extend(bare)
        elif bare:
            groups.append(bare)
        groups.extend(named)
    return _with_forenames(groups)


def _with_forenames(groups: Sequence[list[_Seen]]) -> list[list[_Seen]]:
    """Joins "Alice" to "Alice Penrose" when each document that has the one has the other too.

    Elsewhere she may be another Alice: that is for a person to say.
    """
    whole: dict[str, list[list[_Seen]]] = defaultdict(list)
    for group in groups:
        if group[0].stranger.surname and any(s.stranger.forenames for s in group):
            for forename in {key_of(s.stranger.forenames.partition(" ")[0]) for s in group} - {""}:
                whole[forename].append(group)
    kept: list[list[_Seen]] = []
    for group in groups:
        fitting = whole.get(_bare(group[0].stranger), [])
        if (
            len(fitting) == 1
            and _agree(group, fitting[0])
            and _documents(group) <= _documents(fitting[0])
        ):
            fitting[0].extend(group)
        else:
            kept.append(group)
    return kept


def _bare(stranger: Stranger) -> str:
    """The key of a forename that stands by itself; else empty."""
    if stranger.title or (stranger.forenames and stranger.surname):
        return ""
    key = key_of(stranger.forenames or stranger.surname)
    return key if key in forenames() else ""


def _documents(group: Sequence[_Seen]) -> set[str]:
    return {s.span.document for s in group}


def _agree(one: Sequence[_Seen], other: Sequence[_Seen]) -> bool:
    roles = {s.stranger.role for s in (*one, *other)} - {Role.UNKNOWN}
    return len(roles) <= 1


def _gathered(group: Sequence[_Seen]) -> Discovered:
    ordered = sorted(group, key=lambda s: s.span)
    best = max(ordered, key=lambda s: (s.stranger.role is not Role.UNKNOWN, len(s.stranger.cue)))
    fullest = max(ordered, key=lambda s: (s.stranger.surname != "", len(s.stranger.forenames)))
    titles = [s.stranger.title for s in ordered if s.stranger.title]
    name = PersonName(fullest.stranger.forenames, fullest.stranger.surname)
    return Discovered(
        replace(name, title=titles[0]) if titles else name,
        best.stranger.role,
        best.stranger.cue,
        len(ordered),
        tuple(s.span for s in ordered),
    )
