"""Reader processes: order, limits, and nothing left behind."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from redaction.formats import Incoming, Limits, Record, read, read_many, read_record, text_pages
from redaction.formats.sandbox import Sandbox, closed_network
from tests.redaction.formats import hostile


def test_results_come_in_order_and_nothing_stays(tmp_path: Path) -> None:
    """A mixed batch comes back in the order given, and the scratch folder is empty after it."""
    home = Path.home()
    before = sorted(home.iterdir())
    items = [
        Incoming("a", "", hostile.word_with_tracked_deletion()),
        Incoming("b", "b.txt", b"SEEN"),
        Incoming("c", "", hostile.encrypted_pdf()),
        Incoming("d", "", b"\x00\x01\x02 no known kind"),
        Incoming("e", "", b""),
        Incoming("f", "f.csv", b"name,value\nSEEN,1\n"),
    ]
    documents = list(read_many(items, scratch=tmp_path, workers=2))
    assert [d.id for d in documents] == list("abcdef")
    assert [[u.code for u in d.unreadable] for d in documents] == [
        [], [], ["pdf.encrypted"], ["format.unknown"], ["format.empty"], [],
    ]  # fmt: skip
    assert all(d.unreadable or "SEEN" in d.pages[0].text for d in documents)
    assert list(tmp_path.iterdir()) == []
    assert sorted(home.iterdir()) == before


def test_documents_are_taken_a_batch_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a case that comes one by one no more is held than a batch, and none is lost."""
    monkeypatch.setattr("redaction.formats.pool._BATCH", 2)
    taken: list[str] = []

    def given() -> Iterator[Incoming]:
        for n in range(5):
            taken.append(str(n))
            yield Incoming(str(n), "a.txt", b"SEEN %d" % n)

    ahead = [(d.id, len(taken)) for d in read_many(given(), scratch=tmp_path, workers=1)]
    assert ahead == [("0", 2), ("1", 2), ("2", 4), ("3", 4), ("4", 5)]


def test_same_bytes_give_the_same_document(tmp_path: Path) -> None:
    """LibreOffice, too, is made to give the same pages twice."""
    data = hostile.word_with_tracked_deletion()
    first, second = (read(data, document_id="a", scratch=tmp_path) for _ in range(2))
    assert first == second


def test_reader_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    """A document that goes over the time is a task; the next one is read by a fresh reader."""
    slow = Incoming("slow", "", hostile.picture_pdf(hostile.text_picture(["word " * 12] * 12)))
    quick = Incoming("quick", "q.txt", b"SEEN")
    hasty = Limits(seconds=0.001)
    (late,) = read_many([slow], scratch=tmp_path, workers=1, limits=hasty)
    assert [u.code for u in late.unreadable] == ["format.slow"]
    (done,) = read_many([quick], scratch=tmp_path, workers=1)
    assert done.pages[0].text == "SEEN"
    assert list(tmp_path.iterdir()) == []


def test_reader_that_takes_too_much_memory_is_a_task(tmp_path: Path) -> None:
    """Memory is bounded: the document becomes a task, and the others are read."""
    large = Incoming("large", "", hostile.picture_pdf(hostile.text_picture(["x"], (9000, 9000))))
    small = Incoming("small", "s.txt", b"SEEN")
    first, second = read_many(
        [large, small], scratch=tmp_path, workers=1, limits=Limits(memory_mb=600)
    )
    assert first.unreadable or first.pages[0].needs_eyes
    assert second.pages[0].text == "SEEN"


def test_too_many_pages_is_a_task(tmp_path: Path) -> None:
    """The page limit is explained, not silently applied."""
    data = "\n".join(f"line {n}" for n in range(400)).encode()
    (document,) = read_many(
        [Incoming("a", "a.txt", data)], scratch=tmp_path, workers=1, limits=Limits(pages=2)
    )
    assert [u.code for u in document.unreadable] == ["format.too_long"]
    assert not document.pages


def test_tasks_name_nobody(tmp_path: Path) -> None:
    """No task quotes the document or its file name."""
    items = [
        Incoming("a", "Aisha Khan.docx", b"PK\x03\x04 Aisha Khan"),
        Incoming("b", "Aisha.pdf", b"%PDF-1.4 Aisha"),
    ]
    for document in read_many(items, scratch=tmp_path):
        (task,) = document.unreadable
        assert "Aisha" not in f"{task.code} {task.why} {task.next_step}"


def test_readers_have_no_network(tmp_path: Path) -> None:
    """Where the kernel allows it, a process in the sandbox cannot even reach this machine."""
    with socket.create_server(("127.0.0.1", 0)) as server, Sandbox(tmp_path) as sandbox:
        port = server.getsockname()[1]
        call = f"import socket; socket.create_connection(('127.0.0.1', {port}), 2)"
        process = sandbox.start([sys.executable, "-c", call], 1024)
        reached = process.wait(20) == 0
    assert reached == (not closed_network())
    assert list(tmp_path.iterdir()) == []


def test_sandbox_passes_on_no_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The caller's environment is not handed to the readers."""
    monkeypatch.setenv("RIGHTS_MASTER_KEY", "secret")
    with Sandbox(tmp_path) as sandbox:
        names = sandbox.environment()
        assert "RIGHTS_MASTER_KEY" not in names
        assert names["HOME"].startswith(str(tmp_path))


def test_giving_up_early_cleans_up(tmp_path: Path) -> None:
    """A caller that stops halfway leaves no process and no file."""
    items = [Incoming(str(n), "a.txt", b"SEEN") for n in range(6)]
    reading = read_many(items, scratch=tmp_path, workers=2)
    next(reading)
    reading.close()  # pyright: ignore[reportAttributeAccessIssue]
    assert list(tmp_path.iterdir()) == []
    assert not any(b"redaction.formats.worker" in c for c in children_of(os.getpid()))


def children_of(parent: int) -> list[bytes]:
    """Command lines of the running processes that this one started."""
    found: list[bytes] = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = (folder / "status").read_text()
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if f"PPid:\t{parent}\n" in status:
            found.append(command)
    return found


def test_record_becomes_a_page(tmp_path: Path) -> None:
    """A case note has its title, date, fields, table and text on the page, and nothing hidden."""
    document = read_record(
        "note", "Case note", fields=[("Worker", "J Carter"), ("Empty", "")],
        rows=[("Date", "What"), ("1 May", "Visit <b>")], text="First line\n\n  indented",
        date="1 May 2019", scratch=tmp_path,
    )  # fmt: skip
    (page,) = document.pages
    assert page.text.split("\n")[0] == "Case note"
    for shown in ("Date 1 May 2019", "Worker J Carter", "Visit <b>", "First line", "indented"):
        assert shown in page.text
    assert "Empty" not in page.text
    assert document.hidden == () and document.unreadable == ()


def test_records_can_be_kept_and_read_again(tmp_path: Path) -> None:
    """A record in a batch gives the same document as one read by itself."""
    record = Record("Note", (("a", "b"),), text="text")
    (batch,) = read_many([record.incoming("n")], scratch=tmp_path)
    single = read_record("n", "Note", fields=[("a", "b")], text="text", scratch=tmp_path)
    assert batch == single


def test_text_is_set_out_whole(tmp_path: Path) -> None:
    """Long text runs over as many pages as it needs, with every line on one of them."""
    text = "\n".join(f"line{n} of the text" for n in range(300))
    document = text_pages("t", "Long", text, scratch=tmp_path)
    assert len(document.pages) > 3
    said = " ".join(p.text for p in document.pages).split()
    assert all(f"line{n}" in said for n in range(300))
