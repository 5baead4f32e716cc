"""A CSV of 2 GB with damage inside: searched by key and streamed for people, in bounded memory.

The file holds rows of every kind that has stopped an import: a quote that is never closed, a row
with too many cells, bytes that are not UTF-8, a line of 50 MB. Each must be named with its row and
column, and every other row must be there.

Files of 50 MB without an end of line (a cell, a header, commas, a text in XML, elements in
elements, a mailbox) are put through ``rights identity index`` as well: each ends soon, with a
sentence.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rights.sources import Mapping, SearchTerms, make_source, search_source
from rights.sources.tablesource import TableSource

GIGABYTES = 2
MOST_KB = 400_000
"""Peak memory of the process that reads, in kB; holding the file would take ten times as much."""
MOST_SECONDS = 900
_MAPPING = {
    "name": "big",
    "title": "Big",
    "kind": "csv",
    "location": ".",
    "people": {
        "table": "big.csv",
        "key": "ref",
        "fields": {"forenames": "first", "surname": "last", "dob": "born"},
    },
    "records": [{"table": "big.csv", "key": "ref", "label": "Note", "text": "note"}],
}
_NOTE = "seen at home and at school; all well; " * 20


def run() -> bool:
    """Writes the file, reads it in a process of its own, and says what came out."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "big.csv"
        rows = _write(path)
        print(f"{path.stat().st_size / 1e9:.2f} GB, {rows:,} rows")
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.hostile", folder],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        )
    found = json.loads(done.stdout)
    print(json.dumps(found, indent=1))
    met = (
        found["wanted"] == 1
        and found["people"] == rows
        and [fault[1:] for fault in found["faults"]] == [[3, "note"], [4, "note"], [6, "note"]]
        and found["peak_kb"] <= MOST_KB
        and found["seconds"] <= MOST_SECONDS
    )
    met &= _single_lines()
    print("bar met" if met else "BAR MISSED")
    return met


_HEAD = "id,forenames,surname,dob\n1,Amy,Khan,2010-03-04\n"
_PEOPLE = "<people><person><id>1</id><forenames>Amy</forenames><surname>"
_SINGLE = {
    "cell.csv": (f"{_HEAD}2,", "x", "\n"),
    "header.csv": ("id,forenames,", "x", ""),
    "commas.csv": (f"{_HEAD}2,Amy", ",", "\n"),
    "text.xml": (_PEOPLE, "x", "</surname></person></people>"),
    "nested.xml": ("<people>", "<a>", ""),
    "line.mbox": ("From amy@example.org Mon Mar  4 10:00:00 2024\nSubject: ", "x", "\n"),
}
"""Files by name: how they begin, what is repeated until there are 50 MB, how they end."""
_XML = """
name: people
title: People
kind: xml
location: people.xml
people: {table: person, key: id, fields: {forenames: forenames, surname: surname}}
"""
_SINGLE_BYTES = 50_000_000
_SINGLE_SECONDS = 60


def _single_lines() -> bool:
    """Whether each ends in time and in bounded memory, as done in part or refused."""
    met = True
    for name, (start, again, end) in _SINGLE.items():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_text(start + again * (_SINGLE_BYTES // len(again)) + end)
            mapping = Path(folder) / "people.yaml"
            mapping.write_text(_XML)
            command = [Path(sys.executable).with_name("rights"), "identity", "index", path]
            command += ["--mapping", mapping] if path.suffix == ".xml" else []
            began = time.monotonic()
            with (Path(folder) / "said").open("w+") as said:
                process = subprocess.Popen(
                    [*map(str, command), "--index", f"{folder}/people.db"], stdout=said, stderr=said
                )
                # wait4 alone tells the memory of this one process.
                _, status, used = os.wait4(process.pid, 0)
                process.returncode = code = os.waitstatus_to_exitcode(status)
                said.seek(0)
                last = said.read().strip().splitlines()[-1:]
            seconds = time.monotonic() - began
            good = code in (2, 3) and seconds <= _SINGLE_SECONDS and used.ru_maxrss <= MOST_KB
            met &= good
            print(
                f"{name:11} {seconds:.1f} s ({used.ru_utime:.1f} s of processor time), "
                f"{used.ru_maxrss} kB, exit {code}: {''.join(last)[:110]}"
            )
    return met


def _write(path: Path) -> int:
    """The file; returns how many of its rows can be read."""
    rows = 0
    with path.open("wb") as stream:
        stream.write(b"ref,first,last,born,note\n")
        stream.write(b"a1,Amy,Khan,2010-03-04,caf\xe9\n")
        stream.write(b'a2,Amy,Khan,2010-03-04,"never closed\n')
        stream.write(b"a3,Amy,Khan,2010-03-04,too,many,cells\n")
        stream.write(b"a4,Amy,Khan,2010-03-04,good\n")
        stream.write(b"a5,Amy,Khan,2010-03-04,")
        for _ in range(50):
            stream.write(b"x" * 1_000_000)
        stream.write(b"\nwanted,Amy,Khan,2010-03-04,here\n")
        rows += 3
        while stream.tell() < GIGABYTES * 1_000_000_000:
            block = "".join(
                f"{rows + n},Name{(rows + n) % 9973},Sur{(rows + n) % 7919},2010-03-04,{_NOTE}\n"
                for n in range(10_000)
            )
            stream.write(block.encode())
            rows += 10_000
    return rows


def _read(folder: Path) -> dict[str, object]:
    source = make_source(Mapping.model_validate(_MAPPING), folder)
    assert isinstance(source, TableSource)
    began = time.monotonic()
    result = search_source(source, {"big": frozenset({"wanted"})}, SearchTerms())
    searched = time.monotonic() - began
    people = sum(1 for _ in source.people())
    return {
        "status": result.line.status,
        "wanted": len(result.records),
        "people": people,
        "faults": [[f.table, f.row, f.column] for f in source.faults()],
        "search_seconds": round(searched, 1),
        "seconds": round(time.monotonic() - began, 1),
        "peak_kb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
    }


if __name__ == "__main__":
    print(json.dumps(_read(Path(sys.argv[1]))))
