"""A letter and its pack that travel two ways: the pack first, so that the letter is never alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from letters.delivery.parcel import Delivery, DeliveryStatus, Item, Parcel, Receipt, hashes_of
from letters.render import LetterPdf

_ORDER = (
    DeliveryStatus.FAILED,
    DeliveryStatus.STARTED,
    DeliveryStatus.UNKNOWN,
    DeliveryStatus.HANDED_OVER,
    DeliveryStatus.DELIVERED,
)
"""Worst first: a sending of two is no better than the worse of them."""


class SplitDelivery:
    """Sends the pack one way and the letter another, each once under a key of its own.

    Args:
        letter: The way of letters.
        pack: The way of everything else.
        with_link: Whether the proof of a pack is a link that the letter's message prints; each file
            then has a sending and a link of its own.
    """

    def __init__(self, letter: Delivery, pack: Delivery, *, with_link: bool) -> None:
        self._letter = letter
        self._pack = pack
        self._with_link = with_link
        self.channel = f"{pack.channel} and {letter.channel}"

    def send(self, parcel: Parcel, key: str, now: dt.datetime, attempt: int = 0) -> Receipt:
        """Send both; what went out the first time is not sent again.

        Raises:
            RightsdeskError: As the ways themselves; the pack may be out then and the letter not.
        """
        letters = tuple(i for i in parcel.items if isinstance(i.content, LetterPdf))
        packs = tuple(i for i in parcel.items if not isinstance(i.content, LetterPdf))
        sent: list[Receipt] = []
        for number, items in enumerate(self._goes(packs), start=1):
            one = replace(parcel, items=items)
            name = f"{key}-pack{f'-{number}' * (number > 1)}"
            sent.append(self._pack.send(one, name, now, attempt))
        if letters:
            link = "\n".join(receipt.proof for receipt in sent) if self._with_link else ""
            one = replace(parcel, items=letters, link=link)
            sent.append(self._letter.send(one, f"{key}-letter", now, attempt))
        return Receipt(
            key=key,
            channel=self.channel,
            sent_at=max(receipt.sent_at for receipt in sent),
            parcel=parcel.digest,
            hashes=hashes_of(parcel),
            proof="; ".join(f"{receipt.channel}: {receipt.proof}" for receipt in sent),
        )

    def _goes(self, packs: tuple[Item, ...]) -> tuple[tuple[Item, ...], ...]:
        """What goes in one go: a link stands for one file, anything else takes all at once."""
        if self._with_link:
            return tuple((item,) for item in packs)
        return (packs,) if packs else ()

    def status(self, key: str) -> DeliveryStatus:
        """The worse of what is known about the two."""
        known = (self._pack.status(f"{key}-pack"), self._letter.status(f"{key}-letter"))
        return min(known, key=_ORDER.index)
