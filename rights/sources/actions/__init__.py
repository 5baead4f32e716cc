"""Acting in a source: erase, correct, annotate, restrict, lift, suppress.

`make_actions` in ``rights.sources.actions.load`` gives the adapter for a mapping. An order has a
key and takes effect once; it ends in a receipt, or in an instruction to a person where no adapter
can act; `prove` reads the source anew.
"""

from rights.sources.actions.orders import (
    Act,
    Annotate,
    Correct,
    Erase,
    Instruction,
    Lift,
    Order,
    Receipt,
    RecordState,
    Restrict,
    SourceActions,
    Suppress,
    shows,
)

__all__ = [
    "Act",
    "Annotate",
    "Correct",
    "Erase",
    "Instruction",
    "Lift",
    "Order",
    "Receipt",
    "RecordState",
    "Restrict",
    "SourceActions",
    "Suppress",
    "shows",
]
