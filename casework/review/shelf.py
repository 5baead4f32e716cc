"""Bundles under review, kept open between two pages: reading one anew takes a second."""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from dataclasses import dataclass

from casework.bundle import Bundle, load_bundle
from casework.office import Office, Work
from casework.review.standing import Standing, standing_of
from casework.settlement import current_settlement
from redaction.propose.settled import Settled
from rights.case import Case
from rights.errors import RefusedError
from rights.knowledge import knowledge_of
from rights.release import CaseRef

KEPT = 3
"""Cases kept open in memory; a desk has few reviewers at a time."""


@dataclass(frozen=True, slots=True)
class Review:
    """A case under review: its bundle, and what follows from the decisions so far."""

    work: Work
    bundle: Bundle
    settled: Settled
    standing: Standing

    @property
    def case(self) -> Case:
        """The case as its events stand."""
        return self.work.case


class Shelf:
    """The open bundles of one process. In memory only; safe to use from several threads."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._lock = threading.Lock()
        self._bundles: OrderedDict[CaseRef, tuple[tuple[int, int], Bundle]] = OrderedDict()
        self._settled: dict[CaseRef, tuple[tuple[int, dt.date], Settled, Standing]] = {}

    def open(self, ref: CaseRef) -> Review:
        """The case's review as it stands now.

        Raises:
            RefusedError: nothing has been proposed yet, or the case's key was destroyed.
        """
        work = self._office.reading(ref)
        proposals = work.case.proposals
        if work.case.cast is None or proposals is None:
            raise RefusedError(
                "review.not_yet",
                f"The pages of {ref} are not ready to be reviewed.",
                "Look at the case page for what it waits for.",
            )
        if not self._office.store.has_file(ref, proposals[1].file):
            self._forget(ref)
            raise RefusedError(
                "review.destroyed",
                f"The key of {ref} was destroyed; nothing of it can be read any more.",
                "There is nothing to do.",
            )
        with self._lock:
            bundle = self._bundle(work, proposals[0])
            known = self._settled.get(ref)
            now = (work.case.seq, self._office.today())  # an opinion may run out overnight
            if known is None or known[0] != now:
                settled = current_settlement(work, bundle)[1]
                known = (now, settled, standing_of(work.case, bundle, settled))
                self._settled[ref] = known
        return Review(work, bundle, known[1], known[2])

    def _bundle(self, work: Work, proposed: int) -> Bundle:
        kept = self._bundles.get(work.ref)
        rests_on = (proposed, knowledge_of(work.case).seq)
        if kept is None or kept[0] != rests_on:
            kept = (rests_on, load_bundle(work))
            self._bundles[work.ref] = kept
        self._bundles.move_to_end(work.ref)
        while len(self._bundles) > KEPT:
            oldest, _ = self._bundles.popitem(last=False)
            self._settled.pop(oldest, None)
        return kept[1]

    def _forget(self, ref: CaseRef) -> None:
        with self._lock:
            self._bundles.pop(ref, None)
            self._settled.pop(ref, None)
