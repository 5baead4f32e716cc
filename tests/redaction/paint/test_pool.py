"""A page worker that dies stops the painting with a plain word, and nothing comes out."""

import multiprocessing
import threading
import time

import pytest

from benchmarks.sample_pages import case_notes, read
from redaction.decisions import PagePlan
from redaction.paint import PaintJob, paint_many
from rights.errors import RefusedError


def test_a_killed_worker_is_told_and_gives_no_pages():
    """Killed from outside, as the kernel does when memory runs out."""
    document = read(case_notes(1))
    plans = (PagePlan(document.id, 1, ()),)
    ended = threading.Event()

    def kill() -> None:
        while not ended.is_set():
            for child in multiprocessing.active_children():
                child.kill()
            time.sleep(0.01)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        with pytest.raises(RefusedError, match=r"paint\.worker_died"):
            list(paint_many([PaintJob(document, plans)] * 25, 2))
    finally:
        ended.set()
        killer.join()
