"""Outlook's `winmail.dat` ([MS-OXTNEF]): a message wrapped up so that only Outlook opens it."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import tnefparse

from redaction.document import Attachment, HiddenItem, HiddenKind
from redaction.formats.container import damaged
from redaction.formats.mail import attach, set_out
from redaction.formats.plain import decode
from redaction.formats.rtf import unpack
from redaction.formats.typeset import TOOL
from redaction.formats.view import View
from rights.errors import UnreadableError

_SUBJECTS = ("MAPI_SUBJECT", "MAPI_CONVERSATION_TOPIC")
_TNEF: Any = tnefparse.TNEF


def view_winmail(data: bytes) -> View:
    """Subject and body as far as the wrapping holds them; its files become documents."""
    view = View(tools=[f"tnefparse {version('tnefparse')}", TOOL])
    try:
        parts: Any = _TNEF(data)
        said = {str(p.name_str): _text(p.data) for p in parts.mapiprops}
        plain, rich = _text(parts.body), _text(parts.htmlbody)
        packed = parts.rtfbody
        files = [(str(a.long_filename() or "attachment"), bytes(a.data)) for a in parts.attachments]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError) as error:
        raise damaged() from error
    subject = next((said[name] for name in _SUBJECTS if said.get(name)), "")
    for name, value in said.items():
        if value and name not in _SUBJECTS:
            view.hidden.append(HiddenItem(HiddenKind.METADATA, "property of the message", value))
    if isinstance(packed, bytes) and packed:
        _attach_rtf(packed, view)
    set_out(view, [("Subject", subject)], [plain] if plain else [], [rich] if rich else [], {})
    for name, content in files:
        if content:
            attach(view, Attachment(name, content))
    return view


def _attach_rtf(packed: bytes, view: View) -> None:
    """The body in rich text is a document of its own: LibreOffice prints it."""
    try:
        attach(view, Attachment("message.rtf", unpack(packed)))
    except ValueError:
        error: UnreadableError = damaged()
        raise error from None


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return "" if b"\0" in value else decode(value)
    return value if isinstance(value, str) else ""
