"""Further copies, and what is said before documents that may be hard to read, at the desk."""

from __future__ import annotations

from collections.abc import Callable

from rights.copies import copies
from tests.desk.conftest import Room

FEE: dict[str, object] = {
    "asked_on": "2026-11-23",
    "fee": "8.50",
    "basis": "Printing costs us 10 pence a page.",
}


def test_another_copy_is_asked_for_a_fee_decided_and_paid(room_at: Callable[[str], Room]) -> None:
    """Not before the answer went; a fee is a manager's; each page shows how it stands."""
    room = room_at("approve")
    officer, manager = room.as_("officer1"), room.as_("manager")
    assert "was not sent yet" in officer.case_page("/copies").text
    room.small.until()
    assert "/copies" in officer.case_page().text
    assert "Another copy was asked for" in officer.case_page("/copies").text
    refused = officer.case_post("/copies", FEE)
    assert refused.status_code == 403 and "manager" in refused.text
    assert officer.case_post("/copies", FEE | {"fee": "ten"}).status_code == 422
    assert officer.case_post("/copies", FEE | {"asked_on": ""}).status_code == 422
    assert manager.case_post("/copies", FEE).status_code == 303
    page = officer.case_page("/copies").text
    assert "asked for on 23 November 2026" in page and "£8.50" in page and "To be sent by" in page
    (copy,) = copies(room.case)
    assert officer.case_post("/copies", {"copy": copy, "paid_on": ""}).status_code == 422
    paid = officer.case_post("/copies", {"copy": copy, "paid_on": "2026-11-23"})
    assert paid.status_code == 303
    assert "Record the payment" not in officer.case_page("/copies").text


def test_a_warning_is_worded_anew_and_the_pack_is_approved_with_it(
    room_at: Callable[[str], Room],
) -> None:
    """Every document has its row; a change needs its reason, and voids the seal."""
    room = room_at("approve")
    officer = room.as_("officer1")
    page = officer.case_page("/warnings").text
    document = page.partition('name="document" value="')[2].partition('"')[0]
    assert page.count('name="document"') == len(room.case.part.documents)  # pyright: ignore
    form: dict[str, object] = {"document": document, "words": "It tells of a loss."}
    before = room.case.seal
    assert officer.case_post("/warnings", form).status_code == 422
    assert officer.case_post("/warnings", form | {"reason": "A death."}).status_code == 303
    room.small.until("approve")
    after = room.case.seal
    assert before is not None and after is not None and after.seq > before.seq
    assert "It tells of a loss." in officer.case_page("/warnings").text
    assert "decided by an officer" in officer.case_page("/warnings").text
