"""What still points at somebody, as the desk shows it."""

from __future__ import annotations

from collections.abc import Callable

from tests.desk.conftest import Room


def test_what_remains_in_sight_has_a_page_of_its_own(room_at: Callable[[str], Room]) -> None:
    """It is reached from the list of pages; a warning, with nothing to decide on it."""
    officer = room_at("cast").as_("officer1")
    assert "/remains" in officer.case_page("/pages").text
    page = officer.case_page("/remains")
    assert page.status_code == 200
    assert "Documents that say the same" in page.text
    assert "<form" not in page.text.split("<main", 1)[1]


def test_what_is_withheld_is_accounted_for(room_at: Callable[[str], Room]) -> None:
    """Reached from the case, by part: black by person, ground and reviewer, each box with whoever
    decided it. The reference and nobody's name stands in the title; looking is journaled."""
    room = room_at("approve")
    officer = room.as_("officer1")
    assert "/redactions" in officer.case_page().text
    page = officer.case_page("/redactions")
    assert page.status_code == 200
    title = page.text.split("<title>")[1].split("</title>")[0]
    assert str(room.ref) in title and "Holloway" not in title
    for words in ("Part 1, as sealed", "By who decided", "manager", "Darren Holloway", "3P"):
        assert words in page.text
    looked = [a.what for a in room.office.store.accesses(room.ref)]
    assert "what is withheld" in looked
