"""Delivery into a folder: for post, collection, and a secure transfer that people do by hand."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from letters.delivery.ledger import dump, load, same_key_refused, sync_folder, write_whole
from letters.delivery.parcel import DeliveryStatus, Parcel, Receipt, checked_key, hashes_of
from rights.errors import IntegrityError

_RECEIPT = "receipt.json"


class FolderDelivery:
    """Puts each parcel into a folder of its own, named after its key: whole or not at all."""

    channel = "folder"

    def __init__(self, outbox: Path) -> None:
        self._outbox = outbox
        outbox.mkdir(parents=True, exist_ok=True)

    def send(self, parcel: Parcel, key: str, now: dt.datetime, attempt: int = 0) -> Receipt:
        """Write the files, or give the receipt of the first time.

        Raises:
            RefusedError: The key was used for another parcel.
            IntegrityError: The files of the first time are no longer what was sent.
        """
        target = self._outbox / checked_key(key)
        if target.exists():
            return self._earlier(target, parcel)
        part = self._outbox / f".{key}.part"
        # A leftover of a stop before the rename: nobody was told of it, so it may go.
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(mode=0o700)
        for item in parcel.items:
            write_whole(part / item.name, item.content.data)
        receipt = Receipt(key, self.channel, now, parcel.digest, hashes_of(parcel), key)
        write_whole(part / _RECEIPT, dump(receipt))
        part.rename(target)
        sync_folder(self._outbox)
        return receipt

    def status(self, key: str) -> DeliveryStatus:
        """Handed over once the folder stands there; it never stands there half."""
        there = (self._outbox / checked_key(key) / _RECEIPT).exists()
        return DeliveryStatus.HANDED_OVER if there else DeliveryStatus.UNKNOWN

    def _earlier(self, target: Path, parcel: Parcel) -> Receipt:
        receipt = load((target / _RECEIPT).read_bytes())
        if receipt.parcel != parcel.digest:
            raise same_key_refused()
        for item in parcel.items:
            file = target / item.name
            if not file.exists() or file.read_bytes() != item.content.data:
                raise IntegrityError(
                    "delivery.folder_changed",
                    "A parcel in the outbox is no longer what was put there.",
                    "Find out who changed it before anything is handed over.",
                )
        return receipt


def receipt_of(folder: Path) -> Receipt:
    """The receipt that lies beside the files of one parcel.

    Raises:
        IntegrityError: It is missing or damaged.
    """
    try:
        return load((folder / _RECEIPT).read_bytes())
    except OSError:
        raise IntegrityError(
            "delivery.receipt_missing",
            "A parcel in the outbox has lost its receipt.",
            "Find out who changed it before anything is handed over.",
        ) from None
