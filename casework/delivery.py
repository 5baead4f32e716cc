"""The adapters that send: the council's ways joined to the installation's settings."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pikepdf

from casework.office import Office
from casework.ways import Channel, LetterWay
from letters.delivery.folder import FolderDelivery
from letters.delivery.ledger import Ledger
from letters.delivery.notify import NotifyAccount, NotifyDelivery
from letters.delivery.parcel import Delivery
from letters.delivery.smtp import SmtpDelivery, SmtpServer
from letters.delivery.split import SplitDelivery
from letters.delivery.transfer import TransferCommand, TransferDelivery
from letters.parts import Window
from letters.render import LetterPdf
from rights.errors import ConfigError


def delivery_for(office: Office, channel: Channel) -> Delivery:
    """What sends the letter and pack of a case whose requester chose this channel.

    Raises:
        ConfigError: The council chose a way that the installation's settings do not describe.
    """
    way = office.council.ways.of(channel)
    if way.letter == way.pack == "folder":
        return FolderDelivery(office.settings.outbox)
    if way.letter == way.pack == "smtp":
        return _smtp(office)
    letter = _LETTERS[way.letter](office, channel)
    if way.pack == "transfer":
        return SplitDelivery(letter, _transfer(office), with_link=True)
    return SplitDelivery(letter, FolderDelivery(office.settings.outbox), with_link=False)


def letter_delivery_for(office: Office, channel: Channel) -> Delivery:
    """What sends a letter that has no pack, such as an acknowledgement.

    Raises:
        ConfigError: As `delivery_for`.
    """
    return _LETTERS[office.council.ways.of(channel).letter](office, channel)


def window_for(office: Office, channel: Channel) -> Window:
    """Where the address stands in a letter: in the window of the envelope that it travels in."""
    if channel != "post":
        return Window.NONE
    return Window.NOTIFY if office.council.ways.post.letter == "notify" else Window.DL


def letter_of(data: bytes, kind: str, reference: str) -> LetterPdf:
    """A letter of ours as it was kept, with its hash and pages counted from the bytes."""
    with pikepdf.open(BytesIO(data)) as pdf:
        pages = len(pdf.pages)
    return LetterPdf(data, sha256(data).hexdigest(), pages, kind, reference)


def _folder(office: Office, channel: Channel) -> Delivery:
    return FolderDelivery(office.settings.outbox)


def _smtp(office: Office, channel: Channel = "email") -> Delivery:
    settings, letterhead = office.settings, office.council.letterhead
    if not settings.answers_smtp_host:
        raise _missing("RIGHTS_ANSWERS_SMTP_HOST", "a mail server for answers")
    server = SmtpServer(
        host=settings.answers_smtp_host,
        port=settings.answers_smtp_port,
        starttls=settings.answers_smtp_tls,
        user=settings.answers_smtp_user,
        password=_secret(settings.answers_smtp_password_file, "the password of the mail server"),
    )
    ledger = Ledger(settings.sendings / "smtp")
    return SmtpDelivery(server, letterhead.email, letterhead.council, ledger)


def _notify(office: Office, channel: Channel) -> Delivery:
    settings = office.settings
    if settings.notify_key_file is None:
        raise _missing("RIGHTS_NOTIFY_KEY_FILE", "the key of the council's service at Notify")
    account = NotifyAccount(
        url=settings.notify_url.rstrip("/"),
        key=_secret(settings.notify_key_file, "the key for Notify"),
        template=settings.notify_email_template,
    )
    by_post = channel == "post"
    ledger = Ledger(settings.sendings / ("notify-post" if by_post else "notify-email"))
    return NotifyDelivery(account, ledger, office.clock, by_post=by_post)


def _transfer(office: Office) -> Delivery:
    settings = office.settings
    if not settings.transfer_command:
        raise _missing("RIGHTS_TRANSFER_COMMAND", "a command for secure transfer")
    command = TransferCommand(settings.transfer_command, settings.transfer_seconds)
    return TransferDelivery(command, Ledger(settings.sendings / "transfer"), office.scratch.job)


_LETTERS: dict[LetterWay, Callable[[Office, Channel], Delivery]] = {
    "folder": _folder,
    "smtp": _smtp,
    "notify": _notify,
}


def _secret(file: Path | None, what: str) -> str:
    if file is None:
        return ""
    try:
        return file.read_text("utf-8").strip()
    except OSError:
        raise ConfigError(
            "delivery.secret_missing",
            f"The file with {what} cannot be read.",
            "Put it where the setting says, readable by this service only.",
        ) from None


def _missing(setting: str, what: str) -> ConfigError:
    return ConfigError(
        "delivery.not_set",
        f"The council sends by a way that needs {what}, and none is set.",
        f"Set {setting}, or choose another way in council.yaml under delivery.ways.",
    )
