"""Whatever order writers come in, the journal stays whole."""

from __future__ import annotations

from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rights.errors import ConflictError
from rights.release import CaseRef, Right
from rights.store import CaseStore
from tests.rights.store.build import opened, people

ITEMS = count()
STEPS = st.lists(
    st.tuples(
        st.integers(0, 2),  # the writer
        st.integers(0, 1),  # the case
        st.sampled_from(["read", "append", "append two"]),
        st.text(max_size=12),
    ),
    max_size=25,
)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_any_interleaving_keeps_the_journal_whole(
    store: CaseStore, steps: list[tuple[int, int, str, str]]
) -> None:
    """Writers with readings old and new: exactly the up-to-date ones write, and all verifies."""
    cases = [store.open_case(Right.ACCESS, 2026, item=f"p{next(ITEMS)}") for _ in range(2)]
    seen: dict[tuple[int, int], int] = {}
    expected: dict[CaseRef, list[str]] = {case: [] for case in cases}
    for writer, which, what, value in steps:
        case = cases[which]
        if what == "read":
            seen[writer, which] = store.head(case)
            continue
        values = [value] * (2 if what == "append two" else 1)
        before = seen.get((writer, which), 0)
        try:
            after = store.append(case, [people(v) for v in values], expected_seq=before)
        except ConflictError:
            assert before != len(expected[case])
        else:
            assert before == len(expected[case])
            expected[case] += values
            seen[writer, which] = after
    for case in cases:
        events = store.read(case)
        assert [r.event for r in events] == [people(v) for v in expected[case]]
        assert [r.seq for r in events] == list(range(1, len(events) + 1))
    assert store.verify().passes


def test_equal_values_look_different(store: CaseStore, case: CaseRef) -> None:
    """The same name sealed twice gives two ciphertexts, so that rows cannot be compared."""
    store.append(case, [opened(), people("Ann"), people("Ann")], expected_seq=0)
    with store._database.read() as session:
        from rights.store.tables import EventRow

        bodies = {session.get_one(EventRow, (case, seq)).body for seq in (2, 3)}
    assert len(bodies) == 2
