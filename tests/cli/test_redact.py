"""``rights redact`` from files to verified pages, without an office."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from casework.redacting.applying import verified
from cli.main import app
from redaction.decisions import PagePlan
from redaction.exchange import FindingsFile, read_file
from redaction.formats import Incoming, read_many
from redaction.formats.typeset import typeset
from redaction.paint import paint
from redaction.propose.forbidden import Forbidden
from redaction.propose.settle import Settled
from rights.errors import InputError, RefusedError, VerificationError

PEOPLE = {
    "version": 1,
    "people": [
        {"role": "subject", "names": [{"forenames": "Amy Louise", "surname": "Khan"}]},
        {
            "role": "parent",
            "relation": "mother",
            "names": [{"forenames": "Susan", "surname": "Smith-Jones", "title": "Mrs"}],
        },
        {"role": "social_worker", "names": [{"forenames": "Karen", "surname": "Lee"}]},
    ],
    "protected_facts": ["14 Hidden Lane"],
}
NOTE = """Karen Lee visited Amy and her mother, Mrs Smith-\r
Jones, on 3 May 2020.\r
Neighbour Mr Brown shouted. They now stay at 14 Hidden Lane, TF1 2AB.
"""


@pytest.fixture
def at(tmp_path: Path) -> Path:
    (tmp_path / "note.txt").write_bytes(NOTE.encode())
    (tmp_path / "people.json").write_text(json.dumps(PEOPLE))
    return tmp_path


def run(*words: object, code: int = 0) -> str:
    result = CliRunner().invoke(app, ["redact", *map(str, words)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code, result.output
    return result.output


def found(at: Path, *more: object, code: int = 0) -> FindingsFile:
    out = at / "findings.json"
    run("find", at / "note.txt", *more, "--people", at / "people.json", "--out", out, code=code)
    return read_file(out.read_bytes(), FindingsFile)


def decisions(at: Path, file: FindingsFile, **more: object) -> Path:
    body = {
        "version": 1,
        "documents": [{"id": d.id, "sha256": d.sha256} for d in file.documents],
        "people": PEOPLE,
        "persons": [
            {"person": "P02", "decision": "withhold"},
            {"person": "P03", "decision": "disclose"},
            *({"person": p.ref, "decision": "withhold"} for p in file.people if p.found),
        ],
        **more,
    }
    path = at / "decisions.json"
    path.write_text(json.dumps(body))
    return path


def test_offsets_of_plain_text_are_into_the_file(at):
    """Carriage returns and all: each finding is what stands in the file at its place."""
    file = found(at, "--text")
    for finding in file.findings:
        assert NOTE[finding.start : finding.end] == finding.text
    names = {f.text.split()[-1] for f in file.findings if f.kind == "name"}
    assert {"Lee", "Amy", "mother", "Brown"} <= names
    held = [f for f in file.findings if f.finder == "protected-fact"]
    assert [f.text for f in held] == ["14 Hidden Lane"]


def test_a_file_that_cannot_be_read_is_listed_and_not_dropped(at):
    """The rest is written, and the command says that it is not all."""
    file = found(at, at / "missing.pdf", code=1)
    assert [u.document for u in file.unreadable] == ["D2"]
    assert [d.id for d in file.documents] == ["D1", "D2"]
    assert file.findings


def test_decided_pages_are_verified_and_a_trace_is_caught(at):
    """What is withheld is gone from the new file; a string that is there is refused."""
    file = found(at)
    out, list_ = at / "out", at / "list.json"
    decided = decisions(at, file, otherwise="withhold")
    run("apply", at / "note.txt", "--decisions", decided, "--out", out, "--must-not", list_)
    assert [p.name for p in out.iterdir()] == ["001.pdf"]
    assert "0 of them read again" in run("verify", out, "--must-not", list_)
    assert "1 of them read again" in run("verify", out, "--must-not", list_, "--thorough")
    list_.write_text('{"version": 1, "forbidden": ["Karen Lee"]}')
    run("verify", out, "--must-not", list_, code=1)
    list_.write_text('{"version": 1, "forbidden": ["Brown", "14 Hidden Lane"]}')
    run("verify", out, "--must-not", list_)
    (out / "note for Brown.txt").write_text("nothing")
    said = run("verify", out, "--must-not", list_, code=1)
    assert "file's name" in said and "no PDF" in said
    assert "Brown" not in said


def test_nothing_is_written_while_something_is_undecided(at):
    """By default a finding without a decision stops all of it."""
    file = found(at)
    with pytest.raises(RefusedError, match="no decision"):
        run(
            "apply",
            at / "note.txt",
            "--decisions",
            decisions(at, file),
            "--out",
            at / "out",
        )
    assert not (at / "out").exists()


def test_decisions_on_other_bytes_are_refused(at):
    """A changed file is not painted by decisions on what it was."""
    file = found(at)
    decided = decisions(at, file, otherwise="withhold")
    (at / "note.txt").write_text(NOTE + "More.")
    with pytest.raises(InputError, match="not about these documents"):
        run("apply", at / "note.txt", "--decisions", decided, "--out", at / "out")


def test_what_is_hidden_is_shown(at):
    """A hidden paragraph of a page of HTML is told, with the document it is in."""
    page = at / "page.html"
    page.write_text("<p>Seen</p><p style='display:none'>Unseen words</p>")
    body = json.loads(run("inspect", page, "--json"))
    assert any("Unseen words" in h["text"] for h in body["hidden"])


def test_each_kind_of_file_has_its_schema():
    """The kinds are listed, and one is printed as JSON."""
    for kind in run("schema").split():
        assert json.loads(run("schema", kind))["title"]


def test_folders_and_piped_text_are_read(at):
    """A folder means all that is in it, in order; a dash what is piped in."""
    more = at / "more" / "deep"
    more.mkdir(parents=True)
    (more / "b.txt").write_text("Karen Lee rang.")
    (at / "more" / "a.txt").write_text("Amy was out.")
    out = at / "findings.json"
    run("find", at / "more", "--text", "--people", at / "people.json", "--out", out)
    file = read_file(out.read_bytes(), FindingsFile)
    assert [(d.id, d.name) for d in file.documents] == [("D1", "a.txt"), ("D2", "b.txt")]
    words = [
        "redact",
        "find",
        "-",
        "--text",
        "--people",
        str(at / "people.json"),
        "--out",
        str(out),
    ]
    assert CliRunner().invoke(app, words, input="Amy was out.").exit_code == 0
    (finding,) = read_file(out.read_bytes(), FindingsFile).findings
    assert (finding.document, finding.start, finding.end, finding.text) == ("D1", 0, 3, "Amy")


def test_a_refusal_names_document_page_and_cause(tmp_path):
    """What the check finds is told by the page of the source, never by what stands there."""
    book = typeset(["<p>Nothing here.</p>", "<p>Withheld.</p>", "<p>Karen Holt came.</p>"])
    (document,) = read_many([Incoming("D1", "a.pdf", book)], scratch=tmp_path, workers=1)
    plans = [PagePlan("D1", 1), PagePlan("D1", 2, withheld=True), PagePlan("D1", 3)]
    with pytest.raises(VerificationError) as refused:
        verified(
            [paint(document, plans)],
            Settled(tuple(plans), (), (), (), (), ()),
            Forbidden(("Karen",), ()),
            scratch=tmp_path,
            workers=1,
        )
    assert "D1 page 3: forbidden: found in the text" in refused.value.sentence
    assert "Karen" not in str(refused.value)
