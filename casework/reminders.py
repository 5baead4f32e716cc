"""The deadline watch: what the council's rules say is to be said today, and to whom.

Computed from today and the store, never from the tick of a schedule: a missed day loses nothing
and a second run says nothing twice. Each reminder is delivered under a key of its own, first to
the carrier (which gives the same message the same identity) and then to the journal.
"""

from __future__ import annotations

import datetime as dt
import smtplib
from collections import Counter
from dataclasses import dataclass
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path

from casework.breaches import breach_lines
from casework.chase import chase_places
from casework.clock import clock_of
from casework.council import Rule
from casework.office import Office
from rights.case import Case
from rights.clock import Clock
from rights.errors import ConflictError
from rights.events.base import ENGINE
from rights.events.kinds import ReminderSent
from rights.failpoints import failpoint, register
from rights.release import CaseRef
from rights.workdays import add_working_days, calendar_of

register("reminders.delivered")


@dataclass(frozen=True, slots=True)
class Reminder:
    """One message to one role about one case; it names nobody."""

    ref: CaseRef
    rule: Rule
    role: str
    due: dt.date
    day: dt.date
    words: str = ""
    """What is said; by default when the case is due."""

    @property
    def key(self) -> str:
        """The same for the same reminder, whenever and however often it is computed."""
        when = self.day if self.rule.repeat else self.due
        return f"{self.ref}/{self.rule.id}/{when.isoformat()}/{self.role}"


def watch(office: Office, today: dt.date, *, dry_run: bool) -> tuple[str, ...]:
    """Send what is due to be said; returns one line for each reminder, references only."""
    lines: list[str] = []
    for case in office.cases():
        if case.opened is None:
            continue
        due = ()
        if case.closed is None:
            due = (*due_reminders(office, case, today), *opinion_reminders(office, case, today))
        more = (*breach_reminders(office, case, today), *task_reminders(office, case, today))
        for reminder in (*due, *more):
            if dry_run or _send(office, case.ref, reminder):
                lines.append(f"{case.ref}: {reminder.rule.id} to {reminder.role}")
    lines += chase_places(office, dry_run=dry_run)
    return tuple(lines)


def due_reminders(office: Office, case: Case, today: dt.date) -> tuple[Reminder, ...]:
    """Reminders of a case that stand on a day and were not sent yet.

    Of several rules that were missed together only the most urgent speaks.
    """
    clock = clock_of(office, case, today)
    rule = _standing_rule(office, clock, today)
    if rule is None or clock.due is None:
        return ()
    reminders = tuple(Reminder(case.ref, rule, role, clock.due, today) for role in rule.to)
    return tuple(r for r in reminders if r.key not in case.reminders)


def breach_reminders(office: Office, case: Case, today: dt.date) -> tuple[Reminder, ...]:
    """Reminders that something about a breach is still to be done, in closed cases as well."""
    rule = office.council.reminders.breach
    lines = tuple(breach_lines(office, case))
    if rule is None or not lines:
        return ()
    words = "\n".join(lines)
    reminders = tuple(Reminder(case.ref, rule, role, today, today, words) for role in rule.to)
    return tuple(r for r in reminders if r.key not in case.reminders)


def task_reminders(office: Office, case: Case, today: dt.date) -> tuple[Reminder, ...]:
    """Reminders of tasks that hold nothing up: a danger to tell of, consent that was asked for.

    They say how many there are and nothing of what they are about.
    """
    rules = office.council.reminders
    waiting = [q for q in case.open_questions if q.topic == "safeguarding"]
    late = [
        q
        for q in case.open_questions
        if q.topic == "agreement" and q.due_on is not None and q.due_on < today
    ]
    lost = [q for q in case.open_questions if q.id.startswith("restriction/lost/")]
    said = (
        (rules.restriction, lost, "a limit on the use of records was not honoured"),
        (rules.safeguarding, waiting, "somebody may be in danger; it is to be told today"),
        (rules.consent, late, "somebody who was asked for consent has not answered in time"),
    )
    return tuple(
        reminder
        for rule, questions, words in said
        if rule is not None and questions
        for role in rule.to
        if (
            reminder := Reminder(
                case.ref, rule, role, today, today, f"{case.ref}: {words} ({len(questions)})."
            )
        ).key
        not in case.reminders
    )


def opinion_reminders(office: Office, case: Case, today: dt.date) -> tuple[Reminder, ...]:
    """Reminders that health professionals were asked and have not answered; they name nobody."""
    rule = office.council.reminders.opinion
    if rule is None:
        return ()
    calendar = calendar_of(office.law)
    passed: Counter[dt.date] = Counter()
    for opinion in case.opinions.values():
        if opinion.given or opinion.spoiled:
            continue
        last, turn = None, add_working_days(opinion.asked.asked_on, rule.when, calendar)
        while turn <= today:
            last, turn = turn, add_working_days(turn, rule.when, calendar)
        if last is not None:
            passed[last] += 1
    reminders = (
        Reminder(
            case.ref,
            rule,
            role,
            turn,
            today,
            f"{case.ref}: a health professional who was asked has not answered yet ({count}). "
            "The date of the reply does not wait for it.",
        )
        for turn, count in sorted(passed.items())
        for role in rule.to
    )
    return tuple(r for r in reminders if r.key not in case.reminders)


def tell_now(office: Office, ref: CaseRef) -> tuple[str, ...]:
    """Send at once what cannot wait for the daily watch; a line for each role that was told."""
    case, rule = office.case(ref), office.council.reminders.safeguarding
    return tuple(
        f"{ref}: told {reminder.role}"
        for reminder in task_reminders(office, case, office.today())
        if reminder.rule == rule and _send(office, ref, reminder)
    )


def _standing_rule(office: Office, clock: Clock, today: dt.date) -> Rule | None:
    if clock.due is None:
        return None
    calendar, due = calendar_of(office.law), clock.due
    passed = [
        rule
        for rule in office.council.reminders.rules
        if today >= add_working_days(due, rule.when, calendar)
    ]
    return max(passed, key=lambda r: r.when, default=None)


def _send(office: Office, ref: CaseRef, reminder: Reminder) -> bool:
    message = _message(office, reminder)
    if office.settings.smtp_host:
        with smtplib.SMTP(office.settings.smtp_host, office.settings.smtp_port, timeout=30) as mail:
            mail.send_message(message)
    else:
        _to_folder(office.settings.reminders, message)
    failpoint("reminders.delivered")
    event = ReminderSent(
        actor=ENGINE,
        key=reminder.key,
        rule=reminder.rule.id,
        sent_on=reminder.day,
        to_role=reminder.role,
    )
    try:
        office.record(office.case(ref), [event])
    except ConflictError:
        return False  # another watch said it first; the next run looks again
    return True


def _message(office: Office, reminder: Reminder) -> EmailMessage:
    rules = office.council.reminders
    message = EmailMessage()
    message["From"] = rules.reply_to
    message["To"] = rules.addresses[reminder.role]
    message["Subject"] = reminder.rule.subject.format(reference=reminder.ref)
    message["Message-ID"] = f"<{sha256(reminder.key.encode()).hexdigest()[:32]}@rightsdesk>"
    due = f"{reminder.due.day} {reminder.due:%B %Y}"
    message.set_content(
        f"{reminder.words or f'{reminder.ref} is due on {due}.'}\n\n"
        f"Open it at the desk: {office.settings.desk_url}/cases/{reminder.ref}\n"
    )
    return message


def _to_folder(folder: Path, message: EmailMessage) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = str(message["Message-ID"]).strip("<>").split("@", maxsplit=1)[0]
    part = folder / f".{name}.part"
    part.write_bytes(message.as_bytes())
    part.rename(folder / f"{name}.eml")
