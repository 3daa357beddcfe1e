"""The notification of an incident to the authority that supervises personal data."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from documents.paper import Block, Facts, Heading, Paper, Paragraph, SignatureLines
from documents.speech import Speech
from domain.enums import TellPeople
from domain.records.incidents import NotificationRecord
from domain.texts import N_, Term


def notice_paper(record: NotificationRecord, say: Speech) -> Paper:
    """The whole notification in the language of `say`; what is not known yet "follows"."""
    agency = record.agency_ka if say.language == "ka" else record.agency_en
    title = say(N_("Notification of an incident"))
    if record.part > 1:
        title = say(
            N_("Notification of an incident: further information, part {part}"), part=record.part
        )
    return Paper(
        language=say.language,
        title=title,
        subtitle=f"{record.number} · {say.show(record.made_at)}",
        running_head=f"{agency} · {record.number}",
        page_of=say(N_("page {page} of {pages}"), page="{page}", pages="{pages}"),
        foot=record.number if record.is_sent else say(N_("Draft: not sent yet")),
        author=agency,
        moment=record.made_at,
        blocks=tuple(_blocks(record, say, agency)),
    )


def _blocks(record: NotificationRecord, say: Speech, agency: str) -> list[Block]:
    form = record.form
    authority = record.authority_ka if say.language == "ka" else record.authority_en
    blocks: list[Block] = [
        Facts(
            (
                (say(N_("To")), authority),
                (say(N_("From")), agency),
                (say(N_("About")), say.show(record.title)),
                (say(N_("Identified")), say.show(record.identified_at)),
                (say(N_("Began")), _known(form.began_at, say)),
                (say(N_("Ended")), _known(form.ended_at, say)),
            )
        ),
        Heading(say(N_("Circumstances and type"))),
        Paragraph(form.circumstances or _follows(say)),
        Paragraph(_list(form.breach_types, say)),
        Heading(say(N_("Data and people concerned"))),
        Facts(
            (
                (say(N_("Categories of data")), _list(form.data_categories, say)),
                (say(N_("Volume of data")), form.data_volume or _follows(say)),
                (say(N_("Categories of people")), _list(form.people_categories, say)),
                (say(N_("Number of people")), _known(form.people_count, say)),
            )
        ),
        Heading(say(N_("Consequences and measures"))),
        Facts(
            (
                (say(N_("Likely consequences")), form.consequences or _follows(say)),
                (say(N_("Likelihood of harm")), _harm(record, say)),
                (say(N_("Measures taken or planned")), form.measures or _follows(say)),
                (say(N_("Telling the people concerned")), _telling(record, say)),
            )
        ),
        Heading(say(N_("Contact"))),
        Paragraph(form.contact or _follows(say)),
    ]
    if record.late_reason:
        blocks += [
            Heading(say(N_("Why later than 72 hours"))),
            Paragraph(record.late_reason),
        ]
    blocks.append(SignatureLines(((say(N_("Data protection officer")), ""),)))
    return blocks


def _follows(say: Speech) -> str:
    return say(N_("not known yet; follows"))


def _known(value: object, say: Speech) -> str:
    return _follows(say) if value is None else say.show(value)


def _list(members: Sequence[StrEnum], say: Speech) -> str:
    if not members:
        return _follows(say)
    return "; ".join(say.show(Term(type(one).__name__, one.value)) for one in members)


def _harm(record: NotificationRecord, say: Speech) -> str:
    if record.harm is None:
        return _follows(say)
    told = say.show(Term("Harm", record.harm.value))
    return f"{told}. {record.harm_reason}" if record.harm_reason else told


def _telling(record: NotificationRecord, say: Speech) -> str:
    form = record.form
    told = say.show(Term("TellPeople", form.tell_people.value))
    if form.tell_people is TellPeople.YES and form.tell_people_on:
        return f"{told}: {say.show(form.tell_people_on)}"
    return f"{told}: {form.tell_people_reason}" if form.tell_people_reason else told
