"""What is true of the generated council: who is who, and whose data every passage is.

Written by the generator as ``truth.json`` and read back by tests, benchmarks and the demo's
decisions. The product never reads it. Texts are as generated: a reader of the files may break
lines elsewhere, so compare with white space folded.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

FILE_NAME = "truth.json"


@dataclass(frozen=True, slots=True)
class TruthName:
    """A name; `kind` is 'current', 'former', 'alias' or 'known_as' as in rights.release."""

    forenames: str
    surname: str
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class TruthPerson:
    """One person of the story.

    Attributes:
        key: Name within the story, such as 'mum' or 'sw1'.
        role: Value of rights.release.Role.
        professional: Acts in the file as a professional in role: never proposed black by name.
        treatment: Legal default for each kind of fact: clear, ask or hold (law.md 4.2).
        outcome: What a careful reviewer of this file decides: disclose or withhold.
        protected: Whereabouts must never reach the requester.
    """

    key: str
    role: str
    relation: str
    sex: str
    names: tuple[TruthName, ...]
    date_of_birth: str
    addresses: tuple[str, ...]
    phones: tuple[str, ...]
    emails: tuple[str, ...]
    identifiers: tuple[tuple[str, str], ...]
    professional: bool
    protected: bool
    lived_with_subject: bool
    treatment: dict[str, str]
    outcome: dict[str, str]


@dataclass(frozen=True, slots=True)
class TruthRecord:
    """One row about a person in one source; `person` is a story key or '' for a stranger."""

    source: str
    key: str
    person: str
    note: str


@dataclass(frozen=True, slots=True)
class TruthMention:
    """One mention of a person in a passage.

    Attributes:
        text: The literal string.
        start: Offset in the passage's text.
        style: How it is written: full, first, last, mr, initials, nick, typo, relation, ...
        kind: Value of rights.release.FactKind.
        treatment: Legal default for this person and kind.
        disclosable: Whether it may reach the requester in the end.
    """

    person: str
    text: str
    start: int
    style: str
    kind: str
    treatment: str
    disclosable: bool


@dataclass(frozen=True, slots=True)
class TruthPassage:
    """A paragraph or table cell, with whose data it is and what is special about it.

    `special` holds marks such as 'health:mum', 'police', 'legal', 'referrer', 'risk', 'abuse'.
    """

    text: str
    about: tuple[str, ...]
    special: tuple[str, ...]
    mentions: tuple[TruthMention, ...]


@dataclass(frozen=True, slots=True)
class TruthHidden:
    """Something planted where no page shows it: a deleted run, a comment, metadata, Bcc."""

    channel: str
    text: str
    person: str


@dataclass(frozen=True, slots=True)
class TruthDocument:
    """A document or row of running text.

    Attributes:
        source: Name of the source: case_notes, folders, mail, health_visiting, requests.
        key: Its key there: note id, path below out, Message-ID, row number.
        path: The file below the output folder that holds it.
        subjects: Story keys of the people whose file it is in.
        pages: Cautious estimate of its pages when set out; rendering gives a few more.
        kind: text, scan, photo or damaged.
    """

    source: str
    key: str
    path: str
    title: str
    date: str
    kind: str
    pages: int
    subjects: tuple[str, ...]
    passages: tuple[TruthPassage, ...]
    hidden: tuple[TruthHidden, ...]

    @property
    def text(self) -> str:
        """All passages, one to a paragraph."""
        return "\n\n".join(p.text for p in self.passages)


@dataclass(frozen=True, slots=True)
class ProtectedFact:
    """A fact whose every trace must block release."""

    id: str
    person: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Truth:
    """The whole truth about one generated council."""

    seed: int
    subject: str
    requester: str
    request_date: str
    people: tuple[TruthPerson, ...]
    records: tuple[TruthRecord, ...]
    documents: tuple[TruthDocument, ...]
    protected_facts: tuple[ProtectedFact, ...]

    def person(self, key: str) -> TruthPerson:
        """The person with that story key.

        Raises:
            KeyError: There is none.
        """
        for person in self.people:
            if person.key == key:
                return person
        raise KeyError(key)

    def file_of(self, key: str) -> tuple[TruthDocument, ...]:
        """The documents in one person's file."""
        return tuple(d for d in self.documents if key in d.subjects)

    @property
    def professionals(self) -> tuple[TruthPerson, ...]:
        """Those who act in role."""
        return tuple(p for p in self.people if p.professional)

    @property
    def withheld(self) -> tuple[TruthPerson, ...]:
        """Those whose very name the careful reviewer withholds."""
        return tuple(p for p in self.people if p.outcome.get("name") == "withhold")


def save(truth: Truth, out: Path) -> None:
    """Writes the truth into the output folder."""
    text = json.dumps(asdict(truth), ensure_ascii=False, indent=1, sort_keys=True)
    (out / FILE_NAME).write_text(text + "\n", encoding="utf-8")


def load(out: Path) -> Truth:
    """Reads the truth back from an output folder."""
    body = json.loads((out / FILE_NAME).read_text(encoding="utf-8"))
    return Truth(
        seed=body["seed"],
        subject=body["subject"],
        requester=body["requester"],
        request_date=body["request_date"],
        people=tuple(_person(p) for p in body["people"]),
        records=tuple(TruthRecord(**r) for r in body["records"]),
        documents=tuple(_document(d) for d in body["documents"]),
        protected_facts=tuple(ProtectedFact(**f) for f in body["protected_facts"]),
    )


def _person(body: dict[str, Any]) -> TruthPerson:
    parts: dict[str, Any] = {name: tuple(body[name]) for name in ("addresses", "phones", "emails")}
    parts["names"] = tuple(TruthName(**n) for n in body["names"])
    parts["identifiers"] = tuple((kind, value) for kind, value in body["identifiers"])
    return TruthPerson(**(body | parts))


def _document(body: dict[str, Any]) -> TruthDocument:
    parts: dict[str, Any] = {
        "subjects": tuple(body["subjects"]),
        "hidden": tuple(TruthHidden(**h) for h in body["hidden"]),
        "passages": tuple(
            TruthPassage(
                text=p["text"],
                about=tuple(p["about"]),
                special=tuple(p["special"]),
                mentions=tuple(TruthMention(**m) for m in p["mentions"]),
            )
            for p in body["passages"]
        ),
    }
    return TruthDocument(**(body | parts))
