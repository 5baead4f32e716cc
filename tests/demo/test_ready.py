"""Every ready mapping on what the demo generates in the same shape: the subject, never the twin."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from demo.truth import Truth
from rights.law import load
from rights.law.yamlfile import parse_yaml
from rights.register import load_register
from rights.sources import Capability, Mapping, SearchTerms, Source, Status, make_source
from rights.sources import search_source as ask

ROOT = Path(__file__).resolve().parents[2]
READY = ROOT / "council" / "sources" / "ready"
SHOWN = {
    "annex_a": {},
    "cin_census": {},
    "eclipse": {},
    "liquidlogic": {},
    "mosaic": {"location": "systems/case_system.sqlite"},
    "school_census_off_roll": {},
    "school_census_on_roll": {"location": "on_roll"},
    "ssda903": {},
    "supporting_families": {},
}
"""What a council would change in the copy: where it is."""
NOT_TABLES = {"paper_files", "sar_service"}
NAMED = sorted(set(SHOWN) - {"annex_a", "cin_census", "ssda903"})


@pytest.fixture(scope="module")
def made(council: tuple[Path, Truth], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The council, its pupils on roll under the name that the ready mapping has."""
    out = tmp_path_factory.mktemp("shown")
    for part in ("exports", "systems"):
        (out / part).symlink_to(council[0] / part)
    (out / "on_roll").mkdir()
    shutil.copy(out / "exports" / "school_census.csv", out / "on_roll" / "pupilonroll.csv")
    return out


def source_of(name: str, base: Path) -> Source:
    """A ready mapping, copied as its README says."""
    data: dict[str, Any] = parse_yaml((READY / f"{name}.yaml").read_bytes())
    if name == "mosaic":  # this extract keeps no numbers of an older system
        del data["people"]["fields"]["identifiers"]["legacy"]
    return make_source(Mapping.model_validate(data | SHOWN[name]), base)


def keys_of(source: Source, truth: Truth, person: str) -> dict[str, frozenset[str]]:
    """The keys of somebody: confirmed by their number or birthday, or carried from the system."""
    told = truth.person(person)
    case_id = next(r.key for r in truth.records if r.source == "case_system" and r.person == person)
    if source.name == "ssda903":
        return {"ssda903": frozenset({f"S{case_id}"})}
    if source.keyed_by != source.name:
        return {source.keyed_by: frozenset({case_id})}
    name = told.names[0]
    return {
        source.name: frozenset(
            p.key
            for p in source.people()
            if str(p.dob) == told.date_of_birth
            and any(n.forenames.split()[:1] == [name.forenames] for n in p.names)
        )
    }


def test_every_ready_mapping_of_tables_is_shown() -> None:
    """One that is added has to be tried here too."""
    assert {p.stem for p in READY.glob("*.yaml")} == {*SHOWN, *NOT_TABLES}


@pytest.mark.parametrize("name", sorted(SHOWN))
def test_a_ready_mapping_on_the_demos_council(
    made: Path, council: tuple[Path, Truth], name: str
) -> None:
    """It is probed, gives the subject's rows, as many as it counts, and none of the twin's."""
    source, truth = source_of(name, made), council[1]
    source.probe()
    mine, twins = (keys_of(source, truth, person) for person in ("subject", "twin"))
    assert mine != twins
    result = ask(source, mine, SearchTerms())
    assert result.line.status is Status.FOUND
    assert result.line.rows_in == result.line.rows_accounted == len(result.records) > 0
    assert result.line.unread == 0
    (wanted,) = mine.values()
    assert {r.key for r in result.records} <= wanted
    ids = {r.record_id for r in result.records}
    assert not ids & {r.record_id for r in ask(source, twins, SearchTerms()).records}


@pytest.mark.parametrize("name", NAMED)
def test_people_of_a_ready_mapping_can_be_matched(
    made: Path, council: tuple[Path, Truth], name: str
) -> None:
    """Names, dates of birth and something beside them, so that the index has what it needs."""
    source = source_of(name, made)
    assert Capability.PEOPLE in source.capabilities
    people = list(source.people())
    assert len(people) >= 20
    assert sum(p.dob is not None for p in people) >= 0.9 * len(people)
    assert all(p.names for p in people)
    assert sum(bool(p.addresses or p.identifiers) for p in people) >= 0.9 * len(people)


def test_who_is_around_comes_with_the_case_systems(made: Path, council: tuple[Path, Truth]) -> None:
    """Mother, twin and worker are known from each of the three makers' tables."""
    truth = council[1]
    for name in ("mosaic", "liquidlogic", "eclipse"):
        source = source_of(name, made)
        (keys,) = keys_of(source, truth, "subject").values()
        found = list(source.relations(keys))
        assert len([r for r in found if not r.worker]) >= 2, name
        assert name == "mosaic" or [r for r in found if r.worker], name


def test_what_is_laid_over_the_example_council_fits(tmp_path: Path) -> None:
    """Its sources load beside the council's, and the register says what they are for."""
    for part in (ROOT / "council", ROOT / "demo" / "council"):
        shutil.copytree(part, tmp_path, dirs_exist_ok=True)
    mappings = {
        Mapping.model_validate(parse_yaml(p.read_bytes())).name
        for p in (tmp_path / "sources").glob("*.yaml")
    }
    register = load_register(tmp_path / "register", load())
    assert mappings == {h.source for s in register.services for h in s.held_in}
    assert {"paper_files", "ssda903", "cin_census"} <= mappings
