"""Every statement of the council's notice is in the register or on the list of what was left out.

The statements are told in words of our own, by the lines of the notice that they stand in; the
notice itself is not part of the repository.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from rights.law import load
from rights.register import Register, load_register

REPO = Path(__file__).parents[3]
NOTICE = REPO.parent / "shared" / "notice.txt"
REGISTER = load_register(REPO / "council" / "register", load())


class Statement(NamedTuple):
    first: int
    last: int
    told: str
    places: str


STATEMENTS = [
    Statement(1, 1, "the name of the service", "shared/title"),
    Statement(3, 3, "what the notice is for", "left_out/purpose_of_notice"),
    Statement(5, 5, "heading", "left_out/headings"),
    Statement(7, 7, "which council is the controller", "left_out/council_named shared/controller"),
    Statement(9, 9, "everyone there has a legal duty", "left_out/legal_duty"),
    Statement(
        11,
        11,
        "the services of the directorate",
        "service/social_care service/occupational_therapy service/early_help "
        "service/health_visiting service/finance",
    ),
    Statement(
        13,
        13,
        "an organisation assesses carers for the council; the notice covers it",
        "processor/estuary_carers service/carers shared/covers",
    ),
    Statement(15, 15, "whom to ask", "left_out/whom_to_ask"),
    Statement(17, 25, "the data protection officer", "shared/officer left_out/council_named"),
    Statement(27, 27, "heading", "left_out/headings"),
    Statement(29, 33, "whose data: in need, referred, asking, assessed, carers", "shared/people"),
    Statement(35, 35, "introduces the categories", "left_out/headings"),
    Statement(37, 37, "basic details", "category/basic"),
    Statement(38, 38, "identifiers", "category/identifiers"),
    Statement(39, 39, "records of contact", "category/contact_records"),
    Statement(40, 40, "circumstances", "category/circumstances"),
    Statement(41, 41, "assessments, plans, reviews", "category/assessments"),
    Statement(42, 42, "support arranged", "category/support"),
    Statement(43, 43, "financial information", "category/finance"),
    Statement(44, 44, "direct payments and how spent", "category/direct_payments"),
    Statement(45, 45, "education information", "category/education"),
    Statement(47, 47, "introduces special categories", "left_out/headings"),
    Statement(49, 49, "race or ethnic origin", "special/ethnicity"),
    Statement(50, 50, "beliefs", "special/belief"),
    Statement(51, 51, "genetic data", "special/genetic"),
    Statement(52, 52, "sexual orientation", "special/orientation"),
    Statement(53, 53, "health", "special/health"),
    Statement(54, 54, "offences, alleged ones too", "special/offences"),
    Statement(56, 58, "introduces the purposes", "left_out/headings"),
    Statement(60, 60, "safeguard and support", "purpose/safeguard"),
    Statement(61, 61, "integrated working", "purpose/integrated"),
    Statement(62, 62, "plan and provide support", "purpose/support"),
    Statement(63, 63, "advice and groups", "purpose/advice"),
    Statement(64, 64, "family courts", "purpose/courts"),
    Statement(65, 65, "evaluate and assure quality", "purpose/quality"),
    Statement(66, 66, "future provision and commissioning", "purpose/commissioning"),
    Statement(68, 68, "heading", "left_out/headings"),
    Statement(70, 70, "from the person, the family, professionals", "origin/you origin/family"),
    Statement(72, 72, "from police", "origin/police"),
    Statement(73, 73, "from education", "origin/education"),
    Statement(74, 74, "from other authorities", "origin/other_authorities"),
    Statement(75, 75, "from partners and providers", "origin/partners"),
    Statement(76, 76, "from the NHS", "origin/nhs"),
    Statement(77, 77, "from courts", "origin/courts"),
    Statement(78, 78, "carers' data from an organisation", "origin/carers_organisation"),
    Statement(80, 80, "shared to meet needs and when a child is at risk", "recipient/police"),
    Statement(82, 82, "to education", "recipient/education"),
    Statement(83, 83, "to providers", "recipient/providers"),
    Statement(84, 84, "to inspectors", "recipient/government"),
    Statement(85, 85, "to the NHS", "recipient/nhs"),
    Statement(86, 86, "to housing", "recipient/housing"),
    Statement(87, 87, "to police", "recipient/police"),
    Statement(88, 88, "to the fire service", "recipient/fire"),
    Statement(89, 89, "to other authorities on moving", "recipient/other_authorities"),
    Statement(90, 90, "to legal services and courts", "recipient/legal"),
    Statement(
        91,
        91,
        "to the benefits department and the company that runs benefits",
        "recipient/dwp recipient/revenues processor/harbour_revenues left_out/named_bodies",
    ),
    Statement(
        92,
        92,
        "to the safeguarding partnership for audits",
        "recipient/safeguarding_partnership left_out/named_bodies",
    ),
    Statement(93, 93, "to the fraud initiative", "recipient/fraud_initiative"),
    Statement(95, 95, "only those with a genuine need", "left_out/genuine_need"),
    Statement(97, 97, "heading", "left_out/headings"),
    Statement(99, 99, "a schedule gives periods", "left_out/schedule_explains notice/retention"),
    Statement(101, 103, "introduces the bases", "left_out/headings"),
    Statement(105, 105, "legal obligation", "basis/legal_obligation left_out/basis_numbering"),
    Statement(106, 106, "public task", "basis/public_task left_out/basis_numbering"),
    Statement(108, 108, "or", "left_out/headings"),
    Statement(110, 110, "consent", "basis/consent left_out/basis_numbering"),
    Statement(112, 112, "introduces special bases", "left_out/headings"),
    Statement(114, 116, "health or social care", "basis/health_or_social_care"),
    Statement(118, 120, "safeguarding", "basis/safeguarding"),
    Statement(122, 122, "introduces legislation, not the whole of it", "left_out/not_only"),
    Statement(124, 124, "an Act of 2004", "legislation/Children_Act_2004"),
    Statement(125, 125, "an Act of 2014", "legislation/Children_and_Families_Act_2014"),
    Statement(126, 126, "an Act of 2017", "legislation/Children_and_Social_Work_Act_2017"),
    Statement(127, 127, "guidance", "legislation/Working_Together_to_Safeguard_Children_2018"),
    Statement(129, 129, "heading", "left_out/headings"),
    Statement(
        131,
        131,
        "early help: health visitors, hubs, intervention teams, youth service, pre-school",
        "service/early_help service/health_visiting service/family_hubs service/youth_service",
    ),
    Statement(
        133, 133, "some families are in a programme and tracked", "service/early_help recipient/nhs"
    ),
    Statement(
        135,
        135,
        "linked with data of the NHS, benefits, police, education, youth justice",
        "origin/nhs origin/benefits origin/police origin/education origin/youth_justice",
    ),
    Statement(
        137,
        137,
        "anonymised for the evaluator and departments",
        "recipient/evaluation anonymous/evaluation left_out/department left_out/data_collection",
    ),
    Statement(139, 141, "the hub is the single point of contact", "service/front_door"),
    Statement(
        143,
        143,
        "collected from the person, the public and organisations",
        "origin/public origin/police origin/nhs origin/education origin/other_authorities "
        "origin/probation origin/housing origin/voluntary",
    ),
    Statement(
        145,
        145,
        "access to services, protection, crime against a child, public safety",
        "purpose/crime purpose/safeguard purpose/integrated",
    ),
    Statement(147, 149, "introduces the rights", "left_out/rights_list"),
    Statement(151, 151, "access", "notice/right.access left_out/rights_list"),
    Statement(152, 152, "objection and marketing", "notice/right.objection notice/right.marketing"),
    Statement(153, 153, "withdrawal", "notice/right.consent left_out/rights_list"),
    Statement(154, 154, "restriction", "notice/right.restriction left_out/rights_list"),
    Statement(155, 155, "erasure", "notice/right.erasure left_out/rights_list"),
    Statement(156, 156, "rectification", "notice/right.rectification left_out/rights_list"),
    Statement(157, 159, "automated decisions, old law", "notice/right.automated"),
    Statement(161, 177, "where to send a request", "left_out/how_to_ask left_out/council_named"),
    Statement(
        179,
        191,
        "complaint to the regulator, and its address",
        "left_out/regulator_contact notice/complaint.routes",
    ),
    Statement(193, 193, "see the corporate notice", "left_out/purpose_of_notice"),
]


def places(register: Register) -> set[str]:
    """Everything a statement may stand in, by a short name."""
    services = register.services
    purposes = [purpose for service in services for purpose in service.purposes]
    found = {f"shared/{n}" for n in ("title", "controller", "covers", "officer", "people")}
    found |= {f"service/{service.id}" for service in services}
    found |= {f"purpose/{purpose.id}" for purpose in purposes}
    found |= {f"basis/{name}" for purpose in purposes for name in purpose.bases}
    found |= {f"notice/{rule}" for rule in register.notice.rights}
    if not register.notice.says_retention:
        found.add("notice/retention")
    cited = {name for purpose in purposes for name in purpose.legislation}
    found |= {f"legislation/{n.replace(' ', '_')}" for n in cited & {*register.notice.legislation}}
    found |= {f"left_out/{one.id}" for one in register.left_out}
    used = {kind: set[str]() for kind in ("category", "origin", "recipient", "processor")}
    for service in services:
        used["category"] |= {*service.categories}
        used["origin"] |= {*service.origins}
        used["recipient"] |= {*service.recipients}
        used["processor"] |= {*service.processors}
    found |= {f"{kind}/{name}" for kind, names in used.items() for name in names}
    found |= {f"special/{c.id}" for c in register.shared.categories if c.sensitive}
    found |= {f"anonymous/{r.id}" for r in register.shared.recipients if r.anonymous}
    return found


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda s: f"{s.first}-{s.last}")
def test_each_statement_is_carried_or_left_out_with_a_reason(statement: Statement):
    """Each statement of the notice is used by a service, or is on the list with its reason."""
    assert set(statement.places.split()) <= places(REGISTER)


def test_every_line_of_the_notice_is_told():
    """No line of the notice that says something is missing from the statements."""
    if not NOTICE.exists():
        pytest.skip("the notice is not beside the repository")
    told = {n for s in STATEMENTS for n in range(s.first, s.last + 1)}
    lines = NOTICE.read_text(encoding="utf-8").splitlines()
    assert [n for n, line in enumerate(lines, 1) if line.strip() and n not in told] == []
    assert max(told) == len(lines)


def test_nothing_is_left_out_that_no_statement_names():
    """Each entry on the list of what was left out answers a statement."""
    named = {place for s in STATEMENTS for place in s.places.split()}
    assert {f"left_out/{one.id}" for one in REGISTER.left_out} <= named


def test_nothing_used_goes_beyond_the_notice():
    """What services say of data, origins and recipients is what the notice says, and no more."""
    named = {place for s in STATEMENTS for place in s.places.split()}
    named |= {p.replace("special/", "category/") for p in named}
    kinds = ("category/", "origin/", "recipient/", "processor/")
    used = {place for place in places(REGISTER) if place.startswith(kinds)}
    assert used - named == set()


def test_the_notice_never_ships():
    """No long passage of the notice stands in the council's files."""
    if not NOTICE.exists():
        pytest.skip("the notice is not beside the repository")
    ours = " ".join(
        " ".join(path.read_text(encoding="utf-8").split())
        for path in sorted((REPO / "council").rglob("*.yaml"))
    )
    words = NOTICE.read_text(encoding="utf-8").replace("’", "'").split()
    copied = [
        passage for n in range(len(words) - 12) if (passage := " ".join(words[n : n + 12])) in ours
    ]
    assert copied == []
