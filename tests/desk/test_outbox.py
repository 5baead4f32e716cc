"""The outbox at the desk: what lies there, for how long, and the record that it was taken."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

from fastapi.testclient import TestClient

from casework.receive import Receipt, receive
from desk.app import create_app
from letters.delivery.folder import FolderDelivery
from letters.delivery.parcel import Item, Parcel
from letters.render import LetterPdf
from rights.events import kinds as k
from rights.events.base import ENGINE
from rights.release import Right
from tests.desk.conftest import HOST, PASSWORD, Browser
from tests.small_office import NOON, RECEIVED, STAFF, open_small

DATA = b"%PDF letter"
LETTER = LetterPdf(DATA, hashlib.sha256(DATA).hexdigest(), 1, "cover_letter", "x")


def test_an_officer_records_that_a_parcel_was_posted(tmp_path: Path) -> None:
    """Home counts what waits; the page shows its days, asks for a proof, and keeps it."""
    office = open_small(tmp_path / "home", tmp_path)
    for login, who in STAFF.items():
        office.store.add_account(login, PASSWORD, who.roles)
    receipt = Receipt(Right.ACCESS, "phone", RECEIVED, "Front desk", False, "", run="a call")
    ref = receive(office, receipt, STAFF["officer1"].actor)
    browser = Browser(TestClient(create_app(office, lambda ref: None), base_url=HOST), ref)
    browser.sign_in("officer1")
    assert "Nothing lies in the outbox" in browser.get("/outbox").text
    assert "in the outbox" not in browser.get("/").text
    key = f"{ref}-part-1-0123456789ab"
    put = NOON - dt.timedelta(days=3)
    FolderDelivery(office.settings.outbox).send(
        Parcel(ref, (Item(f"{ref}-letter.pdf", LETTER),)), key, put
    )
    events = (
        k.DispatchStarted(actor=ENGINE, key=key, sha256="a" * 64, channel="folder"),
        k.DispatchConfirmed(actor=ENGINE, key=key, sent_on=put.date()),
    )
    office.store.append(ref, events, expected_seq=office.store.head(ref))
    assert "1 parcel in the outbox" in browser.get("/").text
    assert "lies here for 3 days" in browser.get("/outbox").text
    form: dict[str, object] = {"key": key, "how": "posted", "taken_on": "2026-11-23"}
    assert "nothing proves it" in browser.case_post("/outbox", form).text
    assert browser.case_post("/outbox", form | {"proof": "RM 1", "taken_on": ""}).status_code == 422
    assert browser.case_post("/outbox", form | {"proof": "RM 1 GB"}).status_code == 303
    page = browser.get("/outbox").text
    assert "RM 1 GB" in page and "officer1" in page and "Record it" not in page
    assert "in the outbox" not in browser.get("/").text
    office.store.close()
