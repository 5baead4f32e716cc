"""A file that goes with an answer and is no page of it, such as a machine-readable export.

A parcel takes only what can be locked, so the file travels inside a locked PDF: our own letter once
more, with the file attached to it (ISO 32000-2 7.11.4), under the same passphrase as a pack. Any
reader that shows attachments gives it back byte for byte; so does the way home for programs.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from io import BytesIO

import pikepdf
from pikepdf import AttachedFileSpec, Name, Pdf

from letters.pack import EncryptedPdf, no_passphrase
from letters.render import LetterPdf
from rights.errors import IntegrityError


@dataclass(frozen=True, slots=True)
class Enclosure:
    """One file to enclose.

    Attributes:
        name: Its file name, of the reference; never a name of a person.
        data: The file.
        sha256: Of the file, as the letter and the manifest have it.
        media_type: What it is, such as ``application/zip``.

    Raises:
        IntegrityError: The bytes are not those of the hash.
    """

    name: str
    data: bytes = field(repr=False)
    sha256: str
    media_type: str = "application/zip"

    def __post_init__(self) -> None:
        if hashlib.sha256(self.data).hexdigest() != self.sha256:
            raise IntegrityError(
                "delivery.bytes_changed",
                "The file to be enclosed is not the one that was approved.",
                "Decide the request again and have the answer approved.",
            )


def enclose(cover: LetterPdf, file: Enclosure, passphrase: str) -> EncryptedPdf:
    """The letter with the file attached, locked with AES-256 (ISO 32000-2 7.6.4, revision 6).

    Args:
        cover: The letter that says what the file is.
        file: What goes with it.
        passphrase: Goes another way.

    Raises:
        InputError: The passphrase is empty.
    """
    if not passphrase:
        raise no_passphrase()
    out = BytesIO()
    with Pdf.open(BytesIO(cover.data)) as pdf:
        spec = AttachedFileSpec(
            pdf,
            file.data,
            description="",
            filename=file.name,
            mime_type=file.media_type,
            creation_date="",
            mod_date="",
        )
        pdf.attachments[file.name] = spec
        pdf.Root["/PageMode"] = Name.UseAttachments
        pdf.save(out, encryption=pikepdf.Encryption(owner=passphrase, user=passphrase, R=6))
    data = out.getvalue()
    return EncryptedPdf(data, hashlib.sha256(data).hexdigest(), file.sha256)


def taken_out(locked: bytes, passphrase: str) -> dict[str, bytes]:
    """The attached files of a locked PDF by their names, for whoever checks or takes them in."""
    with Pdf.open(BytesIO(locked), password=passphrase) as pdf:
        return {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
