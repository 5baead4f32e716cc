"""What was written down of a recording, as documents: which answer made which, and which stand."""

from __future__ import annotations

import json
from hashlib import sha256

from rights.case import Case, Question

TOPIC = "listen"
"""Topic of the questions about recordings."""
WRITTEN = "heard: what it says is written down here"
TITLE = "Recording, written down"


def transcript_of(question: Question) -> str:
    """Id of the document that the answer in force makes; another text is another document."""
    assert question.answer is not None
    mark = sha256(question.answer.details.encode()).hexdigest()
    return "d" + sha256(f"{question.body['document']}/heard/{mark}".encode()).hexdigest()[:12]


def superseded(case: Case) -> frozenset[str]:
    """Documents made of answers that were corrected since: kept as evidence, read no more."""
    asked = [q for q in case.questions.values() if q.topic == TOPIC]
    if not asked:
        return frozenset()
    current = {transcript_of(q) for q in asked if q.answer and q.answer.value == WRITTEN}
    recordings = {str(q.body["document"]) for q in asked}
    return frozenset(
        document
        for document, collected in case.documents.items()
        if document not in current
        and (about := json.loads(collected.about)).get("parent") in recordings
        and about["title"] == TITLE
    )
