"""What the register answers for the sheet, for notices and for the other rights."""

import datetime as dt
from pathlib import Path

import pytest

from casework.council import load_council
from rights.law import load
from rights.register import (
    bases_for,
    consent_based,
    erasure_stands,
    load_register,
    marketing,
    portable,
    processors_of,
    recipients_of,
    services_for,
)

REPO = Path(__file__).parents[3]
LAW = load()
TODAY = dt.date(2026, 11, 22)
REGISTER = load_register(REPO / "council" / "register", LAW)


@pytest.mark.parametrize(
    ("found", "services"),
    [
        (["case_system"], ["social_care"]),
        (["shared_folders"], ["social_care", "finance"]),
        (["school_census", "health_visiting"], ["health_visiting", "education"]),
        (["annex_a"], ["social_care"]),
        (["annex_a/List 2"], ["social_care", "early_help"]),
        (["annex_a/List 1", "annex_a/List 8"], ["social_care", "front_door"]),
        (["attic"], []),
        ([], []),
    ],
)
def test_only_services_that_hold_what_was_found_are_told(found: list[str], services: list[str]):
    """A service is named for its source, or for its table when it holds only that table."""
    assert [facts.id for facts in services_for(REGISTER, found)] == services


def test_each_service_is_told_in_full():
    """Every item of Article 15 that a service owes is there for each service of the register."""
    every = [
        f"{held.source}/{table}" if table else held.source
        for service in REGISTER.services
        for held in service.held_in
        for table in held.tables or ("",)
    ]
    for facts in services_for(REGISTER, every):
        assert facts.purposes and facts.categories and facts.origins
        assert facts.retention.endswith(".")
        assert facts.automated.endswith(".") and facts.transfers.endswith(".")
    social = services_for(REGISTER, ["case_system"])[0]
    assert "Police, if we think that you or somebody in your family is at risk" in social.recipients


def test_the_pack_takes_its_sheet_from_the_register():
    """The council that letters know says of each service what the register says."""
    council = load_council(REPO / "council")
    told = council.services_for(frozenset(["case_system", "health_visiting"]))
    facts = services_for(REGISTER, ["case_system", "health_visiting"])
    assert [one.service for one in told] == [one.service for one in facts]
    assert told[0].sources == facts[0].origins
    assert told[1].retention == facts[1].retention
    assert council.automated == facts[0].automated


def test_bases_stand_by_purpose():
    """A purpose comes with its own bases, and with what the law makes of them."""
    by_purpose = {
        one.purpose.id: {b.name for b in one.bases}
        for one in bases_for(REGISTER, ["case_system"], LAW, on=TODAY)
    }
    assert by_purpose["advice"] == {"public_task"}
    assert "safeguarding" in by_purpose["safeguard"]
    assert "consent" not in {name for names in by_purpose.values() for name in names}


def test_recipients_are_told_once_with_all_their_services():
    """Whoever several services pass data to gets one notice; figures that identify nobody none."""
    told = {t.recipient.id: t for t in recipients_of(REGISTER, {"social_care", "early_help"})}
    assert told["nhs"].services == ("social_care", "early_help")
    assert told["fire"].services == ("social_care",)
    assert not told["evaluation"].owed and told["police"].owed
    assert not told["police"].recipient.name_may_be_told
    assert "dwp" not in told
    assert recipients_of(REGISTER, set()) == ()
    assert [p.id for p in processors_of(REGISTER, {"carers"})] == ["estuary_carers"]


def test_a_basis_never_refuses_an_erasure_by_itself():
    """Each purpose gives the provision to test, the reason for keeping, and the rule."""
    facts = {one.purpose: one for one in erasure_stands(REGISTER, ["case_system"], LAW, on=TODAY)}
    safeguard = facts["safeguard"]
    assert len(safeguard.kept_under) == 2
    assert safeguard.necessary and safeguard.objection and safeguard.compelling
    assert safeguard.retention == "looked_after_child"
    courts = facts["courts"]
    assert not courts.objection and courts.kept_under
    assert not any(one.withdrawal for one in facts.values())


def test_consent_says_what_stops_and_what_goes_on():
    """Taking consent back stops what rests on it; what goes on is told with its own basis."""
    stops = {(one.service, one.consent.id): one for one in consent_based(REGISTER, LAW, on=TODAY)}
    news = stops["family_hubs", "newsletter"]
    assert news.consent.goes_on and [b.name for b in news.goes_on_basis] == ["public_task"]
    assert stops["youth_service", "activities"].goes_on_basis == ()
    assert [(service, one.id) for service, one in marketing(REGISTER)] == [
        ("family_hubs", "newsletter"),
        ("family_hubs", "activities"),
    ]


def test_portability_reaches_only_what_is_supplied_held_by_machine_and_agreed():
    """Consent or contract, supplied by the person and in a computer; nothing else is portable."""
    every = ["case_system", "shared_folders", "health_visiting", "school_census", "annex_a"]
    assert portable(REGISTER, every, LAW, on=TODAY) == ()
    hubs = REGISTER.service("family_hubs")
    held = hubs.model_copy(update={"held_in": REGISTER.service("finance").held_in})
    changed = load_register(REPO / "council" / "register", LAW)
    object.__setattr__(changed, "services", (held,))
    found = portable(changed, ["shared_folders"], LAW, on=TODAY)
    assert [one.purpose.id for one in found] == ["news", "activities"]
