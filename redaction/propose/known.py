"""What speaks for the data subject knowing something already: an argument, never a decision.

What the subject supplied, was present at, signed or was sent is hardly a secret from them, and that
speaks for disclosing it (DPA 2018 Sch 2 para 16(3), Sch 3 para 6). It is read from the words about
the subject's own name, in the sentence for what was said, else for the whole document.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence

from redaction.decisions import Proposal
from redaction.document import ReadDocument
from redaction.find.duplicates import unquoted
from redaction.find.tokens import Stretch, sentences
from redaction.propose.mentions import BY_LAW
from rights.release import FactKind

SAID = "the person told us so"
PRESENT = "the person was present"
SIGNED = "the person signed it"
SENT = "it was sent to the person"

_SAID = re.compile(
    r"\s+(?:has |had |also |then |later )?(?:said|says|told|tells|stated|wrote|writes|disclosed"
    r"|reported|explained|described|confirmed|mentioned|shared)\b"
)
_WAS_THERE = re.compile(r"\s+(?:was (?:also )?(?:present|there|at the)|attended|took part)\b")
_PRESENT_LINE = re.compile(r"\s*(?:present|attendees|attended by|in attendance)\b", re.IGNORECASE)
_SENT_LINE = re.compile(r"\s*(?:to|cc|copy to|copies to|copied to|dear)\b[\s:]", re.IGNORECASE)
_SIGNED_BEFORE = re.compile(r"\bsigned(?: by)?[\s:.]{1,12}$", re.IGNORECASE)
_SIGNED_BEHIND = re.compile(r"\s+(?:has |had )?signed\b")


def known_to_subject(
    documents: Sequence[ReadDocument], proposals: Sequence[Proposal]
) -> Mapping[str, str]:
    """For proposals about others: what speaks for the subject knowing it. Proposal -> how.

    Args:
        documents: The bundle.
        proposals: All proposals of it; the subject's own name is clear by law and tells where the
            subject is named.
    """
    own: dict[tuple[str, int], list[Proposal]] = defaultdict(list)
    for p in proposals:
        if p.decided_by == BY_LAW and p.kind is FactKind.NAME:
            own[p.span.document, p.span.page].append(p)
    whole: dict[str, str] = {}
    said: dict[tuple[str, int], list[tuple[Stretch, str]]] = defaultdict(list)
    for document in documents:
        for page in document.pages:
            here = own.get((document.id, page.number))
            if not here:
                continue
            cut = list(sentences(unquoted(page.text)))
            for p in here:
                how = _of_document(page.text, p.span.start, p.span.end)
                if how:
                    whole.setdefault(document.id, how)
                how = _of_sentence(page.text, p.span.end)
                if how and cut:
                    at = max(bisect_right(cut, p.span.start, key=lambda s: s.start) - 1, 0)
                    said[document.id, page.number].append((cut[at], how))
    found: dict[str, str] = {}
    for p in proposals:
        if p.decided_by == BY_LAW:
            continue
        in_sentence = next(
            (
                how
                for stretch, how in said.get((p.span.document, p.span.page), ())
                if stretch.start < p.span.end and p.span.start < stretch.end
            ),
            "",
        )
        how = in_sentence or whole.get(p.span.document, "")
        if how:
            found[p.id] = how
    return found


def _of_sentence(text: str, end: int) -> str:
    if _SAID.match(text, end):
        return SAID
    return PRESENT if _WAS_THERE.match(text, end) else ""


def _of_document(text: str, start: int, end: int) -> str:
    line = text[text.rfind("\n", 0, start) + 1 : start]
    if _PRESENT_LINE.match(line):
        return PRESENT
    if _SENT_LINE.match(line):
        return SENT
    if _SIGNED_BEFORE.search(text[max(0, start - 24) : start]) or _SIGNED_BEHIND.match(text, end):
        return SIGNED
    return ""
