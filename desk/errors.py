"""Every failure becomes a page with one sentence and the next step, and nothing else."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desk.web import NotSignedInError, error_page
from rights.errors import (
    ConflictError,
    InputError,
    RefusedError,
    RightsdeskError,
    UnreadableError,
)

log = logging.getLogger(__name__)

_STATUS: tuple[tuple[type[RightsdeskError], int], ...] = (
    (ConflictError, 409),
    (RefusedError, 403),
    (InputError, 422),
    (UnreadableError, 422),
)
_NOT_FOUND = frozenset({"case.unknown", "vault.unknown_file", "review.page", "desk.no_file"})
_PLAIN = {
    403: ("This is not allowed.", "Go back to the start."),
    404: ("There is no such page.", "Go back to the start, or check the reference."),
    405: ("This page cannot be used like this.", "Go back to the start."),
    413: ("What was sent is too large.", "Send less at a time."),
}


def add_handlers(app: FastAPI) -> None:
    """Turns exceptions into pages."""
    app.add_exception_handler(RightsdeskError, _ours)
    app.add_exception_handler(NotSignedInError, _sign_in)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _not_found)


def status_of(error: RightsdeskError) -> int:
    """The HTTP status that fits an error."""
    if error.code in _NOT_FOUND or error.code.startswith("reference."):
        return 404
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, RightsdeskError)
    log.info("refused: %s", error.code)
    return error_page(request, error.sentence, error.next_step, status_of(error))


def _sign_in(request: Request, error: Exception) -> Response:
    assert isinstance(error, NotSignedInError)
    if request.headers.get("HX-Request"):
        return Response(status_code=401, headers={"HX-Redirect": error.where})
    return RedirectResponse(error.where, status_code=303)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    sentence, next_step = _PLAIN.get(error.status_code, _PLAIN[404])
    return error_page(request, sentence, next_step, error.status_code)


def _not_found(request: Request, _error: Exception) -> Response:
    return error_page(request, *_PLAIN[404], 404)


class LastResort:
    """Answers what nobody foresaw without a traceback: one could quote personal data in a log."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            log.error("unexpected: %s (text withheld)", type(error).__name__)
            if scope["type"] == "http" and not begun:
                page = error_page(
                    Request(scope),
                    "Something unexpected went wrong. Nothing was lost.",
                    "Go back and try again; if it happens again, tell an administrator.",
                    500,
                )
                await page(scope, receive, send)
