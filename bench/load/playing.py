"""Many officers at once: each sends what the browser sent, thinks, and waits for the answer."""

from __future__ import annotations

import asyncio
import random
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from websockets.asyncio.client import ClientConnection, connect

from bench.load.frames import SUBPROTOCOLS, failed, is_last
from bench.load.recording import Recording
from services.officers.demo_accounts import PASSWORD

THINKING = 5.0
"""Seconds between an answer and the next click, on average."""
PATIENCE = 60.0  # seconds
LARGEST = 64 << 20  # bytes of one message


@dataclass
class Heard:
    """What the officers of one measurement lived through."""

    waits: list[float] = field(default_factory=list)
    """Seconds from a click to the end of its answer."""
    openings: list[float] = field(default_factory=list)
    """The same for opening the screen."""
    answers: int = 0
    """All answers, those to screens that ask by themselves included."""
    errors: int = 0
    """Answers that never came, and exceptions shown."""


def sign_in(address: str, officers: Sequence[str], times: int) -> list[str]:
    """Session cookies: that many browsers in which these officers signed in, in turn."""
    return [_cookie(address, officers[number % len(officers)]) for number in range(times)]


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def _cookie(address: str, officer: str) -> str:
    form = urlencode({"username": officer, "password": PASSWORD}).encode()
    request = urllib.request.Request(address + "/signin", form, {"Origin": address})
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        answer = opener.open(request, timeout=30)
    except urllib.error.HTTPError as redirect:
        answer = redirect
    cookies: SimpleCookie = SimpleCookie(answer.headers.get("Set-Cookie", ""))
    return "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items())


async def play(
    address: str, cookies: Sequence[str], recording: Recording, *, settle: float, seconds: float
) -> Heard:
    """So many officers for so long; only what begins after `settle` seconds is counted."""
    heard, chance = Heard(), random.Random(7)
    begins = time.perf_counter() + settle
    ends = begins + seconds
    await asyncio.gather(
        *(
            _officer(address, cookie, recording, heard, (begins, ends), chance.random())
            for cookie in cookies
        )
    )
    return heard


async def _officer(
    address: str,
    cookie: str,
    recording: Recording,
    heard: Heard,
    counted: tuple[float, float],
    share: float,
) -> None:
    chance = random.Random(share)
    begins, ends = counted
    # They come one after another, as people do, and not in the same millisecond.
    await asyncio.sleep(max(0.0, begins - time.perf_counter()) * share * 0.8)
    try:
        async with _connection(address, cookie) as socket:
            for frame in recording.opening:
                heard.openings.append(await _answered(socket, frame, heard))
            await _work(socket, recording, heard, counted, chance)
    except (OSError, TimeoutError):
        heard.errors += 1
        return


def _connection(address: str, cookie: str) -> connect:
    host = urlsplit(address).netloc
    return connect(
        f"ws://{host}/_stcore/stream",
        subprotocols=list(SUBPROTOCOLS),  # type: ignore[arg-type]
        additional_headers={"Cookie": cookie},
        origin=address,  # type: ignore[arg-type]
        max_size=LARGEST,
        compression=None,
    )


async def _work(
    socket: ClientConnection,
    recording: Recording,
    heard: Heard,
    counted: tuple[float, float],
    chance: random.Random,
) -> None:
    begins, ends = counted
    place = chance.randrange(len(recording.clicks))
    again = time.perf_counter() + recording.every
    click = time.perf_counter() + chance.expovariate(1 / THINKING)
    while (now := time.perf_counter()) < ends:
        if recording.again and again <= min(now, click):
            await _answered(socket, recording.again, heard)
            again = time.perf_counter() + recording.every
        elif click <= now:
            waited = await _answered(socket, recording.clicks[place], heard)
            if now >= begins:
                heard.waits.append(waited)
            place = (place + 1) % len(recording.clicks)
            click = time.perf_counter() + chance.expovariate(1 / THINKING)
        else:
            due = min(click, again) if recording.again else click
            await asyncio.sleep(max(0.0, min(due, ends) - now))


async def _answered(socket: ClientConnection, frame: bytes, heard: Heard) -> float:
    began = time.perf_counter()
    await socket.send(frame)
    while True:
        message = await asyncio.wait_for(socket.recv(), PATIENCE)
        if failed(message):
            heard.errors += 1
        if is_last(message):
            heard.answers += 1
            return time.perf_counter() - began
