"""A person whom no source knows gets an answer too: sealed, approved and sent like any other."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

from tests.small_council import SmallTruth
from tests.small_office import Small, open_small, receive_letter


def test_nothing_held_is_an_answer(small_council: tuple[Path, SmallTruth], tmp_path: Path) -> None:
    """The letter says that nothing was found and where we looked; the case closes with it."""
    council, truth = small_council
    office = open_small(tmp_path / "home", council)
    somebody = {
        **truth.people,
        "subject": {
            "names": [{"forenames": "Quentin", "surname": "Zzyzx"}],
            "date_of_birth": "1961-01-02",
        },
        "recipient": {
            "name": "Quentin Zzyzx",
            "address": ["1 Nowhere Lane", "Saltmarsh"],
            "channel": "post",
        },
    }
    small = Small(office, receive_letter(office, truth), replace(truth, people=somebody))
    assert not small.until().waiting
    case = office.case(small.ref)
    assert case.closed is not None
    assert case.closed.outcome == "nothing held"
    assert [p.documents for p in case.parts] == [()]
    assert case.seal is not None
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(office.store.get_file(small.ref, case.seal.event.letter_file))
    text = subprocess.run(["pdftotext", str(letter), "-"], capture_output=True, check=True)
    words = " ".join(text.stdout.decode().split())
    assert "We found no information to send you" in words
    assert "Quentin Zzyzx" in words
    assert len(list(office.settings.outbox.glob("*-part-*/*.pdf"))) == 2
