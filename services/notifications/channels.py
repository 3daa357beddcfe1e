"""The ways out: a mail server by SMTP, an SMS provider by HTTP, and what either may answer."""

from __future__ import annotations

import http.client
import json
import smtplib
import ssl
from collections.abc import Mapping
from contextlib import suppress
from email.message import EmailMessage
from email.utils import formatdate
from typing import Protocol
from urllib.parse import urlsplit

from db.settings import Settings
from domain.enums import MessageChannel
from domain.texts import N_, Sentence
from domain.values import email_problem
from services import clock
from services.notifications.letters import Letter

AT_HOME = ("localhost", "127.0.0.1", "::1")


class SendingFailed(Exception):
    """A try that did not succeed. `is_final`: another try of the same would fail as well."""

    def __init__(self, sentence: Sentence, *, is_final: bool) -> None:
        super().__init__(str(sentence))
        self.sentence, self.is_final = sentence, is_final


class Channel(Protocol):
    """One way out; used by one run of the outbox at a time."""

    def send(self, letter: Letter) -> None:
        """Hand the letter over, or raise SendingFailed."""

    def close(self) -> None:
        """Let go of what a run has kept open."""


def channels_of(settings: Settings) -> Mapping[MessageChannel, Channel]:
    """What is set up; what is not stays in the outbox."""
    found: dict[MessageChannel, Channel] = {MessageChannel.SCREEN: OnScreen()}
    if settings.smtp_host:
        found[MessageChannel.EMAIL] = MailServer(settings)
    if settings.sms_url:
        found[MessageChannel.SMS] = SmsProvider(settings)
    return found


class OnScreen:
    """An officer finds it among what is to be done today: being written is being there."""

    def send(self, letter: Letter) -> None:
        """Nothing leaves the house."""

    def close(self) -> None:
        """Nothing was opened."""


class MailServer:
    """E-mail by SMTP. With `starttls` and `tls` nothing is said before the line is encrypted."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._server: smtplib.SMTP | None = None

    def send(self, letter: Letter) -> None:
        """Hand over one e-mail; its Message-ID is the same at every try."""
        if email_problem(letter.address) or not letter.address.isascii():
            # Two addresses in one would be two recipients.
            raise SendingFailed(Sentence(N_("The e-mail address can't be used")), is_final=True)
        try:
            server = self._server or self._connected()
            server.send_message(_email(letter, self.settings))
        except (smtplib.SMTPException, OSError, ValueError) as error:
            self.close()
            raise mail_failure(error) from error

    def _connected(self) -> smtplib.SMTP:
        told = self.settings
        is_home = told.smtp_host in AT_HOME
        if told.smtp_security not in {"starttls", "tls", "none"} or (
            told.smtp_security == "none" and not is_home
        ):
            raise smtplib.SMTPException("MIGRATION_SMTP_SECURITY")
        trust = ssl.create_default_context(cafile=told.smtp_trust_anchors or None)
        timeout = told.message_timeout_seconds
        server: smtplib.SMTP
        if told.smtp_security == "tls":
            server = smtplib.SMTP_SSL(
                told.smtp_host, told.smtp_port, timeout=timeout, context=trust
            )
        else:
            server = smtplib.SMTP(told.smtp_host, told.smtp_port, timeout=timeout)
        self._server = server
        if told.smtp_security == "starttls":
            server.starttls(context=trust)
        if told.smtp_user:
            server.login(told.smtp_user, told.smtp_password)
        return server

    def close(self) -> None:
        """Say good-bye, if there is still somebody to say it to."""
        server, self._server = self._server, None
        if server is not None:
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
            server.close()


def _email(letter: Letter, settings: Settings) -> EmailMessage:
    email = EmailMessage()
    sender = settings.smtp_from or settings.smtp_user
    email["From"], email["To"], email["Subject"] = sender, letter.address, letter.subject
    email["Date"] = formatdate(clock.now().timestamp())
    email["Message-ID"] = f"<{letter.public_id}@{sender.rpartition('@')[2] or 'localhost'}>"
    email["Auto-Submitted"] = "auto-generated"
    email.set_content(letter.body + "\n", cte="base64")  # any server can carry it
    return email


def mail_failure(error: Exception) -> SendingFailed:
    """What an error of the mail server means; its own words may name the address and stay out."""
    match error:
        case smtplib.SMTPRecipientsRefused(recipients=refused):
            codes = [int(code) for code, _ in refused.values()]
            return _by_code(codes[0] if codes else 0, N_("The mail server refuses this address"))
        case smtplib.SMTPAuthenticationError():
            text = N_("The mail server refuses our account: check MIGRATION_SMTP_USER and PASSWORD")
            return SendingFailed(Sentence(text), is_final=False)
        case smtplib.SMTPSenderRefused(smtp_code=code):
            text = N_("The mail server refuses our sender: check MIGRATION_SMTP_FROM")
            return SendingFailed(Sentence(text), is_final=False) if code else _unreachable()
        case smtplib.SMTPResponseException(smtp_code=code):
            return _by_code(int(code), N_("The mail server does not take this e-mail"))
        case ssl.SSLError() | smtplib.SMTPNotSupportedError():
            text = N_("The line to the mail server is not safe: check MIGRATION_SMTP_SECURITY")
            return SendingFailed(Sentence(text), is_final=False)
        case ValueError():
            # What no header may hold.
            text = N_("The mail server does not take this e-mail")
            return SendingFailed(Sentence(text), is_final=True)
    return _unreachable()


def _by_code(code: int, text: str) -> SendingFailed:
    told = Sentence(N_("{what} (answer {code})"), {"what": Sentence(text), "code": str(code)})
    return SendingFailed(told, is_final=500 <= code < 600)


def _unreachable() -> SendingFailed:
    text = N_("The mail server can't be reached, or gave up in between")
    return SendingFailed(Sentence(text), is_final=False)


class SmsProvider:
    """SMS by one HTTP request each; the provider knows a second try by the same Idempotency-Key."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def send(self, letter: Letter) -> None:
        """POST one SMS; redirections are not followed: they would carry the number elsewhere."""
        try:
            status = self._post(letter)
        except (OSError, http.client.HTTPException, ValueError) as error:
            text = N_("The SMS provider can't be reached, or gave up in between")
            raise SendingFailed(Sentence(text), is_final=False) from error
        if not 200 <= status < 300:
            raise sms_failure(status)

    def _post(self, letter: Letter) -> int:
        told, url = self.settings, urlsplit(self.settings.sms_url)
        host, timeout = url.hostname or "", told.message_timeout_seconds
        connection: http.client.HTTPConnection
        if url.scheme == "https":
            trust = ssl.create_default_context()
            connection = http.client.HTTPSConnection(host, url.port, timeout=timeout, context=trust)
        elif url.scheme == "http" and host in AT_HOME:
            connection = http.client.HTTPConnection(host, url.port, timeout=timeout)
        else:
            raise sms_failure(0)
        sms = {"id": letter.public_id, "to": letter.address, "text": letter.body}
        headers = {"Content-Type": "application/json", "Idempotency-Key": letter.public_id}
        if told.sms_token:
            headers["Authorization"] = f"Bearer {told.sms_token}"
        path = f"{url.path or '/'}?{url.query}" if url.query else url.path or "/"
        try:
            body = json.dumps({**sms, "from": told.sms_sender} if told.sms_sender else sms)
            connection.request("POST", path, body.encode(), headers)
            return connection.getresponse().status
        finally:
            connection.close()

    def close(self) -> None:
        """Each request has closed its own line."""


REFUSED_FOR_GOOD = frozenset({400, 413, 422})


def sms_failure(status: int) -> SendingFailed:
    """What an answer of the provider means; 0: our own setting can't be used."""
    if status in REFUSED_FOR_GOOD:
        text = N_("The SMS provider refuses this number or text (answer {code})")
        return SendingFailed(Sentence(text, {"code": str(status)}), is_final=True)
    if status in (429, *range(500, 600)):
        text = N_("The SMS provider is busy or out of order (answer {code})")
        return SendingFailed(Sentence(text, {"code": str(status)}), is_final=False)
    text = N_("The SMS provider refuses us: check MIGRATION_SMS_URL and MIGRATION_SMS_TOKEN")
    return SendingFailed(Sentence(text), is_final=False)
