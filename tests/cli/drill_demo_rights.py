"""The other rights on the demo council: sent, and shown by the systems read again.

Part of `make drill`: tests/walk holds every right to more, on a smaller council.
"""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from cli.demo_rights import NAMES, show
from demo.generate import generate

SEED = 7
ENDS = {
    "erasure": ("erased in part", "CASE_NOTES, use stopped: 0 -> 1"),
    "rectification": ("partly corrected", "statements beside entries: 0 -> 3"),
    "restriction": ("restricted", "CASE_NOTES, use stopped: 0 -> 1"),
    "objection": ("stopped", "CASE_NOTES, use stopped: 0 -> 1"),
    "consent": ("continues on another basis", "done by hand, with the proof brought back"),
    "automated": ("changed", "done by hand, with the proof brought back: 1"),
    "portability": ("refused", "nothing was to change, and nothing did"),
    "complaint": ("partly upheld", "nothing was to change, and nothing did"),
}


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A generated council; copied by each demo."""
    out = tmp_path_factory.mktemp("demo") / "council"
    generate(out, SEED)
    return out


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", NAMES)
def test_each_right_goes_from_receipt_to_a_sent_reply(
    name: str, council: Path, tmp_path: Path
) -> None:
    """It ends as the rules decide, the systems show it, and every letter lies there to be read."""
    said = StringIO()
    show(name, council, tmp_path / name, Console(file=said, width=200))
    outcome, shown = ENDS[name]
    assert f"The whole: {outcome}" in said.getvalue()
    assert shown in said.getvalue()
    letters = list((tmp_path / name / "letters").glob("*.pdf"))
    assert any(p.name.endswith("-reply.pdf") for p in letters)
    assert any("sent" in line for line in said.getvalue().splitlines() if "-reply.pdf" in line)
