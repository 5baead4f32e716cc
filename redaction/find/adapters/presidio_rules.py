"""Microsoft Presidio's recognisers, with a blank English pipeline or a local spaCy model."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from redaction.find.adapters.offline import digest, go_offline
from redaction.find.suggest import NameFinder, Suggested

_SLICE = 10_000
"""Characters at a time: Presidio's removal of overlaps is about quadratic."""


class PresidioFinder:
    """All recognisers that Presidio registers for English."""

    name = "presidio"

    def __init__(self, engine: Any, version_: str) -> None:
        self._engine = engine
        self.version = version_

    def find(self, text: str) -> Iterable[Suggested]:
        """Whatever Presidio finds, with its own score."""
        start = 0
        while start < len(text):
            stop = min(start + _SLICE, len(text))
            if stop < len(text):
                stop = max(text.rfind(" ", start + 1, stop), start + 1)
            for found in self._engine.analyze(text=text[start:stop], language="en"):
                yield Suggested(
                    start + found.start, start + found.end, found.entity_type.lower(), found.score
                )
            start = stop


def load(folder: Path | None) -> NameFinder:
    """Presidio; without a folder on a blank pipeline, which knows no names."""
    go_offline()
    # Its email recogniser would fetch the list of public suffixes from the network.
    suffixes: Any = import_module("tldextract")
    suffixes.extract = suffixes.TLDExtract(suffix_list_urls=())
    suffixes.tldextract.extract = suffixes.extract
    spacy: Any = import_module("spacy")
    presidio: Any = import_module("presidio_analyzer")
    engines: Any = import_module("presidio_analyzer.nlp_engine")
    pipeline = spacy.load(folder) if folder else spacy.blank("en")

    class Local(engines.SpacyNlpEngine):
        """The pipeline as given; the ordinary engine would download a model."""

        def __init__(self) -> None:
            super().__init__()
            self.nlp = {"en": pipeline}

        def load(self) -> None:
            """Nothing to load: it is there."""

        def is_loaded(self) -> bool:
            """It is."""
            return True

    engine = presidio.AnalyzerEngine(nlp_engine=Local(), supported_languages=["en"])
    model = digest(folder) if folder else "blank"
    return PresidioFinder(engine, f"{version('presidio-analyzer')}/{model}")
