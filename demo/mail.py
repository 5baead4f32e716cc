"""The team's mailbox: threads with quoted replies, a Bcc, an attachment, and other people's."""

from __future__ import annotations

import datetime as dt
import mailbox
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any

from demo.made import Made
from demo.office import WordFile
from demo.people import EMAIL_DOMAIN, Someone, load_data
from demo.prose import Told
from demo.strangers import Stranger
from demo.truth import TruthHidden, TruthMention, TruthPassage
from rights.release import FactKind

PATH = "mail/team.mbox"


@dataclass(frozen=True, slots=True)
class _Sent:
    message_id: str
    told: Told
    intro: str


def write_mail(made: Made, strangers: tuple[Stranger, ...]) -> None:
    """Writes the mailbox and notes each message about the family."""
    path = made.out / PATH
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    data = load_data("mail")
    sent: dict[str, _Sent] = {}
    messages: list[EmailMessage] = []
    for number, entry in enumerate(data["messages"]):
        messages.append(_message(made, entry, number, sent))
    messages += _noise(made, data["noise"], strangers)
    messages.sort(key=lambda m: m["Date"].datetime)
    box = mailbox.mbox(path)
    for message in messages:
        line = mailbox.mboxMessage(message.as_bytes(policy=SMTP.clone(linesep="\n")))
        line.set_from("saltmarsh", message["Date"].datetime.timetuple())
        box.add(line)
    box.close()


def _message(
    made: Made, entry: dict[str, Any], number: int, sent: dict[str, _Sent]
) -> EmailMessage:
    day = made.story.at(entry["age"])
    when = dt.datetime(day.year, day.month, day.day, 9 + number % 8, 7 * number % 60,
                       tzinfo=dt.UTC)  # fmt: skip
    people = made.story.people
    subject = made.teller.passage(entry["subject"], day)
    body = made.teller.tell(entry["text"], day)
    message = EmailMessage()
    message["From"] = _address(people[entry["from"]])
    passages = [_head("From: ", [people[entry["from"]]])]
    hidden: list[TruthHidden] = []
    for field in ("to", "cc", "bcc"):
        readers = [people[key] for key in entry.get(field, ())]
        if readers:
            message[field.title()] = ", ".join(_address(p) for p in readers)
            passages.append(_head(f"{field.title()}: ", readers))
        if field == "bcc":
            hidden += [TruthHidden("bcc", p.email, p.key) for p in readers]
    message["Subject"] = subject.text
    message["Date"] = format_datetime(when)
    message_id = f"<{entry['id']}.{made.story.seed}@{EMAIL_DOMAIN}>"
    message["Message-ID"] = message_id
    text = body.text
    passages += [subject, *body.passages]
    if earlier := sent.get(entry.get("reply", "")):
        message["In-Reply-To"] = earlier.message_id
        message["References"] = earlier.message_id
        quoted = [_quote(p) for p in earlier.told.passages]
        text += f"\n\n{earlier.intro}\n" + "\n>\n".join(p.text for p in quoted)
        passages += quoted
    message.set_content(text + "\n", cte="quoted-printable")
    if entry.get("attach") == "log":
        _attach_log(made, message, message_id, day)
    sender = people[entry["from"]]
    sent[entry["id"]] = _Sent(message_id, body, f"On {day:%d/%m/%Y} {sender.full} wrote:")
    made.document(
        "mail", message_id, PATH, subject.text, day, Told(tuple(passages)), hidden=tuple(hidden)
    )
    return message


def _address(person: Someone) -> str:
    return f"{person.full} <{person.email}>".replace("’", "'")


def _head(label: str, people: list[Someone]) -> TruthPassage:
    text, mentions = label, list[TruthMention]()
    for index, person in enumerate(people):
        text += ", " if index else ""
        for kind, style, words in (
            (FactKind.NAME, "full", person.full),
            (FactKind.CONTACT, "email", person.email),
        ):
            mentions.append(
                TruthMention(
                    person.key,
                    words,
                    len(text),
                    style,
                    kind.value,
                    person.treatment[kind.value],
                    person.outcome[kind.value] == "disclose",
                )
            )
            text += f"{words} <" if style == "full" else f"{words}>"
    return TruthPassage(text, tuple(p.key for p in people), (), tuple(mentions))


def _quote(passage: TruthPassage) -> TruthPassage:
    moved = tuple(
        TruthMention(m.person, m.text, m.start + 2, m.style, m.kind, m.treatment, m.disclosable)
        for m in passage.mentions
    )
    return TruthPassage(f"> {passage.text}", passage.about, (*passage.special, "quoted"), moved)


def _attach_log(made: Made, message: EmailMessage, message_id: str, day: dt.date) -> None:
    bank = load_data("notes")["banks"]["log"]
    ssw = made.story.people["ssw"]
    file = WordFile("Carers' log", ssw.full, "Saltmarsh Fostering")
    told = made.teller.tell("\n".join(made.rng.sample(bank, 9)), day)
    for index, passage in enumerate(told.passages):
        file.paragraph(f"{day + dt.timedelta(days=index - 9):%d/%m/%Y}")
        file.paragraph(passage.text)
    path = made.out / "mail" / "attachment.docx"
    file.save(path)
    message.add_attachment(
        path.read_bytes(), maintype="application",
        subtype="vnd.openxmlformats-officedocument.wordprocessingml.document",
        filename="Carers log.docx",
    )  # fmt: skip
    path.unlink()
    message.set_boundary(f"=_log_{made.story.seed}")
    made.document(
        "mail", f"{message_id}#Carers log.docx", PATH, "Carers' log", day, told,
        hidden=(TruthHidden("metadata", ssw.full, "ssw"),),
    )  # fmt: skip


def _noise(made: Made, lines: list[str], strangers: tuple[Stranger, ...]) -> list[EmailMessage]:
    messages: list[EmailMessage] = []
    sw2 = made.story.people["sw2"]
    texts = [
        *lines,
        *(
            f"Visit to {s.forename} {s.surname} moved to Tuesday."
            for s in (strangers[0], strangers[3], strangers[12], strangers[30])
        ),
    ]
    for number, text in enumerate(texts):
        message = EmailMessage()
        day = made.story.at(11 + number * 0.4)
        message["From"] = _address(sw2)
        message["To"] = f"Children in Care Team <cic@{EMAIL_DOMAIN}>"
        message["Subject"] = text.split(" ", 2)[0] + " update"
        message["Date"] = format_datetime(dt.datetime(day.year, day.month, day.day, 8,
                                                      tzinfo=dt.UTC))  # fmt: skip
        message["Message-ID"] = f"<n{number}.{made.story.seed}@{EMAIL_DOMAIN}>"
        message.set_content(text + "\n", cte="quoted-printable")
        messages.append(message)
    return messages
