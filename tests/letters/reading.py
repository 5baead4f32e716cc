"""What the tests read back from a PDF, with another library than the one that wrote it."""

from dataclasses import dataclass
from io import BytesIO

import pikepdf
import pypdfium2


@dataclass(frozen=True)
class Ink:
    """A visible character; millimetres from the top left corner of the page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def page_texts(data, password=None):
    document = pypdfium2.PdfDocument(data, password=password)
    return [page.get_textpage().get_text_bounded() for page in document]


def flat_text(data):
    return " ".join(" ".join(page_texts(data)).split())


def ink(data, page=0):
    document = pypdfium2.PdfDocument(data)
    sheet = document[page]
    height = sheet.get_height()
    text = sheet.get_textpage()
    mm = 25.4 / 72
    found = []
    for index in range(text.count_chars()):
        character = text.get_text_range(index, 1)
        if character.strip():
            left, bottom, right, top = text.get_charbox(index)
            found.append(
                Ink(character, left * mm, (height - top) * mm, right * mm, (height - bottom) * mm)
            )
    return found


def tag_outline(data):
    """The structure tree as indented names; runs of the same line are kept."""
    lines = []

    def walk(element, depth):
        if isinstance(element, pikepdf.Array):
            for child in element:
                walk(child, depth)
        elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
            extra = " alt" if "/Alt" in element else ""
            lines.append("  " * depth + str(element.S)[1:] + extra)
            if "/K" in element:
                walk(element.K, depth + 1)

    with pikepdf.open(BytesIO(data)) as pdf:
        walk(pdf.Root.StructTreeRoot.K, 0)
    return lines
