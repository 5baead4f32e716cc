"""Where the notice, the register and the law in force do not agree: for the DPO to close.

Each gap cites rules of the law data, so that it closes or opens by itself when the law changes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rights.decisions import contact_expired
from rights.law import Law
from rights.register.ask import automated_of
from rights.register.bases import basis
from rights.register.load import Register
from rights.register.model import Purpose, Service

_ACCESS, _TOLD = "right.access", "right.recipients"
_AUTOMATED, _CONSENT, _MARKETING = "right.automated", "right.consent", "right.marketing"
_ROUTES, _CONTACT = "complaint.routes", "regulator.contact"


class GapKind(StrEnum):
    """What is wrong."""

    NOTICE_OLD = "the notice describes older law"
    NOTICE_SILENT = "the notice does not mention a right"
    NOTICE_SUPERSEDED = "the notice names what has been replaced"
    NOTICE_RETENTION = "the notice gives no periods"
    REGULATOR = "the regulator's contact is not verified"
    RETENTION_BASIS = "a rule of keeping has no basis"
    RETENTION_UNVERIFIED = "a rule of keeping rests on what nobody has read"
    CONTACT = "a recipient has no contact"
    SOURCE = "a service is in no source"
    PROCESSOR = "a processor is not searched"
    SENSITIVE_BASIS = "sensitive data without a basis that reaches them"
    SENSITIVE_USE = "sensitive data without a use"
    CONSENT = "a consent that cannot be acted on"
    CONSENT_MISSING = "a purpose rests on consent and nothing says what stops"
    SUPPRESSION = "marketing without a list of people not to write to"
    AUTOMATED = "nobody has looked whether machines decide"
    NECESSITY = "nobody has said why keeping is necessary"
    COMPELLING = "nobody has said what speaks for going on"


@dataclass(frozen=True, slots=True)
class Gap:
    """One of them.

    Attributes:
        about: Id of the entry, as "recipient/fire" or "service/early_help".
        sentence: For the Data Protection Officer.
        rules: Rules of the law data that make it a gap.
    """

    kind: GapKind
    about: str
    sentence: str
    rules: tuple[str, ...]


def gaps(register: Register, law: Law, today: dt.date) -> tuple[Gap, ...]:
    """Every gap of a register on a day, the notice first."""
    return (
        *_of_the_notice(register, law, today),
        *_of_shared(register),
        *(gap for service in register.services for gap in _of(register, service, law, today)),
    )


def _of_the_notice(register: Register, law: Law, today: dt.date) -> Iterator[Gap]:
    notice = register.notice
    for rule_id, right_on in notice.rights.items():
        now = law.dated(rule_id, today)
        if now.start > right_on:
            said = law.rule(rule_id).title
            since = f"{now.start.day} {now.start:%B %Y}"
            sentence = f'The notice describes "{said}" as it stood before {since} ({now.citation}).'
            yield Gap(GapKind.NOTICE_OLD, f"notice/{rule_id}", sentence, (rule_id,))
    for rule in law.rules.values():
        # How one point of a letter ends is part of a right, and not a right that a notice names.
        part = rule.id == "right.any" or rule.id.startswith("right.point-")
        if rule.id.startswith("right.") and not part and rule.id not in notice.rights:
            sentence = f'The notice does not mention "{rule.title}" ({rule.citation}).'
            yield Gap(GapKind.NOTICE_SILENT, f"notice/{rule.id}", sentence, (rule.id,))
    for old in notice.superseded:
        sentence = f"The notice names {old.named}, replaced by {old.replaced_by}."
        yield Gap(GapKind.NOTICE_SUPERSEDED, "notice", sentence, ())
    if not notice.says_retention:
        sentence = "The notice gives no periods of keeping and only points to a schedule."
        yield Gap(GapKind.NOTICE_RETENTION, "notice", sentence, (_ACCESS,))
    if contact_expired(law, on=today):
        sentence = "Nobody has lately confirmed how to reach the Commissioner."
        yield Gap(GapKind.REGULATOR, _CONTACT, sentence, (_CONTACT, "regulator.verified_within"))


def _of_shared(register: Register) -> Iterator[Gap]:
    for rule in register.retention:
        about = f"retention/{rule.id}"
        if not rule.basis:
            sentence = f"The rule for {_low(rule.title)} names no enactment or schedule."
            yield Gap(GapKind.RETENTION_BASIS, about, sentence, (_ACCESS,))
        elif rule.status == "unverified":
            sentence = f"The rule for {_low(rule.title)} rests on what nobody has read."
            yield Gap(GapKind.RETENTION_UNVERIFIED, about, sentence, (_ACCESS,))
    for recipient in register.shared.recipients:
        if not (recipient.contact or recipient.no_contact):
            sentence = f"{recipient.text}: there is no contact for a notice."
            yield Gap(GapKind.CONTACT, f"recipient/{recipient.id}", sentence, (_TOLD,))
    for processor in register.shared.processors:
        if not _reached(register, processor.id):
            sentence = f"{processor.name} is neither searched nor asked."
            yield Gap(GapKind.PROCESSOR, f"processor/{processor.id}", sentence, (_ACCESS,))
    for category in register.shared.categories:
        if category.sensitive and not category.used_for:
            sentence = f"{category.text}: the register does not say what it is used for."
            yield Gap(GapKind.SENSITIVE_USE, f"category/{category.id}", sentence, (_ACCESS,))


def _reached(register: Register, processor: str) -> bool:
    """Whether a processor is searched or asked."""
    one = register.processors[processor]
    return bool(one.source or one.asked_by_letter)


def _of(register: Register, service: Service, law: Law, today: dt.date) -> Iterator[Gap]:
    about = f"service/{service.id}"
    if not service.held_in and not any(_reached(register, p) for p in service.processors):
        sentence = f"{service.name}: its data are in no source that is searched."
        yield Gap(GapKind.SOURCE, about, sentence, (_ACCESS,))
    if automated_of(register, service).answer == "unknown":
        sentence = f"{service.name}: nobody has looked whether machines decide or score."
        yield Gap(GapKind.AUTOMATED, about, sentence, (_AUTOMATED,))
    for purpose in service.purposes:
        yield from _of_purpose(register, service, purpose, law, today)
    for consent in service.consent_based:
        where = f"{about}/{consent.id}"
        if not consent.sources:
            sentence = f'{service.name}: nothing says where "{consent.what}" is stopped.'
            yield Gap(GapKind.CONSENT, where, sentence, (_CONSENT,))
        if bool(consent.goes_on) != bool(consent.goes_on_basis):
            sentence = f'{service.name}: after "{consent.what}" something goes on without a basis.'
            yield Gap(GapKind.CONSENT, where, sentence, (_CONSENT,))
    for one in service.marketing:
        if not one.suppress_in:
            sentence = f'{service.name}: "{one.what}" has no list of people not to write to.'
            yield Gap(GapKind.SUPPRESSION, f"{about}/{one.id}", sentence, (_MARKETING,))


def _of_purpose(
    register: Register, service: Service, purpose: Purpose, law: Law, today: dt.date
) -> Iterator[Gap]:
    about = f"service/{service.id}/{purpose.id}"
    named = [basis(name, law, on=today) for name in purpose.bases]
    rules = tuple(one.rule for one in named)
    reached = {kind for one in named for kind in one.reaches}
    for category_id in purpose.categories or service.categories:
        category = register.categories[category_id]
        if category.sensitive and category.sensitive not in reached:
            sentence = (
                f'{service.name}, "{purpose.text}": no basis is named that allows '
                f"{_low(category.text)}."
            )
            yield Gap(GapKind.SENSITIVE_BASIS, f"{about}/{category_id}", sentence, rules)
    if any(one.kept_under for one in named) and not purpose.necessary:
        sentence = f'{service.name}, "{purpose.text}": nobody has said why keeping is necessary.'
        yield Gap(GapKind.NECESSITY, about, sentence, ("right.erasure", *rules))
    if any(one.objection for one in named) and not purpose.compelling:
        sentence = f'{service.name}, "{purpose.text}": nothing is said for going on.'
        yield Gap(GapKind.COMPELLING, about, sentence, ("right.objection", *rules))
    if any(one.withdrawal for one in named) and not service.consent_based:
        sentence = f'{service.name}, "{purpose.text}": nothing says what stops without consent.'
        yield Gap(GapKind.CONSENT_MISSING, about, sentence, (_CONSENT,))


def _low(text: str) -> str:
    return text[:1].lower() + text[1:]
