"""Saying why: a sentence, a text and a drawing for every candidate. Pure string building."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from rights.identity.compare import births, names, numbers, sexes
from rights.identity.index import Entry
from rights.identity.normalise import Query, of_query
from rights.identity.score import Bar, Score, score
from rights.identity.weights import load_weights
from rights.names import traditions
from rights.release import PersonName

if TYPE_CHECKING:
    from rights.identity.search import Candidate

_FIELDS = {
    "prior": "before comparing",
    "forename": "forename",
    "middle_name": "middle name",
    "surname": "surname",
    "date_of_birth": "date of birth",
    "birth_year": "year of birth",
    "sex": "sex",
    "address": "address",
    "street": "street and town",
    "nhs": "NHS number",
    "upn": "UPN",
    "nino": "National Insurance number",
    "other_number": "system number",
    "phone": "phone",
    "others": "other records",
    "email": "email",
}
_LEVELS = {
    "exact": "the same",
    "same": "the same",
    "equal": "the same",
    "variant": "a known variant",
    "middle": "found among the middle names",
    "swapped": "swapped round",
    "crossed": "one where the other should be",
    "turned": "two digits swapped",
    "initial": "only the initial agrees",
    "close": "one slip apart",
    "alike": "alike",
    "weak": "a name many share",
    "different": "different",
    "shared_part": "one part shared",
    "exact_default": "the same, but 1 January is often a stand-in",
    "one_digit": "one digit apart",
    "two_digits": "two digits apart",
    "two_parts": "two of day, month and year agree",
    "generation": "a generation apart",
    "default_year": "the same year, 1 January as a stand-in",
    "month": "the same month and year, the day not known",
    "year": "the same, the day and month not known",
    "about": "about the same, known only roughly",
    "other_month": "the same, but another month",
    "near_year": "one year apart",
    "expected": "within the weeks around the expected date",
    "same_house": "the same house",
    "same_postcode": "the same postcode",
    "same_street": "the same street",
    "part": "some words the same",
    "near_code": "one slip apart",
    "same_box": "the same name at another provider",
    "sector": "neighbouring postcode",
    "outcode": "the same postal area",
    "alone": "none fits as well",
    "rivals": "others fit as well",
    "conflict": "both valid, and different",
}
_TELLING = (names, births, sexes, numbers)  # what a relative does not share
_AGREEING = ("exact", "equal", "same", "same_house", "same_postcode")


def field_words(field: str) -> str:
    """A field's name as officers call it."""
    return _FIELDS.get(field, field)


def level_words(level: str) -> str:
    """A level of agreement in words."""
    return _LEVELS.get(level, level)


def _join(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def sentence(score: Score) -> str:
    """Why, in one sentence: what agrees, what nearly does, what does not."""
    same = [b for b in score.bars if b.level in _AGREEING]
    unlike = [b for b in score.bars if b.level in ("different", "generation", "conflict")]
    near = [
        b
        for b in score.bars
        if b.field not in ("prior", "others") and b not in same and b not in unlike
    ]
    parts: list[str] = []
    if same:
        parts.append(f"the same {_join([field_words(b.field) for b in same])}")
    parts += [f"{field_words(b.field)} {level_words(b.level)}" for b in near]
    if unlike:
        parts.append(f"a different {_join([field_words(b.field) for b in unlike])}")
    text = "; ".join(parts) or "nothing could be compared"
    return f"{text[0].upper()}{text[1:]}."


def why_not_relative(entry: Entry, relatives: Sequence[Entry]) -> str:
    """What tells a record from the nearest relative found in the same search."""
    for relative in relatives:
        fields = {c.field: c for part in _TELLING for c in part(relative.norm, entry.norm)}
        unlike = [
            f"{field_words(name)} {found.held}, not {found.asked}"
            for name in ("forename", "date_of_birth", "sex", "nhs", "upn", "nino")
            if (found := fields.get(name)) and found.level not in ("exact", "equal")
        ]
        if unlike:
            person = relative.person
            name = person.names[0].full if person.names else "a relative"
            return f"Not {name} ({person.source}, record {person.key}): {_join(unlike)}."
    return ""


def as_text(candidate: Candidate) -> str:
    """The whole explanation in lines of plain text."""
    lines = [f"{candidate.band.value}: {candidate.sentence}"]
    lines += [f"Guard: {guard.sentence}" for guard in candidate.guards]
    if candidate.why_not_relative:
        lines.append(candidate.why_not_relative)
    if candidate.found_via:
        lines.append(f"Found by what record {candidate.found_via} added.")
    lines.append(f"{'':<28}{'against family':>15}{'against stranger':>18}")
    for bar in candidate.bars:
        what = f"{field_words(bar.field)}: {level_words(bar.level)}"
        lines.append(f"{what:<28} {bar.against_family:>+14.2f}{bar.against_stranger:>+18.2f}")
        if bar.asked or bar.held:
            lines.append(f"    asked {bar.asked}; held {bar.held}")
    lines.append(
        f"{'sum, bits':<28} {candidate.bits_family:>+14.2f}{candidate.bits_stranger:>+18.2f}"
    )
    lines.append(f"probability {candidate.p_same:.4f}; of a relative {candidate.p_family:.4f}")
    return "\n".join(lines)


class _Usual:
    """Frequencies where nothing is counted: every name is as common as the usual one."""

    size = 0

    def frequency(self, kind: str, value: str) -> int:
        """None is known."""
        return 0


def names_as_text(one: PersonName, other: PersonName) -> str:
    """How well two names agree, part by part: the level, why, and the bits.

    Args:
        one: A name.
        other: Another.

    Returns:
        A line for each part that both have, and what they come to together.
    """
    asked, held = of_query(Query(names=(one,))), of_query(Query(names=(other,)))
    found = score(asked, held, _Usual(), load_weights())
    bars = [bar for bar in found.bars if bar.field in ("forename", "middle_name", "surname")]
    lines = [f"{'':<44}{'against family':>15}{'against stranger':>18}"] if bars else []
    for bar in bars:
        what = f"{field_words(bar.field)}: {level_words(bar.level)}"
        lines.append(f"{what:<44}{bar.against_family:>+15.2f}{bar.against_stranger:>+18.2f}")
        why = f" ({_tradition(bar)} names)" if bar.level == "variant" and _tradition(bar) else ""
        lines.append(f"    {bar.asked.title()}; {bar.held.title()}{why}")
    for part, value in (("forename", "forenames"), ("surname", "surnames")):
        if not getattr(asked, value) or not getattr(held, value):
            lines.append(f"{part}: not given on both sides, or a placeholder")
    family = sum(bar.against_family for bar in bars)
    stranger = sum(bar.against_stranger for bar in bars)
    lines.append(f"{'together, bits':<44}{family:>+15.2f}{stranger:>+18.2f}")
    lines.append("Bits above nought speak for one person, each doubling the odds; below, against.")
    lines.append("Each name is taken to be as common as the usual one; an index counts them.")
    return "\n".join(lines)


def _tradition(bar: Bar) -> str:
    found = traditions(bar.asked.partition(" ")[0], bar.held.partition(" ")[0])
    return " or ".join(name.replace("_", " ").title() for name in found)


_ROW = 30
_LEFT = 250
_WIDE = 360


def as_svg(candidate: Candidate) -> str:
    """The waterfall as inline SVG: two bars for each field, against family and stranger.

    Prints in black and white: the upper bar of each pair is dark, the lower is light. The
    numbers stand beside the bars, so nothing hangs on colour or length alone.
    """
    ends: list[tuple[float, float]] = []
    family = stranger = 0.0
    for bar in candidate.bars:
        ends.append((family, stranger))
        family += bar.against_family
        stranger += bar.against_stranger
    reached = [0.0, family, stranger, *(value for pair in ends for value in pair)]
    low, high = min(reached), max(reached)
    scale = _WIDE / ((high - low) or 1.0)
    height = _ROW * (len(candidate.bars) + 2)
    zero = _LEFT - low * scale
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _WIDE + 130} {height}" '
        f'role="img" aria-label="{_safe(candidate.sentence)}" '
        'font-family="sans-serif" font-size="11">',
        f'<line x1="{zero:.1f}" y1="0" x2="{zero:.1f}" y2="{height - _ROW}" stroke="#777"/>',
    ]
    for row, (bar, (at_family, at_stranger)) in enumerate(zip(candidate.bars, ends, strict=True)):
        top = row * _ROW
        label = f"{field_words(bar.field)}: {level_words(bar.level)}"
        values = f"{bar.asked} / {bar.held}" if bar.asked or bar.held else ""
        parts.append(f'<text x="0" y="{top + 12}">{_safe(label[:44])}</text>')
        parts.append(f'<text x="0" y="{top + 24}" fill="#555">{_safe(values[:44])}</text>')
        parts.append(_rect(at_family, bar.against_family, top + 4, low, scale, "#1d4f91"))
        parts.append(_rect(at_stranger, bar.against_stranger, top + 15, low, scale, "#9db8d9"))
        numbers = f"{bar.against_family:+.1f} / {bar.against_stranger:+.1f}"
        parts.append(f'<text x="{_LEFT + _WIDE + 8}" y="{top + 17}">{numbers}</text>')
    total = f"{candidate.bits_family:+.1f} / {candidate.bits_stranger:+.1f}"
    base = len(candidate.bars) * _ROW
    parts.append(
        f'<text x="0" y="{base + 14}" font-weight="bold">sum, bits (against family / '
        f"stranger): probability {candidate.p_same:.4f}</text>"
    )
    parts.append(f'<text x="{_LEFT + _WIDE + 8}" y="{base + 14}" font-weight="bold">{total}</text>')
    return "".join([*parts, "</svg>"])


def _safe(text: str) -> str:
    """Text for XML: escaped, and without control characters, which no escape makes legal."""
    return escape("".join(char if char.isprintable() else " " for char in text))


def _rect(start: float, width: float, top: int, low: float, scale: float, fill: str) -> str:
    left = _LEFT + (min(start, start + width) - low) * scale
    size = max(abs(width) * scale, 0.5)
    return f'<rect x="{left:.1f}" y="{top}" width="{size:.1f}" height="9" fill="{fill}"/>'
