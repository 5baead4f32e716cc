"""The fonts of every page: ours, from this package, and no others.

WeasyPrint asks fontconfig for fonts, and fontconfig reads the machine's own set. A letter would
then differ from one machine to the next, and a name that our fonts cannot write would silently
fall back to whatever is installed. Here each rendering gets an empty fontconfig configuration to
which only the bundled files are added (FcConfigCreate, FcConfigAppFontAddFile). The environment
variable FONTCONFIG_FILE would do the same, but for every child process too: LibreOffice would
convert documents without their fonts.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Any

from cffi import FFI
from weasyprint.text import ffi as pango_ffi
from weasyprint.text.fonts import FontConfiguration

from rights.errors import ConfigError

FONT_FILES = (
    "LiberationSans-Regular.ttf",
    "LiberationSans-Bold.ttf",
    "LiberationSans-Italic.ttf",
    "LiberationSans-BoldItalic.ttf",
    "NotoSansArabic-Regular.ttf",
    "NotoSansArabic-Bold.ttf",
)
"""Latin with all Welsh and Polish letters, Greek, Cyrillic and Hebrew; then Arabic."""


def font_path(name: str) -> Path:
    """Where a bundled font file lies."""
    return Path(str(resources.files("letters") / "fonts" / name))


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
