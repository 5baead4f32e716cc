"""From decisions to boxes, and what still blocks."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaction.decisions import EVERY_PAGE, WHOLE, Outcome, PassageDecision, Span
from redaction.document import Box, Origin, Page, PageKind, ReadDocument, Word
from redaction.find import Finder
from redaction.propose import propose
from redaction.propose.boxes import boxes_for
from redaction.propose.closing import type_size
from redaction.propose.forbidden import must_not
from redaction.propose.growing import PADDING, WIDTH
from redaction.propose.labels import label_in
from redaction.propose.settle import settle
from rights import law as law_
from rights.exemptions import codes as codes_of
from rights.exemptions import exemption
from rights.release import DisclosureMode, FactKind, PersonDecision
from tests.redaction.find.cast import CAST, document
from tests.redaction.propose.test_propose import law

FINDER = Finder(CAST)
LAW, DAY = law_.load(), dt.date(2026, 11, 22)


def decided(*withheld):
    return {
        (p.ref, k): PersonDecision.WITHHOLD if p.ref in withheld else PersonDecision.DISCLOSE
        for p in CAST
        for k in FactKind
    }


def settled(docs, cast, passages=(), read=frozenset()):
    docs = docs if isinstance(docs, list) else [docs]
    findings = [f for d in docs for f in FINDER.find(d)]
    found = propose(docs, findings, CAST, law)
    return settle(docs, found, cast, passages, read), found


def hidden_words(doc, plan):
    page = doc.pages[plan.page - 1]
    return [w.text for w in page.words if any(w.box.touches(b.box) for b in plan.boxes)]


def test_withheld_person_is_boxed_and_disclosed_one_is_not():
    """One decision goes to every mention; the social worker and the subject stay."""
    doc = document("Then Amy met Mr Khan\nand\nKaren Lee and\nTariq.")
    result, _ = settled(doc, decided("P02"))
    assert result.complete
    assert hidden_words(doc, result.plans[0]) == ["Mr", "Khan", "Tariq."]
    kept = {m.text for m in result.marks if m.outcome is Outcome.KEEP}
    assert kept == {"Amy", "Karen Lee"}
    assert [b.label for b in result.plans[0].boxes] == ["[withheld]", "[withheld]"]


def test_undecided_blocks_and_says_who_is_asked():
    """Without a decision nothing is released, even where the law proposes clear."""
    result, _ = settled(document("Amy met Karen Lee."), {})
    assert not result.complete
    assert [(u.person, u.who) for u in result.undecided] == [("P06", "cast")]


def test_candidates_treated_alike_need_no_answer_of_their_own():
    """An ambiguous mention follows the cast when all it may mean are treated alike, else blocks."""
    doc = document("Then Daniel came.")
    assert settled(doc, decided("P04", "P05"))[0].plans[0].boxes
    assert not settled(doc, decided())[0].plans[0].boxes
    assert settled(doc, decided("P04"))[0].undecided


def test_passage_decision_answers_an_ambiguous_mention():
    """A decision on the very proposal settles it; a later one on the same proposal wins."""
    doc = document("Then Daniel came.")
    (proposal,) = settled(doc, {})[1]
    keep = PassageDecision("d1", Outcome.KEEP, proposal=proposal.id)
    cut = PassageDecision("d2", Outcome.REDACT, proposal=proposal.id)
    assert not settled(doc, decided("P04"), [cut, keep])[0].plans[0].boxes
    assert settled(doc, decided("P04"), [keep, cut])[0].plans[0].boxes


def test_released_passage_still_hides_the_withheld_name_in_it():
    """Lifting a lock from a passage does not give away who the cast withholds inside it."""
    doc = document("Amy has asthma like Tariq.")
    _, found = settled(doc, decided("P02"))
    passages = [
        PassageDecision(f"d{p.id}", Outcome.KEEP, proposal=p.id)
        for p in found
        if p.rule.startswith("cue.")
    ]
    result, _ = settled(doc, decided("P02"), passages)
    assert result.complete
    assert "Tariq." in hidden_words(doc, result.plans[0])


def test_open_mention_inside_a_withheld_passage_does_not_block():
    """What lies wholly under a withheld passage needs no decision of its own."""
    text = "Legal advice: Daniel must go."
    doc = document(text)
    _, found = settled(doc, {})
    (passage,) = [p for p in found if p.code == "LPP"]
    cut = PassageDecision("d1", Outcome.REDACT, proposal=passage.id, code="LPP")
    result, _ = settled(doc, {}, [cut])
    assert result.complete
    assert [b.label for b in result.plans[0].boxes] == ["[legal advice]"]


def test_reviewers_keep_wins_over_the_cast_and_clashes_with_a_withhold():
    """A stretch a reviewer keeps is kept; against a decision to withhold the same it is red."""
    doc = document("Then Tariq came.")
    keep = PassageDecision("d1", Outcome.KEEP, span=Span("d1", 1, 0, 16))
    result, found = settled(doc, decided("P02"), [keep])
    assert result.complete
    assert not result.plans[0].boxes
    cut = PassageDecision("d2", Outcome.REDACT, proposal=found[0].id)
    result, _ = settled(doc, decided("P02"), [keep, cut])
    assert result.plans[0].boxes
    assert result.inconsistencies


@pytest.mark.parametrize(
    ("mode", "label"),
    [
        (DisclosureMode.NAMED, "[third party]"),
        (DisclosureMode.GENERAL, "[withheld]"),
        (DisclosureMode.SILENT, ""),
    ],
)
def test_label_tells_as_much_as_the_mode_allows(mode, label):
    """Named says why in plain words, general only that, silent nothing."""
    cut = PassageDecision("d", Outcome.REDACT, span=Span("d1", 1, 5, 11), code="3P", mode=mode)
    result, _ = settled(document("Some words."), {}, [cut])
    assert [b.label for b in result.plans[0].boxes] == [label]


def test_whole_page_can_be_withheld():
    """An area as large as the page withholds the page, which then need not be read."""
    page = Page(1, 595, 842, "", (), PageKind.PHOTO)
    doc = ReadDocument("d1", "image/jpeg", "ab", (page,))
    assert settled(doc, {})[0].unread == (("d1", 1),)
    assert settled(doc, {}, read={("d1", 1)})[0].complete
    cut = PassageDecision("d", Outcome.REDACT, area=Box(0, 0, 595, 842), document="d1", page=1)
    result, _ = settled(doc, {}, [cut])
    assert result.complete
    assert result.plans[0].withheld


def test_same_sentence_treated_two_ways_is_red():
    """Two copies of a sentence with different words withheld block, naming both places."""
    text = "Mr Okafor was at the home visit."
    docs = [document(text, name="a"), document(text, name="b")]
    _, found = settled(docs, {})
    (first, second) = [p for p in found if p.text == "Mr Okafor"]
    passages = [
        PassageDecision("d1", Outcome.KEEP, proposal=first.id),
        PassageDecision("d2", Outcome.REDACT, proposal=second.id),
    ]
    result, _ = settled(docs, decided("P04"), passages)
    (found_two_ways,) = result.inconsistencies
    assert [s.document for s in found_two_ways.spans] == ["a", "b"]


def test_words_without_a_place_block():
    """Text to withhold that has no box on its page is a task, never a silent leak."""
    doc = ReadDocument("d1", "t", "ab", (Page(1, 595, 842, "Then Tariq came.", ()),))
    result, _ = settled(doc, decided("P02"))
    assert not result.complete
    assert "no place" in result.undecided[0].why


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=9), min_size=3, max_size=12), st.data())
def test_guarded_box_leaves_no_fragment(words, data):
    """A guarded box covers its word, and every word that it touches as a whole."""
    page = document(" ".join(words)).pages[0]
    word = data.draw(st.sampled_from(page.words))
    (covered,) = boxes_for(page, word.start, word.end, guard=True)
    box = covered.box
    assert box.left <= max(0, word.box.left - PADDING)
    assert box.right >= word.box.right + PADDING
    for other in covered.words:
        assert box.left <= other.box.left
        assert box.right >= other.box.right
    assert word in covered.words


@pytest.mark.parametrize("name", ["Li", "Tariq", "Featherstonehaugh"])
def test_guarded_box_has_one_width(name):
    """Short and long names with room beside them get boxes of the very same width, for no word."""
    page = document(f"Then {name}").pages[0]
    word = page.words[1]
    (covered,) = boxes_for(page, word.start, word.end, guard=True)
    assert covered.words == (word,)
    width = covered.box.right - covered.box.left
    assert width == pytest.approx(WIDTH * type_size(word.box))


@pytest.mark.parametrize("alone", [True, False])
def test_box_on_a_scan_does_not_show_a_tail(alone):
    """As read by OCR, "Gregory" is taller than "Ahmed": their boxes are of one height and width."""
    beside = () if alone else (Word("Mr. jumped", Box(60, 100, 90, 111.28), 0, (), Origin.OCR),)
    sizes: set[tuple[float, float]] = set()
    for name, bottom in (("Ahmed", 108.76), ("Gregory", 111.28)):
        word = Word(name, Box(100, 100, 140, bottom), 12, (), Origin.OCR)
        page = Page(1, 595, 842, f"Mr. jumped! {name}", (*beside, word), PageKind.SCAN)
        (covered,) = boxes_for(page, word.start, word.end, guard=True)
        box = covered.box
        sizes.add((round(box.bottom - box.top, 1), round(box.right - box.left)))
    assert len(sizes) == 1


def test_part_of_a_word_is_boxed_by_its_letters():
    """A possessive ending stays outside an unguarded box but for the padding."""
    page = document("Then Tariq's car").pages[0]
    (covered,) = boxes_for(page, 5, 10, guard=False)
    word = page.words[1]
    assert covered.box.right == word.edges[5] + PADDING


def test_forbidden_everywhere_spares_shared_names():
    """A withheld father's surname that the subject shares is checked at its places instead."""
    doc = document("Then Amy Khan left.\n\n\nThen Tariq Khan left.")
    result, _ = settled(doc, decided("P02"))
    lists = must_not(CAST, decided("P02"), ["Rose Cottage"], result)
    assert "Tariq" in lists.everywhere
    assert "Tariq Khan" in lists.everywhere
    assert "07700 900123" in lists.everywhere
    assert "Rose Cottage" in lists.everywhere
    assert "Khan" not in lists.everywhere
    assert {(p.text, p.want) for p in lists.places} == {
        ("Tariq Khan", "gone"),
        ("Amy Khan", "remain"),
    }


def test_same_named_son_keeps_the_name_of_a_withheld_father():
    """With the stepfather withheld and his namesake disclosed no string of theirs is forbidden."""
    lists = must_not(CAST, decided("P04"), [])
    assert not any("Okafor" in s or "Daniel" in s for s in lists.everywhere)


def test_string_somebody_decided_to_keep_is_not_forbidden_everywhere():
    """A mention kept by a decision of its own takes its string off the list for every page."""
    doc = document("Then Tariq came.")
    _, found = settled(doc, {})
    keep = PassageDecision("d1", Outcome.KEEP, proposal=found[0].id)
    result, _ = settled(doc, decided("P02"), [keep])
    assert "Tariq" not in must_not(CAST, decided("P02"), [], result).everywhere


def silent(start, end, name="s", **changes):
    return PassageDecision(
        name,
        Outcome.REDACT,
        span=Span("d1", 1, start, end),
        code="CRIME",
        mode=DisclosureMode.SILENT,
        **changes,
    )


def test_a_page_that_silence_covers_wholly_is_left_out():
    """A blank page would tell that there was something; one with another word on it stays."""
    doc = document("The house was watched.")
    result, _ = settled(doc, {}, [silent(0, 22)])
    (plan,) = result.plans
    assert (plan.withheld, plan.boxes, plan.mode) == (True, (), DisclosureMode.SILENT)
    result, _ = settled(doc, {}, [silent(0, 9)])
    assert not result.plans[0].withheld


def test_a_document_held_back_whole_has_no_page_left():
    """One decision for every page; of several the one that tells least counts."""
    doc = document("Then Tariq came.")
    whole = PassageDecision("h", Outcome.REDACT, area=WHOLE, document="d1", page=EVERY_PAGE)
    result, _ = settled(doc, {}, [replace(whole, code="CRIME", mode=DisclosureMode.SILENT), whole])
    (plan,) = result.plans
    assert (plan.withheld, plan.code, plan.mode) == (True, "CRIME", DisclosureMode.SILENT)
    assert result.complete


def test_silence_inside_something_told_takes_it_no_further_than_general_words():
    """A black box stands for reasons of its own; silence over all of it was allowed by nobody."""
    doc = document("Some words that were said here.")
    outer = PassageDecision("o", Outcome.REDACT, span=Span("d1", 1, 0, 31), code="3P")
    result, _ = settled(doc, {}, [outer, silent(5, 10)])
    assert {(b.mode, b.label) for b in result.plans[0].boxes} == {
        (DisclosureMode.GENERAL, "[withheld]")
    }


def test_the_general_label_is_one_for_all_and_no_named_ground_uses_it():
    """Whoever reads the list of labels cannot tell one general box from another."""
    codes = [c for c in codes_of(LAW) if exemption(c, LAW, on=DAY).withholds]
    assert {label_in(DisclosureMode.GENERAL, c) for c in codes} == {"[withheld]"}
    assert "[withheld]" not in {label_in(DisclosureMode.NAMED, c) for c in codes}
    assert {label_in(DisclosureMode.SILENT, c, "a wish") for c in codes} == {""}
