"""Signing in: the one way by which an answer can be attested."""

from __future__ import annotations

from casework.office import Office
from casework.questions import SignedIn
from rights.errors import RefusedError
from rights.events import Actor, Attested
from rights.store import Account


def check(office: Office, login: str, password: str) -> SignedIn:
    """The signed-in person for a login and password.

    Raises:
        RefusedError: unknown login, wrong password, or locked out; it does not say which.
    """
    account = office.store.check_password(login, password)
    if account is None:
        raise RefusedError(
            "signin.refused",
            "That login and password do not go together.",
            "Try again; after several wrong tries wait a few minutes or ask an administrator.",
        )
    return of_account(account)


def of_account(account: Account) -> SignedIn:
    """The signed-in person that an account stands for, once its session was checked."""
    return SignedIn(Actor(login=account.login, attested=Attested.DESK), frozenset(account.roles))
