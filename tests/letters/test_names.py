"""Names and addresses that letters must print as they are, or refuse."""

import html
import unicodedata
from dataclasses import replace

import page
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from letters.parts import Subject, Window
from letters.render import fill_letter, render_letter
from rights.errors import ConfigError, InputError
from tests.letters.reading import flat_text
from tests.letters.samples import every_letter, letters

EVERY = every_letter()
HOSTILE = [
    "Sam <script>alert(1)</script> & Sons",
    '"Quote" O\'Neill {{ letter.kind }} {% raw %}',
    "Siân Llŷr Ŵyn ap Gruffŷdd",
    "Łukasz Świątek-Żółć",
    "محمد بن علي",
    "Олена Шевченко",
    "N" * 200,
    " ".join(["Maria"] * 33),
]
REFUSED = {"letters.no_glyph", "letters.control_character", "letters.empty_field"}
ABROAD = ("ul. Świętej Łucji 7 m. 3", "31-002 Kraków", "POLAND")


def called(letter, name):
    subject = letter.subject if letter.subject.is_reader else Subject(name, is_reader=False)
    return replace(
        letter,
        reader=replace(letter.reader, name=name, greeting=name),
        subject=replace(subject, name=name),
        window=Window.NONE,
    )


@pytest.mark.parametrize(("number", "name"), list(enumerate(letters())))
def test_hostile_names_print_as_they_are(number, name):
    """A name with markup, other scripts or 200 letters reaches the page unchanged."""
    person = HOSTILE[number % len(HOSTILE)]
    data = render_letter(called(EVERY[name], person)).data
    report = page.validate_pdf_bytes(data, profile="ua1")
    assert [f.rule_id for f in report.failures] == []
    text = flat_text(data)
    if person.isascii():
        assert person.replace(" ", "") in text.replace(" ", "")
    else:
        # Right-to-left text comes back in either order, depending on the reader.
        assert all(c in text for c in person)


@pytest.mark.parametrize("person", HOSTILE)
def test_every_hostile_name_is_tried_on_a_letter(person):
    """Each of the names prints in the acknowledgement, whatever the others met."""
    text = flat_text(render_letter(called(EVERY["acknowledgement"], person)).data)
    assert set(person.replace(" ", "")) <= set(text)


@pytest.mark.parametrize("name", list(EVERY))
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(person=st.text(min_size=1, max_size=200))
def test_any_name_is_right_or_refused(name, person):
    """Whatever is typed as a name stands in the letter as typed, or the letter is refused."""
    try:
        text = fill_letter(called(EVERY[name], person))
    except (InputError, ConfigError) as error:
        assert error.code in REFUSED
        assert not any(unicodedata.category(c)[0] in "LN" for c in person) or any(
            unicodedata.category(c) in ("Cc", "Cs")
            or c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
            for c in person
        )
    else:
        assert f"Dear {person}," in html.unescape(text)
        assert "<script" not in text


@pytest.mark.parametrize("name", list(EVERY))
def test_without_an_address_nothing_is_posted(name):
    """A letter for a window without an address is refused; by email it goes."""
    letter = EVERY[name]
    nowhere = replace(letter.reader, address_lines=())
    for window in (Window.DL, Window.NOTIFY):
        with pytest.raises(InputError) as caught:
            replace(letter, reader=nowhere, window=window)
        assert caught.value.code == "letters.no_address"
    assert 'id="address"' not in fill_letter(replace(letter, reader=nowhere, window=Window.NONE))


@pytest.mark.parametrize("name", [n for n in EVERY if EVERY[n].window is Window.DL])
def test_an_address_abroad_is_printed(name):
    """An address in another country stands in the window line by line, its country last."""
    letter = EVERY[name]
    abroad = replace(letter, reader=replace(letter.reader, address_lines=ABROAD))
    text = flat_text(render_letter(abroad).data)
    assert " ".join((letter.reader.name, *ABROAD)) in text
