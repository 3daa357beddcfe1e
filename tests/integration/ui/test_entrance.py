"""The ways in over HTTP: the second step, an invitation, proxies; nothing leaks about accounts."""

import re
import warnings
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
import time_machine
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.routing import Route

import db.session
from domain.enums import Role
from domain.records.account import AccountForm, AccountLimits
from domain.records.officer import Officer
from services import clock
from services.officers import accounts, enrolment, invitations, limiting, sign_in
from services.officers.demo_accounts import PASSWORD
from services.officers.sessions import list_own_sessions
from ui.entrance.client import address_of, device_of
from ui.entrance.invitation import invitation
from ui.entrance.signing_in import second_step, signin, signout
from ui.entrance.single_sign_on import from_provider, to_provider
from ui.gate import Gate
from ui.public import throttle

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it would rather have another client
    from starlette.testclient import TestClient

OURS = {"sec-fetch-site": "same-origin"}
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture
def browser(sqlite_database: Engine) -> Iterator[TestClient]:
    accounts.create_demo_accounts()
    throttle.forget()

    async def page(request: object) -> PlainTextResponse:
        return PlainTextResponse("inside")

    app = Starlette(
        routes=[
            Route("/signin", signin, methods=["GET", "POST"]),
            Route("/signin/code", second_step, methods=["GET", "POST"]),
            Route("/signin/oidc", to_provider),
            Route("/signin/oidc/callback", from_provider),
            Route("/signin/invitation/{secret}", invitation, methods=["GET", "POST"]),
            Route("/signout", signout, methods=["POST"]),
            Route("/{path:path}", page),
        ],
        middleware=[Middleware(Gate)],
    )
    with TestClient(app, follow_redirects=False, headers={"user-agent": FIREFOX}) as client:
        yield client


def officer(username: str = "recruiter") -> Officer:
    found = sign_in.whoami(
        sign_in.sign_in(username=username, password=PASSWORD, address="192.0.2.1")
    )
    assert found is not None
    return found


def set_up(username: str = "recruiter") -> tuple[pyotp.TOTP, tuple[str, ...]]:
    who = officer(username)
    totp = pyotp.TOTP(enrolment.begin_enrolment(password=PASSWORD, by=who).secret)
    return totp, enrolment.confirm_enrolment(code=totp.now(), session=None, by=who)


def password_given(browser: TestClient, following: str = "/ranking?vacancy=7") -> None:
    form = {"username": "recruiter", "password": PASSWORD, "next": following}
    answer = browser.post("/signin", data=form, headers=OURS)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/signin/code")
    assert "sid" not in browser.cookies and browser.cookies["step"]


def test_second_step_leads_where_the_officer_wanted_to_go(browser: TestClient) -> None:
    totp, _codes = set_up()
    password_given(browser)
    assert browser.get("/ranking").headers["location"].startswith("/signin?")
    page = browser.get("/signin/code?next=/ranking?vacancy=7")
    assert 'autocomplete="one-time-code"' in page.text and "<script" not in page.text
    with time_machine.travel(clock.now() + timedelta(seconds=31), tick=False):
        form = {"code": totp.now(), "next": "/ranking?vacancy=7"}
        answer = browser.post("/signin/code", data=form, headers=OURS)
        assert (answer.status_code, answer.headers["location"]) == (303, "/ranking?vacancy=7")
        assert "step" not in browser.cookies
        assert browser.get("/ranking").text == "inside"
        known = sign_in.whoami(browser.cookies["sid"])
        assert known is not None
        mine = [one.device for one in list_own_sessions(current=None, by=known)]
    assert mine == ["Firefox · Linux"]


def test_wrong_code_is_said_in_both_languages_and_opens_nothing(browser: TestClient) -> None:
    set_up()
    password_given(browser)
    answer = browser.post("/signin/code", data={"code": "000000"}, headers=OURS)
    assert answer.status_code == 401 and "sid" not in browser.cookies
    assert "არასწორია" in answer.text and "This code is wrong" in answer.text


def test_second_step_without_the_first_leads_back(browser: TestClient) -> None:
    _totp, codes = set_up()
    assert browser.get("/signin/code").headers["location"] == "/signin"
    answer = browser.post("/signin/code", data={"code": codes[0]}, headers=OURS)
    assert answer.status_code == 401 and "sid" not in browser.cookies
    browser.cookies.set("step", "made-up")
    answer = browser.post("/signin/code", data={"code": codes[0]}, headers=OURS)
    assert answer.status_code == 401 and "sid" not in browser.cookies


@pytest.mark.parametrize("path", ["/signin/code", "/signin/invitation/abc"])
def test_forms_of_the_entrance_are_taken_from_our_own_pages_only(
    browser: TestClient, path: str
) -> None:
    for headers in ({}, {"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
        assert browser.post(path, data={"code": "1"}, headers=headers).status_code == 403


def test_step_cookie_opens_no_page(browser: TestClient) -> None:
    set_up()
    password_given(browser)
    browser.cookies.set("sid", browser.cookies["step"])
    assert browser.get("/ranking").status_code == 303


def test_invited_officer_chooses_a_password_without_a_session(browser: TestClient) -> None:
    form = AccountForm("nino", "ნინო <b>", "Nino", Role.RECRUITER, "example-ngo")
    made = invitations.invite_new_officer(form=form, by=officer("admin"))
    page = browser.get(made.address)
    assert page.status_code == 200 and "ნინო &lt;b&gt;" in page.text and "<script" not in page.text
    assert page.headers["cache-control"] == "no-store"
    refused = browser.post(made.address, data={"password": "tiny1", "again": "tiny1"}, headers=OURS)
    assert refused.status_code == 400 and "12" in refused.text and "tiny1" not in refused.text
    chosen = {"password": "seven green apples", "again": "seven green apples"}
    assert browser.post(made.address, data=chosen, headers=OURS).status_code == 200
    assert sign_in.sign_in(username="nino", password=chosen["password"], address="192.0.2.1")
    for answer in (browser.get(made.address), browser.get("/signin/invitation/made-up")):
        assert answer.status_code == 404 and "ნინო" not in answer.text


def test_below_the_entrance_nothing_else_is_open(browser: TestClient) -> None:
    for path in ("/signin/x", "/signin/invitation", "/signin/invitation/a/b", "/signin/codes"):
        assert browser.get(path).status_code == 303
    for path in ("/signin/code", "/signin/oidc", "/signin/oidc/callback"):
        assert browser.get(path).headers["location"] == "/signin"


def test_cookie_carried_out_of_its_network_opens_nothing(browser: TestClient) -> None:
    admin, manager = officer("admin"), officer("manager")
    db.session.configure(replace(db.session.settings(), trusted_proxies="10.0.0.0/8 127.0.0.1"))
    limits = AccountLimits(networks="203.0.113.0/24")
    limiting.change_limits(officer_id=manager.id, limits=limits, by=admin)
    token = sign_in.sign_in(username="manager", password=PASSWORD, address="203.0.113.5")
    app = browser.app
    for peer, forwarded, expected in (
        ("203.0.113.5", None, 200),
        ("198.51.100.1", None, 303),
        ("198.51.100.1", "203.0.113.5", 303),  # says so itself
        ("10.0.0.1", "203.0.113.5", 200),  # our proxy says so
        ("10.0.0.1", "203.0.113.5, 198.51.100.1", 303),  # told our proxy so
        ("10.0.0.1", "198.51.100.1, 203.0.113.5, 10.0.0.2", 200),
        ("10.0.0.1", "203.0.113.5, rubbish", 303),
    ):
        headers = {"cookie": f"sid={token}"} | ({"x-forwarded-for": forwarded} if forwarded else {})
        with TestClient(app, follow_redirects=False, client=(peer, 1)) as client:
            assert client.get("/officers", headers=headers).status_code == expected, (
                peer,
                forwarded,
            )


def test_nobody_is_believed_about_an_address_unless_it_was_said_so(browser: TestClient) -> None:
    scope = {"type": "http", "client": ("127.0.0.1", 1)}
    scope["headers"] = Headers({"x-forwarded-for": "203.0.113.5"}).raw  # type: ignore[assignment]
    assert address_of(HTTPConnection(scope)) == "127.0.0.1"


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (FIREFOX, "Firefox · Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge · Windows"),
        ("<script>alert(1)</script>", None),
        ("", None),
    ],
)
def test_device_is_said_in_words_of_our_own(agent: str, device: str | None) -> None:
    scope = {"type": "http", "headers": Headers({"user-agent": agent}).raw}
    assert device_of(HTTPConnection(scope)) == device


def test_accounts_of_every_kind_are_refused_alike(browser: TestClient) -> None:
    admin = officer("admin")
    invitations.invite_new_officer(
        form=AccountForm("nino", "ნინო", "Nino", Role.RECRUITER, "example-ngo"), by=admin
    )
    accounts.disable_officer(officer_id=officer("manager").id, by=admin)
    set_up("chair")
    answers = set()
    for username in ("recruiter", "manager", "nino", "chair", "nobody"):
        form = {"username": username, "password": "wrong password!"}
        answer = browser.post("/signin", data=form, headers=OURS)
        text = re.sub(rf'value="{username}"', "", answer.text)
        answers.add((answer.status_code, text))
    assert len(answers) == 1
