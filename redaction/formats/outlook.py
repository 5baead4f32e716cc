"""Outlook's own message files ([MS-OXMSG]), set out like any email."""

from __future__ import annotations

from importlib.metadata import version
from io import BytesIO

from oxmsg import Message

from redaction.document import Attachment, HiddenItem, HiddenKind, Unreadable
from redaction.formats.container import damaged
from redaction.formats.mail import attach, set_out
from redaction.formats.typeset import TOOL
from redaction.formats.view import View

_KINDS = {1: "To", 2: "Cc", 3: "Bcc"}
_RECIPIENT_TYPE = 0x0C15
_CONTENT_ID = 0x3712


def view_outlook(data: bytes) -> View:
    """The message with its recipients (Bcc too), body, inline pictures and attachments."""
    view = View(tools=[f"python-oxmsg {version('python-oxmsg')}", TOOL])
    try:
        message = Message.load(BytesIO(data))
        headers = _headers(message)
        rich, plain = message.html_body or "", message.body or ""
        transport = message.message_headers
    except (OSError, ValueError, KeyError, IndexError, AssertionError, LookupError) as error:
        raise damaged() from error
    shown = {name.lower() for name, _ in headers}
    for name, value in transport.items():
        text = " ".join(str(value).split())
        if text and (name.lower() not in shown or name.lower() == "date"):
            view.hidden.append(HiddenItem(HiddenKind.HEADER, f"mail header {name}", text))
    pictures = _attachments(message, view)
    if not rich and not plain:
        view.unreadable.append(
            Unreadable(
                "mail.no_text",
                "The message has no text in a form that can be read here.",
                "Open it in Outlook and see whether it is really empty.",
            )
        )
    set_out(view, headers, [plain] if plain else [], [rich] if rich else [], pictures)
    return view


def _headers(message: Message) -> list[tuple[str, str]]:
    rows = [("From", message.sender or "")]
    people: dict[str, list[str]] = {"To": [], "Cc": [], "Bcc": []}
    for one in message.recipients:
        kind = one.properties.int_prop_value(_RECIPIENT_TYPE) or 1
        name, address = one.name or "", one.email_address or ""
        told = f"{name} <{address}>" if address and address != name else name
        people[_KINDS.get(kind & 0xF, "To")].append(told)
    rows += [(kind, "; ".join(names)) for kind, names in people.items()]
    sent = message.sent_date
    rows.append(("Date", sent.strftime("%d/%m/%Y %H:%M UTC") if sent else ""))
    rows.append(("Subject", message.subject))
    return [(name, value) for name, value in rows if value.strip()]


def _attachments(message: Message, view: View) -> dict[str, tuple[str, bytes]]:
    pictures: dict[str, tuple[str, bytes]] = {}
    for one in message.attachments:
        name = one.file_name or "attachment"
        content = one.file_bytes
        if content is None:
            view.hidden.append(HiddenItem(HiddenKind.ATTACHMENT, "attached message", name))
            view.unreadable.append(
                Unreadable(
                    "mail.attachment",
                    "A message or object attached to this message cannot be taken out of it.",
                    "Open it in Outlook, save the attachment, and add that to the case.",
                )
            )
            continue
        media = one.mime_type or ""
        content_id = one.properties.str_prop_value(_CONTENT_ID) or ""
        if content_id and media.startswith("image/"):
            pictures[content_id.strip("<> ")] = (media, content)
        else:
            attach(view, Attachment(name, content))
    return pictures
