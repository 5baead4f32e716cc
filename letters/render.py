"""From a typed context to a tagged PDF, with no network, no files but ours and no clock.

PDF/UA-1 (ISO 14289-1) by WeasyPrint. Rendering is serialised: shared font state is not safe
between threads. The same context gives the same bytes on the same libraries.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, partial
from importlib import resources
from typing import Any

from jinja2 import PackageLoader, StrictUndefined, TemplateNotFound, UndefinedError
from jinja2.sandbox import SandboxedEnvironment
from weasyprint import HTML
from weasyprint.document import Document
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from letters.context import LetterBase
from letters.fontset import BundledFonts
from letters.languages import LANGUAGE, said
from letters.parts import Window
from letters.sheets import PackContext
from letters.words import checked, listed, long_date, search_ended
from rights.errors import ConfigError, InputError

_MM = 96 / 25.4
"""CSS pixels in a millimetre."""
ADDRESS_LIMIT_MM = {Window.DL: 81.0, Window.NOTIFY: 66.3}
"""How far down the page the last address line may reach, in mm from the top."""
_LOCK = threading.Lock()


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
    with _LOCK, _strict_log():
        document = _lay_out(html)
        _check_address(document, letter.window)
        data = _write(document, letter.reference)
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
    with _LOCK, _strict_log():
        document = _lay_out(html)
        pages = len(document.pages)
        found = {
            str(name).removeprefix("section-"): number
            for number, page in reversed(list(enumerate(document.pages)))
            for name in page.anchors
            if str(name).startswith("section-")
        }
        write = wanted is None or wanted(pages, found)
        data = _write(document, reference) if write else b""
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


class _Assets(URLFetcher):
    """Serves ``asset:<name>`` from the package's static folder and refuses all else."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=[], allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The bytes of one asset.

        Raises:
            ValueError: Anything but the plain name of an asset that exists.
        """
        scheme, _, name = url.partition(":")
        asset = resources.files("letters") / "static" / name
        if scheme != "asset" or "/" in name or "\\" in name or not asset.is_file():
            raise ValueError("not an asset of this package")
        kind = "text/css" if name.endswith(".css") else "image/svg+xml"
        return URLFetcherResponse(url, asset.read_bytes(), {"Content-Type": kind})


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.glyphs = 0
        self.others = 0

    def emit(self, record: logging.LogRecord) -> None:
        if ".notdef" in str(record.msg):
            self.glyphs += 1
        else:
            self.others += 1


@contextmanager
def _strict_log() -> Generator[None]:
    """Turn WeasyPrint's warnings into errors, and keep their text (a name, say) out of logs."""
    logger = logging.getLogger("weasyprint")
    collector = _Collector()
    # Whatever else in this process did to the logger, a missing glyph must be heard.
    before = (logger.propagate, logger.disabled, logger.level)
    logger.propagate, logger.disabled = False, False
    logger.setLevel(logging.WARNING)
    logger.addHandler(collector)
    try:
        yield
    finally:
        logger.removeHandler(collector)
        logger.propagate, logger.disabled = before[:2]
        logger.setLevel(before[2])
    if collector.glyphs:
        raise InputError(
            "letters.no_glyph",
            f"{collector.glyphs} characters of the text are in a script our fonts do not have.",
            "Ask the person how they write the name in Latin letters.",
        )
    if collector.others:
        raise ConfigError(
            "letters.bad_template",
            "A template or style sheet has something the renderer does not understand.",
            "Run the tests of letters; they name the template.",
        )


def _lay_out(html: str) -> Document:
    # FatalURLFetchingError is a BaseException: `except Exception` elsewhere would miss it.
    try:
        return HTML(string=html, url_fetcher=_Assets(), base_url="asset:").render(
            font_config=BundledFonts(), pdf_variant="pdf/ua-1"
        )
    except FatalURLFetchingError:
        raise ConfigError(
            "letters.asset_refused",
            "A template asks for a file that is not one of its assets.",
            "Use asset:<name> with a file of the package.",
        ) from None


def _write(document: Document, reference: str) -> bytes:
    data: Any = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=reference.encode())
    return bytes(data)


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
