"""Case files, encrypted in chunks so that no file must fit in memory twice.

The construction is STREAM (Hoang, Reyhanitabar, Rogaway and Vizár 2015) over AES-256-GCM with a
key of its own for each file (HKDF over a random salt). A chunk opens only in its case, its file,
its position and only as the last if it was the last: cut, reordered and swapped files are refused.
Names on disk are keyed hashes, because the id of a file may say what it is.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from rights.errors import ConflictError, InputError, IntegrityError
from rights.release import CaseRef
from rights.store.files import remove_partials, sync_folder, write_new
from rights.store.sealing import CaseKey, derive, frame, keyed_digest

_MAGIC = b"RDVAULT1"
_SALT = 16
_PREFIX = 7
_DIGEST = 32
_HEADER = len(_MAGIC) + _SALT + _PREFIX + _DIGEST
_TAG = 16
CHUNK = 1 << 20
"""Bytes of clear text in each chunk but the last."""
_CASE = re.compile(r"[A-Z0-9-]{1,64}")


class Vault:
    """Encrypted files of cases below one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, case: CaseRef, file_id: str, data: bytes | Path, key: CaseKey) -> None:
        """Keeps bytes under an id, durable before this returns. The same again changes nothing.

        Args:
            case: The case.
            file_id: The id.
            data: The bytes, or a file of them that nobody else writes to; it is read in chunks.
            key: The case's key.

        Raises:
            ConflictError: the id already stands for other content; nothing is replaced.
        """
        path = self._path(case, file_id, key)
        hashed = _hashed(data)
        digest = bytes.fromhex(keyed_digest(key.names, "content", case, file_id, hashed))
        if not path.exists() and write_new(path, _encrypt(case, file_id, data, digest, key)):
            return
        if _header(path)[-_DIGEST:] != digest:
            raise ConflictError(
                "vault.other_content",
                "Another file is kept under this id already.",
                "Keep the new content under an id of its own.",
            )

    def read(self, case: CaseRef, file_id: str, key: CaseKey) -> Iterator[bytes]:
        """The clear bytes, chunk by chunk. A fault ends it with an error, never early.

        Raises:
            InputError: nothing is kept under this id.
            IntegrityError: the file was altered, cut, moved or swapped.
        """
        path = self._path(case, file_id, key)
        if not path.exists():
            raise InputError(
                "vault.unknown_file",
                "The case holds no file under this id.",
                "Open the case again; its list of files may have changed.",
            )
        with path.open("rb") as source:
            header = source.read(_HEADER)
            if len(header) < _HEADER or not header.startswith(_MAGIC):
                raise _damaged()
            yield from _decrypt(iter(lambda: source.read(CHUNK + _TAG), b""), header,
                                (case, file_id), key)  # fmt: skip

    def has(self, case: CaseRef, file_id: str, key: CaseKey) -> bool:
        """Whether something is kept under this id."""
        return self._path(case, file_id, key).exists()

    def remove(self, case: CaseRef, file_id: str, key: CaseKey) -> bool:
        """Removes what is kept under an id, durably; False when nothing is there any more."""
        path = self._path(case, file_id, key)
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        sync_folder(path.parent)
        return True

    def remove_partials(self, older_than: dt.timedelta, now: dt.datetime) -> int:
        """Removes what killed writers left that long ago; returns how many."""
        return remove_partials(self._folder, older_than, now)

    def _path(self, case: CaseRef, file_id: str, key: CaseKey) -> Path:
        if not _CASE.fullmatch(case):
            raise InputError(
                "vault.case", "This is not a case reference.", "Give one such as on the letters."
            )
        name = keyed_digest(key.names, "file", case, file_id)
        return self._folder / case / name[:2] / name


def _header(path: Path) -> bytes:
    with path.open("rb") as source:
        return source.read(_HEADER)


def _hashed(data: bytes | Path) -> bytes:
    found = hashlib.sha256()
    for chunk in _chunks(data):
        found.update(chunk)
    return found.digest()


def _chunks(data: bytes | Path) -> Iterator[bytes | memoryview]:
    """The clear bytes in the pieces in which they are kept; of nothing one empty piece."""
    if isinstance(data, Path):
        with data.open("rb") as source:
            yield source.read(CHUNK)
            while chunk := source.read(CHUNK):
                yield chunk
        return
    view = memoryview(data)
    for start in range(0, max(1, len(data)), CHUNK):
        yield view[start : start + CHUNK]


def _encrypt(
    case: CaseRef, file_id: str, data: bytes | Path, digest: bytes, key: CaseKey
) -> Iterator[bytes]:
    header = _MAGIC + secrets.token_bytes(_SALT + _PREFIX) + digest
    yield header
    cipher, prefix = _cipher(header, key)
    chunks = _chunks(data)
    part, index = next(chunks), 0
    while True:
        following = next(chunks, None)
        last = following is None
        nonce = _nonce(prefix, index, last)
        yield cipher.encrypt(nonce, part, _place(header, case, file_id, index, last))
        if following is None:
            return
        part, index = following, index + 1


def _decrypt(
    chunks: Iterator[bytes], header: bytes, place: tuple[CaseRef, str], key: CaseKey
) -> Iterator[bytes]:
    cipher, prefix = _cipher(header, key)
    chunk, index = next(chunks, b""), 0
    while True:
        following = next(chunks, b"")
        last = not following
        try:
            yield cipher.decrypt(
                _nonce(prefix, index, last), chunk, _place(header, *place, index, last)
            )
        except (InvalidTag, ValueError):
            raise _damaged() from None
        if last:
            return
        chunk, index = following, index + 1


def _cipher(header: bytes, key: CaseKey) -> tuple[AESGCM, bytes]:
    salt = header[len(_MAGIC) : len(_MAGIC) + _SALT]
    prefix = header[len(_MAGIC) + _SALT : len(_MAGIC) + _SALT + _PREFIX]
    return AESGCM(derive(key.files, b"vault file", salt)), prefix


def _nonce(prefix: bytes, index: int, last: bool) -> bytes:
    return prefix + index.to_bytes(4, "big") + bytes([last])


def _place(header: bytes, case: CaseRef, file_id: str, index: int, last: bool) -> bytes:
    return frame(header, case, file_id, index, int(last))


def _damaged() -> IntegrityError:
    return IntegrityError(
        "vault.damaged",
        "A case file was altered, cut or moved and cannot be trusted.",
        "Restore the vault from its backup.",
    )
