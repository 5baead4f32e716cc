"""The same words are decided once."""

from redaction.decisions import Outcome, PassageDecision, Proposal, Span
from redaction.find.duplicates import Copies, like_documents, near_pairs, unquoted
from redaction.propose.consistency import treated_two_ways
from redaction.propose.copies import copied_decisions, like_decided
from rights.release import FactKind, Treatment
from tests.redaction.find.cast import document

FIRST = "Amy was seen today. The neighbour said that he had heard shouting at night. All fine."
REPLY = (
    "Thanks, noted.\n> Amy was seen today. The neighbour said that he\n"
    "> had heard shouting at night. All fine."
)
NEAR = "The neighbour said that he had often heard shouting at night from the house next to his."
NEARLY = NEAR.replace("often heard", "heard")
SENTENCE = "The neighbour said that he had heard shouting at night."


def at(text: str, words: str, name: str) -> Span:
    start = text.index(words)
    return Span(name, 1, start, start + len(words))


def proposal(name: str, text: str, words: str, ident: str) -> Proposal:
    return Proposal(
        ident,
        at(text, words, name),
        words,
        FactKind.PRIVATE,
        Treatment.ASK,
        "Because.",
        "referrer",
        "3P",
        decided_by="social_work_manager",
    )


def test_a_mark_is_carried_into_a_quoted_thread():
    """Over quote marks and other line ends, to the very words."""
    bundle = [document(FIRST, name="d1"), document(REPLY, name="d2")]
    mark = PassageDecision("m1", Outcome.REDACT, span=at(FIRST, "heard shouting", "d1"))
    (copy,) = copied_decisions((), [mark], Copies(bundle))
    assert copy.span and REPLY[copy.span.start : copy.span.end].split() == ["heard", "shouting"]


def test_what_is_decided_of_a_copy_itself_stands():
    """A mark on the copy is not overruled from elsewhere."""
    bundle = [document(FIRST, name="d1"), document(REPLY, name="d2")]
    marks = [
        PassageDecision("m1", Outcome.REDACT, span=at(FIRST, "heard shouting", "d1")),
        PassageDecision("m2", Outcome.KEEP, span=at(REPLY, "heard shouting", "d2")),
    ]
    assert copied_decisions((), marks, Copies(bundle)) == ()


def test_a_proposal_is_decided_once_for_all_its_copies():
    """The same sentence, rule and ground: one decision; two different ones carry nothing."""
    other = FIRST.replace("All fine.", "No more.")
    bundle = [document(t, name=n) for n, t in (("d1", FIRST), ("d2", other), ("d3", FIRST))]
    made = [
        proposal(n, t, SENTENCE, f"q{n}") for n, t in (("d1", FIRST), ("d2", other), ("d3", FIRST))
    ]
    keep = PassageDecision("p1", Outcome.KEEP, proposal="qd1")
    carried = copied_decisions(made, [keep], Copies(bundle))
    assert {(d.proposal, d.outcome) for d in carried} == {
        ("qd2", Outcome.KEEP),
        ("qd3", Outcome.KEEP),
    }
    hold = PassageDecision("p2", Outcome.REDACT, proposal="qd2")
    assert copied_decisions(made, [keep, hold], Copies(bundle)) == ()


def test_nearly_the_same_is_proposed_and_not_decided():
    """What was decided of the other is proposed, with where it stands."""
    bundle = [document(NEAR, name="d1"), document(NEARLY, name="d2")]
    made = [proposal("d1", NEAR, NEAR, "q1"), proposal("d2", NEARLY, NEARLY, "q2")]
    decided = {"q1": PassageDecision("p1", Outcome.REDACT, proposal="q1", code="SW-HARM")}
    least = near_pairs([NEAR, NEARLY], 0.6)
    assert least == [(0, 1)]
    first, second = like_decided(bundle, made, decided, least=0.6)
    assert first == made[0]
    assert (second.treatment, second.code) == (Treatment.HOLD, "SW-HARM")
    assert "d1 page 1" in second.reason


def test_the_same_sentence_in_a_quote_treated_otherwise_is_red():
    """A quoted copy with other words withheld is an inconsistency."""
    bundle = [document(FIRST, name="d1"), document(REPLY, name="d2")]
    span = at(FIRST, "neighbour", "d1")
    cuts = {("d1", 1): [(span.start, span.end)], ("d2", 1): []}
    assert len(treated_two_ways(bundle, cuts)) == 1


def test_documents_that_say_the_same_are_told():
    """Identical words in another file, nearly the same, and something else."""
    long = " ".join(f"word{i}" for i in range(200))
    bundle = [
        document(long, name="d1"),
        document("Something else that has nothing in common with it.", name="d2"),
        document(f"> {long}", name="d3"),
        document(f"{long} and one more", name="d4"),
    ]
    assert [(a.documents, a.identical) for a in like_documents(bundle[:3])] == [
        (("d1", "d3"), True)
    ]
    assert [(a.documents, a.identical) for a in like_documents(bundle)] == [
        (("d1", "d3", "d4"), False)
    ]


def test_quote_marks_become_spaces_of_the_same_length():
    """Offsets stay where they were."""
    assert unquoted("> > a > b\n>c") == "    a > b\n c"
