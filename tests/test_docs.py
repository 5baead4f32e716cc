"""The handbook is true of the code: commands, settings, topics, codes, links, tests and law."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import typer.main
import yaml

from casework.settings import Settings
from casework.topics import REVIEW_ROLE
from cli.account import ROLES
from cli.main import app
from rights.events.kinds import QuestionAsked
from rights.law import load
from rights.road import STEPS

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PACKAGES = ("rights", "redaction", "letters", "casework", "flows", "desk", "cli")
TOP = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
PAGES = [*TOP, *sorted(DOCS.rglob("*.md"))]
CONTRIBUTE = [
    p for folder in ("contributors", "how-to") for p in sorted((DOCS / folder).glob("*.md"))
]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
TEST_NAME = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
FENCE = re.compile(r"```.*?```", re.DOTALL)


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def all_docs() -> str:
    return "\n".join(map(text_of, PAGES))


def commands() -> Iterator[str]:
    """Every command that does something, in words: 'rights case why'."""

    def walk(command: click.Command, name: str) -> Iterator[str]:
        children = getattr(command, "commands", None)
        if not children:
            yield name
            return
        for word, child in children.items():
            yield from walk(child, f"{name} {word}")

    yield from walk(typer.main.get_command(app), "rights")


def sources() -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


def strings_of(paths: Iterator[Path]) -> set[str]:
    return {
        node.value
        for path in paths
        for node in ast.walk(ast.parse(text_of(path)))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def anchors(path: Path) -> set[str]:
    heads = re.findall(r"(?m)^#+ (.+)$", FENCE.sub("", text_of(path)))
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def test_the_readme_begins_with_what_must_be_there():
    """The first line names Debian, git, make and python3 with venv."""
    first = text_of(ROOT / "README.md").splitlines()[0]
    for need in ("Debian 12 or later", "git", "make", "python3 with venv"):
        assert need in first


@pytest.mark.parametrize("command", list(commands()))
def test_every_command_is_documented(command: str):
    """Each command of the help tree has its line in the administrators' list."""
    assert f"`{command}`" in text_of(DOCS / "administrators" / "commands.md")


def test_no_command_is_documented_that_does_not_exist():
    """Whatever the list of commands names can be run."""
    listed = re.findall(r"(?m)^\| `(rights [^`]+)`", text_of(DOCS / "administrators/commands.md"))
    assert sorted(listed) == sorted(commands())


def test_settings_are_documented_and_exist():
    """Each setting has its row, and each row has its setting."""
    page = text_of(DOCS / "administrators" / "settings.md")
    rows = set(re.findall(r"(?m)^\| `(RIGHTS_\w+)`", page))
    assert rows == {f"RIGHTS_{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"RIGHTS_[A-Z_]+", all_docs())) <= set(re.findall(r"RIGHTS_\w+", page))


def test_other_variables_of_the_environment_are_documented():
    """No name of ours is read from the environment that the settings page does not tell."""
    named = re.compile(r"RIGHTS_[A-Z]+(?:_[A-Z]+)*")
    used = {name for text in strings_of(sources()) for name in named.findall(text)}
    assert used <= set(named.findall(text_of(DOCS / "administrators" / "settings.md")))


def test_roles_are_documented():
    """Every role that can be given, and every role that a passage waits for, has its row."""
    page = text_of(DOCS / "administrators" / "keys-and-audit.md")
    rows = set(re.findall(r"(?m)^\| ([a-z]+) \| ", page)) - {"role"}
    assert rows == set(ROLES)
    assert set(REVIEW_ROLE.values()) <= rows


def test_every_topic_of_a_question_is_explained_to_officers():
    """Each topic that holds up a stage, or that the code asks under, is in the officers' list."""
    page = text_of(DOCS / "officers" / "questions.md")
    told = set(re.findall(r"(?m)^\| `(\w+)` ", page))
    held = {topic for step in STEPS for topic in step.held_by}
    assert held | {"stuck", "time"} <= told
    assert told <= strings_of(sources())
    assert "topic" in QuestionAsked.model_fields


def test_every_flow_is_explained():
    """Each deployment that officers and administrators see is named in the handbook."""
    deployments = yaml.safe_load(text_of(ROOT / "prefect.yaml"))["deployments"]
    docs = all_docs()
    for deployment in deployments:
        assert deployment["name"] in docs


def test_codes_of_refusals_exist():
    """Each code that the officers' page explains is raised somewhere."""
    told = re.findall(r"(?m)^\| `([a-z]+\.[a-z_]+)` ", text_of(DOCS / "officers/refused.md"))
    assert told
    assert set(told) <= strings_of(sources())


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_resolve(page: Path):
    """Every link to a page, picture or heading of ours leads somewhere."""
    for target in LINK.findall(FENCE.sub("", text_of(page))):
        if target.startswith(("http://", "https://")):
            continue
        name, _, heading = target.partition("#")
        path = (page.parent / name).resolve() if name else page
        assert path.exists(), target
        if heading:
            assert heading in anchors(path), target


def test_every_page_can_be_reached():
    """Each page is linked from the index of the handbook."""
    linked = {
        (DOCS / target.partition("#")[0]).resolve()
        for target in LINK.findall(text_of(DOCS / "README.md"))
    }
    assert set(DOCS.rglob("*.md")) - {DOCS / "README.md"} <= linked


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_tests_that_the_pages_promise_exist(page: Path):
    """A test that a page says will fail until the work is finished is really there."""
    for file, name in TEST_NAME.findall(text_of(page)):
        assert f"def {name}(" in text_of(ROOT / file), name


@pytest.mark.parametrize("page", sorted((DOCS / "how-to").glob("*.md")), ids=lambda p: p.stem)
def test_how_to_pages_end_with_their_tests(page: Path):
    """Each how-to ends with the tests that fail until it is done."""
    last = re.split(r"(?m)^## ", text_of(page))[-1]
    assert last.startswith("Tests that fail until it is finished")
    assert TEST_NAME.search(last)


def test_files_and_modules_that_contributors_read_about_exist():
    """Every path and dotted module in the contributors' pages is there."""
    for page in [*CONTRIBUTE, ROOT / "CONTRIBUTING.md"]:
        for quoted in re.findall(r"`([^`\n]+)`", FENCE.sub("", text_of(page))):
            if "KIND" in quoted or "::" in quoted:
                continue
            if re.fullmatch(rf"(?:{'|'.join(PACKAGES)})(?:\.\w+)+", quoted):
                path = ROOT / quoted.replace(".", "/")
                assert path.is_dir() or path.with_suffix(".py").is_file(), quoted
            elif re.fullmatch(r"[\w.-]+(?:/[\w.-]+)+/?", quoted):
                assert (ROOT / quoted).exists() or (ROOT / "letters" / quoted).exists(), quoted


def test_the_table_of_packages_is_whole():
    """The architecture names every package of the distribution, and no other."""
    page = text_of(DOCS / "contributors" / "architecture.md")
    assert re.findall(r"(?m)^\| `(\w+)` ", page) == list(PACKAGES)


def test_every_reading_of_our_own_is_among_the_open_points():
    """A rule that is unverified, policy or a reading of ours is named for the DPO."""
    law, page = load(), text_of(DOCS / "law-open-points.md")
    named = set(re.findall(r"`([a-z]+\.[A-Za-z0-9_-]+)`", page))
    doubtful = re.compile(
        r"our (?:cautious )?reading|UNCERTAIN|from memory|not read", re.IGNORECASE
    )
    open_points = {
        rule.id
        for rule in law.rules.values()
        if rule.status != "checked" or doubtful.search(rule.note or "")
    }
    assert open_points <= named
    assert named <= set(law.rules)


MACHINE_PATH = re.compile(r"(?<![\w./~-])/(?:home|root|Users|work|mnt)/[\w.]+")
REGISTRY = re.compile(
    r"py[p]i\.org|python[h]osted|--(?:extra-)?index[-]url[ =]\S+:|find[-]links[ =]\S+:"
)
ADDRESS_LOCKS = {
    "uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "package-lock.json", "yarn.lock",
}  # fmt: skip


def test_nothing_in_the_tree_tells_where_it_was_made():
    """No path of somebody's machine, no address of a registry, no lock that records one."""
    for path in tracked():
        assert path.name not in ADDRESS_LOCKS
        data = path.read_bytes()
        if b"\0" in data[:4096]:
            continue
        text = data.decode("utf-8", "replace")
        for pattern in (MACHINE_PATH, REGISTRY):
            found = pattern.search(text)
            assert found is None, f"{path.relative_to(ROOT)}: {found and found[0]}"


def test_locks_hold_hashes_and_no_address():
    """Each lock names packages by version and hash, and no place they came from."""
    locks = sorted((ROOT / "requirements").glob("*.lock"))
    assert locks
    for lock in locks:
        assert "--hash=sha256:" in text_of(lock)
        assert "://" not in text_of(lock)
