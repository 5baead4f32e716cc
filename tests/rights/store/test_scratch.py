"""Clear working folders: private, removed, and swept after a kill."""

from __future__ import annotations

import datetime as dt
import os
import signal
from pathlib import Path

import pytest

from rights.errors import InputError
from rights.store import Scratch, sweep

LATER = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def test_folder_is_private_and_goes(tmp_path: Path) -> None:
    """The folder is for this user alone and is gone afterwards, also after an error."""
    scratch = Scratch(tmp_path / "scratch")
    with scratch.job("SAR-2026-0041-K") as folder:
        (folder / "page.png").write_bytes(b"x")
        assert not folder.stat().st_mode & 0o077
        assert not folder.parent.stat().st_mode & 0o077
    with pytest.raises(RuntimeError), scratch.job("seal"):
        raise RuntimeError
    assert list((tmp_path / "scratch").iterdir()) == []


@pytest.mark.parametrize("name", ["", "a/b", "..", "Zoë Quill"])
def test_name_is_a_plain_one(tmp_path: Path, name: str) -> None:
    """No path and no person's name can name a folder."""
    with pytest.raises(InputError), Scratch(tmp_path).job(name):
        pass


def test_killed_job_is_swept_and_a_living_one_is_not(tmp_path: Path) -> None:
    """A sweep removes what a killed process left and leaves a running job alone."""
    pid = os.fork()
    if pid == 0:
        with Scratch(tmp_path).job("killed") as folder:
            (folder / "clear.txt").write_text("Zebedee")
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(pid, 0)
    with Scratch(tmp_path).job("living") as living:
        assert sweep(tmp_path, HOUR, LATER) == 1
        assert list(tmp_path.iterdir()) == [living]


def test_young_folders_are_left(tmp_path: Path) -> None:
    """A folder younger than the limit may belong to a job that is only starting."""
    (tmp_path / "young").mkdir()
    made = dt.datetime.fromtimestamp((tmp_path / "young").stat().st_mtime, dt.UTC)
    assert sweep(tmp_path, HOUR, made + HOUR / 2) == 0
    assert sweep(tmp_path, HOUR, made + 2 * HOUR) == 1
    assert sweep(tmp_path / "none", HOUR, LATER) == 0
