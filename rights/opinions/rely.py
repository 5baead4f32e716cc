"""On which days an opinion of a given day may be relied on."""

from __future__ import annotations

import datetime as dt

from rights.clock import health_opinion_earliest
from rights.law import Law

_ONE_DAY = dt.timedelta(days=1)


def may_be_relied_on(dated: dt.date, on: dt.date, law: Law) -> bool:
    """Whether an opinion of that day may be relied on on this one.

    Law: DPA 2018 Sch 3 paras 5(4) and 6(4). An opinion of a later day than its use does not count.
    """
    return health_opinion_earliest(on, law) <= dated <= on


def last_day_of_reliance(dated: dt.date, law: Law) -> dt.date:
    """The last day on which an opinion of that day may be relied on.

    Law: DPA 2018 Sch 3 paras 5(4) and 6(4).
    """
    day = dated
    for stride in _STRIDES:
        while may_be_relied_on(dated, day + stride, law):
            day += stride
    return day


_STRIDES = (_ONE_DAY * 32, _ONE_DAY * 4, _ONE_DAY)
"""How the last day is looked for; any will do, because the days of reliance have no gap."""
