"""The running app, asked by hand what no browser of ours would ask."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus

from services.importing.traffic import traffic_limits
from services.officers import sign_in as sessions
from tests.browser.addresses import OPEN, every_address
from tests.browser.tab import CUT_OFF, PATIENCE, Tab, ask, sign_in, sign_out
from ui.passage.headers import HEADERS


@pytest.fixture
def recruiter(base_url: str) -> Iterator[str]:
    sid = sign_in(base_url, "recruiter")
    yield sid
    sign_out(base_url, sid)


@pytest.fixture
def admin(base_url: str) -> Iterator[str]:
    sid = sign_in(base_url, "admin")
    yield sid
    sign_out(base_url, sid)


def has_ended(shown: str) -> bool:
    return "სესია დასრულდა" in shown or "Your session has ended" in shown


def shut(tab: Tab) -> int:
    """Status with which the handshake is refused; 101 when it is not."""
    try:
        with tab:
            return 101
    except InvalidStatus as refused:
        return refused.response.status_code


# --- who may open a tab, and from where


@pytest.mark.parametrize("sid", [None, "", "made-up", "0" * 64])
def test_tab_without_a_live_session_is_refused(base_url: str, sid: str | None) -> None:
    assert shut(Tab(base_url, sid)) == 403


def test_tab_of_another_site_is_refused(base_url: str, recruiter: str) -> None:
    port = int(base_url.rpartition(":")[2])
    for origin in ("https://evil.example", "null", None, f"http://127.0.0.1:{port + 1}"):
        assert shut(Tab(base_url, recruiter, origin=origin)) == 403, origin
    assert shut(Tab(base_url, recruiter)) == 101


def test_hash_of_the_session_is_no_cookie(base_url: str, recruiter: str) -> None:
    assert shut(Tab(base_url, sessions.session_id(recruiter))) == 403


# --- taking over


def test_knowing_the_id_of_a_window_gives_nothing_of_it(
    base_url: str, recruiter: str, admin: str
) -> None:
    with Tab(base_url, recruiter) as victim:
        victim.run("vacancies")
        for sid in (admin, sign_in(base_url, "recruiter")):
            with Tab(base_url, sid, takes_over=victim.session) as intruder:
                intruder.run("home")
                assert intruder.session != victim.session
    with Tab(base_url, admin, takes_over=victim.session) as intruder:  # its owner has gone
        shown = intruder.run("officers")
        assert intruder.session != victim.session
        assert "admin" in shown
    with Tab(base_url, recruiter, takes_over=victim.session) as owner:
        owner.run("home")
        assert owner.session == victim.session


def test_forged_identity_headers_are_not_believed(base_url: str, recruiter: str) -> None:
    reply = ask(f"{base_url}/officers", X_App_Uid="1", x_app_sid="00")
    assert reply.status == 303
    with Tab(base_url, recruiter) as tab:
        shown = tab.run("officers")
        assert "not part of your role" in shown or "როლს არ შეესაბამება" in shown


# --- after the end


def test_replayed_cookie_opens_nothing_after_sign_out(base_url: str) -> None:
    sid = sign_in(base_url, "manager")
    assert ask(f"{base_url}/dashboard", Cookie=f"sid={sid}").status == 200
    sign_out(base_url, sid)
    assert ask(f"{base_url}/dashboard", Cookie=f"sid={sid}").status == 303
    assert shut(Tab(base_url, sid)) == 403


def test_open_tab_shows_nothing_after_sign_out(base_url: str) -> None:
    sid = sign_in(base_url, "recruiter")
    with Tab(base_url, sid) as tab:
        assert "VAC-SAMPLE" in tab.run("vacancies")
        sign_out(base_url, sid)
        shown = tab.run("vacancies")
    assert "VAC-SAMPLE" not in shown and has_ended(shown)


def test_part_that_draws_itself_stops_with_the_session(base_url: str) -> None:
    sid = sign_in(base_url, "recruiter")
    with Tab(base_url, sid) as tab:
        tab.run("vacancies")
        sign_out(base_url, sid)
        asked = BackMsg()
        asked.rerun_script.fragment_id = "whatever-part"
        asked.rerun_script.is_auto_rerun = True
        assert has_ended(tab.run("vacancies", asked=asked))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE sign_in_sessions SET revoked_at = '2026-01-01 00:00:00.000000'",
        "UPDATE sign_in_sessions SET last_seen_at = '2026-01-01 00:00:00.000000'",
        "UPDATE sign_in_sessions SET created_at = '2026-01-01 00:00:00.000000'",
    ],
    ids=["revoked by an administrator", "idle for an hour", "older than a day"],
)
def test_open_tab_ends_with_its_session(base_url: str, app_output: Path, change: str) -> None:
    sid = sign_in(base_url, "recruiter")
    with Tab(base_url, sid) as tab:
        tab.run("vacancies")
        in_database(app_output, f"{change} WHERE token_hash = ?", sessions.token_hash(sid))
        shown = tab.run("vacancies")
    assert "VAC-SAMPLE" not in shown and has_ended(shown)


def in_database(app_output: Path, statement: str, *values: object) -> None:
    data = Path(os.environ.get("RUNNING_DATA", app_output.parent / "var"))
    with closing(sqlite3.connect(data / "app.db", timeout=30)) as connection, connection:
        changed = connection.execute(statement, values).rowcount
    assert changed == 1


# --- what a tab may send


def test_tab_cannot_empty_everybodys_caches_nor_stop_the_server(
    base_url: str, recruiter: str
) -> None:
    with Tab(base_url, recruiter) as tab:
        tab.run("home")
        for kind in ("clear_cache", "debug_shutdown_runtime", "debug_disconnect_websocket"):
            message = BackMsg()
            setattr(message, kind, True)
            tab.send(message)
        message = BackMsg()
        message.load_git_info = True
        tab.send(message)
        assert "git_info" not in tab.run("vacancies")
    assert ask(f"{base_url}/healthz").status == 200


def test_broken_message_closes_the_tab_alone(base_url: str, recruiter: str) -> None:
    for broken in (b"\xff\xff\xff\xff", "text"):
        with Tab(base_url, recruiter) as tab:
            tab.socket.send(broken)
            with pytest.raises(ConnectionClosed):
                while True:
                    tab.socket.recv(PATIENCE)
    assert ask(f"{base_url}/healthz").status == 200


def test_forged_widget_values_reach_no_screen(base_url: str, recruiter: str) -> None:
    """A choice outside the list, a text beyond the limit, an id of no field: nothing breaks."""
    with Tab(base_url, recruiter) as tab:
        tab.run("vacancies")
        asked = BackMsg()
        for id_ in ("$$ID-0000-no.such.field", "$$STREAMLIT_INTERNAL_KEY_x"):
            state = asked.rerun_script.widget_states.widgets.add()
            state.id, state.string_value = id_, "x" * 100_000
        for message in tab.messages:
            element = message.delta.new_element
            if element.WhichOneof("type") == "selectbox":
                state = asked.rerun_script.widget_states.widgets.add()
                state.id, state.string_value = element.selectbox.id, "no such choice"
        shown = tab.run("vacancies", asked=asked)
    assert "Traceback" not in shown and "no such choice" not in shown


# --- uploads and downloads


def test_upload_goes_only_into_a_window_of_ones_own(
    base_url: str, recruiter: str, admin: str
) -> None:
    with Tab(base_url, recruiter) as own, Tab(base_url, admin) as others:
        own.run("imports")
        others.run("home")
        assert own.upload(own.session, "f", b"x") == 204
        assert own.upload(others.session, "f", b"x") == 403
        assert own.upload("no-such-window", "f", b"x") == 403
        nobody = ask(f"{base_url}/_stcore/upload_file/{own.session}/f", "PUT", b"x")
        assert nobody.status == 401
        without_token = ask(
            f"{base_url}/_stcore/upload_file/{own.session}/f", "PUT", b"x", Cookie=own.cookies
        )
        assert without_token.status == 403


def test_flood_of_uploads_is_held_back(base_url: str) -> None:
    limits, big = traffic_limits(), b"x" * 14_000_000
    assert 5 * len(big) > limits.bytes_per_window and 9 * len(big) > limits.bytes_per_officer
    sid = sign_in(base_url, "member.ngo")
    with Tab(base_url, sid) as one, Tab(base_url, sid) as two, Tab(base_url, sid) as three:
        for tab in (one, two, three):
            tab.run("account")
        # The oldest files of a window make room: no number of them holds more than the limit.
        assert [one.upload(one.session, f"s{number}", b"x") for number in range(25)] == [204] * 25
        assert [one.upload(one.session, f"b{number}", big) for number in range(5)] == [204] * 5
        assert [two.upload(two.session, f"b{number}", big) for number in range(4)] == [204] * 4
        assert three.upload(three.session, "b", big) in (429, CUT_OFF)
        assert three.upload(three.session, "b", b"x" * 17_000_000) in (413, CUT_OFF)
        at_once = parallel(lambda number: two.upload(two.session, f"p{number}", big), 8)
        assert set(at_once) <= {204, 429, CUT_OFF}
        assert "Traceback" not in three.run("account")
        for tab in (one, two):
            for number in range(8):
                tab.take_back(tab.session, f"b{number}")
                tab.take_back(tab.session, f"p{number}")
        assert three.upload(three.session, "b", big) == 204
        three.take_back(three.session, "b")
    sign_out(base_url, sid)


def parallel(send: Callable[[int], int], times: int) -> list[int]:
    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(send, range(times)))


def test_download_belongs_to_whoever_is_offered_it(
    base_url: str, recruiter: str, admin: str
) -> None:
    with Tab(base_url, recruiter) as tab:
        shown = tab.run("imports")
        address = next(part for part in shown.split('"') if part.startswith("/media/"))
        assert ask(base_url + address).status == 401
        assert ask(base_url + address, Cookie=tab.cookies).status == 200
        foreign = ask(base_url + address, Cookie=f"sid={admin}")
        absent = ask(f"{base_url}/media/{'0' * 56}.csv", Cookie=f"sid={admin}")
        assert (foreign.status, absent.status) == (404, 404)


# --- addresses


def test_no_address_of_the_app_answers_without_a_session(base_url: str) -> None:
    addresses = every_address()
    assert len(addresses) > 20
    answered = {
        (method, path): ask(base_url + path, method, b"" if method != "GET" else None).status
        for method, path in addresses
    }
    let_in = {one for one, status in answered.items() if status not in (303, 401, 403, 404, 405)}
    assert {path for _, path in let_in} <= OPEN


def test_every_answer_carries_the_headers(base_url: str, recruiter: str) -> None:
    cookie = f"sid={recruiter}"
    replies = {
        "page": ask(f"{base_url}/account", Cookie=cookie),
        "redirect": ask(f"{base_url}/account"),
        "unknown": ask(f"{base_url}/nowhere", Cookie=cookie),
        "refused": ask(f"{base_url}/media/x"),
        "closed": ask(f"{base_url}/_stcore/metrics", Cookie=cookie),
        "missing file": ask(f"{base_url}/media/x.csv", Cookie=cookie),
        "too large": ask(f"{base_url}/signin", "POST", b"x" * 20_000),
        "wrong method": ask(f"{base_url}/signout"),
        "wrong path": ask(f"{base_url}/static/..%2f..%2fapp.py"),
        "sign-in": ask(f"{base_url}/signin"),
        "cross-site": ask(f"{base_url}/signin", "POST", b"a=b", Origin="https://evil.example"),
        "public": ask(f"{base_url}/public/decisions"),
        "script": ask(f"{base_url}/static/no-such-file.js"),
        "font": ask(f"{base_url}/app/static/NotoSansGeorgian.ttf"),
        "health": ask(f"{base_url}/healthz"),
        "upload": ask(f"{base_url}/_stcore/upload_file/x/y", "PUT", b"x", Cookie=cookie),
    }
    for name, reply in replies.items():
        for header, value in HEADERS.items():
            found = reply.headers.get_all(header)
            if name == "public" and header == "Content-Security-Policy":
                assert found and "script-src" not in found[0] and "'none'" in found[0]
            else:
                assert found == [value], (name, header, found)
        assert "Access-Control-Allow-Origin" not in reply.headers, name
        if name not in ("script", "font", "wrong path"):
            assert reply.headers["Cache-Control"] == "no-store", name


@pytest.mark.parametrize(
    "path",
    [
        "/app/static/..%2f..%2fapp.py",
        "/app/static/../../app.py",
        "/static/..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/.streamlit/secrets.toml",
        "/app.py",
        "/var/app.db",
        "//etc/passwd",
        "/app/static/%2e%2e/main.py",
    ],
)
def test_no_file_of_the_server_is_given_away(base_url: str, recruiter: str, path: str) -> None:
    for cookie in ("", f"sid={recruiter}"):
        reply = ask(base_url + path, Cookie=cookie)
        assert b"def " not in reply.body and b"root:" not in reply.body
        assert b"SQLite format" not in reply.body
