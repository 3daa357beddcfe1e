"""The employer's page behind a package's link: the list, the CVs, and one form for all answers."""

from __future__ import annotations

from collections import defaultdict
from html import escape
from urllib.parse import quote

from starlette.responses import Response

from documents.cv import cv_sections
from documents.speech import Speech
from domain.enums import CvLevel, FileFormat
from domain.exceptions import InvalidInput, Refused
from domain.records.answers import AnswerOutcome, AnswerSheet, OfferedWork
from domain.texts import N_, Sentence, Term
from services import texts
from services.answers.employer import answer_by_link
from services.answers.package_files import (
    LinkedFile,
    read_cv_by_link,
    read_cv_file_by_link,
    read_zip_by_link,
)
from services.answers.reading import look_at_package, open_package
from ui.public.package_form import Problems, answer_form, entered_form
from ui.public.page import Reader, page

MIME = {
    FileFormat.PDF: "application/pdf",
    FileFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileFormat.JSON: "application/json",
}
LEVELS = {
    CvLevel.FULL.value: N_("The CVs hold names and contacts."),
    CvLevel.NO_CONTACTS.value: N_(
        "The CVs hold names but no contacts: write or call through the agency."
    ),
    CvLevel.ANONYMOUS.value: N_("The CVs hold no names: they follow once you select somebody."),
}


def package_page(reader: Reader, secret: str) -> Response:
    """The list and the form; after a form its outcome, or everything typed with what is missing."""
    if reader.form is None:
        return _drawn(reader, open_package(secret=secret))
    problems: dict[str, list[Sentence]] = defaultdict(list)
    try:
        outcome = answer_by_link(secret=secret, form=entered_form(reader))
    except (InvalidInput, Refused) as problem:
        for one in getattr(problem, "problems", ()):
            problems[one.field].append(one.sentence)
        sheet = look_at_package(secret=secret)  # a link called back meanwhile is refused here
        status = 400 if isinstance(problem, InvalidInput) else 409
        return _drawn(reader, sheet, problems, problem.sentence, status)
    kept = Reader(reader.language, reader.path, reader.query, is_personal=True, first_language="en")
    return _drawn(kept, look_at_package(secret=secret), outcome=outcome)


def cv_page(reader: Reader, secret: str, candidacy: str) -> Response:
    """One CV on the screen, in English as it was signed off."""
    found = read_cv_by_link(secret=secret, candidacy_id=int(candidacy))
    shown = found.cv.shown
    sections = cv_sections(shown, Speech(shown.language, texts.show))
    body = "".join(
        f'<h2 lang="en">{escape(section.title)}</h2><dl lang="en">'
        + "".join(
            f"<dt>{escape(line.label)}</dt><dd>{escape(line.text)}</dd>" for line in section.lines
        )
        + "</dl>"
        for section in sections
    )
    back = reader.link(f"/public/package/{secret}", reader.say(N_("← Back to the list")))
    files = " · ".join(
        f'<a href="{escape(reader.path)}.{form}">{name}</a>'
        for form, name in (("pdf", "PDF"), ("docx", "Word"), ("json", "Europass JSON"))
    )
    title = reader.say(N_("No {number} · {name}"), number=found.position, name=shown.name())
    return page(reader, title, f"<p>{back}</p><h1>{title}</h1><p>{files}</p>{body}<p>{back}</p>")


def cv_file(reader: Reader, secret: str, candidacy: str, form: str) -> Response:
    """A file of one CV to keep."""
    kind = FileFormat(form)
    file = read_cv_file_by_link(secret=secret, candidacy_id=int(candidacy), form=kind)
    return _file(file, MIME[kind])


def zip_file(reader: Reader, secret: str) -> Response:
    """Everything in one file."""
    return _file(read_zip_by_link(secret=secret), "application/zip")


def _file(file: LinkedFile, mime: str) -> Response:
    named = f"attachment; filename*=UTF-8''{quote(file.name)}"
    return Response(file.content, media_type=mime, headers={"Content-Disposition": named})


def _drawn(
    reader: Reader,
    sheet: AnswerSheet,
    problems: Problems | None = None,
    problem: Sentence | None = None,
    status: int = 200,
    *,
    outcome: AnswerOutcome | None = None,
) -> Response:
    title = reader.say(N_("Candidates for your vacancy {number}"), number=sheet.work.number)
    parts = [
        f"<h1>{title}</h1>",
        _notice(reader, sheet, problem, outcome),
        _work(reader, sheet),
        answer_form(reader, sheet, problems or {}),
    ]
    return page(reader, title, "".join(parts), status)


def _notice(
    reader: Reader, sheet: AnswerSheet, problem: Sentence | None, outcome: AnswerOutcome | None
) -> str:
    if problem is not None:
        what = reader.say(N_("✕ Not saved"))
        return _card("bad", "alert", what, reader.render(problem))
    if outcome is not None:
        return _card("good", "status", reader.say(N_("✓ Saved")), _saved(reader, outcome))
    if sheet.closed is not None:
        what = reader.say(N_("Answers are closed"))
        return _card("bad", "status", what, reader.render(sheet.closed))
    return ""


def _saved(reader: Reader, outcome: AnswerOutcome) -> str:
    said = reader.say(
        N_("New answers: {answers}. New times for interviews: {times}."),
        answers=outcome.new_answers,
        times=outcome.new_slots,
    )
    follows = (
        N_("Everybody has an answer. Whoever you take is asked to confirm; you get their reply.")
        if outcome.is_complete
        else N_("Some people still wait for your answer: see the list below.")
    )
    return f"{said} {reader.say(follows)}"


def _card(tone: str, role: str, strong: str, text: str) -> str:
    return f'<div class="card {tone}" role="{role}"><strong>{strong}</strong><p>{text}</p></div>'


def _work(reader: Reader, sheet: AnswerSheet) -> str:
    work = sheet.work
    waiting = sum(one.answer is None for one in sheet.people)
    asked = reader.say(
        N_(
            "{waiting} of {people} people wait for your answer. Please answer by {day}; after that "
            "they go to other employers. You can take {places} of them."
        ),
        waiting=waiting,
        people=len(sheet.people),
        day=sheet.answer_until,
        places=sheet.places,
    )
    ask = f"<p>{asked}</p>" if sheet.closed is None and waiting else ""
    level = reader.say(LEVELS[sheet.level]) if sheet.level in LEVELS else ""
    whole = reader.say(N_("Everything in one ZIP"))
    archive = f'<a href="{escape(reader.path)}/package.zip">{whole}</a>'
    message = f'<div class="card"><p>{escape(sheet.message)}</p></div>' if sheet.message else ""
    how = reader.say(N_("Please use the data for this vacancy alone, and pass them on to nobody."))
    return f"<p>{described(reader, work)}</p>{ask}{message}<p>{level} {how}</p><p>{archive}</p>"


def described(reader: Reader, work: OfferedWork) -> str:
    """The work in one line: what, for whom, where, when."""
    parts = [escape(work.title_in(reader.language)), escape(work.employer or "")]
    parts.append(reader.show(Term("country", work.country)))
    if work.start_on and work.end_on:
        parts.append(reader.say(N_("{start} to {end}"), start=work.start_on, end=work.end_on))
    return " · ".join(part for part in parts if part)
