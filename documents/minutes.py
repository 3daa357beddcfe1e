"""The minutes (ოქმი) of a session as a paper: what was seen, how it was voted, what was decided."""

from __future__ import annotations

from documents.minutes_annexes import annex_of_people, annex_of_tables
from documents.minutes_items import item_blocks
from documents.paper import Block, Facts, Heading, Paper, Paragraph, SignatureLines, Table
from documents.speech import Speech
from domain.records.minutes import MinutesMember, MinutesRecord
from domain.texts import N_, Sentence, Term


def minutes_paper(record: MinutesRecord, say: Speech, foot: str) -> Paper:
    """The whole paper; `foot` carries the verification code, which is no part of the record."""
    number, day = record.number, say.day(record.opened_at)
    return Paper(
        language=say.language,
        title=say(N_("Minutes No. {number}"), number=number),
        subtitle=say(N_("of session {session}, {day}"), session=record.session_number, day=day),
        running_head=say(
            N_("{commission} · Minutes No. {number} · {day}"),
            commission=record.commission.of(say.language),
            number=number,
            day=day,
        ),
        page_of=say(N_("page {page} of {pages}"), page="{page}", pages="{pages}"),
        foot=foot,
        author=record.commission.of(say.language),
        moment=record.closed_at,
        blocks=tuple(_blocks(record, say)),
    )


def _blocks(record: MinutesRecord, say: Speech) -> list[Block]:
    blocks: list[Block] = [_where_and_when(record, say)]
    blocks += [Heading(say(N_("Attendance and quorum"))), _attendance(record, say)]
    blocks += [Paragraph(say.show(record.quorum)), *_left_out(record, say), _rules(record, say)]
    blocks += [Heading(say(N_("Blindness"))), Paragraph(_blindness(record, say))]
    blocks.append(Heading(say(N_("Agenda"))))
    for item in record.items:
        blocks += item_blocks(item, record.rules, say)
    if not record.items:
        blocks.append(Paragraph(say(N_("No item was on the agenda when the session closed."))))
    blocks.append(_signatures(record, say))
    blocks += annex_of_people(record.items, say)
    blocks += annex_of_tables(record.items, say)
    return blocks


def _where_and_when(record: MinutesRecord, say: Speech) -> Facts:
    order = (
        say(N_("No. {number} of {day}"), number=record.order_number, day=record.ordered_on)
        if record.order_number
        else say(N_("not stated"))
    )
    return Facts(
        (
            (say(N_("Commission")), record.commission.of(say.language)),
            (say(N_("Founding order")), order),
            (say(N_("Opened")), say.show(record.opened_at)),
            (say(N_("Closed")), say.show(record.closed_at)),
            (say(N_("Place")), record.place or say(N_("not stated"))),
            (say(N_("Form of the meeting")), say.show(Term("SessionMode", record.mode.value))),
            (say(N_("Chaired by")), _chair(record, say)),
        )
    )


def _chair(record: MinutesRecord, say: Speech) -> str:
    presiding = record.presiding.of(say.language)
    if record.presiding == record.chair:
        return presiding
    return say(
        N_("{presiding}, in the absence of the chair {chair}"),
        presiding=presiding,
        chair=record.chair.of(say.language),
    )


def _attendance(record: MinutesRecord, say: Speech) -> Table:
    heads = (N_("Name"), N_("Organisation"), N_("Seat"), N_("Attendance"))
    return Table(
        heads=tuple(say(head) for head in heads),
        rows=tuple(_member(member, say) for member in record.members),
        widths=(3, 4, 2.2, 2.2),
    )


def _member(member: MinutesMember, say: Speech) -> tuple[str, ...]:
    seat = say.show(Term("SeatRole", member.role.value))
    if member.substitute_for:
        seat = say(
            N_("{seat}, substitute for {name}"),
            seat=seat,
            name=member.substitute_for.of(say.language),
        )
    kind = say.show(Term("OrganisationKind", member.kind.value))
    present = (
        say(N_("present from {time}"), time=say.time(member.attended_at))
        if member.attended_at
        else say(N_("absent"))
    )
    organisation = f"{member.organisation.of(say.language)} ({kind})"
    return member.name.of(say.language), organisation, seat, present


def _left_out(record: MinutesRecord, say: Speech) -> list[Block]:
    if not record.left_out:
        return []
    names = ", ".join(one.of(say.language) for one in record.left_out)
    return [
        Paragraph(
            say(
                N_("Members of the commission without a seat in this session: {names}."),
                names=names,
            )
        )
    ]


def _rules(record: MinutesRecord, say: Speech) -> Paragraph:
    rules = record.rules
    share = f"{rules.quorum_more_than.numerator}/{rules.quorum_more_than.denominator}"
    parts = [
        say(
            N_(
                "Rules {version}: quorum of more than {share} of the members; decision by "
                "{decision}; in a tie: {tie}."
            ),
            version=rules.version,
            share=share,
            decision=rules.decision,
            tie=rules.tie,
        )
    ]
    if rules.score_threshold is not None:
        parts.append(
            say(
                N_(
                    "Members give 0 to 10 points for each of: {criteria}. Needed on average: "
                    "{least}."
                ),
                criteria=", ".join(name.of(say.language) for _, name in rules.score_criteria),
                least=float(rules.score_threshold),
            )
        )
    return Paragraph(" ".join(parts))


def _blindness(record: MinutesRecord, say: Speech) -> str:
    lifting = record.lifting
    if lifting is None:
        return say(
            N_(
                "The commission decided on numbered candidates without names, photos, sex, age "
                "or addresses."
            )
        )
    return say(
        N_("Blindness was lifted for the session on {moment} by {name}. Reason: {reason}"),
        moment=lifting.lifted_at,
        name=lifting.by.of(say.language) if lifting.by else Sentence(N_("the system")),
        reason=lifting.reason,
    )


def _signatures(record: MinutesRecord, say: Speech) -> SignatureLines:
    rows = [(say(N_("Chair of the session")), record.presiding.of(say.language))]
    secretary = record.secretary.of(say.language) if record.secretary else ""
    rows.append((say(N_("Secretary")), secretary))
    return SignatureLines(tuple(rows))
