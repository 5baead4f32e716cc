"""All sorts of UK identifiers and contact details, in the order in which they are looked for."""

from __future__ import annotations

from redaction.find.address_rules import ADDRESSES
from redaction.find.case_rules import CASES, VEHICLES
from redaction.find.contact_rules import EXTENSIONS, ONLINE, PHONES
from redaction.find.personal_rules import HEALTH_MONEY_TRAVEL, PUPILS_AND_WORKERS

# Of two readings alike in all else the one of the earlier rule is kept.
RULES = (
    *ONLINE,
    *PUPILS_AND_WORKERS,
    *PHONES,
    *HEALTH_MONEY_TRAVEL,
    *EXTENSIONS,
    *VEHICLES,
    *CASES,
    *ADDRESSES,
)
"""Every rule."""
