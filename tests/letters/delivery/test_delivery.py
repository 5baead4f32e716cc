import datetime as dt
import email
import email.policy
import hashlib
import json
import logging

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
from letters.delivery.smtp import SmtpDelivery, SmtpServer
from letters.pack import EncryptedPdf
from letters.render import LetterPdf
from rights.errors import InputError, IntegrityError, RefusedError
from rights.release import ReleasablePdf
from tests.letters.delivery.stub_server import stub_server

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(days=1)
KEY = "SAR-2026-0041-K.reply.1"
TO = "jordan.marsh@home.example"


def sha(data):
    return hashlib.sha256(data).hexdigest()


LETTER = LetterPdf(b"%PDF letter", sha(b"%PDF letter"), 1, "cover_letter", "SAR-2026-0041-K")
PACK = ReleasablePdf(b"%PDF pack", sha(b"%PDF pack"), 9, "verifier 1")
LOCKED = EncryptedPdf(b"%PDF locked", sha(b"%PDF locked"), PACK.sha256)


def parcel(*contents, to=TO):
    items = tuple(
        Item(f"SAR-2026-0041-K-{n}.pdf", content) for n, content in enumerate(contents, start=1)
    )
    return Parcel("SAR-2026-0041-K", items, to)


def smtp(port, folder):
    server = SmtpServer("127.0.0.1", port, starttls=False, timeout=5)
    return SmtpDelivery(server, "records@marrambay.example", "Marram Bay Council", Ledger(folder))


@pytest.mark.parametrize("content", [b"%PDF raw", "text", None, object()])
def test_only_what_may_leave_can_be_packed(content):
    """Bytes and anything else that no verifier passed cannot become part of a parcel."""
    with pytest.raises(InputError) as caught:
        Item("a.pdf", content)
    assert caught.value.code == "delivery.not_releasable"


@pytest.mark.parametrize(
    "name", ["../a.pdf", "a/b.pdf", "a.exe", ".a.pdf", "", "Zoë.pdf", "a\n.pdf"]
)
def test_file_names_stay_inside(name):
    """A file name cannot leave its folder or break a mail header."""
    with pytest.raises(InputError):
        Item(name, LETTER)


def test_empty_parcels_and_doubled_names_are_refused():
    """A parcel has something in it, each under its own name."""
    with pytest.raises(InputError):
        Parcel("SAR-2026-0041-K", ())
    with pytest.raises(InputError):
        Parcel("SAR-2026-0041-K", (Item("a.pdf", LETTER), Item("a.pdf", PACK)))


@pytest.mark.parametrize("key", ["../x", "", "a b", "x/y", ".hidden"])
def test_keys_stay_inside(tmp_path, key):
    """A key that could name another folder is refused by every adapter."""
    for adapter in (FolderDelivery(tmp_path / "out"), smtp(1, tmp_path / "ledger")):
        with pytest.raises(InputError):
            adapter.send(parcel(LETTER), key, NOW)
        with pytest.raises(InputError):
            adapter.status(key)


def test_folder_holds_the_very_bytes_and_a_receipt(tmp_path):
    """The outbox gets one folder with the files and a receipt that gives their hashes."""
    adapter = FolderDelivery(tmp_path)
    assert adapter.status(KEY) is DeliveryStatus.UNKNOWN
    receipt = adapter.send(parcel(LETTER, PACK), KEY, NOW)
    assert adapter.status(KEY) is DeliveryStatus.HANDED_OVER
    assert [p.name for p in tmp_path.iterdir()] == [KEY]
    assert (tmp_path / KEY / "SAR-2026-0041-K-2.pdf").read_bytes() == PACK.data
    assert dict(receipt.hashes)["SAR-2026-0041-K-1.pdf"] == LETTER.sha256
    assert json.loads((tmp_path / KEY / "receipt.json").read_text())["sent_at"] == NOW.isoformat()
    assert TO not in (tmp_path / KEY / "receipt.json").read_text()


def test_folder_sends_once(tmp_path):
    """The same key again gives the first receipt and no second copy; another parcel is refused."""
    adapter = FolderDelivery(tmp_path)
    first = adapter.send(parcel(LETTER), KEY, NOW)
    assert FolderDelivery(tmp_path).send(parcel(LETTER), KEY, LATER) == first
    assert len(list(tmp_path.iterdir())) == 1
    with pytest.raises(RefusedError):
        adapter.send(parcel(PACK), KEY, LATER)


def test_folder_recovers_from_a_stop_half_way(tmp_path):
    """A half-written parcel of a killed process is not taken for a whole one."""
    part = tmp_path / f".{KEY}.part"
    part.mkdir()
    (part / "SAR-2026-0041-K-1.pdf").write_bytes(b"%PDF le")
    adapter = FolderDelivery(tmp_path)
    assert adapter.status(KEY) is DeliveryStatus.UNKNOWN
    adapter.send(parcel(LETTER), KEY, NOW)
    assert (tmp_path / KEY / "SAR-2026-0041-K-1.pdf").read_bytes() == LETTER.data
    assert not part.exists()


def test_folder_notices_changed_files(tmp_path):
    """If somebody touched a sent file, a repeat says so instead of calling it sent."""
    adapter = FolderDelivery(tmp_path)
    adapter.send(parcel(LETTER), KEY, NOW)
    (tmp_path / KEY / "SAR-2026-0041-K-1.pdf").write_bytes(b"other")
    with pytest.raises(IntegrityError):
        adapter.send(parcel(LETTER), KEY, LATER)


def test_smtp_hands_over_one_message(tmp_path):
    """The server gets one message with a stable identity, the files, and no name in the subject."""
    with stub_server() as server:
        adapter = smtp(server.port, tmp_path)
        receipt = adapter.send(parcel(LETTER, LOCKED), KEY, NOW)
        assert adapter.send(parcel(LETTER, LOCKED), KEY, LATER) == receipt
        assert adapter.status(KEY) is DeliveryStatus.HANDED_OVER
    (raw,) = server.messages
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert message["To"] == TO
    assert message["Subject"] == "Your request SAR-2026-0041-K"
    assert message["Message-ID"] == receipt.proof
    assert receipt.proof == f"<{sha(KEY.encode())[:32]}@marrambay.example>"
    files = {a.get_filename(): a.get_content() for a in message.iter_attachments()}
    assert files["SAR-2026-0041-K-2.pdf"] == LOCKED.data
    assert {name: sha(data) for name, data in files.items()} == dict(receipt.hashes)


def test_smtp_refuses_a_pack_in_clear(tmp_path):
    """A verified pack goes by email only under a passphrase."""
    with stub_server() as server:
        with pytest.raises(InputError) as caught:
            smtp(server.port, tmp_path).send(parcel(PACK), KEY, NOW)
        assert caught.value.code == "delivery.pack_in_clear"
    assert server.messages == []


@pytest.mark.parametrize("to", ["", "no-at", "a@b@c", "a@b.example, c@d.example", "x\r\nBcc: y@z"])
def test_smtp_needs_one_address(tmp_path, to):
    """No address, two addresses or a smuggled header are refused before a line is opened."""
    with pytest.raises(InputError):
        smtp(1, tmp_path).send(parcel(LETTER, to=to), KEY, NOW)


def test_bytes_changed_after_approval_are_refused():
    """A sealed pack whose bytes no longer fit its hash cannot be sent."""
    with pytest.raises(IntegrityError) as caught:
        Item("a.pdf", ReleasablePdf(PACK.data + b"x", PACK.sha256, 9, "verifier 1"))
    assert caught.value.code == "delivery.bytes_changed"


def test_smtp_without_tls_is_not_used(tmp_path):
    """A server that offers no TLS gets nothing, unless the council says it is on this machine."""
    with stub_server() as server:
        line = SmtpServer("127.0.0.1", server.port, timeout=5)
        adapter = SmtpDelivery(line, "records@marrambay.example", "Council", Ledger(tmp_path))
        with pytest.raises(DeliveryError):
            adapter.send(parcel(LETTER), KEY, NOW)
    assert server.messages == []


@pytest.mark.parametrize("misbehave", ["refuse address", "refuse message"])
def test_smtp_refusal_is_certain_and_may_be_tried_again(tmp_path, misbehave, caplog):
    """When the server says no, nothing was sent, the error names nobody, and a retry works."""
    with stub_server(misbehave) as server:
        adapter = smtp(server.port, tmp_path)
        with caplog.at_level(logging.DEBUG), pytest.raises(DeliveryError) as caught:
            adapter.send(parcel(LETTER), KEY, NOW)
        assert TO not in str(caught.value) + caplog.text
        assert adapter.status(KEY) is DeliveryStatus.UNKNOWN
        server.misbehave = ""
        adapter.send(parcel(LETTER), KEY, LATER)
    assert len(server.messages) == 1


def test_smtp_no_server_is_certain(tmp_path):
    """When nobody listens, nothing was sent."""
    with stub_server() as server:
        port = server.port
    with pytest.raises(DeliveryError):
        smtp(port, tmp_path).send(parcel(LETTER), KEY, NOW)


def test_smtp_broken_line_is_uncertain_and_never_sent_again(tmp_path):
    """If the line breaks after the message, a person must find out; no second message goes."""
    with stub_server("hang up") as server:
        adapter = smtp(server.port, tmp_path)
        with pytest.raises(UncertainDeliveryError):
            adapter.send(parcel(LETTER), KEY, NOW)
        server.misbehave = ""
        assert adapter.status(KEY) is DeliveryStatus.STARTED
        with pytest.raises(UncertainDeliveryError):
            smtp(server.port, tmp_path).send(parcel(LETTER), KEY, LATER)
    assert len(server.messages) == 1


def test_ledger_refuses_another_parcel_under_the_same_key(tmp_path):
    """A corrected letter needs a key of its own."""
    with stub_server() as server:
        adapter = smtp(server.port, tmp_path)
        adapter.send(parcel(LETTER), KEY, NOW)
        with pytest.raises(RefusedError):
            adapter.send(parcel(LOCKED), KEY, LATER)


def test_ledger_holds_no_personal_data(tmp_path):
    """Dispatch records give hashes and times, not the address."""
    with stub_server() as server:
        smtp(server.port, tmp_path).send(parcel(LETTER), KEY, NOW)
    kept = b"".join(p.read_bytes() for p in tmp_path.iterdir())
    assert TO.encode() not in kept
    assert sha(LETTER.data).encode() in kept


def test_a_damaged_receipt_is_reported(tmp_path):
    """A receipt that cannot be read is an error of its own, not a second sending."""
    adapter = FolderDelivery(tmp_path)
    adapter.send(parcel(LETTER), KEY, NOW)
    (tmp_path / KEY / "receipt.json").write_text("{")
    with pytest.raises(IntegrityError):
        adapter.send(parcel(LETTER), KEY, LATER)
