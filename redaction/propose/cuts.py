"""Stretches to withhold on one page: how they nest and are cut back, how their boxes join."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from redaction.decisions import PaintBox, Span
from redaction.propose.labels import label_in
from rights.release import DisclosureMode, FactKind, PersonRef, more_silent

_SILENT = DisclosureMode.SILENT


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch to withhold, and why.

    Attributes:
        span: Where.
        text: Its words. Personal data.
        code: Exemption code.
        mode: How much the requester may be told.
        label: What the box may say.
        cause: Id of the decision or proposal that it follows from.
        guard: Whether its boxes grow to the width step.
        person: Whom it is about, when one person is.
        candidates: Whom it may be about else.
        kind: Kind of fact; None for a reviewer's own mark.
        by_cast: It follows from a decision on a person; a reviewer's mark to keep wins over it.
    """

    span: Span
    text: str
    code: str
    mode: DisclosureMode
    label: str
    cause: str
    guard: bool
    person: PersonRef | None
    candidates: tuple[PersonRef, ...]
    kind: FactKind | None
    by_cast: bool = False


def inside(inner: Span, outer: Span | None) -> bool:
    """Whether a stretch lies wholly in another of the same page."""
    return outer is not None and outer.start <= inner.start and inner.end <= outer.end


def overlap(one: Span, other: Span) -> bool:
    """Whether two stretches of one page share a character."""
    return one.start < other.end and other.start < one.end


def pieces(cut: Cut, keep: Span) -> list[Cut]:
    """What is left of a cut on both sides of a kept stretch."""
    pieces: list[Cut] = []
    for start, end in ((cut.span.start, keep.start), (keep.end, cut.span.end)):
        if start < end:
            offset = start - cut.span.start
            text = cut.text[offset : offset + end - start]
            if text.strip():
                pieces.append(replace(cut, span=replace(cut.span, start=start, end=end), text=text))
    return pieces


def outermost(cuts: Sequence[Cut]) -> list[Cut]:
    """Leaves out cuts that lie wholly inside another; the outer one takes the more silent mode.

    A silent cut inside one that is told makes it general and no more: silence over the rest was
    approved by nobody, and a box that stands for reasons of its own tells nothing of what lies
    under it.
    """
    ordered = sorted(cuts, key=lambda c: (c.span.start, -c.span.end))
    kept: list[Cut] = []
    for cut in ordered:
        if kept and inside(cut.span, kept[-1].span):
            outer = kept[-1]
            mode = more_silent(outer.mode, cut.mode)
            if mode is _SILENT and outer.mode is not _SILENT and outer.span != cut.span:
                mode = DisclosureMode.GENERAL
            if mode is not outer.mode:
                kept[-1] = replace(outer, mode=mode, label=label_in(mode, outer.code))
        else:
            kept.append(cut)
    return kept


def merged_boxes(boxes: Sequence[PaintBox]) -> list[PaintBox]:
    """Joins boxes of one line that overlap, so that no label runs into another.

    A silent box is joined with silent ones only: joined with another it would either take that
    one's label or take that one out of sight.
    """
    merged: list[PaintBox] = []
    for box in sorted(boxes, key=lambda b: (b.box.top, b.box.left)):
        for index, other in enumerate(merged):
            height = min(box.box.bottom, other.box.bottom) - max(box.box.top, other.box.top)
            low = min(box.box.bottom - box.box.top, other.box.bottom - other.box.top)
            alike = (box.mode is _SILENT) is (other.mode is _SILENT)
            if alike and box.box.touches(other.box) and height > 0.8 * low:
                mode = more_silent(box.mode, other.mode)
                label = other.label if other.mode is mode else box.label
                # A line closes up only to what could be cut out of it by itself.
                closing = other.closing if box.closing and other.closing else None
                merged[index] = PaintBox(
                    other.box.union(box.box), label, other.code, mode, other.cause, closing
                )
                break
        else:
            merged.append(box)
    return merged
