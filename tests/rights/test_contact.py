"""Every combination of what is settled before a contact: which may be made, and why others not."""

from __future__ import annotations

from itertools import product

import pytest

from rights.contact import (
    AGREED,
    AGREEMENT,
    AGREES,
    LEAST,
    NO_MORE,
    NOT_SHOWN,
    PLAIN,
    PURPOSES,
    REVEALS,
    SAFE,
    SAFETY,
    TOLD,
    Addressee,
    Purpose,
    check_contact,
    checks_for,
    manager_agrees,
    reasons_for_care,
)
from rights.errors import RefusedError, RightsdeskError
from rights.events import Event
from rights.events import kinds as k
from tests.rights.gates.build import FORM, OTHER, RECEIVED, case_of, decided, opened, people

SOMEBODY = Addressee("P03")
FEARED = Addressee("P03", ("the records warn of them",))
PLAIN_CASE: tuple[Event, ...] = (opened(), people())


def agreed_to(matter: str) -> k.DecisionMade:
    """The social work manager agrees."""
    return decided(f"contact manager/{matter}", AGREES, OTHER)


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_contact_is_made_only_where_all_of_it_holds(purpose: Purpose) -> None:
    """Shown only with agreement, or told where the law has us write; safe; and no more."""
    case = case_of(PLAIN_CASE)
    lawful = {AGREED, TOLD} if PURPOSES[purpose].by_law else {AGREED}
    for shown, agreed, safe, least in product(
        REVEALS.answers, AGREEMENT.answers, SAFETY.answers, LEAST.answers
    ):
        entries = {"revealed": shown, "agreed": agreed, "safe": safe, "least": least}
        fine = (shown == NOT_SHOWN or agreed in lawful) and safe == SAFE and least == NO_MORE
        try:
            check_contact(case, SOMEBODY, purpose, entries)
        except RefusedError:
            assert not fine, entries
        else:
            assert fine, entries


@pytest.mark.parametrize("missing", list(PLAIN))
def test_nothing_may_be_left_out(missing: str) -> None:
    """Each of the things is answered, in words that were offered."""
    for entry in ("", "whatever"):
        with pytest.raises(RightsdeskError) as refused:
            check_contact(case_of(PLAIN_CASE), SOMEBODY, Purpose.CONSENT, {**PLAIN, missing: entry})
        assert refused.value.code == "contact.missing"


@pytest.mark.parametrize(
    ("before", "addressee"),
    [
        (PLAIN_CASE, FEARED),
        ((opened(), people(coercion_suspected=True)), SOMEBODY),
        (
            (
                k.CaseOpened(
                    actor=FORM,
                    right=opened().right,
                    channel="letter",
                    received_on=RECEIVED,
                    received_by="Front desk",
                    danger=True,
                ),
                people(),
            ),
            SOMEBODY,
        ),
    ],
)
def test_what_calls_for_care_waits_for_the_manager(
    before: tuple[Event, ...], addressee: Addressee
) -> None:
    """A warning of any kind; the manager agrees to this one, or to all for the purpose."""
    assert reasons_for_care(case_of(before), addressee)
    for other in ((), (agreed_to("consent request/P99"),), (agreed_to("opinion request"),)):
        with pytest.raises(RefusedError) as refused:
            check_contact(case_of((*before, *other)), addressee, Purpose.CONSENT, PLAIN)
        assert refused.value.code == "contact.manager"
    for matter in ("consent request/P03", "consent request"):
        case = case_of((*before, agreed_to(matter)))
        assert manager_agrees(case, addressee.id, Purpose.CONSENT)
        check_contact(case, addressee, Purpose.CONSENT, PLAIN)


def test_that_the_law_has_us_write_is_offered_only_where_it_does() -> None:
    """A request for consent and a letter to an agent need the agreement itself."""
    for purpose, rule in PURPOSES.items():
        agreement = next(c for c in checks_for(purpose) if c.name == AGREEMENT.name)
        assert (TOLD in agreement.answers) == rule.by_law
