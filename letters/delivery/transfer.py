"""Delivery by the council's own secure transfer: a command takes the locked pack, gives a link.

The command is a list of arguments and never a line for a shell. It ends with 0 and prints the link
as its only line; any other end says that nothing was kept. One that does not end in time may have
done its work, so a person finds out.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import signal
import subprocess
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from letters.delivery.ledger import Ledger
from letters.delivery.parcel import (
    DeliveryError,
    DeliveryStatus,
    Parcel,
    Receipt,
    UncertainDeliveryError,
    hashes_of,
)
from letters.pack import EncryptedPdf
from rights.errors import ConfigError, InputError

_LINK = re.compile(r"https://[^\s<>\"']{1,1990}")
_PLACES = frozenset({"{file}", "{key}", "{reference}"})


@dataclass(frozen=True, slots=True)
class TransferCommand:
    """The command that the council configures.

    Attributes:
        arguments: The program by its whole path, then its arguments; `{file}`, `{key}` and
            `{reference}` stand for the file to send, the key of the sending and the case.
        timeout: Seconds that it may take.

    Raises:
        ConfigError: The program has no whole path, or no argument names the file.
    """

    arguments: tuple[str, ...]
    timeout: float = 600.0

    def __post_init__(self) -> None:
        if not self.arguments or not Path(self.arguments[0]).is_absolute():
            raise ConfigError(
                "delivery.command_path",
                "The transfer command does not begin with the whole path of a program.",
                "Write it as a list that begins with the path, such as /usr/local/bin/transfer.",
            )
        if not any("{file}" in argument for argument in self.arguments):
            raise ConfigError(
                "delivery.command_file",
                "No argument of the transfer command stands for the file.",
                "Put {file} where the path of the file belongs.",
            )

    def filled(self, file: Path, key: str, reference: str) -> list[str]:
        """The arguments for one file; a place is filled once, so that no value is read as one."""
        values = {"{file}": str(file), "{key}": key, "{reference}": reference}
        pattern = "|".join(re.escape(place) for place in sorted(_PLACES))
        return [re.sub(pattern, lambda m: values[m[0]], argument) for argument in self.arguments]


class TransferDelivery:
    """Hands one locked pack to the council's command; the link it gives is the proof."""

    channel = "transfer"

    def __init__(
        self,
        command: TransferCommand,
        ledger: Ledger,
        working_folder: Callable[[str], AbstractContextManager[Path]],
    ) -> None:
        self._command = command
        self._ledger = ledger
        self._working_folder = working_folder

    def send(self, parcel: Parcel, key: str, now: dt.datetime, attempt: int = 0) -> Receipt:
        """Run the command, or give the receipt of the first time. `proof` is the link.

        Raises:
            InputError: The parcel is anything but one pack under a passphrase.
            RefusedError: The key was used for another parcel.
            DeliveryError: The command said that it kept nothing; trying again is safe.
            UncertainDeliveryError: It did not end in time, or gave no link.
        """
        if len(parcel.items) != 1 or not isinstance(parcel.items[0].content, EncryptedPdf):
            raise InputError(
                "delivery.not_locked",
                "Only one pack under a passphrase may go by secure transfer.",
                "Encrypt the pack; send the letter another way.",
            )
        earlier = self._ledger.begin(key, parcel, attempt)
        if earlier is not None:
            return earlier
        try:
            link = self._run(parcel, key)
        except DeliveryError:
            self._ledger.withdraw(key)
            raise
        receipt = Receipt(key, self.channel, now, parcel.digest, hashes_of(parcel), link)
        self._ledger.confirm(receipt)
        return receipt

    def status(self, key: str) -> DeliveryStatus:
        """What the ledger knows; whether the link was opened, only the transfer service knows."""
        return self._ledger.status(key)

    def _run(self, parcel: Parcel, key: str) -> str:
        (item,) = parcel.items
        with self._working_folder(key) as folder:
            file = folder / item.name
            file.write_bytes(item.content.data)
            code, said = self._ended(self._command.filled(file, key, parcel.reference), folder)
        # What it wrote may name people or hold a password, so none of it is passed on.
        if code < 0:
            raise _uncertain("The transfer command was killed.")
        if code:
            raise _not_sent("The transfer command says that it kept nothing.")
        found = [line.strip() for line in said.split("\n") if line.strip()]
        if len(found) != 1 or not _LINK.fullmatch(found[0]):
            raise _uncertain("The transfer command ended well and gave no link.")
        return found[0]

    def _ended(self, arguments: list[str], folder: Path) -> tuple[int, str]:
        """How the command ended and what it printed; with all that it started, in time."""
        try:
            running = subprocess.Popen(
                arguments,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=folder,
                env={"LANG": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin"},
                process_group=0,
            )
        except OSError:
            raise _not_sent("The transfer command cannot be started.") from None
        with running:
            try:
                said, _ = running.communicate(timeout=self._command.timeout)
            except subprocess.TimeoutExpired:
                os.killpg(running.pid, signal.SIGKILL)
                raise _uncertain("The transfer command did not end in time.") from None
        return running.returncode, said.decode("utf-8", "replace")


def _not_sent(sentence: str) -> DeliveryError:
    return DeliveryError(
        "delivery.not_sent", sentence, "Nothing went out. Mend the command, then try again."
    )


def _uncertain(sentence: str) -> UncertainDeliveryError:
    return UncertainDeliveryError(
        "delivery.uncertain",
        f"{sentence} The pack may lie with the transfer service.",
        "Look there under the key of this sending, then record what you found.",
    )
