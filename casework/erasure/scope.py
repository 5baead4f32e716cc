"""What a request for erasure is about: each record held, with what speaks for and against it.

Copies of one file are records of their own here: erasing one leaves the other. The entry in a
system's list of people is one more, which goes last.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from casework.collect import about_of, document_id, every_document
from casework.judged import confirmed_keys
from casework.letters import people_of
from casework.office import Office, Work
from rights.case import Case
from rights.errors import InputError, SourceError
from rights.register import Erasure, RecordDates, erasure_stands, retention_of, rule_for
from rights.sources import Capability, load_mapping
from rights.sources.mapping import Mapping

ENTRY = "entry"
"""Place of the entry in a system's list of people, after the stroke."""
_NOT_READ_BACK = frozenset({"sources.not_read_back", "sources.not_declared"})


@dataclass(frozen=True, slots=True)
class Held:
    """One record or file in the scope of an erasure.

    Attributes:
        document: Its id in the case.
        source: Name of the source.
        item: Its id there, as orders take it.
        place: "source/table", or "source".
        title: As the source has it; personal data.
        dated: Its day.
        key: Key of the person it was found under; personal data.
        digest: Of its content now; '' where only people can read it back.
        until: First day on which the schedule lets it go; None when that cannot be said.
        working: How that day was counted.
    """

    document: str
    source: str
    item: str
    place: str
    title: str
    dated: dt.date | None
    key: str
    digest: str
    until: dt.date | None
    working: str

    @property
    def is_entry(self) -> bool:
        """Whether it is the entry in a list of people."""
        return self.place.endswith(f"/{ENTRY}")


@dataclass(frozen=True, slots=True)
class Group:
    """Records of one place: the same service, purposes and rule of keeping.

    Attributes:
        place: "source/table", or "source".
        title: The source as the council calls it.
        what: What the records are called ("Case note").
        stands: What stands for and against keeping, purpose by purpose.
        rule: The rule of keeping as the person reads it; '' where there is none.
    """

    place: str
    title: str
    what: str
    stands: tuple[Erasure, ...]
    rule: str
    records: tuple[Held, ...]

    @property
    def id(self) -> str:
        """Stable while the records are the same and have the same content."""
        marks = "|".join(f"{r.document}:{r.digest}" for r in self.records)
        return f"{self.place.replace('/', '.')}/{sha256(marks.encode()).hexdigest()[:12]}"

    @property
    def kept_under(self) -> frozenset[str]:
        """Provisions that the bases of its purposes carry for keeping."""
        return frozenset(p for stand in self.stands for p in stand.kept_under)


def groups(work: Work) -> tuple[Group, ...]:
    """Everything in scope as it is now, by place, entries in lists of people last.

    Raises:
        SourceError: a source does not answer.
    """
    found: dict[str, list[Held]] = {}
    for held in _held(work):
        found.setdefault(held.place, []).append(held)
    order = sorted(found, key=lambda place: (place.endswith(f"/{ENTRY}"), place))
    known = mappings(work.office)
    return tuple(_group(work.office, known, place, found[place]) for place in order)


def mappings(office: Office) -> dict[str, Mapping]:
    """The mapping of each source by its name."""
    folder = office.settings.council / "sources"
    return {m.name: m for m in (load_mapping(path) for path in sorted(folder.glob("*.yaml")))}


def what_is_there(known: dict[str, Mapping], place: str) -> str:
    """What the records of a place are called, in words that say nothing of the person."""
    source, _, table = place.partition("/")
    if table == ENTRY:
        return "Entry in the list of people"
    for spec in known[source].records if source in known else ():
        if spec.table == table:
            return spec.label or "Record"
    if source in known and known[source].kind == "mailbox":
        return "Message"
    return "Record" if source in known and known[source].records and not table else "Document"


def place_facts(place: str) -> str:
    """The place as the register knows it; an entry in a list of people belongs to its source."""
    return place.removesuffix(f"/{ENTRY}")


def _group(office: Office, known: dict[str, Mapping], place: str, records: list[Held]) -> Group:
    register, source = office.council.register, place.partition("/")[0]
    rule = rule_for(register, place_facts(place))
    return Group(
        place=place,
        title=next((s.title for s in office.sources if s.name == source), source),
        what=what_is_there(known, place),
        stands=erasure_stands(register, {place_facts(place)}, office.law, on=office.today()),
        rule=rule.text if rule else "",
        records=tuple(sorted(records, key=lambda r: (r.dated or dt.date.min, r.document))),
    )


def _held(work: Work) -> Iterator[Held]:
    known = mappings(work.office)
    tables: set[tuple[str, str]] = set()
    last: dict[str, dt.date] = {}
    for document in every_document(work):
        collected = work.case.documents[document]
        about = about_of(collected)
        if about.get("parent"):
            continue  # it goes with the file it is in
        place = _place(known, collected.source, about["item"])
        tables.add((collected.source, place.partition("/")[2]))
        if collected.dated:
            last[collected.source] = max(last.get(collected.source, dt.date.min), collected.dated)
        yield _one(
            work,
            Held(
                document,
                collected.source,
                about["item"],
                place,
                about["title"],
                collected.dated,
                about["key"],
                "",
                None,
                "",
            ),
            collected.dated,
        )
    for held in _entries(work, known, tables):
        yield _one(work, held, last.get(held.source))


def _entries(work: Work, known: dict[str, Mapping], tables: set[tuple[str, str]]) -> Iterator[Held]:
    """Entries in lists of people, where the list is not a record that was found anyway."""
    keys = confirmed_keys(work)
    for source in work.office.sources:
        people = known[source.name].people
        if people is None or Capability.PEOPLE not in source.capabilities:
            continue
        if (source.name, people.table) in tables:
            continue
        for key in sorted(keys.get(source.name, frozenset())):
            item = f"{people.table}:{key}"
            yield Held(
                document_id(source.name, item),
                source.name,
                item,
                f"{source.name}/{ENTRY}",
                "Entry in the list of people",
                None,
                key,
                "",
                None,
                "",
            )


def _one(work: Work, held: Held, last_entry: dt.date | None) -> Held:
    register = work.office.council.register
    rule = rule_for(register, place_facts(held.place))
    digest = _digest(work.office, held)
    if rule is None:
        words = "No rule of keeping is known for it, so nothing says how long it is needed."
        return replace(held, digest=digest, working=words)
    kept = retention_of(register, rule.id, _dates(work.case, last_entry))
    return replace(held, digest=digest, until=kept.until, working=kept.working)


def _dates(case: Case, last_entry: dt.date | None) -> RecordDates:
    people = people_of(case)
    died = people.subject.died_on
    return RecordDates(
        born=people.subject.date_of_birth,
        died=died,
        lived=died is None and people.requester == "self",
        last_entry=last_entry,
    )


def _digest(office: Office, held: Held) -> str:
    try:
        return office.actions[held.source].state(held.item).digest
    except (SourceError, InputError) as error:
        if error.code in _NOT_READ_BACK:
            return ""
        raise


def _place(known: dict[str, Mapping], source: str, item: str) -> str:
    table, mapping = item.partition(":")[0], known[source]
    tables = {spec.table for spec in (*mapping.records, *mapping.documents)}
    return f"{source}/{table}" if table in tables else source


def find_by(work: Work, held: Held) -> tuple[tuple[str, str], ...]:
    """What helps a person to find the record by hand; personal data."""
    people = people_of(work.case)
    name = people.subject.names[0]
    found = [("Person", f"{name.forenames} {name.surname}".strip()), ("Title", held.title)]
    if people.subject.date_of_birth:
        found.append(("Born", people.subject.date_of_birth.isoformat()))
    if held.dated:
        found.append(("Date", held.dated.isoformat()))
    return tuple(found)


def passed(records: Iterable[Held], on: dt.date) -> bool:
    """Whether the schedule lets any of these go already."""
    return any(r.until is not None and r.until <= on for r in records)
