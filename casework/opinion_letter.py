"""The letter to a health professional, from the schedule as it was frozen on the day of asking."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from casework.letters import base_to_other, makes, people_of
from casework.office import Office
from casework.schedules import schedule_of
from letters.opinion import OpinionRequest, Passage
from letters.parts import Reader
from letters.render import LetterPdf, render_letter
from rights.case import Case
from rights.events import DESTROYED
from rights.opinions import Professional, ScheduleLine, opinion_words


@makes("opinion")
def opinion_request(office: Office, case: Case, letter: str) -> LetterPdf:
    """The letter that asks for one opinion.

    Raises:
        ConfigError: A template is wrong.
        InputError: A text cannot be printed, or the address does not fit.
    """
    name = letter.rpartition("/")[0]
    asked = case.opinions[name].asked
    words = opinion_words(office.law, asked.asked_on)
    professional = Professional.model_validate_json(asked.professional)
    subject = people_of(case).subject
    to = Reader(professional.name, professional.name, professional.address)
    shared = base_to_other(office, case, asked.asked_on, to)
    context = OpinionRequest(
        **shared,  # pyright: ignore[reportArgumentType]
        born=subject.date_of_birth,
        qualification=professional.qualification,
        why_them=professional.why,
        lock=words.lock,
        lock_citation=words.lock_citation,
        test=words.test,
        test_citation=words.test_citation,
        months=words.months,
        answer_by=asked.asked_on + dt.timedelta(days=office.council.chase_days),
        schedule=int(name.rpartition("/")[2]),
        passages=tuple(_passages(schedule_of(office.reading(case.ref), name).lines)),
    )
    return render_letter(context)


def name_of(case: Case, opinion: str) -> str:
    """The professional who was asked for an opinion; empty once the key is destroyed."""
    asked = case.opinions[opinion].asked
    if asked.professional == DESTROYED:
        return ""
    return Professional.model_validate_json(asked.professional).name


def _passages(lines: Iterable[ScheduleLine]) -> Iterable[Passage]:
    for line in lines:
        day = f", {line.dated.day} {line.dated:%B %Y}" if line.dated else ""
        yield Passage(line.number, f"{line.title}{day}, page {line.page}", line.text)
