"""Is this paper ours, and is this file unchanged? By the printed code, or by the file itself."""

from __future__ import annotations

from html import escape

from starlette.responses import Response

from domain.enums import SignatureFinding
from domain.exceptions import InvalidInput
from domain.records.verification import (
    Paper,
    PaperFile,
    PaperKind,
    PaperSignature,
    PaperStanding,
)
from domain.texts import N_, Term
from services.official_documents.codes import written
from services.official_documents.verification import find_paper, find_paper_of_file
from ui.public.page import Reader, page, table

TITLE = N_("Check a paper")
KINDS = {
    PaperKind.MINUTES: N_("Minutes {number}, revision {revision}"),
    PaperKind.EXTRACT: N_("Published extract of session {number}, edition {revision}"),
    PaperKind.CERTIFICATE: N_("Certificate of orientation {number}"),
}
STANDINGS = {
    PaperStanding.SIGNED: N_("Signed: this is the paper in force."),
    PaperStanding.NOT_SIGNED: N_("Not signed yet: this is a draft and decides nothing."),
    PaperStanding.SUPERSEDED: N_("A newer revision has taken the place of this one."),
    PaperStanding.VOID: N_("This paper was declared void."),
    PaperStanding.PUBLISHED: N_("Published: anybody may read it."),
    PaperStanding.ISSUED: N_("Issued: its holder was there and passed the quiz."),
    PaperStanding.WITHDRAWN: N_("This extract was withdrawn: do not rely on it."),
}
YOURS = N_("your file")
PRINCIPAL = N_("principal file")
CODE = N_("Code from the foot of the page")
CHECK_CODE = N_("Check the code")
FILE = N_("Or the file itself, at most 10 MB")
CHECK_FILE = N_("Compare the file")
FORGOTTEN = N_("The file is compared and forgotten at once; it is not kept.")
GOOD = frozenset({PaperStanding.SIGNED, PaperStanding.PUBLISHED, PaperStanding.ISSUED})


def verify_page(reader: Reader) -> Response:
    """The two forms, and the answer to whichever was sent."""
    answer, status = "", 200
    typed = reader.query.get("code", "")
    if reader.upload is not None:
        answer = _about_file(reader)
    elif typed:
        answer, status = _about_code(reader, typed)
    title = reader.say(TITLE)
    intro = reader.say(
        N_(
            "Minutes of the commission and published extracts carry a code at the foot of each "
            "page. Here anybody can see whether a paper is ours and whether a file of it is "
            "unchanged."
        )
    )
    return page(
        reader, title, f"<h1>{title}</h1><p>{intro}</p>{answer}{_forms(reader, typed)}", status
    )


def _about_code(reader: Reader, typed: str) -> tuple[str, int]:
    try:
        paper = find_paper(typed)
    except InvalidInput as problem:
        return _card("bad", reader.say(N_("This is no code")), reader.render(problem.sentence)), 400
    if paper is None:
        sentence = reader.say(
            N_("No paper with this code was ever made here. Compare it with the paper once more.")
        )
        return _card("bad", reader.say(N_("Not ours")), sentence), 404
    return _paper(reader, paper) + _files(reader, paper), 200


def _about_file(reader: Reader) -> str:
    if not reader.upload:
        return _card("bad", reader.say(N_("No file was chosen")), reader.say(N_("Choose a file.")))
    found = find_paper_of_file(reader.upload)
    if found is None:
        sentence = reader.say(
            N_(
                "No file of ours has this content: it was changed, saved anew by another program, "
                "or did not come from here. Ask for the original."
            )
        )
        return _card("bad", reader.say(N_("Not ours, or changed")), sentence)
    paper, file = found
    tone = "good" if paper.standing in GOOD else "bad"
    sentence = reader.say(N_("Byte for byte the file that was made here:"))
    return (
        _card(tone, reader.say(N_("The file is unchanged")), f"{sentence} {_name(reader, file)}.")
        + _paper(reader, paper)
        + _files(reader, paper, file)
    )


def _paper(reader: Reader, paper: Paper) -> str:
    name = reader.say(KINDS[paper.kind], number=paper.number, revision=paper.revision)
    tone = "good" if paper.standing in GOOD else "bad"
    made = reader.say(
        N_("Made on {day}. Code {code}."), day=paper.made_on, code=written(paper.code)
    )
    signed = "".join(_signature(reader, one) for one in paper.signatures)
    return _card(tone, name, f"{reader.say(STANDINGS[paper.standing])} {made}") + signed


def _signature(reader: Reader, one: PaperSignature) -> str:
    """As what somebody signed, when and how, and whether it holds; no name stands here."""
    capacity = Term("StepCapacity", one.capacity.value) if one.capacity else None
    who = reader.show(capacity) if capacity else reader.say(N_("an officer"))
    if one.is_by_substitute:
        who = reader.say(N_("substitute: {who}"), who=capacity or "–")
    parts = [
        reader.say(
            N_("{day}, {level}."),
            day=one.signed_on,
            level=Term("SignatureLevel", one.level.value),
        ),
        reader.say(
            N_("Checked now: {finding}."), finding=Term("SignatureFinding", one.finding.value)
        ),
    ]
    if one.is_demonstration:
        parts.append(reader.say(N_("A demonstration, without legal force.")))
    tone = "good" if one.finding is SignatureFinding.VALID else "bad"
    signature = reader.say(N_("Signature"))
    return _card(tone, f"{signature}: {who}", " ".join(parts))


def _card(tone: str, strong: str, text: str) -> str:
    role = "status" if tone == "good" else "alert"
    return f'<div class="card {tone}" role="{role}"><strong>{strong}</strong><p>{text}</p></div>'


def _files(reader: Reader, paper: Paper, match: PaperFile | None = None) -> str:
    heads = [reader.say(head) for head in (N_("Format and language"), N_("Size, bytes"), "SHA-256")]
    rows = [
        (
            _name(reader, file) + (f" · {reader.say(YOURS)}" if file == match else ""),
            reader.show(file.size),
            f"<code>{escape(file.sha256)}</code>",
        )
        for file in paper.files
    ]
    caption = reader.say(N_("Files of this paper"))
    hint = reader.say(
        N_(
            "SHA-256 is a file's fingerprint: one changed letter gives another one. Compare it, "
            "or send the file below to have it compared."
        )
    )
    return (
        f'<h2>{caption}</h2>{table(heads, rows, caption, numbers=(1,))}<p class="hint">{hint}</p>'
    )


def _name(reader: Reader, file: PaperFile) -> str:
    language = reader.show(Term("language", file.language))
    name = f"{file.format.value.upper()}, {language}"
    return f"{name} · {reader.say(PRINCIPAL)}" if file.is_principal else name


def _forms(reader: Reader, typed: str) -> str:
    lang = "" if reader.language == "ka" else '<input type="hidden" name="lang" value="en">'
    return f"""
<div class="card"><form method="get" action="/public/verify">
<label for="code">{reader.say(CODE)}</label>
<input id="code" name="code" value="{escape(typed, quote=True)}" autocomplete="off"
 autocapitalize="characters" spellcheck="false" maxlength="20" required>
{lang}<button type="submit">{reader.say(CHECK_CODE)}</button>
</form></div>
<div class="card"><form method="post" action="{reader.address("/public/verify")}"
 enctype="multipart/form-data">
<label for="file">{reader.say(FILE)}</label>
<input id="file" name="file" type="file" accept=".pdf,.docx,.csv" required>
<button type="submit">{reader.say(CHECK_FILE)}</button>
<p class="hint">{reader.say(FORGOTTEN)}</p>
</form></div>"""
