"""An account of a finished case for the people inside: what was sent, what was withheld and why."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass

from casework.manifests import trusted_keys
from casework.office import Office
from redaction.manifest import verify
from rights.errors import RefusedError
from rights.exemptions import exemption


@dataclass(frozen=True, slots=True)
class WithheldLine:
    """One ground, the law it rests on, and how many boxes it covers. Inside use only."""

    what: str
    citation: str
    boxes: int


@dataclass(frozen=True, slots=True)
class Account:
    """What became of one case."""

    pages: int
    pages_disclosed: int
    withheld: tuple[WithheldLine, ...]
    notes: tuple[str, ...]
    files: dict[str, bytes]


def account_of(office: Office, ref: str) -> Account:
    """The account of a sealed case.

    Raises:
        RefusedError: nothing is sealed yet.
    """
    case = office.case(ref)
    if case.seal is None:
        raise RefusedError(
            "account.not_sealed", f"No pack of {ref} is sealed yet.", "Look at what it waits for."
        )
    event = case.seal.event
    files = {
        f"{case.ref}-pack.pdf": office.store.get_file(case.ref, event.file),
        f"{case.ref}-letter.pdf": office.store.get_file(case.ref, event.letter_file),
        f"{case.ref}-manifest.json": office.store.get_file(case.ref, event.manifest_file),
    }
    for letter in case.letters.values():
        name = f"{case.ref}-{letter.template}.pdf"
        files[name] = office.store.get_file(case.ref, letter.file)
    body = verify(files[f"{case.ref}-manifest.json"], trusted_keys(office))
    boxes = Counter(b["code"] or "3P" for p in body["pages"] for b in p["boxes"])
    lines: list[WithheldLine] = []
    for code, count in boxes.most_common():
        found = exemption(code, office.law, on=office.today())
        lines.append(WithheldLine(found.title, found.citation, count))
    titles = {source.name: source.title for source in office.sources}
    notes = [
        f"{titles.get(name, name)}: {event.status}"
        + (f" ({json.loads(event.terms).get('note')})" if event.status == "failed" else "")
        for name, (_, event) in sorted(case.sources.items())
    ]
    unread = sum(1 for e in case.read.values() if e.unreadable)
    if unread:
        documents = "1 document" if unread == 1 else f"{unread} documents"
        notes.append(f"{documents} could not be read, wholly or in part.")
    return Account(
        pages=event.pages,
        pages_disclosed=sum(1 for p in body["pages"] if p["document"]),
        withheld=tuple(lines),
        notes=tuple(notes),
        files=files,
    )
