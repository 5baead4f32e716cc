"""The people index: time to build, time and memory of a search, and what the keys miss.

The people are made up here, with known truth: three systems, families at one address, namesakes as
common as in England, and the slips that clerks make. Their names are strung together from
syllables, so the generator and the scorer share no list. The same rows are put in a SQLite file and
in a PostgreSQL cluster that is started for it and removed afterwards, and Splink answers some of
the queries; what is not installed is said. `run` takes a million rows;
``python -m benchmarks.identity_index --rows 5000000`` takes five. Bars are of the clock on a
machine that does nothing else; the time of the processor and the load stand beside.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import importlib.util
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from bisect import bisect
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

from flows.cluster import private_postgres
from rights.errors import ConfigError

BARS = {1_000_000: (3.0, 15.0), 5_000_000: (10.0, 50.0)}
"""Milliseconds a search may take at the median and at the 95th percentile, by rows."""
BAR_BUILD = 90.0
"""Seconds to build a million rows."""
BAR_MEMORY = 40.0
"""Megabytes that searching may add to a process that has imported what it needs."""
BAR_RECALL = 0.998
"""Share of a person's records that the keys must bring up."""
BAR_POSTGRES = 5.0
"""Times that PostgreSQL may take as long as SQLite."""
_QUERIES = 1_000
_PEER = 40  # queries that the peer answers
_SYSTEMS = ("care", "schools", "health")

MAPPING = """
name: people
title: People
kind: csv
location: people.csv
people:
  table: people.csv
  key: key
  fields: {forenames: forenames, surname: surname, dob: dob, sex: sex, address: address,
    postcode: postcode, nhs: nhs}
"""


@dataclass(frozen=True, slots=True)
class Person:
    """One made-up person, with what a requester would say of themselves."""

    number: int
    forenames: tuple[str, ...]
    surname: str
    former: str
    dob: dt.date
    sex: str
    address: str
    postcode: str
    old_address: str
    old_postcode: str
    nhs: str


class World:
    """People in households, and their records in three systems."""

    def __init__(self, rows: int, seed: int = 1) -> None:
        self.rng = random.Random(seed)
        self.rows = rows
        self._names = [
            _names(self.rng, 2_500, 8.0, 1.0),
            _names(self.rng, 2_500, 8.0, 1.0),
            _names(self.rng, 60_000, 5.0, 0.9),
        ]
        self._codes = [
            f"{area}{out} {rest // 400}{_LETTERS[rest // 20 % 20]}{_LETTERS[rest % 20]}"
            for area in ("LA", "BB", "PR")
            for out in range(1, 25)
            for rest in self.rng.sample(range(4000), max(20, min(4000, rows // 4000)))
        ]

    def _name(self, which: int) -> str:
        words, weights = self._names[which]
        return words[bisect(weights, self.rng.random() * weights[-1])]

    def people(self) -> Iterator[list[Person]]:
        """Households without end."""
        rng = self.rng
        number = 0
        while True:
            surname = self._name(2)
            address, code = self._home()
            born = dt.date(1995, 1, 1) + dt.timedelta(rng.randrange(10_500))
            home: list[Person] = []
            for place in range(rng.choice((1, 2, 3, 3, 4, 4, 5))):
                sex = rng.choice("MF")
                which = 0 if sex == "M" else 1
                if place == 0:
                    dob = born - dt.timedelta(rng.randrange(7_000, 14_000))
                elif place > 1 and rng.random() < 0.04:
                    dob = home[-1].dob
                else:
                    dob = born + dt.timedelta(rng.randrange(4_000))
                moved = rng.random() < 0.3
                old = self._home() if moved else ("", "")
                home.append(
                    Person(
                        number,
                        tuple(self._name(which) for _ in range(rng.choice((1, 2, 2)))),
                        surname,
                        self._name(2) if rng.random() < 0.08 else "",
                        dob,
                        sex,
                        address,
                        code,
                        *old,
                        _nhs(rng),
                    )
                )
                number += 1
            yield home

    def _home(self) -> tuple[str, str]:
        rng = self.rng
        return f"{rng.randrange(1, 60)} {self._name(2)} Road", rng.choice(self._codes)

    def records(self, person: Person) -> Iterator[dict[str, str]]:
        """Rows about a person, with slips."""
        rng = self.rng
        for number in range(rng.choice((1, 2, 3, 3, 4))):
            yield self._record(person, f"{person.number}-{number}")

    def _record(self, person: Person, key: str) -> dict[str, str]:
        rng = self.rng
        forenames, surname, dob = list(person.forenames), person.surname, person.dob
        if person.former and rng.random() < 0.4:
            surname = person.former
        if rng.random() < 0.03:
            forenames[0] = _slip(rng, forenames[0])
        if rng.random() < 0.03:
            surname = _slip(rng, surname)
        if rng.random() < 0.3:
            del forenames[1:]
        if rng.random() < 0.01:
            forenames, surname = [surname], forenames[0]
        day = f"{dob:%d/%m/%Y}"
        chance = rng.random()
        if chance < 0.01 and dob.day <= 12:
            day = f"{dob:%m/%d/%Y}"
        elif chance < 0.02:
            day = f"01/01/{dob.year}"
        elif chance < 0.03:
            day = f"{dob.replace(day=dob.day % 28 + 1):%d/%m/%Y}"
        elif chance < 0.05:
            day = ""
        address, code = person.address, person.postcode
        if person.old_postcode and rng.random() < 0.5:
            address, code = person.old_address, person.old_postcode
        if rng.random() < 0.05:
            address, code = "", ""
        return {
            "key": key,
            "forenames": " ".join(forenames),
            "surname": surname,
            "dob": day,
            "sex": person.sex if rng.random() < 0.95 else "",
            "address": address,
            "postcode": code,
            "nhs": person.nhs if rng.random() < 0.4 else "",
        }


_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
_STARTS = [
    "b",
    "br",
    "c",
    "ch",
    "d",
    "f",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "st",
    "t",
    "th",
    "v",
    "w",
]
_VOWELS = ["a", "e", "i", "o", "u", "ai", "ee", "oa", "ou"]
_ENDS = ["", "", "n", "r", "s", "l", "t", "nd", "ck", "m"]


def _names(
    rng: random.Random, count: int, offset: float, power: float
) -> tuple[list[str], list[float]]:
    """Made-up names and their running weights, as Zipf and Mandelbrot have them."""
    words: dict[str, None] = {}
    while len(words) < count:
        size = rng.choice((1, 2, 2, 2, 3))
        words[
            "".join(
                rng.choice(_STARTS) + rng.choice(_VOWELS) + rng.choice(_ENDS) for _ in range(size)
            ).title()
        ] = None
    weights = accumulate(1 / (rank + offset) ** power for rank in range(count))
    return [*words], [*weights]


def _slip(rng: random.Random, word: str) -> str:
    at = rng.randrange(len(word))
    other = rng.choice("aeioubcdfghklmnprst")
    return rng.choice(
        (
            word[:at] + other + word[at + 1 :],
            word[:at] + word[at + 1 :] or word,
            word[:at] + other + word[at:],
            word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :] if at else word + other,
        )
    )


def _nhs(rng: random.Random) -> str:
    while True:
        digits = [rng.randrange(10) for _ in range(9)]
        check = 11 - sum(d * (10 - i) for i, d in enumerate(digits)) % 11
        if check != 10:
            return "".join(map(str, digits)) + str(check % 11)


def write_world(folder: Path, rows: int) -> None:
    """people.csv with at least `rows` rows, queries.json with what every n-th person says."""
    world = World(rows)
    asked: list[dict[str, object]] = []
    written = 0
    every = max(1, rows // 3 // _QUERIES)
    with (folder / "people.csv").open("w", newline="", encoding="utf-8") as stream:
        out = csv.DictWriter(
            stream, ["key", "forenames", "surname", "dob", "sex", "address", "postcode", "nhs"]
        )
        out.writeheader()
        for home in world.people():
            for person in home:
                own = list(world.records(person))
                out.writerows(own)
                written += len(own)
                if person.number % every == 0 and len(asked) < _QUERIES:
                    asked.append({**_said(person), "own": [row["key"] for row in own]})
            if written >= rows:
                break
    (folder / "queries.json").write_text(json.dumps(asked), encoding="utf-8")
    (folder / "people.yaml").write_text(MAPPING, encoding="utf-8")


def _said(person: Person) -> dict[str, object]:
    return {
        "forenames": " ".join(person.forenames),
        "surnames": [name for name in (person.surname, person.former) if name],
        "dob": person.dob.isoformat(),
        "sex": person.sex,
        "addresses": [
            place
            for place in (
                (person.address, person.postcode),
                (person.old_address, person.old_postcode),
            )
            if place[1]
        ],
        "nhs": person.nhs if person.number % 2 else "",
    }


def build(folder: Path, target: str) -> None:
    """In a process of its own: builds the index and prints seconds, rows and memory."""
    from rights.identity import build_index
    from rights.sources.load import make_source
    from rights.sources.mapping import load_mapping

    source = make_source(load_mapping(folder / "people.yaml"), folder)
    workers = int(os.environ.get("WORKERS", os.cpu_count() or 1))
    at, cpu = time.perf_counter(), time.process_time()
    where = target if "://" in target else Path(target)
    report = build_index(where, [source], workers=workers)
    spent, used = time.perf_counter() - at, time.process_time() - cpu
    helpers = resource.getrusage(resource.RUSAGE_CHILDREN)
    used += helpers.ru_utime + helpers.ru_stime
    print(json.dumps([spent, used, sum(report.records.values()), _peak()]))


def ask(folder: Path, target: str) -> None:
    """In a process of its own: asks every query and prints times, memory and misses."""
    from rights.identity import Query, open_index, search
    from rights.identity.keys import query_keys
    from rights.identity.normalise import of_query
    from rights.identity.search import Band
    from rights.release import PersonName
    from rights.sources.model import Address

    asked = json.loads((folder / "queries.json").read_text(encoding="utf-8"))
    queries = [
        Query(
            names=tuple(PersonName(item["forenames"], name) for name in item["surnames"]),
            dobs=(dt.date.fromisoformat(item["dob"]),),
            sex=item["sex"],
            addresses=tuple(Address(*place) for place in item["addresses"]),
            nhs=(item["nhs"],) if item["nhs"] else (),
        )
        for item in asked
    ]
    index = open_index(target if "://" in target else Path(target))
    # Loads the lists and the weights: what an importing process has read before it searches.
    search(index, replace(queries[0], names=(PersonName("Nobody", "Noone"),)))
    before = _peak()
    times: list[float] = []
    spent: list[float] = []
    own = hit = banded = relatives = reviews = scored = 0
    causes: dict[str, int] = {}
    for item, query in zip(asked, queries, strict=True):
        at, cpu = time.perf_counter(), time.process_time()
        result = search(index, query)
        times.append(1000 * (time.perf_counter() - at))
        spent.append(1000 * (time.process_time() - cpu))
        shared = index.candidates(query_keys(of_query(query)))
        scored += len(shared.ids)
        mine = {}
        for key in item["own"]:
            entry = index.entry("people", key)
            assert entry is not None
            mine[entry.id] = key
        own += len(mine)
        hit += len(mine.keys() & set(shared.ids))
        for number in mine.keys() - set(shared.ids):
            cause = "screened" if number in shared.screened else "shares no key"
            if number not in shared.screened and shared.crowded:
                cause = "shares no key, or only a crowded one"
            causes[cause] = causes.get(cause, 0) + 1
        shown = {c.key for c in result.candidates}
        banded += len(set(mine.values()) & shown)
        matched = {c.key for c in result.candidates if c.band is Band.MATCH}
        relatives += len(matched - set(mine.values()))
        reviews += sum(c.band is Band.REVIEW for c in result.candidates)
    memory = _peak() - before
    spent.sort()
    times.sort()
    print(
        json.dumps(
            {
                "rows": index.size,
                "p50": statistics.median(times),
                "p95": times[int(len(times) * 0.95)],
                "p99": times[int(len(times) * 0.99)],
                "cpu50": statistics.median(spent),
                "cpu95": spent[int(len(spent) * 0.95)],
                "memory": memory,
                "scored": scored / len(queries),
                "recall": hit / own,
                "shown": banded / own,
                "own": own,
                "causes": causes,
                "others": relatives,
                "reviews": reviews / len(queries),
            }
        )
    )


def ask_splink(folder: Path, _: str) -> None:
    """In a process of its own: the same rows and some of the queries, by Splink."""
    from benchmarks.identity.splink_peer import Linked

    asked = json.loads((folder / "queries.json").read_text(encoding="utf-8"))[:_PEER]
    at = time.perf_counter()
    linked = Linked(folder / "people.csv")
    ready = time.perf_counter() - at
    times: list[float] = []
    own = shown = others = 0
    for item in asked:
        at = time.perf_counter()
        found = linked.find(item)
        times.append(1000 * (time.perf_counter() - at))
        mine = set(item["own"])
        own += len(mine)
        shown += len({key for key, p in found if p >= 0.5} & mine)
        others += len({key for key, p in found if p >= 0.99} - mine)
    times.sort()
    print(
        json.dumps(
            {
                "asked": len(asked), "p50": statistics.median(times),
                "p95": times[int(len(times) * 0.95)], "memory": _peak(), "ready": ready,
                "own": own, "shown": shown / own, "others": others,
            }
        )
    )  # fmt: skip


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _process(what: str, folder: Path, target: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.identity_index", what, str(folder), target],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


def run(rows: int = 1_000_000) -> bool:
    """Prints the figures; whether the bars are met."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        write_world(folder, rows)
        targets = [str(folder / "people.sqlite")]
        try:
            targets.append(stack.enter_context(private_postgres()).url("people"))
        except ConfigError as error:
            print(f"postgres not measured: {error.sentence}")
        return _measure(folder, targets, rows)


def _measure(folder: Path, targets: list[str], rows: int) -> bool:
    median, tail = BARS.get(rows, BARS[1_000_000])
    met = True
    first: dict[str, float] = {}
    for target in targets:
        name = "postgres" if "://" in target else "sqlite"
        spent, used, read, peak = json.loads(_process("build", folder, target))
        print(
            f"{name:8} built {read} rows in {spent:.1f} s ({used:.1f} s of processor time here), "
            f"{peak:.0f} MB"
        )
        told = json.loads(_process("ask", folder, target))
        print(
            f"{name:8} p50 {told['p50']:.2f} ms, p95 {told['p95']:.2f} ms, "
            f"p99 {told['p99']:.2f} ms (processor p50 {told['cpu50']:.2f}, p95 "
            f"{told['cpu95']:.2f}), {told['memory']:.0f} MB more, "
            f"{told['scored']:.0f} records looked at a query"
        )
        print(
            f"{name:8} {told['recall']:.5f} of {told['own']} records share a key that was looked "
            f"at, {told['shown']:.5f} are shown; missed: {told['causes'] or 'none'}; "
            f"{told['others']} of others matched, {told['reviews']:.2f} reviews a query"
        )
        if not first:
            first = told
            size = Path(target).stat().st_size / 2**20
            print(f"{name:8} a file of {size:.0f} MB")
            met &= told["p50"] <= median and told["p95"] <= tail
            met &= told["memory"] <= BAR_MEMORY and spent <= BAR_BUILD * max(1.0, rows / 1e6)
        else:
            print(f"{name:8} takes {told['p50'] / first['p50']:.1f} times as long as sqlite")
            met &= told["p50"] <= BAR_POSTGRES * first["p50"]
        met &= told["recall"] >= BAR_RECALL
    if importlib.util.find_spec("splink"):
        told = json.loads(_process("splink", folder, "-").splitlines()[-1])
        print(
            f"splink   p50 {told['p50']:.0f} ms, p95 {told['p95']:.0f} ms for {told['asked']} of "
            f"the queries, {told['memory']:.0f} MB, {told['ready']:.0f} s to load and train; "
            f"{told['shown']:.5f} of {told['own']} records at p >= .5, {told['others']} of others "
            f"at p >= .99"
        )
    print("load     " + ", ".join(f"{part:.1f}" for part in os.getloadavg()))
    return met


def main(arguments: list[str]) -> int:
    """A part in a process of its own, or all of it for some number of rows."""
    parts = {"build": build, "ask": ask, "splink": ask_splink}
    if arguments and arguments[0] in parts:
        part, folder, target = arguments
        parts[part](Path(folder), target)
        return 0
    reader = argparse.ArgumentParser(description="Measures the people index.")
    reader.add_argument("--rows", type=int, default=1_000_000)
    return 0 if run(reader.parse_args(arguments).rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
