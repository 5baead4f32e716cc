"""Local accounts and desk sessions. Passwords are kept as Argon2id hashes (RFC 9106)."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from rights.errors import ConflictError, InputError
from rights.store.tables import AccountRow, SignInRow

SHORTEST_PASSWORD = 8
"""Characters; the least that NIST SP 800-63B allows."""
FAILURES_ALLOWED = 5
LOCKED_FOR = dt.timedelta(minutes=15)
_HASHER = PasswordHasher()


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may sign in, and as what: 'officer', 'approver', 'manager', 'dpo'."""

    login: str
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Stored:
    """What checking a password needs."""

    login: str
    password_hash: str
    usable: bool


def plain_login(login: str) -> str:
    """A login without surrounding blanks and differences of case."""
    return login.strip().casefold()


def hashed_password(password: str) -> str:
    """The hash to keep. Takes tens of milliseconds on purpose; hold no transaction meanwhile.

    Raises:
        InputError: the password is too short.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise InputError(
            "account.password",
            f"The password has fewer than {SHORTEST_PASSWORD} characters.",
            "Choose a longer one; three random words do well.",
        )
    return _HASHER.hash(password)


def add(session: Session, login: str, password_hash: str, roles: Iterable[str]) -> Account:
    """Adds an account.

    Raises:
        InputError: the login is empty.
        ConflictError: the login is taken.
    """
    name = plain_login(login)
    if not name:
        raise InputError("account.login", "The login is empty.", "Give a login.")
    if session.get(AccountRow, name) is not None:
        raise ConflictError("account.taken", "This login is taken.", "Choose another one.")
    kept = sorted(set(roles))
    session.add(AccountRow(login=name, password_hash=password_hash, roles=json.dumps(kept)))
    return Account(name, frozenset(kept))


def stored(session: Session, login: str, now: dt.datetime) -> Stored:
    """The hash to check a password against; an unknown login gets one that nothing matches."""
    row = session.get(AccountRow, plain_login(login))
    if row is None:
        return Stored("", _nobody(), usable=False)
    locked = row.locked_until is not None and row.locked_until > now
    return Stored(row.login, row.password_hash, usable=not (locked or row.disabled))


def is_right(found: Stored, password: str) -> bool:
    """Whether the password is right and may be used; takes as long when there is no account."""
    try:
        _HASHER.verify(found.password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
    return found.usable


def note_try(session: Session, login: str, right: bool, now: dt.datetime) -> Account | None:
    """Counts a try; after too many wrong ones the account is locked for a while."""
    row = session.get(AccountRow, login, with_for_update=True)
    if row is None or row.disabled or (row.locked_until is not None and row.locked_until > now):
        return None
    if right:
        row.failures, row.locked_until = 0, None
    else:
        row.failures += 1
        if row.failures >= FAILURES_ALLOWED:
            row.failures, row.locked_until = 0, now + LOCKED_FOR
    session.add(row)
    return _account(row) if right else None


def change_password(session: Session, login: str, password_hash: str) -> None:
    """Sets a new password, unlocks the account and ends its sessions."""
    row = _known(session, login)
    row.password_hash, row.failures, row.locked_until = password_hash, 0, None
    session.add(row)
    revoke_all(session, row.login)


def disable(session: Session, login: str) -> None:
    """Bars an account for good and ends its sessions; its name stays in the journal."""
    row = _known(session, login)
    row.disabled = True
    session.add(row)
    revoke_all(session, row.login)


def sign_in(session: Session, login: str, now: dt.datetime, until: dt.datetime) -> str:
    """A token for a new session; only its hash is kept. Sessions that ran out are removed."""
    row = _known(session, login)
    session.connection().execute(delete(SignInRow).where(col(SignInRow.expires_at) <= now))
    token = secrets.token_urlsafe(32)
    session.add(SignInRow(token_hash=_token_hash(token), login=row.login, expires_at=until))
    return token


def signed_in(session: Session, token: str, now: dt.datetime) -> Account | None:
    """Whose session a token is; None when it ran out, was revoked or never was."""
    found = session.get(SignInRow, _token_hash(token))
    if found is None or found.revoked or found.expires_at <= now:
        return None
    row = session.get(AccountRow, found.login)
    return None if row is None or row.disabled else _account(row)


def revoke(session: Session, token: str) -> None:
    """Ends one session."""
    session.connection().execute(
        update(SignInRow)
        .where(col(SignInRow.token_hash) == _token_hash(token))
        .values(revoked=True)
    )


def revoke_all(session: Session, login: str) -> None:
    """Ends every session of an account."""
    session.connection().execute(
        update(SignInRow).where(col(SignInRow.login) == plain_login(login)).values(revoked=True)
    )


def all_accounts(session: Session) -> list[Account]:
    """Accounts that may sign in, by login."""
    rows = session.exec(
        select(AccountRow)
        .where(col(AccountRow.disabled).is_(False))
        .order_by(col(AccountRow.login))
    )
    return [_account(row) for row in rows]


def _account(row: AccountRow) -> Account:
    return Account(row.login, frozenset(json.loads(row.roles)))


def _known(session: Session, login: str) -> AccountRow:
    row = session.get(AccountRow, plain_login(login))
    if row is None or row.disabled:
        raise InputError(
            "account.unknown", "There is no such account.", "Ask an administrator to add it."
        )
    return row


def _token_hash(token: str) -> str:
    # The token is random, so a plain hash is enough to keep it from readers of the database.
    return hashlib.sha256(token.encode()).hexdigest()


@cache
def _nobody() -> str:
    return _HASHER.hash(secrets.token_urlsafe(16))
