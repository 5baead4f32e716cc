"""The grounds on which erasure may be asked for, on a day.

Law: UK GDPR Art 17(1); whether its point (g) is in force is a dated switch in the law data.
"""

from __future__ import annotations

import datetime as dt

from rights.law import Law

MALICIOUS = "an allegation by a malicious person"
"""The ground behind the switch ``erasure.malicious_allegation``."""


def erasure_grounds(law: Law, on: dt.date) -> tuple[str, ...]:
    """The grounds that the law has on a day, in its order."""
    grounds = law.words("erasure.grounds", on)
    return (*grounds, MALICIOUS) if law.switch("erasure.malicious_allegation", on) else grounds
