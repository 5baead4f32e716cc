from __future__ import annotations

import datetime as dt
import mailbox
from dataclasses import replace
from email.message import EmailMessage

import pytest

from rights.errors import UnreadableError
from rights.release import PersonName
from rights.sources import Mapping, SearchTerms, Status, make_source, search_source
from rights.sources.terms import TermMatcher

TERMS = SearchTerms(
    names=(PersonName("Katarzyna Anna", "Nowak-Reid"),),
    dobs=(dt.date(2009, 3, 14),),
    identifiers=(("nhs", "9434765919"), ("case", "4711")),
    emails=("kasia.n@post.example",),
    phones=("07700 900123",),
)


@pytest.mark.parametrize(
    ("text", "kinds", "sure"),
    [
        ("Kasia Nowak-Reid came", ("full name",), False),
        ("NOWAK REID, Katarzyna", ("full name",), False),
        ("Kate A. Nowak‑Reid", ("full name",), False),
        ("Kasia was tired. The Nowak-Reid file", ("names apart",), False),
        ("NHS 943 476 5919", ("nhs",), True),
        ("write to Kasia.N@post.example today", ("email",), True),
        ("call +44 7700 900 123", ("phone",), False),
        ("case 4711", ("case",), False),
        ("case 47112", (), False),
        ("born 14/03/2009", (), False),
        ("Kasia Nowak-Reid, 14th March 2009", ("date of birth", "full name"), False),
        ("Kasia Smith", (), False),
        ("Nowak-Reid", (), False),
    ],
)
def test_terms_in_text(text, kinds, sure):
    """Names in any order and form, numbers in any spacing; only a number or email is sure."""
    assert TermMatcher(TERMS).match(text) == (kinds, sure)


def message(subject, body, attach=None):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@c.example", "b@c.example", subject
    mail["Date"] = "Mon, 2 Mar 2020 10:00:00 +0000"
    mail.set_content(body)
    if attach:
        mail.add_attachment(b"x", maintype="application", subtype="pdf", filename=attach)
    return mail


MESSAGES = [
    message("Visit", "Kasia Nowak-Reid was seen."),
    message("Other", "Nothing about her."),
    message("Report", "See attached.", "Katarzyna Nowak-Reid report.pdf"),
]


@pytest.fixture(params=["mbox", "maildir", "folder"])
def box(request, tmp_path):
    """The same three messages as mbox, Maildir and folder of files."""
    path = tmp_path / "box"
    if request.param == "folder":
        path.mkdir()
        for number, mail in enumerate(MESSAGES):
            (path / f"{number}.eml").write_bytes(mail.as_bytes())
    else:
        kind = mailbox.mbox if request.param == "mbox" else mailbox.Maildir
        store = kind(path)
        for mail in MESSAGES:
            store.add(mail)
        store.flush()
        store.close()
    return make_source(
        Mapping(name="team", title="Team mailbox", kind="mailbox", location="box"), tmp_path
    )


def test_a_mailbox_is_searched_by_words(box):
    """Names in the text and in attachment names are found; what was not searched is said."""
    result = search_source(box, {}, TERMS)
    assert result.line.status is Status.FOUND
    assert result.line.rows_in == result.line.rows_accounted == 2
    assert result.line.unsure == 2
    assert {document.title for document in result.documents} == {"Visit", "Report"}
    assert all(document.open() for document in result.documents)
    assert any("attachments" in limit for limit in result.line.limits)


def test_a_forename_counts_near_somebody_around_the_person():
    """Colleagues leave surnames out; a carer's or worker's name beside it brings the message."""
    text = "Kasia settled well at the Boatengs."
    assert TermMatcher(TERMS).match(text) == ((), False)
    wider = replace(TERMS, around=(PersonName("Heather", "Boateng"),))
    assert TermMatcher(wider).match(text) == (("forename among people around",), False)
    assert TermMatcher(wider).match("The Boatengs are well.") == ((), False)


def test_the_rest_of_a_thread_comes_along(tmp_path):
    """Answers that no longer name anybody are found through the message they answer."""
    (tmp_path / "box").mkdir()
    mails = [message("One", "Kasia Nowak-Reid"), message("Two", "Yes."), message("Three", "No.")]
    for number, mail in enumerate(mails):
        mail["Message-ID"] = f"<{number}@c.example>"
        if number:
            mail["In-Reply-To"] = f"<{number - 1}@c.example>"
        (tmp_path / "box" / f"{2 - number}.eml").write_bytes(mail.as_bytes())
    source = make_source(Mapping(name="t", title="T", kind="mailbox", location="box"), tmp_path)
    result = search_source(source, {}, TERMS)
    assert {document.title for document in result.documents} == {"One", "Two", "Three"}
    assert sorted(hit.matched for hit in result.hits) == [
        ("full name",),
        ("same thread",),
        ("same thread",),
    ]


def test_a_message_that_cannot_be_read_is_a_hit_to_look_at(tmp_path):
    """Unknown is never taken for "not hers"."""
    (tmp_path / "box").mkdir()
    (tmp_path / "box" / "a.msg").write_bytes(b"not a message")
    source = make_source(Mapping(name="t", title="T", kind="mailbox", location="box"), tmp_path)
    assert source.probe().unread == ("1 messages cannot be read",)
    (hit,) = source.find(TERMS)
    assert hit.matched == ("unreadable",)


def test_a_folder_is_searched_by_its_names(tmp_path):
    """Folder and file names lead to files; one that vanished fails when opened."""
    (tmp_path / "f" / "NOWAK-REID Kasia").mkdir(parents=True)
    (tmp_path / "f" / "NOWAK-REID Kasia" / "report.docx").write_bytes(b"x")
    (tmp_path / "f" / "other.pdf").write_bytes(b"x")
    source = make_source(Mapping(name="t", title="T", kind="folder", location="f"), tmp_path)
    (document,) = search_source(source, {}, TERMS).documents
    assert document.name == "report.docx"
    assert document.open() == b"x"
    (tmp_path / "f" / "NOWAK-REID Kasia" / "report.docx").unlink()
    with pytest.raises(UnreadableError):
        document.open()


def test_an_index_cannot_climb_out_of_its_folder(tmp_path):
    """A listed name with dots never reads a file elsewhere."""
    (tmp_path / "f").mkdir()
    (tmp_path / "secret.txt").write_text("x")
    (tmp_path / "f" / "index.csv").write_text("file,person\n../secret.txt,7\n")
    mapping = Mapping.model_validate(
        {
            "name": "t", "title": "T", "kind": "csv", "location": "f",
            "documents": [
                {"table": "index.csv", "key": "person", "file": "file", "folder": "f"}
            ],
        }
    )  # fmt: skip
    (document,) = make_source(mapping, tmp_path).documents({"7"})
    with pytest.raises(UnreadableError):
        document.open()


def test_a_source_keyed_by_another_waits_for_its_keys(tmp_path):
    """Without a confirmed key of the case system a statutory return cannot be searched."""
    (tmp_path / "r.csv").write_text("CHILD,X\n7,a\n")
    mapping = Mapping.model_validate(
        {
            "name": "returns", "title": "T", "kind": "csv", "location": "r.csv",
            "keyed_by": "case_system",
            "records": [{"table": "r.csv", "key": "CHILD", "label": "Return"}],
        }
    )  # fmt: skip
    source = make_source(mapping, tmp_path)
    assert search_source(source, {}, SearchTerms()).line.status is Status.CANNOT_SEARCH
    found = search_source(source, {"case_system": frozenset({"7"})}, SearchTerms())
    assert found.line.status is Status.FOUND
    assert found.line.asked == ("key of case_system",)
    nothing = search_source(source, {"case_system": frozenset({"8"})}, SearchTerms())
    assert nothing.line.status is Status.NOTHING_HELD


def test_durations_are_no_part_of_equality(tmp_path):
    """Two runs of the same search compare equal, so that a repeat is seen to be one."""
    (tmp_path / "f").mkdir()
    source = make_source(Mapping(name="t", title="T", kind="folder", location="f"), tmp_path)
    ticks = iter([0.0, 1.0, 5.0, 9.0])
    one = search_source(source, {}, TERMS, lambda: next(ticks)).line
    two = search_source(source, {}, TERMS, lambda: next(ticks)).line
    assert (one.seconds, two.seconds) == (1.0, 4.0)
    assert one == two
