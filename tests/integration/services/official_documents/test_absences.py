"""A substitute acts for whoever is absent, in order, and the paper says so."""

from datetime import timedelta

import pytest

from domain.enums import AbsenceReason, OfficialDocumentStatus, Role, StepStatus
from domain.exceptions import InvalidInput, NotFound, PermissionDenied, Refused
from domain.records.signing import AbsenceForm
from services import clock
from services.official_documents import endorsements, signatures
from services.official_documents.absences import (
    end_absence,
    list_absences,
    list_possible_substitutes,
    record_absence,
)
from services.official_documents.documents import list_waiting
from tests.integration.services.official_documents.desk import (
    ACQUAINTANCE,
    MANDATORY,
    SIGNATURE,
    person,
)

ILLNESS, LEAVE = AbsenceReason.ILLNESS, AbsenceReason.LEAVE


def away(officer, *substitutes, by=None, reason=LEAVE, begins=0, days=5):
    first = clock.today() + timedelta(begins)
    form = AbsenceForm(
        officer.id,
        first,
        first + timedelta(days),
        reason,
        tuple(one.id for one in substitutes),
    )
    return record_absence(form=form, by=by or officer)


def test_substitute_endorses_for_the_absent_and_the_paper_says_for_whom_and_why(desk):
    desk.begin()
    away(desk.agency, desk.ngo, reason=ILLNESS)
    waiting = [one.acting_for for one in list_waiting(by=desk.ngo)]
    assert [one and one.officer_id for one in waiting] == [desk.agency.id]
    assert list_waiting(by=desk.agency) == ()
    desk.endorse(desk.ngo, of=desk.agency)
    step = desk.step(desk.agency)
    assert step.status is StepStatus.DONE
    assert step.acted_by.officer_id == desk.ngo.id
    assert (step.acting_for.person.officer_id, step.acting_for.reason) == (desk.agency.id, ILLNESS)
    end_absence(absence_id=list_absences(by=desk.agency)[0].id, by=desk.agency)
    assert desk.step(desk.agency).acting_for.reason is ILLNESS


def test_signature_of_a_substitute_names_both(desk):
    desk.begin((1, MANDATORY, desk.secretary), (2, SIGNATURE, desk.chair))
    desk.endorse(desk.secretary)
    away(desk.chair, desk.manager)
    desk.sign(desk.manager, of=desk.chair)
    (given,) = signatures.list_signatures(document_id=desk.document, by=desk.chair)
    assert given.person.officer_id == desk.manager.id
    assert given.acting_for and given.acting_for.person.officer_id == desk.chair.id
    assert desk.read(desk.chair).status is OfficialDocumentStatus.SIGNED


def test_nobody_acts_for_somebody_who_is_there(desk):
    desk.begin()
    with pytest.raises(PermissionDenied, match="who is not absent"):
        desk.endorse(desk.secretary, of=desk.agency)
    away(desk.agency, desk.ngo, begins=1)
    with pytest.raises(PermissionDenied, match="who is not absent"):
        desk.endorse(desk.ngo, of=desk.agency)
    assert list_waiting(by=desk.ngo) == ()


def test_ended_absence_gives_the_step_back(desk):
    desk.begin()
    absence = away(desk.agency, desk.ngo)
    with pytest.raises(Refused, match="recorded as absent"):
        desk.endorse(desk.agency)
    end_absence(absence_id=absence.id, by=desk.agency)
    with pytest.raises(PermissionDenied, match="who is not absent"):
        desk.endorse(desk.ngo, of=desk.agency)
    desk.endorse(desk.agency)


def test_second_substitute_acts_only_when_the_first_is_absent_too(desk):
    desk.begin()
    away(desk.agency, desk.ngo, desk.manager)
    with pytest.raises(Refused, match="stands in for .* before you"):
        desk.endorse(desk.manager, of=desk.agency)
    away(desk.ngo)
    assert desk.step(desk.agency).substitute.officer_id == desk.manager.id
    with pytest.raises(PermissionDenied, match="recorded as absent yourself"):
        absent_all = away(desk.manager)
        try:
            desk.endorse(desk.manager, of=desk.agency)
        finally:
            end_absence(absence_id=absent_all.id, by=desk.manager)
    desk.endorse(desk.manager, of=desk.agency)


def test_one_hand_never_gives_mandatory_endorsement_and_signature(desk):
    desk.begin((1, MANDATORY, desk.secretary), (2, SIGNATURE, desk.chair))
    desk.endorse(desk.secretary)
    away(desk.chair, desk.secretary)
    assert list_waiting(by=desk.secretary) == ()
    with pytest.raises(Refused, match="given by different people"):
        desk.sign(desk.secretary, of=desk.chair)
    assert desk.step(desk.chair).substitute is None


def test_substitute_who_already_endorsed_for_another_does_not_sign_for_the_chair(desk):
    desk.begin((1, MANDATORY, desk.agency), (2, SIGNATURE, desk.chair))
    away(desk.agency, desk.manager)
    desk.endorse(desk.manager, of=desk.agency)
    away(desk.chair, desk.manager, desk.ngo)
    with pytest.raises(Refused, match="given by different people"):
        desk.sign(desk.manager, of=desk.chair)
    desk.sign(desk.ngo, of=desk.chair)


def test_substitute_with_an_endorsement_of_their_own_is_passed_over(desk):
    desk.begin(
        (1, MANDATORY, desk.secretary), (1, MANDATORY, desk.agency), (2, SIGNATURE, desk.chair)
    )
    away(desk.agency, desk.secretary, desk.ngo)
    with pytest.raises(Refused, match="given by different people"):
        desk.endorse(desk.secretary, of=desk.agency)
    desk.endorse(desk.ngo, of=desk.agency)


def test_nobody_reads_for_another(desk):
    desk.begin(
        (1, MANDATORY, desk.secretary), (1, ACQUAINTANCE, desk.ngo), (2, SIGNATURE, desk.chair)
    )
    away(desk.ngo, desk.manager)
    step = desk.step(desk.ngo)
    with pytest.raises(PermissionDenied, match="nobody can stand in"):
        endorsements.acknowledge(
            document_id=desk.document, step_id=step.id, sha256=desk.hash(), by=desk.manager
        )
    endorsements.acknowledge(
        document_id=desk.document, step_id=step.id, sha256=desk.hash(), by=desk.ngo
    )


def test_substitute_of_somebody_else_finds_no_document(desk):
    desk.begin()
    away(desk.stranger, desk.manager)
    other = person("other")
    with pytest.raises(NotFound):
        desk.endorse(other, of=desk.agency)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"until": -3}, "before the first"),
        ({"begins": -9, "until": -2}, "These days are over"),
        ({"own": True}, "their own substitute"),
        ({"twice": True}, "stands in the list once"),
    ],
)
def test_absence_that_makes_no_sense_is_refused(desk, change, problem):
    first = clock.today() + timedelta(change.get("begins", 0))
    names = [desk.ngo.id] * (2 if change.get("twice") else 1)
    names += [desk.agency.id] if change.get("own") else []
    form = AbsenceForm(
        desk.agency.id,
        first,
        clock.today() + timedelta(change.get("until", 3)),
        LEAVE,
        tuple(names),
    )
    with pytest.raises(InvalidInput) as caught:
        record_absence(form=form, by=desk.agency)
    assert problem in str([str(one.sentence) for one in caught.value.problems])


def test_absences_of_one_officer_do_not_overlap(desk):
    away(desk.agency)
    with pytest.raises(InvalidInput) as caught:
        away(desk.agency, begins=5)
    assert "recorded already" in str(caught.value.problems[0].sentence)
    away(desk.agency, begins=6)


def test_manager_records_for_others_but_not_in_their_own_favour(desk):
    with pytest.raises(InvalidInput) as caught:
        away(desk.chair, desk.manager, by=desk.manager)
    assert "can't be the substitute" in str(caught.value.problems[0].sentence)
    made = away(desk.chair, desk.ngo, by=desk.manager)
    assert made.recorded_by.officer_id == desk.manager.id
    assert [one.id for one in list_absences(by=desk.manager)] == [made.id]
    end_absence(absence_id=made.id, by=desk.manager)
    assert list_absences(by=desk.chair)[0].ended_at is not None


def test_others_record_and_see_their_own_only(desk):
    with pytest.raises(PermissionDenied):
        away(desk.chair, desk.ngo, by=desk.agency)
    made = away(desk.chair, desk.ngo)
    assert list_absences(by=desk.agency) == ()
    with pytest.raises(NotFound):
        end_absence(absence_id=made.id, by=desk.agency)


def test_administrators_deal_with_no_documents_and_stand_in_for_nobody(desk):
    admin = person("admin", Role.ADMINISTRATOR)
    assert admin.id not in {one.officer_id for one in list_possible_substitutes(by=desk.chair)}
    with pytest.raises(InvalidInput):
        away(desk.chair, admin)
