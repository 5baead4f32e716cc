"""The law as data: whole, cited, dated, and the only place its numbers stand."""

import csv
import datetime as dt
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from rights import law as law_package
from rights.breaches import read_breach
from rights.case import Case, Decision
from rights.cast import default_for
from rights.clock import (
    ClockFacts,
    Extension,
    Pause,
    Trigger,
    breach_notice_by,
    complaint_ack,
    health_opinion_age,
    hold_confirm_by,
    read_clock,
)
from rights.copies import fee_allowed
from rights.decisions import (
    contact_expired,
    letter_needs,
    other_right,
    refusal,
    right_table,
    rule_of,
    way,
)
from rights.decisions.complaint import causes
from rights.decisions.erasure import MALICIOUS, erasure_grounds, keepings
from rights.decisions.restriction import (
    lifting_not_before,
    limits,
    look_again,
    still_allowed,
)
from rights.errors import ConfigError, InputError, RightsdeskError
from rights.events import Actor, Attested
from rights.events.kinds import BreachNoted, DecisionMade
from rights.exemptions import exemptions
from rights.knowledge import treatment_of_known, ways
from rights.lapse import read_lapse
from rights.law import DatedValue, Law, Rule, load
from rights.law.yamlfile import parse_yaml
from rights.register.bases import bases
from rights.release import CaseRef, FactKind, Living, Person, PersonRef, Right, Role, Treatment
from rights.sources.limits import weighed
from rights.warnings import cares, child_prompt_age
from rights.weighing import check_together, factors
from rights.withholding import entries
from rights.workdays import calendar_of, is_working_day
from tests.rights.opinions.worked import told as health_told
from tests.rights.standing.worked import told

D = dt.date
LAW = load()
REPO = Path(__file__).parents[3]
FOLDER = Path(law_package.__file__).parent
SHARED = REPO.parent / "shared" / "data" / "deadlines"
DAYS = (D(2018, 6, 1), D(2026, 2, 5), D(2026, 3, 10), D(2026, 6, 19), D(2026, 11, 20))


def attempt(compute: Callable[[], object]) -> str:
    try:
        return repr(compute())
    except RightsdeskError as error:
        return error.code


def fingerprint(law: Law) -> list[str]:
    """Everything that the law decides here, for a handful of cases."""
    law = replace(law, version="")

    def clock(right: Right, on: dt.date, lag: int, **more: object) -> str:
        def read() -> object:
            facts = replace(ClockFacts(right, on), **more)
            return read_clock(facts, on + dt.timedelta(days=lag), law)

        return attempt(read)

    out: list[str] = []
    for on in DAYS:
        later = [on + dt.timedelta(days=n) for n in range(60)]
        out += [
            clock(Right.ACCESS, on, 29),
            clock(Right.ACCESS, on, 2, extension=Extension(later[5], "complexity", True)),
            clock(Right.ACCESS, on, 38, pauses=(Pause(later[7]),)),
            clock(Right.ACCESS, on, 9, pauses=(Pause(later[7], later[12]),)),
            *(
                clock(Right.ACCESS, on, 20, **{what: (Trigger(later[4], later[9], True),)})
                for what in ("identity", "authority", "fee")
            ),
            clock(Right.COMPLAINT, on, 2),
            clock(Right.CONSENT_WITHDRAWAL, on, 2),
            attempt(lambda on=on: complaint_ack(on, law)),
            attempt(lambda on=on: hold_confirm_by(on, law)),
            *(
                attempt(lambda on=on, n=n: health_opinion_age(on, on + dt.timedelta(n), law))
                for n in range(145, 160)
            ),
            attempt(
                lambda on=on: breach_notice_by(dt.datetime(*on.timetuple()[:3], tzinfo=dt.UTC), law)
            ),
            *(
                attempt(lambda on=on, s=s, n=n: breach(on, s, n, law))
                for s in ("low", "medium", "high")
                for n in (1, 80)
            ),
            attempt(lambda on=on: lapse(on, law)),
            attempt(lambda on=on: health_told(law, on)),
            attempt(lambda on=on: erasure_grounds(law, on)),
            attempt(lambda on=on: (limits(law, on=on), still_allowed(law, on=on))),
            attempt(lambda on=on: (lifting_not_before(law, on), look_again(law, on, on))),
            attempt(lambda on=on: keepings(law, on)),
            attempt(lambda on=on: law.complaint_routes(on)),
            attempt(lambda on=on: law.regulator(on)),
            attempt(lambda on=on: exemptions(law, on=on)),
            attempt(lambda on=on: law.words("time.live_proceedings", on)),
            *(attempt(lambda on=on, e=e: entries(e, law, on=on)) for e in exemptions(LAW, on=on)),
            *(
                attempt(
                    lambda on=on, g=g: check_together(g, disclose=True, reason="", law=law, on=on)
                )
                for g in ({"information": "sensitive"}, {"consent": "given", "refusal": "refused"})
            ),
            attempt(lambda on=on: factors(law, on=on)),
            attempt(
                lambda on=on: (ways(law, on), treatment_of_known(Treatment.HOLD, "3P", law, on))
            ),
            *(
                attempt(lambda on=on, rule_id=rule_id: what_is_decided(rule_id, law, on))
                for rule_id in law.rules
                if rule_id.startswith(("right.", "refusal.", "letter."))
            ),
            attempt(lambda on=on: [way(Right.ACCESS, c, law, on=on) for c in ("open", "refused")]),
            *(attempt(lambda n=n, on=on: seen_before(law, n, on)) for n in range(180, 190)),
            attempt(lambda on=on: law.words("regulator.override", on)),
            attempt(lambda on=on: causes(law, on)),
            attempt(lambda on=on: fee_allowed(law, on)),
            attempt(lambda on=on: bases(law, on=on)),
            attempt(lambda on=on: (cares(law, on), child_prompt_age(law, on))),
            attempt(lambda on=on: weighed(law, on)),
        ]
    out.append(clock(Right.ACCESS, D(2018, 6, 2), 1))
    out.append(clock(Right.ACCESS, D(2026, 11, 21), 1))
    out.append(clock(Right.ACCESS, D(2027, 12, 1), 1))
    out.append(attempt(lambda: working_days(law)))
    out.append(attempt(lambda: list(told(law, DAYS[-1]))))
    for role in Role:
        for kind in FactKind:
            for lived, safety, own, record in (
                (False, False, True, True),
                (True, False, True, True),
                (False, True, True, True),
                (False, False, False, True),
                (False, False, True, False),
            ):
                person = Person(PersonRef("P02"), role, (), lived_with_subject=lived)
                out.append(
                    attempt(
                        lambda p=person, k=kind, s=safety, o=own, r=record: default_for(
                            p,
                            k,
                            law,
                            on=DAYS[-1],
                            safety_flag=s,
                            requester_is_subject=o,
                            in_health_record=r,
                        )
                    )
                )
            dead = Person(PersonRef("P02"), role, (), living=Living.DIED)
            out.append(attempt(lambda p=dead, k=kind: default_for(p, k, law, on=DAYS[-1])))
    return out


def breach(on: D, severity: str, hours: int, law: Law) -> object:
    """A breach found at noon that nobody assessed, some hours later."""
    found = dt.datetime(*on.timetuple()[:3], 12, tzinfo=dt.UTC)
    actor = Actor(login="dpo", attested=Attested.DESK)
    noted = BreachNoted(actor=actor, breach="1", found_at=found, severity=severity, what="astray")
    return read_breach(noted, None, found + dt.timedelta(hours=hours), law)


RIGHTS = {rule_of(right): right for right in Right if rule_of(right)}


def what_is_decided(rule_id: str, law: Law, on: D) -> object:
    """What a table of decisions, a ground of refusal or the needs of a letter comes to."""
    kind, _, name = rule_id.partition(".")
    if kind == "letter":
        return letter_needs(name, law, on=on)
    if kind == "refusal":
        return refusal(name, law, on=on)
    return (
        right_table(RIGHTS[rule_id], law, on=on)
        if rule_id in RIGHTS
        else other_right(name, law, on=on)
    )


def seen_before(law: Law, days: int, on: D) -> bool:
    """Whether the Commissioner's details, confirmed so many days ago, have expired."""
    rule = law.rules["regulator.contact"]
    verified = (on - dt.timedelta(days=days)).isoformat()
    values = tuple(replace(v, value={**v.value, "last_verified": verified}) for v in rule.values)
    checked = replace(law, rules={**law.rules, rule.id: replace(rule, values=values)})
    return contact_expired(checked, on=on)


def lapse(on: D, law: Law) -> str:
    """What may be done about a question asked on a day, and about a letter written on it."""
    actor = Actor(login="officer", attested=Attested.DESK)
    warned = DecisionMade(
        actor=actor, decision="1", matter="lapse", outcome="warned", decided_on=on, law_version=""
    )
    at = dt.datetime(*on.timetuple()[:3], tzinfo=dt.UTC)
    asked = Case(CaseRef("SAR-2026-0001-X"), pauses=((on, None),))
    written = replace(asked, decisions=(Decision(1, warned, at),))
    days = [on + dt.timedelta(days=n) for n in range(50)]
    return repr([read_lapse(case, day, law).step for case in (asked, written) for day in days])


def working_days(law: Law) -> str:
    """Every day that the law knows, a letter each: at work or not."""
    known = calendar_of(law)
    days = (known.first + dt.timedelta(n) for n in range((known.last - known.first).days + 1))
    return "".join("-w"[is_working_day(day, known)] for day in days)


BASE = fingerprint(LAW)


def with_rule(rule: Rule) -> Law:
    return replace(LAW, rules={**LAW.rules, rule.id: rule})


def other_value(value: object) -> object:
    """A different value of the same shape."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, tuple):
        if value and not isinstance(value[0], str):
            return value[:-1]
        return value[1:] if value else ("access",)
    assert hasattr(value, "items")
    table = dict(value.items())
    if "factors" in table:
        return {**table, "never_together": ()}
    if "court" in table:
        return {name: () if name == "court" else words for name, words in table.items()}
    if "extent" in table:
        return {**table, "extent": {**table["extent"], "label": "something else"}}
    for name in ("facts", "phone", "plain"):
        if isinstance(table.get(name), str):
            return {**table, name: "something else"}
        if name in table:
            facts = {
                kind: {**fact, "reason": "something else"} for kind, fact in table[name].items()
            }
            return {**table, name: facts}
    return dict(list(table.items())[1:])


VALUES = [(rule.id, n) for rule in LAW.rules.values() for n in range(len(rule.values))]


def with_value(rule_id: str, place: int, changed: DatedValue) -> Law:
    rule = LAW.rules[rule_id]
    values = (*rule.values[:place], changed, *rule.values[place + 1 :])
    return with_rule(replace(rule, values=values))


@pytest.mark.parametrize(("rule_id", "place"), VALUES)
def test_another_value_gives_another_result(rule_id: str, place: int):
    """No value of any time is decoration: changing it changes something that is decided."""
    dated = LAW.rules[rule_id].values[place]
    changed = replace(dated, value=other_value(dated.value))
    assert fingerprint(with_value(rule_id, place, changed)) != BASE


@pytest.mark.parametrize(("rule_id", "place"), VALUES)
def test_another_commencement_gives_another_result(rule_id: str, place: int):
    """The date from which a value holds matters: moving it changes something that is decided."""
    dated = LAW.rules[rule_id].values[place]
    moved = replace(dated, start=dated.until or D(2030, 1, 1))
    assert fingerprint(with_value(rule_id, place, moved)) != BASE


@pytest.mark.parametrize("rule_id", list(LAW.rules))
@pytest.mark.parametrize("what", ["value", "from"])
def test_editing_the_file_gives_another_result(tmp_path: Path, rule_id: str, what: str):
    """The same through the file: another value or commencement written there changes results."""
    file = next(f for f in FOLDER.glob("*/*.yaml") if f"id: {rule_id}\n" in f.read_text("utf-8"))
    body = parse_yaml(file.read_bytes())
    newest = max(
        next(rule for rule in body["rules"] if rule["id"] == rule_id)["values"],
        key=lambda value: value["from"],
    )
    if what == "value":
        newest["value"] = plain(other_value(LAW.rules[rule_id].values[-1].value))
    else:
        newest["from"] = newest.get("until", "2030-01-01")
    folder = tmp_path / "law"
    (folder / file.parent.name).mkdir(parents=True)
    (folder / file.parent.name / file.name).write_text(yaml.safe_dump(body), encoding="utf-8")
    law = replace(LAW, rules={**LAW.rules, **load(folder).rules})
    assert fingerprint(law) != BASE


def plain(value: object) -> object:
    """A value of the law as a file holds it."""
    if isinstance(value, Mapping):
        return {name: plain(item) for name, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, tuple) else value


def test_every_rule_is_cited_and_its_checking_is_honest():
    """A rule was read on a day, or is marked as from memory or as policy; never two of these."""
    for rule in LAW.rules.values():
        assert rule.citation and rule.title
        assert (rule.status == "checked") == (rule.checked_on is not None)
        assert rule.href or rule.status == "policy"


def edited(tmp_path: Path, file: str, old: str, new: str) -> Law:
    folder = tmp_path / "law"
    shutil.copytree(FOLDER, folder)
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return load(folder)


def test_an_edited_file_changes_the_date(tmp_path: Path):
    """Writing another number in the file gives another date, and another version of the law."""
    law = edited(
        tmp_path,
        "dpa2018/complaints.yaml",
        "- from: 2026-06-19\n        value: 30",
        "- from: 2026-06-19\n        value: 20",
    )
    assert complaint_ack(D(2026, 6, 22), LAW) == D(2026, 7, 22)
    assert complaint_ack(D(2026, 6, 22), law) == D(2026, 7, 13)
    assert law.version != LAW.version


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("value: 72", "value: many", "breach.notify"),
        ("unit: hours", "unit: minutes", "breach.notify"),
        ("status: unverified", "checked_on: yesterday", "yesterday"),
        ("    status: unverified\n", "", "breach.notify"),
        ("from: 2018-05-25", "from: 2018-02-30", "2018-02-30"),
        ("value: 72", "value: 72\n        until: 2017-01-01", "ends before it starts"),
        ("value: 72", "value: 72\n      - from: 2020-01-01\n        value: 70", "must end"),
        ("id: breach.notify", "id: health.opinion", "twice"),
        ("unit: hours", "unit: hours\n    unit: days", "twice"),
        ("title:", "titel:", "title"),
        ("rules:", "rules: [", "YAML"),
        ("www.legislation.gov.uk", "example.org", "breach.notify"),
    ],
)
def test_a_broken_file_is_named_with_its_rule_and_an_example(
    tmp_path: Path, old: str, new: str, told: str
):
    """A mistake in the data names the file and the place and shows how it should look."""
    with pytest.raises(ConfigError) as caught:
        edited(tmp_path, "ukgdpr/breach.yaml", old, new)
    assert caught.value.code == "law.file"
    assert "ukgdpr/breach.yaml" in caught.value.sentence
    assert told in caught.value.sentence
    assert "legislation.gov.uk" in caught.value.next_step


def test_unknown_rules_and_days_without_law_are_errors():
    """Asking for what the data do not hold is refused, never guessed."""
    with pytest.raises(InputError) as caught:
        LAW.value("time.nonsense", D(2026, 1, 1))
    assert caught.value.code == "law.unknown_rule"
    with pytest.raises(InputError) as caught:
        LAW.value("time.period", D(2010, 1, 1))
    assert caught.value.code == "law.not_in_force"
    with pytest.raises(ConfigError):
        LAW.switch("time.period", D(2026, 3, 1))


def test_routes_of_complaint_follow_the_day_of_the_letter():
    """The council itself is a route from 19 June 2026, not a day earlier."""
    assert [r.to for r in LAW.complaint_routes(D(2026, 6, 18))] == ["regulator", "court"]
    assert [r.to for r in LAW.complaint_routes(D(2026, 6, 19))] == ["council", "regulator", "court"]
    assert LAW.regulator(D(2026, 6, 19)).last_verified is None


def test_the_malicious_allegation_is_a_ground_from_the_day_its_switch_says(tmp_path: Path):
    """Off today; a value from a day on puts the seventh ground in from that day, and not before."""
    assert MALICIOUS not in erasure_grounds(LAW, D(2026, 11, 22))
    law = edited(
        tmp_path,
        "ukgdpr/erasure.yaml",
        "        value: false",
        "        until: 2027-03-31\n        value: false\n"
        "      - from: 2027-04-01\n        value: true",
    )
    assert MALICIOUS not in erasure_grounds(law, D(2027, 3, 31))
    assert erasure_grounds(law, D(2027, 4, 1)) == (*erasure_grounds(LAW, D(2027, 4, 1)), MALICIOUS)
    assert LAW.rule("erasure.malicious_allegation").status == "unverified"


def test_the_regulator_is_called_what_the_day_calls_it(tmp_path: Path):
    """When the Information Commission takes over, letters from that day on name it."""
    old = "      - from: 2026-06-19\n        value:\n          - to: council"
    text = (FOLDER / "dpa2018" / "complaints.yaml").read_text(encoding="utf-8")
    begun = text[text.index(old) : text.index("  - id: regulator.contact")].rstrip()
    later = begun.replace("2026-06-19", "2027-04-01").replace(
        "name: The Information Commissioner", "name: The Information Commission"
    )
    ended = begun.replace("        value:", "        until: 2027-03-31\n        value:", 1)
    law = edited(tmp_path, "dpa2018/complaints.yaml", begun, f"{ended}\n{later}")
    for day, name in (
        (D(2027, 3, 31), "The Information Commissioner"),
        (D(2027, 4, 1), "The Information Commission"),
    ):
        assert [r.name for r in law.complaint_routes(day) if r.to == "regulator"] == [name]


def test_holidays_are_those_of_the_public_feed():
    """The holidays are those of the stored GOV.UK feed, and of the independent library."""
    import holidays

    ours = set(calendar_of(LAW).holidays)
    library = holidays.country_holidays("GB", subdiv="ENG", years=range(2012, 2029))
    assert ours == {day for day in library if day.weekday() < 5}
    if not SHARED.exists():
        pytest.skip("the shared samples are not beside the repository")
    feed = json.loads((SHARED / "bank_holidays_2024_2028.json").read_bytes())
    events = feed["england-and-wales"]["events"]
    assert {D.fromisoformat(e["date"]) for e in events} == {d for d in ours if d.year >= 2024}
    rows = csv.DictReader((SHARED / "bank_holidays_england_wales_2012_2023.csv").open())
    assert {D.fromisoformat(r["date"]) for r in rows} == {d for d in ours if d.year < 2024}
