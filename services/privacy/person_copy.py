"""A whole copy of what is kept about a person: for reading as a paper, for machines as JSON.

The JSON has a version, so that another service can read it. Left out is what belongs to others: the
votes and notes of commission members, who of them voted, and officers' ids.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import LargeBinary, select
from sqlalchemy.orm import Session

from db.session import unit_of_work
from documents.paper import Block, Facts, Heading, Paper, Paragraph, Table
from documents.pdf import to_pdf
from documents.speech import Speech
from domain.enums import PrivacyRequestStatus as Status
from domain.exceptions import Refused
from domain.records.officer import Officer
from domain.records.privacy import Access
from domain.texts import N_, Term
from services import audit, clock, texts
from services.exports import Export
from services.permissions import Permission, check_can
from services.privacy.accesses import accesses_of, person_by_number
from services.privacy.processing import processings
from services.privacy.requests import get_request
from services.privacy.table_map import Mapped, Person, rows_of, table_map

FORMAT = "migration-person-copy/1"
OTHERS = frozenset(
    {
        *("votes", "vote_scores", "member_notes", "secret_voters", "secret_tallies"),
        *("secret_scores", "audit_details", "jobseeker_features", "duplicate_pairs"),
        *("not_duplicates", "jobseeker_merges", "season_plan_people", "letter_readers"),
        *("resolution_executors", "depersonalisations", "incident_people", "drafts"),
        # Somebody else may have told of the stay without a name: monitoring officers answer.
        *("monitoring_cases", "case_events", "case_notes", "case_words", "case_files"),
        *("case_referrals", "case_remedies"),
    }
)
"""Tables whose rows tell of somebody else, or only of how the system works."""
INTERNAL = ("_by", "_sealed", "sha256", "request_id", "claim", "changed_seq", "version")
PAPER_TABLES = 60
JSON_KIND = "application/json"


def copy_as_json(*, number: str, by: Officer) -> Export:
    """The copy for a request, machine-readable; handing it out is logged."""
    content, external_id = _handed_out(number, "json", by)
    text = json.dumps(content, ensure_ascii=False, indent=1, default=_plain)
    return Export(f"{number}-{external_id}.json", JSON_KIND, text.encode())


def copy_as_pdf(*, number: str, language: str, by: Officer) -> Export:
    """The copy for a request as a paper, with who saw the data; handing it out is logged."""
    content, external_id = _handed_out(number, "pdf", by)
    paper = copy_paper(content, number, Speech(language, texts.show))
    return Export(f"{number}-{external_id}-{language}.pdf", "application/pdf", to_pdf(paper))


def _handed_out(number: str, form: str, by: Officer) -> tuple[dict[str, Any], str]:
    check_can(by, Permission.PRIVACY_MANAGE)
    request = get_request(number=number, by=by)
    if request.status is Status.RECEIVED:
        raise Refused(N_("First note how the person was identified."))
    with unit_of_work() as work:
        _, person = person_by_number(work.session, request.external_id)
        content = copy_of(work.session, person)
        audit.record(
            work.session,
            action="handed_out",
            entity="copy_of_data",
            entity_id=number,
            subject=request.external_id,
            details={"format": form},
            by=by,
        )
        work.commit()
    return content, request.external_id


def copy_of(session: Session, person: Person) -> dict[str, Any]:
    """Everything about a person, by purpose of the register and by table."""
    purposes: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for mapped in table_map().values():
        if mapped.is_about_a_person and mapped.name not in OTHERS:
            rows = _rows(session, mapped, person)
            if rows:
                purposes.setdefault(mapped.purpose, {})[mapped.name] = rows
    return {
        "format": FORMAT,
        "made_at": clock.now(),
        "file": person.external_ids,
        "data": purposes,
        "seen_by": [_told(one) for one in accesses_of(session, person)],
    }


def _rows(session: Session, mapped: Mapped, person: Person) -> list[dict[str, Any]]:
    shown = [
        column
        for column in mapped.table.columns
        if not column.name.endswith(INTERNAL) and not isinstance(column.type, LargeBinary)
    ]
    query = select(*shown).where(rows_of(mapped.name, person))
    return [
        {name: value for name, value in row.items() if value is not None}
        for row in session.execute(query.order_by(*mapped.table.primary_key.columns)).mappings()
    ]


def _told(one: Access) -> dict[str, Any]:
    return {
        "at": one.happened_at,
        "organisation": one.organisation_en,
        "role": one.role.value if one.role else None,
        "action": one.action,
        "what": one.entity,
    }


def _plain(value: object) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"{type(value).__name__} can't stand in a copy")


def copy_paper(content: Mapping[str, Any], number: str, say: Speech) -> Paper:
    """The copy as a paper in one language."""
    title = say(N_("What is kept about you"))
    external_id = ", ".join(content["file"])
    return Paper(
        language=say.language,
        title=title,
        subtitle=f"{external_id} · {say.show(content['made_at'])}",
        running_head=f"{title} · {external_id}",
        page_of=say(N_("page {page} of {pages}"), page="{page}", pages="{pages}"),
        foot=number,
        author=external_id,
        moment=content["made_at"],
        blocks=tuple(_blocks(content, say)),
    )


def _blocks(content: Mapping[str, Any], say: Speech) -> list[Block]:
    about = {one.code: one for one in processings()}
    blocks: list[Block] = [
        Paragraph(
            say(
                N_(
                    "You may ask for a correction, erasure or blocking, take back any consent, and "
                    "have a human look at a ranking again. Answers come within ten working days; a "
                    "complaint goes to the supervisory authority."
                )
            )
        )
    ]
    for code, tables in content["data"].items():
        purpose = about[code]
        blocks.append(Heading(purpose.title[say.language]))
        blocks.append(
            Facts(
                (
                    (say(N_("What for")), purpose.purpose[say.language]),
                    (say(N_("Legal basis")), purpose.basis[say.language]),
                    (say(N_("Who gets it")), purpose.recipients[say.language]),
                    (say(N_("How long")), purpose.retention[say.language]),
                )
            )
        )
        for name, rows in tables.items():
            blocks.append(Heading(f"{name} ({len(rows)})", level=2))
            blocks.extend(_facts(row, say) for row in rows[:PAPER_TABLES])
    blocks.append(Heading(say(N_("Who saw your data")), on_new_page=True))
    blocks.append(_seen(content["seen_by"], say))
    return blocks


def _facts(row: Mapping[str, Any], say: Speech) -> Facts:
    return Facts(tuple((name, _shown(value, say)) for name, value in row.items()))


def _shown(value: Any, say: Speech) -> str:
    if isinstance(value, Enum):
        return say.show(Term(type(value).__name__, value.value))
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=_plain)[:1000]
    return say.show(value)


def _seen(rows: list[dict[str, Any]], say: Speech) -> Block:
    if not rows:
        return Paragraph(say(N_("Nobody has opened this file yet.")))
    heads = (N_("When"), N_("Organisation"), N_("Role"), N_("What"))
    return Table(
        heads=tuple(say(head) for head in heads),
        rows=tuple(
            (
                say.show(row["at"]),
                row["organisation"] or "–",
                say.show(Term("Role", row["role"])) if row["role"] else "–",
                row["action"],
            )
            for row in rows
        ),
        widths=(0.25, 0.35, 0.2, 0.2),
    )
