import contextlib
import stat
import sys
from dataclasses import replace

import pytest

from letters.delivery.folder import FolderDelivery
from letters.delivery.ledger import Ledger
from letters.delivery.parcel import (
    DeliveryError,
    DeliveryStatus,
    Item,
    Parcel,
    UncertainDeliveryError,
)
from letters.delivery.split import SplitDelivery
from letters.delivery.transfer import TransferCommand, TransferDelivery
from rights.errors import ConfigError, InputError
from tests.letters.delivery.stub_server import stub_server
from tests.letters.delivery.test_delivery import KEY, LETTER, LOCKED, NOW, PACK, parcel, smtp

LINK = "https://transfer.example/d/7f3"
KEEPS = """
import shutil, sys, pathlib
file, kept, key = sys.argv[1:]
name = pathlib.Path(kept, key)
assert not name.exists()
shutil.copyfile(file, name)
print("https://transfer.example/d/7f3")
"""


@pytest.fixture
def scratch(tmp_path):
    @contextlib.contextmanager
    def job(name):
        folder = tmp_path / "scratch" / name
        folder.mkdir(parents=True)
        try:
            yield folder
        finally:
            for file in folder.iterdir():
                file.unlink()
            folder.rmdir()

    return job


def transfer(tmp_path, scratch, code, *, timeout=20.0):
    script = tmp_path / "command"
    script.write_text(f"#!{sys.executable}\n{code}")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    (tmp_path / "kept").mkdir(exist_ok=True)
    command = TransferCommand((str(script), "{file}", str(tmp_path / "kept"), "{key}"), timeout)
    return TransferDelivery(command, Ledger(tmp_path / "ledger"), scratch)


def locked():
    return Parcel("SAR-2026-0041-K", (Item("SAR-2026-0041-K-pack.pdf", LOCKED),))


def test_the_command_takes_the_very_bytes_once(tmp_path, scratch):
    """The council's command gets the locked pack under the key; its link is the proof."""
    adapter = transfer(tmp_path, scratch, KEEPS)
    receipt = adapter.send(locked(), KEY, NOW)
    assert receipt.proof == LINK
    assert (tmp_path / "kept" / KEY).read_bytes() == LOCKED.data
    assert adapter.send(locked(), KEY, NOW) == receipt
    assert adapter.status(KEY) is DeliveryStatus.HANDED_OVER
    assert list((tmp_path / "scratch").iterdir()) == []


@pytest.mark.parametrize("content", [LETTER, PACK])
def test_only_a_locked_pack_goes_by_link(tmp_path, scratch, content):
    """A letter or a pack in clear is not handed to the command."""
    adapter = transfer(tmp_path, scratch, KEEPS)
    with pytest.raises(InputError):
        adapter.send(parcel(content), KEY, NOW)
    assert list((tmp_path / "kept").iterdir()) == []


def test_a_command_that_says_no_may_be_tried_again(tmp_path, scratch):
    """An end other than 0 means that nothing was kept; what it wrote is in no error."""
    adapter = transfer(tmp_path, scratch, "import sys; sys.exit('Jordan Marsh has no room')")
    with pytest.raises(DeliveryError) as caught:
        adapter.send(locked(), KEY, NOW)
    assert "Jordan" not in str(caught.value)
    assert transfer(tmp_path, scratch, KEEPS).send(locked(), KEY, NOW).proof == LINK


@pytest.mark.parametrize(
    "code",
    [
        "print('done')",
        "print('http://plain.example/x')",
        "print('https://a.example/x\\nhttps://b.example/y')",
        "print('https://a.example/<script>')",
        "",
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    ],
)
def test_no_link_is_uncertain(tmp_path, scratch, code):
    """A command that ended well without one good link, or was killed, is a person's task."""
    adapter = transfer(tmp_path, scratch, code)
    with pytest.raises(UncertainDeliveryError):
        adapter.send(locked(), KEY, NOW)
    with pytest.raises(UncertainDeliveryError):
        transfer(tmp_path, scratch, KEEPS).send(locked(), KEY, NOW)
    assert list((tmp_path / "kept").iterdir()) == []
    assert transfer(tmp_path, scratch, KEEPS).send(locked(), KEY, NOW, 1).proof == LINK


def test_a_command_that_hangs_is_ended_with_its_children(tmp_path, scratch):
    """After its time the command and what it started are killed, and a person finds out."""
    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', " + (
        "'import time; time.sleep(60)'])"
    )
    with pytest.raises(UncertainDeliveryError):
        transfer(tmp_path, scratch, code, timeout=0.5).send(locked(), KEY, NOW)
    assert list((tmp_path / "scratch").iterdir()) == []


def test_no_shell_reads_the_arguments(tmp_path):
    """What stands in a value is an argument and nothing else, and is filled in once."""
    command = TransferCommand(("/bin/echo", "{file}", "{key}; rm -rf {reference}"))
    assert command.filled(tmp_path / "{key}", "k", "$(x)") == [
        "/bin/echo",
        str(tmp_path / "{key}"),
        "k; rm -rf $(x)",
    ]


@pytest.mark.parametrize("arguments", [(), ("transfer", "{file}"), ("/bin/true",)])
def test_a_command_that_cannot_be_is_refused(arguments):
    """A command needs the whole path of a program and a place for the file."""
    with pytest.raises(ConfigError):
        TransferCommand(arguments)


def test_the_environment_is_not_passed_on(tmp_path, scratch, monkeypatch):
    """The command does not see our settings, which may hold secrets."""
    monkeypatch.setenv("RIGHTS_STORE_URL", "secret")
    code = "import os; print('https://x.example/' + os.environ.get('RIGHTS_STORE_URL', 'none'))"
    assert transfer(tmp_path, scratch, code).send(locked(), KEY, NOW).proof.endswith("/none")


def test_the_letter_prints_the_link_of_the_pack(tmp_path, scratch):
    """The pack goes by the command and the letter by email with the link, each once."""
    with stub_server() as server:
        letters = smtp(server.port, tmp_path / "smtp")
        both = SplitDelivery(letters, transfer(tmp_path, scratch, KEEPS), with_link=True)
        receipt = both.send(parcel(LETTER, LOCKED), KEY, NOW)
        assert both.send(parcel(LETTER, LOCKED), KEY, NOW) == receipt
        assert both.status(KEY) is DeliveryStatus.HANDED_OVER
    (message,) = server.messages
    assert LINK.encode() in message and len(list((tmp_path / "kept").iterdir())) == 1
    assert LINK in receipt.proof and len(receipt.hashes) == 2


def test_each_file_has_a_link_of_its_own_and_the_letter_prints_all(tmp_path, scratch):
    """Volumes, single documents and an export are sent one by one, each once."""
    with stub_server() as server:
        letters = smtp(server.port, tmp_path / "smtp")
        both = SplitDelivery(letters, transfer(tmp_path, scratch, KEEPS), with_link=True)
        two = parcel(LETTER, LOCKED)
        several = replace(two, items=(*two.items, Item("SAR-2026-0041-K-file-1.pdf", LOCKED)))
        receipt = both.send(several, KEY, NOW)
        assert both.send(several, KEY, NOW) == receipt
    (message,) = server.messages
    assert message.count(LINK.encode()) == 2
    kept = sorted(p.name for p in (tmp_path / "kept").iterdir())
    assert kept == [f"{KEY}-pack", f"{KEY}-pack-2"]


def test_a_lost_letter_does_not_send_the_pack_again(tmp_path):
    """When only the letter is uncertain, the try that a person allows repeats only the letter."""
    with stub_server("hang up") as server:
        outbox = FolderDelivery(tmp_path / "out")
        both = SplitDelivery(smtp(server.port, tmp_path / "smtp"), outbox, with_link=False)
        with pytest.raises(UncertainDeliveryError):
            both.send(parcel(LETTER, LOCKED), KEY, NOW)
        assert both.status(KEY) is DeliveryStatus.STARTED
        server.misbehave = ""
        with pytest.raises(UncertainDeliveryError):
            both.send(parcel(LETTER, LOCKED), KEY, NOW)
        both.send(parcel(LETTER, LOCKED), KEY, NOW, 1)
    assert len(server.messages) == 2
    assert [p.name for p in (tmp_path / "out").iterdir()] == [f"{KEY}-pack"]
