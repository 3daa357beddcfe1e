"""Minutes as files: the same bytes always, names of those only whose résumés leave the house."""

import hashlib
import io
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader

from documents.docx import to_docx
from documents.minutes import minutes_paper
from documents.paper import Heading, Paper, Paragraph
from documents.pdf import to_pdf
from documents.speech import Speech
from domain.enums import DecisionOutcome
from domain.records.minutes import Named
from domain.texts import Sentence, Term
from tests.factories.minutes import OPENED, candidate, item, minutes_record

ROOT = Path(__file__).parents[3]


def spoken(value: object, language: str) -> str:
    """English without a catalogue or a database."""
    match value:
        case Sentence():
            shown = {name: spoken(part, language) for name, part in value.values.items()}
            return value.text.format(**shown)
        case Term():
            return value.code
        case datetime():
            return value.strftime("%d.%m.%Y %H:%M")
        case date():
            return value.strftime("%d.%m.%Y")
    return str(value)


SPEECH = Speech("en", spoken)


def text_of(paper: Paper) -> str:
    pages = PdfReader(io.BytesIO(to_pdf(paper))).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def words_of(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


PROGRAM = """
import hashlib
from tests.unit.documents.test_minutes import SPEECH, minutes_paper, minutes_record, to_docx, to_pdf
paper = minutes_paper(minutes_record(), SPEECH, "code")
print(*(hashlib.sha256(made).hexdigest() for made in (to_pdf(paper), to_docx(paper))))
"""


def test_same_record_gives_same_bytes_in_another_process_zone_and_hour() -> None:
    paper = minutes_paper(minutes_record(), SPEECH, "code")
    here = [hashlib.sha256(made).hexdigest() for made in (to_pdf(paper), to_docx(paper))]
    elsewhere = {
        **os.environ,
        "TZ": "Pacific/Kiritimati",
        "PYTHONHASHSEED": "4711",
        "LANG": "C",
        "SOURCE_DATE_EPOCH": "1",
        "MIGRATION_DATABASE_URL": "sqlite:////dev/null/none.db",
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env=elsewhere,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == here


def test_files_say_when_the_session_closed_and_not_when_they_were_made() -> None:
    paper = minutes_paper(minutes_record(), SPEECH, "code")
    metadata = PdfReader(io.BytesIO(to_pdf(paper))).metadata
    assert metadata is not None and metadata.creation_date is not None
    assert metadata.creation_date.timestamp() == paper.moment.timestamp()
    properties = Document(io.BytesIO(to_docx(paper))).core_properties
    assert properties.created is not None
    assert properties.created.replace(tzinfo=paper.moment.tzinfo) == paper.moment


def test_every_page_has_the_number_the_code_and_its_place() -> None:
    pages = PdfReader(io.BytesIO(to_pdf(minutes_paper(minutes_record(), SPEECH, "code X")))).pages
    for place, page in enumerate(pages, start=1):
        text = " ".join(page.extract_text().split())
        assert "MIN-2026-001" in text and "code X" in text
        assert f"page {place} of {len(pages)}" in text


def test_word_file_tells_what_the_pdf_tells() -> None:
    paper = minutes_paper(minutes_record(), SPEECH, "code")
    words = words_of(to_docx(paper))
    for told in ("T-00003", "Tamar Lomidze", "The passport expires.", "DEC-2026-000003"):
        assert told in words and told in text_of(paper)


def test_names_stand_with_the_approved_and_the_reserve_only() -> None:
    refused = candidate(3, DecisionOutcome.NOT_APPROVED, name=Named("უცხო", "Nobody Else"))
    record = minutes_record(items=(item(1, candidates=(refused,)),))
    assert "Nobody" not in text_of(minutes_paper(record, SPEECH, "code"))


def test_secret_ballot_shows_no_name_beside_a_vote() -> None:
    record = minutes_record(items=(item(1, is_secret=True),))
    paper = minutes_paper(record, SPEECH, "code")
    headings = [block.text for block in paper.blocks if isinstance(block, Heading)]
    assert "Open vote by name" not in headings
    assert "secret: only the tally is kept" in text_of(paper)


def test_open_ballot_names_who_voted_how_and_why() -> None:
    text = text_of(minutes_paper(minutes_record(items=(item(1),)), SPEECH, "code"))
    assert "Open vote by name" in text and "03 Nino Beridze" in text


def test_dissent_and_lifted_blindness_are_told() -> None:
    paper = minutes_paper(minutes_record(), SPEECH, "code")
    told = " ".join(block.text for block in paper.blocks if isinstance(block, Paragraph))
    assert "Dissenting opinion of Giorgi Kalandadze" in told
    assert "Blindness was lifted" in told


def test_item_without_a_decision_says_so() -> None:
    record = minutes_record(items=(item(1, decided_at=None, candidates=()),))
    assert "closed without a decision" in text_of(minutes_paper(record, SPEECH, "code"))


@pytest.mark.parametrize(
    "text", ["#panic()", "*x* _y_ $z$ \\", '"quoted" <label> @ref', "= heading", "მე #let"]
)
def test_what_people_wrote_is_never_read_as_markup(text: str) -> None:
    paper = Paper(
        language="en",
        title="T",
        subtitle="S",
        running_head="R",
        page_of="{page} of {pages}",
        foot="F",
        author="A",
        moment=OPENED,
        blocks=(Paragraph(text),),
    )
    assert text.replace(" ", "") in text_of(paper).replace(" ", "")
    assert text in words_of(to_docx(paper))


def test_long_tables_run_over_pages_with_their_head_repeated() -> None:
    many = tuple(candidate(n, DecisionOutcome.APPROVED, rows=()) for n in range(1, 61))
    record = minutes_record(items=(item(1, candidates=many),))
    text = text_of(minutes_paper(record, SPEECH, "code"))
    assert text.count("Points (range)") > 1


def test_changed_record_changes_both_files() -> None:
    paper = minutes_paper(minutes_record(), SPEECH, "code")
    changed = minutes_paper(replace(minutes_record(), place="Batumi"), SPEECH, "code")
    assert to_pdf(paper) != to_pdf(changed) and to_docx(paper) != to_docx(changed)


def test_a_word_file_shows_nothing_of_the_paper_made_before_it() -> None:
    long = minutes_paper(minutes_record(), SPEECH, "code of the first")
    short = replace(long, title="Second", running_head="second", foot="f", blocks=long.blocks[:2])
    first, second = to_docx(long), to_docx(short)
    assert "code of the first" not in words_of(second) and to_docx(long) == first
    sections = Document(io.BytesIO(second)).sections
    assert [one.text for one in sections[0].header.paragraphs] == ["second"]
