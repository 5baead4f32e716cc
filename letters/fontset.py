"""The fonts of every page: ours, from this package, and no others."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

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
