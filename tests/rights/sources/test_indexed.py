"""A folder with an index: what only one of the two knows is told, and looked for by its name."""

from __future__ import annotations

import pytest
import yaml

from rights.errors import UnreadableError
from rights.release import PersonName
from rights.sources import Capability, SearchTerms, Status, load_sources, search_source
from rights.sources.indexed import IndexedFolderSource
from tests.rights.sources.test_tripwire import write

AMY = SearchTerms(names=(PersonName("Amy", "Khan"),))
INDEX = """file,person_id,title
letters/a.txt,7,Letter
letters\\gone.txt,7,Lost letter
b.txt,8,Report
"""


def load(folder):
    """Two indexes of one folder: the folder's own, and the case system's list of documents."""
    found = load_sources(folder / "sources", folder)
    return {source.name: source for source in found}


@pytest.fixture
def folder(tmp_path):
    letters = tmp_path / "files" / "letters"
    letters.mkdir(parents=True)
    for name in ("letters/a.txt", "b.txt", "listed elsewhere.txt", "stray/Khan_Amy notes.txt"):
        path = tmp_path / "files" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"This is {name}", encoding="utf-8")
    (letters / "Thumbs.db").write_bytes(b"x")
    (letters / "~$a.docx").write_bytes(b"x")
    (tmp_path / "files" / "scan 0001.txt").write_text("nobody knows", encoding="utf-8")
    (tmp_path / "files" / "index.csv").write_text(INDEX, encoding="utf-8")
    write(tmp_path, "sql", [{"ref": "7", "name": "listed elsewhere.txt"}])
    documents = {"key": "ref", "file": "name", "folder": "files"}
    index = {"table": "index.csv", "key": "person_id", "file": "file", "folder": "files"}
    mappings = {
        "case": {"kind": "sql", "location": "t.sql", "documents": [{"table": "t", **documents}]},
        "files": {
            "kind": "csv",
            "location": "files/index.csv",
            "keyed_by": "case",
            "documents": [{**index, "title": "title"}],
        },
    }
    (tmp_path / "sources").mkdir()
    for name, mapping in mappings.items():
        text = yaml.safe_dump({"name": name, "title": name, **mapping})
        (tmp_path / "sources" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_both_differences_are_told(folder):
    """One listed file is gone and two are in no index; what another index lists is not stray."""
    source = load(folder)["files"]
    assert isinstance(source, IndexedFolderSource)
    probe = source.probe()
    assert probe.unread == (
        "Files that the index lists and the folder lacks: 1.",
        "Files in the folder that no index lists: 2. They were looked for by their names only; to "
        "open each, whoever it is about, would be out of proportion.",
    )
    assert not any("Khan" in note for note in (*probe.unread, *source.limits))
    assert source.limits == probe.unread


def test_an_index_that_fits_says_nothing(folder):
    """No note, no limit, and no second capability is needed to read it."""
    (folder / "files" / "letters" / "gone.txt").write_text("found again")
    (folder / "files" / "scan 0001.txt").unlink()
    (folder / "files" / "stray" / "Khan_Amy notes.txt").unlink()
    source = load(folder)["files"]
    assert source.probe().unread == source.limits == ()


def test_an_unlisted_file_is_found_by_its_name_and_fetched_once_confirmed(folder):
    """It comes as a hit for a person to look at; the key confirmed for it fetches it."""
    source = load(folder)["files"]
    (hit,) = source.find(AMY)
    assert hit.matched == ("full name",)
    assert not hit.sure
    assert Capability.TERMS in source.capabilities
    keys = {"case": frozenset({"7"}), "files": frozenset({hit.key})}
    result = search_source(source, keys, SearchTerms())
    assert (result.line.status, result.line.rows_in) == (Status.FOUND, 3)
    texts = []
    for document in result.documents:
        try:
            texts.append(document.open().decode())
        except UnreadableError as error:
            texts.append(error.code)
    assert texts == [
        "This is letters/a.txt",
        "sources.file_missing",
        "This is stray/Khan_Amy notes.txt",
    ]
    assert [d.name for d in result.documents][-1] == "Khan_Amy notes.txt"


def test_only_the_indexs_own_folder_is_walked(folder):
    """A database that lists files elsewhere is no index of a folder."""
    assert not isinstance(load(folder)["case"], IndexedFolderSource)


def test_a_path_that_climbs_out_is_not_read(folder):
    """Neither from the index nor from a key."""
    (folder / "secret.txt").write_text("x")
    source = load(folder)["files"]
    assert list(source.documents({"file:../secret.txt"})) == []
