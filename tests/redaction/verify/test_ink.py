import pytest

from redaction.verify.ink import unseen
from tests.redaction.verify.fakes import FAKES, HONEST, NAME


@pytest.mark.parametrize("kind", FAKES)
def test_fake_redaction_is_caught(kind):
    """A name that is only hidden is told, and nothing else on the page is."""
    assert [item.text for item in unseen(FAKES[kind])] == [NAME]


def test_honest_page_hides_nothing():
    """A page on which all text is seen gives no finding."""
    assert list(unseen(HONEST)) == []
