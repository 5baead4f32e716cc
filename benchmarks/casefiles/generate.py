"""A whole case: some hundreds of pages in several kinds of paper and styles of writing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from benchmarks.casefiles import numbers
from benchmarks.casefiles.family import Member, lists, make_family
from benchmarks.casefiles.truth import Kind, Text, Truth
from benchmarks.casefiles.writing import mention, misread
from redaction.document import Box, Origin, Page, ReadDocument, Word
from rights.release import Person

PAGE = 2400
"""Characters of a page."""
_SLOT = re.compile(r"\{([#=~^,!@]?)([A-Za-z_]+2?)(?::(\w+))?('|1)?\}")
_PAPERS: tuple[tuple[str, tuple[str, ...], str, int], ...] = (
    ("case notes", ("note",), "notes hurried careful wrapped", 8),
    ("assessment", ("note", "formal"), "careful wrapped scanned", 4),
    ("conference minutes", ("formal",), "minutes scanned", 4),
    ("health letter", ("health",), "careful scanned wrapped", 3),
    ("police report", ("police",), "police scanned", 3),
    ("school report", ("school", "note"), "careful hurried", 3),
    ("email thread", ("email",), "hurried notes careful", 5),
    ("spreadsheet", ("sheet",), "police careful", 2),
)


@dataclass(frozen=True, slots=True)
class Paper:
    """One document: its text, the truth, and its style."""

    id: str
    kind: str
    style: str
    text: str
    truth: tuple[Truth, ...]

    def document(self) -> ReadDocument:
        """As the formats would hand it on, pages of words without real places."""
        pages = tuple(
            Page(n, 595.0, 842.0, self.text[a:b], _words(self.text[a:b], self.style))
            for n, (a, b) in enumerate(self.cuts(), start=1)
        )
        return ReadDocument(self.id, "text/plain", f"{hash_of(self.text)}", pages)

    def cuts(self) -> list[tuple[int, int]]:
        """Where pages begin and end: between paragraphs, so that no truth is cut."""
        found: list[tuple[int, int]] = []
        start = 0
        while start < len(self.text):
            stop = self.text.find("\n\n", start + PAGE)
            stop = len(self.text) if stop < 0 else stop + 2
            found.append((start, stop))
            start = stop
        return found


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case: its people, what the record knows, its papers and the protected facts."""

    seed: int
    family: Mapping[str, Member]
    record: tuple[Person, ...]
    papers: tuple[Paper, ...]
    facts: tuple[str, ...]

    @property
    def pages(self) -> int:
        """Pages of all papers."""
        return sum(len(p.cuts()) for p in self.papers)


def hash_of(text: str) -> str:
    """SHA-256 of a text."""
    from hashlib import sha256

    return sha256(text.encode()).hexdigest()


def make_case(seed: int, pages: int = 300) -> CaseFile:
    """A case of at least so many pages; the same seed gives the same bytes."""
    rng = Random(seed)
    family = make_family(rng)
    names = lists("names.yaml")
    street = rng.choice(names["streets"])
    facts = (
        f"{rng.randint(1, 180)} {street}, {rng.choice(names['towns'])}, "
        f"{numbers.postcode(rng, names)}",
        rng.choice(names["schools"]),
        f"0{rng.choice(['1642', '1287'])} {rng.randrange(10**6):06d}",
        family["R"].full,
    )
    papers: list[Paper] = []
    kinds = [p for p in _PAPERS for _ in range(p[3])]
    done = 0
    while done < pages:
        kind, blocks, styles, _ = rng.choice(kinds)
        paper = _paper(
            rng, f"d{len(papers):04d}", kind, blocks, rng.choice(styles.split()), family, facts
        )
        papers.append(paper)
        done += len(paper.cuts())
    record = tuple(m.person() for m in family.values() if m.known)
    return CaseFile(seed, family, record, tuple(papers), facts)


def _paper(
    rng: Random,
    name: str,
    kind: str,
    blocks: tuple[str, ...],
    style: str,
    family: Mapping[str, Member],
    facts: tuple[str, ...],
) -> Paper:
    templates = lists("templates.yaml")
    text = Text()
    writer = _Writer(rng, text, style, family, facts)
    text.add(f"{kind.upper()}\n\n")
    wanted = PAGE * rng.randint(1, 5)
    lines: list[str] = [line for b in blocks for line in templates[b]]
    quoted: list[str] = []
    while text.size < wanted:
        if kind != "spreadsheet" and rng.random() < 0.25:
            day = dt.date(2018, 1, 1) + dt.timedelta(days=rng.randrange(1500))
            text.add(f"{day:%d/%m/%Y} ")
        for _ in range(rng.randint(2, 5)):
            roll = rng.random()
            if roll < 0.28 and kind != "spreadsheet":
                line = rng.choice(templates["filler"])
            elif roll < 0.31:
                line = rng.choice(templates["facts"])
            else:
                line = rng.choice(lines)
            quoted.append(line)
            writer.line(line)
            text.add("\n" if kind == "spreadsheet" else " ")
        text.add("\n\n")
    return Paper(name, kind, style, str(text), tuple(text.truth))


class _Writer:
    def __init__(
        self,
        rng: Random,
        text: Text,
        style: str,
        family: Mapping[str, Member],
        facts: tuple[str, ...],
    ) -> None:
        self._rng, self._text, self._style = rng, text, style
        self._family, self._facts = family, facts
        weights: dict[str, Any] = dict(lists("styles.yaml")[style])
        self._noise = weights.pop("noise", "")
        self._chance = float(weights.pop("chance", 0.0))
        self._forms, self._weights = list(weights), [float(w) for w in weights.values()]

    def line(self, line: str) -> None:
        at = 0
        for slot in _SLOT.finditer(line):
            self._plain(line[at : slot.start()])
            self._slot(*slot.groups())
            at = slot.end()
        self._plain(line[at:])

    def _plain(self, words: str) -> None:
        if self._noise == "scan":
            words = " ".join(
                misread(self._rng, w) if self._rng.random() < self._chance / 4 else w
                for w in words.split(" ")
            )
        self._text.add(words)

    def _slot(self, mark: str, name: str, who: str | None, tail: str | None) -> None:
        rng, text = self._rng, self._text
        if name == "date":
            day = dt.date(2017, 1, 1) + dt.timedelta(days=rng.randrange(2000))
            text.add(f"{day:%d/%m/%Y}")
        elif mark == "@":
            text.add(rng.choice(lists("names.yaml")["places"]))
        elif mark == "!":
            number = rng.randrange(len(self._facts))
            text.put(self._fact(self._facts[number]), Kind.FACT, str(number), "fact")
        elif mark == "#":
            member = self._family[who or "S"]
            text.put(numbers.written(rng, name, member), Kind.NUMBER, member.key, name)
        else:
            self._person(mark, self._family[name], tail)

    def _fact(self, fact: str) -> str:
        rng = self._rng
        written = rng.choice(
            [
                fact,
                fact.upper(),
                fact.replace(", ", " "),
                fact.replace(" ", "  "),
                fact.replace(" ", "\n", 1),
            ]
        )
        if "," in fact and rng.random() < 0.5:
            written = rng.choice(
                [fact.split(",")[0], fact.split(", ")[-1], fact.split(", ")[-1].replace(" ", "")]
            )
        return misread(rng, written) if self._noise and rng.random() < self._chance * 3 else written

    def _person(self, mark: str, member: Member, tail: str | None) -> None:
        rng = self._rng
        form = rng.choices(self._forms, self._weights)[0]
        form = {"=": "full", "^": "caps", ",": "inverted", "~": "role"}.get(mark, form)
        if form == "role" and (not member.words or tail == "'" or member.key == "S"):
            form = "first"
        if tail == "1":
            form = "first"
        if member.role.value in ("social_worker", "education", "health", "police") and form in (
            "letters",
            "role",
        ):
            form = "title"
        words = rng.choice(member.words) if form == "role" else mention(rng, member, form)
        if self._noise == "scan" and form != "role" and rng.random() < self._chance:
            at = words.rfind(" ") + 1
            words = words[:at] + misread(rng, words[at:])
            form += " misread"
        if form == "role" and member.key == "P":
            self._text.put(rng.choice(["mum", "mother"]), Kind.MENTION, "M", "role")
            self._text.add("'s ")
        elif form == "role" and member.key in "BNCRH":
            self._text.add(rng.choice(["the ", "the "] if member.key != "B" else ["her ", "his "]))
        self._text.put(words, Kind.MENTION, member.key, form)
        if tail == "'":
            self._text.add("'s" if not words.endswith("s") or rng.random() < 0.5 else "'")


@cache
def _origin(style: str) -> Origin:
    return Origin.OCR if style == "scanned" else Origin.NATIVE


def _words(text: str, style: str) -> tuple[Word, ...]:
    """Words set out in lines of their own, so that there is something to box."""
    words: list[Word] = []
    for row, line in enumerate(re.finditer(r"[^\n]+", text)):
        for word in re.finditer(r"\S+", line.group()):
            left = 40.0 + word.start() * 4.5
            box = Box(left, 40.0 + 11.0 * row, left + 4.5 * len(word.group()), 50.0 + 11.0 * row)
            words.append(Word(word.group(), box, line.start() + word.start(), (), _origin(style)))
    return tuple(words)
