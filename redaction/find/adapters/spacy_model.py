"""spaCy with a model of the council's own."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from redaction.find.adapters.offline import digest, go_offline
from redaction.find.suggest import NameFinder, Suggested

_KINDS = frozenset(["PERSON", "PER", "GPE", "LOC", "FAC", "ORG", "NORP"])


class SpacyFinder:
    """Named entities of a spaCy pipeline."""

    name = "spacy"

    def __init__(self, pipeline: Any, version_: str) -> None:
        self._pipeline = pipeline
        self.version = version_

    def find(self, text: str) -> Iterable[Suggested]:
        """Entities that may be people, places or bodies; spaCy gives no score."""
        for entity in self._pipeline(text).ents:
            if entity.label_ in _KINDS:
                yield Suggested(entity.start_char, entity.end_char, entity.label_.lower(), 0.5)


def load(folder: Path | None) -> NameFinder:
    """The pipeline in a folder.

    Raises:
        ValueError: No folder is named.
    """
    if folder is None:
        raise ValueError("a model folder is needed")
    go_offline()
    spacy: Any = import_module("spacy")
    return SpacyFinder(spacy.load(folder), f"{version('spacy')}/{digest(folder)}")
