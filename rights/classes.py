"""The class of a passage: whose rules it stands under, in the order of the statute.

Law: DPA 2018 Sch 3 paras 2, 7, 13 to 17 and s.205. Data concerning health come first, wherever they
stand; else education data, when they stand in an educational record; else they are social work
data. That a school's report in the council's own file is no educational record is our reading: a
source is one only where the council's mapping says so.
"""

from __future__ import annotations

from enum import StrEnum

from rights.release import FactKind


class RecordKind(StrEnum):
    """What kind of record a source holds."""

    HEALTH = "health record"
    EDUCATION = "educational record"
    SOCIAL_WORK = "social work record"


class DataClass(StrEnum):
    """Whose rules a passage stands under."""

    HEALTH = "health"
    EDUCATION = "education"
    SOCIAL_WORK = "social work"


HARM = {
    DataClass.HEALTH: "HEALTH-HARM",
    DataClass.EDUCATION: "ED-HARM",
    DataClass.SOCIAL_WORK: "SW-HARM",
}
"""The ground of serious harm of each class: a passage has one of them and never another's."""


def classify(kind: FactKind, record: RecordKind) -> DataClass:
    """The class of a passage.

    Args:
        kind: The kind of fact it holds.
        record: The kind of record it stands in.
    """
    if kind is FactKind.HEALTH:
        return DataClass.HEALTH
    if record is RecordKind.EDUCATION:
        return DataClass.EDUCATION
    return DataClass.SOCIAL_WORK


def ground_for(code: str, data: DataClass) -> str:
    """The ground as it is called for that class: serious harm has one name for each."""
    return HARM[data] if code in HARM.values() else code
