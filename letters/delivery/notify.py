"""Delivery by GOV.UK Notify: letters by post, and emails with the letter to download.

The API as its own client calls it (notifications-python-client 13.0.0): a bearer token signed with
the key's secret, JSON, and a `reference` that is searched before anything is sent. The reference is
no idempotency key on their side, so ours is kept in the ledger. A pack never goes this way.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import httpx

from letters.delivery.ledger import Ledger
from letters.delivery.parcel import (
    DeliveryError,
    DeliveryStatus,
    Parcel,
    Receipt,
    UncertainDeliveryError,
    hashes_of,
)
from letters.render import LetterPdf
from rights.errors import ConfigError, InputError

MOST_PAGES = 10
"""Pages of one letter (LETTER_MAX_PAGE_COUNT of notifications-utils)."""
MOST_BYTES = 2 * 1024 * 1024
"""Size of a file to download (prepare_upload of the client)."""
_UUID = 36
_ARRIVED = frozenset({"delivered", "received"})
_LOST = frozenset(
    {
        "permanent-failure",
        "temporary-failure",
        "technical-failure",
        "virus-scan-failed",
        "validation-failed",
        "cancelled",
    }
)


@dataclass(frozen=True, slots=True)
class NotifyAccount:
    """The council's service at Notify.

    Attributes:
        url: Of the API, without a stroke at its end.
        key: The API key as Notify shows it: name, service and secret in one.
        template: Id of the email template, which has the fields `reference`, `link_to_letter` and
            `link_to_pack`; empty where only letters are posted.
        postage: `first`, `second` or `economy`.
        timeout: Seconds to wait for an answer.

    Raises:
        ConfigError: The key is not one, or the address would carry it in clear.
    """

    url: str
    key: str = field(repr=False)
    template: str = ""
    postage: str = "second"
    timeout: float = 30.0

    def __post_init__(self) -> None:
        address = httpx.URL(self.url)
        if address.scheme != "https" and address.host not in ("127.0.0.1", "localhost"):
            raise ConfigError(
                "delivery.notify_url",
                "The address of Notify is not one that keeps the key secret.",
                "Use an https address, or leave the setting out.",
            )
        if len(self.key) < 2 * _UUID + 1:
            raise ConfigError(
                "delivery.notify_key",
                "The key for Notify is not a whole one.",
                "Copy the key as Notify showed it into the file, in one line.",
            )

    def token(self, now: dt.datetime) -> str:
        """The bearer token of this instant (RFC 7519, HS256); Notify takes it for 30 seconds."""
        service, secret = self.key[-2 * _UUID - 1 : -_UUID - 1], self.key[-_UUID:]
        head = _packed({"typ": "JWT", "alg": "HS256"})
        claims = _packed({"iss": service, "iat": int(now.timestamp())})
        signed = hmac.digest(secret.encode(), f"{head}.{claims}".encode(), hashlib.sha256)
        return f"{head}.{claims}.{_url_safe(signed)}"


class NotifyDelivery:
    """Sends one letter of ours by Notify: printed and posted, or as an email to download it.

    Args:
        account: The council's service.
        ledger: Where begun and confirmed sendings are kept.
        clock: The present instant, for tokens.
        by_post: Post it; otherwise an email goes to the parcel's address.
    """

    def __init__(
        self,
        account: NotifyAccount,
        ledger: Ledger,
        clock: Callable[[], dt.datetime],
        *,
        by_post: bool,
    ) -> None:
        self._account = account
        self._ledger = ledger
        self._clock = clock
        self._by_post = by_post
        self.channel = "notify post" if by_post else "notify email"

    def send(self, parcel: Parcel, key: str, now: dt.datetime, attempt: int = 0) -> Receipt:
        """Send it, or give the receipt of the first time. `proof` is Notify's own number.

        A sending that broke off is looked for at Notify; only if it is not there, nobody knows.

        Raises:
            InputError: It is anything but one letter that Notify takes, or has no address.
            RefusedError: The key was used for another parcel.
            DeliveryError: Notify did not take it; trying again is safe.
            UncertainDeliveryError: It may have been sent; a person must find out.
        """
        path, body = self._message(parcel, key)
        try:
            earlier = self._ledger.begin(key, parcel, attempt)
        except UncertainDeliveryError:
            found = self._look_for(key)
            if not found:
                raise
            return self._confirmed(parcel, key, now, found)
        if earlier is not None:
            return earlier
        if attempt and (found := self._look_for(key)):
            return self._confirmed(parcel, key, now, found)
        try:
            number = self._post(path, body)
        except DeliveryError:
            self._ledger.withdraw(key)
            raise
        except UncertainDeliveryError:
            number = self._look_for(key)
            if not number:
                raise
        return self._confirmed(parcel, key, now, number)

    def status(self, key: str) -> DeliveryStatus:
        """What Notify says has become of it; what the ledger knows when Notify does not answer."""
        known = self._ledger.status(key)
        if known is not DeliveryStatus.HANDED_OVER:
            return known
        try:
            answer = self._call("GET", "/v2/notifications", params={"reference": key})
            said = [str(row.get("status")) for row in _rows(answer)]
        except (httpx.HTTPError, ValueError):
            return known
        if any(word in _ARRIVED for word in said):
            return DeliveryStatus.DELIVERED
        return DeliveryStatus.FAILED if any(word in _LOST for word in said) else known

    def _message(self, parcel: Parcel, key: str) -> tuple[str, dict[str, Any]]:
        letter = parcel.items[0].content
        if len(parcel.items) != 1 or not isinstance(letter, LetterPdf):
            raise InputError(
                "delivery.pack_by_notify",
                "Only one letter at a time may go by Notify, and never a pack.",
                "Let the pack go another way: by the folder, by email or by secure transfer.",
            )
        file = base64.b64encode(letter.data).decode()
        if self._by_post:
            if letter.pages > MOST_PAGES:
                raise _too_large(f"The letter has more than {MOST_PAGES} pages.")
            postage = self._account.postage
            return "letter", {"reference": key, "content": file, "postage": postage}
        if len(letter.data) > MOST_BYTES:
            raise _too_large("The letter is larger than Notify takes.")
        if parcel.to.count("@") != 1 or not self._account.template:
            raise InputError(
                "delivery.no_email",
                "There is no single email address, or no template, to send an email with.",
                "Enter the address, or set the template's id, or send it another way.",
            )
        return "email", {
            "email_address": parcel.to,
            "template_id": self._account.template,
            "reference": key,
            "personalisation": {
                "reference": parcel.reference,
                "link_to_letter": {"file": file, "filename": parcel.items[0].name},
                "link_to_pack": parcel.link or "none: everything is in the letter",
            },
        }

    def _post(self, kind: str, body: Mapping[str, Any]) -> str:
        # Errors of Notify quote addresses, so none is passed on.
        try:
            answer = self._call("POST", f"/v2/notifications/{kind}", json=body)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol):
            raise _not_sent("Notify does not answer.") from None
        except httpx.HTTPStatusError as error:
            if error.response.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
                raise _uncertain() from None
            code = error.response.status_code
            raise _not_sent(f"Notify refused the message, with its code {code}.") from None
        except (httpx.HTTPError, ValueError):
            raise _uncertain() from None
        number = str(answer.get("id", ""))
        if not number:
            raise _uncertain()
        return number

    def _look_for(self, key: str) -> str:
        """Notify's number of what was sent under a key; empty if it knows none or is silent."""
        try:
            rows = _rows(self._call("GET", "/v2/notifications", params={"reference": key}))
        except (httpx.HTTPError, ValueError):
            return ""
        return str(rows[0].get("id", "")) if rows else ""

    def _confirmed(self, parcel: Parcel, key: str, now: dt.datetime, number: str) -> Receipt:
        receipt = Receipt(key, self.channel, now, parcel.digest, hashes_of(parcel), number)
        self._ledger.confirm(receipt)
        return receipt

    def _call(
        self,
        method: str,
        path: str,
        *,
        json: Mapping[str, Any] | None = None,
        params: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        account = self._account
        with httpx.Client(
            base_url=account.url, timeout=account.timeout, trust_env=False, follow_redirects=False
        ) as line:
            token = account.token(self._clock())
            headers = {"Authorization": f"Bearer {token}"}
            answer = line.request(method, path, json=json, params=params, headers=headers)
            answer.raise_for_status()
            body: Any = answer.json()
        if not isinstance(body, dict):
            raise ValueError("not an object")
        return cast("dict[str, Any]", body)


def _rows(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows: Any = answer.get("notifications")
    if not isinstance(rows, list):
        raise ValueError("no list")
    return cast("list[dict[str, Any]]", rows)


def _packed(value: Mapping[str, object]) -> str:
    return _url_safe(json.dumps(value, separators=(",", ":")).encode())


def _url_safe(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _too_large(sentence: str) -> InputError:
    return InputError("delivery.too_large", sentence, "Send this one another way.")


def _not_sent(sentence: str) -> DeliveryError:
    return DeliveryError(
        "delivery.not_sent", sentence, "Nothing went out. Check the settings, then try again."
    )


def _uncertain() -> UncertainDeliveryError:
    return UncertainDeliveryError(
        "delivery.uncertain",
        "The line to Notify broke while the message was handed over; it may have been sent.",
        "Look for the key of this sending at Notify, then record what you found.",
    )
