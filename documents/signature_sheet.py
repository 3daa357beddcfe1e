"""The signature sheet: who endorsed and signed which file, apart from that file.

A file can't hold what is said of it later: its hash would change. The sheet names the hash.
"""

from __future__ import annotations

from documents.paper import Block, Facts, Heading, Paper, Paragraph, Table
from documents.speech import Speech
from domain.enums import StepKind, StepStatus
from domain.records.signing import ActingFor, DocumentRecord, Person, RouteStep, Signature
from domain.texts import N_, Term


def signature_sheet_paper(
    record: DocumentRecord, signatures: tuple[Signature, ...], say: Speech
) -> Paper:
    """The sheet of one document as it stands; dated by the last thing done on it."""
    kind = say.show(Term("OfficialDocumentKind", record.kind.value))
    name = f"{kind} {record.number}" if record.number else kind
    done = [step for step in record.steps if step.status is StepStatus.DONE]
    return Paper(
        language=say.language,
        title=say(N_("Signature sheet")),
        subtitle=say(N_("of {document}: {title}"), document=name, title=record.title),
        running_head=say(N_("Signature sheet · {document}"), document=name),
        page_of=say(N_("page {page} of {pages}"), page="{page}", pages="{pages}"),
        foot=f"SHA-256 {record.principal.sha256}" if record.principal else "",
        author=_name(record.author, say) if record.author else "",
        moment=max((step.acted_at for step in done if step.acted_at), default=record.created_at),
        blocks=tuple(_blocks(record, done, signatures, say)),
    )


def _blocks(
    record: DocumentRecord, done: list[RouteStep], signatures: tuple[Signature, ...], say: Speech
) -> list[Block]:
    blocks: list[Block] = [_about(record, say), Heading(say(N_("Signatures")))]
    blocks += [_signature(one, say) for one in signatures]
    if not signatures:
        blocks.append(Paragraph(say(N_("Nobody has signed yet."))))
    others = [step for step in done if step.kind is not StepKind.SIGNATURE]
    if others:
        blocks += [Heading(say(N_("Endorsement and acquaintance"))), _steps(others, say)]
    blocks.append(
        Paragraph(
            say(
                N_(
                    "This sheet is made from the record of the route. What is signed is the file "
                    "with the hash above, byte for byte."
                )
            ),
            is_quiet=True,
        )
    )
    return blocks


def _about(record: DocumentRecord, say: Speech) -> Facts:
    rows = [
        (say(N_("Status")), say.show(Term("OfficialDocumentStatus", record.status.value))),
        (say(N_("Revision")), str(record.revision)),
    ]
    if record.principal:
        rows += [
            (say(N_("Signed file")), record.principal.name),
            ("SHA-256", _in_groups(record.principal.sha256)),
        ]
    return Facts(tuple(rows))


def _signature(one: Signature, say: Speech) -> Facts:
    who = _name(one.person, say)
    if one.capacity:
        who = f"{who}, {say.show(Term('StepCapacity', one.capacity.value))}"
    rows = [(say(N_("Signed by")), who)]
    if one.acting_for:
        rows.append((say(N_("Acting for")), _acting(one.acting_for, say)))
    rows += [
        (say(N_("When")), say.show(one.signed_at)),
        (say(N_("How")), say.show(Term("SignatureLevel", one.level.value))),
        (say(N_("Checked")), say.show(Term("SignatureFinding", one.finding.value))),
    ]
    if one.certificate:
        rows.append((say(N_("Certificate")), one.certificate))
    if one.is_demonstration:
        rows.append((say(N_("Note")), say(N_("demonstration, no legal force"))))
    if one.scan_sha256:
        rows.append((say(N_("Scan")), _in_groups(one.scan_sha256)))
    return Facts(tuple(rows))


def _steps(steps: list[RouteStep], say: Speech) -> Table:
    heads = (N_("Name"), N_("Step"), N_("When"), N_("On the file"))
    return Table(
        heads=tuple(say(head) for head in heads),
        rows=tuple(_step(step, say) for step in steps),
        widths=(3.4, 2.4, 2, 1.6),
    )


def _step(step: RouteStep, say: Speech) -> tuple[str, ...]:
    who = _name(step.acted_by or step.person, say)
    if step.acting_for:
        who = f"{who}, {_acting(step.acting_for, say)}"
    kind = say.show(Term("StepKind", step.kind.value))
    return who, kind, say.show(step.acted_at), (step.sha256 or "")[:8]


def _acting(one: ActingFor, say: Speech) -> str:
    return say(
        N_("acting for {name} because of {reason} ({first} – {last})"),
        name=_name(one.person, say),
        reason=Term("AbsenceReason", one.reason.value),
        first=one.from_on,
        last=one.until_on,
    )


def _name(person: Person, say: Speech) -> str:
    return person.name(say.language)


def _in_groups(sha256: str) -> str:
    return " ".join(sha256[place : place + 8] for place in range(0, len(sha256), 8))
