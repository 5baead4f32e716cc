"""Names of people: folding, spelling variants, titles, particles and placeholders.

Used by `rights.identity` to match records and by `redaction.find` to find mentions, so that both
mean the same thing by "the same name". Pure: nothing here reads anything but its own data files.
"""

from rights.names.fold import Folded, fold, name_tokens
from rights.names.variants import are_variants, variants
from rights.names.words import PARTICLES, TITLES, WEAK_SURNAMES, is_placeholder, strip_titles

__all__ = [
    "PARTICLES",
    "TITLES",
    "WEAK_SURNAMES",
    "Folded",
    "are_variants",
    "fold",
    "is_placeholder",
    "name_tokens",
    "strip_titles",
    "variants",
]
