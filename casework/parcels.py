"""What one part of an answer is made of when it leaves: its letter, and everything locked.

The pack in its volumes, each of its documents as a file of its own where the reader wants them so,
and what is enclosed. Locked once under the case's passphrase and kept, because locking is random:
whatever is sent again, as a further copy, is the same to the byte.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby

from casework.delivery import letter_of
from casework.edition import EDITION, FILE
from casework.office import Work
from casework.sealed import SealedPage, SealedPages, sealed_pages
from letters.codes import passphrase
from letters.delivery.parcel import Item
from letters.enclosure import Enclosure, enclose
from letters.pack import EncryptedPdf, encrypt
from letters.render import LetterPdf
from letters.volumes import documents_of, part_pack
from rights.case import Part, Seal
from rights.errors import VerificationError
from rights.release import ReleasablePdf

VOLUMES = "volumes.json"
"""Beside a sealed pack: the number of the first page of each of its volumes."""
LOCK_FILE = "pack/passphrase"
"""One for all parts of a case: the requester is told it once."""
SINGLE = "single documents"
"""The wish to have each document as a file of its own, beside the pack."""


@dataclass(frozen=True, slots=True)
class Made:
    """The files of one part in the order in which they are sent."""

    letter: Item
    locked: tuple[Item, ...]

    @property
    def digest(self) -> str:
        """Hash of what is locked: of the one file, or of the hashes of several in their order."""
        hashes = [item.content.sha256 for item in self.locked]
        return hashes[0] if len(hashes) == 1 else sha256("\n".join(hashes).encode()).hexdigest()


def enclosed_file(digest: str) -> str:
    """Name of an enclosed file in the case's vault."""
    return f"enclosed/{digest}"


def made_of(work: Work, part: Part, sealed: Seal) -> Made:
    """The files of a sealed part, locked; the same every time.

    Raises:
        VerificationError: the bytes in the vault are not those that were sealed.
    """
    pack = work.get(sealed.event.file)
    if sha256(pack).hexdigest() != sealed.event.sha256:
        raise VerificationError(
            "dispatch.changed",
            "The pack in the vault is not the one that was approved.",
            "Nothing has left. Tell the administrator and the DPO.",
        )
    whole = ReleasablePdf(pack, sealed.event.sha256, sealed.event.pages, sealed.event.verifier)
    letter = letter_of(work.get(sealed.event.letter_file), "cover_letter", work.ref)
    name = work.ref if part.number == 1 and part.last else f"{work.ref}-part-{part.number}"
    locked = (
        *_volumes(work, whole, name),
        *_documents(work, whole, part, name),
        *_edition(work, whole, part, name),
        *_enclosures(work, whole, part, letter, name),
    )
    return Made(Item(f"{name}-letter.pdf", letter), locked)


def _volumes(work: Work, whole: ReleasablePdf, name: str) -> Iterable[Item]:
    firsts = (1,)
    file = f"pack/{whole.sha256}/{VOLUMES}"
    if work.office.store.has_file(work.ref, file):
        firsts = tuple(int(n) for n in json.loads(work.get(file)))
    volumes = part_pack(whole, firsts)
    for number, volume in enumerate(volumes, start=1):
        several = len(volumes) > 1
        kept = f"pack/{whole.sha256}/locked{f'-{number}' * several}.pdf"
        content = _kept(work, kept, volume.sha256, lambda p, v=volume: encrypt(v, p).data)
        yield Item(f"{name}-pack{f'-{number}-of-{len(volumes)}' * several}.pdf", content)


def _documents(work: Work, whole: ReleasablePdf, part: Part, name: str) -> Iterable[Item]:
    """Each document as a file of its own, for a reader who asked for that."""
    people = work.case.people
    if people is None or SINGLE not in people.support.helps:
        return
    spans = tuple(span for one in _sealed(work, part) for span in spans_of(one.pages))
    for number, document in enumerate(documents_of(whole, spans), start=1):
        kept = f"pack/{whole.sha256}/document-{number}.pdf"
        content = _kept(work, kept, document.sha256, lambda p, d=document: encrypt(d, p).data)
        yield Item(f"{name}-document-{number:03d}.pdf", content)


def _edition(work: Work, whole: ReleasablePdf, part: Part, name: str) -> Iterable[Item]:
    """The text edition, where one was sealed with the pack."""
    for one in _sealed(work, part):
        if EDITION not in one.editions:
            continue
        found = letter_of(work.get(f"pack/{whole.sha256}/{FILE}"), "text_edition", work.ref)
        if found.sha256 != one.editions[EDITION]:
            raise VerificationError(
                "dispatch.edition_changed",
                "The text edition in the vault is not the one that was approved.",
                "Nothing has left. Tell the administrator and the DPO.",
            )
        text = ReleasablePdf(found.data, found.sha256, found.pages, whole.verified_by)
        kept = f"pack/{whole.sha256}/locked-text.pdf"
        yield Item(
            f"{name}-text.pdf",
            _kept(work, kept, text.sha256, lambda p, t=text: encrypt(t, p).data),
        )


def spans_of(pages: Sequence[SealedPage]) -> tuple[range, ...]:
    """The pages of each document of a pack, in their order; our own pages are in none."""
    found = groupby(pages, key=lambda page: page.document)
    spans = ([page.page for page in run] for document, run in found if document)
    return tuple(range(run[0], run[-1] + 1) for run in spans)


def _enclosures(
    work: Work, whole: ReleasablePdf, part: Part, letter: LetterPdf, name: str
) -> Iterable[Item]:
    """What goes with the answer and is no page of it, by the hashes that the manifest has."""
    for one in _sealed(work, part):
        for number, (file, digest) in enumerate(sorted(one.enclosed.items()), start=1):
            enclosure = Enclosure(file, work.get(enclosed_file(digest)), digest)
            kept = f"pack/{whole.sha256}/enclosed-{number}.pdf"
            content = _kept(work, kept, digest, lambda p, e=enclosure: enclose(letter, e, p).data)
            yield Item(f"{name}-file-{number}.pdf", content)


def _sealed(work: Work, part: Part) -> tuple[SealedPages, ...]:
    return sealed_pages(work.office, work.case, (part,))


def _kept(work: Work, file: str, plain: str, lock: Callable[[str], bytes]) -> EncryptedPdf:
    """What is locked, from the vault; locked now if it never was."""
    store = work.office.store
    if not store.has_file(work.ref, LOCK_FILE):
        work.put(LOCK_FILE, passphrase(secrets.randbelow).encode())
    if not store.has_file(work.ref, file):
        work.put(file, lock(work.get(LOCK_FILE).decode()))
    data = work.get(file)
    return EncryptedPdf(data, sha256(data).hexdigest(), plain)
