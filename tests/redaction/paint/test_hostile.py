import io
from dataclasses import replace

import pikepdf
import pytest

from benchmarks.sample_pages import read
from redaction.decisions import PagePlan, PaintBox
from redaction.paint import paint
from redaction.verifying import VerifyJob, verify_page, verify_pdf
from tests.redaction.paint.hostile import NAME, NAME_BOXES, build


@pytest.fixture(scope="module")
def hostile():
    return build()


@pytest.fixture(scope="module")
def painted(hostile):
    document = read(hostile[0])
    plan = PagePlan("D1", 1, tuple(PaintBox(b, "[third party]", "3P") for b in NAME_BOXES))
    return paint(document, [plan])


def everything(pdf):
    """All bytes of a file: raw, each stream decompressed, each string, with NULs taken out too."""
    found = [pdf]
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for item in opened.objects:
            found.append(repr(item).encode())
            if isinstance(item, pikepdf.Stream):
                found.append(item.read_raw_bytes())
                try:
                    found.append(item.read_bytes())
                except pikepdf.PdfError:
                    continue
    joined = b"\n".join(found).upper()
    hexed = b"".join(f"{ord(c):04X}".encode() for c in "SECRET")
    return joined + joined.replace(b"\0", b""), hexed


def test_the_source_hides_at_least_46_secrets(hostile):
    """The file really holds what it is said to hide, in at least 46 channels."""
    pdf, secrets = hostile
    assert len(secrets) >= 46
    joined, _ = everything(pdf)
    assert [channel for channel, word in secrets.items() if word.encode() not in joined] == []


def test_no_hidden_channel_survives_painting(hostile, painted):
    """None of the secrets is in the new file, in any encoding."""
    joined, hexed = everything(painted.pdf)
    assert [c for c, word in hostile[1].items() if word.encode() in joined] == []
    assert hexed not in joined
    assert "An honest line that stays." in " ".join(w.text for w in painted.pages[0].words)


def test_the_visible_name_is_gone_in_all_five_forms(hostile, painted, tmp_path):
    """Painted over, the name is in no text, no bytes, and no picture as OCR reads it."""
    forbidden = (NAME, *hostile[1].values())
    job = VerifyJob(tuple(verify_page(p) for p in painted.pages), forbidden, thorough=True)
    result = verify_pdf(painted.pdf, job, scratch=tmp_path)
    assert result.failures == ()
    assert result.ocr_pages == 1


def test_the_hostile_file_itself_is_refused(hostile, painted, tmp_path):
    """Sent as it is, it fails on structure and on its strings."""
    pages = tuple(replace(verify_page(p), boxes=()) for p in painted.pages)
    result = verify_pdf(hostile[0], VerifyJob(pages, (NAME,)), scratch=tmp_path)
    assert not result.passed
    assert {"file", "structure", "content", "forbidden"} <= {f.check for f in result.failures}
