"""The covering letter of a package for an employer, and its list of candidates."""

from __future__ import annotations

from documents.paper import Block, Facts, Heading, Paper, Paragraph, Table
from documents.speech import Speech
from domain.records.sending import LetterLine, LetterRecord
from domain.texts import N_, Term

LIST_HEADS = (
    N_("No."),
    N_("Candidate"),
    N_("Name"),
    N_("Main occupation"),
    N_("Years in it"),
    N_("Languages"),
)


def letter_paper(record: LetterRecord, say: Speech) -> Paper:
    """The whole letter in the language of `say`; the same record gives the same paper."""
    title = say(N_("Candidates for your vacancy {vacancy}"), vacancy=record.vacancy_number)
    agency = record.agency_ka if say.language == "ka" else record.agency_en
    return Paper(
        language=say.language,
        title=title,
        subtitle=f"{record.employer} · {say.day(record.sent_at)}",
        running_head=f"{agency} · {record.number}",
        page_of=say(N_("page {page} of {pages}"), page="{page}", pages="{pages}"),
        foot=say(
            N_("Package {number}, edition {edition}"), number=record.number, edition=record.edition
        ),
        author=agency,
        moment=record.sent_at,
        blocks=tuple(_blocks(record, say)),
    )


def _blocks(record: LetterRecord, say: Speech) -> list[Block]:
    blocks: list[Block] = [
        Facts(
            (
                (say(N_("To")), _addressee(record)),
                (say(N_("Vacancy")), f"{record.vacancy_number} · {_title(record, say)}"),
                (say(N_("Country")), say.show(Term("country", record.country))),
                (say(N_("Positions")), say.show(record.positions)),
                (say(N_("Candidates")), say.show(len(record.lines))),
                (say(N_("Please answer until")), say.show(record.answer_until)),
            )
        ),
        Paragraph(
            say(
                N_(
                    "A commission of several organisations has approved these people for your "
                    "vacancy. Each of them agreed that their CV is handed to you. For each one, "
                    "please tell us: select, keep in reserve, or reject with a reason."
                )
            )
        ),
        Paragraph(
            say(
                N_(
                    "Answer by the link that you were sent, or by phone. Until {day} nobody of "
                    "this list is offered to another employer; after that day they are free again."
                ),
                day=record.answer_until,
            )
        ),
    ]
    if record.message:
        blocks.append(Paragraph(record.message))
    blocks += [Heading(say(N_("The candidates"))), _table(record, say)]
    blocks.append(
        Paragraph(
            say(
                N_(
                    "Placement is free of charge for you and for the candidate. Use these data to "
                    "choose for this vacancy and for nothing else, and delete the CVs of those "
                    "whom you do not choose. Whoever takes their consent back disappears from the "
                    "link: then delete the copies that you have."
                )
            ),
            is_quiet=True,
        )
    )
    if record.permit_number:
        permit = say(N_("Transfer permit: {number}"), number=record.permit_number)
        blocks.append(Paragraph(permit, is_quiet=True))
    blocks.append(Facts(((say(N_("Your contact")), _officer(record, say)),)))
    return blocks


def _addressee(record: LetterRecord) -> str:
    return ", ".join(part for part in (record.employer, record.contact) if part)


def _title(record: LetterRecord, say: Speech) -> str:
    return record.title_ka or record.title if say.language == "ka" else record.title


def _officer(record: LetterRecord, say: Speech) -> str:
    return record.officer_ka if say.language == "ka" else record.officer_en


def _table(record: LetterRecord, say: Speech) -> Table:
    return Table(
        heads=tuple(say(head) for head in LIST_HEADS),
        rows=tuple(_row(line, say) for line in record.lines),
        widths=(0.6, 2, 2.6, 2.6, 1, 2.2),
        numbers=(0, 4),
    )


def _row(line: LetterLine, say: Speech) -> tuple[str, ...]:
    return (
        say.show(line.position),
        line.external_id,
        line.name or "–",
        say.show(Term("occupation", line.occupation)) if line.occupation else "–",
        "–" if line.years is None else say.show(line.years),
        ", ".join(
            f"{say.show(Term('language', language))} {say.show(Term('level', level))}"
            for language, level in line.languages
        )
        or "–",
    )


def list_table(record: LetterRecord, say: Speech) -> tuple[list[str], list[list[object]]]:
    """Heads and rows of the list for spreadsheets, with the hash of each CV."""
    heads = [*(say(head) for head in LIST_HEADS), "SHA-256"]
    return heads, [[*_row(line, say), line.cv_sha256] for line in record.lines]
