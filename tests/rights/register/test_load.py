"""A register is read whole and must fit together."""

import json
import shutil
from pathlib import Path

import pytest

from rights.errors import ConfigError
from rights.law import load
from rights.register import load_register
from rights.register.load import schema

REPO = Path(__file__).parents[3]
FOLDER = REPO / "council" / "register"
LAW = load()


def test_the_schema_for_editors_is_that_of_the_models():
    """schema.json is what the models say; write it anew when they change."""
    path = REPO / "rights" / "register" / "schema.json"
    assert json.loads(path.read_text(encoding="utf-8")) == schema()


def test_the_example_register_loads():
    """The example council's register is whole, and its services come in the order of the files."""
    register = load_register(FOLDER, LAW)
    assert register.services[0].id == "social_care"
    assert len(register.services) == 10
    assert register.service("finance").name == "Social care finance"


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "told"),
    [
        ("shared.yaml", "controller:", "kontroller:", "register.file", "shared.yaml"),
        ("shared.yaml", "title:", "title: [", "register.file", "YAML"),
        ("shared.yaml", "{id: belief,", "{id: ethnicity,", "register.refers", "stands twice"),
        ("services/02_finance.yaml", "[you, family", "[yu, family", "register.refers", "'yu'"),
        ("services/02_finance.yaml", "[providers,", "[provider,", "register.refers", "recipient"),
        ("services/02_finance.yaml", "retention: f", "retention: x", "register.refers", "rule"),
        ("services/02_finance.yaml", "[legal_obligation, public_task]", "[safeguarding]",
         "register.refers", "only special"),
        ("services/02_finance.yaml", "public_task]", "good_will]", "register.refers", "good_will"),
        ("services/03_health_visiting.yaml", "categories: [basic, contact_records]",
         "categories: [basic, offences]", "register.refers", "offences"),
        ("services/09_family_hubs.yaml", "basis: [public_task]", "basis: [hope]",
         "register.refers", "hope"),
        ("retention.yaml", "{years: 75, after: born}", "{years: 75, after: born, died_before: 9}",
         "register.file", "condition"),
        ("notice.yaml", "right.access:", "right.axes:", "register.refers", "right.axes"),
        ("notice.yaml", "seen_on: 2026-11-22", "seen_on: someday", "register.file", "seen_on"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named(
    tmp_path: Path, file: str, old: str, new: str, code: str, told: str
):
    """A mistake stops the loading with the file or entry and what to do."""
    folder = tmp_path / "register"
    shutil.copytree(FOLDER, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_register(folder, LAW)
    assert caught.value.code == code
    assert told in caught.value.sentence


def test_a_folder_without_services_or_files_is_no_register(tmp_path: Path):
    """A register with a file missing, or without a service, is refused."""
    with pytest.raises(ConfigError, match="cannot be read"):
        load_register(tmp_path, LAW)
    folder = tmp_path / "register"
    shutil.copytree(FOLDER, folder)
    shutil.rmtree(folder / "services")
    with pytest.raises(ConfigError, match="no service"):
        load_register(folder, LAW)
    with pytest.raises(ConfigError, match=r"register\.unknown"):
        load_register(FOLDER, LAW).service("astrology")
