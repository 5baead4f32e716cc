"""A folder of dispatch records: begun before, confirmed after. Hashes and times only.

An entry that was begun and never confirmed means that the machine stopped in between: nobody knows
whether the parcel went out, so nothing is sent again under its key.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import asdict
from pathlib import Path

from letters.delivery.parcel import (
    DeliveryStatus,
    Parcel,
    Receipt,
    UncertainDeliveryError,
    checked_key,
)
from rights.errors import IntegrityError, RefusedError


class Ledger:
    """Dispatch records in one folder, one begun and one confirmed file for each key."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def begin(self, key: str, parcel: Parcel, attempt: int = 0) -> Receipt | None:
        """Record that a dispatch begins now, or give the receipt of the one that is done.

        Args:
            key: Names the dispatch.
            parcel: What is sent.
            attempt: How often a person found out that it did not go out. A begun dispatch of an
                earlier attempt no longer stands in the way.

        Raises:
            RefusedError: The key was used for another parcel.
            UncertainDeliveryError: A dispatch under this key was begun and never confirmed.
        """
        begun = self._folder / f"{checked_key(key)}.begun"
        try:
            handle = os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return self._earlier(begun, key, parcel, attempt)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(f"{parcel.digest} {attempt}")
            file.flush()
            os.fsync(file.fileno())
        sync_folder(self._folder)
        return None

    def confirm(self, receipt: Receipt) -> None:
        """Record that the carrier has accepted it."""
        write_whole(self._folder / f"{checked_key(receipt.key)}.receipt", dump(receipt))

    def withdraw(self, key: str) -> None:
        """Forget a dispatch that certainly did not go out, so that it can be tried again."""
        (self._folder / f"{checked_key(key)}.begun").unlink()
        sync_folder(self._folder)

    def status(self, key: str) -> DeliveryStatus:
        """What is recorded under this key."""
        if (self._folder / f"{checked_key(key)}.receipt").exists():
            return DeliveryStatus.HANDED_OVER
        if (self._folder / f"{key}.begun").exists():
            return DeliveryStatus.STARTED
        return DeliveryStatus.UNKNOWN

    def _earlier(self, begun: Path, key: str, parcel: Parcel, attempt: int) -> Receipt | None:
        confirmed = self._folder / f"{key}.receipt"
        digest, _, before = begun.read_text("utf-8").partition(" ")
        # A stop while the record was being written leaves it empty: uncertain, like any other.
        if digest and digest != parcel.digest:
            raise same_key_refused()
        if confirmed.exists():
            return load(confirmed.read_bytes())
        if int(before or 0) < attempt:
            write_whole(begun, f"{parcel.digest} {attempt}".encode())
            return None
        raise UncertainDeliveryError(
            "delivery.uncertain",
            "This was begun before and never confirmed; it may have been sent.",
            "Ask the recipient or the mail server, then record what you found.",
        )


def same_key_refused() -> RefusedError:
    """The error for a key that already stands for another parcel."""
    return RefusedError(
        "delivery.key_reused",
        "Another parcel was already sent under the same key.",
        "Give a corrected letter or pack a new version, and with it a new key.",
    )


def dump(receipt: Receipt) -> bytes:
    """A receipt as JSON."""
    body = asdict(receipt) | {"sent_at": receipt.sent_at.isoformat()}
    return json.dumps(body, indent=1).encode()


def load(data: bytes) -> Receipt:
    """The receipt that `dump` wrote.

    Raises:
        IntegrityError: It is not one.
    """
    try:
        body = json.loads(data)
        return Receipt(
            key=body["key"],
            channel=body["channel"],
            sent_at=dt.datetime.fromisoformat(body["sent_at"]),
            parcel=body["parcel"],
            hashes=tuple((name, digest) for name, digest in body["hashes"]),
            proof=body["proof"],
        )
    except (ValueError, KeyError, TypeError):
        raise IntegrityError(
            "delivery.receipt_damaged",
            "The record of a dispatch cannot be read.",
            "Restore the folder of dispatch records from a backup.",
        ) from None


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that after a stop it is there whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renames in a folder last through a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
