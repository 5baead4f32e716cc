"""What is really in an invented document: each mention, number and protected fact, and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a stretch is."""

    MENTION = "mention"
    NUMBER = "number"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Truth:
    """One stretch of a document's text. `person` is a letter of the family; `form` how written."""

    start: int
    end: int
    kind: Kind
    person: str
    form: str


class Text:
    """A text that grows, with the truth of what is put in."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.truth: list[Truth] = []
        self.size = 0

    def add(self, text: str) -> None:
        """Plain words."""
        self.parts.append(text)
        self.size += len(text)

    def put(self, text: str, kind: Kind, person: str, form: str) -> None:
        """Words of which the truth is known."""
        self.truth.append(Truth(self.size, self.size + len(text), kind, person, form))
        self.add(text)

    def __str__(self) -> str:
        return "".join(self.parts)
