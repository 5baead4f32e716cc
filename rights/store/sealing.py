"""Sealing of single values: AES-256-GCM (NIST SP 800-38D) under keys derived from the case's key.

Each use has its own key by HKDF-SHA256 (RFC 5869), so that a value of one use never opens as
another. The associated data say where a value stands; moved elsewhere, it does not open.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from functools import cached_property

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from rights.errors import IntegrityError

KEY_BYTES = 32
_NONCE = 12


def frame(*parts: str | bytes | int) -> bytes:
    """Parts joined so that no two lists of parts give the same bytes.

    File names that are no valid UTF-8 come as lone surrogates; they must not raise an error that
    quotes them.
    """
    out = bytearray()
    for part in parts:
        raw = part if isinstance(part, bytes) else str(part).encode("utf-8", "surrogatepass")
        out += len(raw).to_bytes(8, "big") + raw
    return bytes(out)


def derive(key: bytes, use: bytes, salt: bytes | None = None) -> bytes:
    """A key for one use, from which the first cannot be found."""
    return HKDF(SHA256(), KEY_BYTES, salt, b"rightsdesk " + use).derive(key)


def keyed_digest(key: bytes, *parts: str | bytes | int) -> str:
    """HMAC-SHA256 of the parts, as hex: the same for the same parts, telling nothing of them."""
    return hmac.new(key, frame(*parts), hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class CaseKey:
    """The key of one case, split by use."""

    secret: bytes = field(repr=False)

    @cached_property
    def _values(self) -> AESGCM:
        return AESGCM(derive(self.secret, b"values"))

    @cached_property
    def files(self) -> bytes:
        """From which the key of each vault file is derived."""
        return derive(self.secret, b"files")

    @cached_property
    def names(self) -> bytes:
        """For keyed digests of file ids and contents."""
        return derive(self.secret, b"names")

    def seal(self, value: str, *place: str | int) -> str:
        """The value as ciphertext (base64), bound to its place."""
        nonce = secrets.token_bytes(_NONCE)
        sealed = nonce + self._values.encrypt(
            nonce, value.encode("utf-8", "surrogatepass"), frame(*place)
        )
        return base64.b64encode(sealed).decode("ascii")

    def unseal(self, sealed: str, *place: str | int) -> str:
        """The value of a ciphertext that was sealed at this very place.

        Raises:
            IntegrityError: it was altered, moved, or sealed under another key.
        """
        try:
            raw = base64.b64decode(sealed, validate=True)
            clear = self._values.decrypt(raw[:_NONCE], raw[_NONCE:], frame(*place))
            return clear.decode("utf-8", "surrogatepass")
        except (InvalidTag, ValueError):
            raise IntegrityError(
                "store.sealed_value",
                "A sealed value of a case does not open at its place.",
                "Run `rights audit verify`; restore the case from a backup.",
            ) from None
