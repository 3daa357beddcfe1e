"""A session's minutes with everything that minutes may have to tell."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from domain.enums import (
    ConflictKind,
    CriterionStatus,
    DecisionOutcome,
    DecisionReason,
    OrganisationKind,
    SeatRole,
    SessionMode,
    VoteValue,
)
from domain.records.ballots import Tally
from domain.records.commission import SeenRow
from domain.records.minutes import (
    MinutesCandidate,
    MinutesDissent,
    MinutesItem,
    MinutesLifting,
    MinutesMember,
    MinutesRecord,
    MinutesRecusal,
    MinutesRules,
    MinutesRun,
    MinutesVote,
    Named,
)
from domain.texts import Sentence, Term

OPENED = datetime(2026, 11, 3, 6, 0, tzinfo=UTC)
CHAIR = Named("ნინო ბერიძე", "Nino Beridze")
AGENCY = Named("გიორგი კალანდაძე", "Giorgi Kalandadze")
NGO = Named("თამარ ლომიძე", "Tamar Lomidze")
SECRETARY = Named("ლევან მაისურაძე", "Levan Maisuradze")
MEMBERS = (
    MinutesMember(
        CHAIR,
        Named("ჯანდაცვისა და შრომის სამინისტრო", "Ministry of Labour"),
        OrganisationKind.MINISTRY,
        SeatRole.CHAIR,
        OPENED,
        None,
    ),
    MinutesMember(
        AGENCY,
        Named("დასაქმების სააგენტო", "Employment Agency"),
        OrganisationKind.AGENCY,
        SeatRole.MEMBER,
        OPENED,
        Named("მაია ჯაფარიძე", "Maia Japaridze"),
    ),
    MinutesMember(
        NGO,
        Named("მიგრაციის ცენტრი", "Migration Centre"),
        OrganisationKind.NGO,
        SeatRole.MEMBER,
        None,
        None,
    ),
    MinutesMember(
        SECRETARY,
        Named("დასაქმების სააგენტო", "Employment Agency"),
        OrganisationKind.AGENCY,
        SeatRole.SECRETARY,
        OPENED,
        None,
    ),
)
ROWS = (
    SeenRow(
        "occupation",
        "scored",
        Sentence("{occupation}", {"occupation": Term("occupation", "9211")}),
        Sentence("{years}", {"years": 3}),
        CriterionStatus.MET,
        "known",
        250_000,
        300_000,
    ),
    SeenRow(
        "languages",
        "scored",
        Sentence("{language}", {"language": Term("language", "de")}),
        Sentence("–", {}),
        CriterionStatus.UNKNOWN,
        "unknown",
        0,
        150_000,
    ),
)


def vote(name: Named, value: VoteValue, reason: str | None = None) -> MinutesVote:
    return MinutesVote(name, value, (), reason)


def candidate(number: int, outcome: DecisionOutcome | None, **changed: object) -> MinutesCandidate:
    is_named = outcome in (DecisionOutcome.APPROVED, DecisionOutcome.RESERVE)
    values: dict[str, object] = {
        "number": number,
        "register_id": f"T-{number:05d}",
        "name": Named("ანა კაპანაძე", "Ana Kapanadze") if is_named else None,
        "rank": number,
        "points": 810_000 - number * 10_000,
        "low": 700_000,
        "high": 850_000,
        "rows": ROWS,
        "flags": (),
        "against_rank_reason": None,
        "tally": Tally(2, 0, 0),
        "votes": (vote(CHAIR, VoteValue.FOR), vote(AGENCY, VoteValue.FOR)),
        "votes_withdrawn": 0,
        "outcome": outcome,
        "reserve_order": 1 if outcome is DecisionOutcome.RESERVE else None,
        "reason_code": None,
        "reason": None,
        "by_casting": False,
    }
    return MinutesCandidate(**(values | changed))  # type: ignore[arg-type]


def item(order: int = 1, **changed: object) -> MinutesItem:
    values: dict[str, object] = {
        "order": order,
        "vacancy_number": f"VAC-2026-{order:03d}",
        "title": Named("მოსავლის ამღები", "Harvest worker"),
        "country": Term("country", "DE"),
        "occupation": Term("occupation", "9211"),
        "positions": 2,
        "places": 3,
        "run": MinutesRun(17, OPENED - timedelta(3), "2026-01", "ab" * 32, 2_000, 412),
        "is_secret": False,
        "rule": (Sentence("The first {places} are approved.", {"places": 3}),),
        "members": 3,
        "present": 2,
        "needed": 2,
        "recusals": (MinutesRecusal(NGO, ConflictKind.EMPLOYER, "DEC-2026-000003"),),
        "candidates": (
            candidate(1, DecisionOutcome.APPROVED),
            candidate(2, DecisionOutcome.RESERVE, against_rank_reason="უკეთ იცის ენა"),
            candidate(
                3,
                DecisionOutcome.NOT_APPROVED,
                tally=Tally(1, 1, 0),
                votes=(
                    vote(CHAIR, VoteValue.AGAINST, "საბუთი აკლია"),
                    vote(AGENCY, VoteValue.FOR),
                ),
                reason_code=DecisionReason.DOCUMENTS,
                reason=Named("პასპორტს ვადა გასდის.", "The passport expires."),
                by_casting=True,
            ),
            candidate(4, None, tally=Tally(), votes=(), rows=()),
        ),
        "decided_at": OPENED + timedelta(hours=1),
        "decided_by": CHAIR,
        "agreement": Sentence("{same} / {approved}", {"same": 1, "approved": 1}),
        "dissents": (MinutesDissent(AGENCY, "არ ვეთანხმები.", OPENED + timedelta(hours=2)),),
        "hears_appeal": None,
    }
    return MinutesItem(**(values | changed))  # type: ignore[arg-type]


def minutes_record(**changed: object) -> MinutesRecord:
    """A closed session of four members and two items, one of them voted on secretly."""
    secret = tuple(candidate(n, DecisionOutcome.APPROVED, votes=(), rows=()) for n in (1, 2))
    values: dict[str, object] = {
        "number": "MIN-2026-001",
        "session_number": "COM-2026-001",
        "commission": Named("შრომითი მიგრაციის კომისია", "Labour Migration Commission"),
        "order_number": "01-17/ო",
        "ordered_on": date(2026, 1, 12),
        "place": "თბილისი, აკ. წერეთლის გამზ. 144",
        "mode": SessionMode.ON_SITE,
        "opened_at": OPENED,
        "closed_at": OPENED + timedelta(hours=3),
        "chair": CHAIR,
        "presiding": CHAIR,
        "secretary": SECRETARY,
        "members": MEMBERS,
        "quorum": Sentence(
            "Quorum holds: {present} of {members} members present, {needed} needed.",
            {"present": 2, "members": 3, "needed": 2},
        ),
        "rules": MinutesRules(
            "2026-11",
            Fraction(1, 2),
            Term("DecisionRule", "simple_majority"),
            Term("TieRule", "chair"),
            (),
            None,
        ),
        "lifting": MinutesLifting(OPENED + timedelta(minutes=9), CHAIR, "საბუთის შედარება"),
        "items": (item(1), item(2, is_secret=True, candidates=secret, dissents=())),
    }
    return MinutesRecord(**(values | changed))  # type: ignore[arg-type]
