"""Recordings: a person listens or watches, and what is written down is read like any document.

No program hears them here. What was said in one is only then decided passage by passage, so that a
recording is never sent, and never left out, unheard.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256

from casework.collect import about_of
from casework.entries import entry, needed
from casework.office import Office, Work
from casework.questions import Ask, Given, SignedIn, on_answer
from casework.transcripts import TITLE, TOPIC, WRITTEN, transcript_of
from redaction.formats import Record
from rights.case import Case, Question
from rights.events import Event
from rights.events.base import ENGINE
from rights.events.kinds import EvidenceCollected
from rights.sources.limits import limited
from rights.sources.recordings import is_recording

NOTHING = "heard: nothing about the person"
CANNOT = "it cannot be heard"
OPTIONS = (WRITTEN, NOTHING, CANNOT)
_HEAD = 16  # bytes that say what a file is


def recording(work: Work, document: str) -> bool:
    """Whether a collected document is sound or film that the source could hand over."""
    collected = work.case.documents[document]
    return collected.size > 0 and is_recording(
        about_of(collected)["name"], work.get(collected.file)[:_HEAD]
    )


def listen_to(work: Work, document: str) -> Ask:
    """The task for one recording, with the exact instruction."""
    collected = work.case.documents[document]
    about = about_of(collected)
    place = next((s.title for s in work.office.sources if s.name == collected.source), "")
    day = f", of {collected.dated.day} {collected.dated:%B %Y}" if collected.dated else ""
    body = {
        "words": "This is a recording. Have it played from beginning to end. Write down every word "
        "that is said by or about the person, who says it and at which minute; of a film also what "
        "is seen of them. If something in it must be held back, write it down all the same: it is "
        "decided with the rest of the text.",
        "document": document,
        "title": about["title"],
        "why": [f"It is kept in: {place}{day}. File name: {about['name'] or 'none'}."],
        "entries": [
            entry("by", "Who listened, with their job", "line", goes_with=(WRITTEN, NOTHING)),
            entry("text", "What is said, with the minutes", goes_with=(WRITTEN,)),
            entry(
                "reason",
                "Why it cannot be heard, what was tried, and why more is out of proportion",
                goes_with=(CANNOT,),
            ),
        ],
    }
    return Ask(f"{TOPIC}/{document}", TOPIC, "officer", body, OPTIONS)


@on_answer(TOPIC)
def _heard(
    office: Office, case: Case, question: Question, given: Given, who: SignedIn
) -> tuple[Event, ...]:
    document = str(question.body["document"])
    if given.value == CANNOT:
        reason = needed(
            given,
            "reason",
            "listen.reason",
            "Nothing says why the recording cannot be heard.",
            "Write what was tried: another player, the maker of the machine, a repair.",
        )
        place = f"{case.documents[document].source}/recording/{document}"
        return (
            limited(
                case,
                place,
                reason=reason,
                actor=who.actor,
                law=office.law,
                on=office.today(),
                limits=("A recording could not be heard.",),
            ),
        )
    needed(
        given,
        "by",
        "listen.by",
        "Nothing says who listened to it.",
        "Enter their name and job.",
    )
    if given.value == WRITTEN:
        needed(
            given,
            "text",
            "listen.text",
            "Nothing is written down of what the recording says.",
            "Write it down, or choose that it holds nothing about the person.",
        )
    return ()


def written_down(work: Work) -> Iterator[EvidenceCollected]:
    """What was written down of recordings and is not in evidence yet, each as a document.

    A corrected text becomes another document; the one before stays as it was kept.
    """
    for question in work.case.answered(TOPIC):
        if question.answer is None or question.withdrawn or question.answer.value != WRITTEN:
            continue
        details = json.loads(question.answer.details)
        parent = str(question.body["document"])
        name = transcript_of(question)
        if name in work.case.documents:
            continue
        of = work.case.documents[parent]
        page = Record(
            title=TITLE,
            fields=(("Written down by", str(details["by"])),),
            text=str(details["text"]),
            date=f"{of.dated.day} {of.dated:%B %Y}" if of.dated else "",
        )
        data = page.to_bytes()
        about = {**about_of(of), "title": TITLE, "name": "", "parent": parent}
        yield EvidenceCollected(
            actor=ENGINE,
            document=name,
            source=of.source,
            sha256=sha256(data).hexdigest(),
            size=len(data),
            dated=of.dated,
            about=json.dumps(about, ensure_ascii=False),
            file=work.put(f"doc/{name}/source", data),
        )
