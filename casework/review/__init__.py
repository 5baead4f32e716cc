"""What reviewers look at and do: the cast, the pages with their marks, the preview.

Read models for the desk and the few actions that are not answers to a question. Everything read
here is personal data; everything written goes to the case's journal.
"""

from casework.review.cast import (
    CastPerson,
    Fact,
    cast_of,
    officials_to_weigh,
    professionals_as_proposed,
    weighed_before,
)
from casework.review.marks import (
    Marking,
    decide_mention,
    draw_box,
    mark_page_read,
    mark_text,
    mark_words,
    take_back,
)
from casework.review.messages import message_code, message_of
from casework.review.pages import (
    MarkState,
    OwnMark,
    PageLine,
    PageView,
    ProposalMark,
    page_lines,
    page_view,
)
from casework.review.pictures import page_picture, picture, preview_picture
from casework.review.request import request_document
from casework.review.shelf import Review, Shelf
from casework.review.standing import Standing, decisions_of

__all__ = [
    "CastPerson",
    "Fact",
    "MarkState",
    "Marking",
    "OwnMark",
    "PageLine",
    "PageView",
    "ProposalMark",
    "Review",
    "Shelf",
    "Standing",
    "cast_of",
    "decide_mention",
    "decisions_of",
    "draw_box",
    "mark_page_read",
    "mark_text",
    "mark_words",
    "message_code",
    "message_of",
    "officials_to_weigh",
    "page_lines",
    "page_picture",
    "page_view",
    "picture",
    "preview_picture",
    "professionals_as_proposed",
    "request_document",
    "take_back",
    "weighed_before",
]
