"""Delivery by email through the council's own mail server (RFC 5321, RFC 5322)."""

from __future__ import annotations

import datetime as dt
import hashlib
import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import format_datetime

from letters.delivery.ledger import Ledger
from letters.delivery.parcel import (
    DeliveryError,
    DeliveryStatus,
    Parcel,
    Receipt,
    UncertainDeliveryError,
    hashes_of,
)
from rights.errors import InputError
from rights.release import ReleasablePdf

_TEXT = (
    "Hello,\n\n"
    "Please find attached what we are sending you about your request {reference}.\n\n"
    "{link}"
    "If this message was not meant for you, please tell us by replying, and delete it.\n\n"
    "{sender}\n"
)
_LINK = (
    "The documents themselves are here, under a passphrase that we tell you another way:\n"
    "{link}\n\n"
)


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """The mail server to hand messages to. `starttls` is off only for a server on this machine."""

    host: str
    port: int
    starttls: bool = True
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 30.0
    """Seconds to wait for each answer."""


class SmtpDelivery:
    """Sends each parcel as one message; a pack only under a passphrase."""

    channel = "smtp"

    def __init__(self, server: SmtpServer, sender: str, sender_name: str, ledger: Ledger) -> None:
        self._server = server
        self._sender = sender
        self._name = sender_name
        self._ledger = ledger

    def send(self, parcel: Parcel, key: str, now: dt.datetime, attempt: int = 0) -> Receipt:
        """Send the message, or give the receipt of the first time.

        Raises:
            InputError: There is no address, or a pack is not under a passphrase.
            RefusedError: The key was used for another parcel.
            DeliveryError: The server did not take it; trying again is safe.
            UncertainDeliveryError: The line broke when the server may already have taken it.
        """
        message = self._message(parcel, key, now)
        earlier = self._ledger.begin(key, parcel, attempt)
        if earlier is not None:
            return earlier
        try:
            self._hand_over(message)
        except DeliveryError:
            self._ledger.withdraw(key)
            raise
        receipt = Receipt(
            key, self.channel, now, parcel.digest, hashes_of(parcel), str(message["Message-ID"])
        )
        self._ledger.confirm(receipt)
        return receipt

    def status(self, key: str) -> DeliveryStatus:
        """What the ledger knows; a mail server tells no more."""
        return self._ledger.status(key)

    def _message(self, parcel: Parcel, key: str, now: dt.datetime) -> EmailMessage:
        if parcel.to.count("@") != 1 or any(c.isspace() or c in "<>," for c in parcel.to):
            raise InputError(
                "delivery.no_email",
                "There is no single email address to send to.",
                "Enter the address, or send it another way.",
            )
        if any(isinstance(item.content, ReleasablePdf) for item in parcel.items):
            raise InputError(
                "delivery.pack_in_clear",
                "A pack may not go by email without a passphrase.",
                "Encrypt the pack and send the passphrase another way.",
            )
        message = EmailMessage()
        message["From"] = self._sender
        message["To"] = parcel.to
        message["Subject"] = f"Your request {parcel.reference}"
        message["Date"] = format_datetime(now)
        # The same for every attempt, so that a copy can be recognised as one.
        name = hashlib.sha256(key.encode()).hexdigest()[:32]
        message["Message-ID"] = f"<{name}@{self._sender.rpartition('@')[2]}>"
        link = _LINK.format(link=parcel.link) if parcel.link else ""
        message.set_content(
            _TEXT.format(reference=parcel.reference, sender=self._name, link=link), cte="8bit"
        )
        for item in parcel.items:
            message.add_attachment(
                item.content.data, maintype="application", subtype="pdf", filename=item.name
            )
        return message

    def _hand_over(self, message: EmailMessage) -> None:
        # Errors of smtplib quote addresses and server lines, so none is passed on.
        server = self._server
        try:
            line = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
        except (OSError, smtplib.SMTPException):
            raise _not_sent("The mail server does not answer.") from None
        try:
            self._prepare(line)
            try:
                refused = line.send_message(message)
            except smtplib.SMTPResponseException as answer:
                if answer.smtp_code == -1:
                    raise _uncertain() from None
                raise _not_sent("The mail server refused the message.") from None
            except smtplib.SMTPRecipientsRefused:
                raise _not_sent("The mail server refused the address.") from None
            except (OSError, smtplib.SMTPException):
                raise _uncertain() from None
            if refused:
                raise _not_sent("The mail server refused the address.")
        finally:
            line.close()

    def _prepare(self, line: smtplib.SMTP) -> None:
        try:
            line.ehlo()
            if self._server.starttls:
                line.starttls(context=ssl.create_default_context())
                line.ehlo()
            if self._server.user:
                line.login(self._server.user, self._server.password)
        except (OSError, smtplib.SMTPException):
            raise _not_sent("The mail server refused the connection.") from None


def _not_sent(sentence: str) -> DeliveryError:
    return DeliveryError(
        "delivery.not_sent", sentence, "Nothing went out. Check the server, then try again."
    )


def _uncertain() -> UncertainDeliveryError:
    return UncertainDeliveryError(
        "delivery.uncertain",
        "The connection broke while the message was handed over; it may have been sent.",
        "Ask the recipient or the mail server, then record what you found.",
    )
