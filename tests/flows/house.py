"""A whole house as `rights up` starts it: PostgreSQL, Prefect server, worker and desk."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from casework.office import Office, open_office
from casework.settings import Settings
from tests.small_council import SmallTruth, build

_REPOSITORY = Path(__file__).resolve().parents[2]
ENDED = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}
RUN_SECONDS = 150


class Api:
    """Prefect's interface, as a browser uses it."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/api"
        self._client = httpx.Client(base_url=f"{self.url}/", timeout=30)

    def get(self, path: str) -> Any:
        return self._client.get(path).raise_for_status().json()

    def post(self, path: str, body: Any) -> Any:
        return self._client.post(path, json=body).raise_for_status().json()

    def deployments(self) -> dict[str, Any]:
        return {d["name"]: d for d in self.post("deployments/filter", {})}

    def submit(self, name: str, parameters: dict[str, Any], **more: Any) -> httpx.Response:
        """Press 'Submit' on the form of a deployment."""
        path = f"deployments/{self.deployments()[name]['id']}/create_flow_run"
        body = {"parameters": parameters, "state": {"type": "SCHEDULED"}, **more}
        return self._client.post(path, json=body)

    def run(self, name: str, parameters: dict[str, Any] | None = None, **more: Any) -> Any:
        """Fill in a form and wait for the run to end."""
        begun = self.submit(name, parameters or {}, **more).raise_for_status().json()
        return self.wait(begun["id"])

    def run_all(self, forms: list[tuple[str, dict[str, Any]]]) -> list[Any]:
        """Fill in several forms at once and wait for all runs to end."""
        begun = [self.submit(n, p).raise_for_status().json()["id"] for n, p in forms]
        return [self.wait(run) for run in begun]

    def wait(self, run: str, *kinds: str) -> Any:
        """The run once it is in one of these kinds of state, or has ended."""
        wanted, end = set(kinds) or ENDED, time.monotonic() + RUN_SECONDS
        while time.monotonic() < end:
            found = self.get(f"flow_runs/{run}")
            if found["state_type"] in wanted:
                return found
            time.sleep(0.3)
        raise AssertionError(f"{found['name']} is still {found['state_name']}")

    def runs(self, **wanted: Any) -> list[Any]:
        return self.post("flow_runs/filter", {"flow_runs": wanted, "sort": "START_TIME_ASC"})

    def quiet(self, ref: str) -> None:
        """Wait until no run of a case is under way or about to start."""
        end, calm = time.monotonic() + RUN_SECONDS, 0
        while calm < 3:
            assert time.monotonic() < end, f"{ref} does not come to rest"
            runs = self.runs(name={"like_": ref})
            calm = calm + 1 if all(r["state_type"] in ENDED for r in runs) else 0
            time.sleep(0.5)

    def logs(self, run: str) -> str:
        wanted = {"logs": {"flow_run_id": {"any_": [run]}}, "sort": "TIMESTAMP_ASC"}
        return "\n".join(line["message"] for line in self.post("logs/filter", wanted))

    def board(self, key: str) -> str:
        return self.get(f"artifacts/{key}/latest")["data"]


class House:
    """Where everything of a running house is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.temporary = folder / "tmp"
        self.council = folder / "council"
        self.truth: SmallTruth = build(self.council)
        self.port, self.desk_port = free_ports(2)
        self.api = Api(self.port)
        self.desk = f"http://127.0.0.1:{self.desk_port}"
        self.env = {
            **os.environ,
            "RIGHTS_HOME": str(self.home),
            "RIGHTS_SYSTEMS": str(self.council),
            "TMPDIR": str(self.temporary),
        }
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def office(self) -> Office:
        """The same office as the worker's, for looking into the case store."""
        return open_office(Settings(home=self.home, systems=self.council))

    def start(self) -> None:
        """`rights up`, until it says that all is there."""
        self.temporary.mkdir(exist_ok=True, mode=0o711)
        command = [sys.executable, "-m", "cli.main", "up"]
        command += ["--port", str(self.port), "--desk-port", str(self.desk_port)]
        said = self.folder / "up.out"
        with said.open("ab") as out:
            self._process = subprocess.Popen(
                command, env=self.env, cwd=_REPOSITORY, stdout=out, stderr=out
            )
        end = time.monotonic() + 180
        while "Ctrl-C" not in said.read_text():
            assert self._process.poll() is None, said.read_text()
            assert time.monotonic() < end, said.read_text()
            time.sleep(0.3)

    def stop(self) -> int:
        """Ctrl-C; the exit code."""
        assert self._process is not None
        self._process.send_signal(signal.SIGINT)
        return self._process.wait(90)

    @contextmanager
    def worker_asleep(self) -> Generator[None]:
        """The house's own worker takes no work for a while."""
        pid = int(self._processes("prefect worker start")[0])
        os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(pid, signal.SIGCONT)

    def children(self) -> list[int]:
        """Processes of this house that are there."""
        return [int(p) for p in self._processes("")]

    def _processes(self, words: str) -> list[str]:
        """Those that carry this house's folder in their environment."""
        found: list[str] = []
        marker = f"RIGHTS_HOME={self.home}".encode()
        for folder in Path("/proc").iterdir():
            if not folder.name.isdigit() or int(folder.name) == os.getpid():
                continue
            try:
                environment = (folder / "environ").read_bytes().split(b"\0")
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            if marker in environment and words in command:
                found.append(folder.name)
        return sorted(found, key=int)


def free_ports(count: int) -> tuple[int, ...]:
    """Ports that nobody listens on."""
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = tuple(int(probe.getsockname()[1]) for probe in probes)
    for probe in probes:
        probe.close()
    return ports


@contextmanager
def running_house() -> Generator[House]:
    """A house in a folder of its own, stopped and removed afterwards."""
    # Not below pytest's folder: that is closed to the user that PostgreSQL runs as under root.
    folder = Path(tempfile.mkdtemp(prefix="rdhouse."))
    folder.chmod(0o711)
    house = House(folder)
    try:
        house.start()
        yield house
        assert house.stop() == 0
        assert house.children() == []
    finally:
        shutil.rmtree(folder)
