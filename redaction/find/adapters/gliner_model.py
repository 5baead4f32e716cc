"""GLiNER with a model of the council's own."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from redaction.find.adapters.offline import digest, go_offline
from redaction.find.suggest import NameFinder, Suggested

_LABELS = ("person", "address", "organisation", "phone number", "date of birth")
_WINDOW, _STEP = 1200, 1000
"""Characters at a time: the models take some 380 words; windows overlap so that none is cut."""


class GlinerFinder:
    """Entities by the labels above."""

    name = "gliner"

    def __init__(self, model: Any, version_: str) -> None:
        self._model = model
        self.version = version_

    def find(self, text: str) -> Iterable[Suggested]:
        """Entities with the model's own score."""
        seen: set[tuple[int, int]] = set()
        for start in range(0, max(len(text), 1), _STEP):
            part = text[start : start + _WINDOW]
            for found in self._model.predict_entities(part, list(_LABELS), threshold=0.3):
                place = (start + int(found["start"]), start + int(found["end"]))
                if place not in seen:
                    seen.add(place)
                    yield Suggested(*place, str(found["label"]), float(found["score"]))


def load(folder: Path | None) -> NameFinder:
    """The model in a folder.

    Raises:
        ValueError: No folder is named.
    """
    if folder is None:
        raise ValueError("a model folder is needed")
    go_offline()
    gliner: Any = import_module("gliner")
    model = gliner.GLiNER.from_pretrained(str(folder), local_files_only=True)
    return GlinerFinder(model, f"{version('gliner')}/{digest(folder)}")
