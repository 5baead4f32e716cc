"""Optional finders: models of the council's own, and the reviewer's own decisions learnt from.

What they find only ever adds to the queue of strings that somebody looks at; nothing is removed,
tied to a person or painted because of them. Each entry says which finder, in which version, put it
there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import NamedTuple, Protocol, runtime_checkable

from redaction.decisions import Finding, Span
from redaction.document import ReadDocument
from redaction.find.capitals import EXAMPLES, CapitalString
from rights.errors import ConfigError

GROUP = "rightsdesk.finders"
"""Entry points of other packages: a function from a model folder to a `NameFinder`."""
_OURS = {
    "spacy": "redaction.find.adapters.spacy_model:load",
    "gliner": "redaction.find.adapters.gliner_model:load",
    "presidio": "redaction.find.adapters.presidio_rules:load",
}


class Suggested(NamedTuple):
    """A stretch that a finder takes for a name or number. `score` is from 0 to 1."""

    start: int
    end: int
    kind: str
    score: float


@runtime_checkable
class NameFinder(Protocol):
    """What an optional finder must be. The same text always gives the same answer."""

    @property
    def name(self) -> str:
        """A short stable name."""
        ...

    @property
    def version(self) -> str:
        """Of the library and of the model, so that a result can be explained years later."""
        ...

    def find(self, text: str) -> Iterable[Suggested]:
        """The stretches of one page's text."""
        ...


def load_finder(name: str, folder: Path | None) -> NameFinder:
    """An optional finder by name.

    Args:
        name: One of ours (spacy, gliner, presidio) or of another package's entry points.
        folder: Where the model is; nothing is ever fetched from the network.

    Raises:
        ConfigError: There is none of that name, it is not installed, or its model is not there.
    """
    makers: dict[str, str] = {**_OURS, **{e.name: e.value for e in entry_points(group=GROUP)}}
    if name not in makers:
        raise ConfigError(
            "finder.unknown",
            "There is no such finder.",
            f"Use one of: {', '.join(sorted(makers))}.",
        )
    if folder is not None and not folder.is_dir():
        raise ConfigError(
            "finder.model", "The model's folder is not there.", "Name the folder of a local model."
        )
    module, _, attribute = makers[name].partition(":")
    try:
        make: Callable[[Path | None], NameFinder] = getattr(import_module(module), attribute)
        return make(folder)
    except ImportError as error:
        raise ConfigError(
            "finder.missing",
            f"The finder {name} is not installed.",
            f"Install the extra of that name: rightsdesk[{name}].",
        ) from error
    except (OSError, ValueError) as error:
        raise ConfigError(
            "finder.model", "The model cannot be loaded.", "Name the folder of a whole local model."
        ) from error


def with_suggestions(
    queue: Sequence[CapitalString],
    documents: Sequence[ReadDocument],
    findings: Iterable[Finding],
    finders: Sequence[NameFinder],
) -> tuple[CapitalString, ...]:
    """The queue with what optional finders add: strings that no finding covers.

    Args:
        queue: The unexplained capitalised strings.
        documents: The bundle, or the part of it to be searched.
        findings: What was found in it.
        finders: Optional finders.

    Returns:
        The queue as it was, then the new strings, most frequent first.
    """
    covered: Mapping[tuple[str, int], list[Span]] = defaultdict(list)
    for finding in findings:
        covered[finding.span.document, finding.span.page].append(finding.span)
    waiting = {c.text for c in queue}
    places: dict[str, list[Span]] = defaultdict(list)
    said: dict[str, set[str]] = defaultdict(set)
    for document in documents:
        for page in document.pages:
            known = covered.get((document.id, page.number), ())
            for finder in finders:
                for found in finder.find(page.text):
                    span = Span(document.id, page.number, found.start, found.end)
                    text = " ".join(page.text[found.start : found.end].split())
                    if not any(c.isalnum() for c in text) or text in waiting:
                        continue
                    if any(s.start <= span.start and span.end <= s.end for s in known):
                        continue
                    if span not in places[text]:
                        places[text].append(span)
                    said[text].add(f"{finder.name} {finder.version}")
    added = [
        CapitalString(text, len(s), tuple(s[:EXAMPLES]), ", ".join(sorted(said[text])))
        for text, s in places.items()
        if s
    ]
    return (*queue, *sorted(added, key=lambda c: (-c.count, c.text)))
