"""Killed while a limit is set, checked or ended, and run again: the same end, each order once."""

from __future__ import annotations

from pathlib import Path

import pytest

from casework.questions import Given, answer
from casework.restrict_standing import standing
from casework.restrict_watch import check_restrictions
from casework.work import work_on
from rights.release import Right
from rights.road import Stage
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


@pytest.mark.parametrize(
    "point",
    [
        "apply.started",
        "actions.before_commit",
        "actions.after_commit",
        "apply.carried-out",
        "apply.proved",
    ],
)
def test_a_limit_is_set_once_whenever_it_is_killed(
    understood: Limiting, tmp_path: Path, point: str
):
    """Killed at any step of the order, the stage ends with one mark and one question."""
    case = again(understood, tmp_path)

    def run() -> None:
        work_on(case.office, case.ref, "worker")

    assert in_child(run, point) == "killed"
    work_on(case.office, case.ref, "worker")
    assert case.stopped() == {"8001": False, "8002": True}
    (key,) = [s.order.key for s in standing(case.case)]
    assert case.rows("SELECT STOPPED_FOR FROM CASE_NOTES WHERE ID='8002'") == [(key,)]
    kinds = [row.event.kind for row in case.office.store.read(case.ref)]
    assert kinds.count("action_started") == kinds.count("action_done") == 1
    assert [q.stage for q in case.case.open_questions if q.topic == "assess"] == [Stage.ASSESS]
    assert case.office.store.verify().passes


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
