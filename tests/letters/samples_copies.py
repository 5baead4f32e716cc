"""Made-up letters about further copies of an answer."""

import datetime as dt

from letters.further_copy import FurtherCopy


def copying(routes, **common):
    """Each way that the letter about another copy can look."""
    asked = {"received": dt.date(2026, 11, 20), "sent_before": dt.date(2026, 9, 3)}
    return {
        "further_copy": FurtherCopy(
            **common, **asked, how_sent="It comes by post. You sign for it."
        ),
        "further_copy-fee": FurtherCopy(
            **common,
            **asked,
            pence=850,
            basis="Printing and posting 85 pages costs us 10 pence a page.",
            citation="Article 15(3) of the UK GDPR",
            due=dt.date(2026, 12, 21),
            routes=routes,
        ),
    }
