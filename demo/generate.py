"""Generates a whole synthetic council from a seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from demo.case_system import CaseSystem
from demo.casting import draw_story
from demo.exports import write_exports
from demo.folders import write_folders
from demo.letters_in import write_requests
from demo.made import Made
from demo.mail import write_mail
from demo.mailing import PATH as MAILING_PATH
from demo.mailing import SOURCE as MAILING
from demo.mailing import Subscriber, write_mailing
from demo.paper import write_paper
from demo.people import Story
from demo.prose import Teller
from demo.returns import write_returns
from demo.strangers import Stranger, draw_strangers
from demo.truth import ProtectedFact, Truth, save
from demo.warehouses import write_warehouses


def generate(out: Path, seed: int) -> Truth:
    """Writes systems, exports, mail, folders and requests below `out`, with truth.json.

    The same seed gives the same bytes; another seed another family in the same story. Nothing
    reads the clock.

    Args:
        out: A folder for the output; made if missing. Files of an earlier run are overwritten.
        seed: Any whole number.

    Returns:
        What is true of the people, records and passages written.
    """
    out.mkdir(parents=True, exist_ok=True)
    story = draw_story(seed)
    rng = random.Random(f"council-{seed}")
    made = Made(out, story, rng, Teller(story, rng))
    strangers = draw_strangers(story)
    system = CaseSystem(made, strangers)
    system.write()
    write_exports(made, strangers)
    write_mail(made, strangers)
    for row in write_folders(made):
        system.document(row.person, row.file_name, row.title, row.date)
    system.close()
    write_requests(made)
    _write_mailing(made, strangers)
    write_returns(made, strangers)
    write_warehouses(made, strangers)
    write_paper(made)
    truth = Truth(
        seed=seed,
        subject="subject",
        requester="subject",
        request_date=story.request_date.isoformat(),
        people=tuple(p.truth() for p in story.people.values()),
        records=tuple(made.records),
        documents=tuple(made.documents),
        protected_facts=_protected(story),
    )
    save(truth, out)
    return truth


def _write_mailing(made: Made, strangers: Sequence[Stranger]) -> None:
    """The subject asked for the hub's emails once; so did others."""
    subject = made.story.subject
    mine = Subscriber(
        1, subject.forename, subject.surname, subject.email, subject.phone,
        made.story.at(18.4).isoformat(),
    )  # fmt: skip
    made.record(MAILING, "1", "subject", "asked for emails about activities")
    others = [
        Subscriber(n, s.forename, s.surname, f"subscriber{n}@post.example")
        for n, s in enumerate(strangers[:40], start=2)
    ]
    for other in others:
        made.record(MAILING, str(other.id), "")
    write_mailing(made.out / MAILING_PATH, [mine, *others])


def _protected(story: Story) -> tuple[ProtectedFact, ...]:
    mum, neighbour, child = (story.people[k] for k in ("mum", "neighbour", "child"))
    safe, next_door = mum.addresses["safe"], neighbour.addresses["nextdoor"]
    return (
        ProtectedFact("safe-street", "mum", safe.street, "mother's withheld address"),
        ProtectedFact("safe-town", "mum", safe.town, "town of the withheld address"),
        ProtectedFact("safe-postcode", "mum", safe.postcode, "mother's withheld address"),
        ProtectedFact("safe-phone", "mum", mum.new_phone, "mother's withheld number"),
        ProtectedFact("refuge", "mum", story.places["refuge"], "refuge"),
        ProtectedFact("workplace", "mum", story.places["mumwork"], "mother's workplace"),
        ProtectedFact(
            "referrer-name", "neighbour", neighbour.full, "referrer asked not to be named"
        ),
        ProtectedFact("referrer-surname", "neighbour", neighbour.surname, "referrer"),
        ProtectedFact("referrer-street", "neighbour", next_door.street, "referrer's address"),
        ProtectedFact("referrer-phone", "neighbour", neighbour.phone, "referrer's number"),
        ProtectedFact("other-child", "child", child.full, "another child in care"),
    )
