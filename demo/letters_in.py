"""The requests that arrive in the intake folder."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from demo.made import Made
from demo.pdfs import paragraphs, write_pdf
from demo.people import EMAIL_DOMAIN, load_data

LETTER = "requests/item-1.pdf"
EMAIL = "requests/item-2.eml"
OTHER = "requests/item-3.eml"


def write_requests(made: Made) -> None:
    """Writes the letter, the email that follows it, and somebody else's request."""
    data, day = load_data("requests"), made.story.request_date
    folder = made.out / "requests"
    folder.mkdir(parents=True, exist_ok=True)
    letter = made.teller.tell(data["letter"], day)
    texts = [p.text for p in letter.passages]
    style = "<style>p { font-size: 13pt; line-height: 1.6; margin-bottom: 12pt }</style>"
    body = style + paragraphs("", texts)
    pages = write_pdf(made.out / LETTER, "", body)
    made.document("requests", "item-1.pdf", LETTER, "Request letter", day, letter, pages=pages)
    subject = made.story.subject
    later = day + dt.timedelta(days=1)
    told = made.teller.tell(data["email"], later)
    _email(made, EMAIL, f"{subject.full} <{subject.email}>", "My file", told.text, later)
    made.document("requests", "item-2.eml", EMAIL, "My file", later, told)
    text = data["other"].format(street=made.rng.choice(load_data("places")["streets"]))
    _email(made, OTHER, "Morgan Test <morgan@post.example>", "Wrong address", text, later)


def _email(made: Made, path: str, sender: str, title: str, text: str, day: dt.date) -> None:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = f"Information Governance <information.governance@{EMAIL_DOMAIN}>"
    message["Subject"] = title
    when = dt.datetime(day.year, day.month, day.day, 19, 41, tzinfo=dt.UTC)
    message["Date"] = format_datetime(when)
    number = path[-5]
    message["Message-ID"] = f"<item{number}.{made.story.seed}@post.example>"
    message.set_content(text.strip() + "\n", cte="quoted-printable")
    (made.out / path).write_bytes(message.as_bytes(policy=SMTP))
