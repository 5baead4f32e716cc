"""How well the finders do on invented case files whose truth is known, and how fast.

``python -m benchmarks finding``; seeds below 100 are for development, those above for measuring.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.casefiles import CaseFile, Kind, Paper, Truth, make_case
from benchmarks.casefiles.files import as_docx, as_eml, as_scan, as_text, as_xlsx, carried
from casework.redacting.finding import find_in
from casework.redacting.reading import Given, read_files
from redaction.decisions import Proposal
from redaction.document import ReadDocument
from redaction.exchange.people import IdentifierIn, NameIn, PeopleFile, PersonIn
from redaction.find import Finder, capitals, discover
from redaction.find.protected import protected_in
from rights.law import load
from rights.release import Person, PersonDecision, Role, Treatment

DEVELOPED_ON = (1, 2, 3)
MEASURED_ON = (301, 302, 303)
_DISCLOSED = frozenset({Role.SUBJECT, Role.SOCIAL_WORKER, Role.HEALTH, Role.EDUCATION})
"""Roles whose names are clear by law: a box over one of them is one too many."""
_DAY = "2026-11-22"


class Tally:
    """Counts of one case: hits and totals by a label."""

    def __init__(self) -> None:
        self.hits: Counter[str] = Counter()
        self.all: Counter[str] = Counter()
        self.missed: dict[str, list[str]] = defaultdict(list)

    def add(self, label: str, *, hit: bool, example: str = "") -> None:
        """One more."""
        self.all[label] += 1
        self.hits[label] += hit
        if not hit:
            self.missed[label].append(example)

    def share(self, label: str) -> float:
        """Per cent of hits; 100 where there was nothing."""
        return 100.0 * self.hits[label] / self.all[label] if self.all[label] else 100.0


def record_of(case: CaseFile) -> PeopleFile:
    """The case's record as PEOPLE.yaml."""
    return PeopleFile(
        version=1,
        people=tuple(_given(p) for p in case.record),
        protected_facts=case.facts,
    )


def _given(p: Person) -> PersonIn:
    return PersonIn(
        ref=p.ref,
        role=p.role,
        names=tuple(
            NameIn(forenames=n.forenames, surname=n.surname, title=n.title) for n in p.names
        ),
        relation="" if p.role is Role.SUBJECT else p.relation,
        date_of_birth=p.date_of_birth,
        addresses=p.addresses,
        phones=p.phones,
        emails=p.emails,
        identifiers=tuple(IdentifierIn(kind=k, value=v) for k, v in p.identifiers),
    )


def measure(case: CaseFile) -> Tally:
    """What is found of the truth of one case."""
    import datetime as dt

    given = [Given(p.document(), p.id) for p in case.papers]
    found = find_in(given, record_of(case), load(), dt.date.fromisoformat(_DAY))
    people = {str(p.ref): p for p in found.people}
    by_document: dict[str, list[tuple[int, int, Proposal]]] = defaultdict(list)
    queue: dict[str, list[tuple[int, int]]] = defaultdict(list)
    starts = {p.id: [a for a, _ in p.cuts()] for p in case.papers}
    for p in found.proposals:
        offset = starts[p.span.document][p.span.page - 1]
        by_document[p.span.document].append((p.span.start + offset, p.span.end + offset, p))
    for c in capitals([g.document for g in given], found.findings, examples=10**9):
        for s in c.spans:
            offset = starts[s.document][s.page - 1]
            queue[s.document].append((s.start + offset, s.end + offset))
    tally = Tally()
    for paper in case.papers:
        proposals = sorted(by_document[paper.id], key=lambda item: item[0])
        for truth in paper.truth:
            over = [item for item in proposals if item[0] < truth.end and truth.start < item[1]]
            in_queue = any(a < truth.end and truth.start < b for a, b in queue[paper.id])
            _judge(tally, case, paper.style, paper.text, truth, over, people, in_queue=in_queue)
        _extra(tally, case, paper.text, paper.truth, proposals, people)
    return tally


def _judge(
    tally: Tally,
    case: CaseFile,
    style: str,
    text: str,
    truth: Truth,
    over: Sequence[tuple[int, int, Proposal]],
    people: dict[str, Person],
    *,
    in_queue: bool,
) -> None:
    said = _shown(text, truth.start, truth.end)
    example = f"{truth.person}/{truth.form}/{style}: {said!r}"
    member = case.family.get(truth.person)
    names = [item for item in over if item[2].rule not in ("protected-fact",)]
    if truth.kind is Kind.FACT:
        held = [i for i in over if i[2].rule == "protected-fact"]
        tally.add("facts", hit=_covered(text, truth, held), example=example)
    elif truth.kind is Kind.NUMBER:
        digits = truth.form in ("bank", "utr")
        hit = _covered(text, truth, names, digits=digits)
        tally.add("numbers", hit=hit, example=example)
        tally.add(f"number {truth.form}", hit=hit, example=example)
    elif member is not None and member.role is not Role.SUBJECT:
        known = [i for i in names if _may_mean(i[2], truth.person, known=member.known)]
        hit = _covered(text, truth, known)
        label = "known" if member.known else "unknown"
        tally.add(label, hit=hit, example=example)
        tally.add(f"{label}, with the queue", hit=hit or in_queue, example=example)
        if member.known:
            tally.add(f"style {style}", hit=hit, example=example)
            tally.add(f"form {truth.form}", hit=hit, example=example)
    if truth.kind is Kind.MENTION and member is not None and member.role in _DISCLOSED:
        boxed = [i[2] for i in names if i[2].kind.value == "name" and _boxed(i[2], people)]
        tally.add("disclosable left open", hit=not boxed, example=example)
        tally.add(f"open, style {style}", hit=not boxed, example=example)


def _may_mean(proposal: Proposal, person: str, *, known: bool) -> bool:
    if not known:
        return proposal.person != "S"
    return (
        proposal.person == person
        or person in proposal.candidates
        or (proposal.person is None and not proposal.candidates)
    )


def _boxed(proposal: Proposal, people: dict[str, Person]) -> bool:
    """Whether it is painted over when the law's defaults are accepted and what is asked of is not.

    Parents, siblings and others whose names are asked about are withheld here: the worst case.
    """
    if proposal.decided_by not in ("cast", "law"):
        return proposal.treatment is Treatment.HOLD
    refs = [proposal.person] if proposal.person else list(proposal.candidates)
    if not refs:
        return False
    said = {
        PersonDecision.DISCLOSE if people[r].role in _DISCLOSED else PersonDecision.WITHHOLD
        for r in refs
    }
    return said == {PersonDecision.WITHHOLD}


def _covered(
    text: str, truth: Truth, items: Sequence[tuple[int, int, Proposal]], *, digits: bool = False
) -> bool:
    wanted = [
        i
        for i in range(truth.start, truth.end)
        if (text[i].isdigit() if digits else text[i].isalnum())
    ]
    return all(any(a <= i < b for a, b, _ in items) for i in wanted)


def _extra(
    tally: Tally,
    case: CaseFile,
    text: str,
    truths: Sequence[Truth],
    proposals: Sequence[tuple[int, int, Proposal]],
    people: dict[str, Person],
) -> None:
    """Boxes over words that are about nobody."""
    marked = bytearray(len(text))
    for t in truths:
        marked[t.start : t.end] = b"\1" * (t.end - t.start)
    tally.all["words"] += len(text.split())
    for start, end, p in proposals:
        if p.rule in ("protected-fact",) or p.kind.value in ("private", "health"):
            continue
        if any(marked[start:end]) or p.rule == "relation-word":
            continue
        if p.rule == "known-name" and p.decided_by == "passage":
            tally.hits["words asked about"] += len(text[start:end].split())
        if _boxed(p, people):
            tally.hits["words boxed for nothing"] += len(text[start:end].split())
            tally.missed["words boxed for nothing"].append(
                f"{p.rule}: {_shown(text, start, end)!r}"
            )


def _shown(text: str, start: int, end: int) -> str:
    return f"{text[max(0, start - 25) : start]}[{text[start:end]}]{text[end : end + 15]}"


def speed(case: CaseFile) -> tuple[float, float]:
    """Characters a second of all finders together, and how many characters were read."""
    documents: list[ReadDocument] = [p.document() for p in case.papers]
    size = sum(len(p.text) for p in case.papers)
    cast = [*case.record]
    for seed in range(900, 999):
        if len(cast) >= 40:
            break
        more = make_case(seed, pages=1).record
        cast += [p for p in more if p.role is not Role.SUBJECT][: 40 - len(cast)]
    best = 1e9
    for _ in range(3):
        begun = time.process_time()
        finder = Finder(cast)
        findings = [f for d in documents for f in finder.find(d)]
        discover(documents, findings)
        capitals(documents, findings)
        protected_in(documents, case.facts)
        best = min(best, time.process_time() - begun)
    return size / best, float(size)


AS_FILES = (
    ("Word", ".docx", as_docx, ("notes", "careful", "hurried")),
    ("mail", ".eml", as_eml, ("hurried", "careful", "notes")),
    ("scan", ".tiff", as_scan, ("careful", "minutes", "police")),
    ("spreadsheet", ".xlsx", as_xlsx, ("police", "careful", "notes")),
    ("text", ".txt", as_text, ("wrapped", "notes", "hurried")),
)
"""Kinds of file, how each is made, and the styles of the papers it is made of."""
_FILE_CASES = 1
_AT_MOST = 4
"""Papers of a kind: reading by OCR takes seconds a page."""


def through_files(seed: int, tally: Tally) -> None:
    """Writes papers of a case as real files, reads them as any file is read, and finds in them."""
    import datetime as dt

    case = make_case(seed, pages=90)
    with TemporaryDirectory() as folder:
        chosen: list[tuple[str, Paper]] = []
        paths: list[Path] = []
        for kind, suffix, write, styles in AS_FILES:
            taken = [c for _, c in chosen]
            fitting = [
                p
                for p in case.papers
                if p.style in styles
                and p not in taken
                and (p.kind == "spreadsheet") == (kind == "spreadsheet")
            ]
            for paper in sorted(fitting, key=lambda p: len(p.text))[:_AT_MOST]:
                path = Path(folder) / f"{paper.id}{suffix}"
                path.write_bytes(write(paper))
                chosen.append((kind, paper))
                paths.append(path)
        scratch = Path(folder) / "scratch"
        scratch.mkdir()
        given = read_files(paths, scratch, 2)
        found = find_in(given, record_of(case), load(), dt.date.fromisoformat(_DAY))
    people = {str(p.ref): p for p in found.people}
    queue = capitals([g.document for g in given], found.findings, examples=10**9)
    for number, (kind, paper) in enumerate(chosen, start=1):
        document = next(g.document for g in given if g.document.id == f"D{number}")
        starts = list(accumulate((len(p.text) + 1 for p in document.pages), initial=0))
        text = "\n".join(p.text for p in document.pages)
        tally.add(f"{kind}: files read", hit=not document.unreadable, example=paper.id)
        proposals = sorted(
            (
                (p.span.start + starts[p.span.page - 1], p.span.end + starts[p.span.page - 1], p)
                for p in found.proposals
                if p.span.document == document.id
            ),
            key=lambda item: item[0],
        )
        queued = [
            (s.start + starts[s.page - 1], s.end + starts[s.page - 1])
            for c in queue
            for s in c.spans
            if s.document == document.id
        ]
        truths = carried(paper, text)
        tally.add(f"{kind}: truth lost", hit=len(truths) == len(paper.truth))
        own = Tally()
        for truth in truths:
            over = [item for item in proposals if item[0] < truth.end and truth.start < item[1]]
            in_queue = any(a < truth.end and truth.start < b for a, b in queued)
            _judge(own, case, paper.style, text, truth, over, people, in_queue=in_queue)
        _extra(own, case, text, truths, proposals, people)
        for label in (
            "known",
            "unknown, with the queue",
            "disclosable left open",
            "numbers",
            "facts",
        ):
            tally.all[f"{kind}: {label}"] += own.all[label]
            tally.hits[f"{kind}: {label}"] += own.hits[label]
            tally.missed[f"{kind}: {label}"] += own.missed[label]
        tally.all["words"] += own.all["words"]
        tally.hits["words boxed for nothing"] += own.hits["words boxed for nothing"]
        tally.missed["words boxed for nothing"] += own.missed["words boxed for nothing"]


BARS = {"known": 98.0, "disclosable left open": 98.0, "numbers": 99.0, "facts": 100.0}


def run(seeds: Sequence[int] = MEASURED_ON, *, show: int = 0) -> bool:
    """Measures, prints, and says whether every bar is met."""
    cases = [make_case(seed) for seed in seeds]
    tallies = [measure(case) for case in cases]
    for case in cases:
        print(f"seed {case.seed}: {case.pages} pages, {len(case.papers)} documents")
    met = True
    for label in sorted({k for t in tallies for k in t.all} - {"words"}):
        shares = [t.share(label) for t in tallies]
        bar = BARS.get(label)
        total = sum(t.all[label] for t in tallies)
        verdict = ""
        if bar is not None:
            good = median(shares) >= bar
            met &= good
            verdict = f"  bar {bar:g}: {'met' if good else 'MISSED'}"
        print(
            f"{label:32} median {median(shares):6.2f}  worst {min(shares):6.2f}  n {total}{verdict}"
        )
        if show:
            for example in [e for t in tallies for e in t.missed[label]][:show]:
                print("      ", example)
    nothing = sum(t.hits["words boxed for nothing"] for t in tallies)
    words = sum(t.all["words"] for t in tallies)
    print(
        f"words boxed that are about nobody: {nothing} of {words} ({100 * nothing / words:.3f} %)"
    )
    asked = sum(t.hits["words asked about"] for t in tallies)
    print(f"words about nobody that are asked about: {asked} ({100 * asked / words:.3f} %)")
    if show:
        for e, n in Counter(
            e for t in tallies for e in t.missed["words boxed for nothing"]
        ).most_common(show * 3):
            print("      ", n, e)
    _print_files(seeds, show)
    rate, size = speed(cases[0])
    print(
        f"all finders, 40 known people: {rate / 1e6:.2f}M characters a second ({size / 1e6:.2f}M)"
    )
    met &= rate >= 500_000
    return met


def _print_files(seeds: Sequence[int], show: int) -> None:
    tally = Tally()
    for seed in seeds[:_FILE_CASES]:
        through_files(seed, tally)
    print("through real files (Word, mail, scans, spreadsheets, text), finder and reader together:")
    for label in sorted(k for k in tally.all if ":" in k):
        print(f"{label:42} {tally.share(label):6.2f}  n {tally.all[label]}")
        if show and "lost" not in label:
            for example in tally.missed[label][:show]:
                print("      ", example)
    nothing, words = tally.hits["words boxed for nothing"], tally.all["words"]
    print(f"words boxed that are about nobody: {nothing} of {words}")
    for example in tally.missed["words boxed for nothing"][:show]:
        print("      ", example)
