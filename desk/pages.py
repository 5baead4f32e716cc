"""The templates: escaped always, an unknown name is an error, words come from one place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from defusedxml import ElementTree
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from casework.review import message_code
from desk import words
from desk.named import document_name, matter_name, question_name
from rights.case import Question
from rights.release import Person, Role

LONDON = ZoneInfo("Europe/London")
_DRAWN = frozenset({"svg", "line", "rect", "text"})


def environment() -> Environment:
    """The desk's templates."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Any] = made.filters
    for function in (
        called,
        day,
        moment,
        drawing,
        field_id,
        points,
        plural,
        relation,
        said,
        titled,
        written_day,
        matter_name,
        document_name,
        question_name,
        message_code,
    ):
        filters[function.__name__] = function
    shared: dict[str, Any] = made.globals
    shared["words"] = words
    return made


def day(date: dt.date | None) -> str:
    """22 November 2026."""
    return f"{date.day} {date:%B %Y}" if date else ""


def written_day(text: str) -> str:
    """A day as a record gives it, written out; what is no whole day stays as it is."""
    try:
        return day(dt.date.fromisoformat(text))
    except ValueError:
        return text


def titled(text: str, titles: Mapping[str, str]) -> str:
    """A kept sentence with the titles of sources in place of their names."""
    for name, title in titles.items():
        text = text.replace(f"({name}, record", f"({title}, record")
    return text


def moment(instant: dt.datetime) -> str:
    """22 November 2026, 09:14, as London has it."""
    local = instant.astimezone(LONDON)
    return f"{day(local.date())}, {local:%H:%M}"


def points(value: float) -> str:
    """A length for a drawing."""
    return f"{value:.1f}"


def plural(count: int, one: str, many: str = "") -> str:
    """'1 page', '2 pages'."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def relation(text: str) -> str:
    """A relation as officers read it: 'your mother' in letters is 'the subject's mother' here."""
    return f"the subject's {text.removeprefix('your ')}" if text.startswith("your ") else text


def called(person: Person) -> str:
    """A person as officers tell them apart: the name with the part they play, or the part alone."""
    if person.role is Role.SUBJECT:
        return f"{person.display}, the subject"
    part = relation(person.relation) or words.ROLES[person.role.value].lower()
    return f"{person.display}, {part}" if person.names else part[:1].upper() + part[1:]


def said(answer: str, question: Question) -> str:
    """An answer in words: people by name and part, where the answer is one of them."""
    for one in question.body.get("candidates", ()):
        if one.get("ref") == answer and "name" in one:
            theirs = "" if one["role"] == Role.SUBJECT else relation(one["relation"])
            part = theirs or words.ROLES[one["role"]].lower()
            return f"{one['name']}, {part}"
    return words.ALLOWED_ALTOGETHER.get(answer, answer[:1].upper() + answer[1:])


def field_id(text: str) -> str:
    """An id for an element from a question's id."""
    return "".join(c if c.isalnum() else "-" for c in text)


def drawing(svg: str) -> Markup:
    """A kept drawing, let through only if it is nothing but lines, bars and text.

    It was made by our own explanation of a match; still, whatever is put into a page unescaped is
    looked at once more.
    """
    root = ElementTree.fromstring(svg)
    for element in root.iter():
        name = str(element.tag).rpartition("}")[2]
        names = [str(a).lower() for a in element.attrib]
        active = any("href" in a or a.startswith("on") or a == "style" for a in names)
        if name not in _DRAWN or active:
            return Markup("<p>{}</p>").format("The drawing cannot be shown.")
    return Markup(svg)  # noqa: S704 - checked above
