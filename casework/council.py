"""The council's own data, read from its folder and checked: what another council replaces."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from casework.hard_to_read import ContentWarning
from casework.ways import Ways
from letters.layout import VolumeSize
from letters.parts import Contact, GlossaryEntry, Letterhead, SupportContact
from letters.sheets import ServiceInformation
from rights.errors import ConfigError
from rights.law import ComplaintRoute, Regulator, load
from rights.law.yamlfile import parse_yaml
from rights.register import load_register, services_for


class _Loose(BaseModel):
    """Fields that this version does not use may stand in the files."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class _LetterheadFile(_Loose):
    council: str
    department: str
    address_lines: tuple[str, ...]
    phone: str
    email: str
    website: str


class _ContactFile(_Loose):
    name: str
    role: str
    phone: str
    email: str


class _Complaints(_Loose):
    how: str


class _Habits(_Loose):
    chase_days: int
    reply_spare_working_days: int = Field(default=2, ge=0)


class _Delivery(_Loose):
    how_sent: str
    how_to_show: str
    ways: Ways = Ways()
    outbox_days: int = Field(default=30, ge=1)
    volume_pages: int = Field(default=2500, ge=50)
    volume_mebibytes: float = Field(default=250, ge=1)


class CouncilFile(_Loose):
    """council.yaml."""

    letterhead: _LetterheadFile
    contact: _ContactFile
    reading_support: _ContactFile
    safeguarding_manager: _ContactFile
    complaints: _Complaints
    habits: _Habits
    delivery: _Delivery


class Rule(_Loose):
    """One reminder: when, in working days from the due date, and to whom."""

    id: str
    when: int
    to: tuple[str, ...]
    subject: str
    repeat: str = ""


class RemindersFile(_Loose):
    """reminders.yaml."""

    rules: tuple[Rule, ...]
    breach: Rule | None = None
    """Said every day while something about a breach is still to be done; None says nothing."""
    safeguarding: Rule | None = None
    """Said at once, and every day while nobody has written that the manager was told."""
    consent: Rule | None = None
    """Said every day while somebody who was asked for consent has not answered in time."""
    opinion: Rule | None = None
    """Said each time that so many working days have passed without a health opinion."""
    restriction: Rule | None = None
    """Said every day until somebody has looked into a limit that was not honoured."""
    addresses: dict[str, str]
    reply_to: str

    @field_validator("opinion")
    @classmethod
    def _counts_forward(cls, rule: Rule | None) -> Rule | None:
        if rule is not None and rule.when < 1:
            raise ValueError("`when` must be at least 1 working day")
        return rule


class _Entry(_Loose):
    word: str
    meaning: str


class _Glossary(_Loose):
    entries: tuple[_Entry, ...]


class _Support(_Loose):
    name: str
    what: str
    phone: str = ""
    web: str = ""


class _Warning(_Loose):
    id: str
    text: str
    cues: tuple[str, ...] = ()


class _SupportFile(_Loose):
    contacts: tuple[_Support, ...]
    content_warnings: tuple[_Warning, ...] = ()


class Council:
    """What the council says about itself, in the types that letters take."""

    def __init__(self, folder: Path) -> None:
        self._file = _load(folder / "council.yaml", CouncilFile)
        self.reminders = _load(folder / "reminders.yaml", RemindersFile)
        self.register = load_register(folder / "register", load())
        glossary = _load(folder / "glossary.yaml", _Glossary)
        support = _load(folder / "support.yaml", _SupportFile)
        self.automated = self.register.shared.automated.text.strip()
        self.transfers = self.register.shared.transfers.text.strip()
        self.letterhead = Letterhead(**self._file.letterhead.model_dump())
        self.contact = Contact(**self._file.contact.model_dump())
        self.support_worker = Contact(**self._file.reading_support.model_dump())
        """The named person who offers a call before and after a file is read."""
        self.safeguarding = Contact(**self._file.safeguarding_manager.model_dump())
        """Who is told the same day when somebody may be in danger."""
        self.glossary = tuple(GlossaryEntry(e.word, e.meaning) for e in glossary.entries)
        self.support = tuple(
            SupportContact(c.name, c.what, c.phone, c.web) for c in support.contacts
        )
        self.content_warnings = tuple(
            ContentWarning(w.id, w.text, w.cues) for w in support.content_warnings
        )
        self.chase_days = self._file.habits.chase_days
        self.reply_spare = self._file.habits.reply_spare_working_days
        """Working days before the legal date from which no call of ours holds the reply back."""
        self.how_to_show = self._file.delivery.how_to_show.strip()
        self.how_sent = self._file.delivery.how_sent.strip()
        self.ways = self._file.delivery.ways
        self.outbox_days = self._file.delivery.outbox_days
        self.volume = VolumeSize(
            self._file.delivery.volume_pages, self._file.delivery.volume_mebibytes
        )

    @property
    def offer(self) -> str:
        """A named person's offer to read the file together."""
        who = self._file.reading_support
        return (
            f"{who.name} ({who.role}) can talk with you before and after you read it: "
            f"{who.phone} or {who.email}."
        )

    def how_to_complain(self, route: ComplaintRoute, regulator: Regulator) -> str:
        """A route's words with the contact details that go with it."""
        if route.to == "council":
            return f"{route.how} {self._file.complaints.how.strip()}"
        if route.to == "regulator":
            where = ", ".join(regulator.address)
            return f"{route.how} {where}; {regulator.phone}; {regulator.website}."
        return route.how

    def services_for(self, found: frozenset[str]) -> tuple[ServiceInformation, ...]:
        """Art 15(1)(a)-(d), (g) for each service that was actually found to hold data.

        Args:
            found: Where: "source/table", or "source" where there are no tables.
        """
        return tuple(
            ServiceInformation(
                service=facts.service,
                purposes=facts.purposes,
                categories=facts.categories,
                recipients=facts.recipients,
                retention=facts.retention,
                sources=facts.origins,
            )
            for facts in services_for(self.register, found)
        )


def load_council(folder: Path) -> Council:
    """The council whose data lie in a folder.

    Raises:
        ConfigError: a file is missing, is not YAML, or lacks an entry; it names file and entry.
    """
    return Council(folder)


_M = TypeVar("_M", bound=BaseModel)


def _load(path: Path, model: type[_M]) -> _M:
    body = _yaml(path)
    try:
        return model.model_validate(body)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ConfigError(
            "council.entry",
            f"{path.name} is wrong at '{place}': {first['msg']}.",
            "Compare it with the example council's file.",
        ) from None


def _yaml(path: Path) -> Any:
    try:
        return parse_yaml(path.read_bytes())
    except FileNotFoundError:
        raise ConfigError(
            "council.missing",
            f"The council's folder has no {path.name}.",
            "Copy it from the example council and fill it in.",
        ) from None
    except yaml.YAMLError as error:
        raise ConfigError(
            "council.yaml",
            f"{path.name} is not proper YAML: {str(error).splitlines()[0]}.",
            "Mend the line that is named.",
        ) from None
