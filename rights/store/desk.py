"""The store's part for the desk: finding cases by name, accounts, and sessions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from rights.release import CaseRef
from rights.store import access, accounts, journal, lookup
from rights.store.access import Access
from rights.store.accounts import Account
from rights.store.core import StoreCore


class DeskStore(StoreCore):
    """Look-up, access log, accounts and sessions."""

    def index_names(self, case: CaseRef, parts: Iterable[str]) -> None:
        """Makes a case findable by these names. Safe to repeat.

        Raises:
            InputError: there is no such case.
            RefusedError: the key of the case was destroyed.
        """
        hashed = lookup.digests(self._keys.key(lookup.KEY_NAME), parts)
        with self._database.write() as session:
            journal.lock_case(session, case)
            journal.refuse_destroyed(session, case)
            lookup.index(session, case, hashed)

    def find_by_name(self, parts: Iterable[str], actor: str) -> list[CaseRef]:
        """Cases with all of these parts of a name; who asked and what came up is journaled."""
        hashed = lookup.digests(self._keys.key(lookup.KEY_NAME), parts)
        with self._database.write() as session:
            found = lookup.find(session, hashed)
            self._database.serialise(session, "access log")
            for case in found or [""]:
                what = "name look-up found" if case else "name look-up found nothing"
                access.add(session, Access(self._now(), actor, what, case))
        return found

    def accesses(self, case: CaseRef | None = None) -> list[Access]:
        """What the access log holds about a case, or all of it, oldest first."""
        with self._database.read() as session:
            return access.entries(session, case)

    def add_account(self, login: str, password: str, roles: Iterable[str]) -> Account:
        """Adds a person who may sign in.

        Raises:
            InputError: the login is empty or the password too short.
            ConflictError: the login is taken.
        """
        hashed = accounts.hashed_password(password)
        with self._database.write() as session:
            return accounts.add(session, login, hashed, roles)

    def accounts(self) -> list[Account]:
        """The people who may sign in."""
        with self._database.read() as session:
            return accounts.all_accounts(session)

    def check_password(self, login: str, password: str) -> Account | None:
        """The account, when login and password go together and it is not locked.

        Takes about as long for an unknown login. Several wrong tries lock the account for a while.
        """
        now = self._now()
        with self._database.read() as session:
            found = accounts.stored(session, login, now)
        right = accounts.is_right(found, password)
        if not found.usable:
            return None
        with self._database.write() as session:
            return accounts.note_try(session, found.login, right, now)

    def change_password(self, login: str, password: str) -> None:
        """Sets a new password and ends the sessions of the account."""
        hashed = accounts.hashed_password(password)
        with self._database.write() as session:
            accounts.change_password(session, login, hashed)

    def disable_account(self, login: str) -> None:
        """Bars an account for good and ends its sessions."""
        with self._database.write() as session:
            accounts.disable(session, login)

    def open_session(self, login: str, lasts: dt.timedelta) -> str:
        """A random token for a session of a signed-in person; only its hash is kept."""
        now = self._now()
        with self._database.write() as session:
            return accounts.sign_in(session, login, now, now + lasts)

    def session_account(self, token: str) -> Account | None:
        """Whose session a token is; None when it ran out or was ended."""
        with self._database.read() as session:
            return accounts.signed_in(session, token, self._now())

    def end_session(self, token: str) -> None:
        """Signs out. An unknown token is no error."""
        with self._database.write() as session:
            accounts.revoke(session, token)

    def end_sessions(self, login: str) -> None:
        """Ends every session of an account."""
        with self._database.write() as session:
            accounts.revoke_all(session, login)
