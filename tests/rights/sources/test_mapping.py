from __future__ import annotations

import json
from importlib.resources import files

import pytest

from rights.errors import ConfigError
from rights.sources import Mapping, load_mapping, load_sources
from tests.rights.sources.conftest import REPO


def test_the_schema_for_editors_is_that_of_the_models():
    """mapping.schema.json is what the models say; regenerate it when they change."""
    text = files("rights.sources").joinpath("mapping.schema.json").read_text(encoding="utf-8")
    assert json.loads(text) == Mapping.model_json_schema()


def test_the_councils_mappings_load(tmp_path):
    """Every mapping of the example council is valid; the case system comes before its keys."""
    names = [source.name for source in load_sources(REPO / "council" / "sources", tmp_path)]
    assert {"case_system", "school_census", "annex_a", "team_mailbox"} <= set(names)
    assert names.index("case_system") < names.index("annex_a")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("name: [", "not readable YAML"),
        ("name: a\ntitle: A\nkind: sql\n", "wrong at 'location'"),
        ("name: a\ntitle: A\nkind: odd\nlocation: x\n", "wrong at 'kind'"),
        ("name: a\ntitle: A\nkind: csv\nlocation: x\npeple: {}\n", "wrong at 'peple'"),
        (
            "name: a\ntitle: A\nkind: csv\nlocation: x\npeople: {table: t}\n",
            "wrong at 'people.key'",
        ),
    ],
)
def test_a_wrong_mapping_names_file_key_and_next_step(tmp_path, text, where):
    """The error tells which file, which key and what to do."""
    (tmp_path / "one.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=rf"one\.yaml is {where}") as caught:
        load_mapping(tmp_path / "one.yaml")
    assert caught.value.next_step


def test_two_sources_of_one_name_and_unknown_keys_are_refused(tmp_path):
    """Names are unique, and keys belong to a source that exists."""
    text = "name: a\ntitle: A\nkind: folder\nlocation: x\n"
    (tmp_path / "1.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "2.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match="Two source mappings"):
        load_sources(tmp_path, tmp_path)
    (tmp_path / "2.yaml").write_text(
        text.replace("name: a", "name: b") + "keyed_by: c\n", encoding="utf-8"
    )
    with pytest.raises(ConfigError, match="keyed by 'c'"):
        load_sources(tmp_path, tmp_path)
