"""A matter of standing as the law data have it: the question, its answers, what each must say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import cast

from rights.errors import InputError
from rights.law import Law, Value


class Then(StrEnum):
    """What an answer leads to."""

    GO_ON = "go on"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    NO_REQUEST = "not a request"
    """It is told which other roads there are."""
    PEOPLE_AGAIN = "people again"
    """Who is who has to be entered differently."""
    TO_SUBJECT = "send to the person"
    """Go on, and the answer goes to the person the records are about."""
    SPLIT = "split"
    """Go on, and whoever asks gets a case of their own."""


ENDS = frozenset({Then.REFUSED, Then.WITHDRAWN, Then.LAPSED, Then.NO_REQUEST})
"""What ends the request: nothing else needs to be settled then."""


@dataclass(frozen=True, slots=True)
class Option:
    """One lawful answer.

    Attributes:
        code: Outcome of the decision; stable.
        label: As the desk shows it.
        then: What it leads to.
        ground: Ground of the refusal it leads to, as the law data know it; may be empty.
        letter: What the refusal tells the person, in plain words.
    """

    code: str
    label: str
    then: Then
    ground: str = ""
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something an answer says beside its option.

    Attributes:
        name: Key of the value.
        label: As the desk shows it.
        kind: 'line', 'area', 'date' or 'choice'.
        hint: A sentence more.
        choices: What may be chosen.
        needed_for: Codes of the options that need it.
        recent: A day that must not lie too far back unless the person confirmed it.
        only_with: Choice -> entry -> the one value of it that the choice goes with.
    """

    name: str
    label: str
    kind: str
    hint: str = ""
    choices: tuple[str, ...] = ()
    needed_for: frozenset[str] = frozenset()
    recent: bool = False
    only_with: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing to settle about who asks.

    Attributes:
        id: Stable within a case, with the band of age where the answer rests on it.
        rule: Id of the rule in the law data.
        title: In few words.
        question: In plain words.
        why: Why it is asked.
        decider: The desk role that answers.
        options: The lawful answers.
        entries: What answers say.
        citation: Where it stands.
        prompt: A sentence more for this case, such as on the child's age.
    """

    id: str
    rule: str
    title: str
    question: str
    why: str
    decider: str
    options: tuple[Option, ...]
    entries: tuple[Entry, ...]
    citation: str
    prompt: str = ""

    def option(self, code: str) -> Option | None:
        """The option with this code."""
        return next((o for o in self.options if o.code == code), None)

    def labelled(self, label: str) -> Option:
        """The option that the desk shows with this label.

        Raises:
            InputError: it is none of the options.
        """
        for option in self.options:
            if option.label == label:
                return option
        raise InputError(
            "standing.option",
            f"That is not one of the answers to {self.id}.",
            f"Choose one of: {'; '.join(o.label for o in self.options)}.",
        )


def matter(law: Law, rule: str, matter_id: str, on: dt.date, prompt: str = "") -> Matter:
    """A matter as the law of a day has it."""
    value = law.table(rule, on)
    return Matter(
        id=matter_id,
        rule=rule,
        title=law.rule(rule).title,
        question=str(value["plain"]),
        why=str(value["why"]),
        decider=str(value["decider"]),
        options=tuple(map(_option, _rows(value["options"]))),
        entries=tuple(map(_entry, _rows(value["entries"]))),
        citation=law.dated(rule, on).citation,
        prompt=prompt,
    )


def _rows(value: Value) -> Sequence[Mapping[str, Value]]:
    return cast("Sequence[Mapping[str, Value]]", value)


def _option(row: Mapping[str, Value]) -> Option:
    return Option(
        str(row["code"]),
        str(row["label"]),
        Then(str(row["then"])),
        str(row.get("ground", "")),
        str(row.get("letter", "")),
    )


def _entry(row: Mapping[str, Value]) -> Entry:
    return Entry(
        name=str(row["name"]),
        label=str(row["label"]),
        kind=str(row["kind"]),
        hint=str(row.get("hint", "")),
        choices=cast("tuple[str, ...]", row.get("choices", ())),
        needed_for=frozenset(cast("Sequence[str]", row.get("needed_for", ()))),
        recent=bool(row.get("recent", False)),
        only_with=cast("Mapping[str, Mapping[str, str]]", row.get("only_with", {})),
    )
