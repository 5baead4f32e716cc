"""A folder that is swept, an environment that says nothing, and processes without a network."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from types import TracebackType

_ROOT = Path(__file__).resolve().parents[2]
_NOWHERE = "http://127.0.0.1:9"


@cache
def closed_network() -> tuple[str, ...]:
    """The command prefix that takes the network away, or nothing where the kernel forbids it."""
    for prefix in (("unshare", "--net"), ("unshare", "--map-root-user", "--net")):
        try:
            tried = subprocess.run([*prefix, "true"], capture_output=True, check=False)
        except OSError:
            return ()
        if tried.returncode == 0:
            return prefix
    return ()


class Sandbox:
    """A place for one batch of conversions; nothing of it is left afterwards."""

    def __init__(self, scratch: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="read-", dir=scratch))
        for name in ("home", "tmp"):
            (self.folder / name).mkdir(mode=0o700)

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        if self.folder.exists():
            # A process that was just killed may have written once more.
            shutil.rmtree(self.folder)

    @property
    def network(self) -> str:
        """How the network is kept away, for the list of tools."""
        return "no network (unshare)" if closed_network() else "no network (fetchers blocked)"

    def environment(self) -> dict[str, str]:
        """Nothing of the caller's environment: no secrets, no home, no proxies that work."""
        home = str(self.folder / "home")
        return {
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "HOME": home,
            "XDG_CACHE_HOME": home,
            "XDG_CONFIG_HOME": home,
            "XDG_RUNTIME_DIR": home,
            "TMPDIR": str(self.folder / "tmp"),
            "LANG": "C.UTF-8",
            "TZ": "Europe/London",
            "OMP_THREAD_LIMIT": "1",
            "SOURCE_DATE_EPOCH": "0",
            "PYTHONPATH": str(_ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONHASHSEED": "0",
            "http_proxy": _NOWHERE,
            "https_proxy": _NOWHERE,
            "ftp_proxy": _NOWHERE,
        }

    def start_reader(self) -> subprocess.Popen[bytes]:
        """A reader process, waiting for its limits on standard input."""
        return subprocess.Popen(
            [*closed_network(), sys.executable, "-P", "-m", "redaction.formats.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=self.environment(),
            cwd=self.folder,
            start_new_session=True,
        )

    def start(self, command: list[str], memory_mb: int) -> subprocess.Popen[bytes]:
        """An outside program with bounded memory, mute and in a process group of its own."""
        limited = ["prlimit", f"--as={memory_mb << 20}", "--core=0", *closed_network(), *command]
        return subprocess.Popen(
            limited,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=self.environment(),
            cwd=self.folder,
            start_new_session=True,
        )
