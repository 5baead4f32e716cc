"""What the off-site store sends back: a typed card that was scanned in, and a recording."""

from __future__ import annotations

import math
import wave
from pathlib import Path

from demo.made import Made
from demo.pdfs import paragraphs, write_pdf
from demo.people import load_data

FOLDER = "returned/paper_files/as found"
"""Becomes the folder of the case once it has a reference."""
_RATE = 8_000  # samples a second, as telephones record


def write_paper(made: Made) -> None:
    """Both, as copies that wait for a case."""
    card = load_data("paper")["card"]
    day = made.story.at(card["age"])
    told = made.teller.tell(card["text"], day)
    file = f"{FOLDER}/card.pdf"
    write_pdf(made.out / file, "", paragraphs(card["title"], [p.text for p in told.passages]))
    made.document("paper_files", "card.pdf", file, card["title"], day, told, pages=1)
    _hum(made.out / FOLDER / "bedtime tape.wav")


def _hum(path: Path) -> None:
    """Two seconds of a tone: nobody's voice."""
    samples = (round(90 * math.sin(n / 9)) + 128 for n in range(2 * _RATE))
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(1)
        out.setframerate(_RATE)
        out.writeframes(bytes(samples))
