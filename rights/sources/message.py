"""Reading one email for searching: headers, text, names of attachments."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any, cast

import oxmsg

from rights.errors import UnreadableError

_HEADERS = ("From", "To", "Cc", "Bcc", "Reply-To", "Sender", "Subject")
_THREAD = ("Message-ID", "In-Reply-To", "References")
_ID = re.compile(r"<[^<>\s]+>")
_TAG = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]*>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mail:
    """What a message says where it is searched.

    Attributes:
        thread: Its own Message-ID and those it answers or refers to.
    """

    subject: str
    date: dt.date | None
    text: str
    thread: frozenset[str] = frozenset()


def _unreadable(error: Exception) -> UnreadableError:
    return UnreadableError(
        "sources.message_unreadable",
        f"A message cannot be read ({type(error).__name__}).",
        "A person must open it in the mailbox and say whether it concerns the person.",
    )


def read_eml(data: bytes) -> Mail:
    """Reads an RFC 5322 message, with messages attached to it.

    Raises:
        UnreadableError: When it is no message, or its parts cannot be decoded.
    """
    try:
        message = message_from_bytes(data, policy=policy.default)
        if not message.keys():
            raise ValueError("no headers")
        parts = list(_eml_parts(message))
        subject = str(message.get("Subject") or "")
        date = _date(str(message.get("Date") or ""))
        thread = _ids(str(message.get(name) or "") for name in _THREAD)
    except (ValueError, LookupError, TypeError, AttributeError, IndexError) as error:
        # The standard parser lets these through on malformed headers.
        raise _unreadable(error) from None
    return Mail(subject, date, "\n\n".join(parts), thread)


def _ids(values: Iterable[str]) -> frozenset[str]:
    return frozenset(found for value in values for found in _ID.findall(value))


def _eml_parts(message: EmailMessage) -> Iterator[str]:
    for part in message.walk():
        for header in _HEADERS:
            yield from (str(value) for value in part.get_all(header, []))
        if name := part.get_filename():
            yield name
        if part.get_content_maintype() == "text":
            payload = cast("bytes", part.get_payload(decode=True) or b"")
            text = _decode(payload, part.get_content_charset())
            yield _plain(text) if part.get_content_subtype() == "html" else text


def _decode(payload: bytes, charset: str | None) -> str:
    try:
        return payload.decode(charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return payload.decode("cp1252", errors="replace")


def _plain(html: str) -> str:
    return unescape(_TAG.sub(" ", html))


def _date(text: str) -> dt.date | None:
    try:
        return parsedate_to_datetime(text).date()
    except ValueError:
        return None


def read_msg(data: bytes) -> Mail:
    """Reads an Outlook message.

    Raises:
        UnreadableError: When it is not one, or is damaged.
    """
    try:
        message: Any = oxmsg.Message.load(io.BytesIO(data))
        sent: Any = message.sent_date
        recipients = [f"{r.name} {r.email_address}" for r in message.recipients]
        names = [str(a.file_name or "") for a in message.attachments]
        named = {str(k).casefold(): str(v) for k, v in message.message_headers.items()}
        headers = list(named.values())
        thread = _ids(named.get(name.casefold(), "") for name in _THREAD)
        html = _plain(str(message.html_body or ""))
        parts = [message.subject, message.sender, message.body, html]
        text = "\n\n".join(str(p) for p in [*parts, *recipients, *names, *headers] if p)
        subject = str(message.subject or "")
    except Exception as error:
        # The parser of compound files raises whatever it stumbles over.
        raise _unreadable(error) from None
    return Mail(subject, sent.date() if sent else None, text, thread)
