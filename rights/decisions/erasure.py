"""The grounds on which erasure may be asked for, and for which data may be kept all the same.

Law: UK GDPR Art 17(1), where a dated switch of the law data says whether point (g) is in force, and
Art 17(3).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from rights.errors import RefusedError
from rights.law import Law

MALICIOUS = "an allegation by a malicious person"
"""The ground behind the switch ``erasure.malicious_allegation``."""

_KEEP = "erasure.keep_"


@dataclass(frozen=True, slots=True)
class Keeping:
    """One reason for which the law lets data be kept although a ground for erasure is met.

    Attributes:
        rule: Id of the rule in the law data.
        code: As decisions keep it and officers read it.
        plain: In words to the person, after "because".
        citation: Its provision.
        needs_basis: A lawful basis of the purpose must carry it.
    """

    rule: str
    code: str
    plain: str
    citation: str
    needs_basis: bool


def erasure_grounds(law: Law, on: dt.date) -> tuple[str, ...]:
    """The grounds that the law has on a day, in its order."""
    grounds = law.words("erasure.grounds", on)
    return (*grounds, MALICIOUS) if law.switch("erasure.malicious_allegation", on) else grounds


def keepings(law: Law, on: dt.date) -> tuple[Keeping, ...]:
    """Every reason to keep data that the law has on a day (Art 17(3)), in its order."""
    return tuple(_keeping(rule, law, on) for rule in law.rules if rule.startswith(_KEEP))


def _keeping(rule: str, law: Law, on: dt.date) -> Keeping:
    dated, table = law.dated(rule, on), law.table(rule, on)
    return Keeping(
        rule,
        str(table["code"]),
        str(table["plain"]),
        dated.citation,
        table["needs_basis"] is True,
    )


def check_keeping(code: str, kept_under: Collection[str], law: Law, *, on: dt.date) -> Keeping:
    """The reason by its code, if it can hold for data used on these bases.

    Args:
        code: The reason.
        kept_under: Provisions that the bases of the purposes carry.
        law: The law data.
        on: The day.

    Raises:
        RefusedError: ``erasure.keeping`` or ``erasure.no_basis``.
    """
    known = keepings(law, on)
    found = next((k for k in known if k.code == code), None)
    if found is None:
        raise RefusedError(
            "erasure.keeping",
            "That is no reason for which the law lets data be kept.",
            f"Choose one of: {', '.join(k.code for k in known)}.",
        )
    if found.needs_basis and found.citation not in kept_under:
        raise RefusedError(
            "erasure.no_basis",
            "Nothing that these records are used for rests on a basis that carries this reason.",
            "Choose a reason that fits the lawful basis shown, or erase the records.",
        )
    return found
