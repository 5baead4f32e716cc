"""Asking somebody in the file: settled first, by a letter, and nothing waits for the answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from casework.bundle import load_bundle
from casework.clock import clock_of
from casework.emergency import Report, raise_alarm
from casework.outward_contact import agree
from casework.questions import Given, answer
from casework.reminders import watch
from casework.review import cast_of
from casework.thirdparty import TOPIC, Wish, addressee_of, ask_consent
from casework.work import work_on
from rights.case import Case
from rights.contact import (
    AGREED,
    MORE,
    NOT_AGREED,
    NOT_LOOKED,
    PLAIN,
    SHOWN,
    SPEAKS_AGAINST,
    TOLD,
    Purpose,
    is_settled,
    may_contact,
)
from rights.emergency import Mishap
from rights.errors import InputError, RefusedError
from rights.release import Living, Person, Role
from rights.road import where
from rights.thirdparty import NO_REPLY, REFUSED, prefilled
from tests.small_council import SmallTruth
from tests.small_office import NOON, STAFF, PlainAt, Small

OFFICER, MANAGER = STAFF["officer1"], STAFF["manager"]
ABOUT = ("that you looked after somebody as a foster carer",)
WISH = Wish("Mx A Reader", ("4 Long Row", "Saltmarsh"), ABOUT, PLAIN)


@pytest.fixture
def small(plain_at: PlainAt, tmp_path: Path) -> Iterator[Small]:
    """The case when the people in the file are to be decided on; every test has its own copy."""
    small = plain_at("cast", tmp_path / "home")
    yield small
    small.office.store.close()


def somebody(small: Small) -> Person:
    """A person of the file whom nothing protects."""
    people = load_bundle(small.office.reading(small.ref)).people[1:]
    return next(p for p in people if not p.protected and p.role is not Role.REFERRER)


def asked(small: Small, wish: Wish = WISH) -> Case:
    """An officer asks that person."""
    return ask_consent(small.office, small.ref, somebody(small), wish, OFFICER)


def with_contact(**entries: str) -> Wish:
    """The wish, with other entries about the contact."""
    return replace(WISH, contact={**PLAIN, **entries})


def letter_text(small: Small, letter: str) -> str:
    """The words of a letter that was made."""
    made = small.office.case(small.ref).letters[letter]
    pdf = pypdfium2.PdfDocument(small.office.store.get_file(small.ref, made.file))
    return " ".join(" ".join(p.get_textpage().get_text_range().split()) for p in pdf)


def subject_name(small: Small) -> str:
    """The surname of whoever asks."""
    people = small.office.case(small.ref).people
    assert people is not None
    return people.subject.names[0].surname


def test_a_letter_is_made_and_nothing_waits_for_the_answer(small: Small) -> None:
    """It names nobody unless they agree; the due date and what is next stay as they were."""
    due = clock_of(small.office, small.office.case(small.ref)).due
    waiting = {q.id for q in where(small.office.case(small.ref)).waiting}
    case = asked(small)
    (letter,) = case.letters_due
    work_on(small.office, small.ref, "test")
    text = letter_text(small, letter)
    assert ABOUT[0] in text and subject_name(small) not in text
    assert {q.id for q in small.work().waiting} == waiting
    assert clock_of(small.office, small.office.case(small.ref)).due == due
    question = small.question(TOPIC)
    assert question.due_on == NOON.date() + dt.timedelta(days=small.office.council.chase_days)


def test_whoever_asks_is_named_only_with_their_agreement(small: Small) -> None:
    """Shown and agreed, the letter says who asks; shown and not agreed, there is none."""
    with pytest.raises(RefusedError) as refused:
        asked(small, with_contact(revealed=SHOWN, agreed=NOT_AGREED))
    assert refused.value.code == "contact.agreement"
    with pytest.raises(RefusedError):
        asked(small, with_contact(revealed=SHOWN, agreed=TOLD))
    case = asked(small, with_contact(revealed=SHOWN, agreed=AGREED))
    (letter,) = case.letters_due
    work_on(small.office, small.ref, "test")
    assert subject_name(small) in letter_text(small, letter)


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ({"safe": NOT_LOOKED}, "contact.safety"),
        ({"safe": SPEAKS_AGAINST}, "contact.manager"),
        ({"least": MORE}, "contact.least"),
        ({"least": ""}, "contact.missing"),
    ],
)
def test_what_is_not_settled_makes_no_letter(
    small: Small, entries: dict[str, str], code: str
) -> None:
    """Nobody looked, something speaks against it, or it says too much: nothing is recorded."""
    before = small.office.case(small.ref).seq
    with pytest.raises((RefusedError, InputError)) as refused:
        asked(small, with_contact(**entries))
    assert refused.value.code == code
    assert small.office.case(small.ref).seq == before


def test_where_something_speaks_against_it_the_manager_agrees_first(small: Small) -> None:
    """By the role of the manager alone, for one person or for the purpose."""
    wish = with_contact(safe=SPEAKS_AGAINST)
    with pytest.raises(RefusedError) as role:
        agree(small.office, small.ref, Purpose.CONSENT, "", "She knows them.", OFFICER)
    assert role.value.code == "gate.role"
    agree(small.office, small.ref, Purpose.CONSENT, "P99", "She knows them.", MANAGER)
    with pytest.raises(RefusedError):
        asked(small, wish)
    agree(small.office, small.ref, Purpose.CONSENT, somebody(small).ref, "Met at work.", MANAGER)
    assert asked(small, wish).letters_due


def test_a_protected_person_calls_for_care(small: Small) -> None:
    """The safety warning of a source, and whoever raised a concern, wait for the manager."""
    work = small.office.reading(small.ref)
    person = somebody(small)
    assert addressee_of(work, person).flags == ()
    for guarded in (replace(person, protected=True), replace(person, role=Role.REFERRER)):
        assert addressee_of(work, guarded).flags
        with pytest.raises(RefusedError) as refused:
            ask_consent(small.office, small.ref, guarded, WISH, OFFICER)
        assert refused.value.code == "contact.manager"
    with pytest.raises(InputError) as dead:
        ask_consent(small.office, small.ref, replace(person, living=Living.DIED), WISH, OFFICER)
    assert dead.value.code == "thirdparty.died"


def test_what_they_say_stands_ready_when_they_are_weighed(small: Small) -> None:
    """A refusal is two of the five factors; it decides nothing by itself."""
    asked(small)
    said = {"reason": "By letter.", "came_on": NOON.date().isoformat()}
    answer(small.office, small.ref, Given(small.question(TOPIC).id, REFUSED, said), OFFICER)
    case, person = small.office.case(small.ref), somebody(small)
    assert prefilled(case, person.ref) == {"consent": "refused", "refusal": "refused"}
    people = load_bundle(small.office.reading(small.ref)).people
    line = next(c for c in cast_of(case, people) if c.person.ref == person.ref)
    assert line.ready == line.said and line.undecided


def test_no_reply_is_no_refusal_and_is_said_only_when_the_time_is_over(
    small: Small, small_council: tuple[Path, SmallTruth]
) -> None:
    """Too early it is refused; later an officer is reminded, and it weighs as no answer."""
    asked(small)
    given = Given(small.question(TOPIC).id, NO_REPLY, {"reason": "Nothing in the post."})
    with pytest.raises(RefusedError) as early:
        answer(small.office, small.ref, given, OFFICER)
    assert early.value.code == "contact.too_early"
    later = NOON + dt.timedelta(days=small.office.council.chase_days + 1)
    office = replace(small.office, clock=lambda: later)
    assert f"{small.ref}: consent to officer" in watch(office, later.date(), dry_run=True)
    answer(office, small.ref, given, OFFICER)
    person = somebody(small).ref
    assert prefilled(office.case(small.ref), person) == {"consent": "no_answer", "refusal": "none"}
    assert f"{small.ref}: consent to officer" not in watch(office, later.date(), dry_run=True)


def test_asking_again_is_a_reminder(small: Small) -> None:
    """A second letter, one question that waits, and the first superseded."""
    first = asked(small).letters_due
    work_on(small.office, small.ref, "test")
    second = asked(small).letters_due
    assert len(first) == len(second) == 1 and first != second
    assert [q.topic for q in small.waiting()].count(TOPIC) == 1
    last = small.office.case(small.ref).decisions[-1].event
    assert last.supersedes == first[0]


def test_nothing_goes_to_anybody_while_the_case_is_stopped(small: Small) -> None:
    """A frozen case writes to nobody outside."""
    report = Report(Mishap.DANGER_IN_FILE, NOON)
    raise_alarm(small.office, small.ref, report, OFFICER.actor, OFFICER.roles)
    with pytest.raises(RefusedError) as refused:
        asked(small)
    assert refused.value.code == "freeze.stopped"


def test_a_contact_is_settled_once(small: Small) -> None:
    """Before it four things are to be settled; afterwards none."""
    work, person = small.office.reading(small.ref), somebody(small)
    addressee = addressee_of(work, person)
    assert len(may_contact(work.case, addressee, Purpose.CONSENT)) == 4
    case = asked(small)
    assert is_settled(case, Purpose.CONSENT, person.ref)
    assert may_contact(case, addressee, Purpose.CONSENT) == ()
