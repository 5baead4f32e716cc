"""Turns templates into text, keeping note of every mention of a person on the way.

A template is paragraphs with three kinds of mark:

- ``{who.style}`` writes a person one way: ``{mum.full}``, ``{father.mr}``, ``{subject.dob}``.
  ``{who=words}`` writes the words and notes them as a mention ("{mum=mum}").
- ``<a|b|c>`` is one of several wordings; ``{d+14}`` a date counted from the document's own;
  ``{place:refuge}`` a place of the story.
- ``@mark,mark`` at the start of a paragraph says what is special about it.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from dataclasses import dataclass

from demo.people import Someone, Story
from demo.truth import TruthMention, TruthPassage
from rights.release import FactKind

_CHOICE = re.compile(r"<([^<>|]*(?:\|[^<>|]*)+)>")
_MARK = re.compile(r"\{([^{}]+)\}")
_SPECIAL = re.compile(r"^@([\w:,]+)\s+")

_PRONOUNS = {
    "he": ("he", "she"), "him": ("him", "her"), "his": ("his", "her"),
    "He": ("He", "She"), "His": ("His", "Her"), "himself": ("himself", "herself"),
    "boy": ("boy", "girl"), "son": ("son", "daughter"), "brother": ("brother", "sister"),
    "man": ("man", "woman"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """A finished text: its passages, with their mentions."""

    passages: tuple[TruthPassage, ...]

    @property
    def text(self) -> str:
        """All passages, one to a paragraph."""
        return "\n\n".join(p.text for p in self.passages)


class Teller:
    """Writes templates out for one story."""

    def __init__(self, story: Story, rng: random.Random) -> None:
        self.story = story
        self.rng = rng

    def tell(self, template: str, date: dt.date) -> Told:
        """The template's paragraphs as passages.

        Raises:
            KeyError: A mark names an unknown person, style or place.
        """
        paragraphs = [p.strip() for p in template.strip().split("\n") if p.strip()]
        return Told(tuple(self.passage(p, date) for p in paragraphs))

    def passage(self, template: str, date: dt.date) -> TruthPassage:
        """One paragraph."""
        special: tuple[str, ...] = ()
        head = _SPECIAL.match(template)
        if head:
            special = tuple(head[1].split(","))
            template = template[head.end() :]
        template = _CHOICE.sub(lambda m: self.rng.choice(m[1].split("|")), template)
        written: list[str] = []
        mentions: list[TruthMention] = []
        length, last = 0, 0
        for mark in _MARK.finditer(template):
            before = template[last : mark.start()]
            text, mention = self._mark(mark[1], date)
            if mention is not None:
                mentions.append(_placed(mention, length + len(before)))
            written += [before, text]
            length += len(before) + len(text)
            last = mark.end()
        written.append(template[last:])
        about = tuple(dict.fromkeys(m.person for m in mentions)) or ("subject",)
        return TruthPassage("".join(written), about, special, tuple(mentions))

    def _mark(self, mark: str, date: dt.date) -> tuple[str, TruthMention | None]:
        if mark.startswith("place:"):
            return self.story.places[mark[6:]], None
        if re.fullmatch(r"d([+-]?\d+)?", mark):
            return english_date(date + dt.timedelta(days=int(mark[1:] or 0))), None
        if "=" in mark:
            key, words = mark.split("=", 1)
            person = self.story.people[key]
            return words, self._mention(person, words, "relation", FactKind.NAME)
        key, style = mark.split(".", 1)
        person = self.story.people[key]
        if style in _PRONOUNS:
            return _PRONOUNS[style][person.sex == "F"], None
        if style == "age":
            assert person.born is not None
            return str((date - person.born).days * 4 // 1461), None
        if style == "job":
            return person.job, None
        text, kind = write(person, style)
        return text, self._mention(person, text, style.split(":")[0], kind)

    def _mention(self, person: Someone, text: str, style: str, kind: FactKind) -> TruthMention:
        return TruthMention(
            person=person.key,
            text=text,
            start=0,
            style=style,
            kind=kind.value,
            treatment=person.treatment[kind.value],
            disclosable=person.outcome[kind.value] == "disclose",
        )


def _placed(mention: TruthMention, start: int) -> TruthMention:
    return TruthMention(
        mention.person, mention.text, start, mention.style, mention.kind, mention.treatment,
        mention.disclosable,
    )  # fmt: skip


def english_date(day: dt.date) -> str:
    """A date as written in letters: 3 March 2015."""
    return f"{day.day} {day:%B} {day.year}"


def write(person: Someone, style: str) -> tuple[str, FactKind]:
    """One way of writing a person or a fact about them, and what kind of fact it is.

    Raises:
        KeyError: The style is unknown, or the person has no such fact.
    """
    style, _, label = style.partition(":")
    if style in ("addr", "street", "pc", "line"):
        address = person.addresses[label]
        text = {"addr": address.full, "street": address.street, "line": address.line,
                "pc": address.postcode}[style]  # fmt: skip
        return text, FactKind.CONTACT
    if style in ("phone", "newphone", "email"):
        text = {"phone": person.phone, "newphone": person.new_phone, "email": person.email}[style]
        return text, FactKind.CONTACT
    if style in ("dob", "dobslash"):
        assert person.born is not None
        born = person.born
        text = english_date(born) if style == "dob" else f"{born:%d/%m/%Y}"
        return text, FactKind.IDENTIFIER
    if style in ("nhs", "upn", "nino"):
        return person.identifiers[style], FactKind.IDENTIFIER
    if style == "nhs3":
        number = person.identifiers["nhs"]
        return f"{number[:3]} {number[3:6]} {number[6:]}", FactKind.IDENTIFIER
    return _name(person, style), FactKind.NAME


def _name(person: Someone, style: str) -> str:
    first, last = person.forename, person.surname
    title = person.rank or person.title
    ways = {
        "full": f"{first} {last}",
        "first": first,
        "last": last,
        "mr": f"{title} {last}",
        "mrfull": f"{title} {first} {last}",
        "initials": f"{first[0]}{last[0]}",
        "ini": f"{first[0]}. {last}",
        "nick": person.nick or first,
        "upper": f"{last.upper()}, {first}",
        "caps": f"{first.upper()} {last.upper()}",
        "glued": f"{first}{last.replace(' ', '')}",
        "former": f"{first} {person.former_surname}",
        "typo": _typo(first),
        "typolast": _typo(last),
    }
    return ways[style]


def _typo(name: str) -> str:
    """Two neighbouring letters inside the name swapped, as a hurried typist does."""
    for i in range(len(name) // 2, len(name) - 1):
        if name[i] != name[i + 1]:
            return name[:i] + name[i + 1] + name[i] + name[i + 2 :]
    return name
