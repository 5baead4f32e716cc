"""The people in a file: who they are, and what the law proposes for each before anyone decides."""

from rights.cast.build import build_cast
from rights.cast.defaults import CastDefault, default_for
from rights.cast.entry import CastEntry
from rights.cast.roles import RoleWords, is_protected, role_for

__all__ = [
    "CastDefault",
    "CastEntry",
    "RoleWords",
    "build_cast",
    "default_for",
    "is_protected",
    "role_for",
]
