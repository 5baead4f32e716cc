"""Where notice, register and law do not agree."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rights.law import load
from rights.register import GapKind, Register, gaps, load_register
from rights.register.model import Contact

REPO = Path(__file__).parents[3]
LAW = load()
TODAY = dt.date(2026, 11, 22)
REGISTER = load_register(REPO / "council" / "register", LAW)


def found(register: Register = REGISTER, today: dt.date = TODAY) -> set[tuple[GapKind, str]]:
    return {(gap.kind, gap.about) for gap in gaps(register, LAW, today)}


def test_the_example_council_has_the_gaps_that_its_notice_has():
    """Older law, no complaint to the council, and whatever nobody has verified."""
    there = found()
    assert (GapKind.NOTICE_OLD, "notice/right.automated") in there
    assert (GapKind.NOTICE_OLD, "notice/complaint.routes") in there
    assert (GapKind.NOTICE_SILENT, "notice/right.portability") in there
    assert (GapKind.REGULATOR, "regulator.contact") in there
    assert (GapKind.NOTICE_SUPERSEDED, "notice") in there
    assert (GapKind.NOTICE_RETENTION, "notice") in there
    assert (GapKind.RETENTION_BASIS, "retention/family_hubs") in there
    assert (GapKind.CONTACT, "recipient/fire") in there
    assert (GapKind.SOURCE, "service/occupational_therapy") in there
    assert (GapKind.SENSITIVE_USE, "category/genetic") in there
    assert (GapKind.SENSITIVE_BASIS, "service/education/safeguard/ethnicity") in there
    assert (GapKind.SUPPRESSION, "service/family_hubs/newsletter") in there
    assert (GapKind.SOURCE, "service/carers") not in there
    assert (GapKind.CONTACT, "recipient/evaluation") not in there


def test_every_gap_is_a_sentence_with_rules_that_exist():
    """A gap reads as a sentence and cites rules of the law data; no two are alike."""
    listed = gaps(REGISTER, LAW, TODAY)
    for gap in listed:
        assert gap.sentence[0].isupper() and gap.sentence.endswith(".")
        assert set(gap.rules) <= set(LAW.rules)
        assert gap.rules or gap.kind is GapKind.NOTICE_SUPERSEDED
    assert len({gap.sentence for gap in listed}) == len(listed)


def test_before_the_law_changed_the_notice_was_right():
    """On a day before both changes neither right is described wrongly."""
    before = found(today=dt.date(2025, 6, 1))
    assert not {kind for kind, _ in before} & {GapKind.NOTICE_OLD}


def test_a_notice_brought_up_to_date_closes_its_gaps():
    """Dates of today and every right named leave nothing to say of the notice but its law."""
    rights = {rule: TODAY for rule in LAW.rules if rule.startswith(("right.", "complaint.routes"))}
    notice = REGISTER.notice.model_copy(
        update={"rights": rights, "says_retention": True, "superseded": ()}
    )
    kinds = {kind for kind, _ in found(replace(REGISTER, notice=notice))}
    assert not {kind for kind in kinds if kind.name.startswith("NOTICE")}


def with_service(name: str, **changed: Any) -> Register:
    services = tuple(s.model_copy(update=changed) if s.id == name else s for s in REGISTER.services)
    return replace(REGISTER, services=services)


def with_shared(what: str, entry: str, **changed: Any) -> Register:
    entries = tuple(
        e.model_copy(update=changed) if e.id == entry else e for e in getattr(REGISTER.shared, what)
    )
    return replace(REGISTER, shared=REGISTER.shared.model_copy(update={what: entries}))


def purposes(name: str, **changed: Any) -> tuple[object, ...]:
    return tuple(p.model_copy(update=changed) for p in REGISTER.service(name).purposes)


@pytest.mark.parametrize(
    ("register", "kind"),
    [
        (with_service("finance", held_in=(), processors=()), GapKind.SOURCE),
        (with_shared("processors", "estuary_carers", asked_by_letter=None), GapKind.PROCESSOR),
        (with_service("finance", purposes=purposes("finance", necessary="")), GapKind.NECESSITY),
        (with_service("finance", purposes=purposes("finance", compelling="")), GapKind.COMPELLING),
        (
            with_service("youth_service", consent_based=()),
            GapKind.CONSENT_MISSING,
        ),
        (
            with_service(
                "finance",
                automated=REGISTER.shared.automated.model_copy(update={"answer": "unknown"}),
            ),
            GapKind.AUTOMATED,
        ),
        (
            replace(
                REGISTER,
                retention=tuple(r.model_copy(update={"basis": ""}) for r in REGISTER.retention),
            ),
            GapKind.RETENTION_BASIS,
        ),
    ],
    ids=lambda value: value.name if isinstance(value, GapKind) else "",
)
def test_taking_something_away_opens_its_gap(register: Register, kind: GapKind):
    """Each kind of gap appears when what would close it is taken out."""
    opened = found(register) - found()
    assert kind in {k for k, _ in opened}


def test_adding_what_was_missing_closes_the_gap():
    """A contact for the fire service closes that gap, and no other one moves."""
    mended = with_shared("recipients", "fire", contact=Contact(desk="Community safety"))
    assert found() - found(mended) == {(GapKind.CONTACT, "recipient/fire")}
    assert found(mended) <= found()
