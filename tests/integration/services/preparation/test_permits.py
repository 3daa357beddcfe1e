"""A permit file follows the country's dated pack; papers, application, answer and refusal."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from db.models import CandidacyEventRow, CandidacyRow, DeploymentRow, PermitFileRow
from db.session import reading
from domain.enums import (
    CandidacyStatus,
    DecisionReason,
    DeploymentStatus,
    DocumentKind,
    PermitPaperState,
    PermitRefusal,
    RuleStanding,
)
from domain.exceptions import InvalidInput, Refused, StaleVersion, UnusableFile
from domain.records.preparation import PackPaper, PaperForm, PermitRule
from services import clock
from services.preparation.packs import pack_on, packs, paper_name, paper_term
from services.preparation.permit_papers import record_paper
from services.preparation.permits import (
    Grant,
    grant_permit,
    open_permit_file,
    refuse_permit,
    send_back_application,
    submit_application,
)
from services.preparation.reading import get_preparation, list_preparations
from services.preparation.timeline import preparation_events
from services.preparation.todo import preparation_tasks
from tests.factories import histories
from tests.factories import preparation as made
from tests.factories.officers import officer

database = pytest.mark.usefixtures("sqlite_database")
TODAY = date(2026, 11, 22)


def test_harvest_work_in_germany_needs_no_visa_but_the_employer_s_work_permit() -> None:
    pack = pack_on("DE", "de-agri", TODAY)
    assert (pack.permit.kind, pack.permit.is_visa_needed) == ("work_permit", False)
    assert pack.permit.applicant is not None
    assert pack.permit.applicant.value == "employer"
    assert {"passport", "contract", "insurance", "schengen_statement"} <= {
        paper.code for paper in pack.papers if paper.is_mandatory
    }


def test_other_work_in_germany_does_not_take_over_what_holds_for_the_harvest() -> None:
    pack = pack_on("DE", None, TODAY)
    assert pack.country is None
    assert pack.permit.is_visa_needed is None


def test_the_simplified_way_to_poland_ends_on_its_day() -> None:
    assert "oświadczenie" in pack_on("PL", "pl-market", date(2025, 11, 30)).permit.name_en
    assert "no longer open" in pack_on("PL", "pl-market", date(2025, 12, 1)).permit.name_en


def test_every_line_says_where_it_comes_from_or_that_it_is_a_proposal() -> None:
    for pack in packs():
        rules: list[PermitRule | PackPaper] = [pack.permit, *pack.papers]
        for rule in rules:
            assert (rule.standing is RuleStanding.SOURCE) == bool(rule.source), rule.name_en
        assert len({paper.code for paper in pack.papers}) == len(pack.papers)
        for paper in pack.papers:
            term = paper_term(pack, paper)
            assert paper_name(term.code, "ka") == paper.name_ka


@database
def test_what_the_person_s_file_holds_is_taken_over_and_alerts_early() -> None:
    by = officer()
    short = clock.today() + timedelta(150)
    one = made.confirmed(passport_until=short)
    made.plan(one, by)
    open_permit_file(candidacy_id=one, by=by)
    file = get_preparation(candidacy_id=one, by=by)
    assert file.permit is not None
    passport = file.permit.papers[0]
    assert (passport.state, passport.valid_until) == (PermitPaperState.RECEIVED, short)
    assert passport.problem is not None
    assert "6 months" in str(passport.problem)
    assert file.plan.departure_on is not None
    assert passport.due_on == file.plan.departure_on - timedelta(passport.rule.days_before)
    with pytest.raises(Refused, match="open already"):
        open_permit_file(candidacy_id=one, by=by)


@database
def test_nothing_is_applied_for_before_its_papers_are_in_order() -> None:
    by = officer()
    one = made.confirmed()
    open_permit_file(candidacy_id=one, by=by)
    with pytest.raises(Refused, match="nobody has checked"):
        submit_application(candidacy_id=one, on=clock.today(), by=by)
    made.set_paper(one, "passport", by)
    made.set_paper(one, "contract", by)
    with pytest.raises(InvalidInput, match="future"):
        submit_application(candidacy_id=one, on=clock.today() + timedelta(1), by=by)
    submit_application(candidacy_id=one, on=clock.today(), reference_number=" 7 ", by=by)
    assert made.status_of(one) == "permit_pending"
    send_back_application(candidacy_id=one, reason="the contract is not legible", by=by)
    with pytest.raises(Refused, match="submitted"):
        grant_permit(candidacy_id=one, grant=Grant(clock.today(), "1", None, None), by=by)
    submit_application(candidacy_id=one, on=clock.today(), by=by)
    with pytest.raises(InvalidInput, match="from when until when"):
        grant_permit(candidacy_id=one, grant=Grant(clock.today(), "1", None, None), by=by)
    today = clock.today()
    with pytest.raises(InvalidInput, match="ends before it begins"):
        backwards = Grant(today, "1", today, today - timedelta(1))
        grant_permit(candidacy_id=one, grant=backwards, by=by)
    with pytest.raises(InvalidInput, match="older than the application"):
        early = Grant(today - timedelta(1), "1", today, today)
        grant_permit(candidacy_id=one, grant=early, by=by)
    grant_permit(candidacy_id=one, grant=Grant(today, "1", today, today), by=by)
    assert made.status_of(one) == "permit_granted"


@database
def test_a_refusal_has_a_coded_reason_and_ends_the_candidacy_and_the_planned_stay() -> None:
    by = officer()
    one = made.confirmed()
    open_permit_file(candidacy_id=one, by=by)
    made.set_paper(one, "passport", by)
    made.set_paper(one, "contract", by)
    submit_application(candidacy_id=one, on=clock.today(), by=by)
    with pytest.raises(InvalidInput, match="which other reason"):
        refuse_permit(
            candidacy_id=one, decided_on=clock.today(), refusal=PermitRefusal.OTHER, text="", by=by
        )
    with reading() as session:
        vacancy = session.get_one(CandidacyRow, one).vacancy_id
    steps = ("preselected", "commission_review", "reserve")
    waiting = histories.candidacy(
        histories.person(), vacancy, *((step, "2026-02-01") for step in steps)
    )
    refuse_permit(
        candidacy_id=one, decided_on=clock.today(), refusal=PermitRefusal.QUOTA, text="", by=by
    )
    assert made.status_of(waiting) == "approved"
    with reading() as session:
        stay = session.scalars(select(DeploymentRow)).one()
        event = session.scalars(
            select(CandidacyEventRow)
            .where(CandidacyEventRow.candidacy_id == one)
            .order_by(CandidacyEventRow.id.desc())
            .limit(1)
        ).one()
        assert stay.status is DeploymentStatus.CANCELLED
        assert event.to_status is CandidacyStatus.PERMIT_REFUSED
        assert event.reason_code is DecisionReason.JOB
        told = [str(line.what) for line in preparation_events(session, stay.jobseeker_id)]
    assert any("refused the visa or permit" in line for line in told)
    assert list_preparations(by=by) == ()
    with pytest.raises(Refused):
        made.set_paper(one, "passport", by)


@database
def test_two_officers_never_overwrite_each_other_s_paper() -> None:
    by = officer()
    one = made.confirmed()
    open_permit_file(candidacy_id=one, by=by)
    form = PaperForm(PermitPaperState.ASKED)
    record_paper(candidacy_id=one, code="contract", form=form, version=1, by=by)
    with pytest.raises(StaleVersion, match="Somebody else"):
        record_paper(candidacy_id=one, code="contract", form=form, version=1, by=by)


@database
def test_a_wrong_file_is_refused_and_nothing_is_kept() -> None:
    by = officer()
    one = made.confirmed()
    open_permit_file(candidacy_id=one, by=by)
    form = PaperForm(PermitPaperState.RECEIVED, "1")
    with pytest.raises(UnusableFile):
        record_paper(
            candidacy_id=one,
            code="contract",
            form=form,
            version=1,
            upload=("contract.pdf", b"no pdf at all"),
            by=by,
        )
    kept = made.papers(one)["contract"]
    assert (kept.state, kept.file_sha256, kept.version) == (PermitPaperState.MISSING, None, 1)


@database
def test_what_waits_before_departure_is_on_the_list_until_it_is_done() -> None:
    by = officer()
    one = made.ready(by)
    with reading() as session:
        (task,) = preparation_tasks(session, by)
        assert session.scalars(select(PermitFileRow)).one().candidacy_id == one
    assert task.candidacy_id == one
    assert task.query == {"candidacy": str(one)}
    assert DocumentKind.PASSPORT in {
        paper.document_kind for paper in pack_on("DE", None, TODAY).papers
    }
