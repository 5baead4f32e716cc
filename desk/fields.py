"""What an answer may say beside its option: the fields of each topic's form."""

from __future__ import annotations

from dataclasses import dataclass

from casework.topics import KNOWN, MET, NOT_MET


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `kind` is 'area', 'line' or 'date'; `goes_with` are the options that need it."""

    name: str
    label: str
    kind: str = "area"
    hint: str = ""
    goes_with: tuple[str, ...] = ()


_REASON = Field("reason", "Reason", hint="Kept in the case's journal; the requester never sees it.")
_OPINION = (
    Field("by", "Health professional", "line", goes_with=(NOT_MET, MET)),
    Field("qualification", "Their qualification", "line", goes_with=(NOT_MET, MET)),
    Field("dated", "Day of the opinion", "date", goes_with=(NOT_MET, MET)),
)
FIELDS: dict[str, tuple[Field, ...]] = {
    "match": (_REASON,),
    "cast": (_REASON,),
    "passage": (_REASON,),
    "page": (_REASON,),
    "hidden": (_REASON,),
    "capitals": (),
    "clash": (_REASON,),
    "rework": (_REASON,),
    "refused": (),
    "stuck": (),
    "source": (_REASON,),
    "unreadable": (_REASON,),
    "time": (
        Field(
            "words",
            "Words of the letter",
            hint="What is unclear, or the reasons in this case. They are printed in the letter.",
        ),
    ),
    "dispatch": (
        Field("proof", "How you know", hint="A receipt, a call, a tracking number."),
        Field("sent_on", "Day it was sent", "date"),
    ),
}
HEALTH_FIELDS = (
    Field("how", "How and when the subject came to know it", goes_with=(KNOWN,)),
    *_OPINION,
)


def fields_for(topic: str, options: tuple[str, ...]) -> tuple[Field, ...]:
    """The fields of a question's form."""
    if KNOWN in options:
        return HEALTH_FIELDS
    return FIELDS.get(topic, (_REASON,))
