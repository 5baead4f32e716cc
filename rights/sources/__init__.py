"""The places where the council may hold data about a person, and how each is asked.

One small protocol (`Source`), one mapping file for each place, one ledger line for each place in
each case. Knows nothing of matching: `rights.identity` reads `people` and says which keys are the
subject's; `search_sources` then fetches by those keys.
"""

from rights.sources.ledger import LedgerLine, Status
from rights.sources.load import load_sources, make_source
from rights.sources.mapping import Mapping, load_mapping
from rights.sources.model import (
    Address,
    Capability,
    Probe,
    Relation,
    SearchTerms,
    Source,
    SourceDocument,
    SourcePerson,
    SourceRecord,
    TermHit,
    TermSource,
)
from rights.sources.search import SourceResult, search_source, search_sources
from rights.sources.tripwire import compare_shapes

__all__ = [
    "Address",
    "Capability",
    "LedgerLine",
    "Mapping",
    "Probe",
    "Relation",
    "SearchTerms",
    "Source",
    "SourceDocument",
    "SourcePerson",
    "SourceRecord",
    "SourceResult",
    "Status",
    "TermHit",
    "TermSource",
    "compare_shapes",
    "load_mapping",
    "load_sources",
    "make_source",
    "search_source",
    "search_sources",
]
