"""Two requests alike but for what is held back without a word: nothing that leaves differs."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from casework import boards
from casework.dispatch import passphrase_for
from casework.figures import figures_page, figures_sheet
from casework.held import Ground, give_back, hold_back
from casework.outward import sends_pages, told_uses
from casework.questions import Given, answer
from casework.review import Marking, Shelf, mark_words
from casework.sealed import sealed_pages
from redaction.decisions import Outcome
from rights.case import Case
from rights.errors import InputError, RightsdeskError
from rights.figures import Form, Period
from rights.release import DisclosureMode, Told
from rights.silence import REFUSE
from rights.withheld import held_back
from tests.letters.reading import page_texts
from tests.small_council import SUBJECT, SmallTruth, build
from tests.small_office import NOON, STAFF, Small, open_small, receive_letter

SIX = 6
SECRET = "I shall bring her library card on Monday"
YEAR = Period(NOON.date().replace(month=1, day=1), NOON.date().replace(month=12, day=31))
GROUND = Ground(
    code="CRIME",
    reason="The police wrote on 20 November 2026 that their enquiry is still live.",
    mode=DisclosureMode.SILENT,
    record={
        "extent": "All of it is about the enquiry.",
        "view_of": "DS Hartley",
        "view_dated": "2026-11-20",
        "review": "2027-02-01",
    },
    why_silent="That there is an enquiry at all would warn those who are watched.",
)
POLICE = "DS Lena Hartley <lena.hartley@police.example.org>"


def police_email(number: int) -> EmailMessage:
    """An email of the police about the subject; no two share a sentence."""
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
    message = EmailMessage()
    message["From"] = POLICE
    message["To"] = "Priya Nair <priya.nair@saltmarsh.example.org>"
    message["Subject"] = f"Marnie Holloway, log {number}"
    message["Date"] = f"Fri, {number + 1:02} Jun 2012 09:00:00 +0000"
    message["Message-ID"] = f"<police.{number}@police.example.org>"
    day = f"{days[number % SIX]} {'evening' if number < SIX else 'morning'}"
    text = f"Priya, our log {number}: officers watched the house on {day}.\n"
    message.set_content(text, cte="quoted-printable")
    return message


def in_folder(council: Path) -> None:
    """Six police emails beside the other documents of the shared folder."""
    social = council / "folders" / "social"
    with (council / "folders" / "index.csv").open("a", encoding="utf-8", newline="") as file:
        index = csv.writer(file, lineterminator="\r\n")
        for number in range(SIX):
            name = f"log {number}.eml"
            (social / name).write_bytes(police_email(number).as_bytes(policy=SMTP))
            index.writerow((f"social/{name}", SUBJECT, f"Log {number}", f"2012-06-{number + 1:02}"))


def empty_mailbox(council: Path) -> None:
    """A mailbox in which nothing is about the subject."""
    (council / "mail" / "team.mbox").write_bytes(b"")


def police_mailbox(council: Path) -> None:
    """The same mailbox with nothing in it but the six police emails."""
    policy = SMTP.clone(linesep="\n")
    rows = (
        b"From saltmarsh Fri Jun 15 10:00:00 2012\n" + police_email(n).as_bytes(policy=policy)
        for n in range(SIX, 2 * SIX)
    )
    (council / "mail" / "team.mbox").write_bytes(b"\n".join(rows) + b"\n")


def of_police(case: Case) -> list[str]:
    """The documents that the police wrote."""
    return [d for d, e in case.documents.items() if d in case.read and "log" in e.about.casefold()]


def answered(home: Path, council: Path, truth: SmallTruth, *, hold: bool) -> Small:
    """A request answered to the end; with `hold` the police emails stay back silently."""
    office = open_small(home, council)
    small = Small(office, receive_letter(office, truth), truth)
    if hold:
        small.until("cast")
        documents = of_police(office.case(small.ref))
        assert len(documents) == 2 * SIX
        hold_back(office, small.ref, documents, GROUND, STAFF["officer1"])
    assert not small.until().waiting
    return small


def outward_bytes(small: Small) -> Mapping[str, object]:
    """Everything that leaves, or that anybody outside could see."""
    office, case = small.office, small.office.case(small.ref)
    parts = [p for p in case.parts if p.seal is not None]
    left: dict[str, object] = {
        name: office.store.get_file(case.ref, made.file) for name, made in case.letters.items()
    }
    for part in parts:
        assert part.seal is not None
        event = part.seal.event
        left[f"letter {part.number}"] = office.store.get_file(case.ref, event.letter_file)
        left[f"pack {part.number}"] = office.store.get_file(case.ref, event.file)
    for file in sorted(office.settings.outbox.rglob("*")):
        name = str(file.relative_to(office.settings.outbox))
        left[f"outbox {name}"] = file.stat().st_size if file.suffix == ".pdf" else file.is_dir()
    # The passphrase is random; under it lies the pack that is compared above.
    assert passphrase_for(office, case.ref, STAFF["officer1"])
    published = figures_sheet(office, YEAR, Form.PUBLISHED)
    left["figures"] = figures_page(office, published).data
    left["figures as data"] = repr(published)
    left["uses"] = (told_uses(office, case), sends_pages(office, case))
    left["board"] = (boards.summary(office, case.ref), boards.case_board(office))
    left["closed"] = case.closed.outcome if case.closed else None
    return left


@pytest.fixture(scope="module")
def police(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SmallTruth]:
    """A council with six police emails among other documents, and six alone in a mailbox."""
    out = tmp_path_factory.mktemp("police")
    truth = build(out)
    in_folder(out)
    police_mailbox(out)
    return out, truth


def test_silent_police_emails_change_no_outward_byte(
    police: tuple[Path, SmallTruth], tmp_path: Path
) -> None:
    """Letters, pack, code, outbox, figures and boards are the same as if there were none.

    Six stand in a folder with other documents and six are all that a mailbox holds: it is told of
    as if it held nothing.
    """
    truth = build(tmp_path / "council")
    empty_mailbox(tmp_path / "council")
    bare = answered(tmp_path / "bare", tmp_path / "council", truth, hold=False)
    council, truth = police
    full = answered(tmp_path / "full", council, truth, hold=True)
    case = full.office.case(full.ref)
    decided = [d.event for d in case.decisions if d.event.matter.startswith("mode/")]
    assert [(d.outcome, d.actor.login) for d in decided] == [("silent", "dpo")]
    without, found = outward_bytes(bare), outward_bytes(full)
    assert found.keys() == without.keys()
    assert [name for name in found if found[name] != without[name]] == []
    letter = found["letter 1"]
    assert isinstance(letter, bytes)
    text = " ".join(" ".join(page_texts(letter)).split())
    assert "We found no information to send from here." in text
    assert "Here is your information, with some parts withheld" in text


def test_refused_silence_becomes_general_words_and_a_silent_passage_leaves_no_box(
    police: tuple[Path, SmallTruth], tmp_path: Path
) -> None:
    """The DPO says no to the one and yes to the other, and until then nothing can be sealed."""
    council, truth = police
    office = open_small(tmp_path / "home", council)
    small = Small(office, receive_letter(office, truth), truth)
    small.until("cast")
    documents = of_police(office.case(small.ref))
    hold_back(office, small.ref, documents, GROUND, STAFF["officer1"])
    case = office.case(small.ref)
    assert {q.topic for q in case.open_questions if set(q.body.get("documents", ())) & {*documents}}
    (asked,) = [q for q in case.open_questions if q.topic == "mode"]
    assert asked.role == "dpo"
    with pytest.raises(InputError, match="why silence is refused"):
        answer(office, small.ref, Given(asked.id, REFUSE), STAFF["dpo"])
    given = Given(asked.id, REFUSE, {"reason": "The family knows of the enquiry."})
    answer(office, small.ref, given, STAFF["dpo"])

    review = Shelf(office).open(small.ref)
    place = next(
        (d.id, p.number) for d in review.bundle.documents for p in d.pages if SECRET in p.text
    )
    where = Marking(*place, Outcome.REDACT, "It would lead to somebody.", "3P", GROUND.mode)
    with pytest.raises(InputError, match="may not even learn"):
        mark_words(review, where, SECRET, STAFF["officer1"])
    mark_words(review, replace(where, why_silent=GROUND.why_silent), SECRET, STAFF["officer1"])
    assert not small.until().waiting

    case = office.case(small.ref)
    assert case.seal is not None
    letter = " ".join(
        " ".join(page_texts(office.store.get_file(small.ref, case.seal.event.letter_file))).split()
    )
    assert letter.count("Some information has been withheld because the law") == 1
    assert "police" not in letter.lower()
    pack = page_texts(small.pack())
    text = " ".join(" ".join(pack).split())
    assert SECRET not in text
    assert "enquiry" not in text
    page = next(p for p in pack if "drawing of a seal" in p)
    (sealed,) = sealed_pages(office, case, case.parts)
    boxes = next(p.boxes for p in sealed.pages if p.page == pack.index(page) + 1)
    silent = [box for box in boxes if box.mode is GROUND.mode]
    assert silent and page.count("[") == len(boxes) - len(silent)
    uses = {(use.code, use.told) for use in told_uses(office, case)}
    assert ("CRIME", Told.GENERAL) in uses
    assert {code for code, known in uses if known is Told.NAMED} & {"CRIME"} == set()


def test_what_is_held_back_can_be_given_back(
    police: tuple[Path, SmallTruth], tmp_path: Path
) -> None:
    """Its questions are asked again as they were; a hold needs documents, a reason and a ground."""
    council, truth = police
    office = open_small(tmp_path / "home", council)
    small = Small(office, receive_letter(office, truth), truth)
    small.until("cast")
    officer, ref = STAFF["officer1"], small.ref
    before = {q.id for q in office.case(ref).open_questions}
    documents = of_police(office.case(ref))
    for wrong, code in (
        (replace(GROUND, reason=" "), "held.reason"),
        (replace(GROUND, why_silent=""), "mode.reasons"),
        (replace(GROUND, code="HEALTH-HARM"), "held.health"),
        (replace(GROUND, code="LPP"), "exemption.mode"),
        (replace(GROUND, record={}), "withholding.incomplete"),
    ):
        with pytest.raises(RightsdeskError) as caught:
            hold_back(office, ref, documents, wrong, officer)
        assert caught.value.code == code
    with pytest.raises(InputError) as caught:
        hold_back(office, ref, (), GROUND, officer)
    assert caught.value.code == "held.documents"
    case = hold_back(office, ref, documents, replace(GROUND, mode=DisclosureMode.NAMED), officer)
    assert held_back(case).keys() == set(documents)
    assert {q.id for q in case.open_questions} < before
    for document in documents:
        case = give_back(office, ref, document, "The enquiry ended.", officer)
    assert {q.id for q in case.open_questions} == before
    assert not held_back(case)
