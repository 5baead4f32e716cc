"""What every page needs: who is signed in, the form that was sent, and how a page is made."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, cast
from urllib.parse import quote

from fastapi import Depends, Request
from jinja2 import Environment
from starlette.background import BackgroundTask
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from casework.office import Office
from casework.questions import SignedIn
from casework.review import Review, Shelf
from casework.signin import of_account
from desk.safety import check_origin, form_token, is_form_token
from rights.release import CaseRef

SESSION = "desk_session"
BEFORE = "desk_before"
"""Cookie of a visitor who has not signed in yet: the secret of the sign-in form."""
LASTS = dt.timedelta(hours=9)
"""A working day; then people sign in again."""
MOST_FIELDS = 6000
_LOCAL = re.compile(r"/cases/[A-Z0-9-]{1,40}(/[A-Za-z0-9_./-]*)?")


@dataclass(frozen=True)
class Desk:
    """What the whole desk works with.

    Attributes:
        nudge: Starts the next stage of a case; called after every answer.
    """

    office: Office
    shelf: Shelf
    nudge: Callable[[str], None]
    pages: Environment


class NotSignedInError(Exception):
    """Nobody is signed in; `where` is the sign-in page with the way back."""

    def __init__(self, where: str) -> None:
        super().__init__()
        self.where = where


@dataclass(frozen=True)
class Sent:
    """A form whose token was checked."""

    data: FormData

    def text(self, name: str) -> str:
        """One field without surrounding blanks; '' when it was not sent."""
        value = self.data.get(name)
        return value.strip() if isinstance(value, str) else ""

    def lines(self, name: str) -> list[str]:
        """A field with one entry a line."""
        return [line.strip() for line in self.text(name).splitlines() if line.strip()]

    def every(self, name: str) -> list[str]:
        """All values of a field that may be sent more than once."""
        return [v.strip() for v in self.data.getlist(name) if isinstance(v, str)]

    def starting(self, prefix: str) -> dict[str, str]:
        """Fields whose names begin alike, by the rest of the name; empty ones left out."""
        return {
            name.removeprefix(prefix): value.strip()
            for name, value in self.data.items()
            if name.startswith(prefix) and isinstance(value, str) and value.strip()
        }


@dataclass(frozen=True)
class Visit:
    """One request by a signed-in person."""

    request: Request
    desk: Desk
    who: SignedIn
    token: str

    @property
    def office(self) -> Office:
        """The office the desk belongs to."""
        return self.desk.office

    @property
    def login(self) -> str:
        """Who it is."""
        return self.who.actor.login

    def journal(self, what: str, ref: CaseRef | None = None) -> None:
        """Write down that personal data were looked at."""
        self.office.store.journal_access(self.login, what, ref)

    def review(self, ref: str) -> Review:
        """The case's review as it stands."""
        return self.desk.shelf.open(self.office.known(ref))

    def page(self, template: str, /, status: int = 200, **context: object) -> Response:
        """A page from a template."""
        shared = {
            "who": self.who,
            "form_token": form_token(self.token),
            "saved": self.request.query_params.get("saved", ""),
            "today": self.office.today(),
        }
        body = self.desk.pages.get_template(template).render(**shared, **context)
        return HTMLResponse(body, status)

    def back(self, path: str, *, saved: bool = True) -> Response:
        """Go to a page after something was recorded."""
        where, _, place = path.partition("#")
        url = where + ("?saved=1" if saved else "") + (f"#{place}" if place else "")
        return RedirectResponse(url, 303)

    def recorded(self, ref: str, path: str) -> Response:
        """Go to a page after an answer, and start whatever stage it makes possible."""
        answer = self.back(path)
        answer.background = BackgroundTask(self.desk.nudge, ref)
        return answer


def desk_of(request: Request) -> Desk:
    """The desk that serves a request."""
    return cast(Desk, request.app.state.desk)


def signed_in(request: Request) -> Visit:
    """The visit of a signed-in person.

    Raises:
        NotSignedInError: nobody is, or not any more.
    """
    desk = desk_of(request)
    token = request.cookies.get(SESSION, "")
    account = desk.office.store.session_account(token) if token else None
    if account is None:
        path = request.url.path
        way_back = f"?to={quote(path)}" if request.method == "GET" and is_local(path) else ""
        raise NotSignedInError(f"/sign-in{way_back}")
    return Visit(request, desk, of_account(account), token)


async def sent(request: Request) -> Sent:
    """The form of a request, once its token is proved to be of this session.

    Raises:
        HTTPException: 403 when it is not.
    """
    check_origin(request.headers)
    data = await request.form(max_files=0, max_fields=MOST_FIELDS)
    secret = request.cookies.get(SESSION) or request.cookies.get(BEFORE, "")
    token = data.get("form_token")
    if not secret or not isinstance(token, str) or not is_form_token(secret, token):
        raise HTTPException(403)
    return Sent(data)


Signed = Annotated[Visit, Depends(signed_in)]
Form = Annotated[Sent, Depends(sent)]


def is_local(path: str) -> bool:
    """Whether a path leads to a case page of this desk and nowhere else."""
    return _LOCAL.fullmatch(path) is not None and ".." not in path


def new_secret() -> str:
    """A random secret for a cookie."""
    return secrets.token_urlsafe(32)


def error_page(request: Request, sentence: str, next_step: str, status: int) -> Response:
    """The sentence and the next step, and nothing else."""
    template = desk_of(request).pages.get_template("error.html")
    return HTMLResponse(template.render(sentence=sentence, next_step=next_step), status)
