"""The request as it came in, in the normal form, so that the desk can show it safely."""

from __future__ import annotations

from casework.office import Work
from redaction.document import ReadDocument, load_pages
from redaction.formats import read

_VIEW, _PAGES = "request/view.pdf", "request/pages.json"


def request_document(work: Work) -> ReadDocument | None:
    """The request's pages; None for a spoken request.

    What comes from outside is read in a closed process like any document, once, and kept; the
    file itself is never handed to a browser.
    """
    opened = work.case.opened
    if opened is None or not opened.request_file:
        return None
    if not work.office.store.has_file(work.ref, _PAGES):
        _read(work, opened.request_file)
    return load_pages(work.get(_PAGES), work.get(_VIEW))


def _read(work: Work, file: str) -> None:
    name = work.get(f"{file}.name").decode()
    with work.office.scratch.job(f"{work.ref}-request") as scratch:
        document = read(work.get(file), document_id="request", name=name, scratch=scratch)
    if not work.office.store.has_file(work.ref, _VIEW):
        work.put(_VIEW, document.pdf)
    work.put(_PAGES, document.dump_pages())
