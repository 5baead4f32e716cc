"""A private PostgreSQL cluster: for Prefect on one desk, for the tests and for measuring.

It listens on a Unix socket in a folder of its own user only, never on the network, so it needs no
password and no free port. PostgreSQL refuses to run as root; started by root, it runs as the
`postgres` user that Debian's package makes.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from rights.errors import ConfigError

_DEBIAN = Path("/usr/lib/postgresql")
_USER = "postgres"
_LONGEST_SOCKET_FOLDER = 90
"""A Unix socket's path is at most 107 bytes; PostgreSQL adds up to 17."""
_START_SECONDS = 60
_TRUST = "local all all trust\n"


class PrivateCluster:
    """A cluster that lives below one folder.

    Args:
        folder: Made on first start. Only the cluster's user and root can enter it.
        durable: False for throw-away clusters: faster, and lost in a power cut.
    """

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.folder = folder.absolute()
        self._durable = durable
        self._as_root = os.geteuid() == 0

    def start(self) -> None:
        """Makes the cluster if it is not there and starts it. Safe when it runs already.

        Raises:
            ConfigError: PostgreSQL is not installed, the folder does not suit, or it will not
                start.
        """
        self._check_folder()
        if not (self._data / "PG_VERSION").exists():
            self._make()
        if self.is_running():
            return
        settings = f"-c listen_addresses='' -c unix_socket_directories='{self._sockets}'"
        if not self._durable:
            settings += " -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
        self._call("pg_ctl", "start", "-w", "-t", str(_START_SECONDS), "-D", str(self._data),
                   "-l", str(self.folder / "postgresql.log"), "-o", settings)  # fmt: skip

    def stop(self) -> None:
        """Stops the cluster, ending open connections. Safe when it does not run."""
        if self.is_running():
            self._call("pg_ctl", "stop", "-w", "-m", "fast", "-D", str(self._data))

    def is_running(self) -> bool:
        """Whether the cluster runs."""
        if not (self._data / "postmaster.pid").exists():
            return False
        return self._run("pg_ctl", "status", "-D", str(self._data)).returncode == 0

    def url(self, database: str, driver: str = "psycopg") -> str:
        """The SQLAlchemy URL of a database on this running cluster, made if it is not there.

        Args:
            database: Its name: small letters, digits, ``_``.
            driver: ``psycopg`` or ``asyncpg``.
        """
        self._create(database)
        host = quote(str(self._sockets))  # slashes stay: a % would trip configparser
        return f"postgresql+{driver}://{_USER}@/{database}?host={host}"

    def drop(self, database: str) -> None:
        """Removes a database, ending its connections. Safe when it is not there."""
        self._sql("-c", f"DROP DATABASE IF EXISTS {_plain(database)} WITH (FORCE)")

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def _sockets(self) -> Path:
        return self.folder / "socket"

    def _check_folder(self) -> None:
        if len(os.fsencode(self._sockets)) > _LONGEST_SOCKET_FOLDER:
            raise ConfigError(
                "cluster.path",
                "The folder for PostgreSQL has too long a path for its socket.",
                "Choose a folder nearer to the root, by RIGHTS_HOME.",
            )
        self.folder.mkdir(parents=True, exist_ok=True)

    def _make(self) -> None:
        for folder in (self.folder, self._data, self._sockets):
            folder.mkdir(mode=0o700, exist_ok=True)
            folder.chmod(0o700)
            if self._as_root:
                shutil.chown(folder, *_user_and_group())
        extra = () if self._durable else ("--no-sync",)
        self._call("initdb", "-D", str(self._data), "-U", _USER, "-A", "trust", "-E", "UTF8",
                   "--locale=C.UTF-8", *extra)  # fmt: skip
        (self._data / "pg_hba.conf").write_text(_TRUST)

    def _create(self, database: str) -> None:
        # psql -c takes no parameters; _plain lets through small letters, digits and _ only.
        wanted = f"SELECT 1 FROM pg_database WHERE datname = '{_plain(database)}'"  # noqa: S608 - as above
        if "1" not in self._sql("-tAc", wanted):
            self._sql("-c", f"CREATE DATABASE {database}")

    def _sql(self, flag: str, statement: str) -> str:
        return self._call("psql", "-h", str(self._sockets), "-U", _USER, "-d", "postgres",
                          "-X", "-q", "-v", "ON_ERROR_STOP=1", flag, statement)  # fmt: skip

    def _call(self, program: str, *arguments: str) -> str:
        done = self._run(program, *arguments)
        if done.returncode != 0:
            raise ConfigError(
                "cluster.failed",
                f"PostgreSQL's {program} failed with code {done.returncode}.",
                "See postgresql.log in its folder; a parent folder closed to the user postgres "
                "is the usual cause when root starts it.",
            )
        return done.stdout

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        user, group = _user_and_group() if self._as_root else (None, None)
        # To files and not to pipes: the server inherits them from pg_ctl and would hold a pipe
        # open for as long as it runs.
        with tempfile.TemporaryFile("w+") as out:
            done = subprocess.run(
                [_program(program), *arguments],
                cwd="/",
                user=user,
                group=group,
                extra_groups=[] if self._as_root else None,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.DEVNULL,
                env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
                check=False,
            )
            out.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, out.read(), "")


@contextmanager
def private_postgres() -> Generator[PrivateCluster]:
    """A running throw-away cluster in a folder of its own, removed afterwards.

    Raises:
        ConfigError: As `PrivateCluster.start`.
    """
    # Not below a folder that is closed to the user that PostgreSQL runs as under root.
    folder = Path(tempfile.mkdtemp(prefix="rdpg."))
    folder.chmod(0o711)
    cluster = PrivateCluster(folder / "c", durable=False)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(folder)


def _plain(database: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,62}", database):
        raise ConfigError(
            "cluster.database",
            "This cannot be the name of a database.",
            "Use small letters, digits and underscores.",
        )
    return database


def _program(name: str) -> str:
    """Path of a PostgreSQL program: of the newest Debian package, or on the search path."""
    packages = sorted(_DEBIAN.glob(f"*/bin/{name}"), key=lambda p: float(p.parts[-3]))
    found = str(packages[-1]) if packages else shutil.which(name)
    if found is None:
        raise ConfigError(
            "cluster.not_installed",
            "PostgreSQL is not installed on this machine.",
            "Run `make system` as root.",
        )
    return found


def _user_and_group() -> tuple[int, int]:
    try:
        entry = pwd.getpwnam(_USER)
    except KeyError:
        raise ConfigError(
            "cluster.user",
            "PostgreSQL does not run as root, and there is no user postgres.",
            "Run `make system` as root, or start this as another user.",
        ) from None
    return entry.pw_uid, entry.pw_gid
