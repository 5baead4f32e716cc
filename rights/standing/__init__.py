"""Who may use a right, and for whom: what must be settled before anything leaves.

Pure: from the people of a request, the law and the day. Ages only ever prompt a question.
"""

from rights.standing.ages import Band, Bands, bands_of
from rights.standing.check import check_entries
from rights.standing.matter import Entry, Matter, Option, Then
from rights.standing.reckon import Facts, by_power, matters_of, outgrown
from rights.standing.settled import basis_of, by_case, outcome_of, unsettled
from rights.standing.triage import TriageOutcome, triage_outcome, triage_outcomes

__all__ = [
    "Band",
    "Bands",
    "Entry",
    "Facts",
    "Matter",
    "Option",
    "Then",
    "TriageOutcome",
    "bands_of",
    "basis_of",
    "by_case",
    "by_power",
    "check_entries",
    "matters_of",
    "outcome_of",
    "outgrown",
    "triage_outcome",
    "triage_outcomes",
    "unsettled",
]
