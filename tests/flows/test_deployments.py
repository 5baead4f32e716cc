"""What officers start in the Prefect UI, through a real server and worker."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from prefect.settings import PREFECT_API_URL, temporary_settings

from casework import intake
from casework.receive import Receipt, receive
from flows.desk_hours import FORM
from flows.next_stage import start
from flows.reaper import reap
from rights.events import Attested
from rights.release import CaseRef, Right
from tests.flows.house import House

pytestmark = [pytest.mark.system, pytest.mark.xdist_group("prefect"), pytest.mark.timeout(600)]

NAMES = [
    "1 Receive a request",
    "2 Record something that arrived",
    "3 Pause or extend the time",
    "4 Work on a case",
    "6 Something has gone wrong",
    "Deadline watch",
    "Sweep",
]
UGLY = ("Traceback", "pydantic", "ValidationError", "jsonschema")


def received(house: House, **more: Any) -> dict[str, Any]:
    """The form '1 Receive a request' as an officer fills it in."""
    return {
        "date_received": (house.office.today() - dt.timedelta(days=3)).isoformat(),
        "item": "spoken",
        "channel": "phone",
        "received_by": "Customer services",
        **more,
    }


@pytest.fixture(scope="module")
def spoken(house: House) -> CaseRef:
    """A case that a phone call began."""
    run = house.api.run("1 Receive a request", received(house))
    assert run["state_type"] == "COMPLETED", run["state"]["message"]
    ref = house.office.known(run["state"]["message"].splitlines()[0].removeprefix("Reference: "))
    house.api.quiet(ref)
    return ref


def test_deployments_and_forms_read_as_officers_speak(house: House) -> None:
    """The list has the names; each field has a title, a description and a place."""
    deployments = house.api.deployments()
    assert sorted(deployments) == NAMES
    for deployment in deployments.values():
        fields = deployment["parameter_openapi_schema"]["properties"]
        for name, field in fields.items():
            assert field["title"] != name
            assert field["description"]
        places = sorted(field["position"] for field in fields.values())
        assert places == list(range(1, len(fields) + 1))
    form = deployments["1 Receive a request"]
    assert "date_received" in form["parameter_openapi_schema"]["required"]
    assert "date_received" not in form["parameters"]
    assert form["parameter_openapi_schema"]["properties"]["date_received"]["format"] == "date"


def test_an_item_becomes_a_case_under_a_code(house: House) -> None:
    """An item in the intake folder is listed without its name, received once, and taken away."""
    there = house.office.settings.intake / "Complaint of Marigold Quayle.txt"
    there.write_text("Please send me my records.\n")
    (item,) = intake.items(there.parent)
    house.api.run("Sweep")
    assert item.code in house.api.board("intake-list")
    form = received(house, item=item.code, channel="letter")
    run = house.api.run("1 Receive a request", form)
    reference, what, following = run["state"]["message"].splitlines()
    ref = reference.removeprefix("Reference: ")
    assert what.startswith(f"{ref}: access, due ")
    assert f"/cases/{ref}" in following
    assert not there.exists()
    boards = [house.api.board(k) for k in ("case-board", "deadline-board", "intake-list")]
    assert f"[open]({house.desk}/cases/{ref})" in boards[0]
    assert ref in boards[1]
    assert not any(name in board for board in boards for name in ("Quayle", "Marigold"))
    case = house.office.case(ref)
    assert case.received_on == house.office.today() - dt.timedelta(days=3)
    assert case.opened is not None
    assert case.opened.actor.attested is Attested.PREFECT


def test_the_form_refuses_words_in_the_wrong_place(house: House) -> None:
    """A name typed where a date, a code or a reference belongs starts no run."""
    before = len(house.api.runs())
    for wrong in ({"date_received": "Marigold"}, {"item": "Marigold"}, {"channel": "pigeon"}):
        assert house.api.submit("1 Receive a request", received(house, **wrong)).status_code == 409
    missing = received(house)
    del missing["date_received"]
    assert house.api.submit("1 Receive a request", missing).status_code == 409
    assert house.api.submit("4 Work on a case", {"reference": "Quayle"}).status_code == 409
    assert len(house.api.runs()) == before


def test_wrong_input_gets_a_plain_answer(house: House) -> None:
    """What the form cannot know is answered in words, and nothing is written."""
    before = house.office.store.cases()
    wrong = {
        "form.day": {"date_received": "2026-02-30"},
        "receive.future": {"date_received": "2999-01-01"},
        "intake.unknown_item": {"item": "ZZZZ", "channel": "letter"},
    }
    forms = [("1 Receive a request", received(house, **more)) for more in wrong.values()]
    for code, run in zip(wrong, house.api.run_all(forms), strict=True):
        assert run["state_type"] == "FAILED"
        assert run["state"]["message"].startswith("Nothing was changed. ")
        assert f"[{code}]" in run["state"]["message"]
        assert not any(word in run["state"]["message"] + house.api.logs(run["id"]) for word in UGLY)
    assert house.office.store.cases() == before


def test_a_slip_in_the_reference_hits_no_other_case(house: House, spoken: CaseRef) -> None:
    """Two digits swapped do not fit the last letter; the case is untouched."""
    head = house.office.store.head(spoken)
    slip = spoken.replace("-0", "-1", 1)
    today = house.office.today().isoformat()
    forms = [
        ("2 Record something that arrived", {"what": "something else", "arrived_on": today}),
        ("4 Work on a case", {}),
    ]
    for run in house.api.run_all([(name, {"reference": slip, **more}) for name, more in forms]):
        assert run["state_type"] == "FAILED"
        assert run["state"]["message"].startswith("Nothing was changed. The last letter")
    assert house.office.store.head(spoken) == head


def test_arrivals_pauses_and_extensions_go_by_the_law(house: House, spoken: CaseRef) -> None:
    """Each answers first with what the case is; what the law forbids changes nothing."""
    today = house.office.today().isoformat()
    arrival = {"reference": spoken.lower(), "arrived_on": today}
    longer = {"reference": spoken, "change": "extend: the request is complex"}
    arrived = "2 Record something that arrived"
    extend = "3 Pause or extend the time"
    head = house.office.store.head(spoken)
    refused = [
        (arrived, {**arrival, "what": "identity evidence"}),
        (extend, {**longer, "on_day": "2020-01-01"}),
    ]
    for run in house.api.run_all(refused):
        said = run["state"]["message"].splitlines()
        assert said[0].startswith(f"{spoken}: access, due ")
        assert said[-1].startswith("Nothing was changed. ")
    assert house.office.store.head(spoken) == head
    run = house.api.run(arrived, {**arrival, "what": "something else"})
    assert f"Recorded. Now: {spoken}" in run["state"]["message"]
    run = house.api.run(extend, {**longer, "on_day": today})
    assert "write the words of the letter" in run["state"]["message"]
    assert [q.topic for q in house.office.case(spoken).open_questions].count("time") == 1


def test_the_deadline_watch_reminds_once(house: House, spoken: CaseRef) -> None:
    """Only showing sends nothing; a day can be given; twice says nothing twice."""
    folder = house.office.settings.reminders
    case = house.office.case(spoken)
    assert case.received_on is not None
    near = (case.received_on + dt.timedelta(days=27)).isoformat()
    run = house.api.run("Deadline watch", {"dry_run": True, "today": near})
    shown = run["state"]["message"]
    assert "would be sent" in shown
    assert spoken in shown
    assert not list(folder.glob("*"))
    run = house.api.run("Deadline watch", {"today": near})
    assert spoken in run["state"]["message"]
    sent = sorted(p.name for p in folder.iterdir())
    assert sent
    run = house.api.run("Deadline watch", {"today": near})
    assert run["state"]["message"] == "0 reminder(s) sent."
    assert sorted(p.name for p in folder.iterdir()) == sent


def test_the_sweep_finds_lost_work_and_stuck_runs(house: House) -> None:
    """A step that nobody started is started; a run that never began is put back."""
    office = house.office
    ref = office.known(lost_case(house))
    with temporary_settings({PREFECT_API_URL: house.api.url}), house.worker_asleep():
        assert start(office, ref) == "started"
        assert start(office, ref) == "started"
        (run,) = house.api.runs(name={"like_": ref})
        body = {"state": {"type": "PENDING"}, "force": True}
        house.api.post(f"flow_runs/{run['id']}/set_state", body)
        assert start(office, ref) is None
        later = office.clock() + dt.timedelta(hours=1)
        assert "A run that never began was put back." in reap(later)
    assert house.api.wait(run["id"])["state_type"] == "COMPLETED"
    second = office.known(lost_case(house))
    house.api.run("Sweep")
    house.api.quiet(second)
    assert [q.topic for q in office.case(second).open_questions] == ["people"]


def lost_case(house: House) -> str:
    """A case in the store that no flow run knows of."""
    number = len(house.office.store.cases())
    receipt = Receipt(
        Right.ACCESS, "phone", house.office.today(), "Legal", False, run=f"test-{number}"
    )
    return receive(house.office, receipt, FORM)


def test_no_command_and_no_setting_can_be_slipped_in(house: House, spoken: CaseRef) -> None:
    """Job variables typed under 'Additional options' are without effect."""
    trace = house.folder / "trace"
    slipped = {
        "command": f"touch {trace}",
        "env": {"RIGHTS_HOME": str(trace), "PYTHONPATH": str(trace)},
        "working_dir": str(house.folder),
    }
    form = {"reference": spoken}
    run = house.api.run("4 Work on a case", form, job_variables=slipped)
    assert run["state_type"] == "COMPLETED", run["state"]["message"]
    assert spoken in run["state"]["message"]
    assert not trace.exists()


def test_something_has_gone_wrong_stops_a_case(house: House, spoken: CaseRef) -> None:
    """The minute is kept, nothing goes on, the manager is told without a name, once."""
    now = house.office.clock().astimezone(house.office.zone) - dt.timedelta(minutes=61)
    form = {
        "reference": spoken,
        "kind": "lost parcel",
        "aware_on": now.date().isoformat(),
        "aware_time": f"{now:%H:%M}",
    }
    runs = house.api.run_all([("6 Something has gone wrong", form)] * 2)
    assert {run["state_type"] for run in runs} == {"COMPLETED"}
    said = "\n".join(run["state"]["message"] for run in runs)
    assert f"/cases/{spoken}/emergency" in said
    assert said.count("told safeguarding") == 1
    case = house.office.case(spoken)
    ((noted, _),) = case.breaches.values()
    assert noted.found_at == now.replace(second=0, microsecond=0)
    assert case.frozen is not None and noted.actor.attested is Attested.PREFECT
    assert start(house.office, spoken) is None
    for wrong in ({"aware_time": "25:00"}, {"kind": "Marigold"}):
        refused = house.api.submit("6 Something has gone wrong", {**form, **wrong})
        assert refused.status_code == 409
