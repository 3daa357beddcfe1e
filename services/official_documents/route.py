"""One document with everything a rule asks about its route: steps, file, who is there today.

Every refusal is said here once: the use case raises it, the screen shows it beside the button.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from db.models import (
    AbsenceRow,
    OfficerRow,
    OfficialDocumentFileRow,
    OfficialDocumentRow,
    RouteStepRow,
)
from domain.enums import (
    OfficialDocumentStatus,
    StepKind,
    StepStatus,
)
from domain.exceptions import InvalidInput, NotFound, PermissionDenied, Refused
from domain.records.officer import Officer
from domain.texts import N_
from domain.transitions import ROUTE_STEP, check_can_move
from services import clock
from services.official_documents.attendance import Attendance
from services.official_documents.route_rules import RouteRules, route_rules
from services.permissions import Permission, can

HOLDS_UP = frozenset({StepKind.MANDATORY_ENDORSEMENT, StepKind.SIGNATURE})
"""Kinds that the steps after them wait for; nobody waits for the others."""
OPEN = frozenset({StepStatus.WAITING, StepStatus.ASKED})
CHANGED = N_("The file has changed since you opened it. Read it again before you decide.")
NO_DOCUMENT = N_("There is no such document, or it is not open to you.")


@dataclass
class Route:
    """A loaded document; `steps` are of the newest round, `former` of the ones before."""

    document: OfficialDocumentRow
    principal: OfficialDocumentFileRow | None
    steps: list[RouteStepRow]
    former: list[RouteStepRow]
    people: dict[int, OfficerRow]
    attendance: Attendance
    chairs: frozenset[int] = frozenset()
    """Of minutes: who chaired their session, or may have."""
    rules: RouteRules = field(init=False)

    def __post_init__(self) -> None:
        self.rules = route_rules(self.document.kind, clock.today())

    def name(self, officer_id: int, by: Officer) -> str:
        """An officer's name in the script that the reader reads."""
        row = self.people[officer_id]
        return row.name_ka if by.language == "ka" else row.name_en

    def names(self, steps: Sequence[RouteStepRow], by: Officer) -> tuple[str, ...]:
        """Whom these steps are asked of."""
        return tuple(self.name(step.officer_id, by) for step in steps)

    def step(self, step_id: int) -> RouteStepRow:
        """The step of the present round; NotFound for one of a former file."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise NotFound(N_("This step is no longer part of the route: open the document again."))

    def is_author(self, by: Officer) -> bool:
        """Whether the officer made the document, or looks after routes."""
        return by.id == self.document.created_by or can(by, Permission.DOCUMENTS_ROUTE)

    def stands(self, step: RouteStepRow) -> bool:
        """Whether the step was done on the principal file as it is now."""
        done = step.status is StepStatus.DONE and self.principal is not None
        return done and self.principal is not None and step.sha256 == self.principal.sha256

    def missing(self) -> list[RouteStepRow]:
        """Mandatory endorsements that do not stand on the principal file."""
        mandatory = StepKind.MANDATORY_ENDORSEMENT
        return [step for step in self.steps if step.kind is mandatory and not self.stands(step)]

    def other_hands(self, step: RouteStepRow) -> set[int]:
        """Who does, or did, the other steps that this one must not be in one hand with."""
        if step.kind not in self.rules.different_hands:
            return set()
        return {
            other.acted_by or other.officer_id
            for other in self.steps
            if other.id != step.id and other.kind in self.rules.different_hands
        }

    def substitute(self, step: RouteStepRow) -> int | None:
        """Who may do the step for its absent officer: the first one there with free hands."""
        absence = self.attendance.absence_of(step.officer_id)
        if absence is None or step.kind in self.rules.personal:
            return None
        barred = self.other_hands(step)
        for officer_id in self.attendance.substitutes_of(absence):
            person = self.people.get(officer_id)
            has_account = person is not None and person.disabled_at is None
            is_away = self.attendance.absence_of(officer_id) is not None
            if has_account and not is_away and officer_id not in barred:
                return officer_id
        return None

    def is_asked_of(self, step: RouteStepRow, by: Officer) -> bool:
        """Whether an asked step waits for this officer, as their own or for somebody absent."""
        if step.status is not StepStatus.ASKED or not self.is_under_way(step):
            return False
        absent = self.attendance.absence_of(step.officer_id) is not None
        if absent and step.kind not in self.rules.personal:
            return by.id == self.substitute(step)
        return by.id == step.officer_id

    def is_under_way(self, step: RouteStepRow) -> bool:
        """Whether the document can be acted on; people get acquainted with signed ones too."""
        status = self.document.status
        return status is OfficialDocumentStatus.IN_ROUTE or (
            status is OfficialDocumentStatus.SIGNED and step.kind is StepKind.ACQUAINTANCE
        )

    def check_stands_at(self, step: RouteStepRow, by: Officer) -> AbsenceRow | None:
        """The absence because of which the officer acts for another; None for their own step."""
        absence = self.attendance.absence_of(step.officer_id)
        if by.id == step.officer_id:
            if absence is not None and step.kind not in self.rules.personal:
                raise Refused(
                    N_("You are recorded as absent until {day}. End the absence first."),
                    day=absence.until_on,
                )
            self._check_free_hands(step, by)
            return None
        self._check_stands_in(step, absence, by)
        return absence

    def _check_stands_in(self, step: RouteStepRow, absence: AbsenceRow | None, by: Officer) -> None:
        name = self.name(step.officer_id, by)
        if step.kind in self.rules.personal:
            raise PermissionDenied(
                N_("Only {name} can do this: nobody can stand in for it."), name=name
            )
        if absence is None:
            raise PermissionDenied(N_("This is asked of {name}, who is not absent."), name=name)
        if by.id not in self.attendance.substitutes_of(absence):
            raise PermissionDenied(N_("You are not a substitute of {name}."), name=name)
        self._check_free_hands(step, by)
        first = self.substitute(step)
        if first is not None and first != by.id:
            raise Refused(
                N_("{first} stands in for {name} before you."),
                first=self.name(first, by),
                name=name,
            )
        if first is None:
            raise PermissionDenied(
                N_("You are recorded as absent yourself: you can't stand in for {name}."), name=name
            )

    def _check_free_hands(self, step: RouteStepRow, by: Officer) -> None:
        if by.id in self.other_hands(step):
            raise Refused(
                N_(
                    "You stand in another step of this route. Mandatory endorsements and "
                    "signatures of one document are given by different people."
                )
            )

    def check_can_act(self, step: RouteStepRow, by: Officer) -> AbsenceRow | None:
        """Raise unless the officer can do this step now; the absence when for another."""
        absence = self.check_stands_at(step, by)
        if not self.is_under_way(step):
            raise Refused(N_("The document is not in its route now: nothing can be done on it."))
        if step.status is StepStatus.WAITING:
            before = [
                other for other in self.steps if other.place < step.place and self._holds_up(other)
            ]
            raise Refused(
                N_("It is not your turn yet. First: {names}."), names=self.names(before, by)
            )
        if step.status is not StepStatus.ASKED:
            raise Refused(N_("This step is over: nothing can be changed on it."))
        if self.principal is None:
            raise Refused(N_("The document has no principal file yet."))
        return absence

    def check_can_sign(self, step: RouteStepRow, by: Officer) -> AbsenceRow | None:
        """As `check_can_act`, and every mandatory endorsement must stand on this very file."""
        absence = self.check_can_act(step, by)
        missing = self.missing()
        if missing:
            raise Refused(
                N_("It can't be signed: mandatory endorsements of this file are missing: {names}."),
                names=self.names(missing, by),
            )
        return absence

    def check_seen(self, sha256: str) -> str:
        """Raise unless the officer read the file that is the principal one now."""
        if self.principal is None or self.principal.sha256 != sha256:
            raise Refused(CHANGED)
        return self.principal.sha256

    def check_can_edit(self, by: Officer) -> None:
        """Raise unless the officer may arrange the route: of a draft, its author or a planner."""
        if not self.is_author(by):
            raise PermissionDenied(N_("Only the author and who sends documents change a route."))
        if self.document.status is not OfficialDocumentStatus.DRAFT:
            raise Refused(
                N_("The document is not a draft: take it back before you change its route.")
            )

    def check_can_send(self, by: Officer) -> None:
        """Raise unless the route is whole: then everybody in it can do what is asked."""
        self.check_can_edit(by)
        if self.principal is None:
            raise Refused(N_("The document has no principal file yet."))
        signatures = [step for step in self.steps if step.kind is StepKind.SIGNATURE]
        mandatory = [step for step in self.steps if step.kind is StepKind.MANDATORY_ENDORSEMENT]
        if not signatures:
            raise InvalidInput(N_("The route has no signature. Add who signs."))
        self._check_chair_signs(signatures, by)
        if len(mandatory) < self.rules.mandatory_min:
            raise InvalidInput(
                N_("A document of this kind needs {count} mandatory endorsements, this has {has}."),
                count=self.rules.mandatory_min,
                has=len(mandatory),
            )
        first = min(step.place for step in signatures)
        late = [step for step in mandatory if step.place > first]
        if late:
            raise InvalidInput(
                N_("Mandatory endorsements come before the signature: move {names} forward."),
                names=self.names(late, by),
            )
        self._check_people(by)

    def _check_chair_signs(self, signatures: Sequence[RouteStepRow], by: Officer) -> None:
        here = [one for one in sorted(self.chairs) if not self.people[one].disabled_at]
        if here and self.chairs.isdisjoint(step.officer_id for step in signatures):
            raise InvalidInput(
                N_("Minutes are signed by who chaired the session: add the signature of {names}."),
                names=tuple(self.name(one, by) for one in here),
            )

    def _check_people(self, by: Officer) -> None:
        counted = [step for step in self.steps if step.kind in self.rules.different_hands]
        ids = [step.officer_id for step in counted]
        twice = sorted({one for one in ids if ids.count(one) > 1})
        if twice:
            raise InvalidInput(
                N_(
                    "{names}: one person can't give two mandatory endorsements or signatures of "
                    "one document."
                ),
                names=tuple(self.name(one, by) for one in twice),
            )
        gone = [step for step in self.steps if self.people[step.officer_id].disabled_at]
        if gone:
            raise InvalidInput(
                N_("These accounts are closed: {names}. Put others in their place."),
                names=self.names(gone, by),
            )

    def check_can_take_back(self, by: Officer) -> None:
        """Raise unless the document can become a draft again, its route beginning anew."""
        if not self.is_author(by):
            raise PermissionDenied(N_("Only the author and who sends documents change a route."))
        wanted = {OfficialDocumentStatus.IN_ROUTE, OfficialDocumentStatus.RETURNED}
        if self.document.status not in wanted:
            raise Refused(N_("Only a document in its route, or a returned one, is taken back."))

    def _holds_up(self, step: RouteStepRow) -> bool:
        return step.kind in HOLDS_UP and step.status is not StepStatus.DONE

    def advance(self) -> None:
        """Ask whoever's turn has come; finish the document when its last signature stands."""
        now = clock.now()
        signatures = [step for step in self.steps if step.kind is StepKind.SIGNATURE]
        if signatures and all(step.status is StepStatus.DONE for step in signatures):
            self._finish()
        for step in self.steps:
            if step.status is StepStatus.WAITING and not any(
                self._holds_up(other) for other in self.steps if other.place < step.place
            ):
                move(step, StepStatus.ASKED)
                step.asked_at = now

    def _finish(self) -> None:
        self.document.status = OfficialDocumentStatus.SIGNED
        for step in self.steps:
            if step.kind is not StepKind.ACQUAINTANCE and step.status in OPEN:
                move(step, StepStatus.LAPSED)


def move(step: RouteStepRow, status: StepStatus) -> None:
    """Change a step's status as its life cycle allows."""
    check_can_move(ROUTE_STEP, step.status, status)
    step.status = status
