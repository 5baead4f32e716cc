"""What every answer of the desk carries, and what every form must prove."""

from __future__ import annotations

import hashlib
import hmac
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 4 << 20
"""Bytes of a form. The longest real one, a cast of hundreds, is far below."""

_POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}


def form_token(secret: str) -> str:
    """The token of every form of a session. Who does not hold the cookie cannot make it."""
    return hmac.new(secret.encode(), b"desk form", hashlib.sha256).hexdigest()


def is_form_token(secret: str, token: str) -> bool:
    """Whether a form's token belongs to the session."""
    return hmac.compare_digest(form_token(secret).encode(), token.encode())


class SafetyHeaders:
    """Sets the headers, refuses forms sent from another site and bodies without bound."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        static = str(scope["path"]).startswith("/static/")

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                if static:
                    headers["Cache-Control"] = "no-cache"
            await send(message)

        await self._app(scope, _bounded(receive), guarded)


def check_origin(headers: Headers) -> None:
    """Refuses a form that another site had the browser send.

    Raises:
        HTTPException: 403.
    """
    origin = headers.get("origin")
    foreign = origin is not None and urlsplit(origin).netloc != headers.get("host")
    if foreign or headers.get("sec-fetch-site") in {"cross-site", "same-site"}:
        raise HTTPException(403)


def _bounded(receive: Receive) -> Receive:
    """Stops reading a body that grows beyond the largest form, whatever its headers said."""
    total = 0

    async def counted() -> Message:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total > LARGEST:
            raise HTTPException(413)
        return message

    return counted
