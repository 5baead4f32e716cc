"""Invented children's-services case files with the truth of every mention, for measuring finders.

Names, sentences and styles come from the YAML files here, which the finders never read. The same
seed gives the same case.
"""

from benchmarks.casefiles.generate import CaseFile, Paper, make_case
from benchmarks.casefiles.truth import Kind, Truth

__all__ = ["CaseFile", "Kind", "Paper", "Truth", "make_case"]
