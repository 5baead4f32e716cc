"""From a typed context to a tagged PDF, with no network, no files but ours and no clock.

PDF/UA-1 (ISO 14289-1) by WeasyPrint. Rendering is serialised: shared font state is not safe
between threads. The same context gives the same bytes on the same libraries.

WeasyPrint is loaded with the first page: that takes half a second, and most steps make none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, partial
from typing import TYPE_CHECKING

from jinja2 import PackageLoader, StrictUndefined, TemplateNotFound, UndefinedError
from jinja2.sandbox import SandboxedEnvironment

from letters.context import LetterBase
from letters.languages import LANGUAGE, said
from letters.parts import Window
from letters.sheets import PackContext
from letters.words import checked, listed, long_date, search_ended
from rights.errors import ConfigError, InputError

if TYPE_CHECKING:
    from weasyprint.document import Document

_MM = 96 / 25.4
"""CSS pixels in a millimetre."""
ADDRESS_LIMIT_MM = {Window.DL: 81.0, Window.NOTIFY: 66.3}
"""How far down the page the last address line may reach, in mm from the top."""


@dataclass(frozen=True, slots=True)
class LetterPdf:
    """A letter of ours as PDF/UA-1: may be sent as it is."""

    data: bytes = field(repr=False)
    sha256: str
    pages: int
    kind: str
    reference: str


def render_letter(letter: LetterBase) -> LetterPdf:
    """Make the letter, in its own language.

    Raises:
        ConfigError: A template, asset or font is wrong, or a field that it prints is empty.
        InputError: A text cannot be printed with our fonts, the address does not fit, or the
            officer added words where the letter has no place for them.
    """
    html = fill_letter(letter)
    from letters.typesetting import laid_out, written_pages

    with laid_out(html) as document:
        _check_address(document, letter.window)
        data = written_pages(document, letter.reference)
    return _letter_pdf(data, len(document.pages), letter.kind, letter.reference)


class Sheet(StrEnum):
    """The sheets that may also go out on their own; values are their kinds in the journal."""

    ARTICLE_15 = "article_15_sheet"
    SEARCH = "search_certificate"


_SHEETS = {Sheet.ARTICLE_15: "article_15", Sheet.SEARCH: "search"}
"""Each with the name of its section, which names its partial template too."""


def render_sheet(pack: PackContext, sheet: Sheet) -> LetterPdf:
    """Make one sheet of a pack as a file of its own, worded as in the pack.

    Raises:
        ConfigError: As `render_letter`.
        InputError: As `render_letter`.
    """
    section = _SHEETS[sheet]
    own = render_pages(
        "sheet.html.j2",
        pack.reference,
        pack.language,
        pack=pack,
        partial=f"_{section}.html.j2",
        title=said(pack.language).sections[section],
    )
    return _letter_pdf(own.data, own.pages, sheet.value, pack.reference)


def _letter_pdf(data: bytes, pages: int, kind: str, reference: str) -> LetterPdf:
    return LetterPdf(data, hashlib.sha256(data).hexdigest(), pages, kind, reference)


@dataclass(frozen=True, slots=True)
class OwnPages:
    """Pages that are no letter, and on which of them each section begins (from 0)."""

    data: bytes = field(repr=False)
    """The PDF; empty if the caller did not want these pages written."""
    pages: int
    section_pages: dict[str, int]


def render_pages(
    template: str,
    reference: str,
    language: str = LANGUAGE,
    *,
    wanted: Callable[[int, dict[str, int]], bool] | None = None,
    **fields: object,
) -> OwnPages:
    """Make pages that are no letter. Elements with an id starting 'section-' are located.

    Args:
        template: File name of the template.
        reference: Case reference, for the identifier of the file.
        language: Folder of the template.
        wanted: Told the number of pages and where the sections are; if it says no, nothing is
            written. For pages that print their own numbers and are laid out until those are true.
        fields: What the template may print.

    Raises:
        ConfigError: As `render_letter`.
        InputError: As `render_letter`.
    """
    html = fill(template, language, **fields)
    from letters.typesetting import laid_out, written_pages

    with laid_out(html) as document:
        pages = len(document.pages)
        found = {
            str(name).removeprefix("section-"): number
            for number, page in reversed(list(enumerate(document.pages)))
            for name in page.anchors
            if str(name).startswith("section-")
        }
        write = wanted is None or wanted(pages, found)
        data = written_pages(document, reference) if write else b""
    return OwnPages(data=data, pages=pages, section_pages=found)


def fill_letter(letter: LetterBase) -> str:
    """The HTML of a letter in its own language.

    Raises:
        ConfigError: As `fill`.
        InputError: As `fill`, or the officer added words where the letter has no place for them.
    """
    template = f"{letter.kind}.html.j2"
    if letter.free_text and not takes_words(template, letter.language):
        raise InputError(
            "letters.no_room_for_words",
            "Words were added to a letter that has no place for words of our own.",
            "Send them in a letter that has one, such as a progress letter.",
        )
    return fill(template, letter.language, letter=letter)


def takes_words(template: str, language: str = LANGUAGE) -> bool:
    """Whether a letter's template says that officers may add paragraphs of their own."""
    return "officers_words" in _environment(language).get_template(template).blocks


def fill(template: str, language: str = LANGUAGE, **fields: object) -> str:
    """The HTML of one template: sandboxed, escaped, and no field unknown or empty.

    Raises:
        ConfigError: The language lacks the template, or it names something unknown or prints
            something empty.
        InputError: A text holds characters that cannot be printed.
    """
    try:
        found = _environment(language).get_template(template)
        return found.render(language=said(language).code, **fields)
    except TemplateNotFound:
        raise ConfigError(
            "letters.no_template",
            f"The set {language} has no template {template}, or one that it is built on.",
            "Add it to the set; each set has every template.",
        ) from None
    except UndefinedError:
        raise ConfigError(
            "letters.unknown_field",
            f"The template {template} names a field that does not exist.",
            "Correct the template; its fields are those of its context.",
        ) from None


@cache
def _environment(language: str) -> SandboxedEnvironment:
    said(language)  # a set that is not there is told here, before anything looks for its folder
    environment = SandboxedEnvironment(
        loader=PackageLoader("letters", f"templates/{language}"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=checked,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Callable[..., str]] = {
        "long_date": partial(long_date, language=language),
        "listed": partial(listed, language=language),
        "search_ended": partial(search_ended, language=language),
    }
    environment.filters.update(filters)
    return environment


def _check_address(document: Document, window: Window) -> None:
    if window is Window.NONE:
        return
    _, top, _, bottom = document.pages[0].anchors["address"]
    if max(top, bottom) > ADDRESS_LIMIT_MM[window] * _MM + 0.5:
        raise InputError(
            "letters.address_too_long",
            "Name and address need more room than the envelope's window shows.",
            "Shorten the address lines, or send the letter another way.",
        )
