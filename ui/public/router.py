"""Which public address is answered by whom. Anybody may ask, so every answer is a sentence."""

from __future__ import annotations

import logging
import re
import secrets
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.exceptions import DoneAlready, InvalidInput, NotFound, Refused, TryAgain
from domain.texts import N_, Sentence
from services import requests
from services.operations.metrics import count_error
from services.texts import LANGUAGES
from ui.entrance.client import address_of
from ui.public import (
    answer,
    check_in,
    complaint,
    cv_approval,
    decisions,
    exit_survey,
    my_data,
    package,
    recusals,
    throttle,
    verify,
)
from ui.public.page import FIRST, Reader, SentFile, done_already, refusal

log = logging.getLogger("public")

UNWRITABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
"""Signs that no file or database keeps, and those that turn the words after them round."""

LARGEST_FILE = 10 * 1024 * 1024
MOST_FILES, MOST_FIELDS, LONGEST_ANSWER = 5, 300, 4000
NO_SUCH_PAGE = Sentence(N_("Nothing stands at this address. Look among the public pages:"))


@dataclass(frozen=True, slots=True)
class Address:
    """A pattern of addresses and what answers it; groups of the pattern are arguments."""

    pattern: re.Pattern[str]
    answer: Callable[..., Response]
    takes_file: bool = False
    is_personal: bool = False
    """Behind a personal link: takes a form with its fields and files."""
    first_language: str = "ka"
    """Unless the address says otherwise."""
    takes_form: bool = False
    """Open to anybody, and takes a form with its fields and files."""


SECRET = r"/public/package/(?P<secret>[\w-]{1,60})"
ADDRESSES = (
    Address(re.compile(r"/public/decisions"), decisions.list_page),
    Address(re.compile(r"/public/recusals"), recusals.list_page),
    Address(re.compile(r"/public/decisions/(?P<number>[\w-]{1,40})"), decisions.session_page),
    Address(
        re.compile(r"/public/decisions/(?P<number>[\w-]{1,40})\.(?P<form>pdf|csv)"),
        decisions.session_file,
    ),
    Address(re.compile(r"/public/verify"), verify.verify_page, takes_file=True),
    *(
        Address(re.compile(SECRET + path), shows, is_personal=True, first_language="en")
        for path, shows in (
            ("", package.package_page),
            (r"/cv/(?P<candidacy>\d{1,12})", package.cv_page),
            (r"/cv/(?P<candidacy>\d{1,12})\.(?P<form>pdf|docx|json)", package.cv_file),
            (r"/package\.zip", package.zip_file),
        )
    ),
    Address(
        re.compile(r"/public/check-in/(?P<secret>[\w-]{1,60})"),
        check_in.check_in_page,
        is_personal=True,
    ),
    Address(re.compile(r"/public/complaint"), complaint.complaint_page, takes_form=True),
    Address(
        re.compile(r"/public/answer/(?P<secret>[\w-]{1,60})"), answer.answer_page, is_personal=True
    ),
    Address(
        re.compile(r"/public/cv/(?P<secret>[\w-]{1,80})"),
        cv_approval.approval_page,
        is_personal=True,
    ),
    Address(
        re.compile(r"/public/exit/(?P<secret>[\w-]{1,60})"),
        exit_survey.survey_page,
        is_personal=True,
    ),
    Address(
        re.compile(r"/public/my-data/(?P<secret>[\w-]{1,60})"),
        my_data.my_data_page,
        is_personal=True,
    ),
)


async def serve(request: Request) -> Response:
    """Every request below /public/."""
    reader = Reader(_language(request), request.url.path, _query(request))
    if reader.path.rstrip("/") == "/public":
        return RedirectResponse(FIRST, 303)
    if throttle.is_too_much(address_of(request)):
        sentence = Sentence(N_("You ask faster than this page answers. Wait a minute, try again."))
        return refusal(reader, 429, sentence)
    for address in ADDRESSES:
        if found := address.pattern.fullmatch(reader.path):
            reader = replace(
                reader,
                language=_language(request, address.first_language),
                first_language=address.first_language,
                is_personal=address.is_personal,
            )
            return await _answer(request, reader, address, found.groupdict())
    return refusal(reader, 404, NO_SUCH_PAGE)


async def _answer(
    request: Request, reader: Reader, address: Address, arguments: dict[str, str]
) -> Response:
    if request.method == "POST":
        has_form = address.is_personal or address.takes_form
        if not (address.takes_file or has_form):
            sentence = Sentence(N_("Nothing can be sent to this address. Go on from here:"))
            return refusal(reader, 405, sentence)
        try:
            take = _with_form if has_form else _with_upload
            reader = await take(request, reader)
        except InvalidInput as problem:
            return refusal(reader, 413, problem.sentence)
        except (MultiPartException, HTTPException):
            return refusal(reader, 400, Sentence(N_("The form did not arrive whole. Try again.")))
    try:
        return await run_in_threadpool(_once, address, reader, arguments)
    except DoneAlready as repeated:
        return done_already(reader, repeated.sentence)
    except NotFound as nothing:
        return refusal(reader, 404, nothing.sentence)
    except InvalidInput as problem:
        return refusal(reader, 400, problem.sentence)
    except TryAgain as busy:
        return refusal(reader, 503, busy.sentence)
    except Refused as not_now:
        return refusal(reader, 410 if request.method == "GET" else 409, not_now.sentence)
    except Exception as error:  # noqa: BLE001 - whoever complains of danger gets no blank page
        return refusal(reader, 500, _apology(error))


def _apology(error: Exception) -> Sentence:
    """What nobody expected; the log gets no message, which could hold what somebody wrote."""
    number = secrets.token_hex(4)
    count_error("public")
    trace = "".join(traceback.format_tb(error.__traceback__))
    log.log(logging.ERROR, "error %s: %s\n%s", number, type(error).__name__, trace)
    text = N_(
        "Something went wrong on our side and nothing was saved. Go back: what you wrote still "
        "stands there. Try again later; if it happens once more, tell the agency this number: "
        "{number}. Whoever is in danger calls 112."
    )
    return Sentence(text, {"number": number})


def _once(address: Address, reader: Reader, arguments: dict[str, str]) -> Response:
    """The answer; a form that is sent a second time changes nothing a second time."""
    drawn = reader.entered("request")
    if not requests.ACCEPTED.fullmatch(drawn):
        return address.answer(reader, **arguments)
    with requests.once(requests.public_id(drawn, reader.path)):
        return address.answer(reader, **arguments)


async def _with_form(request: Request, reader: Reader) -> Reader:
    async with request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS) as sent:
        form: dict[str, tuple[str, ...]] = {}
        files = []
        for name, value in sent.multi_items():
            if isinstance(value, str):
                form[name] = (*form.get(name, ()), UNWRITABLE.sub("", value[:LONGEST_ANSWER]))
            elif value.filename:
                content = await value.read(LARGEST_FILE + 1)
                files.append(SentFile(value.filename, content))
    if any(len(file.content) > LARGEST_FILE for file in files):
        raise InvalidInput(N_("A file may have 10 MB at most; one of these is larger."))
    return replace(reader, form=form, files=tuple(files))


async def _with_upload(request: Request, reader: Reader) -> Reader:
    async with request.form(max_files=1, max_fields=4) as form:
        file, code = form.get("file"), form.get("code")
        content = await file.read(LARGEST_FILE + 1) if isinstance(file, UploadFile) else b""
    if len(content) > LARGEST_FILE:
        raise InvalidInput(N_("A file of at most 10 MB can be checked; this one is larger."))
    query = dict(reader.query) | ({"code": code[:40]} if isinstance(code, str) and code else {})
    return Reader(reader.language, reader.path, query, content)


def _language(request: Request, first: str = "ka") -> str:
    asked = request.query_params.get("lang", first)
    return asked if asked in LANGUAGES else first


def _query(request: Request) -> dict[str, str]:
    return {name: value[:40] for name, value in request.query_params.items() if name == "code"}
