"""The whole table, and what else there is to cover beside the outcomes of the law data."""

from __future__ import annotations

from tests.walk import rows_answers, rows_any, rows_changing, rows_limiting
from tests.walk.walker import Row

ROWS: tuple[Row, ...] = (
    *rows_limiting.ROWS,
    *rows_changing.ROWS,
    *rows_answers.ROWS,
    *rows_any.ROWS,
)
TURNS = frozenset(
    {
        "withdrawn",
        "lapsed",
        "merged as a duplicate",
        "not a data request",
        "reopened",
        "staged release",
        "supplementary release after an opinion",
        "fee",
        "extension",
    }
)
"""What may happen to a request beside the outcomes of its right; each is walked by some row."""
RECIPIENTS = {"each": "each notified", "not each": "exception recorded"}
"""How the recipients of a row end -> the outcome of the right that they are told (Art 19)."""
ELSEWHERE = {
    "identity_request": "tests/casework/test_letter_words.py::"
    "test_proof_restarts_the_time_when_it_comes",
    "progress": "tests/casework/test_progress.py::test_a_progress_letter_says_how_far_we_are",
    "consent_request": "tests/casework/test_thirdparty.py::"
    "test_a_letter_is_made_and_nothing_waits_for_the_answer",
    "erasure_certificate": "tests/casework/test_erase.py::"
    "test_an_access_request_stands_in_the_way_and_the_answer_is_in_time",
    "source_chase": "tests/letters/test_sets.py::"
    "test_those_who_are_told_or_asked_take_no_words_of_ours",
    "further_copy": "tests/casework/test_copies.py::"
    "test_a_further_copy_for_a_fee_goes_once_it_is_paid_and_is_the_same_to_the_byte",
    "sheet": "tests/letters/test_render.py::test_every_sheet_is_pdf_ua",
}
"""Templates that no row produces, each with the test of casework that does."""
