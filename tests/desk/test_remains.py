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
