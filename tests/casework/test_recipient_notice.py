"""The notice to a recipient: what has to change, and nothing of who asked or why."""

from dataclasses import replace

from casework.recipient_notice import recipient_notice
from tests.casework.limiting import Limiting
from tests.casework.test_restrict import walked  # noqa: F401 - a fixture
from tests.letters.reading import flat_text


def test_a_recipient_is_told_what_was_done_and_not_why(walked: Limiting) -> None:  # noqa: F811
    """The notice names person, services, number and days of the records, never their titles."""
    case, office = walked.case, walked.office
    code, told = next(iter(case.told.items()))
    case = replace(case, told={code: told.model_copy(update={"told_on": office.today()})})
    text = flat_text(recipient_notice(office, case, f"recipient/{code}/letter").data)
    assert "Please stop using information that you may have had from us" in text
    assert "records, from" in text
    for never in ("Shared without a basis", "member of the public", "Home visit", "You asked"):
        assert never not in text
