"""Measures a demo case against the truth its council was generated with."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from casework.bundle import Bundle
from casework.match import found_of
from casework.office import Office
from casework.settlement import current_settlement
from demo.truth import Truth, TruthDocument, TruthMention, TruthPassage
from redaction.decisions import PagePlan, Proposal
from redaction.document import Page, Word
from redaction.propose.settled import Settled
from rights.release import CaseRef, FactKind, Treatment


@dataclass(frozen=True, slots=True)
class Place:
    """A passage of the truth where it stands in a read document."""

    document: str
    told: TruthDocument
    passage: TruthPassage
    at: tuple[tuple[int, int], ...]
    """For each character of the passage that is no white space: page and offset."""

    def of(self, mention: TruthMention) -> tuple[tuple[int, int], ...]:
        """Where a mention stands."""
        before = len("".join(self.passage.text[: mention.start].split()))
        return self.at[before : before + len("".join(mention.text.split()))]


@dataclass
class Measure:
    """Counts of one demo case; `examples` are for a person who looks at a failure."""

    relatives_matched: int = 0
    own_records: int = 0
    own_missed: int = 0
    review_records: int = 0
    passages: int = 0
    passages_found: int = 0
    third_party: int = 0
    third_party_proposed: int = 0
    professionals_black: int = 0
    leaks: int = 0
    openable: int = 0
    openable_gone: int = 0
    story_words: int = 0
    story_words_kept: int = 0
    black: dict[tuple[str, int], float] = field(default_factory=dict[tuple[str, int], float])
    examples: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def proposed(self) -> float:
        """Share of third-party mentions that were proposed."""
        return self.third_party_proposed / self.third_party

    @property
    def story_kept(self) -> float:
        """Share of the words of passages about the subject alone that can be read."""
        return self.story_words_kept / self.story_words

    @property
    def mean_black(self) -> float:
        """Mean share of a page's area that is covered."""
        return sum(self.black.values()) / len(self.black)


def measure(office: Office, ref: CaseRef, truth: Truth) -> Measure:
    """Everything, for a case whose proposals are decided."""
    work = office.reading(ref)
    bundle, settled = current_settlement(work)
    result = Measure()
    _records(result, found_of(work)["candidates"], truth)
    _blackness(result, bundle, settled)
    texts = _Texts(bundle)
    plans = {(p.document, p.page): p for p in settled.plans}
    by_page: dict[tuple[str, int], list[Proposal]] = defaultdict(list)
    for proposal in bundle.proposals:
        by_page[proposal.span.document, proposal.span.page].append(proposal)
    pages = {(d.id, p.number): p for d in bundle.documents for p in d.pages}
    for told in truth.file_of(truth.subject):
        if told.source == "requests":
            continue
        for passage in told.passages:
            result.passages += 1
            places = list(texts.places(told, passage))
            result.passages_found += bool(places)
            for place in places[:1]:
                _mentions(result, place, truth, by_page, _Seen(pages, plans))
    return result


class _Texts:
    """Read documents without their white space, so that line breaks do not matter."""

    def __init__(self, bundle: Bundle) -> None:
        self._texts: list[tuple[str, str, list[tuple[int, int]]]] = []
        for document in bundle.documents:
            letters: list[str] = []
            where: list[tuple[int, int]] = []
            for page in document.pages:
                for offset, letter in enumerate(page.text):
                    if not letter.isspace():
                        letters.append(letter)
                        where.append((page.number, offset))
            self._texts.append((document.id, "".join(letters), where))

    def places(self, told: TruthDocument, passage: TruthPassage) -> Iterator[Place]:
        wanted = "".join(passage.text.split())
        for document, text, where in self._texts:
            start = text.find(wanted) if wanted else -1
            if start >= 0:
                yield Place(document, told, passage, tuple(where[start : start + len(wanted)]))


class _Seen:
    """Which characters of a page can be read in the pack."""

    def __init__(
        self, pages: dict[tuple[str, int], Page], plans: dict[tuple[str, int], PagePlan]
    ) -> None:
        self._pages, self._plans = pages, plans

    def words(self, place: Place) -> Iterator[tuple[Word, bool]]:
        at = set(place.at)
        for number in sorted({p for p, _ in at}):
            key = place.document, number
            plan = self._plans[key]
            for word in self._pages[key].words:
                if (number, word.start) in at:
                    yield word, _readable(word, plan)

    def readable(self, document: str, at: tuple[tuple[int, int], ...]) -> bool:
        """Whether any word of a mention can be read."""
        for number, offset in at:
            plan, words = self._plans[document, number], self._pages[document, number].words
            if any(w.start <= offset < w.end and _readable(w, plan) for w in words):
                return True
        return False


def _readable(word: Word, plan: PagePlan) -> bool:
    middle = (word.box.left + word.box.right) / 2, (word.box.top + word.box.bottom) / 2
    return not plan.withheld and not any(
        b.box.left <= middle[0] <= b.box.right and b.box.top <= middle[1] <= b.box.bottom
        for b in plan.boxes
    )


def _records(result: Measure, candidates: list[dict[str, str]], truth: Truth) -> None:
    bands = {(c["source"], c["key"]): c["band"] for c in candidates}
    owners = {(r.source, r.key): r.person for r in truth.records}
    own = {k for k, person in owners.items() if person == truth.subject and k[0] != "annex_a"}
    indexed = {k for k in own if k[0] in {s for s, _ in bands}}
    result.own_records = len(indexed)
    result.own_missed = sum(bands.get(k) not in ("match", "review") for k in indexed)
    result.relatives_matched = sum(
        band == "match" and owners.get(key, "?") not in (truth.subject, "?")
        for key, band in bands.items()
    )
    result.review_records = sum(band == "review" for band in bands.values())


def _blackness(result: Measure, bundle: Bundle, settled: Settled) -> None:
    sizes = {(d.id, p.number): p.width * p.height for d in bundle.documents for p in d.pages}
    for plan in settled.plans:
        key = plan.document, plan.page
        area = sum((b.box.right - b.box.left) * (b.box.bottom - b.box.top) for b in plan.boxes)
        result.black[key] = 1.0 if plan.withheld else area / sizes[key]


def _mentions(
    result: Measure,
    place: Place,
    truth: Truth,
    by_page: dict[tuple[str, int], list[Proposal]],
    seen: _Seen,
) -> None:
    passage = place.passage
    if passage.about == (truth.subject,) and not passage.special:
        for word, kept in seen.words(place):
            result.story_words += 1
            result.story_words_kept += kept
            if not kept:
                result.examples["story"].append(f"{word.text} | {passage.text[:160]}")
    for mention in passage.mentions:
        if mention.person == truth.subject:
            continue
        person, at = truth.person(mention.person), place.of(mention)
        over = _over(by_page, place.document, at)
        if person.professional:
            black = [p for p in over if p.kind is FactKind.NAME and p.treatment is Treatment.HOLD]
            if black and mention.kind == "name":
                result.professionals_black += 1
                result.examples["black"].append(f"{mention.text} | {black[0].rule}")
        elif not person.professional:
            result.third_party += 1
            result.third_party_proposed += bool(over)
            if not over:
                result.examples["not proposed"].append(f"{mention.text} | {passage.text[:160]}")
        readable = seen.readable(place.document, at)
        label = f"{mention.person}/{mention.kind}/{mention.style} {mention.text}"
        if mention.disclosable:
            result.openable += 1
            result.openable_gone += not readable
            if not readable:
                result.examples["gone"].append(label + f" | {[p.rule for p in over][:3]}")
        elif readable and not _also_the_subjects(truth, mention):
            result.leaks += 1
            result.examples["leak"].append(f"{label} | {passage.text[:120]}")


def _also_the_subjects(truth: Truth, mention: TruthMention) -> bool:
    """An address where the subject lived too, or the day on which twins were born."""
    subject = truth.person(truth.subject)
    if mention.style.startswith("dob"):
        return truth.person(mention.person).date_of_birth == subject.date_of_birth
    return mention.kind == "contact" and mention.text in subject.addresses


def _over(
    by_page: dict[tuple[str, int], list[Proposal]],
    document: str,
    at: tuple[tuple[int, int], ...],
) -> list[Proposal]:
    return [
        p
        for number in {n for n, _ in at}
        for p in by_page[document, number]
        if any(n == number and p.span.start <= o < p.span.end for n, o in at)
    ]


def summary(result: Measure) -> str:
    """The figures, in a few lines."""
    worst = Counter(result.black).most_common(3)
    return "\n".join(
        (
            f"relatives in the match band: {result.relatives_matched}",
            f"own records missed: {result.own_missed} of {result.own_records}; "
            f"records to review: {result.review_records}",
            f"passages located: {result.passages_found} of {result.passages}",
            f"third-party mentions proposed: {result.proposed:.1%} of {result.third_party}",
            f"professionals proposed black by name: {result.professionals_black}",
            f"mentions that should be gone and can be read: {result.leaks}",
            f"disclosable mentions covered: {result.openable_gone} of {result.openable}",
            f"words of the subject's own story readable: {result.story_kept:.1%} "
            f"of {result.story_words}",
            f"page area covered: mean {result.mean_black:.1%}, most {worst[0][1]:.0%}",
        )
    )
