"""After an upgrade of the program or its law: every open case is proposed anew, once."""

from __future__ import annotations

from casework.office import Office
from casework.upgrades import was_upgraded
from casework.work import run_stage
from rights.case import Case
from rights.errors import ConflictError
from rights.road import Stage, is_refused


def renew(office: Office, *, dry_run: bool = False) -> tuple[str, ...]:
    """Propose anew in every open case that an older version proposed in; one line for each.

    A case whose part in hand is sealed waits until that part was sent or taken back.
    """
    lines: list[str] = []
    for case in office.cases():
        if not _may_be_renewed(case) or not was_upgraded(case, office.law.version):
            continue
        before = len(case.open_questions)
        if dry_run:
            lines.append(f"{case.ref}: would be proposed anew by the present version")
            continue
        try:
            after = run_stage(office, case.ref, Stage.PROPOSE, "renew")
        except ConflictError:
            continue  # somebody is at work on it; the next watch looks again
        more = len(after.open_questions) - before
        lines.append(f"{case.ref}: proposed anew by the present version, {more} more to answer")
    return tuple(lines)


def _may_be_renewed(case: Case) -> bool:
    part = case.part
    sealed = part is not None and part.seal is not None and part.sent_on is None
    return case.closed is None and case.frozen is None and not sealed and not is_refused(case)
