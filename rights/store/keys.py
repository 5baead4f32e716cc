"""The keys of cases, each wrapped with the master key, in a folder apart from the data.

Wrapped keys lie in a folder named for the master key that opens them. Rotation fills the folder of
the new master key first and then replaces the master key file in one step, so at any instant the
master key file there is opens a complete folder.
"""

from __future__ import annotations

import base64
import fcntl
import hashlib
import os
import re
import secrets
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from rights.errors import ConfigError, InputError, IntegrityError, RefusedError
from rights.failpoints import failpoint, register
from rights.store.files import destroy_file, overwrite, private_folder, replace, sync_folder
from rights.store.sealing import KEY_BYTES, frame

register("keys.tombstone", "keys.rewrapped", "keys.master-ready", "keys.switched")

_HEADER = "rightsdesk-master-key-1"
_NONCE = 12
_NAME = re.compile(r"[A-Za-z0-9-]{1,64}")
_GENERATION = re.compile(r"[0-9a-f]{16}")
_DESTROYED = "destroyed"


class KeyDestroyedError(RefusedError):
    """The key was destroyed on purpose; what it sealed can never be read again."""


class KeyRing:
    """Makes, opens, destroys and re-wraps keys. Holds no key in memory between calls."""

    def __init__(self, folder: Path, master_key: Path) -> None:
        self._folder = private_folder(folder)
        self._master_file = master_key
        with self._locked():
            self._ensure_master()

    def create(self, name: str) -> bytes:
        """A new key under a name, durable before this returns; one that is there is kept.

        A key without a case is what a crash between the two leaves; it has sealed nothing, and
        keeping it can lose nothing.
        """
        with self._locked():
            self._refuse_destroyed(name)
            master = self._master()
            if not self._path(master, name).exists():
                self._wrap(master, name, secrets.token_bytes(KEY_BYTES))
            return self._unwrap(master, name)

    def key(self, name: str) -> bytes:
        """The key of this name.

        Raises:
            KeyDestroyedError: it was destroyed on purpose.
            IntegrityError: it is missing or damaged, which nobody meant.
        """
        self._refuse_destroyed(name)
        with suppress(FileNotFoundError, ConfigError, IntegrityError):
            return self._unwrap(self._master(), name)
        # A rotation or destruction may have been at work; under the lock none can be.
        with self._locked():
            self._refuse_destroyed(name)
            try:
                return self._unwrap(self._master(), name)
            except FileNotFoundError:
                raise IntegrityError(
                    "keys.missing",
                    "A key is missing that was never destroyed.",
                    "Restore the keys folder from its backup.",
                ) from None

    def is_held(self, name: str) -> bool:
        """Whether any wrapped form of the key is left, in any folder."""
        return any((folder / _file(name)).exists() for folder in self._generations())

    def is_destroyed(self, name: str) -> bool:
        """Whether the key was destroyed on purpose."""
        return self._mark(name).exists()

    def destroy(self, name: str) -> None:
        """Destroys a key in all its wrapped forms, for ever. Safe to repeat.

        The mark of destruction comes first: after a crash in between the key is refused, and a
        backup that brings the wrapped key back does not make it usable again.
        """
        with self._locked():
            replace(self._mark(name), ())
            failpoint("keys.tombstone")
            for folder in self._generations():
                destroy_file(folder / _file(name))

    def rotate(self) -> int:
        """Makes a new master key and wraps every key with it. Returns how many.

        Killed at any instant, the master key file opens every key, and rotating again finishes.
        """
        with self._locked():
            old = self._master()
            self._drop_others(old)
            new = secrets.token_bytes(KEY_BYTES)
            names = self._names(old)
            private_folder(self._generation(new))
            for name in names:
                self._wrap(new, name, self._unwrap(old, name))
                failpoint("keys.rewrapped")
            sync_folder(self._folder)
            failpoint("keys.master-ready")
            handle = os.open(self._master_file, os.O_WRONLY)
            try:
                replace(self._master_file, [_master_text(new)])
                failpoint("keys.switched")
                overwrite(handle)
            finally:
                os.close(handle)
            self._drop_others(new)
            return len(names)

    def _master(self) -> bytes:
        _refuse_open_mode(self._master_file)
        key = _parse_master(self._master_file.read_bytes())
        if not self._generation(key).is_dir():
            raise ConfigError(
                "keys.master_wrong",
                "The master key does not belong to this keys folder.",
                "Put back the master key or the keys folder that go together.",
            )
        return key

    def _ensure_master(self) -> None:
        if not self._master_file.exists():
            if any(self._names_in(folder) for folder in self._generations()):
                raise ConfigError(
                    "keys.master_missing",
                    "The master key file is missing although wrapped keys are there.",
                    "Put back the master key file from its backup; without it nothing opens.",
                )
            fresh = secrets.token_bytes(KEY_BYTES)
            private_folder(self._generation(fresh))
            replace(self._master_file, [_master_text(fresh)])
        self._master()

    def _drop_others(self, master: bytes) -> None:
        """Removes the folders of other master keys, once each of their keys is in this one's."""
        current = self._generation(master)
        held = set(self._names(master))
        for folder in self._generations():
            if folder == current:
                continue
            if not set(self._names_in(folder)) <= held:
                raise IntegrityError(
                    "keys.unknown_wraps",
                    "The keys folder holds keys that the present master key does not open.",
                    "Find the master key they belong to before rotating; nothing was changed.",
                )
            for path in folder.iterdir():
                destroy_file(path)
            folder.rmdir()

    def _wrap(self, master: bytes, name: str, key: bytes) -> None:
        nonce = secrets.token_bytes(_NONCE)
        sealed = AESGCM(master).encrypt(nonce, key, frame("wrapped key", name))
        replace(self._path(master, name), [nonce, sealed])

    def _unwrap(self, master: bytes, name: str) -> bytes:
        raw = self._path(master, name).read_bytes()
        try:
            return AESGCM(master).decrypt(raw[:_NONCE], raw[_NONCE:], frame("wrapped key", name))
        except (InvalidTag, ValueError):
            raise IntegrityError(
                "keys.damaged",
                "A wrapped key is damaged or belongs to another case.",
                "Restore the keys folder from its backup.",
            ) from None

    def _refuse_destroyed(self, name: str) -> None:
        if self.is_destroyed(name):
            raise KeyDestroyedError(
                "keys.destroyed",
                "The key of this case was destroyed; its contents cannot be read again.",
                "Nothing is left to do; the journal shows who destroyed it and when.",
            )

    def _generation(self, master: bytes) -> Path:
        digest = hashlib.sha256(frame("master key id", master)).hexdigest()
        return self._folder / digest[:16]

    def _path(self, master: bytes, name: str) -> Path:
        return self._generation(master) / _file(name)

    def _mark(self, name: str) -> Path:
        return (self._folder / _DESTROYED / _file(name)).with_suffix(".gone")

    def _generations(self) -> list[Path]:
        return sorted(p for p in self._folder.iterdir() if _GENERATION.fullmatch(p.name))

    def _names(self, master: bytes) -> list[str]:
        return self._names_in(self._generation(master))

    def _names_in(self, folder: Path) -> list[str]:
        return sorted(p.stem for p in folder.glob("*.key"))

    @contextmanager
    def _locked(self) -> Generator[None]:
        """One writer at a time, over all processes; the kernel frees a dead one's lock."""
        handle = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def _file(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise InputError("keys.name", "This cannot be the name of a key.", "Give a case reference.")
    return f"{name}.key"


def _master_text(key: bytes) -> bytes:
    return f"{_HEADER} {base64.b64encode(key).decode()}\n".encode()


def _parse_master(raw: bytes) -> bytes:
    header, _, text = raw.strip().partition(b" ")
    try:
        key = base64.b64decode(text, validate=True)
    except ValueError:
        key = b""
    if header != _HEADER.encode() or len(key) != KEY_BYTES:
        raise ConfigError(
            "keys.master_form",
            "The master key file is not a Rightsdesk master key.",
            "Put back the master key file from its backup.",
        )
    return key


def _refuse_open_mode(path: Path) -> None:
    if path.stat().st_mode & 0o077:
        raise ConfigError(
            "keys.master_mode",
            "The master key file can be read by other users of this machine.",
            "Take the right away from group and others (chmod 600) and rotate the keys.",
        )
