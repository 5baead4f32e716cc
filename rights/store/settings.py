"""Where the parts of the store stand. They are kept apart so that no one theft gets everything."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """The places of a case store.

    Attributes:
        url: ``sqlite:///path`` or ``postgresql+psycopg://...``.
        vault: Folder of encrypted case files.
        keys: Folder of wrapped case keys; backed up apart from the data.
        master_key: File of the master key that the case keys are wrapped with. The key that signs
            the anchors stands beside it.
        anchors: Folder of signed case heads, on storage that the store's administrators cannot
            rewrite if the council has such.
    """

    url: str = field(repr=False)
    vault: Path
    keys: Path
    master_key: Path
    anchors: Path
