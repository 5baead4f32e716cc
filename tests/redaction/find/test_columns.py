"""Values that only the heading of their column explains."""

from redaction.document import Box, Page, Word
from redaction.find.columns import under_headings


def test_cells_of_separated_text_are_read_by_their_headings():
    """A bare year below DOB and a number below a client id are found, quoted commas and all."""
    text = (
        'client_id,worker,"dob",note\r\n8841022,"Lee, Karen",2012,x\r\n12,K,c. 1951,call 2019\r\n'
    )
    page = Page(1, 0, 0, text, ())
    found = [(i.sort, text[i.start : i.end]) for i in under_headings(page)]
    assert sorted(found) == [("case_ref", "8841022"), ("dob", "2012"), ("dob", "c. 1951")]


def test_head_of_a_table_may_stand_below_a_title():
    """A sort code and an account below their headings are found, sums and dates are not."""
    text = (
        "Payments 2024, all\n\nPayee\tSort\tAccount\tAmount\tDate\n"
        "A Moss\t07-04-36\t11820374\t£42.50\t18/11/2017\nTotal\t\t\t£42.50\t\n"
    )
    found = [text[i.start : i.end] for i in under_headings(Page(1, 0, 0, text, ()))]
    assert found == ["07-04-36", "11820374"]


def test_cells_on_a_page_are_read_by_where_they_stand():
    """What stands below the heading, whatever other cells are empty."""
    rows = [
        [(10, "Name"), (100, "DOB"), (200, "Town")],
        [(10, "Amy"), (100, "2012")],
        [(200, "2013")],
    ]
    text, words = "", []
    for number, row in enumerate(rows):
        for left, said in row:
            box = Box(left, 20 * number, left + 5 * len(said), 20 * number + 10)
            words.append(Word(said, box, len(text)))
            text += said + " "
    found = list(under_headings(Page(1, 595, 842, text, tuple(words))))
    assert [(i.sort, i.value) for i in found] == [("dob", "2012")]


def test_prose_has_no_columns():
    """A text that is no table gives nothing."""
    assert not list(under_headings(Page(1, 0, 0, "DOB is not known.\nIn 2012 they moved.", ())))
