"""Emails: who wrote what to whom, with the whole thread, and everything that hangs on it."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator, Sequence
from email.message import Message
from typing import Any, cast

from redaction.document import Attachment, HiddenItem, HiddenKind, Unreadable
from redaction.formats.account import Passage
from redaction.formats.markup import Markup, read_markup
from redaction.formats.plain import decode
from redaction.formats.typeset import TOOL, escape, facts, typeset
from redaction.formats.view import View

_SHOWN = (
    "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Date", "Subject", "Importance", "Resent-From",
    "Resent-To", "Resent-Date",
)  # fmt: skip
_ENCRYPTED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})


def view_mail(data: bytes) -> View:
    """The message as its reader saw it: HTML if there is any, else plain text."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    view = View(tools=[TOOL])
    headers = list(_headers(message))
    for name, value in headers:
        if name not in _SHOWN:
            view.hidden.append(HiddenItem(HiddenKind.HEADER, f"mail header {name}", value))
    plain: list[str] = []
    rich: list[str] = []
    pictures: dict[str, tuple[str, bytes]] = {}
    _walk(message, plain, rich, pictures, view)
    shown = [(n, v) for want in _SHOWN for n, v in headers if n == want]
    set_out(view, shown, plain, rich, pictures)
    return view


def set_out(
    view: View,
    headers: Sequence[tuple[str, str]],
    plain: Sequence[str],
    rich: Sequence[str],
    pictures: dict[str, tuple[str, bytes]],
) -> None:
    """Sets headers and body on pages; what the HTML leaves out of the plain text is accounted for.

    Args:
        view: Filled in place.
        headers: Names and values to show at the top.
        plain: Plain-text bodies.
        rich: HTML bodies.
        pictures: Media type and bytes by content id.
    """
    made = [read_markup(text, pictures) for text in rich]
    body = "".join(m.body for m in made if m.body)
    if not body.strip():
        body = "".join(f'<div class="text">{escape(text)}</div>' for text in plain)
    if not body.strip():
        body = '<p class="note">The message has no text.</p>'
    view.pdf = typeset(f"{facts(headers)}<hr>{body}", foreign=bool(rich))
    view.passages += [Passage(f"mail header {n}", v, HiddenKind.HEADER) for n, v in headers]
    view.passages += [
        Passage("plain-text body", line, HiddenKind.HIDDEN_TEXT)
        for text in plain
        for line in text.splitlines()
        if line.strip()
    ]
    for one in made:
        view.hidden += one.hidden
        view.passages += one.passages
    _unused_pictures(view, made, pictures)


def _unused_pictures(
    view: View, made: Sequence[Markup], pictures: dict[str, tuple[str, bytes]]
) -> None:
    used = {content_id for one in made for content_id in one.used}
    for content_id, (media, data) in pictures.items():
        if content_id not in used:
            attach(view, Attachment(f"inline-picture.{media.rpartition('/')[2]}", data))


def attach(view: View, attachment: Attachment) -> None:
    """Hands the file on and tells the reviewer of it."""
    view.attachments.append(attachment)
    view.hidden.append(HiddenItem(HiddenKind.ATTACHMENT, "attached file", attachment.name))


def _headers(message: Message) -> Iterator[tuple[str, str]]:
    for name, value in message.raw_items():
        try:
            shown = str(message.policy.header_fetch_parse(name, value))
        except (ValueError, IndexError, AttributeError, TypeError, LookupError):
            # The parser of the standard library gives up on some real headers; the raw value
            # is still what was sent.
            shown = str(value)
        known = next((s for s in _SHOWN if s.lower() == name.lower()), name)
        text = " ".join(shown.encode("utf-8", "replace").decode("utf-8").split())
        if text:
            yield known, text


def _walk(
    entity: Message,
    plain: list[str],
    rich: list[str],
    pictures: dict[str, tuple[str, bytes]],
    view: View,
) -> None:
    kind = entity.get_content_type()
    name = _file_name(entity)
    if kind == "message/rfc822":
        inner: Any = entity.get_payload()
        for message in inner if isinstance(inner, list) else ():
            attach(view, Attachment(name or "message.eml", message.as_bytes()))
        return
    if entity.is_multipart():
        for child in cast("list[Message]", entity.get_payload()):
            _walk(child, plain, rich, pictures, view)
        return
    content = entity.get_payload(decode=True)
    data = content if isinstance(content, bytes) else b""
    if kind in _ENCRYPTED:
        view.unreadable.append(
            Unreadable(
                "mail.encrypted",
                "The message is encrypted or sealed by S/MIME.",
                "Ask its reader to save it without encryption, and add that to the case.",
            )
        )
    attached = entity.get_content_disposition() == "attachment" or bool(name)
    if kind == "text/plain" and not attached:
        plain.append(decode(data, entity.get_content_charset() or ""))
    elif kind == "text/html" and not attached:
        rich.append(decode(data, entity.get_content_charset() or ""))
    elif kind.startswith("image/") and entity.get("Content-ID"):
        pictures[str(entity["Content-ID"]).strip("<> ")] = (kind, data)
    elif data:
        attach(view, Attachment(name or f"part.{kind.rpartition('/')[2]}", data))


def _file_name(entity: Message) -> str:
    try:
        return " ".join((entity.get_filename() or "").split())
    except (ValueError, IndexError, LookupError, TypeError, AttributeError):
        return "attachment"
