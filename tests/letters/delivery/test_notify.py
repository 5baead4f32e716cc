import base64
import datetime as dt
import logging

import pytest

from letters.delivery.ledger import Ledger
from letters.delivery.notify import NotifyAccount, NotifyDelivery
from letters.delivery.parcel import (
    DeliveryError,
    DeliveryStatus,
    Item,
    Parcel,
    UncertainDeliveryError,
)
from letters.render import LetterPdf
from rights.errors import ConfigError, InputError
from tests.letters.delivery.notify_stub import KEY as API_KEY
from tests.letters.delivery.notify_stub import SERVICE, notify_stub
from tests.letters.delivery.test_delivery import KEY, LETTER, LOCKED, NOW, PACK, TO, sha

LATER = NOW + dt.timedelta(days=1)


@pytest.fixture
def stub():
    with notify_stub() as running:
        yield running


def notify(url, folder, *, by_post=True, template="template-1"):
    account = NotifyAccount(url, API_KEY, template=template, timeout=5)
    return NotifyDelivery(account, Ledger(folder), lambda: NOW, by_post=by_post)


def parcel(content=LETTER, to=TO, link=""):
    return Parcel("SAR-2026-0041-K", (Item("SAR-2026-0041-K-letter.pdf", content),), to, link)


def test_a_letter_is_posted_once(stub, tmp_path):
    """Notify gets the very bytes under our key, and the same key again gives the first receipt."""
    adapter = notify(stub.url, tmp_path)
    receipt = adapter.send(parcel(), KEY, NOW)
    assert adapter.send(parcel(), KEY, LATER) == receipt
    (sent,) = stub.sent
    assert base64.b64decode(sent["content"]) == LETTER.data
    assert (sent["type"], sent["reference"], sent["postage"]) == ("letter", KEY, "second")
    assert sent["claims"] == {"iss": SERVICE, "iat": int(NOW.timestamp())}
    assert receipt.proof == sent["id"] and dict(receipt.hashes).popitem()[1] == LETTER.sha256


def test_an_email_carries_the_letter_and_the_link(stub, tmp_path):
    """The email's fields are the reference, the letter to download and the link of the pack."""
    adapter = notify(stub.url, tmp_path, by_post=False)
    adapter.send(parcel(link="https://transfer.example/x"), KEY, NOW)
    (sent,) = stub.sent
    assert sent["email_address"] == TO and sent["template_id"] == "template-1"
    fields = sent["personalisation"]
    assert base64.b64decode(fields["link_to_letter"]["file"]) == LETTER.data
    assert fields["link_to_pack"] == "https://transfer.example/x"
    assert fields["reference"] == "SAR-2026-0041-K"


@pytest.mark.parametrize("content", [PACK, LOCKED])
def test_a_pack_never_goes_by_notify(stub, tmp_path, content):
    """Neither a verified pack nor one under a passphrase is accepted."""
    with pytest.raises(InputError) as caught:
        notify(stub.url, tmp_path).send(parcel(content), KEY, NOW)
    assert caught.value.code == "delivery.pack_by_notify"
    assert stub.sent == []


def test_what_notify_would_refuse_is_refused_before(stub, tmp_path):
    """A letter of eleven pages is not posted, one above 2 MB not emailed, none without address."""
    long = LetterPdf(LETTER.data, LETTER.sha256, 11, "cover_letter", "SAR-2026-0041-K")
    heavy = b"%PDF" + bytes(2 * 1024 * 1024)
    big = LetterPdf(heavy, sha(heavy), 1, "cover_letter", "SAR-2026-0041-K")
    with pytest.raises(InputError):
        notify(stub.url, tmp_path).send(parcel(long), KEY, NOW)
    with pytest.raises(InputError):
        notify(stub.url, tmp_path, by_post=False).send(parcel(big), KEY, NOW)
    with pytest.raises(InputError):
        notify(stub.url, tmp_path, by_post=False).send(parcel(to=""), KEY, NOW)
    assert stub.sent == [] and not list(tmp_path.iterdir())


@pytest.mark.parametrize("misbehave", ["forbid", "limit", "refuse"])
def test_a_refusal_is_certain_and_names_nobody(stub, tmp_path, misbehave, caplog):
    """A code of 400 to 499 means that nothing was sent: a retry works and no address shows."""
    stub.misbehave = misbehave
    adapter = notify(stub.url, tmp_path, by_post=False)
    with caplog.at_level(logging.DEBUG), pytest.raises(DeliveryError) as caught:
        adapter.send(parcel(), KEY, NOW)
    assert TO not in str(caught.value) + caplog.text and API_KEY not in caplog.text
    assert adapter.status(KEY) is DeliveryStatus.UNKNOWN
    stub.misbehave = ""
    adapter.send(parcel(), KEY, LATER)
    assert len(stub.sent) == 1


@pytest.mark.parametrize("misbehave", ["broken after", "hang up"])
def test_a_broken_line_is_settled_by_looking(stub, tmp_path, misbehave):
    """When the answer is lost but Notify has the letter, it is found there and never sent again."""
    stub.misbehave = misbehave
    receipt = notify(stub.url, tmp_path).send(parcel(), KEY, NOW)
    assert receipt.proof == stub.sent[0]["id"] and len(stub.sent) == 1


def test_what_notify_does_not_know_is_a_persons_task(stub, tmp_path):
    """A broken answer that left no trace is uncertain until a person says it did not go out."""
    stub.misbehave = "broken"
    adapter = notify(stub.url, tmp_path)
    with pytest.raises(UncertainDeliveryError):
        adapter.send(parcel(), KEY, NOW)
    stub.misbehave = ""
    with pytest.raises(UncertainDeliveryError):
        notify(stub.url, tmp_path).send(parcel(), KEY, LATER)
    assert stub.sent == [] and adapter.status(KEY) is DeliveryStatus.STARTED
    receipt = adapter.send(parcel(), KEY, LATER, 1)
    assert adapter.send(parcel(), KEY, LATER, 1) == receipt and len(stub.sent) == 1


def test_a_second_try_looks_first(stub, tmp_path):
    """If Notify has it after all, a try that a person allowed sends nothing."""
    stub.misbehave = "blind"
    adapter = notify(stub.url, tmp_path)
    ledger = Ledger(tmp_path)
    assert ledger.begin(KEY, parcel()) is None
    stub.sent.append({"id": "known", "reference": KEY, "status": "created"})
    with pytest.raises(UncertainDeliveryError):
        adapter.send(parcel(), KEY, NOW)
    stub.misbehave = ""
    assert adapter.send(parcel(), KEY, LATER, 1).proof == "known" and len(stub.sent) == 1


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("created", DeliveryStatus.HANDED_OVER),
        ("sending", DeliveryStatus.HANDED_OVER),
        ("delivered", DeliveryStatus.DELIVERED),
        ("received", DeliveryStatus.DELIVERED),
        ("permanent-failure", DeliveryStatus.FAILED),
        ("validation-failed", DeliveryStatus.FAILED),
        ("cancelled", DeliveryStatus.FAILED),
    ],
)
def test_what_became_of_it(stub, tmp_path, said, meant):
    """Notify's word for a sending becomes ours; failures are a task for a person."""
    adapter = notify(stub.url, tmp_path)
    adapter.send(parcel(), KEY, NOW)
    stub.sent[0]["status"] = said
    assert adapter.status(KEY) is meant
    stub.misbehave = "blind"
    assert adapter.status(KEY) is DeliveryStatus.HANDED_OVER


def test_nobody_listening_is_certain(tmp_path):
    """When there is no connection, nothing was sent."""
    with notify_stub() as stopped:
        url = stopped.url
    with pytest.raises(DeliveryError):
        notify(url, tmp_path).send(parcel(), KEY, NOW)


def test_the_key_stays_secret():
    """The key shows in no text of the account, and no plain address is accepted for it."""
    assert API_KEY not in repr(NotifyAccount("https://notify.example", API_KEY))
    with pytest.raises(ConfigError):
        NotifyAccount("http://notify.example", API_KEY)
    with pytest.raises(ConfigError):
        NotifyAccount("https://notify.example", "short")
