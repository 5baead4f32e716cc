"""Killed while a limit is checked, and run again: set again once, and asked about once."""

from __future__ import annotations

from pathlib import Path

import pytest

from casework.questions import Given, answer
from casework.restriction.watch import check_restrictions
from casework.work import work_on
from rights.release import Right
from tests.casework.limiting import Limiting, again, limiting
from tests.casework.test_objection import PUBLIC, objects
from tests.rights.store.build import in_child
from tests.small_office import STAFF


@pytest.fixture(scope="module")
def understood(tmp_path_factory: pytest.TempPathFactory) -> Limiting:
    """An objection that an officer has understood; its use is not limited yet."""
    case = limiting(tmp_path_factory.mktemp("understood"), Right.OBJECTION, {})
    case.walk("assess")
    question = case.open("assess")
    value, details = objects(PUBLIC)(question)
    answer(case.office, case.ref, Given(question.id, value, details), STAFF["officer1"])
    return case


@pytest.mark.parametrize("point", ["restrictions.checked", "restrictions.set-again"])
def test_a_lost_mark_is_set_again_whenever_the_watch_is_killed(
    understood: Limiting, tmp_path: Path, point: str
):
    """The next watch sets what the killed one did not, and asks once."""
    case = again(understood, tmp_path)
    work_on(case.office, case.ref, "worker")
    case.run("UPDATE CASE_NOTES SET PROCESSING_STOPPED='N', STOPPED_FOR=NULL WHERE ID='8002'")

    def run() -> None:
        check_restrictions(case.office, case.office.today(), dry_run=False)

    assert in_child(run, point) == "killed"
    run()
    assert case.stopped()["8002"]
    assert [c.honoured for c in case.case.restrictions.values()] == [True]
    asked = [q for q in case.case.questions if q.startswith("restriction/lost/")]
    assert len(asked) == 1
