"""Signing in and out with a local account."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from casework.signin import check
from desk.errors import status_of
from desk.safety import form_token
from desk.web import BEFORE, LASTS, SESSION, Form, Signed, desk_of, is_local, new_secret
from rights.errors import RefusedError

router = APIRouter()


@router.get("/sign-in")
def sign_in_page(request: Request, to: str = "") -> Response:
    """The form; the way back may only be a page of a case."""
    return _form(request, to if is_local(to) else "")


@router.post("/sign-in")
def sign_in(request: Request, form: Form) -> Response:
    """Check login and password and begin a session."""
    desk = desk_of(request)
    to = form.text("to") if is_local(form.text("to")) else ""
    try:
        # The password is taken as typed: blanks at its ends belong to it.
        who = check(desk.office, form.text("login"), str(form.data.get("password", "")))
    except RefusedError as error:
        return _form(request, to, error)
    token = desk.office.store.open_session(who.actor.login, LASTS)
    desk.office.store.journal_access(who.actor.login, "signed in")
    answer = RedirectResponse(to or "/", 303)
    _cookie(request, answer, SESSION, token)
    answer.delete_cookie(BEFORE)
    return answer


@router.post("/sign-out")
def sign_out(visit: Signed, form: Form) -> Response:
    """End the session."""
    visit.office.store.end_session(visit.token)
    answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(SESSION)
    return answer


def _form(request: Request, to: str, error: RefusedError | None = None) -> Response:
    secret = new_secret()
    body = desk_of(request).pages.get_template("sign_in.html")
    page = HTMLResponse(
        body.render(form_token=form_token(secret), to=to, error=error),
        status_of(error) if error else 200,
    )
    page.delete_cookie(SESSION)
    _cookie(request, page, BEFORE, secret)
    return page


def _cookie(request: Request, answer: Response, name: str, value: str) -> None:
    secure = request.url.scheme == "https"
    answer.set_cookie(name, value, httponly=True, samesite="strict", secure=secure, path="/")
