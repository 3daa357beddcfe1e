"""The candidate's own page: the CV in Georgian and English, approve it or say what is wrong."""

from __future__ import annotations

from html import escape

from starlette.responses import Response

from domain.exceptions import InvalidInput
from domain.records.cvs import CvForCandidate, CvLine, CvSection
from domain.texts import N_, Sentence
from services.cvs.approval import answer_by_link, read_cv_by_link
from services.cvs.signing import LONGEST_NOTE
from ui.public.page import Reader, page

TITLE = N_("Your English CV")
APPROVE, CHANGE = "approve", "change"


def approval_page(reader: Reader, secret: str) -> Response:
    """The CV and the form; after an answer, what happens next."""
    if reader.form is None:
        return _page(reader, read_cv_by_link(secret=secret))
    is_approved = reader.entered("answer") == APPROVE
    try:
        if reader.entered("answer") not in (APPROVE, CHANGE):
            raise InvalidInput(N_("Choose one of the two answers."))
        cv = answer_by_link(
            secret=secret,
            content_sha256=reader.entered("content"),
            is_approved=is_approved,
            note=reader.entered("note"),
        )
    except InvalidInput as problem:
        return _page(reader, read_cv_by_link(secret=secret), problem.sentence)
    return _thanks(reader, cv, is_approved)


def _page(reader: Reader, cv: CvForCandidate, problem: Sentence | None = None) -> Response:
    title = reader.say(TITLE)
    intro = reader.say(
        N_(
            "This is what an employer may be shown of you. Read each line in both languages. "
            "Without your approval it is not sent."
        )
    )
    told = f"<h1>{title}</h1><p><strong>{escape(cv.name)}</strong></p><p>{intro}</p>"
    if cv.answered and cv.answered.is_approved:
        told += _card("good", reader.say(N_("✓ You have approved this CV. Thank you.")), "")
    body = told + _sections(cv.sections_ka, cv.sections_en)
    body += _form(reader, cv, problem)
    return page(reader, title, body, 400 if problem else 200)


def _sections(left: tuple[CvSection, ...], right: tuple[CvSection, ...]) -> str:
    """Each line in Georgian with the English beneath, also where one of them is missing."""
    english = {section.place: section for section in right}
    georgian = {section.place: section for section in left}
    order = [*dict.fromkeys([*georgian, *english])]
    return "".join(_section(georgian.get(place), english.get(place)) for place in order)


def _section(left: CvSection | None, right: CvSection | None) -> str:
    titles = [part.title for part in (left, right) if part]
    pairs: dict[str, list[CvLine | None]] = {}
    for place, part in enumerate((left, right)):
        for line in part.lines if part else ():
            pairs.setdefault(line.place, [None, None])[place] = line
    rows = "".join(_pair(*both) for both in pairs.values())
    return f"<h2>{escape(' · '.join(titles))}</h2><div class=card>{rows}</div>"


def _pair(left: CvLine | None, right: CvLine | None) -> str:
    said = "".join(
        f'<p lang="{language}" class="{tone}">{_line(line)}</p>'
        for language, tone, line in (("ka", "ka", left), ("en", "quiet", right))
        if line
    )
    return f'<div class="pair">{said}</div>'


def _line(line: CvLine) -> str:
    text = escape(line.text).replace("\n", "<br>")
    return f"<strong>{escape(line.label)}:</strong> {text}" if line.label else text


def _form(reader: Reader, cv: CvForCandidate, problem: Sentence | None) -> str:
    if cv.can_answer is not None:
        if cv.answered and cv.answered.is_approved:
            return ""
        return _card("", reader.say(N_("Nothing to answer now")), reader.render(cv.can_answer))
    chosen = reader.entered("answer")
    said = f'<p class="problem" role="alert">{reader.render(problem)}</p>' if problem else ""
    choices = "".join(
        f'<label class="choice"><input type="radio" name="answer" value="{value}" required'
        f"{' checked' if chosen == value else ''}>{reader.say(words)}</label>"
        for value, words in (
            (APPROVE, N_("Everything is right: it may be sent to employers")),
            (CHANGE, N_("Something has to be changed")),
        )
    )
    heading, legend = reader.say(N_("Your answer")), reader.say(N_("Is it right?"))
    ask, hint = (
        reader.say(N_("What has to be changed?")),
        reader.say(N_("Needed only if something is wrong.")),
    )
    send = reader.say(N_("Send the answer"))
    return (
        f'<form method="post" action="{reader.address(reader.path)}" class="card">'
        f"<h2>{heading}</h2>{said}"
        f'<input type="hidden" name="content" value="{escape(cv.content_sha256)}">'
        f"<fieldset><legend>{legend}</legend>{choices}</fieldset>"
        f'<label for="note">{ask}</label>'
        f'<textarea id="note" name="note" maxlength="{LONGEST_NOTE}">'
        f"{escape(reader.entered('note'))}</textarea>"
        f'<p class="hint">{hint}</p><button>{send}</button></form>'
    )


def _thanks(reader: Reader, cv: CvForCandidate, is_approved: bool) -> Response:
    title = reader.say(N_("Thank you, your answer has arrived"))
    if is_approved:
        said = N_(
            "You approved your CV. The agency sends it to the employer and writes to you when "
            "there is an answer. If anything in it changes, you are asked again."
        )
    else:
        said = N_(
            "The agency changes what you wrote and asks you again. Until then the CV is not sent."
        )
    return page(reader, title, f"<h1>{title}</h1>" + _card("good", "✓", reader.say(said)))


def _card(tone: str, title: str, text: str) -> str:
    """Title and text are HTML already."""
    return f'<div class="card {tone}"><strong>{title}</strong><p>{text}</p></div>'
