"""Demo, test or production: what each shows, and with what production does not start.

A demonstration on real data, or production with the passwords of the demonstration, is the mistake
that nobody notices: so every screen names the environment, and production refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urlsplit

from sqlalchemy import func, make_url, select

from db.models import JobseekerRow, OfficerRow
from db.one_process import hold, let_go
from db.session import reading, settings
from db.settings import ENVIRONMENTS, PREFIX, Settings
from domain.exceptions import FieldProblem, InvalidInput, Refused
from domain.texts import N_, Sentence

SHORTEST_TOKEN = 20
THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
SAMPLE_IDS = "SAMPLE-%"

BANNERS: Mapping[str, str] = {
    "demo": N_("Demonstration: invented people, nothing here is real"),
    "test": N_("Test: not for real cases"),
}
"""What every screen says outside production."""
UNSAFE = N_("The app does not start in production with these settings:")


def banner() -> str | None:
    """The message that every screen carries, in English; None in production."""
    return BANNERS.get(settings().environment)


def is_production() -> bool:
    """Whether this process works with real people."""
    return settings().environment == "production"


def public_address() -> str:
    """Where people reach the service, as the operator set it; empty where it is not said."""
    return settings().public_address


def metrics_token() -> str:
    """What whoever watches the system must show; empty where nobody may."""
    return settings().metrics_token


def slow_page_ms() -> int:
    """What a screen may take before it is logged as slow."""
    return settings().slow_page_ms


def check_can_start(also: tuple[FieldProblem, ...] = ()) -> None:
    """InvalidInput that names every setting with which production must not start.

    `also` is what only the caller knows: how its server is set up.
    """
    now = settings()
    found = (*problems_of(now), *also)
    if now.environment == "production":
        found += tuple(_problems_in_database())
    if found:
        raise InvalidInput(Sentence(UNSAFE), found)


def take_database() -> None:
    """Refused where another process of the app has this production's SQLite database."""
    now = settings()
    is_sqlite = make_url(now.database_url).get_backend_name() == "sqlite"
    if now.environment == "production" and is_sqlite and not hold(now.data_dir):
        text = N_(
            "Another process of the app has this SQLite database. Several processes need "
            "PostgreSQL: set MIGRATION_DATABASE_URL."
        )
        raise Refused(text)


def give_database_back() -> None:
    """What `take_database` took, at the end of the process."""
    let_go()


def problems_of(now: Settings) -> tuple[FieldProblem, ...]:
    """What is unsafe in the settings themselves; empty outside production."""
    if now.environment not in ENVIRONMENTS:
        text = N_("Say one of: {allowed}")
        return (_problem("environment", text, allowed=", ".join(ENVIRONMENTS)),)
    if now.environment != "production":
        return ()
    return tuple(_problem(name, text) for name, is_unsafe, text in RULES if is_unsafe(now))


def _is_plain_http(now: Settings) -> bool:
    return bool(now.public_address) and urlsplit(now.public_address).scheme != "https"


def _sends_mail_in_the_open(now: Settings) -> bool:
    host = now.smtp_host
    return bool(host) and now.smtp_security == "none" and host not in THIS_MACHINE


def _sends_texts_in_the_open(now: Settings) -> bool:
    address = urlsplit(now.sms_url)
    return bool(now.sms_url) and address.scheme != "https" and address.hostname not in THIS_MACHINE


def _is_token_short(now: Settings) -> bool:
    return 0 < len(now.metrics_token) < SHORTEST_TOKEN


def _is_in_memory(now: Settings) -> bool:
    url = make_url(now.database_url)
    return url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}


RULES: tuple[tuple[str, Callable[[Settings], bool], str], ...] = (
    (
        "secure_cookies",
        lambda now: not now.secure_cookies,
        N_("Set it to true and put the app behind TLS: without it anybody on the way can sign in."),
    ),
    (
        "database_url",
        _is_in_memory,
        N_("Name a file or a server: a database in memory is gone with the process."),
    ),
    (
        "public_address",
        _is_plain_http,
        N_("It must begin with https://: people open personal links by it."),
    ),
    (
        "smtp_security",
        _sends_mail_in_the_open,
        N_("Say starttls or tls: personal links must not travel unencrypted."),
    ),
    (
        "sms_url",
        _sends_texts_in_the_open,
        N_("It must begin with https://: messages must not travel unencrypted."),
    ),
    (
        "field_keys_file",
        lambda now: not now.field_keys_file,
        N_("Name a file outside the data directory: keys beside the data protect nothing."),
    ),
    (
        "metrics_token",
        _is_token_short,
        N_("Make it 20 signs or longer, and random: it is asked over the network."),
    ),
    (
        "log_level",
        lambda now: now.log_level == "debug",
        N_("Say info: debug is for a developer's machine."),
    ),
)
"""Setting, when production refuses it, what to do."""


def _problems_in_database() -> Iterator[FieldProblem]:
    with reading() as session:
        known = session.scalar(
            select(func.count())
            .select_from(OfficerRow)
            .where(OfficerRow.is_demo, OfficerRow.disabled_at.is_(None))
        )
        sample = session.scalar(
            select(JobseekerRow.id).where(JobseekerRow.external_id.like(SAMPLE_IDS)).limit(1)
        )
    if known:
        text = N_(
            "{count} accounts of the demonstration can sign in to this database, with a password "
            "that everybody knows. Begin with an empty database."
        )
        yield _problem("database_url", text, count=known)
    if sample is not None:
        text = N_("This database holds the invented people of the sample. Begin with an empty one.")
        yield _problem("database_url", text)


def _problem(setting: str, text: str, **values: object) -> FieldProblem:
    return FieldProblem(PREFIX + setting.upper(), Sentence(text, values))
