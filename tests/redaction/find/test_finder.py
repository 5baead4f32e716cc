"""Every way of writing a known person, and who it is taken for."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaction.document import Origin
from redaction.find import Finder, capitals, discover, find
from redaction.propose.mentions import DOUBTFUL
from rights.release import FactKind, Person, PersonName, PersonRef, Role
from tests.redaction.find.cast import CAST, document, person

FINDER = Finder(CAST)


def found(text: str, **kinds):
    return [(f.text, f.person or f.candidates) for f in FINDER.find(document(text, **kinds))]


@pytest.mark.parametrize(
    ("text", "mention", "who"),
    [
        ("We saw Amy Khan today.", "Amy Khan", "P01"),
        ("We saw Khan, Amy today.", "Khan, Amy", "P01"),
        ("We saw amy khan today.", "amy khan", "P01"),
        ("We saw AMY KHAN today.", "AMY KHAN", "P01"),
        ("We saw Tariq's car.", "Tariq", "P02"),
        ("We saw Tariq’s car.", "Tariq", "P02"),
        ("We saw T. Khan today.", "T. Khan", "P02"),
        ("We saw T Khan today.", "T Khan", "P02"),
        ("We saw Tariq Kahn today.", "Tariq Kahn", "P02"),
        ("We saw Tarriq today.", "Tarriq", "P02"),
        ("We saw TariqKhan today.", "TariqKhan", "P02"),
        ("We saw Mr Khan today.", "Mr Khan", "P02"),
        ("We saw Sue today.", "Sue", "P03"),
        ("We saw Mrs Smith-Jones today.", "Mrs Smith-Jones", "P03"),
        ("We saw Mrs Smith Jones today.", "Mrs Smith Jones", "P03"),
        ("We saw Mrs Smithjones today.", "Mrs Smithjones", "P03"),
        ("We saw Susan Smith-\nJones today.", "Susan Smith-\nJones", "P03"),
        ("We saw Mrs O’Brien today.", "Mrs O’Brien", "P07"),
        ("We saw Mrs OBrien today.", "Mrs OBrien", "P07"),
        ("We saw Lukasz Wisniewski today.", "Lukasz Wisniewski", "P08"),
        ("We saw Wiśniew-\nski today.", "Wiśniew-\nski", "P08"),
        ("We saw Daniel Okafor (DOB 2/1/1979) today.", "Daniel Okafor", "P04"),
        ("We saw Daniel Okafor Jnr today.", "Daniel Okafor", "P05"),
        ("We saw stepfather Daniel today.", "Daniel", "P04"),
        ("We saw her mum today.", "mum", "P03"),
        ("We saw her step-dad today.", "step-dad", "P04"),
        ("We saw Amy's nan today.", "nan", "P07"),
        ("We saw Susan's mother today.", "mother", "P07"),
        ("We saw mum's partner today.", "partner", "P04"),
        ("Grace said no.", "Grace", "P07"),
    ],
)
def test_way_of_writing_is_tied_to_its_person(text, mention, who):
    """Each way of writing a known name is found whole and tied to the one person it means."""
    assert (mention, PersonRef(who)) in found(text)


@pytest.mark.parametrize(
    ("text", "mention", "whom"),
    [
        ("Daniel Okafor was there.", "Daniel Okafor", ("P04", "P05")),
        ("Then Daniel came.", "Daniel", ("P04", "P05")),
        ("Then the Khans came.", "Khans", ("P01", "P02")),
        ("Then Khan came.", "Khan", ("P01", "P02")),
        ("Then her mother came.", "mother", ("P03", "P07")),
        ("Then his parents came.", "parents", ("P02", "P03")),
        ("Then neighbour Mrs Jones came.", "Mrs Jones", ("P03",)),
    ],
)
def test_unsure_mention_is_asked(text, mention, whom):
    """A mention that may mean several people, or half of a double name, is never guessed."""
    assert (mention, whom) in found(text)


def test_wife_is_never_a_man():
    """A word for a partner is not tied to somebody of the other gender; nobody sure is meant."""
    assert found("He asked where his wife was.") == [("wife", ())]


@pytest.mark.parametrize(
    "text",
    [
        "Mother's Day was nice.",
        "A mother and baby unit.",
        "The parents' evening is on 3 May 2020.",
        "She said grace before the meal.",
        "He will sue the council.",
        "Several mothers and other fathers.",
    ],
)
def test_ordinary_words_are_left_alone(text):
    """Names that are words, and relation words that mean nobody, are not found in plain use."""
    assert not [x for x in found(text) if x[1]]


def test_misread_letters_count_only_in_scans():
    """Shapes that a scanner confuses are undone on scanned pages and nowhere else."""
    text = "We saw 0kaf0r and W|śn|ewsk|."
    assert found(text, origin=Origin.OCR) == [("0kaf0r", ("P04", "P05")), ("W|śn|ewsk|", "P08")]
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "value", "kind", "who"),
    [
        ("NHS no 943 476 5919.", "943 476 5919", FactKind.IDENTIFIER, "P01"),
        ("Ring +44 7700 900 123 now.", "+44 7700 900 123", FactKind.CONTACT, "P02"),
        ("To S.SmithJones@example.org now", "S.SmithJones@example.org", FactKind.CONTACT, "P03"),
        ("Born 2 January 1979 in Hull.", "2 January 1979", FactKind.IDENTIFIER, "P04"),
        (
            "At 12 Elm Road, Telford TF1 2AB.",
            "12 Elm Road, Telford TF1 2AB",
            FactKind.CONTACT,
            "P01",
        ),
        (
            "At 14 Elm Road, Telford TF1 2AB.",
            "14 Elm Road, Telford TF1 2AB",
            FactKind.CONTACT,
            "P07",
        ),
    ],
)
def test_value_on_record_is_its_owners(text, value, kind, who):
    """A value equal to a known person's is theirs; an address goes by its number, not postcode."""
    hits = [f for f in FINDER.find(document(text)) if f.text == value]
    assert [(f.kind, f.person) for f in hits] == [(kind, PersonRef(who))]


def test_value_on_nobodys_record_says_so():
    """A number nobody is known to have keeps no person, and names the nearest as a candidate."""
    (finding,) = [
        f for f in FINDER.find(document("Karen Lee, tel 01952 380000")) if "phone" in f.finder
    ]
    assert finding.person is None
    assert finding.candidates == ("P06",)
    assert "nobody's record" in finding.reason


def test_number_on_a_childs_record_may_be_the_parents():
    """A telephone number on the subject's and a parent's record is asked about, not left open."""
    number = "07700 900123"
    both = (replace(CAST[0], phones=(number,)), *CAST[1:])
    (finding,) = [
        f
        for f in find(document(f"Use her own mobile, {number}, at night."), both)
        if f.text == number
    ]
    assert finding.person is None
    assert finding.candidates == ("P01", "P02")


def test_twins_birth_date_is_the_one_named():
    """A date of birth that twins share belongs to the one named right before it."""
    twins = (
        CAST[0],
        person(
            "P09", Role.SIBLING, PersonName("Zara", "Khan"), date_of_birth=CAST[0].date_of_birth
        ),
    )
    text = "Amy Khan, born 4/3/2008. Zara Khan, born 4/3/2008."
    dates = [f.person for f in find(document(text), twins) if f.finder == "uk.dob"]
    assert dates == ["P01", "P09"]


def test_strangers_are_discovered_and_joined():
    """Titled and described people nobody knows are gathered over the bundle, each once."""
    text = (
        "Dr Patel wrote. Anita Patel, Paediatrician, rang. PC 1234 Smith came with her friend "
        "Kelly. Allocated social worker: Joan Hyde. Mr Umber left."
    )
    doc = document(text)
    people = {
        (d.name.title, d.name.full): (d.role, d.count) for d in discover([doc], FINDER.find(doc))
    }
    assert people == {
        ("Dr", "Anita Patel"): (Role.HEALTH, 2),
        ("PC", "Smith"): (Role.POLICE, 1),
        ("", "Kelly"): (Role.OTHER, 1),
        ("", "Joan Hyde"): (Role.SOCIAL_WORKER, 1),
        ("Mr", "Umber"): (Role.UNKNOWN, 1),
    }


def test_discovered_person_in_the_cast_is_found_everywhere():
    """Once a stranger is in the cast, bare mentions of the surname are found too."""
    cast = (*CAST, person("P10", Role.HEALTH, PersonName("Anita", "Patel", "Dr")))
    hits = [f.text for f in find(document("Then Patel rang. Anita left."), cast)]
    assert hits == ["Patel", "Anita"]


def test_unexplained_capitals_are_listed_once():
    """Capitalised strings no finding explains come once each; ordinary and safe words do not."""
    docs = [
        document("Amy met Zebedee in Shrewsbury. The NHS Review of May.", name="a"),
        document("Zebedee left. Monday was fine.", name="b"),
    ]
    findings = [f for d in docs for f in FINDER.find(d)]
    assert [(c.text, c.count) for c in capitals(docs, findings)] == [
        ("Zebedee", 2),
        ("Shrewsbury", 1),
    ]


PIECES = st.sampled_from(
    ["Amy", "Khan", "Mr", "İ", "ß", "ﬁ", "e\u0301", "O’Brien's", "mum", "-\n", " ", "\n", ",", ".",
     "Dr", "T", "TF1 2AB", "12 Elm Road", "943 476 5919", "\u00ad", "Smith-Jones", "Łukasz", "&"]
)  # fmt: skip


@given(st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=24), st.sampled_from(Origin))
def test_offsets_are_true(pieces, origin):
    """Whatever the text, a finding's text is the page's text at its span."""
    doc = document(" ".join(pieces), origin=origin)
    text = doc.pages[0].text
    for finding in FINDER.find(doc):
        assert finding.text == text[finding.span.start : finding.span.end]
        assert finding.text.strip()
        assert not (finding.person and finding.candidates)


def test_reasons_name_nobody_by_number():
    """A reason is one plain sentence without the mention itself, so that it may be shown apart."""
    for finding in FINDER.find(document("Amy Khan met Mr Okafor and mum at 12 Elm Road.")):
        assert "Khan" not in finding.reason
        assert finding.reason


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("Spoke with Mr Khan. Amy was well.", "Mr Khan"),
        ("Then Susn rang.", "Susn"),
        ("grace said no.", "grace"),
    ],
)
def test_a_name_ends_where_its_sentence_ends(text, mention):
    """A full stop joins an initial to its name, never two sentences."""
    assert mention in {f.text for f in find(document(text), CAST)}


def test_a_label_before_a_number_is_nobodys_pet_form():
    """Tel is short for Terence, except before a telephone number."""
    cast = (person("P01", Role.PARENT, PersonName("Terence", "Ash")),)
    assert [f.text for f in find(document("Tel 01642 123456"), cast)] == ["01642 123456"]
    assert [f.text for f in find(document("Tel came by."), cast)] == ["Tel"]


@pytest.mark.parametrize("text", ["She walks with Owen Rowntree.", "Owen is her best friend."])
def test_a_forename_with_a_surname_or_a_relation_is_somebody(text):
    """Nobody on the record, no title, and still a person."""
    assert any(f.text.startswith("Owen") and not f.person for f in find(document(text), CAST))


def test_a_word_that_is_a_name_is_looked_at_inside_a_sentence():
    """Daisy is a flower at the head of a sentence only."""
    text = "Daisy chains. She plays with Daisy and Mark."
    strings = capitals([document(text)], ())
    assert {c.text for c in strings} == {"Daisy", "Mark"}
    assert all(c.count == 1 for c in strings)


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("I told grace that it was late.", True),
        ("They left and grace has the keys.", True),
        ("Spoke to grace, who was out.", True),
        ("Went there with grace.", False),
    ],
)
def test_a_name_in_small_letters_is_told_by_what_stands_beside_it(text, sure):
    """Only somebody is told or has the keys; where it may be the word, it is asked about."""
    (found,) = [f for f in find(document(text), CAST) if f.text == "grace"]
    assert (found.confidence >= DOUBTFUL) is sure


@pytest.mark.parametrize(
    "text", ["There was no grace in it.", "She will mark it.", "He fell from grace and was sorry"]
)
def test_a_word_in_small_letters_is_never_a_name_for_certain(text):
    """Nothing is painted over because a forename is also a word."""
    assert all(
        f.confidence < DOUBTFUL for f in find(document(text), CAST) if f.kind is FactKind.NAME
    )


@pytest.mark.parametrize(
    ("text", "strings"),
    [
        ("Amy said Summer is her friend.", {"Summer"}),
        ("Amy went with O Featherstone to school.", {"O Featherstone"}),
        ("We said Summer Ashworth came.", {"Summer Ashworth"}),
        ("It was agreed with Housing Benefits and the Panel to Plan 2.", set[str]()),
    ],
)
def test_a_word_with_a_capital_and_no_article_is_looked_at(text, strings):
    """A name that is also a word, and initials, are in the queue; things with a capital are not."""
    docs = [document(text)]
    found = [f for d in docs for f in FINDER.find(d)]
    said = {c.text for c in capitals(docs, found)} | {f.text for f in found if f.person is None}
    assert strings <= said
    assert not said - strings - {f.text for f in found}


def test_a_forename_that_is_a_word_has_a_surname_behind_it():
    """Nobody on the record: "Will" is somebody when a surname follows inside a sentence."""
    texts = {f.text for f in find(document("Amy said Will Nguyenski is kind."), CAST)}
    assert "Will Nguyenski" in texts


def _one(ref: str, forenames: str, surname: str) -> Person:
    return Person(PersonRef(ref), Role.OTHER, (PersonName(forenames, surname),))


def test_a_slip_in_a_particle_leaves_no_part_of_the_name_open():
    """ "van derr Berg", "vander Berg" and "de lla Cruz" are found whole."""
    people = [
        _one("K", "Kayleigh", "van der Berg"),
        _one("L", "Luis", "de la Cruz"),
    ]
    text = "Kayleigh van derr Berg met K vander Berg, Van Derr Berg and Luis de lla Cruz by a van."
    found = [f.text for f in Finder(people).find(document(text))]
    assert found == ["Kayleigh van derr Berg", "K vander Berg", "Van Derr Berg", "Luis de lla Cruz"]


def test_a_letter_that_two_people_have_is_asked_about():
    """ "K said" is a doubtful mention of both Kayleigh and Kev, and of nobody for certain."""
    people = [
        _one("K", "Kayleigh", "Reed"),
        _one("L", "Kev", "Sutton"),
    ]
    page = document("They told K that she may go. K said no.")
    findings = Finder(people).find(page)
    assert [(f.text, f.person, f.candidates) for f in findings] == [("K", None, ("K", "L"))] * 2
    assert all(f.confidence < DOUBTFUL for f in findings)


def test_a_bare_forename_joins_the_full_name_of_its_document():
    """ "Alice" in a mail from Alice Penrose is she; in another document it is asked who she is."""
    same = document("From Alice Penrose\nTo Priya\n\nAlice, thank you for the drawing.")
    other = replace(document("They met Alice at home."), id="other")
    finder = Finder([])

    def names(documents) -> list[str]:
        found = [f for d in documents for f in finder.find(d)]
        return sorted(d.name.full for d in discover(documents, found) if "Al" in d.name.full)

    assert names([same]) == ["Alice Penrose"]
    assert names([same, other]) == ["Alice", "Alice Penrose"]


def test_a_letter_in_another_column_or_behind_a_colon_is_no_initial():
    """ "Present: Y" above "Bill" is no Y. Bill, nor is a mark three spaces before a name."""
    finder = Finder([_one("B", "", "Bill")])
    for text in ("Present: Y\nBill was there", "Y    Bill   Housing", "Bill    Y"):
        assert "Bill" in [f.text for f in finder.find(document(text))]


@pytest.mark.parametrize(
    "text",
    [
        "In the Family Court\nIn the matter of Amy Khan",
        "Mother: Susan Smith-Jones Tel: 01952 200177",
        "GP: Tidemill Medical Centre\nReason: child shut out",
        "From: Duty Team <duty@example.org>\nCc: Easterby Primary School <office@example.org>",
    ],
)
def test_labels_courts_and_bodies_are_no_people(text: str):
    """A label before a number, a court and the name of a body are nobody unknown."""
    doc = document(text)
    assert not discover([doc], FINDER.find(doc))


def test_somebody_with_a_post_is_no_body():
    """A place word that begins somebody's post leaves the name before it a person's."""
    doc = document("Landlord: Zeb Trantor Service Manager")
    assert [d.name.full for d in discover([doc], FINDER.find(doc))] == ["Zeb Trantor"]


def test_name_beside_a_mail_address_is_somebody():
    """A sender nobody knows is an unknown person, with the role the text gives elsewhere."""
    doc = document(
        "From: Mallori Harrell <mallori@example.org>\nTo Mallori Harrell <mallori@example.org>\n"
        'Cc: "Harwick, Zyx" <zharwick@example.org>\n\n'
        "Mallori Harrell, Health Visitor"
    )
    people = {d.name.full: (d.role, d.count) for d in discover([doc], FINDER.find(doc))}
    assert people == {
        "Mallori Harrell": (Role.HEALTH, 3),
        "Zyx Harwick": (Role.UNKNOWN, 1),
    }


def test_other_name_beside_a_known_address_may_mean_its_owner():
    """Beside the address of somebody on the record a name not on record is asked as theirs."""
    found = FINDER.find(document("From: Queenie Zork <s.smithjones@example.org>"))
    assert [(f.text, f.person, f.candidates) for f in found] == [
        ("Queenie Zork", None, ("P03",)),
        ("s.smithjones@example.org", "P03", ()),
    ]


def test_people_are_gathered_from_the_words_around_them():
    """On a long page an unknown person is gathered as on a short one."""
    filling = "The plan was looked at again and nothing was changed in it that week. " * 30
    doc = document(f"{filling}Landlord: Zeb Trantor rang. {filling}Mr Umber left. {filling}")
    names = sorted((d.name.full, d.role) for d in discover([doc], FINDER.find(doc)))
    assert names == [("Umber", Role.UNKNOWN), ("Zeb Trantor", Role.OTHER_PROFESSIONAL)]


def test_a_middle_name_alone_is_its_owners_but_not_before_anothers_surname():
    """Own names in a form are no stranger's; "Jade Carter" is one, and "Jade" then too."""
    subject = person("P01", Role.SUBJECT, PersonName("Marnie Jade", "Holloway"))
    finder = Finder([subject])
    own = finder.find(document("Forename Marnie\nMiddle names Jade\nLanguage English"))
    assert [(f.text, f.person) for f in own] == [("Marnie", "P01"), ("Jade", "P01")]
    other = document("Marnie met Jade Carter. Jade rang later.")
    (met,) = discover([other], finder.find(other))
    assert met.name.full == "Jade Carter"
    friend = person("P02", Role.UNKNOWN, met.name)
    again = Finder([subject, friend]).find(other)
    assert [(f.text, f.person) for f in again][1:] == [("Jade Carter", "P02"), ("Jade", "P02")]
