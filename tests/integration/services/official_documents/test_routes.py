"""Endorsement is not signature: nothing is signed before what is mandatory stands on this file."""

import threading

import pytest

from db.models import (
    AuditEventRow,
    CommissionSessionRow,
    OfficerRow,
    OfficialDocumentFileRow,
    OfficialDocumentRow,
)
from db.session import reading, unit_of_work
from domain.enums import OfficialDocumentKind, OfficialDocumentStatus, StepStatus
from domain.exceptions import InvalidInput, LabourMigrationError, NotFound, Refused
from domain.records.officer import Officer
from domain.records.signing import NewStep
from services import clock
from services.official_documents import documents, endorsements, routes, signatures
from services.official_documents.documents import list_documents, list_history, list_waiting
from services.waiting import list_waiting as papers_waiting
from tests.factories import papers
from tests.integration.services.commission.room import Room
from tests.integration.services.official_documents.desk import (
    ACQUAINTANCE,
    ENDORSEMENT,
    MANDATORY,
    SIGNATURE,
    person,
)

ASKED, DONE, WAITING = StepStatus.ASKED, StepStatus.DONE, StepStatus.WAITING
RESET, RETURNED, LAPSED = StepStatus.RESET, StepStatus.RETURNED, StepStatus.LAPSED


def status(desk) -> OfficialDocumentStatus:
    return desk.read(desk.secretary).status


def events(action: str) -> int:
    with reading() as session:
        return session.query(AuditEventRow).filter_by(action=action).count()


def test_whole_route_leads_to_a_signed_document_that_stands_on_one_hash(desk):
    desk.begin()
    assert papers.statuses(desk.document) == [ASKED, ASKED, WAITING, WAITING]
    desk.endorse(desk.agency)
    desk.endorse(desk.secretary)
    assert papers.statuses(desk.document) == [DONE, DONE, ASKED, WAITING]
    desk.sign()
    assert status(desk) is OfficialDocumentStatus.SIGNED
    step = desk.step(desk.ngo)
    endorsements.acknowledge(
        document_id=desk.document, step_id=step.id, sha256=desk.hash(), by=desk.ngo
    )
    record = desk.read(desk.chair)
    assert [one.status for one in record.steps] == [DONE] * 4
    assert {one.sha256 for one in record.steps} == {record.principal.sha256}


def test_signature_waits_for_every_mandatory_endorsement_and_names_the_missing(desk):
    desk.begin(
        (1, MANDATORY, desk.secretary), (1, MANDATORY, desk.agency), (1, SIGNATURE, desk.chair)
    )
    desk.endorse(desk.secretary)
    mine = desk.read(desk.chair)
    assert [one.officer_id for one in mine.missing] == [desk.agency.id]
    assert "mandatory endorsements of this file are missing" in str(mine.my_step.refusal)
    with pytest.raises(Refused, match="are missing"):
        desk.sign()
    assert desk.step(desk.chair).status is ASKED
    desk.endorse(desk.agency)
    desk.sign()
    assert status(desk) is OfficialDocumentStatus.SIGNED


def test_nobody_acts_before_their_turn(desk):
    desk.begin()
    with pytest.raises(Refused, match="not your turn yet"):
        desk.sign()


def test_plain_endorsement_holds_nobody_up_and_lapses_with_the_signature(desk):
    desk.begin(
        (1, MANDATORY, desk.secretary), (1, ENDORSEMENT, desk.agency), (2, SIGNATURE, desk.chair)
    )
    desk.endorse(desk.secretary)
    desk.sign()
    assert papers.statuses(desk.document) == [DONE, LAPSED, DONE]
    with pytest.raises(Refused, match="not in its route"):
        desk.endorse(desk.agency)


def test_changed_file_resets_what_was_endorsed_and_keeps_it_as_history(desk):
    desk.begin()
    former = desk.hash()
    desk.endorse(desk.secretary)
    desk.revise()
    record = desk.read(desk.secretary)
    assert record.status is OfficialDocumentStatus.DRAFT
    assert [one.status for one in record.steps] == [WAITING] * 4
    assert [(one.status, one.sha256) for one in record.former][0] == (RESET, former)
    assert record.former[0].acted_by.officer_id == desk.secretary.id
    desk.send()
    desk.endorse(desk.agency)
    with pytest.raises(Refused, match="not your turn yet"):
        desk.sign()


def test_endorsement_of_another_hash_does_not_count_even_if_nobody_reset_the_route(desk):
    desk.begin()
    desk.endorse(desk.secretary)
    desk.endorse(desk.agency)
    papers.revise(desk.document, b"%PDF-1.7 slipped in", desk.secretary, reset=False)
    assert len(desk.read(desk.chair).missing) == 2
    with pytest.raises(Refused, match="are missing"):
        desk.sign()


@pytest.mark.parametrize("act", ["endorse", "sign"])
def test_act_on_a_file_that_is_no_more_the_principal_one_is_refused(desk, act):
    desk.begin()
    if act == "endorse":
        with pytest.raises(Refused, match="has changed since you opened it"):
            desk.endorse(desk.agency, sha256="0" * 64)
        return
    desk.endorse(desk.secretary)
    desk.endorse(desk.agency)
    with pytest.raises(Refused, match="has changed since you opened it"):
        desk.sign(sha256="0" * 64)


def test_returned_document_needs_a_remark_and_goes_its_way_again(desk):
    desk.begin()
    desk.endorse(desk.secretary)
    with pytest.raises(InvalidInput):
        desk.give_back(desk.agency, " ")
    desk.give_back(desk.agency)
    assert status(desk) is OfficialDocumentStatus.RETURNED
    for act in (lambda: desk.endorse(desk.agency), desk.sign):
        with pytest.raises(Refused):
            act()
    desk.revise()
    former = desk.read(desk.secretary).former
    assert [one.remark for one in former if one.status is RETURNED] == ["მეორე საკითხი აკლია"]
    desk.send()
    desk.endorse(desk.secretary)
    desk.endorse(desk.agency)
    desk.sign()
    assert status(desk) is OfficialDocumentStatus.SIGNED


def test_chair_may_return_it_too_and_a_mere_reader_may_not(desk):
    desk.begin(
        (1, MANDATORY, desk.secretary), (1, ACQUAINTANCE, desk.ngo), (2, SIGNATURE, desk.chair)
    )
    with pytest.raises(Refused, match="only to read"):
        desk.give_back(desk.ngo)
    desk.endorse(desk.secretary)
    desk.give_back(desk.chair)
    assert status(desk) is OfficialDocumentStatus.RETURNED


def test_taken_back_document_is_a_draft_whose_endorsements_count_no_more(desk):
    desk.begin()
    desk.endorse(desk.secretary)
    routes.take_back(document_id=desk.document, by=desk.secretary)
    assert papers.statuses(desk.document) == [WAITING] * 4
    assert status(desk) is OfficialDocumentStatus.DRAFT


def test_signed_document_is_not_taken_back_nor_revised(desk):
    desk.begin((1, MANDATORY, desk.secretary), (2, SIGNATURE, desk.chair))
    desk.endorse(desk.secretary)
    desk.sign()
    with pytest.raises(Refused):
        routes.take_back(document_id=desk.document, by=desk.secretary)
    with pytest.raises(Refused, match="do not change any more"):
        desk.revise()


def test_second_click_changes_nothing(desk):
    desk.begin((1, MANDATORY, desk.secretary), (2, SIGNATURE, desk.chair))
    desk.endorse(desk.secretary)
    desk.endorse(desk.secretary)
    desk.sign()
    desk.sign()
    assert (events("endorsed"), events("signed")) == (1, 1)
    assert len(signatures.list_signatures(document_id=desk.document, by=desk.chair)) == 1


def test_two_signatures_are_both_needed(desk):
    desk.begin(
        (1, MANDATORY, desk.secretary), (2, SIGNATURE, desk.chair), (2, SIGNATURE, desk.manager)
    )
    desk.endorse(desk.secretary)
    desk.sign()
    assert status(desk) is OfficialDocumentStatus.IN_ROUTE
    desk.sign(desk.manager)
    assert status(desk) is OfficialDocumentStatus.SIGNED


def test_steps_are_added_moved_and_removed_in_a_draft_only(desk):
    desk.lay()
    moved = desk.step(desk.agency)
    routes.move_step(document_id=desk.document, step_id=moved.id, place=2, by=desk.secretary)
    assert desk.step(desk.agency).place == 2
    gone = desk.step(desk.ngo)
    routes.remove_step(document_id=desk.document, step_id=gone.id, by=desk.secretary)
    assert len(desk.read(desk.secretary).steps) == 3
    desk.send()
    for change in (
        lambda: routes.move_step(
            document_id=desk.document, step_id=moved.id, place=1, by=desk.secretary
        ),
        lambda: routes.remove_step(document_id=desk.document, step_id=moved.id, by=desk.secretary),
        lambda: desk.lay((3, ENDORSEMENT, desk.manager)),
    ):
        with pytest.raises(Refused, match="not a draft"):
            change()


def test_last_step_may_be_taken_out_of_a_returned_draft_and_another_put_in(desk):
    desk.begin((1, MANDATORY, desk.secretary), (2, SIGNATURE, desk.chair))
    desk.give_back(desk.secretary)
    desk.revise()
    for one in desk.read(desk.secretary).steps:
        routes.remove_step(document_id=desk.document, step_id=one.id, by=desk.secretary)
    assert desk.read(desk.secretary).steps == ()
    desk.lay((1, MANDATORY, desk.agency), (2, SIGNATURE, desk.chair))
    desk.send()
    assert papers.statuses(desk.document) == [ASKED, WAITING]


def test_route_that_can_not_end_is_not_sent(desk):
    with pytest.raises(InvalidInput, match="no signature"):
        desk.send()
    desk.lay((2, SIGNATURE, desk.chair))
    with pytest.raises(InvalidInput, match="needs 1 mandatory"):
        desk.send()
    desk.lay((3, MANDATORY, desk.agency))
    with pytest.raises(InvalidInput, match="come before the signature"):
        desk.send()


def test_nobody_stands_twice_where_different_people_are_wanted(desk):
    desk.lay((1, MANDATORY, desk.chair), (2, SIGNATURE, desk.chair))
    with pytest.raises(InvalidInput, match="one person can't give two"):
        desk.send()


def test_closed_account_is_not_put_into_a_route(desk):
    desk.lay()
    with unit_of_work() as work:
        work.session.get_one(OfficerRow, desk.agency.id).disabled_at = clock.now()
        work.commit()
    with pytest.raises(InvalidInput, match="accounts are closed"):
        desk.send()


def test_minutes_template_names_secretary_attending_members_and_chair(desk):
    room = Room((desk.secretary, desk.chair, desk.agency, desk.ngo, desk.stranger))
    room.attend(desk.chair, desk.agency, desk.ngo)
    with reading() as session:
        sitting = session.query(CommissionSessionRow).one().id
    desk.document = papers.paper(desk.secretary, session_id=sitting)
    routes.propose_route(document_id=desk.document, by=desk.secretary)
    routes.propose_route(document_id=desk.document, by=desk.secretary)
    steps = [(one.place, one.kind, one.person.officer_id) for one in desk.read(desk.chair).steps]
    assert steps == [
        (1, MANDATORY, desk.secretary.id),
        (2, MANDATORY, desk.agency.id),
        (2, MANDATORY, desk.ngo.id),
        (3, SIGNATURE, desk.chair.id),
        (4, ACQUAINTANCE, desk.agency.id),
        (4, ACQUAINTANCE, desk.ngo.id),
        (4, ACQUAINTANCE, desk.stranger.id),
    ]
    desk.send()


def test_order_template_has_the_author_endorse_and_a_manager_sign(desk):
    desk.document = papers.paper(desk.secretary, kind=OfficialDocumentKind.ORDER)
    routes.propose_route(document_id=desk.document, by=desk.secretary)
    desk.send()
    assert [one.person.officer_id for one in desk.read(desk.manager).steps] == [
        desk.secretary.id,
        desk.manager.id,
    ]


def test_who_is_not_concerned_finds_no_document(desk):
    desk.begin()
    with pytest.raises(NotFound):
        desk.read(desk.stranger)
    with pytest.raises(NotFound):
        documents.read_file(document_id=desk.document, sha256=desk.hash(), by=desk.stranger)
    assert list_documents(by=desk.stranger) == ()
    assert list_documents(by=desk.ngo)[0].id == desk.document


def test_letter_is_open_to_its_author_and_route_only(desk):
    letter = papers.paper(desk.secretary, kind=OfficialDocumentKind.LETTER)
    papers.lay(letter, [(1, MANDATORY, desk.agency)], desk.secretary)
    other = person("other.recruiter", desk.secretary.role)
    with pytest.raises(NotFound):
        papers.seen(letter, other)
    assert papers.seen(letter, desk.agency).id == letter
    assert letter not in {one.id for one in list_documents(by=other)}


def test_waiting_list_holds_exactly_what_is_asked_now(desk):
    desk.begin()
    assert [one.asked for one in list_waiting(by=desk.agency)] == [MANDATORY]
    assert list_waiting(by=desk.chair) == ()
    desk.endorse(desk.agency)
    desk.endorse(desk.secretary)
    assert list_waiting(by=desk.agency) == ()
    assert [one.asked for one in list_waiting(by=desk.chair)] == [SIGNATURE]
    desk.give_back(desk.chair)
    assert list_waiting(by=desk.chair) == ()


def test_a_returned_document_waits_for_its_author_until_it_goes_on(desk):
    def came_back(by: Officer) -> list[object]:
        said = [paper for paper in papers_waiting(by=by) if "came back" in str(paper.what)]
        return [dict(paper.query) for paper in said]

    desk.begin()
    assert came_back(desk.secretary) == []
    desk.give_back(desk.agency)
    assert came_back(desk.secretary) == [{"document": desk.document}]
    assert came_back(desk.chair) == []
    desk.revise()
    assert came_back(desk.secretary) == []


def test_reading_and_downloading_are_logged_and_history_tells_what_was_done(desk):
    desk.begin()
    desk.read(desk.agency)
    desk.read(desk.agency)
    documents.read_file(document_id=desk.document, sha256=desk.hash(), by=desk.agency)
    desk.endorse(desk.agency)
    desk.revise()
    with reading() as session:
        mine = session.query(AuditEventRow).filter_by(actor_id=desk.agency.id)
        assert [one.action for one in mine.order_by(AuditEventRow.seq)] == [
            "read",
            "downloaded",
            "endorsed",
        ]
    told = [one.action for one in list_history(document_id=desk.document, by=desk.chair)]
    assert told == ["route_reset", "endorsed", "sent_into_route", *["step_added"] * 4]


def test_step_of_a_former_file_is_not_acted_on(desk):
    desk.begin()
    former = desk.step(desk.agency).id
    desk.revise()
    desk.send()
    with pytest.raises(NotFound, match="no longer part of the route"):
        endorsements.endorse(
            document_id=desk.document, step_id=former, sha256=desk.hash(), by=desk.agency
        )


def test_new_step_of_a_wrong_kind_of_officer_is_refused(desk):
    with pytest.raises(InvalidInput, match="account is open"):
        routes.add_step(
            document_id=desk.document, step=NewStep(1, SIGNATURE, 999_999), by=desk.secretary
        )
    desk.lay((1, SIGNATURE, desk.chair))
    with pytest.raises(InvalidInput, match="in the route already"):
        desk.lay((2, SIGNATURE, desk.chair))


def race(*jobs):
    """Run jobs in threads that start together; each answers with its result or its refusal."""
    barrier = threading.Barrier(len(jobs))
    answers: list[object] = [None] * len(jobs)

    def run(place, job):
        barrier.wait()
        try:
            answers[place] = job() or "done"
        except LabourMigrationError as error:
            answers[place] = error

    threads = [threading.Thread(target=run, args=(n, job)) for n, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


def test_signature_and_new_revision_in_one_moment_never_both_count(both_desk):
    desk = both_desk
    attempts = {"signed": 0, "revised": 0}
    for number in range(6):
        desk.document = papers.paper(desk.secretary, content=b"%%PDF-1.7 %d" % number)
        desk.begin((1, MANDATORY, desk.secretary), (2, SIGNATURE, desk.chair))
        desk.endorse(desk.secretary)
        sha256, step = desk.hash(), desk.step(desk.chair).id
        signed, revised = race(
            lambda sha256=sha256, step=step: desk.sign(sha256=sha256, step_id=step),
            lambda number=number: desk.revise(b"%%PDF-1.7 new %d" % number),
        )
        assert (signed == "done") != (revised == "done"), (signed, revised)
        attempts["signed" if signed == "done" else "revised"] += 1
        with reading() as session:
            row = session.get_one(OfficialDocumentRow, desk.document)
            files = session.query(OfficialDocumentFileRow).filter_by(document_id=row.id).count()
            kept = signatures.signatures_of(session, row)
        if signed == "done":
            assert (row.status, files) == (OfficialDocumentStatus.SIGNED, 1)
            assert [one.sha256 for one in kept] == [sha256]
        else:
            assert (row.status, files, kept) == (OfficialDocumentStatus.DRAFT, 2, ())
    assert sum(attempts.values()) == 6


def test_two_clicks_in_one_moment_make_one_signature(both_desk):
    desk = both_desk
    desk.begin((1, MANDATORY, desk.secretary), (2, SIGNATURE, desk.chair))
    desk.endorse(desk.secretary)
    sha256, step = desk.hash(), desk.step(desk.chair).id
    click = lambda: desk.sign(sha256=sha256, step_id=step)  # noqa: E731
    assert race(click, click, click) == ["done"] * 3
    assert events("signed") == 1
