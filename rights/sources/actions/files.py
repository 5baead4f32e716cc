"""Deleting files in a folder without an index. Whatever else is asked of a file, a person does."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

from rights.errors import SourceError
from rights.failpoints import failpoint
from rights.sources.actions.byhand import instruction
from rights.sources.actions.orders import (
    Erase,
    Instruction,
    Order,
    Receipt,
    RecordState,
    changed,
    shows,
)
from rights.sources.actions.remove import inside, remove_file
from rights.sources.mapping import Mapping


class FolderActions:
    """Erases files by their path below the folder, which is their id in searches."""

    adapter = "folder/1"

    def __init__(self, mapping: Mapping, folder: Path) -> None:
        self.mapping = mapping
        self._folder = folder

    @property
    def name(self) -> str:
        """The source's name."""
        return self.mapping.name

    def able(self, order: Order) -> bool:
        """Erasing, where the mapping says that files may be deleted."""
        actions = self.mapping.actions
        return actions is not None and actions.files and isinstance(order, Erase)

    def carry_out(self, order: Order, now: dt.datetime) -> Receipt | Instruction:
        """Deletes the file, or says who must do what."""
        return self._act(order, now, for_good=True)

    def rehearse(self, order: Order, now: dt.datetime) -> Receipt | Instruction:
        """The same, and the file stays."""
        return self._act(order, now, for_good=False)

    def _act(self, order: Order, now: dt.datetime, *, for_good: bool) -> Receipt | Instruction:
        if not self.able(order):
            return instruction(self.mapping, order)
        there = self.state(order.record)
        if there.present and there.digest != order.expected:
            raise changed(self.name)
        if there.present and for_good:
            remove_file(self.name, inside(self.name, self._folder, order.record))
            failpoint("actions.file_removed")
        return Receipt(
            key=order.key,
            act=order.act,
            source=self.name,
            record=order.record,
            at=now,
            before=order.expected,
            after="",
            rows=0,
            files=int(there.present),
            kept=0,
            repeated=not there.present,
            adapter=self.adapter,
        )

    def state(self, record: str) -> RecordState:
        """The file, read anew; its digest is the hash of its bytes."""
        if not self._folder.is_dir():
            raise SourceError(
                "sources.unreachable",
                f"The source '{self.name}' cannot be opened.",
                "Check its location in the mapping and that the service account may read it.",
            )
        path = inside(self.name, self._folder, record)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return RecordState(record, present=False)
        except OSError as error:
            raise SourceError(
                "sources.file_unreadable",
                f"A file of the source '{self.name}' cannot be read ({type(error).__name__}).",
                "Check that the service account may read the folder.",
            ) from None
        return RecordState(record, present=True, digest=hashlib.sha256(data).hexdigest())

    def prove(self, order: Order) -> bool:
        """Whether the file is gone."""
        return isinstance(order, Erase) and shows(order, self.state(order.record))
