import datetime as dt
import hashlib
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from letters.layout import VolumeSize
from letters.pack import build_pack
from letters.volumes import documents_of, part_pack
from rights.errors import InputError
from rights.release import ReleasablePdf
from tests.letters.reading import flat_text, page_texts, tag_outline
from tests.letters.samples_pack import disclosed, pack_context

COUNTS = (5, 4, 3, 6)


@pytest.fixture(scope="module")
def pack():
    return build_pack(pack_context(redactions=()), disclosed(COUNTS), VolumeSize(pages=8))


@pytest.fixture(scope="module")
def volumes(pack):
    return part_pack(releasable(pack), pack.volumes)


def releasable(pack):
    return ReleasablePdf(pack.data, pack.sha256, pack.pages, "test")


def titles(data):
    with pikepdf.open(BytesIO(data)) as pdf, pdf.open_outline() as outline:
        return [item.title for item in outline.root]


def test_a_small_pack_is_one_volume():
    """Below the limits there is one volume, the pack itself, and no page speaks of volumes."""
    made = build_pack(pack_context(redactions=()), disclosed(COUNTS))
    assert made.volumes == (1,)
    whole = releasable(made)
    assert part_pack(whole, made.volumes) == (whole,)
    assert "olume" not in flat_text(made.data)


def test_volumes_part_between_documents_and_say_which_they_are(pack, volumes):
    """No document is cut; each page says volume and running number; the opener says the range."""
    assert len(volumes) == 3
    texts = [page_texts(volume.data) for volume in volumes]
    assert [text for one in texts for text in one] == page_texts(pack.data)
    seen = 0
    for number, pages in enumerate(texts, start=1):
        for text in pages:
            seen += 1
            assert text.strip().endswith(f"/ volume {number} of 3 / page {seen}")
    assert seen == pack.pages
    second = " ".join(texts[1][0].split())
    last = pack.volumes[2] - 1
    assert "Volume 2 of 3" in second and f"pages {pack.volumes[1]} to {last}" in second
    assert "This pack comes in 3 volumes" in " ".join(texts[0][0].split())
    documents = [
        {e.section for e in pack.page_map if e.page_ref and a <= e.number < b}
        for a, b in zip(pack.volumes, (*pack.volumes[1:], pack.pages + 1), strict=True)
    ]
    assert not any(a & b for a in documents for b in documents if a is not b)


def test_one_code_belongs_to_all(pack, volumes):
    """The code stands once, on the last page of the last volume."""
    found = [pack.code in " ".join(flat_text(v.data).split()) for v in volumes]
    assert found == [False, False, True]


def test_a_volume_holds_nothing_of_the_others(pack, volumes):
    """Drawings and pictures of other volumes are not in the file, not even unseen."""
    for volume in volumes:
        with pikepdf.open(BytesIO(volume.data)) as pdf:
            pages = [
                o
                for o in pdf.objects
                if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Page"
            ]
            assert len(pages) == volume.pages == len(pdf.pages)
        assert volume.sha256 == hashlib.sha256(volume.data).hexdigest()


def test_outline_and_tags_stay_with_their_volume(pack, volumes):
    """Each volume has the outline entries of its own pages, and our pages keep their tags."""
    assert [t for v in volumes for t in titles(v.data)] == titles(pack.data)
    for volume in volumes:
        assert any(tag.strip() == "H1" for tag in tag_outline(volume.data))


def test_parting_twice_gives_the_same_bytes(pack, volumes):
    """Before encryption every volume is the same on repeat."""
    assert part_pack(releasable(pack), pack.volumes) == volumes


def test_a_limit_in_mebibytes_parts_too():
    """Large files begin a new volume, and one larger than a volume stands alone in one."""
    parts = disclosed((1, 1, 1))
    size = VolumeSize(mebibytes=len(parts[0].pdf) * 1.5 / 1024 / 1024)
    assert len(build_pack(pack_context(redactions=()), parts, size).volumes) == 3


@pytest.mark.parametrize("firsts", [(), (2,), (1, 1), (1, 99), (1, 9, 5)])
def test_numbers_that_do_not_part_are_refused(pack, firsts):
    """Volumes cover the whole pack in order, or nothing is cut."""
    with pytest.raises(InputError):
        part_pack(releasable(pack), firsts)


def test_single_documents_when_asked(pack):
    """Each document can be a file of its own, with its stamps and nothing else."""
    numbers = {}
    for entry in pack.page_map:
        if entry.page_ref:
            numbers.setdefault(entry.page_ref.partition("/")[0], []).append(entry.number)
    spans = [range(pages[0], pages[-1] + 1) for pages in numbers.values()]
    files = documents_of(releasable(pack), spans)
    assert sorted(f.pages for f in files) == sorted(COUNTS)
    whole = page_texts(pack.data)
    for span, file in zip(spans, files, strict=True):
        assert page_texts(file.data) == whole[span.start - 1 : span.stop - 1]
        with pikepdf.open(BytesIO(file.data)) as pdf:
            kinds = [o.get("/Type") for o in pdf.objects if isinstance(o, pikepdf.Dictionary)]
            assert kinds.count("/Page") == len(span)


def test_the_timeline_counts_the_dated_documents_by_year():
    """Each year says what is there and from which page; undated documents are not in it."""
    parts = [
        replace(part, title=title, date=date)
        for part, title, date in zip(
            disclosed((1, 1, 1, 1)),
            ("Case system: record", "Case system: record", "School: record", "Undated"),
            (dt.date(2009, 3, 1), dt.date(2009, 9, 1), dt.date(2011, 1, 1), None),
            strict=True,
        )
    ]
    made = build_pack(pack_context(redactions=()), parts)
    firsts = {e.page_ref: e.number for e in made.page_map if e.page_ref}
    page = next(e.number for e in made.page_map if e.section == "Year by year")
    text = " ".join(page_texts(made.data)[page - 1].split())
    assert f"2009 Case system: record (2) {firsts['D01/1']}" in text
    assert f"2011 School: record {firsts['D03/1']}" in text
    assert "Undated" not in text and "2010" not in text


def test_one_year_needs_no_timeline():
    """A pack from a single year has no timeline; its contents say the same."""
    made = build_pack(pack_context(redactions=()), disclosed((1,)))
    assert "Year by year" not in flat_text(made.data)
