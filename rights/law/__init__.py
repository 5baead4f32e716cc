"""The law as dated, cited data below this folder, and the one way to read it."""

from rights.law.loader import load
from rights.law.model import ComplaintRoute, DatedValue, Law, Regulator, Rule, Value

__all__ = ["ComplaintRoute", "DatedValue", "Law", "Regulator", "Rule", "Value", "load"]
