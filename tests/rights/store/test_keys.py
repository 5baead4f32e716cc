"""The key ring: creation, rotation, destruction, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from rights.errors import ConfigError, IntegrityError
from rights.failpoints import FAILPOINTS
from rights.store.keys import KeyDestroyedError, KeyRing
from tests.rights.store.build import in_child

NAMES = ("SAR-2026-0001-A", "SAR-2026-0002-B", "store-lookup")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "keys"


@pytest.fixture
def master(tmp_path: Path) -> Path:
    return tmp_path / "secret" / "master.key"


@pytest.fixture
def ring(folder: Path, master: Path) -> KeyRing:
    ring = KeyRing(folder, master)
    for name in NAMES:
        ring.create(name)
    return ring


def test_created_key_stays(ring: KeyRing, folder: Path, master: Path) -> None:
    """Creating again, or opening the ring anew, gives the same key."""
    first = ring.key(NAMES[0])
    assert ring.create(NAMES[0]) == KeyRing(folder, master).key(NAMES[0]) == first
    assert len(first) == 32 and ring.key(NAMES[1]) != first


def test_files_are_private_and_hold_no_key(ring: KeyRing, folder: Path, master: Path) -> None:
    """Key files are for this user alone, and a key stands nowhere in clear."""
    secrets = [ring.key(name) for name in NAMES]
    for path in [*folder.rglob("*"), master]:
        assert not path.stat().st_mode & 0o077
        if path.is_file():
            assert not any(secret in path.read_bytes() for secret in secrets)


def test_rotation_keeps_every_key(ring: KeyRing, master: Path, folder: Path) -> None:
    """After rotation the old master key opens nothing and every key is as before."""
    before = [ring.key(name) for name in NAMES]
    old = master.read_bytes()
    assert ring.rotate() == 3
    assert [ring.key(name) for name in NAMES] == before
    assert len([p for p in folder.iterdir() if len(p.name) == 16]) == 1
    master.write_bytes(old)
    with pytest.raises(ConfigError):
        KeyRing(folder, master)


@pytest.mark.parametrize(
    "failpoint",
    ["files.written", "files.placed", "files.overwritten", *sorted(FAILPOINTS)],
)
@pytest.mark.parametrize("turn", [1, 2, 4])
def test_rotation_killed_anywhere(ring: KeyRing, folder: Path, master: Path, failpoint: str,
                                  turn: int) -> None:  # fmt: skip
    """Killed at any step, the master key file there is opens every key; rotating again works."""
    before = [ring.key(name) for name in NAMES]
    in_child(ring.rotate, f"{failpoint}:{turn}")
    assert [KeyRing(folder, master).key(name) for name in NAMES] == before
    assert KeyRing(folder, master).rotate() == 3
    assert [ring.key(name) for name in NAMES] == before


def test_reader_never_notices_rotation(ring: KeyRing) -> None:
    """Keys can be read while another process rotates again and again."""
    import os

    before = ring.key(NAMES[0])
    pid = os.fork()
    if pid == 0:
        for _ in range(10):
            ring.rotate()
        os._exit(0)
    ended = 0
    while ended == 0:
        assert ring.key(NAMES[0]) == before
        ended, _ = os.waitpid(pid, os.WNOHANG)


def test_destroyed_key_is_refused_for_ever(ring: KeyRing, folder: Path) -> None:
    """A destroyed key cannot be read, made anew, or brought back by a backup of its file."""
    (wrapped,) = folder.glob(f"*/{NAMES[0]}.key")
    backup = wrapped.read_bytes()
    ring.destroy(NAMES[0])
    ring.destroy(NAMES[0])
    assert not wrapped.exists() and not ring.is_held(NAMES[0]) and ring.is_destroyed(NAMES[0])
    wrapped.write_bytes(backup)
    for attempt in (ring.key, ring.create):
        with pytest.raises(KeyDestroyedError):
            attempt(NAMES[0])


def test_swapped_wraps_do_not_open(ring: KeyRing, folder: Path) -> None:
    """The wrapped key of one case put in place of another's is refused."""
    (first,) = folder.glob(f"*/{NAMES[0]}.key")
    (second,) = folder.glob(f"*/{NAMES[1]}.key")
    second.write_bytes(first.read_bytes())
    with pytest.raises(IntegrityError):
        ring.key(NAMES[1])


def test_missing_master_key_is_never_made_anew(ring: KeyRing, folder: Path, master: Path) -> None:
    """With wrapped keys there, a missing master key is an error and not a fresh start."""
    master.unlink()
    with pytest.raises(ConfigError) as caught:
        KeyRing(folder, master)
    assert caught.value.code == "keys.master_missing" and not master.exists()


@pytest.mark.parametrize("content", [b"", b"not a key\n", b"rightsdesk-master-key-1 AAAA\n"])
def test_bad_master_key_is_named(ring: KeyRing, folder: Path, master: Path, content: bytes) -> None:
    """A file that is no master key is refused in plain words."""
    master.write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        KeyRing(folder, master)
    assert caught.value.code == "keys.master_form"


def test_open_master_key_file_is_refused(ring: KeyRing, folder: Path, master: Path) -> None:
    """A master key that others can read is not used."""
    master.chmod(0o640)
    with pytest.raises(ConfigError):
        KeyRing(folder, master)


def test_wraps_of_an_unknown_master_key_stop_rotation(ring: KeyRing, folder: Path) -> None:
    """Keys that only another master key opens are not swept away."""
    other = folder / "0123456789abcdef"
    other.mkdir()
    (other / "SAR-2026-0007-Z.key").write_bytes(b"wrapped elsewhere")
    with pytest.raises(IntegrityError):
        ring.rotate()
    assert (other / "SAR-2026-0007-Z.key").exists()
