"""What may stand in a box: plain words, general words, or nothing, by disclosure mode."""

from __future__ import annotations

from rights.release import DisclosureMode

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
_GENERAL = "[withheld]"
_SILENCE = {DisclosureMode.NAMED: 0, DisclosureMode.GENERAL: 1, DisclosureMode.SILENT: 2}


def label_for(mode: DisclosureMode, code: str, wished: str = "") -> str:
    """The label of a box.

    Args:
        mode: Named gives the reason in plain words, general says only that something is withheld,
            silent says nothing (law.md 4.5).
        code: Exemption code.
        wished: Words a reviewer chose; they count in the named mode only.
    """
    if mode is DisclosureMode.SILENT:
        return ""
    if mode is DisclosureMode.GENERAL:
        return _GENERAL
    if wished:
        return wished
    if code.startswith("HEALTH"):
        return _HEALTH
    return _BY_CODE.get(code, _GENERAL)


def more_silent(one: DisclosureMode, other: DisclosureMode) -> DisclosureMode:
    """Of two modes the one that tells less."""
    return max(one, other, key=lambda m: _SILENCE[m])
