"""What a person is told to do where no adapter can, in exact words.

An extract (CSV, XLSX, XML, JSON, stored answers) is never changed: it is a copy of another system,
so a change in it alters nothing where the data live, and the next export brings the old back. The
instruction names that system. Of a mailbox only its owner may take something out.
"""

from __future__ import annotations

import datetime as dt

from rights.errors import ConfigError, SourceError
from rights.sources.actions.orders import (
    Annotate,
    Correct,
    Erase,
    Instruction,
    Lift,
    Order,
    RecordState,
    Restrict,
    Suppress,
)
from rights.sources.mapping import Mapping

_EXTRACT = (
    "This is an extract. A change in it alters nothing in the system it was drawn from, and the "
    "next export would undo it."
)
_WHY = {
    "mailbox": "Messages are taken out of a mailbox by its owner, in the mail system.",
    "sql": "The mapping does not declare this, or the database may not be written to.",
    "folder": "The folder's mapping declares only that files may be deleted, or nothing.",
}
_PROOF = "Send back the day, your name, and what the record shows now: a picture of it, or nothing."


def instruction(mapping: Mapping, order: Order) -> Instruction:
    """The words for whoever has to carry out an order by hand.

    Raises:
        ConfigError: ``sources.nobody_to_act``: the mapping names nobody.
    """
    actions = mapping.actions
    if actions is None:
        raise ConfigError(
            "sources.nobody_to_act",
            f"The mapping of the source '{mapping.name}' does not say who acts in it.",
            "Add `actions` with `by_hand`, the role that does what cannot be done by machine.",
        )
    system = actions.system or mapping.title
    return Instruction(
        key=order.key,
        act=order.act,
        source=mapping.name,
        record=order.record,
        to=actions.by_hand,
        system=system,
        why=_WHY.get(mapping.kind, _EXTRACT),
        proof=_PROOF,
        steps=(*_find(system, order), *_do(order), f"Write {order.key} beside it as the reason."),
    )


def _find(system: str, order: Order) -> tuple[str, ...]:
    if isinstance(order, Suppress):
        return (f"In {system}, open the list of people who are not written to.",)
    by = "; ".join(f"{label}: {value}" for label, value in order.find_by)
    return (f"In {system}, find the record {order.record}{f' ({by})' if by else ''}.",)


def _do(order: Order) -> tuple[str, ...]:
    match order:
        case Erase():
            return (
                "Delete the record, everything attached to it, and every copy of it.",
                "Note which backups still hold it and when they are overwritten.",
            )
        case Correct():
            return tuple(f'Change "{column}" to exactly: {value}' for column, value in order.values)
        case Annotate():
            return (
                f"Attach this note by {order.by}, so that it shows whenever the record is opened: "
                f"{order.text}",
                "Leave the record itself as it is.",
            )
        case Restrict():
            return (
                "Mark the record so that nobody uses it: it is stored and nothing else.",
                "Tell the team that works with it.",
            )
        case Lift():
            return (
                f"Take away the mark that was set under {order.restriction}.",
                "Leave any other mark on the record.",
            )
        case Suppress():
            return tuple(
                f"Add this {kind} to the list, and nothing else: {value}"
                for kind, value in order.values
            )
        case _:
            raise AssertionError(order.act)


class HandActions:
    """A source in which people act: every order ends in an instruction."""

    adapter = "hand/1"

    def __init__(self, mapping: Mapping) -> None:
        self.mapping = mapping

    @property
    def name(self) -> str:
        """The source's name."""
        return self.mapping.name

    def able(self, order: Order) -> bool:
        """Never."""
        return False

    def carry_out(self, order: Order, now: dt.datetime) -> Instruction:
        """Says who must do it and how."""
        return instruction(self.mapping, order)

    def rehearse(self, order: Order, now: dt.datetime) -> Instruction:
        """The same: nothing is done either way."""
        return instruction(self.mapping, order)

    def state(self, record: str) -> RecordState:
        """Not to be had: what a person sends back is the proof.

        Raises:
            SourceError: ``sources.not_read_back``, always.
        """
        raise SourceError(
            "sources.not_read_back",
            f"What was done in the source '{self.name}' cannot be read back by machine.",
            "File what the person who acted sends back.",
        )

    def prove(self, order: Order) -> bool:
        """Never by machine: what a person sends back is the proof."""
        return False
