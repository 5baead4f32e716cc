"""How each command gets its office."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casework.office import Office


def office() -> Office:
    """The office that the settings in the environment describe."""
    from casework.office import open_office

    return open_office()
