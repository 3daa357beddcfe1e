"""Messages go out by real servers: each once, none lost, and nobody reads another's link."""

import logging
import multiprocessing
import os
import signal
import smtplib
import threading
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlalchemy import Engine, select

import db.session
from db.models import EmployerRow, JobseekerRow, MessageRow
from db.session import reading, unit_of_work
from db.settings import Settings
from domain.enums import EmployerStatus, JobseekerStatus, MessageChannel, MessageStatus
from domain.texts import from_json
from services import clock
from services.notifications import Recipient, queue_message, templates, worker
from services.notifications.channels import MailServer, channels_of, mail_failure, sms_failure
from services.notifications.letters import Letter
from tests.factories.providers import Mailbox, SmsBox, mail_server, sms_provider

LINK = "https://work.example.ge/public/answer/SECRET-SECRET-SECRET"
WORDS = {"ka": "ვაკანსია {vacancy}: {link}", "en": "Vacancy {vacancy}: {link}"}
ANSWER = {
    "to": "jobseeker",
    "channels": ["email", "sms"],
    "title": {"ka": "პასუხი", "en": "Answer"},
    "sms": WORDS,
    "subject": {"ka": "ვაკანსია {vacancy}", "en": "Vacancy {vacancy}"},
    "body": WORDS,
}


@pytest.fixture(autouse=True)
def wording(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use_wording(monkeypatch)


def use_wording(monkeypatch: pytest.MonkeyPatch) -> None:
    made = templates._checked("test.answer", ANSWER)
    monkeypatch.setattr(templates, "_of_area", lambda area: {"test.answer": made})


def person(email: str | None = "nino@example.ge", phone: str | None = None) -> int:
    with unit_of_work() as work:
        row = JobseekerRow(
            external_id=f"M-{email}-{phone}",
            name_key="",
            email=email,
            phone=phone,
            status=JobseekerStatus.ACTIVE,
            registered_on=clock.today(),
            created_at=clock.now(),
            updated_at=clock.now(),
        )
        work.session.add(row)
        work.commit()
        return row.id


def queue(key: str = "k", to: int | None = None, vacancy: str = "2027-014") -> int:
    with unit_of_work() as work:
        found = queue_message(
            work.session,
            template="test.answer",
            to=Recipient.jobseeker(to or person()),
            values={"vacancy": vacancy, "link": LINK},
            key=key,
            by=None,
        )
        work.commit()
    assert found is not None
    return found


def row(message_id: int = 1) -> MessageRow:
    with reading() as session:
        return session.get_one(MessageRow, message_id)


def mail(box: Mailbox, **more: object) -> Settings:
    settings = db.session.settings()
    return Settings(
        **{
            **{name: getattr(settings, name) for name in settings.__dataclass_fields__},
            "smtp_host": "127.0.0.1",
            "smtp_port": box.port,
            "smtp_security": "none",
            "smtp_from": "work@example.ge",
            "message_timeout_seconds": 5,
            **more,
        }  # type: ignore[arg-type]
    )


def send(settings: Settings) -> int:
    return worker.send_due(channels_of(settings))


def later(seconds: int = 40_000) -> None:
    """A moment after every wait: the worker of then."""
    with unit_of_work() as work:
        for message in work.session.scalars(select(MessageRow)):
            if message.next_try_at:
                message.next_try_at -= timedelta(seconds=seconds)
            if message.claimed_until:
                message.claimed_until -= timedelta(seconds=seconds)
        work.commit()


def test_an_email_arrives_in_georgian_with_its_link(sqlite_database: Engine) -> None:
    with mail_server() as box:
        queue()
        assert send(mail(box)) == 1
        assert send(mail(box)) == 0
    (email,) = box.emails
    assert email["Subject"] == "ვაკანსია 2027-014"
    assert email.get_content().strip() == f"ვაკანსია 2027-014: {LINK}"
    assert email["Message-ID"] == f"<{row().public_id}@example.ge>"
    assert row().status is MessageStatus.SENT


def test_once_sent_a_link_is_nowhere_any_more(
    sqlite_database: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with mail_server(answers={"DATA": ["451 later"]}) as box:
        queue()
        send(mail(box))
        assert "SECRET" not in caplog.text
        assert "nino@" not in caplog.text
        later()
        send(mail(box))
    kept = row()
    assert "SECRET" not in str(vars(kept))
    assert kept.body == "ვაკანსია 2027-014: •••••"
    assert kept.sent_to == "n•••@example.ge"


def test_without_a_server_it_stays_in_the_outbox_with_its_link_blotted_out(
    sqlite_database: Engine,
) -> None:
    queue()
    assert worker.send_due() == 1
    assert worker.send_due() == 0
    kept = row()
    assert (kept.status, kept.body) == (MessageStatus.KEPT, "ვაკანსია 2027-014: •••••")
    assert kept.secrets == {"link": LINK}  # needed if a server is set up and it is sent again


def test_a_refusal_for_the_moment_is_tried_again_under_the_same_id(
    sqlite_database: Engine,
) -> None:
    with mail_server(answers={"RCPT": ["450 greylisted"]}) as box:
        queue()
        send(mail(box))
        waiting = row()
        assert (waiting.status, waiting.attempts) == (MessageStatus.WAITING, 1)
        assert waiting.next_try_at is not None
        assert timedelta() < waiting.next_try_at - clock.now() <= timedelta(seconds=60)
        assert "450" in str(from_json(waiting.problem or {}))
        assert send(mail(box)) == 0
        later()
        send(mail(box))
    assert row().status is MessageStatus.SENT
    assert box.ids() == [f"<{waiting.public_id}@example.ge>"]


def test_a_refusal_for_good_is_not_tried_again(sqlite_database: Engine) -> None:
    with mail_server(answers={"RCPT": ["550 no such user"]}) as box:
        queue()
        send(mail(box))
        later()
        assert send(mail(box)) == 0
    assert row().status is MessageStatus.FAILED
    assert box.emails == []


def test_a_dead_server_is_left_alone_and_given_up_after_the_last_try(
    sqlite_database: Engine,
) -> None:
    for number in range(5):
        queue(f"k{number}", person(f"p{number}@example.ge"))
    dead = mail(Mailbox(port=1))
    send(dead)
    assert [row(number).attempts for number in range(1, 6)] == [1, 1, 1, 0, 0]
    told = worker.limits()
    with unit_of_work() as work:
        for message in work.session.scalars(select(MessageRow)):
            message.attempts = told.attempts - 1
        work.commit()
    later()
    send(dead)
    assert row(1).status is MessageStatus.FAILED


def test_waits_double_up_to_a_limit(sqlite_database: Engine) -> None:
    told, now = worker.limits(), clock.now()
    waits = [worker.next_try(n, now, told) - now for n in range(1, told.attempts)]
    assert waits[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert waits[-1] == timedelta(seconds=told.longest_wait_seconds)


@pytest.mark.parametrize("address", ["a@example.ge, b@example.ge", "no address", "ნინო@x.ge"])
def test_what_is_no_single_address_is_never_sent_to(sqlite_database: Engine, address: str) -> None:
    with mail_server() as box:
        queue(to=person(address))
        send(mail(box))
    assert (row().status, box.emails) == (MessageStatus.FAILED, [])


def test_somebody_without_an_address_is_something_to_do(sqlite_database: Engine) -> None:
    queue(to=person(email=None))
    worker.send_due()
    assert row().status is MessageStatus.FAILED
    assert "No address" in str(from_json(row().problem or {}))


def test_a_kind_of_message_that_is_no_more_holds_up_nobody(
    sqlite_database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue()
    with unit_of_work() as work:
        work.session.get_one(MessageRow, 1).template = "test.gone"
        work.commit()
    queue("k2", person("b@example.ge"))
    with mail_server() as box:
        assert send(mail(box)) == 2
    assert [row(1).status, row(2).status] == [MessageStatus.FAILED, MessageStatus.SENT]


def test_nothing_is_said_before_the_line_is_encrypted(sqlite_database: Engine) -> None:
    with mail_server() as box:
        queue()
        send(mail(box, smtp_security="starttls", smtp_user="u", smtp_password="p"))
    assert row().status is MessageStatus.WAITING
    assert {"AUTH", "MAIL"}.isdisjoint(box.commands)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_only_a_mail_server_that_proves_who_it_is_gets_a_message(
    sqlite_database: Engine, tmp_path: Path, security: str
) -> None:
    pair = certificate(tmp_path)
    with mail_server(certificate=pair, is_tls=security == "tls") as box:
        queue()
        send(mail(box, smtp_security=security))
        assert (row().status, box.emails) == (MessageStatus.WAITING, [])
        later()
        known = {"smtp_trust_anchors": str(pair[0]), "smtp_user": "u", "smtp_password": "p"}
        send(mail(box, smtp_security=security, **known))
    assert row().status is MessageStatus.SENT
    assert "AUTH" in box.commands


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate of this machine's own, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(here, critical=False)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "server.pem", folder / "server.key"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return paths


def test_an_sms_carries_the_id_that_tells_a_second_try(sqlite_database: Engine) -> None:
    with sms_provider(503) as box:
        queue(to=person(email=None, phone="+995555000101"))
        settings = sms(box)
        send(settings)
        later()
        send(settings)
    first, second = box.posts
    assert first[0]["Idempotency-Key"] == second[0]["Idempotency-Key"] == row().public_id
    assert second[0]["Authorization"] == "Bearer token-7"
    assert second[1] == {
        "id": row().public_id,
        "to": "+995555000101",
        "text": f"ვაკანსია 2027-014: {LINK}",
        "from": "Agency",
    }
    assert row().status is MessageStatus.SENT


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (400, MessageStatus.FAILED),
        (401, MessageStatus.WAITING),
        (302, MessageStatus.WAITING),
        (429, MessageStatus.WAITING),
    ],
)
def test_what_the_sms_provider_answers_decides_whether_to_try_again(
    sqlite_database: Engine, answer: int, status: MessageStatus
) -> None:
    with sms_provider(answer) as box:
        queue(to=person(email=None, phone="+995555000101"))
        send(sms(box))
    assert row().status is status


def sms(box: SmsBox) -> Settings:
    settings = mail(Mailbox(), smtp_host="", sms_url=box.url, sms_token="token-7")
    return Settings(**{**vars_of(settings), "sms_sender": "Agency"})  # type: ignore[arg-type]


def vars_of(settings: Settings) -> dict[str, object]:
    return {name: getattr(settings, name) for name in settings.__dataclass_fields__}


def test_no_number_is_sent_over_an_open_line_to_another_machine(sqlite_database: Engine) -> None:
    queue(to=person(email=None, phone="+995555000101"))
    send(sms(SmsBox(url="http://sms.example.com/send")))
    assert row().status is MessageStatus.WAITING


def test_neither_password_nor_token_is_shown_with_the_settings() -> None:
    assert "hidden" not in repr(Settings(smtp_password="hidden", sms_token="hidden"))


@pytest.mark.parametrize(
    ("error", "is_final"),
    [
        (smtplib.SMTPDataError(554, b"spam"), True),
        (smtplib.SMTPDataError(452, b"full"), False),
        (smtplib.SMTPAuthenticationError(535, b"no"), False),
        (smtplib.SMTPSenderRefused(550, b"no", "x"), False),
        (smtplib.SMTPServerDisconnected(), False),
        (TimeoutError(), False),
    ],
)
def test_only_what_would_fail_again_is_final(error: Exception, *, is_final: bool) -> None:
    assert mail_failure(error).is_final is is_final
    assert sms_failure(422).is_final


class Dying(MailServer):
    """A process that is killed before or after it has handed the letter over."""

    def __init__(self, settings: Settings, when: str) -> None:
        super().__init__(settings)
        self.when = when

    def send(self, letter: Letter) -> None:
        if self.when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        super().send(letter)
        os.kill(os.getpid(), signal.SIGKILL)


def die(settings: Settings, when: str) -> None:
    """What the child process does."""
    db.session._engine = None
    db.session.configure(settings)
    worker.send_due({MessageChannel.EMAIL: Dying(settings, when)})


@pytest.mark.parametrize(("when", "copies"), [("before", 1), ("after", 2)])
def test_a_killed_process_loses_nothing_and_a_second_copy_has_the_same_id(
    database: Engine, when: str, copies: int
) -> None:
    with mail_server() as box:
        queue()
        settings = mail(box)
        database.dispose()
        child = multiprocessing.get_context("fork").Process(target=die, args=(settings, when))
        child.start()
        child.join(30)
        assert child.exitcode == -signal.SIGKILL
        assert row().status is MessageStatus.SENDING
        assert send(settings) == 0, "nobody else sends it while the claim holds"
        later()
        assert send(settings) == 1
    assert row().status is MessageStatus.SENT
    assert len(box.emails) == copies
    assert len(set(box.ids())) == 1


def test_two_workers_at_once_send_each_message_once(database: Engine) -> None:
    count = 12
    for number in range(count):
        queue(f"k{number}", person(f"p{number}@example.ge"))
    with mail_server(delay=0.005) as box:
        settings, start = mail(box), threading.Barrier(3)

        def work() -> None:
            start.wait()
            send(settings)

        workers = [threading.Thread(target=work) for _ in range(3)]
        for one in workers:
            one.start()
        for one in workers:
            one.join(30)
    assert len(box.emails) == len(set(box.ids())) == count
    assert all(row(number).status is MessageStatus.SENT for number in range(1, count + 1))


def test_whoever_lost_the_claim_notes_nothing(sqlite_database: Engine) -> None:
    queue()
    with mail_server() as box:
        settings = mail(box)

        class Slow(MailServer):
            def send(self, letter: Letter) -> None:
                super().send(letter)
                later()
                assert worker.send_due({MessageChannel.EMAIL: MailServer(settings)}) == 1

        worker.send_due({MessageChannel.EMAIL: Slow(settings)})
    assert (row().status, row().attempts) == (MessageStatus.SENT, 2)
    assert len(set(box.ids())) == 1


def test_an_employer_is_written_to_in_english(
    sqlite_database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = templates._checked("test.answer", {**ANSWER, "to": "employer"})
    monkeypatch.setattr(templates, "_of_area", lambda area: {"test.answer": made})
    with unit_of_work() as work:
        employer = EmployerRow(
            name="Farm",
            contact_email="farm@example.de",
            status=EmployerStatus.VERIFIED,
            created_at=clock.now(),
            updated_at=clock.now(),
        )
        work.session.add(employer)
        work.session.flush()
        queue_message(
            work.session,
            template="test.answer",
            to=Recipient.employer(employer.id),
            values={"vacancy": "7", "link": LINK},
            key="k",
            by=None,
        )
        work.commit()
    with mail_server() as box:
        send(mail(box))
    assert box.emails[0]["Subject"] == "Vacancy 7"
