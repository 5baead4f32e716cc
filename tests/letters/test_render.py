import logging
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import page
import pytest

from letters.languages import languages
from letters.parts import Reader
from letters.render import Sheet, fill, render_letter, render_sheet
from letters.typesetting import laid_out
from rights.errors import ConfigError, InputError
from tests.letters.reading import flat_text, tag_outline
from tests.letters.samples import every_letter, letters
from tests.letters.samples_pack import pack_context
from tests.letters.samples_people import DAY, READER

GOLDEN = Path(__file__).parent / "golden"
EVERY = every_letter()
OUTCOMES = [name for name in EVERY if "cover_letter" in name]


def assert_accessible(data):
    report = page.validate_pdf_bytes(data, profile="ua1")
    assert [f"{f.rule_id}: {f.message}" for f in report.failures] == []
    assert report.is_compliant
    assert report.rules.passed == report.rules.total


@pytest.mark.parametrize("name", list(EVERY))
def test_every_letter_is_accessible_whole_and_as_before(name, update_golden):
    """Each letter of each set passes PDF/UA-1, shows no placeholder, and reads as its golden."""
    data = render_letter(EVERY[name]).data
    assert_accessible(data)
    text = flat_text(data)
    assert "[" not in text
    assert "{" not in text
    assert not re.search(r"\b(None|True|False|undefined)\b|letters\.|<|datetime", text)
    now = text.replace(". ", ".\n") + "\n\n" + "\n".join(tag_outline(data)) + "\n"
    golden = GOLDEN / f"{name}.txt"
    if update_golden:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(now, "utf-8")
    assert now == golden.read_text("utf-8")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("sheet", list(Sheet))
def test_every_sheet_is_pdf_ua(sheet, language):
    """A sheet that goes out on its own is PDF/UA-1 too and gives its reference."""
    made = render_sheet(pack_context(language=language), sheet)
    assert_accessible(made.data)
    assert made.kind == sheet.value
    assert "SAR-2026-0041-K" in flat_text(made.data)


def test_every_golden_file_has_a_letter():
    """No golden file is left of a letter that is gone."""
    assert {str(p.relative_to(GOLDEN).with_suffix("")) for p in GOLDEN.rglob("*.txt")} == set(EVERY)


@pytest.mark.parametrize("name", OUTCOMES)
def test_outcome_letters_name_three_ways_to_complain(name):
    """Each outcome letter gives the way to the council, to the regulator and to court."""
    text = flat_text(render_letter(EVERY[name]).data)
    for words in ("complain to the council", "complain to the regulator", "go to court"):
        assert f"You can {words}." in text
    for section in ("164A", "165", "167"):
        assert f"section {section} of the Data Protection Act 2018" in text


@pytest.mark.parametrize(
    ("person", "code"),
    [
        ("山田太郎", "letters.no_glyph"),
        ("Sam \u2603", "letters.no_glyph"),
        ("Sam\x00Smith", "letters.control_character"),
        ("Sam \u202ehtimS", "letters.control_character"),
        ("Sam \ud800", "letters.control_character"),
        ("", "letters.empty_field"),
    ],
)
def test_what_cannot_be_printed_is_refused(person, code, caplog):
    """A name our fonts cannot write stops the letter, and neither error nor log repeats it."""
    letter = letters(reader=replace(READER, greeting=person))["acknowledgement"]
    with caplog.at_level(logging.DEBUG), pytest.raises((InputError, ConfigError)) as caught:
        render_letter(letter)
    assert caught.value.code == code
    if person:
        assert person not in str(caught.value)
        assert not any(c in caplog.text for c in person if not c.isascii())


def test_a_silenced_logger_silences_no_missing_glyph():
    """Other code that switches WeasyPrint's log off does not let a name be printed as boxes."""
    letter = letters(reader=replace(READER, greeting="山田太郎"))["acknowledgement"]
    logger = logging.getLogger("weasyprint")
    logger.disabled = True
    try:
        with pytest.raises(InputError, match="script our fonts do not have"):
            render_letter(letter)
    finally:
        logger.disabled = False


def test_same_letter_same_bytes_in_another_process():
    """Two processes with different hash seeds make the same bytes."""
    program = (
        "from letters.render import render_letter\n"
        "from tests.letters.samples import letters\n"
        "print(*[render_letter(x).sha256 for x in list(letters().values())[::6]])\n"
    )
    here = " ".join(render_letter(letter).sha256 for letter in list(letters().values())[::6])
    there = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONHASHSEED": "7"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout.strip() == here


def test_threads_do_not_disturb_each_other():
    """Letters made from several threads at once come out as when made alone."""
    made = list(letters().values())[::6]
    alone = [render_letter(letter).sha256 for letter in made]
    with ThreadPoolExecutor(4) as pool:
        assert [p.sha256 for p in pool.map(render_letter, made)] == alone


@pytest.mark.parametrize(
    "address",
    ["file:///etc/hostname", "http://127.0.0.1:9/x.css", "asset:../render.py", "asset:no.css"],
)
def test_only_our_own_assets_are_read(address):
    """A style sheet from a file, the network or outside the assets stops the letter."""
    html = (
        "<!doctype html><html lang='en'><title>t</title>"
        f"<link rel='stylesheet' href='{address}'><h1>t</h1></html>"
    )
    with pytest.raises(ConfigError) as caught, laid_out(html):
        pass
    assert caught.value.code == "letters.asset_refused"


def test_unknown_field_stops_the_letter():
    """A template that names a field which is not there is refused, not printed with a hole."""
    with pytest.raises(ConfigError) as caught:
        fill("sheet.html.j2", title="t", partial="_search.html.j2")
    assert caught.value.code == "letters.unknown_field"


def test_only_bundled_fonts_are_used(tmp_path):
    """A letter embeds Liberation Sans and Noto Sans Arabic, whatever the machine has."""
    import pikepdf

    data = render_letter(
        letters(reader=Reader("محمد", "محمد", ("1 Lane",)))["acknowledgement"]
    ).data
    path = tmp_path / "letter.pdf"
    path.write_bytes(data)
    with pikepdf.open(path) as pdf:
        names = {
            str(o.BaseFont).partition("+")[2]
            for o in pdf.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Font"
        }
    assert names == {"Liberation-Sans", "Liberation-Sans-Bold", "Noto-Sans-Arabic"}


def test_title_language_and_date_are_in_the_file(tmp_path):
    """The file tells its language and title, and its date is the letter's, not the clock's."""
    import pikepdf

    path = tmp_path / "letter.pdf"
    path.write_bytes(render_letter(letters()["cover_letter-full"]).data)
    with pikepdf.open(path) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert str(pdf.docinfo["/Title"]) == "Here is your information (SAR-2026-0041-K)"
        assert str(pdf.docinfo["/CreationDate"]).startswith(f"D:{DAY:%Y%m%d}")
