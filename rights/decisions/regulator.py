"""Whether the Commissioner's contact details may still be printed in a letter.

Law: UK GDPR Art 12(4): a letter that refuses or limits names the route to the Commissioner; a
route with an address that nobody has checked is no route. How long a check holds is policy.
"""

from __future__ import annotations

import datetime as dt

from rights.law import Law

CONTACT = "regulator contact"
"""The matter under which the DPO decides to use details that are not verified."""


def contact_expired(law: Law, *, on: dt.date) -> bool:
    """Whether nobody has confirmed the details within the time that policy allows."""
    verified = law.regulator(on).last_verified
    if verified is None:
        return True
    return (on - verified).days > law.number("regulator.verified_within", on)
