"""What can be done in a source: erase, correct, annotate, restrict, lift, suppress.

An order is carried out once for its key, however often it is given, and ends in a receipt; what an
adapter cannot do ends in an instruction to a person. Neither proves anything: `prove` reads the
source anew, through a connection of its own, by the road that searches use.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar, Protocol, runtime_checkable

from rights.errors import ConflictError, InputError, SourceError
from rights.failpoints import register
from rights.sources.values import clean, column_name

OTHERS = "*"
"""Stands among the keys of a record's restrictions for one that was there before ours."""


class Act(StrEnum):
    """What is done to a record."""

    ERASE = "erase"
    CORRECT = "correct"
    ANNOTATE = "annotate"
    RESTRICT = "restrict"
    LIFT = "lift"
    SUPPRESS = "suppress"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Something to be done, once, to one record.

    Attributes:
        key: Of the decision that orders it; the same key never takes effect twice.
        record: Id of the record in the source, as searches give it ("CASE_NOTES:881").
        expected: Digest of the record when it was decided upon. A record that has changed since
            is not erased, corrected or annotated. Restricting and lifting do not ask: they touch
            no content, and a restriction protects.
        find_by: Label and value of what helps a person to find the record; personal data.
    """

    act: ClassVar[Act]

    key: str
    record: str
    expected: str
    find_by: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        if not self.key or self.key == OTHERS or any(c.isspace() for c in self.key):
            raise InputError(
                "sources.action_key",
                "An order to a source has no key, or one that cannot be kept.",
                "Give it the reference of the case and the number of the decision.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Erase(Order):
    """Delete the record, what hangs on it and its file."""

    act = Act.ERASE


@dataclass(frozen=True, slots=True, kw_only=True)
class Correct(Order):
    """Put these values into these columns. The old ones are kept by whoever gives the order."""

    act = Act.CORRECT

    values: tuple[tuple[str, str], ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotate(Order):
    """Attach words to the record, shown wherever it is opened; the record itself stays as it is."""

    act = Act.ANNOTATE

    text: str = field(repr=False)
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Restrict(Order):
    """Stop the use of the record. Its key names the restriction."""

    act = Act.RESTRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift(Order):
    """End one restriction, by the key of the order that set it; others stay."""

    act = Act.LIFT

    restriction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppress(Order):
    """Put these values ("email", "phone") on the system's list of those not to write to."""

    act = Act.SUPPRESS

    record: str = ""
    expected: str = ""
    values: tuple[tuple[str, str], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class RecordState:
    """A record as a fresh reading finds it.

    Attributes:
        present: It is there.
        digest: Hash of its content, without the columns of restrictions; '' when it is gone.
        restricted: Its use is stopped.
        restrictions: Keys of the restrictions standing, where the source keeps them.
        left: Rows that hang on it, still there.
        notes: Words attached to it; personal data.
        values: Value by column, both as `rights.sources.values` cleans them; personal data.
    """

    record: str
    present: bool
    digest: str = ""
    restricted: bool = False
    restrictions: tuple[str, ...] = ()
    left: int = 0
    notes: tuple[str, ...] = field(default=(), repr=False)
    values: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)


@dataclass(frozen=True, slots=True)
class Receipt:
    """That an order was carried out. Holds no personal data.

    Attributes:
        at: When, as it was passed in.
        before: Digest of the record that the order was decided upon.
        after: Digest afterwards; '' when it is gone, and for a suppression.
        rows: Rows written or deleted this time.
        files: Files deleted this time.
        kept: Files that stay because another record lists them too.
        repeated: It had taken effect already, and nothing was done.
        adapter: Which adapter and version did it.
    """

    key: str
    act: Act
    source: str
    record: str
    at: dt.datetime
    before: str
    after: str
    rows: int
    files: int
    kept: int
    repeated: bool
    adapter: str


@dataclass(frozen=True, slots=True)
class Instruction:
    """What a person has to do because the adapter cannot.

    Attributes:
        to: The role.
        system: Where, as that role calls it.
        why: Why it is not done by machine, in a sentence.
        steps: Exact words, one step each; they hold personal data.
        proof: What to send back.
    """

    key: str
    act: Act
    source: str
    record: str
    to: str
    system: str
    why: str
    proof: str
    steps: tuple[str, ...] = field(repr=False)


@runtime_checkable
class SourceActions(Protocol):
    """What a source lets be done. Every method may raise `SourceError`."""

    @property
    def name(self) -> str:
        """The source's name."""
        ...

    @property
    def adapter(self) -> str:
        """Kind and version, for receipts ("sql/1")."""
        ...

    def able(self, order: Order) -> bool:
        """Whether the adapter can carry the order out; otherwise a person is told to."""
        ...

    def carry_out(self, order: Order, now: dt.datetime) -> Receipt | Instruction:
        """Does it, or says who must.

        Raises:
            ConflictError: ``sources.record_changed`` since the decision, or
                ``sources.record_gone``; nothing was done.
            InputError: ``sources.not_declared``: a column or value that the mapping does not
                allow, or one that does not fit its column.
            SourceError: The source did not answer or refused; nothing was done, except that a
                file may be gone already. Give the same order again.
        """
        ...

    def rehearse(self, order: Order, now: dt.datetime) -> Receipt | Instruction:
        """What `carry_out` would do and say, with nothing done. Raises what it would raise."""
        ...

    def state(self, record: str) -> RecordState:
        """The record, read anew through a connection of its own."""
        ...

    def prove(self, order: Order) -> bool:
        """Whether a fresh reading shows the effect of an order."""
        ...


def shows(order: Order, state: RecordState) -> bool:
    """Whether a record as it was read shows the effect of an order on it."""
    match order:
        case Erase():
            return not state.present and not state.left
        case Correct():
            now = state.values
            return state.present and all(
                now.get(column_name(column)) == clean(value) for column, value in order.values
            )
        case Annotate():
            return state.present and order.text in state.notes
        case Restrict():
            known = order.key in state.restrictions or not state.restrictions
            return state.present and state.restricted and known
        case Lift():
            if order.restriction in state.restrictions:
                return False
            return state.present and (not state.restricted or bool(state.restrictions))
        case _:
            return False


def digest_of(values: Mapping[str, object]) -> str:
    """Hash of a record's content, the same for the same values whatever their order."""
    plain = {name: None if value is None else str(value) for name, value in values.items()}
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def changed(source: str) -> ConflictError:
    """The error for a record that is not as it was when somebody decided upon it."""
    return ConflictError(
        "sources.record_changed",
        f"A record of the source '{source}' has changed since it was decided upon.",
        "Look at the record again and decide anew; nothing was done to it.",
    )


def gone(source: str) -> ConflictError:
    """The error for a record that is no longer there."""
    return ConflictError(
        "sources.record_gone",
        f"A record of the source '{source}' is no longer there.",
        "Ask the system's owner what became of it, then decide anew.",
    )


def not_declared(source: str, what: str) -> InputError:
    """The error for something that the mapping does not allow to be done."""
    return InputError(
        "sources.not_declared",
        f"The source '{source}' does not let {what}.",
        "Declare it under `actions` in the mapping, if the system's owner agrees.",
    )


def refused(source: str, kind: str) -> SourceError:
    """The error for a source that did not take an order."""
    return SourceError(
        "sources.action_failed",
        f"The source '{source}' did not carry out an order ({kind}).",
        "Give the same order again; if it fails again, ask the system's administrator.",
    )


register("actions.file_removed", "actions.before_commit", "actions.after_commit")
