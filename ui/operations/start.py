"""What is looked at before the first request is answered."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from urllib.parse import urlsplit

import streamlit.logger
from streamlit import config
from streamlit.config_option import ConfigOption

from domain.exceptions import FieldProblem, InvalidInput, LabourMigrationError
from domain.texts import N_, Sentence
from services.operations import environment, logs

log = logging.getLogger("start")

COOKIE_SECRET = "STREAMLIT_SERVER_COOKIE_SECRET"  # noqa: S105 - the variable's name
ALLOWED_HOSTS = "STREAMLIT_SERVER_ALLOWED_HOSTS"
SHORTEST_SECRET = 32


def write_logs() -> None:
    """Let the app, its server and Streamlit write one kind of line."""
    handler = logs.configure()

    def ours(logger: logging.Logger) -> None:
        logger.handlers[:] = [handler]

    # Streamlit gives each of its loggers a handler, also those of modules that it imports later.
    streamlit.logger.setup_formatter = ours


def check_server() -> None:
    """End the process with a sentence for each reason why production must not start like this."""
    try:
        of_server = tuple(_problems_of_server()) if environment.is_production() else ()
        environment.check_can_start(of_server)
        environment.take_database()
    except LabourMigrationError as refused:
        lines = [str(refused)]
        if isinstance(refused, InvalidInput):
            lines += [f"{one.field}: {one.sentence}" for one in refused.problems]
        log.log(logging.CRITICAL, "%s", "\n".join(lines))
        raise SystemExit(2) from None


def _problems_of_server() -> Iterator[FieldProblem]:
    # Streamlit makes one at each start where none is set: other processes would not know it.
    if len(config.get_option("server.cookieSecret") or "") < SHORTEST_SECRET or _is_made_up():
        text = N_("Set it to 32 random signs or more, the same for every process.")
        yield FieldProblem(COOKIE_SECRET, Sentence(text))
    host = urlsplit(environment.public_address()).hostname
    allowed = config.get_option("server.allowedHosts") or ()
    if host and host not in allowed:
        text = N_("Add {host}: the app answers only to the names in this list.")
        yield FieldProblem(ALLOWED_HOSTS, Sentence(text, {"host": host}))


def _is_made_up() -> bool:
    defined = config.get_where_defined("server.cookieSecret")
    return defined == ConfigOption.DEFAULT_DEFINITION
