"""The certificate of orientation: one page, in Georgian and in English."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from documents.paper import Block, Facts, Heading, Paper, Paragraph, SignatureLines
from documents.speech import Speech
from domain.texts import N_


@dataclass(frozen=True, slots=True)
class CertificateRecord:
    """Everything that the certificate says; its hash gives the code printed in it."""

    number: str
    session_number: str
    held_on: date
    issued_at: datetime
    name_ka: str
    name_lat: str
    external_id: str
    hours: float
    topics: tuple[tuple[str, str], ...]
    """(Georgian, English)"""
    right_count: int
    question_count: int
    trainer: str


def certificate_paper(
    record: CertificateRecord, *, foot: str, georgian: Speech, english: Speech
) -> Paper:
    """The certificate; `foot` holds its code and where anybody can check it."""
    title = N_("Certificate of pre-departure orientation")
    return Paper(
        language="ka",
        title=georgian(title),
        subtitle=english(title),
        running_head=record.number,
        page_of=georgian(N_("page {page} of {pages}"), page="{page}", pages="{pages}"),
        foot=foot,
        author="",
        moment=record.issued_at,
        blocks=(
            *_said(record, georgian),
            *_said(record, english),
            SignatureLines(((_both(N_("Trainer"), georgian, english), record.trainer),)),
        ),
    )


def _both(text: str, georgian: Speech, english: Speech) -> str:
    return f"{georgian(text)} / {english(text)}"


def _said(record: CertificateRecord, say: Speech) -> list[Block]:
    name = record.name_ka if say.language == "ka" else record.name_lat
    topics = (pair[0 if say.language == "ka" else 1] for pair in record.topics)
    return [
        Heading(name),
        Paragraph(
            say(
                N_(
                    "took part in the pre-departure orientation for temporary lawful employment "
                    "abroad and passed its quiz."
                )
            )
        ),
        Facts(
            (
                (say(N_("Number")), record.number),
                (say(N_("Person's number in the register")), record.external_id),
                (say(N_("Orientation session")), record.session_number),
                (say(N_("Held on")), say.show(record.held_on)),
                (say(N_("Hours")), say.show(record.hours)),
                (
                    say(N_("Quiz")),
                    say(
                        N_("{right} of {all} answers right"),
                        right=record.right_count,
                        all=record.question_count,
                    ),
                ),
                (say(N_("Topics")), "; ".join(topics)),
            )
        ),
    ]
