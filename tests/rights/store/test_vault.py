"""The vault: round trips, refusals, and what stands on disk."""

from __future__ import annotations

import datetime as dt
import secrets
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rights.errors import ConflictError, InputError, IntegrityError
from rights.release import CaseRef
from rights.store.sealing import CaseKey
from rights.store.vault import CHUNK, Vault

CASE, OTHER = CaseRef("SAR-2026-0001-A"), CaseRef("SAR-2026-0002-B")
NAME = "letter from Zebedee.pdf"


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault")


@pytest.fixture
def key() -> CaseKey:
    return CaseKey(secrets.token_bytes(32))


def content(vault: Vault, key: CaseKey, case: CaseRef = CASE, name: str = NAME) -> bytes:
    return b"".join(vault.read(case, name, key))


def files(tmp_path: Path) -> list[Path]:
    return sorted(p for p in (tmp_path / "vault").rglob("*") if p.is_file())


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7])
def test_files_come_back(vault: Vault, key: CaseKey, size: int) -> None:
    """Every size comes back as it went in, on and off the edges of chunks."""
    data = secrets.token_bytes(size)
    vault.put(CASE, NAME, data, key)
    assert content(vault, key) == data and vault.has(CASE, NAME, key)


def test_a_file_goes_in_as_its_bytes_would(vault: Vault, key: CaseKey, tmp_path: Path) -> None:
    """Read in chunks it is the same content, on and off their edges, and known again as such."""
    for size in (0, 1, CHUNK, CHUNK + 1, 2 * CHUNK):
        data, name = secrets.token_bytes(size), f"doc/{size}"
        source = tmp_path / "source"
        source.write_bytes(data)
        vault.put(CASE, name, source, key)
        assert b"".join(vault.read(CASE, name, key)) == data
        vault.put(CASE, name, data, key)


def test_same_again_changes_nothing(vault: Vault, key: CaseKey, tmp_path: Path) -> None:
    """The same bytes under the same id are left as they are; other bytes are refused."""
    vault.put(CASE, NAME, b"one", key)
    (path,) = files(tmp_path)
    before = path.read_bytes()
    vault.put(CASE, NAME, b"one", key)
    assert path.read_bytes() == before
    with pytest.raises(ConflictError):
        vault.put(CASE, NAME, b"two", key)
    assert content(vault, key) == b"one"


def test_nothing_is_told_on_disk(vault: Vault, key: CaseKey, tmp_path: Path) -> None:
    """Neither names nor contents show, equal contents look different, and files are private."""
    vault.put(CASE, NAME, b"Zebedee lived here", key)
    vault.put(CASE, "copy", b"Zebedee lived here", key)
    first, second = files(tmp_path)
    assert "Zebedee" not in str(first) and b"Zebedee" not in first.read_bytes()
    assert first.read_bytes()[-30:] != second.read_bytes()[-30:]
    assert not first.stat().st_mode & 0o077


@pytest.mark.parametrize("size", [10, CHUNK + 10])
def test_altered_and_cut_files_are_refused(
    vault: Vault, key: CaseKey, tmp_path: Path, size: int
) -> None:
    """A changed bit anywhere, a cut at any place, or bytes added at the end are noticed."""
    vault.put(CASE, NAME, bytes(size), key)
    (path,) = files(tmp_path)
    good = path.read_bytes()
    for position in (0, 10, 30, 60, 70, len(good) - 1):
        path.write_bytes(good[:position] + bytes([good[position] ^ 1]) + good[position + 1 :])
        with pytest.raises(IntegrityError):
            content(vault, key)
    for cut in (good[:-1], good[:40], good[:63], good[: 63 + CHUNK + 16], good + b"x"):
        if cut != good:
            path.write_bytes(cut)
            with pytest.raises(IntegrityError):
                content(vault, key)


def test_swapped_chunks_are_refused(vault: Vault, key: CaseKey, tmp_path: Path) -> None:
    """Chunks open only at their own position."""
    vault.put(CASE, NAME, bytes(3 * CHUNK), key)
    (path,) = files(tmp_path)
    raw, size = path.read_bytes(), CHUNK + 16
    head, body = raw[:63], raw[63:]
    path.write_bytes(head + body[size : 2 * size] + body[:size] + body[2 * size :])
    with pytest.raises(IntegrityError):
        content(vault, key)


def test_files_do_not_move_between_ids_and_cases(
    vault: Vault, key: CaseKey, tmp_path: Path
) -> None:
    """A file put in another's place does not open, even where both have the same key."""
    vault.put(CASE, "a", b"first", key)
    vault.put(CASE, "b", b"second", key)
    one, two = (tmp_path / "vault" / CASE).rglob("*/*")
    held = one.read_bytes()
    one.write_bytes(two.read_bytes())
    two.write_bytes(held)
    for name in ("a", "b"):
        with pytest.raises(IntegrityError):
            content(vault, key, name=name)
    assert not vault.has(OTHER, "a", key)


def test_other_key_finds_nothing(vault: Vault, key: CaseKey) -> None:
    """Without the case's key not even the place of a file can be told."""
    vault.put(CASE, NAME, b"x", key)
    with pytest.raises(InputError):
        content(vault, CaseKey(secrets.token_bytes(32)))


@pytest.mark.parametrize("case", ["../../etc", "SAR/2026", "", "sar-2026"])
def test_case_is_no_path(vault: Vault, key: CaseKey, case: str) -> None:
    """Only a reference can name a case's folder."""
    with pytest.raises(InputError):
        vault.put(CaseRef(case), NAME, b"x", key)


def test_partial_files_are_removed(vault: Vault, key: CaseKey, tmp_path: Path) -> None:
    """What a killed writer left is no file of the case and can be swept."""
    vault.put(CASE, NAME, b"x", key)
    (path,) = files(tmp_path)
    path.with_name(".partial-0123").write_bytes(b"half")
    written = dt.datetime.fromtimestamp(path.with_name(".partial-0123").stat().st_mtime, dt.UTC)
    hour = dt.timedelta(hours=1)
    assert vault.remove_partials(hour, written) == 0 and len(files(tmp_path)) == 2
    assert vault.remove_partials(hour, written + 2 * hour) == 1 and files(tmp_path) == [path]


@given(
    st.text(min_size=0, max_size=30),
    st.lists(st.one_of(st.text(max_size=5), st.integers()), min_size=1, max_size=4),
    st.lists(st.one_of(st.text(max_size=5), st.integers()), min_size=1, max_size=4),
)
def test_values_open_only_at_their_place(
    value: str, place: list[str | int], other: list[str | int]
) -> None:
    """A sealed value opens at its own place and nowhere else, however the places are made up."""
    key = CaseKey(bytes(32))
    sealed = key.seal(value, *place)
    assert key.unseal(sealed, *place) == value
    if [str(p) for p in place] != [str(p) for p in other]:
        with pytest.raises(IntegrityError):
            key.unseal(sealed, *other)


def test_broken_file_names_are_no_trouble(vault: Vault, key: CaseKey) -> None:
    """A name that is no valid UTF-8 raises nothing that would quote it."""
    name = b"Zebedee\xff.pdf".decode("utf-8", "surrogateescape")
    vault.put(CASE, name, b"x", key)
    assert content(vault, key, name=name) == b"x"
    assert key.unseal(key.seal(name, 1), 1) == name
