"""An Outlook data file is taken apart where readpst is installed, and else says what is missing."""

import shutil
from pathlib import Path

import pytest

from redaction.formats import Incoming, read_many
from redaction.formats.outlook_store import PROGRAM, messages_of
from rights.errors import UnreadableError

STORE = b"!BDN" + bytes(600)


def test_a_store_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    """Without the program its name is told; with it, a torn file is damaged. Nothing stays."""
    (document,) = read_many([Incoming("D", "old.pst", STORE)], scratch=tmp_path, workers=1)
    (task,) = document.unreadable
    expected = "format.damaged" if shutil.which(PROGRAM) else "mail.no_readpst"
    assert task.code == expected
    assert document.media_type == "application/vnd.ms-outlook-pst"
    assert list(tmp_path.iterdir()) == []


def test_messages_come_in_order_with_their_folders(tmp_path: Path) -> None:
    """What the program writes is taken by folder and name; it is asked for deleted items too."""
    program = tmp_path / "stand-in"
    program.write_text(
        "#!/bin/sh\n"
        'case "$*" in *-D*) ;; *) exit 3;; esac\n'
        "while [ $# -gt 1 ]; do [ $1 = -o ] && out=$2; shift; done\n"
        'mkdir -p "$out/Inbox"; printf "Subject: b" > "$out/Inbox/2.eml"\n'
        'printf "Subject: a" > "$out/Inbox/1.eml"\n'
    )
    program.chmod(0o700)
    found = list(messages_of(STORE, str(program), 20))
    assert [(f, n) for f, n, _ in found] == [("Inbox", "1.eml"), ("Inbox", "2.eml")]
    assert found[0][2] == b"Subject: a"


def test_a_program_that_fails_is_a_task() -> None:
    """An error or no answer in time makes the store unreadable and nothing else."""
    for program, seconds in (("false", 20.0), ("/nonexistent", 20.0)):
        with pytest.raises(UnreadableError):
            list(messages_of(STORE, program, seconds))
