"""Laying out our own pages with WeasyPrint, in the bundled fonts and no others.

WeasyPrint asks fontconfig for fonts, and fontconfig reads the machine's own set. A letter would
then differ from one machine to the next, and a name that our fonts cannot write would silently
fall back to whatever is installed. Here each rendering gets an empty fontconfig configuration to
which only the bundled files are added (FcConfigCreate, FcConfigAppFontAddFile). The environment
variable FONTCONFIG_FILE would do the same, but for every child process too: LibreOffice would
convert documents without their fonts.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Generator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

from cffi import FFI
from weasyprint import HTML
from weasyprint.document import Document
from weasyprint.text import ffi as pango_ffi
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from letters.fontset import FONT_FILES, font_path
from rights.errors import ConfigError, InputError

_LOCK = threading.Lock()


@contextmanager
def laid_out(html: str) -> Generator[Document]:
    """The pages of a text, one at a time in a process.

    Args:
        html: What `letters.render.fill` made.

    Raises:
        ConfigError: A template or font is wrong, or the template asks for a foreign file.
        InputError: A text is in a script that our fonts lack; told when the pages are left.
    """
    with _LOCK, _strict_log():
        yield _lay_out(html)


def written_pages(document: Document, reference: str) -> bytes:
    """The pages as PDF/UA-1 under the identifier of a case."""
    data: Any = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=reference.encode())
    return bytes(data)


def _own_fontconfig() -> tuple[FFI, Any]:
    # WeasyPrint's own binding has no call for an empty configuration.
    ffi = FFI()
    ffi.cdef("void *FcConfigCreate(void);")
    for name in ("libfontconfig.so.1", "libfontconfig-1.dll", "libfontconfig.1.dylib"):
        try:
            return ffi, ffi.dlopen(name)
        except OSError:
            continue
    raise ConfigError(
        "letters.no_fontconfig",
        "The font library fontconfig is not on this machine.",
        "Run `make system` as an administrator and start again.",
    )


_OWN_FFI, _OWN_FONTCONFIG = _own_fontconfig()


class BundledFonts(FontConfiguration):
    """A font configuration that knows the bundled files only.

    Not safe to share between threads: make one for each rendering.

    Raises:
        ConfigError: A bundled font file is missing or unreadable.
    """

    def __init__(self) -> None:
        # The binding loads its libraries through a helper that may also return None.
        ffi: Any = pango_ffi.ffi
        fontconfig: Any = pango_ffi.fontconfig
        pangoft2: Any = pango_ffi.pangoft2
        gobject: Any = pango_ffi.gobject
        address = int(_OWN_FFI.cast("uintptr_t", _OWN_FONTCONFIG.FcConfigCreate()))
        self._config: Any = ffi.cast("FcConfig *", address)
        self.font_map: Any = ffi.gc(pangoft2.pango_ft2_font_map_new(), gobject.g_object_unref)
        for name in FONT_FILES:
            path = str(font_path(name)).encode()
            if not fontconfig.FcConfigAppFontAddFile(self._config, path):
                raise ConfigError(
                    "letters.font_missing",
                    f"The bundled font {name} is missing or damaged.",
                    "Install Rightsdesk again.",
                )
        pangoft2.pango_fc_font_map_set_config(
            ffi.cast("PangoFcFontMap *", self.font_map), self._config
        )
        # The font map holds its own reference from here on.
        fontconfig.FcConfigDestroy(self._config)
        self._folder: Path | None = None
        self.strut_layouts: dict[Any, Any] = {}
        self.font_features: dict[Any, Any] = {}


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
