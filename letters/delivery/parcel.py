"""What is sent, what comes back, and what every way of sending promises.

Only types that may leave are accepted: a letter of ours, a verified pack, or a verified pack under
a passphrase. Bytes and unverified packs are none of these.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, TypeAlias

from letters.pack import EncryptedPdf
from letters.render import LetterPdf
from rights.errors import InputError, IntegrityError, RightsdeskError
from rights.release import ReleasablePdf

Sendable: TypeAlias = LetterPdf | ReleasablePdf | EncryptedPdf
"""The only things that leave."""

_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}\.pdf")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


class DeliveryError(RightsdeskError):
    """It was not sent; trying again is safe."""


class UncertainDeliveryError(RightsdeskError):
    """It may or may not have been sent. A person finds out; nothing is sent again by itself."""


class DeliveryStatus(StrEnum):
    """What is known about one dispatch."""

    UNKNOWN = "unknown"
    """Never begun under this key."""
    STARTED = "started"
    """Begun and not confirmed: it may have gone out. A task for a human."""
    HANDED_OVER = "handed over"
    """The next carrier has accepted it."""
    DELIVERED = "delivered"
    """The carrier says that it arrived."""
    FAILED = "failed"
    """The carrier says that it did not arrive. A task for a human."""


@dataclass(frozen=True, slots=True)
class Item:
    """One file. Its name is seen on the way, so it holds the reference and no personal data.

    Raises:
        InputError: The name is not a plain file name ending in .pdf, or the content is of a type
            that may not leave.
        IntegrityError: The bytes are not those that the content's own hash was made from.
    """

    name: str
    content: Sendable

    def __post_init__(self) -> None:
        # Checked when run as well: a type checker does not see a caller's `Any`.
        if not isinstance(self.content, LetterPdf | ReleasablePdf | EncryptedPdf):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise InputError(
                "delivery.not_releasable",
                "Something that has not been verified was handed over for sending.",
                "Seal the pack first; only the sealed pack and our own letters can be sent.",
            )
        if hashlib.sha256(self.content.data).hexdigest() != self.content.sha256:
            raise IntegrityError(
                "delivery.bytes_changed",
                "The bytes to be sent are not the ones that were approved.",
                "Seal the pack again and have it approved.",
            )
        if not _FILE_NAME.fullmatch(self.name):
            raise InputError(
                "delivery.file_name",
                "A file to be sent has a name that could cause trouble on the way.",
                "Name it after the case reference, with letters, figures and dashes.",
            )


@dataclass(frozen=True, slots=True)
class Parcel:
    """What goes to one recipient in one go.

    Raises:
        InputError: There is nothing in it, or two files have the same name.
    """

    reference: str
    items: tuple[Item, ...]
    to: str = field(default="", repr=False)
    """Email address where the way of sending needs one. Personal data."""
    link: str = field(default="", repr=False)
    """Where the recipient fetches what travels another way; printed in the message."""

    def __post_init__(self) -> None:
        if not self.items or len({item.name for item in self.items}) != len(self.items):
            raise InputError(
                "delivery.items",
                "The parcel is empty or holds two files of the same name.",
                "Put each letter and pack in once, each with its own name.",
            )

    @property
    def digest(self) -> str:
        """sha256 over recipient, names and contents: the same parcel, the same digest."""
        lines = [self.reference, self.to, *([self.link] if self.link else [])]
        lines += [f"{hashlib.sha256(i.content.data).hexdigest()} {i.name}" for i in self.items]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof of a dispatch: which bytes, when, by which way. Holds no personal data."""

    key: str
    channel: str
    sent_at: dt.datetime
    parcel: str
    """`Parcel.digest` of what was sent."""
    hashes: tuple[tuple[str, str], ...]
    """File name and sha256 of each file."""
    proof: str
    """What the carrier knows it by: a folder name, a Message-ID, a link."""


class Delivery(Protocol):
    """One way of sending."""

    channel: str

    def send(self, parcel: Parcel, key: str, now: dt.datetime, attempt: int = 0) -> Receipt:
        """Send it once. The same key with the same parcel returns the first receipt.

        Args:
            parcel: What to send.
            key: Names the dispatch.
            now: The present instant.
            attempt: How often a person found out that it did not go out after all.

        Raises:
            InputError: The parcel or the key cannot be used for this way of sending.
            RefusedError: The key was used for another parcel.
            DeliveryError: It was not sent; trying again is safe.
            UncertainDeliveryError: It may have been sent; a person must find out.
        """
        ...

    def status(self, key: str) -> DeliveryStatus:
        """What is known about the dispatch with this key."""
        ...


def checked_key(key: str) -> str:
    """The key, if it can name a file: case reference, letter and version make a good one.

    Raises:
        InputError: It cannot.
    """
    if not _KEY.fullmatch(key):
        raise InputError(
            "delivery.key",
            "The key of a dispatch has characters that cannot be used.",
            "Make it of letters, figures, dots and dashes.",
        )
    return key


def hashes_of(parcel: Parcel) -> tuple[tuple[str, str], ...]:
    """File name and sha256 of the bytes of each file, computed from the bytes themselves."""
    return tuple((i.name, hashlib.sha256(i.content.data).hexdigest()) for i in parcel.items)
