"""Every setting in one typed place, read from the environment (``RIGHTS_...``) once at the edge."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

REPOSITORY = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Where everything is. The defaults make a one-desk installation below `var/`."""

    model_config = SettingsConfigDict(env_prefix="RIGHTS_", extra="ignore", frozen=True)

    home: Path = Field(
        default=REPOSITORY / "var", description="Folder for everything that is written."
    )
    store_url: str = Field(default="", description="Database of the case store; empty for SQLite.")
    vault_folder: Path | None = Field(default=None, description="Encrypted case files.")
    keys_folder: Path | None = Field(
        default=None, description="Wrapped case keys, apart from the data."
    )
    master_key_file: Path | None = Field(default=None, description="The master key.")
    anchors_folder: Path | None = Field(default=None, description="Signed case heads.")
    council: Path = Field(default=REPOSITORY / "council", description="The council's own data.")
    systems: Path | None = Field(
        default=None, description="What locations in the source mappings rest on."
    )
    source_urls: dict[str, str] = Field(
        default_factory=dict[str, str],
        description="Database address of each SQL source by its name, as JSON; holds passwords.",
    )
    source_write_urls: dict[str, str] = Field(
        default_factory=dict[str, str],
        description="Database address that may write, of each SQL source that is acted on.",
    )
    intake_folder: Path | None = Field(default=None, description="Where requests are dropped.")
    outbox_folder: Path | None = Field(
        default=None, description="Where the folder delivery puts things."
    )
    reminders_folder: Path | None = Field(
        default=None, description="Where reminders go without SMTP."
    )
    desk_url: str = Field(
        default="http://127.0.0.1:4281", description="Where officers reach the desk."
    )
    smtp_host: str = Field(
        default="", description="Mail relay for reminders; empty for the folder."
    )
    smtp_port: int = 25
    answers_smtp_host: str = Field(
        default="", description="Mail server for answers, where the council sends them by email."
    )
    answers_smtp_port: int = 587
    answers_smtp_user: str = Field(default="", description="Sign-in at that mail server, if any.")
    answers_smtp_password_file: Path | None = Field(
        default=None, description="File with the password of that sign-in."
    )
    answers_smtp_tls: bool = Field(
        default=True, description="Off only for a mail server on this machine."
    )
    notify_url: str = Field(
        default="https://api.notifications.service.gov.uk",
        description="Where GOV.UK Notify answers.",
    )
    notify_key_file: Path | None = Field(
        default=None, description="File with the API key of the council's service at Notify."
    )
    notify_email_template: str = Field(
        default="", description="Id of the email template at Notify."
    )
    transfer_command: tuple[str, ...] = Field(
        default=(),
        description="Command that takes a locked pack and prints a link, as a JSON list.",
    )
    transfer_seconds: float = Field(
        default=600, gt=0, description="Seconds the transfer command may take."
    )
    finders: dict[str, str] = Field(
        default_factory=dict[str, str],
        description="Optional finders by name, each with the folder of its model, as JSON.",
    )
    workers: int = Field(default=2, ge=1, description="Processes for page work.")
    verify_thorough: bool = Field(
        default=False,
        description="Before a part is sealed, read every page again by OCR, not only scans.",
    )

    @property
    def database(self) -> str:
        """URL of the case store."""
        return self.store_url or f"sqlite:///{self.home / 'store' / 'cases.sqlite'}"

    @property
    def vault(self) -> Path:
        """Folder of encrypted case files."""
        return self.vault_folder or self.home / "vault"

    @property
    def keys(self) -> Path:
        """Folder of wrapped case keys."""
        return self.keys_folder or self.home / "keys"

    @property
    def master_key(self) -> Path:
        """File of the master key."""
        return self.master_key_file or self.home / "secret" / "master.key"

    @property
    def anchors(self) -> Path:
        """Folder of signed case heads."""
        return self.anchors_folder or self.home / "anchors"

    @property
    def base(self) -> Path:
        """What relative locations in the source mappings are resolved against."""
        return self.systems or self.home / "systems"

    @property
    def intake(self) -> Path:
        """Where requests are dropped."""
        return self.intake_folder or self.home / "intake"

    @property
    def outbox(self) -> Path:
        """Where the folder delivery puts things."""
        return self.outbox_folder or self.home / "outbox"

    @property
    def reminders(self) -> Path:
        """Where reminders go when no mail relay is set."""
        return self.reminders_folder or self.home / "reminders"

    @property
    def shapes(self) -> Path:
        """Where the accepted shape of each source is kept: names of columns, never a value."""
        return self.home / "shapes"

    @property
    def sendings(self) -> Path:
        """Where begun and confirmed sendings are kept: hashes, times and links."""
        return self.home / "sendings"

    @property
    def scratch(self) -> Path:
        """Where clear working copies live for the length of one job."""
        return self.home / "scratch"
