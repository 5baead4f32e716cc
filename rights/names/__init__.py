"""Names of people: folding, spelling variants, titles, particles and placeholders.

Used by `rights.identity` to match records and by `redaction.find` to find mentions, so that both
mean the same thing by "the same name". Pure: nothing here reads anything but its own data files.
"""

from rights.names.fold import Folded, fold, name_tokens
from rights.names.variants import are_variants, is_respelt, traditions, variants
from rights.names.words import (
    PARTICLES,
    SUFFIXES,
    TITLES,
    WEAK_SURNAMES,
    is_placeholder,
    strip_suffixes,
    strip_titles,
)

__all__ = [
    "PARTICLES",
    "SUFFIXES",
    "TITLES",
    "WEAK_SURNAMES",
    "Folded",
    "are_variants",
    "fold",
    "is_placeholder",
    "is_respelt",
    "name_tokens",
    "strip_suffixes",
    "strip_titles",
    "traditions",
    "variants",
]
