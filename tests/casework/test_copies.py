"""Further copies, free or for a fee, the same to the byte; and documents as files of their own."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import page
import pikepdf
import pytest

from casework.copies import Wanted, as_pence, ask_copy, due_of, paid
from casework.dispatch import passphrase_for
from casework.edition import EDITION
from casework.sealed import sealed_pages
from casework.sweep import tidy
from rights.copies import FEE_RULE, copies
from rights.errors import InputError, RefusedError
from rights.release import CaseRef
from tests.letters.reading import flat_text
from tests.rights.store.build import in_child
from tests.small_council import SmallTruth
from tests.small_office import NOON, STAFF, Small, open_small, receive_letter

OFFICER, MANAGER = STAFF["officer1"], STAFF["manager"]
TODAY = NOON.date()
FEE = Wanted(TODAY, 850, "Printing 85 pages costs us 10 pence a page.")
Council = tuple[Path, SmallTruth]


@pytest.fixture(scope="module")
def closed(
    small_council: Council, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, CaseRef]:
    """An answered request whose reader asked for single documents and for text to be read out."""
    council, truth = small_council
    people = {
        **truth.people,
        "support": {"helps": ["single documents"]},
        "recipient": {**truth.people["recipient"], "format": "screen reader"},
    }
    home = tmp_path_factory.mktemp("closed")
    office = open_small(home, council)
    small = Small(office, receive_letter(office, truth), replace(truth, people=people))
    small.until()
    office.store.close()
    return home, small.ref


@pytest.fixture
def small(closed: tuple[Path, CaseRef], small_council: Council, tmp_path: Path) -> Iterator[Small]:
    """A copy of that office of its own."""
    home, ref = closed
    shutil.copytree(home, tmp_path / "home")
    office = open_small(tmp_path / "home", small_council[0])
    yield Small(office, ref, small_council[1])
    office.store.close()


def files(small: Small, pattern: str) -> dict[str, bytes]:
    """What lies in the parcels of this pattern, by name; our letter and the receipt left out."""
    found = small.office.settings.outbox.glob(f"{pattern}/*.pdf")
    return {p.name: p.read_bytes() for p in found if not p.name.endswith("-letter.pdf")}


def test_each_document_comes_as_a_file_of_its_own_under_the_same_words(small: Small) -> None:
    """As many files as documents were sent, each of whole pages of the pack, all locked."""
    words = passphrase_for(small.office, small.ref, OFFICER)
    sent = files(small, "*-part-*")
    single = {name: data for name, data in sent.items() if "-document-" in name}
    (pack,) = (data for name, data in sent.items() if "-pack" in name)
    with pikepdf.open(BytesIO(pack), password=words) as whole:
        disclosed = len(whole.pages)
    pages = 0
    for data in single.values():
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(BytesIO(data))
        with pikepdf.open(BytesIO(data), password=words) as one:
            pages += len(one.pages)
    assert len(single) > 1 and 0 < pages < disclosed


def test_text_edition_for_a_screen_reader_has_the_words_of_the_pack_and_no_more(
    small: Small,
) -> None:
    """Tagged text beside the pack under the same words: a heading a page, nothing withheld."""
    words = passphrase_for(small.office, small.ref, OFFICER)
    sent = files(small, "*-part-*")
    (locked,) = (data for name, data in sent.items() if name.endswith("-text.pdf"))
    assert sum("-document-" in name for name in sent) > 1
    part = small.office.case(small.ref).parts[-1]
    assert part.seal is not None
    plain = small.office.store.get_file(small.ref, f"pack/{part.seal.event.sha256}/text.pdf")
    with pikepdf.open(BytesIO(locked), password=words) as edition:
        assert edition.Root.StructTreeRoot is not None
        assert len(edition.pages) == len(pikepdf.open(BytesIO(plain)).pages)
    text = flat_text(plain)
    assert "text edition" in text and "Page 2" in text
    (letter,) = small.office.settings.outbox.glob("*-part-*/*-letter.pdf")
    assert "also come as a text file" in flat_text(letter.read_bytes())
    (sealed,) = sealed_pages(small.office, small.office.case(small.ref), [part])
    assert sealed.editions == {EDITION: sha256(plain).hexdigest()}
    assert "[withheld]" in text and "[third party]" in text
    assert page.validate_pdf_bytes(plain, profile="ua1").is_compliant


def test_a_further_copy_for_a_fee_goes_once_it_is_paid_and_is_the_same_to_the_byte(
    small: Small,
) -> None:
    """The letter names fee and day; nothing goes before it is paid; then the very same files."""
    office, ref = small.office, small.ref
    ask_copy(office, ref, FEE, MANAGER)
    tidy(office)
    case = office.case(ref)
    (copy,) = copies(case)
    (letter,) = (x for x in case.letters.values() if x.template == "further_copy")
    text = flat_text(office.store.get_file(ref, letter.file))
    decided = case.decision(copy)
    assert decided is not None
    due = due_of(office, case, decided)
    assert due is not None and due > TODAY
    assert "£8.50" in text and f"{due.day} {due:%B %Y}" in text
    assert case.was_sent(letter.letter) and not case.was_sent(copy)
    assert not files(small, "*-copy-*")
    with pytest.raises(InputError, match=r"copy\.paid_before"):
        paid(office, ref, copy, TODAY - dt.timedelta(days=1), OFFICER)
    paid(office, ref, copy, TODAY, OFFICER)
    tidy(office)
    tidy(office)
    assert office.case(ref).was_sent(copy)
    assert files(small, "*-copy-*") == files(small, "*-part-*")
    assert len(list(office.settings.outbox.glob("*-copy-*"))) == 1


def test_a_copy_without_a_fee_goes_with_its_letter(small: Small) -> None:
    """One parcel of letter and files; the letter does not go a second time by itself."""
    ask_copy(small.office, small.ref, Wanted(TODAY), OFFICER)
    tidy(small.office)
    (parcel,) = small.office.settings.outbox.glob("*-copy-*")
    (letter,) = parcel.glob("*-letter.pdf")
    assert "Here is another copy" in flat_text(letter.read_bytes())
    case = small.office.case(small.ref)
    assert case.was_sent("further copy/1") and not case.letters_to_send


@pytest.mark.parametrize("point", ["letters.sending", "letters.delivered"])
def test_a_copy_killed_half_way_goes_once(small: Small, point: str) -> None:
    """Killed before or after it left: the next sweep finishes it, and one parcel has gone."""
    ask_copy(small.office, small.ref, Wanted(TODAY), OFFICER)
    assert in_child(lambda: tidy(small.office), point) == "killed"
    assert not small.office.case(small.ref).was_sent("further copy/1")
    tidy(small.office)
    assert small.office.case(small.ref).was_sent("further copy/1")
    assert len(list(small.office.settings.outbox.glob("*-copy-*"))) == 1
    assert files(small, "*-copy-*") == files(small, "*-part-*")


def test_what_may_not_be(small: Small) -> None:
    """A fee is a manager's, is explained, and is paid once; no copy is older than the answer."""
    office, ref = small.office, small.ref
    with pytest.raises(RefusedError, match=r"copy\.fee_role"):
        ask_copy(office, ref, FEE, OFFICER)
    with pytest.raises(InputError, match=r"copy\.basis"):
        ask_copy(office, ref, replace(FEE, basis=" "), MANAGER)
    with pytest.raises(InputError, match=r"copy\.before_answer"):
        ask_copy(office, ref, Wanted(TODAY - dt.timedelta(days=1)), OFFICER)
    with pytest.raises(InputError):
        ask_copy(office, ref, Wanted(TODAY + dt.timedelta(days=1)), OFFICER)
    ask_copy(office, ref, Wanted(TODAY), OFFICER)
    with pytest.raises(RefusedError, match=r"copy\.not_charged"):
        paid(office, ref, "further copy/1", TODAY, OFFICER)


def test_where_the_law_allows_no_fee_none_is_asked(small: Small) -> None:
    """The switch of the law data decides, not the code."""
    law = small.office.law
    rule = law.rules[FEE_RULE]
    values = tuple(replace(value, value=False) for value in rule.values)
    changed = replace(law, rules={**law.rules, FEE_RULE: replace(rule, values=values)})
    small.office.__dict__["law"] = changed
    with pytest.raises(RefusedError, match=r"copy\.no_fee"):
        ask_copy(small.office, small.ref, FEE, MANAGER)


@pytest.mark.parametrize(("pounds", "pence"), [("", 0), ("12", 1200), ("£8.5", 850), ("8.05", 805)])
def test_sums_in_pounds(pounds: str, pence: int) -> None:
    """As people write them."""
    assert as_pence(pounds) == pence


@pytest.mark.parametrize("wrong", ["a lot", "1.234", "-5", "1,50"])
def test_no_sums(wrong: str) -> None:
    """Refused, never guessed."""
    with pytest.raises(InputError, match=r"copy\.sum"):
        as_pence(wrong)
