"""A pack is proved years later, after the key that signed it was changed or is held no more."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from casework.manifests import check, signing_key
from redaction.manifest import Manifest, sign
from rights.errors import ConfigError, IntegrityError
from tests.small_council import SmallTruth
from tests.small_office import open_small

PACK = b"%PDF-1.7 a pack"


def test_an_old_key_proves_by_its_public_half(
    small_council: tuple[Path, SmallTruth], tmp_path: Path
) -> None:
    """Without a new key and with one; without the public half nothing is believed."""
    office = open_small(tmp_path / "home", small_council[0])
    key = signing_key(office)
    sealed = Manifest("R", "2026-01-01", sha256(PACK).hexdigest(), {}, (), {}, (), "v")
    pack, manifest = tmp_path / "pack.pdf", tmp_path / "manifest.json"
    pack.write_bytes(PACK)
    manifest.write_bytes(sign(sealed, key))
    secret = office.settings.master_key.parent
    (secret / "manifest.key").unlink()
    old = secret / "manifest-2026.pub"
    old.write_text(key.public_key().public_bytes_raw().hex() + "\n")
    assert check(office, pack, manifest)
    assert not (secret / "manifest.key").exists()
    assert signing_key(office).private_bytes_raw() != key.private_bytes_raw()
    assert check(office, pack, manifest)
    old.write_text("not a key")
    with pytest.raises(ConfigError, match="old_key"):
        check(office, pack, manifest)
    old.unlink()
    with pytest.raises(IntegrityError, match="unknown_key"):
        check(office, pack, manifest)
    office.store.close()
