"""A message or file that a search by words brought up: read before anybody says whose it is."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from casework.match import found_of
from casework.office import Work
from redaction.document import ReadDocument
from redaction.formats import read
from rights.errors import InputError


def message_code(hit: Mapping[str, Any]) -> str:
    """What stands for a hit in an address: its own key may hold names."""
    return sha256(f"{hit['source']}|{hit['key']}".encode()).hexdigest()[:12]


def message_of(work: Work, source: str, code: str) -> tuple[ReadDocument, ...]:
    """The item behind a hit in the normal form, fetched from its source at this moment.

    Nothing of it is kept: only what is said to be the subject's is collected.

    Raises:
        InputError: the last search found no such item.
        SourceError: the source does not answer.
    """
    if not work.case.search_file:
        raise _unknown()
    hits = [{**h, "source": source} for h in found_of(work)["hits"].get(source, ())]
    key = next((h["key"] for h in hits if message_code(h) == code), None)
    asked = next((s for s in work.office.sources if s.name == source), None)
    if key is None or asked is None:
        raise _unknown()
    with work.office.scratch.job(f"{work.ref}-message") as scratch:
        return tuple(
            read(d.open(), document_id=f"message-{n}", name=d.name, scratch=scratch)
            for n, d in enumerate(asked.documents([key]))
        )


def _unknown() -> InputError:
    return InputError(
        "desk.no_file", "The last search found no such message.", "Go back to the matches."
    )
