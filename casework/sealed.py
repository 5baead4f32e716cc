"""What sealed packs hold, read back from their signed manifests."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from casework.office import Office
from rights.case import Case, Part
from rights.release import DisclosureMode


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class SealedBox(_Row):
    """A box, with the ground, the mode and the decision it follows from."""

    code: str
    mode: DisclosureMode
    cause: str


class SealedPage(_Row):
    """A page of the pack by its number; `document` is None for a page of our own."""

    page: int
    document: str | None = None
    boxes: tuple[SealedBox, ...] = ()


class LeftOutPage(_Row):
    """A source page that stays back whole."""

    document: str
    page: int
    code: str
    mode: DisclosureMode
    cause: str


class _Body(_Row):
    pages: tuple[SealedPage, ...]
    left_out: tuple[LeftOutPage, ...] = ()
    enclosed: dict[str, str] = {}
    editions: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class SealedPages:
    """The pages of one sealed part. Inside use only: the silent ones are among them."""

    number: int
    pages: tuple[SealedPage, ...]
    left_out: tuple[LeftOutPage, ...]
    enclosed: Mapping[str, str]
    """Hash of each file that goes with it, by its name."""
    editions: Mapping[str, str]
    """Hash of each other edition of the pack, by its name."""


def sealed_pages(office: Office, case: Case, parts: Iterable[Part]) -> tuple[SealedPages, ...]:
    """The pages of these parts; those whose manifest cannot be read any more are left out."""
    found: list[SealedPages] = []
    for part in parts:
        if part.seal is None or not office.store.has_file(case.ref, part.seal.event.manifest_file):
            continue
        envelope = json.loads(office.store.get_file(case.ref, part.seal.event.manifest_file))
        body = _Body.model_validate_json(envelope["manifest"])
        found.append(
            SealedPages(part.number, body.pages, body.left_out, body.enclosed, body.editions)
        )
    return tuple(found)
