"""What is done in a database is done once, shows when it is read anew, and touches nothing else."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from rights.errors import ConfigError, ConflictError, InputError, SourceError
from rights.sources import Mapping
from rights.sources.actions import (
    Annotate,
    Correct,
    Erase,
    Instruction,
    Lift,
    Receipt,
    Restrict,
    Suppress,
)
from rights.sources.actions.load import make_actions
from rights.sources.actions.orders import OTHERS
from tests.rights.sources.actions.place import (
    COPY,
    MAPPING,
    NOTE,
    NOW,
    SECRET_WORDS,
    Place,
    mapping,
    notes,
    now_digest,
    orders,
)
from tests.rights.store.build import in_child

KINDS = ("erase", "correct", "annotate", "restrict")


def done(place: Place, order: object, spec: Mapping | None = None) -> Receipt:
    receipt = place.actions(spec).carry_out(order, NOW)  # pyright: ignore[reportArgumentType]
    assert isinstance(receipt, Receipt)
    return receipt


@pytest.mark.parametrize("kind", KINDS)
def test_an_order_shows_when_the_source_is_read_anew(place: Place, kind: str):
    """Before the order a fresh reading does not show its effect; afterwards it does."""
    order = orders(place)[kind]
    assert not place.actions().prove(order)
    receipt = done(place, order)
    assert place.actions().prove(order)
    assert (receipt.key, receipt.act, receipt.source) == (order.key, kind, "system")
    assert receipt.before == order.expected and receipt.at == NOW
    assert receipt.after == place.actions().state(NOTE).digest
    assert not receipt.repeated and receipt.rows and receipt.adapter == "sql/1"


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_but_the_record_is_touched(place: Place, kind: str):
    """The twin's note, its tasks and every paper are as they were."""
    before = place.everything()
    done(place, orders(place)[kind])
    after = place.everything()
    assert after["PAPERS"] == before["PAPERS"] and after["files"] == before["files"]
    assert [r for r in after["NOTES"] if r[0] == 11] == [r for r in before["NOTES"] if r[0] == 11]
    assert [r for r in after["TASKS"] if r[0] == 11] == [r for r in before["TASKS"] if r[0] == 11]


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_order_again_changes_nothing_and_says_so(place: Place, kind: str):
    """A second time the receipt tells the same, that it is a repetition, and nothing moves."""
    order = orders(place)[kind]
    first = done(place, order)
    there = place.everything()
    again = done(place, order)
    assert place.everything() == there
    assert again.repeated and not again.rows
    assert again.after == first.after
    assert kind == "restrict" or again.before == first.before


@pytest.mark.parametrize("kind", KINDS)
def test_a_rehearsal_says_what_would_be_and_does_nothing(place: Place, kind: str):
    """A dry run counts the same rows, and the database and the files are as before."""
    before = place.everything()
    order = orders(place)[kind]
    told = place.actions().rehearse(order, NOW)
    assert place.everything() == before
    assert told == done(place, order)


@pytest.mark.parametrize("kind", ["erase", "correct", "annotate"])
def test_a_record_that_changed_since_the_decision_is_left_alone(place: Place, kind: str):
    """Somebody wrote in the record in the meantime: nothing is done, and a person looks again."""
    order = orders(place)[kind]
    place.run("UPDATE NOTES SET NOTE = 'Added later' WHERE ID = 10")
    before = place.everything()
    with pytest.raises(ConflictError, match=r"sources\.record_changed"):
        place.actions().carry_out(order, NOW)
    assert place.everything() == before


def test_what_the_system_changes_by_itself_is_no_change(place: Place):
    """A column named under `ignore`, and a restriction, leave the decision standing."""
    order = orders(place)["erase"]
    place.run("UPDATE NOTES SET CHANGED_ON = 'b' WHERE ID = 10")
    done(place, Restrict(key="RES-9/1", record=NOTE, expected=order.expected))
    assert done(place, order).rows == 3


@pytest.mark.parametrize("kind", ["correct", "annotate", "restrict", "lift"])
def test_a_record_that_is_gone_is_said_to_be_gone(place: Place, kind: str):
    """What cannot be corrected, annotated, restricted or lifted any more is never called done."""
    made = orders(place)
    done(place, made["erase"])
    with pytest.raises(ConflictError, match=r"sources\.record_gone"):
        place.actions().carry_out(made[kind], NOW)
    assert not place.actions().prove(made[kind])


# Erasure


def test_erasing_takes_what_hangs_on_the_record(place: Place):
    """Tasks and statements of the note go with it, and are counted."""
    done(place, orders(place)["annotate"])
    receipt = done(place, orders(place)["erase"])
    assert receipt.rows == 1 + 2 + 1
    assert place.ask("SELECT COUNT(*) FROM TASKS WHERE NOTE_ID = 10") == [(0,)]
    assert place.ask("SELECT COUNT(*) FROM STATEMENTS") == [(0,)]


def test_what_was_left_behind_is_no_erasure(place: Place):
    """A record deleted by hand whose tasks stay is not proved erased until they go too."""
    order = orders(place)["erase"]
    place.run("DELETE FROM NOTES WHERE ID = 10")
    assert place.actions().state(NOTE).left == 2
    assert not place.actions().prove(order)
    receipt = done(place, order)
    assert receipt.rows == 2 and not receipt.repeated
    assert place.actions().prove(order)


def test_erased_words_do_not_stay_in_the_file_of_the_database(small: Place):
    """SQLite overwrites what it deletes: the words are in no byte of the file."""
    path = small.base / "case.sqlite"
    assert SECRET_WORDS.encode() in path.read_bytes()
    done(small, orders(small)["erase"])
    assert SECRET_WORDS.encode() not in path.read_bytes()
    assert [p.name for p in small.base.glob("case.sqlite-*")] == []


def paper(place: Place, number: int) -> Erase:
    record = f"papers:{number}"
    return Erase(key=f"ERA-2/{number}", record=record, expected=now_digest(place, record))


def test_the_file_of_a_paper_goes_with_its_row(place: Place):
    """The row and the file are gone; a rehearsal counts the file and leaves it."""
    order = paper(place, 1)
    told = place.actions().rehearse(order, NOW)
    assert isinstance(told, Receipt) and told.files == 1
    assert (place.base / "files" / "a.txt").exists()
    assert done(place, order).files == 1
    assert not (place.base / "files" / "a.txt").exists()


def test_a_file_that_another_record_lists_stays_until_the_last_one_goes(place: Place):
    """A paper shared with the twin is not deleted with one of its two rows."""
    receipt = done(place, paper(place, 2))
    assert (receipt.files, receipt.kept) == (0, 1)
    assert (place.base / "files" / "b.txt").exists()
    assert done(place, paper(place, 3)).files == 1
    assert not (place.base / "files" / "b.txt").exists()


def test_a_file_outside_the_folder_is_never_touched(place: Place):
    """A name that climbs out of the folder stops the order; row and file stay."""
    order = paper(place, 4)
    before = place.everything()
    with pytest.raises(SourceError, match=r"sources\.file_outside"):
        place.actions().carry_out(order, NOW)
    assert place.everything() == before
    assert (place.base / "out.txt").read_text() == "not ours"


def test_a_record_with_a_date_that_is_none_is_erased_like_any_other(small: Place):
    """SQLite keeps any text in a column of dates; nobody's record is out of reach for that."""
    small.run("UPDATE NOTES SET DAY = 'early May' WHERE ID = 10")
    order = orders(small)["erase"]
    assert small.actions().state(NOTE).values["day"] == "early May"
    assert done(small, order).rows == 3
    assert small.actions().prove(order)


# Correction


def test_a_correction_is_chained_on_the_one_before(place: Place):
    """A second correction is decided upon the record as the first one left it."""
    first = done(place, orders(place)["correct"])
    old = Correct(key="REC-1/3", record=NOTE, expected=first.before, values=(("SCORE", "4"),))
    with pytest.raises(ConflictError):
        place.actions().carry_out(old, NOW)
    done(place, Correct(key="REC-1/3", record=NOTE, expected=first.after, values=(("SCORE", "4"),)))
    assert place.ask("SELECT TITLE, SCORE FROM NOTES WHERE ID = 10") == [("Call", 4)]
    assert place.actions().state(NOTE).values["day"] == "2020-05-08"


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("PID", "2", "sources.not_declared"),
        ("STOPPED", "Y", "sources.not_declared"),
        ("SCORE", "many", "sources.value_unfit"),
        ("DAY", "soon", "sources.value_unfit"),
    ],
)
def test_only_declared_columns_take_values_that_fit(
    place: Place, column: str, value: str, code: str
):
    """A column that may not be corrected, or a value it cannot hold, is refused whole."""
    before = place.everything()
    order = Correct(
        key="REC-1/4",
        record=NOTE,
        expected=now_digest(place),
        values=(("TITLE", "Call"), (column, value)),
    )
    with pytest.raises(InputError) as caught:
        place.actions().carry_out(order, NOW)
    assert caught.value.code == code
    assert place.everything() == before


# Notes


def test_a_note_carries_who_when_and_why(place: Place):
    """The statement stands beside the record with its author, its day and the key."""
    done(place, orders(place)["annotate"])
    (row,) = place.ask("SELECT NOTE_ID, PID, WORDS, WHO, ORDER_KEY, KIND FROM STATEMENTS")
    assert row == (10, 1, "I do not agree.", "the person", "REC-1/2", "statement")
    (added,) = place.ask("SELECT ADDED FROM STATEMENTS")
    assert str(added[0]).startswith("2026-11-22 09:30")
    assert place.actions().state(NOTE).notes == ("I do not agree.",)


def test_without_a_column_for_keys_the_same_words_are_the_same_note(place: Place):
    """A system that keeps no key of ours still gets each note once."""
    annotate = dict(MAPPING["actions"]["tables"][0]["annotate"])
    del annotate["key"]
    spec = notes(annotate=annotate)
    order = orders(place)["annotate"]
    assert not done(place, order, spec).repeated
    assert done(place, order, spec).repeated
    other = Annotate(key="REC-1/9", record=NOTE, expected=order.expected, text="Nor I.", by="B")
    assert not done(place, other, spec).repeated
    assert len(place.actions().state(NOTE).notes) == 2


# Restriction


def test_lifting_one_restriction_leaves_the_other(place: Place):
    """Two reasons stand; the record is free only when both are lifted."""
    told = now_digest(place)
    one = Restrict(key="RES-1/1", record=NOTE, expected=told)
    two = Restrict(key="OBJ-7/1", record=NOTE, expected=told)
    done(place, one)
    done(place, two)
    first = Lift(key="RES-1/2", record=NOTE, expected=told, restriction="RES-1/1")
    done(place, first)
    state = place.actions().state(NOTE)
    assert state.restricted and state.restrictions == ("OBJ-7/1",)
    assert place.actions().prove(first) and place.actions().prove(two)
    assert not place.actions().prove(one)
    done(place, Lift(key="OBJ-7/2", record=NOTE, expected=told, restriction="OBJ-7/1"))
    assert not place.actions().state(NOTE).restricted


def test_a_mark_that_was_there_before_stays(place: Place):
    """What the system's own people restricted is not freed by lifting ours."""
    place.run("UPDATE NOTES SET STOPPED = 'Y' WHERE ID = 10")
    made = orders(place)
    done(place, made["restrict"])
    assert place.actions().state(NOTE).restrictions == (OTHERS, "RES-1/1")
    done(place, made["lift"])
    state = place.actions().state(NOTE)
    assert state.restricted and state.restrictions == (OTHERS,)
    assert done(place, made["lift"]).repeated
    done(place, Lift(key="X", record=NOTE, expected="", restriction=OTHERS))
    assert place.actions().state(NOTE).restricted


def test_a_mark_taken_away_by_hand_is_seen_and_set_again(place: Place):
    """The daily reading finds that a restriction is not honoured; the same order restores it."""
    order = orders(place)["restrict"]
    done(place, order)
    place.run("UPDATE NOTES SET STOPPED = 'N' WHERE ID = 10")
    assert not place.actions().prove(order)
    assert not done(place, order).repeated
    assert place.actions().prove(order)


def test_without_a_column_for_keys_the_mark_alone_is_set_and_taken_away(place: Place):
    """A system with only a flag is restricted and lifted by it."""
    spec = notes(restrict={"column": "STOPPED", "on": "1", "off": "0"})
    made = orders(place)
    done(place, made["restrict"], spec)
    assert place.ask("SELECT STOPPED, STOP_KEYS FROM NOTES WHERE ID = 10") == [("1", None)]
    assert place.actions(spec).prove(made["restrict"])
    assert done(place, made["restrict"], spec).repeated
    done(place, made["lift"], spec)
    assert place.actions(spec).prove(made["lift"])


# Suppression


def test_who_is_not_to_be_written_to_is_listed_once(place: Place):
    """Each address stands on the system's own list once, whatever its case."""
    order = Suppress(
        key="OBJ-1/1", values=(("email", "Amy@Example.org"), ("phone", "01632 960999"))
    )
    assert not place.actions().prove(order)
    assert done(place, order).rows == 2
    assert place.actions().prove(order)
    again = Suppress(key="OBJ-1/2", values=(("email", "amy@example.ORG"),))
    assert done(place, again).repeated
    rows = place.ask("SELECT EMAIL, PHONE, ORDER_KEY, REASON FROM DO_NOT_WRITE ORDER BY PHONE")
    assert sorted(rows, key=repr) == sorted(
        [
            ("Amy@Example.org", None, "OBJ-1/1", "asked"),
            (None, "01632 960999", "OBJ-1/1", "asked"),
        ],
        key=repr,
    )


# Two at once, and a process that dies


@pytest.mark.parametrize("kind", [*KINDS, "suppress"])
def test_two_workers_at_once_take_effect_once(place: Place, kind: str):
    """The same order by several workers at the same time is done by one of them."""
    made = {**orders(place), "suppress": Suppress(key="S/1", values=(("email", "a@b.example"),))}
    receipts: list[Receipt] = []
    workers = [
        threading.Thread(target=lambda: receipts.append(done(place, made[kind]))) for _ in range(4)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [receipt.repeated for receipt in receipts].count(False) == 1
    assert len(receipts) == 4
    assert place.actions().prove(made[kind])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("where", ["actions.before_commit", "actions.after_commit"])
def test_killed_in_the_middle_the_same_order_ends_the_same(small: Place, kind: str, where: str):
    """Killed before the end nothing is done, after it all; given again it ends the same."""
    order = orders(small)[kind]
    before = small.everything()
    assert in_child(lambda: done(small, order), where) == "killed"
    if where == "actions.before_commit":
        assert small.everything() == before
        assert not small.actions().prove(order)
    else:
        assert small.actions().prove(order)
    receipt = done(small, order)
    assert receipt.repeated == (where == "actions.after_commit")
    assert small.actions().prove(order)
    settled = small.everything()
    done(small, order)
    assert small.everything() == settled


def test_killed_between_file_and_row_the_row_still_names_the_file(small: Place):
    """The file goes first: a row without a file is found again, a file without a row never."""
    order = paper(small, 1)
    assert in_child(lambda: done(small, order), "actions.file_removed") == "killed"
    assert small.ask("SELECT COUNT(*) FROM PAPERS WHERE ID = 1") == [(1,)]
    assert not (small.base / "files" / "a.txt").exists()
    assert not small.actions().prove(order)
    assert done(small, order).rows == 1
    assert small.actions().prove(order)


# What may not be done


@pytest.mark.parametrize("kind", [*KINDS, "lift"])
def test_without_an_address_to_write_a_person_is_told(place: Place, kind: str):
    """The right to read never grows into a right to write."""
    actions = make_actions(mapping(), place.base, {"system": place.read_url})
    order = orders(place)[kind]
    before = place.everything()
    told = actions.carry_out(order, NOW)
    assert isinstance(told, Instruction) and told.to == "Systems team"
    assert not actions.able(order)
    assert place.everything() == before


def test_the_reading_address_of_sqlite_cannot_write(small: Place):
    """A read-only address given for writing fails and changes nothing."""
    actions = make_actions(
        mapping(), small.base, {"system": small.read_url}, {"system": small.read_url}
    )
    with pytest.raises(SourceError, match=r"sources\.action_failed"):
        actions.carry_out(orders(small)["erase"], NOW)
    assert small.actions().state(NOTE).present


@pytest.mark.parametrize("what", ["erase", "correct", "restrict", "annotate"])
def test_what_a_table_does_not_declare_is_done_by_hand(place: Place, what: str):
    """Nothing is done that the mapping does not say."""
    spec = notes(**{what: [] if what == "correct" else None})
    told = place.actions(spec).carry_out(orders(place)[what], NOW)
    assert isinstance(told, Instruction)
    assert "does not declare" in told.why


def test_a_table_that_is_not_declared_is_done_by_hand_and_not_read(place: Place):
    """A record of another table ends in an instruction, and cannot be read back."""
    order = Erase(key="E/1", record="tasks:1", expected="")
    assert isinstance(place.actions().carry_out(order, NOW), Instruction)
    with pytest.raises(InputError, match=r"sources\.not_declared"):
        place.actions().state("tasks:1")
    spec = mapping(suppress=None)
    assert isinstance(
        place.actions(spec).carry_out(Suppress(key="S/1", values=(("email", "a"),)), NOW),
        Instruction,
    )


def test_a_row_that_others_hang_on_is_not_half_erased(place: Place):
    """Where the database itself refuses, nothing is done and no value is in the error."""
    place.run(
        "CREATE TABLE HELD (NOTE_ID INTEGER REFERENCES NOTES (ID))", "INSERT INTO HELD VALUES (10)"
    )
    before = place.everything()
    with pytest.raises(SourceError, match=r"IntegrityError") as caught:
        place.actions().carry_out(orders(place)["erase"], NOW)
    assert SECRET_WORDS not in str(caught.value)
    assert place.everything() == before


def test_an_id_that_names_two_rows_stops_everything(place: Place):
    """A column that is no id must never delete a second row."""
    loose = {"table": "tasks", "id": "NOTE_ID", "erase": {}}
    spec = mapping(tables=[loose])
    with pytest.raises(ConfigError, match=r"sources\.id_not_unique"):
        place.actions(spec).carry_out(Erase(key="E/1", record="tasks:10", expected=""), NOW)
    assert place.ask("SELECT COUNT(*) FROM TASKS") == [(3,)]


def test_actions_name_rows_as_searches_do(tmp_path: Path):
    """An id other than the search's would miss the record: the mapping is refused."""
    with pytest.raises(ConfigError, match=r"sources\.actions_id"):
        make_actions(notes(id="PID"), tmp_path)
    without = MAPPING["records"][0] | {"id": None}
    spec = Mapping.model_validate({**MAPPING, "records": [without]})
    with pytest.raises(ConfigError, match=r"sources\.actions_id"):
        make_actions(spec, tmp_path)


@pytest.mark.parametrize("change", ["ALTER TABLE NOTES RENAME COLUMN STOPPED TO HALTED",
                                    "ALTER TABLE STATEMENTS RENAME TO REMARKS"])  # fmt: skip
def test_a_source_that_lost_its_shape_stops_loudly(place: Place, change: str):
    """A column or table that was renamed is named, and nothing is done."""
    made = orders(place)
    place.run(change)
    before = place.ask("SELECT ID, NOTE FROM NOTES ORDER BY ID")
    with pytest.raises(SourceError, match=r"sources\.(column|table)_missing"):
        place.actions().carry_out(made["restrict" if "HALTED" in change else "annotate"], NOW)
    assert place.ask("SELECT ID, NOTE FROM NOTES ORDER BY ID") == before


@pytest.mark.parametrize("key", ["", "a b", OTHERS, "a\n"])
def test_a_key_that_cannot_be_kept_is_refused(key: str):
    """Keys are kept beside each other in one column, so they hold no space."""
    with pytest.raises(InputError, match=r"sources\.action_key"):
        Erase(key=key, record=COPY, expected="")


def test_receipts_and_orders_show_no_personal_data(place: Place):
    """What is printed of an order, a receipt or a state holds no word of the record."""
    order = Correct(
        key="REC-1/1",
        record=NOTE,
        expected=now_digest(place),
        values=(("NOTE", "Aardvark"),),
        find_by=(("Name", "Amy Khan"),),
    )
    shown = f"{order!r} {place.actions().state(NOTE)!r} {done(place, order)!r}"
    for word in ("Aardvark", "Amy", "Quagmire", "zebra"):
        assert word not in shown
