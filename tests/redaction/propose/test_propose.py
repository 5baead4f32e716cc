"""What is proposed for findings and safeguarding passages, and who decides it."""

from dataclasses import replace

import pytest

from redaction.find import Finder
from redaction.propose import Default, propose
from redaction.propose.mentions import DOUBTFUL
from rights.release import DisclosureMode, FactKind, PersonName, PersonRef, Role, Treatment
from tests.redaction.find.cast import CAST, document, person

FINDER = Finder(CAST)
NAME = PersonName("Edna", "Brockett")
PROFESSIONAL = {Role.SOCIAL_WORKER, Role.HEALTH}


def law(person, kind):
    """Professionals clear by name, all else held: enough of the law for these tests."""
    if person.role in PROFESSIONAL and kind is FactKind.NAME:
        return Default(Treatment.CLEAR, "", DisclosureMode.NAMED, "para 17", "Acts in role.")
    return Default(Treatment.HOLD, "3P", DisclosureMode.GENERAL, "para 16", "To be weighed.")


def proposals(text):
    doc = document(text)
    return propose([doc], FINDER.find(doc), CAST, law)


def test_ids_are_stable_and_unlike():
    """Proposing twice on the same bytes gives the same ids, and no two alike."""
    text = "Amy Khan met Karen Lee and mum."
    first, second = proposals(text), proposals(text)
    assert first == second
    assert len({p.id for p in first}) == len(first)


def test_subject_is_clear_by_law_and_professional_by_cast():
    """The subject's own mention needs no decision; a professional is proposed clear to the cast."""
    treated = {p.text: (p.treatment, p.decided_by, p.code) for p in proposals("Amy met Karen Lee.")}
    assert treated == {
        "Amy": (Treatment.CLEAR, "law", ""),
        "Karen Lee": (Treatment.CLEAR, "cast", ""),
    }


def test_ambiguous_mention_takes_the_strictest_default():
    """Where several people may be meant, the default that holds most back is proposed."""
    (proposal,) = proposals("Then Daniel came.")
    assert (proposal.treatment, proposal.person) == (Treatment.HOLD, None)
    assert proposal.candidates == ("P04", "P05")


def test_unknown_person_is_asked_one_by_one():
    """A name nobody has is asked as a passage: unknown means withheld until a person says."""
    (proposal,) = proposals("Then Dr Umber came.")
    assert (proposal.treatment, proposal.decided_by) == (Treatment.ASK, "passage")


def test_a_word_that_may_be_a_clear_name_is_not_asked_about():
    """A word and a name that is clear are both shown; where the name is held, somebody is asked."""
    words = "Rosemary presented the enquiry."
    doc = document(words)
    treated: dict[Role, tuple[Treatment, str]] = {}
    for role in (Role.SOCIAL_WORKER, Role.RELATIVE):
        cast = [CAST[0], person("P20", role, PersonName("Rosemary", "Verrill"))]
        (found,) = Finder(cast).find(doc)
        assert found.confidence < DOUBTFUL
        (proposal,) = propose([doc], [found], cast, law)
        treated[role] = proposal.treatment, proposal.decided_by
    assert treated == {
        Role.SOCIAL_WORKER: (Treatment.CLEAR, "cast"),
        Role.RELATIVE: (Treatment.ASK, "passage"),
    }


@pytest.mark.parametrize(
    ("text", "kind", "code", "person", "decided_by"),
    [
        ("Amy has asthma.", FactKind.HEALTH, "HEALTH-LOCK", "P01", "health_opinion"),
        ("She was seen. Asthma is noted.", FactKind.HEALTH, "HEALTH-LOCK", "P01", "health_opinion"),
        ("Mum takes medication.", FactKind.HEALTH, "3P", "P03", "cast"),
        ("Tariq was arrested.", FactKind.PRIVATE, "3P", "P02", "cast"),
        ("A strategy discussion was held.", FactKind.PRIVATE, "CRIME", None, "ig_officer"),
        ("Legal advice was sought.", FactKind.PRIVATE, "LPP", None, "legal"),
        ("An interim care order was made.", FactKind.PRIVATE, "JUD", None, "legal"),
        ("The adoption panel met.", FactKind.PRIVATE, "ADOPT", None, "adoption_team"),
        ("The risk assessment is done.", FactKind.PRIVATE, "SW-HARM", None, "social_work_manager"),
        ("There was emotional abuse.", FactKind.PRIVATE, "ABUSE", None, "social_work_manager"),
    ],
)
def test_cue_proposes_a_passage_for_its_decider(text, kind, code, person, decided_by):
    """Each safeguarding cue proposes a passage and the role that decides it, never clear."""
    found = [p for p in proposals(text) if p.rule.startswith("cue.")]
    assert [(p.kind, p.code, p.person, p.decided_by) for p in found] == [
        (kind, code, PersonRef(person) if person else None, decided_by)
    ]
    assert all(p.treatment is not Treatment.CLEAR for p in found)


def test_sentence_about_two_peoples_health_is_locked_as_well():
    """Health beside both the subject and a parent is proposed for both: a missed lock is worse."""
    found = {p.person: p.code for p in proposals("Amy said mum had depression.") if "cue" in p.rule}
    assert found == {"P03": "3P", "P01": "HEALTH-LOCK"}


def test_subjects_own_offences_are_not_third_party_data():
    """Private life of the subject proposes nothing: it is the subject's own."""
    assert not [p for p in proposals("Amy was arrested.") if "cue" in p.rule]


def test_neighbouring_sentences_are_one_passage():
    """Sentences in a row under one rule and person are decided once."""
    text = "Amy has asthma. Amy takes medication. Amy likes school."
    (passage,) = [p for p in proposals(text) if "cue" in p.rule]
    assert passage.text == "Amy has asthma. Amy takes medication."


def test_same_file_twice_is_proposed_for_twice():
    """Two documents with the same bytes keep a proposal each, with ids of their own."""
    one = document("Then Tariq came.", name="a")
    two = replace(one, id="b")
    found = propose([one, two], [f for d in (one, two) for f in FINDER.find(d)], CAST, law)
    assert [p.span.document for p in found] == ["a", "b"]
    assert len({p.id for p in found}) == 2


def test_a_sentence_about_the_referrer_goes_to_the_manager():
    """Boxing the name leaves "lives next door", so the whole sentence is decided on."""
    cast = (*CAST, replace(CAST[1], ref=PersonRef("P90"), role=Role.REFERRER, names=(NAME,)))
    text = "Edna Brockett rang. She lives next door. Amy was at school."
    doc = document(text)
    found = [
        p for p in propose([doc], Finder(cast).find(doc), cast, law) if p.rule == "cue.referrer"
    ]
    assert [(p.text, p.decided_by, p.mode) for p in found] == [
        ("Edna Brockett rang. She lives next door.", "social_work_manager", DisclosureMode.GENERAL)
    ]


def test_health_that_names_nobody_may_be_the_subjects():
    """After a sentence about the mother, "Dentist seen." is offered as the subject's too."""
    found = [p for p in proposals("Mum came. Dentist seen last week.") if p.rule == "cue.health"]
    assert {p.decided_by for p in found} >= {"health_opinion"}


def health_of(text):
    """Whose health a text is proposed as, and the pairs among the proposals."""
    found = [p for p in proposals(text) if p.rule == "cue.health"]
    return {(p.code, p.person or p.candidates) for p in found}, {p.id: p.pair for p in found}


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("Amy has asthma.", {("HEALTH-LOCK", "P01")}),
        ("Mum takes medication.", {("3P", "P03")}),
        ("Tariq was seen. Tariq has diabetes.", {("3P", "P02")}),
        # Named both: it cannot be told.
        ("Amy and mum spoke of depression.", {("3P", "P03"), ("HEALTH-LOCK", "P01")}),
        # Only reported by her: it may be the child's.
        ("Mum said that she has asthma.", {("3P", "P03"), ("HEALTH-LOCK", "P01")}),
        # Named after the cue only.
        ("Asthma was spoken of when mum came.", {("3P", "P03"), ("HEALTH-LOCK", "P01")}),
        # Goes on about the one named before.
        ("Mum came. Dentist seen last week.", {("3P", "P03"), ("HEALTH-LOCK", "P01")}),
        # One of two brothers called Daniel: nobody's lock, and candidates for the cast.
        ("Daniel has asthma.", {("3P", ("P04", "P05"))}),
    ],
)
def test_whose_health_it_is(text, whose):
    """Somebody else's health is never locked; where it is uncertain both are proposed as a pair."""
    found, pairs = health_of(text)
    assert found == whose
    paired = {own: other for own, other in pairs.items() if other}
    assert all(paired[other] == own for own, other in paired.items())
    assert len(paired) == (2 if ("HEALTH-LOCK", "P01") in whose and len(whose) > 1 else 0)


@pytest.mark.parametrize(
    ("text", "rule", "flags"),
    [
        ("Mum takes medication.", "cue.health", ("third party",)),
        ("There was emotional abuse.", "cue.abuse", ("child abuse",)),
        ("An interim care order was made.", "cue.court", ("court",)),
        ("Legal advice was sought.", "cue.privilege", ("privileged",)),
        ("A strategy discussion was held.", "cue.police", ("police-supplied",)),
        ("The adoption panel met.", "cue.adoption", ("adoption",)),
        ("He was an egg donor.", "cue.fertility", ("statutory bar",)),
        ("The EHC plan speaks of asthma.", "cue.health", ("EHC plan",)),
        ("Amy has asthma.", "cue.health", ()),
    ],
)
def test_what_a_passage_is_besides_its_class(text, rule, flags):
    """Overlay flags are recorded with the passage, also where the cue proposes nothing itself."""
    assert [p.flags for p in proposals(text) if p.rule == rule] == [flags]


def test_an_education_plan_alone_proposes_nothing():
    """A flag is no ground: the child's own plan is not held back for being one."""
    assert not [p for p in proposals("The EHC plan was written.") if p.rule.startswith("cue.")]
