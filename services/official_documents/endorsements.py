"""What is done at a step that is no signature: endorsing, returning, getting acquainted."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.models import AbsenceRow, RouteStepRow
from db.session import unit_of_work
from domain.enums import OfficialDocumentStatus, StepKind, StepStatus
from domain.exceptions import FieldProblem, InvalidInput, Refused
from domain.records.officer import Officer
from domain.texts import N_, Sentence
from domain.transitions import OFFICIAL_DOCUMENT, check_can_move
from services import audit, clock
from services.official_documents.access import open_route
from services.official_documents.route import Route, move
from services.permissions import Permission, check_can

ENDORSEMENTS = frozenset({StepKind.ENDORSEMENT, StepKind.MANDATORY_ENDORSEMENT})
REMARK_MAX = 2000


def endorse(
    *, document_id: int, step_id: int, sha256: str, remark: str | None = None, by: Officer
) -> None:
    """Endorse the file with this hash. The same once more changes nothing."""
    _do(ENDORSEMENTS, "endorsed", document_id, step_id, sha256, remark, by)


def acknowledge(*, document_id: int, step_id: int, sha256: str, by: Officer) -> None:
    """Say that one has read the file with this hash."""
    _do(frozenset({StepKind.ACQUAINTANCE}), "acquainted", document_id, step_id, sha256, None, by)


def _do(
    kinds: frozenset[StepKind],
    action: str,
    document_id: int,
    step_id: int,
    sha256: str,
    remark: str | None,
    by: Officer,
) -> None:
    check_can(by, Permission.DOCUMENTS_READ)
    with unit_of_work() as work:
        route = open_route(work.session, document_id, by, lock=True)
        step = route.step(step_id)
        if step.kind not in kinds:
            raise Refused(N_("This step asks for something else: open the document again."))
        if is_repeated(step, sha256, by):
            return
        absence = route.check_can_act(step, by)
        route.check_seen(sha256)
        finish_step(step, sha256, absence, by)
        step.remark = _clean(remark)
        route.advance()
        work.session.flush()
        record_act(work.session, action, route, step, by)
        work.commit()


def is_repeated(step: RouteStepRow, sha256: str, by: Officer) -> bool:
    """Whether the officer has done just this already: a second click."""
    return step.status is StepStatus.DONE and (step.acted_by, step.sha256) == (by.id, sha256)


def finish_step(step: RouteStepRow, sha256: str, absence: AbsenceRow | None, by: Officer) -> None:
    """Note who did the step on which file, and for whom."""
    move(step, StepStatus.DONE)
    step.acted_at, step.acted_by, step.sha256 = clock.now(), by.id, sha256
    step.absence_id = absence.id if absence else None


def return_document(
    *, document_id: int, step_id: int, sha256: str, remark: str, by: Officer
) -> None:
    """Send the document back with a remark: it needs a new revision, and goes its way again."""
    check_can(by, Permission.DOCUMENTS_READ)
    said = _clean(remark)
    if said is None:
        problem = FieldProblem("remark", Sentence(N_("Say what has to be changed.")))
        raise InvalidInput(Sentence(N_("The document was not returned.")), (problem,))
    with unit_of_work() as work:
        route = open_route(work.session, document_id, by, lock=True)
        step = route.step(step_id)
        if step.status is StepStatus.RETURNED and step.acted_by == by.id:
            return
        if step.kind is StepKind.ACQUAINTANCE:
            raise Refused(N_("Who is only to read a document can't return it."))
        absence = route.check_can_act(step, by)
        route.check_seen(sha256)
        move(step, StepStatus.RETURNED)
        step.acted_at, step.acted_by, step.sha256 = clock.now(), by.id, sha256
        step.absence_id = absence.id if absence else None
        step.remark = said
        document = route.document
        check_can_move(OFFICIAL_DOCUMENT, document.status, OfficialDocumentStatus.RETURNED)
        document.status = OfficialDocumentStatus.RETURNED
        work.session.flush()
        record_act(work.session, "returned_with_remark", route, step, by)
        work.commit()


def _clean(remark: str | None) -> str | None:
    said = (remark or "").strip()
    if len(said) > REMARK_MAX:
        raise InvalidInput(N_("A remark has at most {count} letters."), count=REMARK_MAX)
    return said or None


def record_act(
    session: Session, action: str, route: Route, step: RouteStepRow, by: Officer
) -> None:
    """Write down what was done on which file, and for whom."""
    details: dict[str, object] = {"sha256": step.sha256, "revision": route.document.revision}
    if step.absence_id is not None:
        details["acting_for"] = step.officer_id
    audit.record(
        session,
        action=action,
        entity="official_document",
        entity_id=route.document.id,
        details=details,
        by=by,
    )
