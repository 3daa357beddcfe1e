"""Two processes of the app behind the nginx of the documentation, on one PostgreSQL database."""

import json
import os
import re
import shutil
import signal
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from playwright.sync_api import Browser, Page, expect

from services.officers.demo_accounts import PASSWORD
from tests.browser.conftest import START_WITHIN, free_port, wait_until_healthy
from tests.browser.desk import IDLE, Desk

ROOT = Path(__file__).parents[2]
TOKEN = "a-token-of-twenty-signs-or-more"
PEOPLE = "external_id;first_name_ka;last_name_ka;birth_date;sex\nmany-1;ნინო;ბერიძე;1990-05-01;f\n"


@dataclass
class Process:
    """One process of the app and the lines it wrote."""

    popen: subprocess.Popen[bytes]
    port: int
    output: Path

    def lines(self, path: str) -> list[dict[str, Any]]:
        """What the process answered below this path."""
        read = [line for line in self.output.read_text().splitlines() if line.startswith("{")]
        told = [json.loads(line) for line in read]
        return [one for one in told if str(one.get("path", "")).startswith(path)]


@dataclass
class Agency:
    """Everything that runs: the address that people use, and the processes behind it."""

    address: str
    processes: list[Process]

    def of(self, path: str) -> list[Process]:
        return [one for one in self.processes if one.lines(path)]


def nginx() -> str:
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if found is None:
        pytest.skip("no nginx on this machine (on Debian: apt-get install nginx-light)")
    return found


def certificate(folder: Path) -> tuple[Path, Path]:
    """One for localhost that this test alone believes."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    begins = datetime.now(UTC) - timedelta(days=1)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=3))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    chain, private = folder / "fullchain.pem", folder / "privkey.pem"
    chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return chain, private


def configuration(folder: Path, port: int, ports: list[int]) -> Path:
    """The documented file, with this test's ports, names and directories."""
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    chain, private = certificate(folder)
    upstream = "".join(
        f"        server 127.0.0.1:{one} max_fails=1 fail_timeout=5s;\n" for one in ports
    )
    text = re.sub(r"(        server 127\.0\.0\.1:\d+ [^\n]*\n)+", upstream, text)
    for written, ours in (
        ("/etc/ssl/work.example.ge/fullchain.pem", str(chain)),
        ("/etc/ssl/work.example.ge/privkey.pem", str(private)),
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
        ("server_name work.example.ge", "server_name localhost"),
        ("pid /run/nginx.pid", f"pid {folder / 'nginx.pid'}"),
        ("error_log /var/log/nginx/error.log", f"error_log {folder / 'error.log'}"),
        ("    server_tokens off;", "    server_tokens off;\n" + temporary(folder)),
    ):
        assert written in text, written
        text = text.replace(written, ours)
    file = folder / "nginx.conf"
    file.write_text(text)
    return file


def temporary(folder: Path) -> str:
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    return "".join(f"    {kind}_temp_path {folder / kind};\n" for kind in kinds)


@contextmanager
def running(command: list[str], output: Path, env: dict[str, str]) -> Iterator[Any]:
    with output.open("w") as written:
        popen = subprocess.Popen(
            command,
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    try:
        yield popen
    finally:
        popen.terminate()
        try:
            popen.wait(15)
        except subprocess.TimeoutExpired:
            popen.kill()
            popen.wait()


@pytest.fixture(scope="module")
def agency(postgres: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Agency]:
    program = nginx()
    folder = tmp_path_factory.mktemp("agency")
    name = postgres.create_database()
    ports = [free_port(), free_port()]
    env = {
        **{name: value for name, value in os.environ.items() if name != "PORT"},
        "MIGRATION_DATABASE_URL": postgres.url(name),
        "MIGRATION_DATA_DIR": str(folder / "var"),
        "MIGRATION_ENVIRONMENT": "test",
        "MIGRATION_SECURE_COOKIES": "true",
        "MIGRATION_LOG_LEVEL": "info",
        "MIGRATION_LOG_FORMAT": "json",
        "MIGRATION_METRICS_TOKEN": TOKEN,
        "STREAMLIT_SERVER_COOKIE_SECRET": "c" * 64,
        "STREAMLIT_SERVER_ALLOWED_HOSTS": "localhost",
    }
    address = f"https://localhost:{free_port()}"
    with ExitStack() as stack:
        processes = []
        for port in ports:
            output = folder / f"app-{port}.log"
            command = [sys.executable, "manage.py", "serve", "--port", str(port)]
            started = stack.enter_context(running(command, output, env))
            processes.append(Process(started, port, output))
        for one in processes:
            wait_until_healthy(one.popen, f"http://127.0.0.1:{one.port}", one.output)
        file = configuration(folder, int(address.rsplit(":", 1)[1]), ports)
        command = [program, "-c", str(file), "-p", str(folder), "-g", "daemon off;"]
        stack.enter_context(running(command, folder / "nginx.log", env))
        wait_for(address, folder / "nginx.log")
        yield Agency(address, processes)
    postgres.drop_database(name)


def wait_for(address: str, log: Path) -> None:
    end = time.monotonic() + START_WITHIN
    while time.monotonic() < end:
        try:
            if ask(address + "/readyz") == 200:
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"nginx does not answer:\n{log.read_text()}")


def ask(address: str, token: str | None = None) -> int:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    trusting = ssl._create_unverified_context() if address.startswith("https") else None
    try:
        request = urllib.request.Request(address, headers=headers)
        with urllib.request.urlopen(request, timeout=10, context=trusting) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        refused.close()
        return refused.code


@pytest.fixture
def officers_page(browser: Browser, agency: Agency) -> Iterator[Page]:
    context = browser.new_context(ignore_https_errors=True, locale="en-GB")
    yield context.new_page()
    context.close()


@pytest.mark.long
@pytest.mark.postgres
def test_two_processes_behind_nginx_are_one_system(
    agency: Agency, officers_page: Page, tmp_path: Path
) -> None:
    """About 40 s: two starts of the app, an upload, a download, one process killed."""
    desk = Desk(officers_page, agency.address, tmp_path)
    desk.sign_in("recruiter", PASSWORD)
    desk.open("/imports?lang=en")
    assert officers_page.get_by_role("note").first.inner_text() != ""

    officers_page.locator('input[type="file"]').set_input_files(
        {"name": "people.csv", "mimeType": "text/csv", "buffer": PEOPLE.encode()}
    )
    expect(officers_page.get_by_test_id("stBaseButton-primary").first).to_be_visible()
    desk.settle()
    uploads = agency.of("/_stcore/upload_file")
    assert len(uploads) == 1, "page and upload are in one process"
    home = uploads[0]
    assert agency.of("/imports") == [home], "and so is every page of this sign-in"

    with officers_page.expect_download() as downloaded:
        desk.open("/imports?lang=en")
        officers_page.get_by_test_id("stDownloadButton").first.locator("button").click()
    assert Path(downloaded.value.path()).stat().st_size > 50

    assert ask(agency.address + "/metrics", TOKEN) == 404, "the network gets no metrics"
    other = next(one for one in agency.processes if one is not home)
    assert ask(f"http://127.0.0.1:{other.port}/metrics", TOKEN) == 200

    home.popen.send_signal(signal.SIGKILL)
    home.popen.wait()
    expect(officers_page.locator(IDLE)).to_be_visible(timeout=30_000)
    desk.open("/vacancies")
    assert "/signin" not in officers_page.url, "the other process knows the sign-in"
    expect(officers_page.get_by_role("heading", level=1)).to_be_visible()
    assert other.lines("/vacancies")
    for process in agency.processes:
        assert "Traceback" not in process.output.read_text()
