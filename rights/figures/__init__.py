"""Figures of a period, counted from the events of every case: whole, or fit to be published."""

from rights.figures.count import figures
from rights.figures.facts import BreachFacts, CaseFacts, Opinion, Period, Use
from rights.figures.model import EACH_NOTIFIED, EXCEPTION, Figures
from rights.figures.sheet import HIDDEN, TOTAL, Form, Rate, Row, Sheet, Table
from rights.figures.show import sheet

__all__ = [
    "EACH_NOTIFIED",
    "EXCEPTION",
    "HIDDEN",
    "TOTAL",
    "BreachFacts",
    "CaseFacts",
    "Figures",
    "Form",
    "Opinion",
    "Period",
    "Rate",
    "Row",
    "Sheet",
    "Table",
    "Use",
    "figures",
    "sheet",
]
