"""The desk as an application."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse

# What an answer checks and does is registered by these modules; without them no gate stands.
from casework import approve, dispatch, letter_words, match, people, topics
from casework.office import Office
from casework.review import Shelf
from desk.errors import LastResort, add_handlers
from desk.pages import environment
from desk.routes import ROUTERS
from desk.safety import SafetyHeaders
from desk.web import Desk

GATES = (approve, dispatch, letter_words, match, people, topics)
_LOOPBACK = ("127.0.0.1", "localhost")


def create_app(office: Office, nudge: Callable[[str], None]) -> FastAPI:
    """The desk's pages over an office.

    Args:
        office: Store, law, council and clock.
        nudge: Called with a case reference after every answer, so that the next stage starts.
    """
    app = FastAPI(title="Rightsdesk", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk = Desk(office, Shelf(office), nudge, environment())
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    app.add_api_route("/healthz", _healthz, methods=["GET"], include_in_schema=False)
    add_handlers(app)
    # The last one added stands outermost.
    app.add_middleware(LastResort)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(_hosts(office)))
    app.add_middleware(SafetyHeaders)
    return app


def _healthz() -> PlainTextResponse:
    return PlainTextResponse("ok")


def _hosts(office: Office) -> tuple[str, ...]:
    own = urlsplit(office.settings.desk_url).hostname
    return (*_LOOPBACK, own) if own else _LOOPBACK
