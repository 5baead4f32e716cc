"""What may stand in a box: plain words, general words, or nothing, by disclosure mode.

The general label is one and the same for everything that is told of in general words, and no named
ground uses it: whoever reads the list of labels must not be able to tell one from another.
"""

from __future__ import annotations

from rights.release import DisclosureMode, Told, told

GENERAL = "[withheld]"
_OTHER = "[withheld by law]"
_BY_CODE = {
    "3P": "[third party]",
    "3P-PRO": "[third party]",
    "LPP": "[legal advice]",
    "CRIME": "[police information]",
    "CRIME-2": "[police information]",
    "ADOPT": "[adoption]",
    "JUD": "[court]",
}
_HEALTH = "[health]"


def label_for(known: Told, code: str, wished: str = "") -> str:
    """The label of a box of which the requester may know.

    Args:
        known: Named gives the reason in plain words, general says only that something is
            withheld (law.md 4.5).
        code: Exemption code.
        wished: Words a reviewer chose; they count in the named mode only.
    """
    if known is Told.GENERAL:
        return GENERAL
    if wished:
        return wished
    if code.startswith("HEALTH"):
        return _HEALTH
    return _BY_CODE.get(code, _OTHER)


def label_in(mode: DisclosureMode, code: str, wished: str = "") -> str:
    """The label of a box by its mode; empty for a silent one, which must give no hint."""
    known = told(mode)
    return label_for(known, code, wished) if known else ""
