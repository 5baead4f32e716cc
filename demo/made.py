"""What the writers of the systems note down as they go, to become truth.json."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from pathlib import Path

from demo.people import Story
from demo.prose import Teller, Told
from demo.truth import TruthDocument, TruthHidden, TruthPassage, TruthRecord

WORDS_ON_A_PAGE = 430


@dataclass
class Made:
    """The output folder, the story and its teller, and the truth gathered so far."""

    out: Path
    story: Story
    rng: random.Random
    teller: Teller
    records: list[TruthRecord] = field(default_factory=list[TruthRecord])
    documents: list[TruthDocument] = field(default_factory=list[TruthDocument])

    def record(self, source: str, key: str, person: str, note: str = "") -> None:
        """Notes whom a row of a source is about ('' for a stranger)."""
        self.records.append(TruthRecord(source, key, person, note))

    def document(
        self,
        source: str,
        key: str,
        path: str,
        title: str,
        date: dt.date,
        told: Told,
        *,
        subjects: tuple[str, ...] = ("subject",),
        kind: str = "text",
        pages: int = 0,
        hidden: tuple[TruthHidden, ...] = (),
    ) -> None:
        """Notes a document; `pages` is estimated from its words when not given."""
        words = len(told.text.split())
        self.documents.append(
            TruthDocument(
                source=source,
                key=key,
                path=path,
                title=title,
                date=date.isoformat(),
                kind=kind,
                pages=pages or -(-words // WORDS_ON_A_PAGE) or 1,
                subjects=subjects,
                passages=told.passages,
                hidden=hidden,
            )
        )


def joined(*tolds: Told) -> Told:
    """Several texts as one."""
    passages: tuple[TruthPassage, ...] = ()
    for told in tolds:
        passages += told.passages
    return Told(passages)
