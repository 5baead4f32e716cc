from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import etree

from rights.law import load
from rights.register import load_register

ROOT = Path(__file__).resolve().parents[2]
COUNCIL = ROOT / "council"


def _read(name: str) -> dict[str, Any]:
    return yaml.safe_load((COUNCIL / name).read_text(encoding="utf-8"))


def test_register_refers_only_to_what_it_defines() -> None:
    """The register fits together, and its services, rules and lists name sources that exist."""
    register = load_register(COUNCIL / "register", load())
    held = [held for service in register.services for held in service.held_in]
    sources = {one.source for one in held}
    sources |= {place.partition("/")[0] for rule in register.retention for place in rule.records}
    sources |= {p.source for p in register.shared.processors if p.source}
    sources |= {name for s in register.services for c in s.consent_based for name in c.sources}
    sources |= {m.suppress_in for s in register.services for m in s.marketing if m.suppress_in}
    mappings = {path.stem for path in (COUNCIL / "sources").glob("*.yaml")}
    assert sources <= mappings
    assert mappings <= {one.source for one in held}
    for one in held:
        tables = {r["table"] for r in _read(f"sources/{one.source}.yaml").get("records", ())}
        assert set(one.tables) <= tables
    assert all(one.statement and one.why for one in register.left_out)


def test_every_right_has_a_reference_prefix() -> None:
    """Each right and the complaint have a prefix of three capitals of their own."""
    from rights.release import Right

    prefixes = _read("council.yaml")["reference_prefixes"]
    assert set(prefixes) == {r.value for r in Right}
    assert len(set(prefixes.values())) == len(prefixes)


def test_reminders_are_counted_in_working_days_and_have_addressees() -> None:
    """Rules run from ten days before to daily once overdue, each to somebody with an address."""
    reminders = _read("reminders.yaml")
    assert [r["when"] for r in reminders["rules"]] == [-10, -5, -2, -1, 0, 1]
    assert reminders["rules"][-1]["repeat"] == "daily"
    for rule in reminders["rules"]:
        assert set(rule["to"]) <= set(reminders["addresses"])


@pytest.mark.parametrize("name", ["glossary.yaml", "support.yaml"])
def test_printed_words_are_complete(name: str) -> None:
    """Nothing printed in a pack is empty or said twice."""
    body = _read(name)
    if name == "glossary.yaml":
        words = [e["word"] for e in body["entries"]]
        assert len(words) == len(set(words)) >= 30
        assert all(e["meaning"].endswith(".") for e in body["entries"])
    else:
        assert all(c["phone"] or c["web"] for c in map(_with_phone, body["contacts"]))


def _with_phone(contact: dict[str, Any]) -> dict[str, Any]:
    return {"phone": "", "web": ""} | contact


def test_crest_is_a_picture_without_outside_references() -> None:
    """The crest is well-formed SVG and fetches nothing."""
    tree = etree.parse(COUNCIL / "crest.svg")
    assert etree.QName(tree.getroot()).localname == "svg"
    text = (COUNCIL / "crest.svg").read_text(encoding="utf-8")
    assert "href" not in text and "<script" not in text


def test_demo_accounts_hold_no_passwords() -> None:
    """Accounts have a login, a name and roles; an approver differs from the first officer."""
    accounts = yaml.safe_load((ROOT / "demo" / "staff.yaml").read_text(encoding="utf-8"))
    rows = accounts["accounts"]
    assert all(set(row) == {"login", "name", "roles"} for row in rows)
    assert any("approver" in row["roles"] for row in rows)
