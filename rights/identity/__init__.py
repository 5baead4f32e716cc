"""Telling one person's records from those of siblings, twins, parents and namesakes.

Build an index from the sources, search it with everything known about the person, put matches and
doubtful records before a human with their explanation, search again with what was confirmed.
"""

from rights.identity.build import IndexReport, build_index, update_index, update_people
from rights.identity.explain import as_svg, as_text
from rights.identity.guards import Guard
from rights.identity.index import Index, open_index
from rights.identity.normalise import Query
from rights.identity.score import Bar
from rights.identity.search import (
    Band,
    Candidate,
    Rejected,
    SearchResult,
    Settings,
    search,
    search_norm,
)

__all__ = [
    "Band",
    "Bar",
    "Candidate",
    "Guard",
    "Index",
    "IndexReport",
    "Query",
    "Rejected",
    "SearchResult",
    "Settings",
    "as_svg",
    "as_text",
    "build_index",
    "open_index",
    "search",
    "search_norm",
    "update_index",
    "update_people",
]
