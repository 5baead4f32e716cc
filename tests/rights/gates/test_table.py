"""The table of gates is whole, and says so when it is not."""

from __future__ import annotations

import ast
from collections.abc import Callable
from importlib import resources
from pathlib import Path

import pytest
import yaml

from casework.questions import topics
from rights.errors import ConfigError
from rights.gates.table import KINDS, load, parse

ROOT = Path(__file__).resolve().parents[3]
EDGES = ("casework", "flows", "desk", "cli")
TEXT = resources.files("rights.gates").joinpath("gates.yaml").read_text(encoding="utf-8")


Body = dict[str, dict[str, dict[str, object]]]


def _changed(change: Callable[[Body], object]) -> bytes:
    body = yaml.safe_load(TEXT)
    change(body)
    return yaml.safe_dump(body).encode()


def test_every_kind_of_event_has_a_row() -> None:
    """No event is recorded that the table does not know."""
    assert set(load().kinds) == set(KINDS)


def test_every_topic_has_a_row_and_an_effect() -> None:
    """Every topic that an answer can be about stands in the table, and the other way round."""
    assert set(load().topics) == topics()


def _close(**entries: object) -> Callable[[Body], object]:
    return lambda body: body["kinds"]["case_closed"].update(entries)


def _approve(**entries: object) -> Callable[[Body], object]:
    return lambda body: body["kinds"]["pack_approved"].update(entries)


def _without_closing(body: Body) -> object:
    return body["kinds"].pop("case_closed")


def _without_cast(body: Body) -> object:
    return body["topics"].pop("cast")


def _forgetting(body: Body) -> object:
    return body["kinds"].update(case_forgotten=body["kinds"]["case_closed"])


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (_without_closing, "no row"),
        (_without_cast, "no row"),
        (_forgetting, "no such kind"),
        (_close(states=["half open"]), "states"),
        (_close(states=[]), "states"),
        (_close(by={}), "by"),
        (_close(by={"desk": ["king"]}), "desk"),
        (_close(by={"pigeon": "any"}), "pigeon"),
        (_close(guards=["no_such_guard"]), "no guard"),
        (_close(colour="green"), "colour"),
        (_approve(guards=["four_eyes", "four_eyes"]), "twice"),
        (_approve(by={"desk": ["dpo", "dpo"]}), "twice"),
        (_approve(guards=[]), "four_eyes"),
    ],
)
def test_a_table_that_is_not_whole_is_refused(change: Callable[[Body], object], word: str) -> None:
    """What is missing, unknown, doubled or unused is named, and nothing is loaded."""
    with pytest.raises(ConfigError) as refused:
        parse(_changed(change))
    assert refused.value.code == "gates.file"
    assert word in refused.value.sentence


def test_a_key_given_twice_is_refused() -> None:
    """A second row of the same name would silently take the place of the first."""
    with pytest.raises(ConfigError, match="twice"):
        parse(f"{TEXT}\nmatters: {{}}\n".encode())


def test_nobody_writes_past_the_gates() -> None:
    """The journal is written in one function; nothing else calls the store's append."""
    found: list[str] = []
    for folder in EDGES:
        for file in (ROOT / folder).rglob("*.py"):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            found += [
                str(file.relative_to(ROOT))
                for node in ast.walk(tree)
                if isinstance(node, ast.Attribute) and node.attr == "append" and _is_store(node)
            ]
    assert found == ["casework/office.py"]


def _is_store(node: ast.Attribute) -> bool:
    """Whether this is `store.append` or `....store.append`, by whatever it hangs on."""
    held = node.value
    name = held.attr if isinstance(held, ast.Attribute) else getattr(held, "id", "")
    return name.lstrip("_").endswith("store")
