import datetime as dt
import hashlib
from dataclasses import replace
from io import BytesIO

import page
import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from letters.codes import seal_code
from letters.layout import VolumeSize
from letters.pack import ONE_VOLUME, build_pack, encrypt
from letters.parts import Subject
from letters.sheets import DisclosedPart, LeftOutRow, RedactionRow
from letters.stamp import STRIP
from rights.errors import InputError, VerificationError
from rights.release import DisclosureMode, ReleasablePdf, Told, told
from tests.letters.reading import flat_text, page_texts, tag_outline
from tests.letters.samples_pack import disclosed, pack_context
from tests.letters.samples_people import DAY

MIXED = ((2, 4, 1), (0, 90, 180, 270))


@pytest.fixture(scope="module")
def pack():
    return build_pack(pack_context(), disclosed(*MIXED))


def outline_of(data):
    with pikepdf.open(BytesIO(data)) as pdf:
        places = {leaf.objgen: number for number, leaf in enumerate(pdf.pages, start=1)}
        with pdf.open_outline() as outline:
            return [(i.title, places[i.destination[0].objgen]) for i in outline.root]


def releasable(pack):
    return ReleasablePdf(pack.data, pack.sha256, pack.pages, "test")


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.integers(1, 12), min_size=1, max_size=5),
    st.lists(st.sampled_from((0, 90, 180, 270)), min_size=1, max_size=4),
)
def test_page_map_outline_and_stamps_agree(counts, rotations):
    """Whatever goes in, map, outline, stamps and page count tell the same numbers, no gaps."""
    made = build_pack(pack_context(redactions=()), disclosed(tuple(counts), tuple(rotations)))
    texts = page_texts(made.data)
    assert [e.number for e in made.page_map] == list(range(1, made.pages + 1))
    assert len(texts) == made.pages
    for entry, text in zip(made.page_map, texts, strict=True):
        assert entry.label == f"SAR-2026-0041-K / page {entry.number}"
        assert text.strip().endswith(entry.label)
    firsts = {}
    for entry in made.page_map:
        firsts.setdefault(entry.section, entry.number)
    assert outline_of(made.data) == list(firsts.items())
    assert [e.page_ref for e in made.page_map if e.page_ref] == [
        ref
        for part in sorted(
            disclosed(tuple(counts), tuple(rotations)), key=lambda p: p.date or dt.date.max
        )
        for ref in part.page_refs
    ]


def test_contents_print_the_true_numbers(pack):
    """The contents give each section and document the page on which it begins."""
    contents = " ".join(page_texts(pack.data)[0].split())
    for title, number in outline_of(pack.data):
        assert f"{title} {number}" in contents


def test_long_contents_still_settle():
    """With 150 documents the contents need several pages and still give the true numbers."""
    part = disclosed((1,))[0]
    parts = [
        replace(part, title=f"Entry {n:03}", page_refs=(f"X{n}",), warning="") for n in range(150)
    ]
    made = build_pack(pack_context(redactions=()), parts)
    text = flat_text(made.data)
    assert [e.section for e in made.page_map].index("Before you read") > 2
    for entry in made.page_map:
        if entry.page_ref:
            assert f"{entry.section} {entry.number} " in text


def test_stamp_adds_a_strip_and_moves_nothing(pack):
    """Seen from the top left, a disclosed page is pixel for pixel what it was."""
    sources = {
        ref: (part.pdf, place)
        for part in disclosed(*MIXED)
        for place, ref in enumerate(part.page_refs)
    }
    stamped = pypdfium2.PdfDocument(pack.data)
    seen = 0
    for entry in pack.page_map:
        if entry.page_ref is None:
            continue
        data, place = sources[entry.page_ref]
        before = pypdfium2.PdfDocument(data)[place]
        after = stamped[entry.number - 1]
        assert after.get_height() == pytest.approx(before.get_height() + STRIP)
        assert after.get_width() == pytest.approx(before.get_width())
        old = before.render(scale=1).to_pil().convert("RGB")
        new = after.render(scale=1).to_pil().convert("RGB")
        assert new.crop((0, 0, *old.size)).tobytes() == old.tobytes()
        seen += 1
    assert seen == 7


def test_same_pack_same_bytes(pack):
    """Building twice gives the same file, code and hash."""
    again = build_pack(pack_context(), disclosed(*MIXED))
    assert again == pack
    assert again.data == pack.data
    assert pack.sha256 == hashlib.sha256(pack.data).hexdigest()


def test_code_stands_on_the_last_page_only_and_follows_the_content(pack):
    """The last page prints the code; another pack has another code."""
    texts = [" ".join(t.split()) for t in page_texts(pack.data)]
    assert pack.code in texts[-1]
    assert not any(pack.code in t for t in texts[:-1])
    assert pack.page_map[-1].section == "The code of this pack"
    other = build_pack(pack_context(), disclosed((2, 4, 2), MIXED[1]))
    assert other.code != pack.code
    assert seal_code(b"") != pack.code


def test_tags_and_language_of_our_pages_survive(pack):
    """Our pages stay tagged, and the file no longer claims to be PDF/UA as a whole."""
    tags = [t.strip() for t in tag_outline(pack.data)]
    assert tags.count("H1") == 8
    assert "TH" in tags
    with pikepdf.open(BytesIO(pack.data)) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.MarkInfo.Marked
        with pdf.open_metadata() as meta:
            assert "pdfuaid:part" not in meta
            assert meta["dc:title"] == "Information about you (SAR-2026-0041-K)"


def test_our_pages_in_a_pack_are_accessible(pack):
    """The only thing the PDF/UA profile misses are tags on disclosed pages, and the claim."""
    report = page.validate_pdf_bytes(pack.data, profile="ua1")
    assert {f.rule_id for f in report.failures} == {
        "PDFUA1-CONTENT-TAGGING-001",
        "PDFUA1-ID-PART-001",
        "PDFUA1-ID-SCHEMA-001",
    }
    ours = {e.number for e in pack.page_map if e.page_ref is None}
    told = [f.message for f in report.failures if "page " in f.message]
    assert told
    assert not any(f"page {n} " in m for m in told for n in ours)


def test_page_attributes_of_the_page_tree_are_kept():
    """Size, turn and resources that a page inherits from its tree come along."""
    part = disclosed((2,), (90,))[0]
    out = BytesIO()
    with pikepdf.open(BytesIO(part.pdf)) as pdf:
        tree = pdf.Root.Pages
        tree.MediaBox = pikepdf.Array([0, 0, 300, 400])
        tree.Rotate = 90
        for leaf in tree.Kids:
            del leaf.MediaBox
            del leaf.Rotate
        pdf.save(out)
    made = build_pack(pack_context(redactions=()), [replace(part, pdf=out.getvalue())])
    number = next(e.number for e in made.page_map if e.page_ref)
    shown = pypdfium2.PdfDocument(made.data)[number - 1]
    assert (shown.get_width(), shown.get_height()) == (400, 300 + STRIP)


def test_words_fit_a_reader_who_asks_for_someone_else():
    """A parent's pack speaks of the child by name and not of 'you'."""
    context = pack_context(redactions=(), subject=Subject("Robin Marsh", is_reader=False))
    text = flat_text(build_pack(context, disclosed((1,))).data)
    assert "Information about Robin Marsh" in text
    assert "How we use Robin Marsh’s information" in text
    assert "It is not who Robin Marsh is." in text


def test_no_internal_reference_reaches_the_file(pack):
    """The stable references of source pages are in the map and nowhere in the bytes."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pack.data)) as pdf:
        pdf.save(out, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert not any(
        e.page_ref.encode() in out.getvalue() or e.page_ref in flat_text(pack.data)
        for e in pack.page_map
        if e.page_ref
    )


def test_schedule_gives_outward_numbers():
    """Redactions are listed by the page number the reader sees, once for each label and page."""
    rows = (
        RedactionRow("D01/2", "Another person"),
        RedactionRow("D01/1", "Another person"),
        RedactionRow("D01/1", "Another person"),
        RedactionRow("D01/1", "Withheld by law", Told.GENERAL),
    )
    made = build_pack(pack_context(redactions=rows), disclosed((2, 1)))
    number = {e.page_ref: e.number for e in made.page_map}
    text = flat_text(made.data)
    assert f"{number['D01/1']} Another person; Withheld by law" in text
    assert f"{number['D01/2']} Another person" in text


def test_silent_mode_leaves_no_trace():
    """Nothing silent can be told of, and without open entries there is no section about it."""
    assert told(DisclosureMode.SILENT) is None
    assert [t.value for t in Told] == [DisclosureMode.NAMED, DisclosureMode.GENERAL]
    made = build_pack(pack_context(labels=(), redactions=()), disclosed())
    assert "withheld" not in flat_text(made.data).lower()


def test_documents_with_pages_left_out_are_listed():
    """In the named mode a document that is left out is told of, without a page of its own."""
    row = LeftOutRow("Team mailbox: email", DAY, "[legal advice]")
    made = build_pack(pack_context(labels=(), redactions=(), left_out=(row,)), disclosed((1,)))
    text = flat_text(made.data)
    assert "Documents of which pages are left out" in text
    assert f"Team mailbox: email {row.label}" in text


def test_an_answer_without_documents_is_a_pack_of_our_own_pages():
    """Nothing held: the search, people to talk to and the code; refused: not even the search."""
    held = build_pack(pack_context(labels=(), redactions=(), article_15=None), ())
    assert "Where we looked" in flat_text(held.data)
    assert "Documents, in the order" not in flat_text(held.data)
    assert "Before you read" not in flat_text(held.data)
    assert held.code in flat_text(held.data)
    bare = pack_context(labels=(), redactions=(), glossary=(), article_15=None, search=None)
    refused = build_pack(bare, ())
    assert [e.section for e in refused.page_map][-1] == "The code of this pack"
    assert "Where we looked" not in flat_text(refused.data)


def test_a_pack_of_several_parts_says_which_it_is():
    """A part names itself and those before it; a single part says nothing about parts."""
    for changes, words in (
        ({"more_to_come": True}, "This is part 1 of our answer. The rest follows."),
        (
            {"part": 2, "parts_before": 1, "more_to_come": True},
            "This is part 2 of our answer. Part 1 came before it. The rest follows.",
        ),
        (
            {"part": 3, "parts_before": 2},
            "This is part 3 of our answer. Parts 1 to 2 came before it. It is the last part.",
        ),
    ):
        text = flat_text(build_pack(pack_context(redactions=(), **changes), disclosed((1,))).data)
        assert words in text
    assert "of our answer" not in flat_text(
        build_pack(pack_context(redactions=()), disclosed((1,))).data
    )


def test_text_outside_the_visible_page_is_refused():
    """A page whose crop box hides something does not get into a pack."""
    part = disclosed((1,))[0]
    out = BytesIO()
    with pikepdf.open(BytesIO(part.pdf)) as pdf:
        pdf.pages[0].cropbox = (0, 0, 300, 300)
        pdf.save(out)
    with pytest.raises(VerificationError) as caught:
        build_pack(pack_context(redactions=()), [replace(part, pdf=out.getvalue())])
    assert caught.value.code == "pack.page_cropped"


def test_actions_and_links_of_disclosed_pages_stay_behind():
    """Annotations and page actions of a document do not come along."""
    part = disclosed((1,))[0]
    out = BytesIO()
    with pikepdf.open(BytesIO(part.pdf)) as pdf:
        action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('CANARY')")
        pdf.pages[0].obj.AA = pikepdf.Dictionary(O=action)
        pdf.pages[0].obj.Annots = pikepdf.Array(
            [pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)]
        )
        pdf.save(out)
    made = build_pack(pack_context(redactions=()), [replace(part, pdf=out.getvalue())])
    bare = BytesIO()
    with pikepdf.open(BytesIO(made.data)) as pdf:
        pdf.save(bare, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert b"CANARY" not in bare.getvalue()
    assert b"JavaScript" not in bare.getvalue()


@pytest.mark.parametrize(
    ("parts", "changes", "code"),
    [
        ([replace(disclosed((2,))[0], page_refs=("D01/1",))], {}, "pack.page_count"),
        (disclosed((1,)) * 2, {}, "pack.page_twice"),
        (disclosed((1,)), {"redactions": (RedactionRow("D99/1", "x"),)}, "pack.unknown_page"),
    ],
)
def test_what_does_not_fit_together_is_refused(parts: list[DisclosedPart], changes, code):
    """Missing documents, wrong counts, doubled and unknown references stop the pack."""
    with pytest.raises(InputError) as caught:
        build_pack(pack_context(**changes), parts)
    assert caught.value.code == code


def test_encryption_is_aes_256_and_needs_the_passphrase(pack):
    """The locked pack opens with the passphrase only, and inside is the same pack."""
    locked = encrypt(releasable(pack), "acorn-river-stone")
    assert locked.plain_sha256 == pack.sha256
    assert locked.sha256 == hashlib.sha256(locked.data).hexdigest()
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(BytesIO(locked.data))
    with pikepdf.open(BytesIO(locked.data), password="acorn-river-stone") as pdf:
        assert pdf.encryption.R == 6
        assert pdf.encryption.bits == 256
        assert pdf.encryption.stream_method == pikepdf.models.EncryptionMethod.aesv3
        assert pdf.allow.accessibility
    assert page_texts(locked.data, "acorn-river-stone") == page_texts(pack.data)
    with pytest.raises(InputError):
        encrypt(releasable(pack), "")


def test_from_files_into_a_file_it_is_the_same_pack(tmp_path):
    """A large pack is never held: documents in files make the same pages under the same code, in
    volumes too, the same bytes every time, and nothing else is left in the folder."""
    parts = disclosed(*MIXED)
    filed = [replace(p, pdf=tmp_path / f"{n}.pdf") for n, p in enumerate(parts)]
    for part, file in zip(parts, filed, strict=True):
        file.pdf.write_bytes(part.pdf)
    for size in (ONE_VOLUME, VolumeSize(pages=3)):
        held = build_pack(pack_context(), parts, size)
        one, two = (build_pack(pack_context(), filed, size, tmp_path / n) for n in ("a", "b"))
        assert one.data == two.data and one.sha256 == hashlib.sha256(one.data).hexdigest()
        assert replace(one, content=b"", sha256="") == replace(held, content=b"", sha256="")
        assert page_texts(one.data) == page_texts(held.data)
        assert outline_of(one.data) == outline_of(held.data)
        assert tag_outline(one.data) == tag_outline(held.data)
        with pikepdf.open(BytesIO(one.data)) as a, pikepdf.open(BytesIO(held.data)) as b:
            assert sorted(a.Root.keys()) == sorted(b.Root.keys())
            for x, y in zip(a.pages, b.pages, strict=True):
                assert sorted(x.obj.keys()) == sorted(y.obj.keys())
                assert x.mediabox == y.mediabox
        assert len(list(tmp_path.iterdir())) == len(parts) + 2
