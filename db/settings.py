"""The configuration, read once from the environment."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TypeAlias

PREFIX = "MIGRATION_"
ENVIRONMENTS = ("demo", "test", "production")

Environment: TypeAlias = str
Level: TypeAlias = str
Networks: TypeAlias = str
LogFormat: TypeAlias = str


@dataclass(frozen=True)
class Settings:
    """Everything an operator may set; each field is the variable `MIGRATION_<FIELD>`."""

    database_url: str = "sqlite:///var/app.db"
    """SQLite file or PostgreSQL address (SQLAlchemy URL)."""
    data_dir: Path = Path("var")
    """Where the embedded database, logs and generated files live."""
    environment: Environment = "demo"
    """demo, test or production; the sample data and demo accounts exist only in demo."""
    pool_size: int = 8
    """Database connections per process."""
    secure_cookies: bool = False
    """True behind TLS: the session cookie is then sent over HTTPS only."""
    session_idle_minutes: int = 30
    """Minutes without a click after which an officer signs in again."""
    session_absolute_hours: int = 12
    """Hours after which an officer signs in again in any case."""
    trusted_proxies: Networks = ""
    """Networks of our own proxies, such as 127.0.0.1/32: only theirs is the word on who asks."""
    oidc_issuer: str = ""
    """Identity provider for single sign-on, such as https://login.example.ge; empty = none."""
    oidc_client_id: str = ""
    """Under which name this service is registered there."""
    oidc_client_secret: str = field(default="", repr=False)
    """Its secret there; MIGRATION_PUBLIC_ADDRESS is needed too, for the way back."""
    signature_trust_anchors: str = ""
    """PEM file of authorities whose certificates count under documents; empty = the demo's own."""
    postgres_tools: str = ""
    """Directory of pg_dump and pg_restore for backups; empty = where the system finds them."""
    backup_dir: str = ""
    """Directory of backups by schedule, such as /var/backups/migration; empty = none are made."""
    backup_second_dir: str = ""
    """A second directory for a copy of each, best on another host; empty = no copy."""
    backup_key_file: str = ""
    """File with the key (64 hexadecimal digits) that encrypts backups; empty = not encrypted."""
    audit_anchor_dir: str = ""
    """Directory, best on another host, for hourly anchors of the audit chain; empty = none."""
    public_address: str = ""
    """Where anybody reaches the service, such as https://work.example.ge: printed in papers."""
    smtp_host: str = ""
    """Mail server for messages; empty = e-mail stays in the outbox, where it can be read."""
    smtp_port: int = 587
    """Port of the mail server."""
    smtp_security: str = "starttls"
    """starttls, tls (from the first byte) or none (a server on this machine only)."""
    smtp_user: str = ""
    """Account at the mail server; empty = none is asked for."""
    smtp_password: str = field(default="", repr=False)
    """Its password."""
    smtp_from: str = ""
    """Sender of e-mails, such as work@example.ge; needed where a mail server is set."""
    smtp_trust_anchors: str = ""
    """PEM file of authorities the mail server's certificate may come from; empty = the system's."""
    sms_url: str = ""
    """Address of the SMS provider or adapter (POST, JSON); empty = SMS stay in the outbox."""
    sms_token: str = field(default="", repr=False)
    """Sent to it as a bearer token."""
    sms_sender: str = ""
    """The sender that phones show."""
    message_timeout_seconds: int = 20
    """How long a mail server or an SMS provider may take for one answer."""
    field_keys_file: str = ""
    """File with the keys of encrypted fields; empty = one in the data directory, made at need."""
    log_level: Level = ""
    """debug, info, warning or error; empty = warning in demo, info elsewhere."""
    log_format: LogFormat = ""
    """json (one object a line) or text; empty = json in production, text elsewhere."""
    slow_page_ms: int = 1000
    """A screen that takes longer to draw is logged as slow."""
    metrics_token: str = field(default="", repr=False)
    """Bearer token for /metrics, 20 signs or more; empty = /metrics answers nobody."""
    least_free_disk_mb: int = 500
    """With less room on the disk of the data directory /readyz says that the app is not ready."""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read `MIGRATION_*`; an empty variable counts as not set. ValueError names a bad one."""
        values: dict[str, object] = {}
        for item in fields(cls):
            text = environ.get(PREFIX + item.name.upper(), "").strip()
            if not text:
                continue
            convert = CONVERT.get(str(item.type), str)
            try:
                values[item.name] = convert(text)
            except ValueError as error:
                name = PREFIX + item.name.upper()
                raise ValueError(f"{name} can't be {text!r}: {error}") from error
        return cls(**values)  # type: ignore[arg-type]


def metrics_directory(environ: Mapping[str, str] = os.environ) -> str:
    """Where the processes of one machine count together; read by prometheus-client itself."""
    return environ.get("PROMETHEUS_MULTIPROC_DIR", "")


def _flag(text: str) -> bool:
    if text.lower() not in {"1", "0", "true", "false", "yes", "no"}:
        raise ValueError("say true or false")
    return text.lower() in {"1", "true", "yes"}


def _networks(text: str) -> str:
    for word in text.replace(",", " ").split():
        ipaddress.ip_network(word, strict=False)
    return text


def _one_of(*allowed: str) -> Callable[[str], str]:
    def checked(text: str) -> str:
        if text.lower() not in allowed:
            raise ValueError(f"say one of: {', '.join(allowed)}")
        return text.lower()

    return checked


CONVERT: Mapping[str, Callable[[str], object]] = {
    "int": int,
    "bool": _flag,
    "Path": Path,
    "Environment": _one_of(*ENVIRONMENTS),
    "Networks": _networks,
    "Level": _one_of("debug", "info", "warning", "error"),
    "LogFormat": _one_of("json", "text"),
}
