"""What an id of the case store stands for, in words an officer reads."""

from __future__ import annotations

from collections.abc import Mapping

from casework.collect import about_of
from desk import words
from rights.case import Case, Question


def question_name(question: Question) -> str:
    """What a question is about: its topic and the person, place or document."""
    body = question.body
    topic = words.TOPICS.get(question.topic, question.topic)
    if question.topic == "cast":
        kind = words.KINDS.get(str(body.get("kind")), "")
        return f"{body.get('person', '')}: {kind[:1].lower()}{kind[1:]}"
    about = body.get("title") or body.get("source")
    return f"{topic}: {about}" if about else topic


def matter_name(matter: str, case: Case, titles: Mapping[str, str]) -> str:
    """What a decision is on: by the question that decided it, or by its head and place."""
    if asked := case.questions.get(matter):
        return question_name(asked)
    head, _, rest = matter.partition("/")
    named = words.MATTERS.get(head) or words.DECIDED.get(head) or words.TOPICS.get(head)
    parts = rest.split("/")
    place = next((titles[p] for p in parts if p in titles), "") or document_name(parts[0], case)
    words_ = named or f"{head[:1].upper()}{head[1:]}"
    return f"{words_}: {place}" if place else words_


def document_name(document: str, case: Case) -> str:
    """The title and date of a document of the case; empty for anything else."""
    collected = case.documents.get(document)
    if collected is None:
        return ""
    title, dated = str(about_of(collected)["title"]), collected.dated
    return f"{title}, {dated.day} {dated:%B %Y}" if dated else title
