"""What becomes of a session's minutes: made, endorsed, returned once, signed, read, published."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from domain.enums import AbsenceReason, SignatureLevel, StepKind
from domain.records.officer import Officer
from domain.records.signing import AbsenceForm, RouteStep, SignatureForm
from sample_data.timeline import Happening, Timeline
from services.officers.demo_accounts import PASSWORD
from services.official_documents import endorsements, routes
from services.official_documents.absences import record_absence
from services.official_documents.documents import get_document, list_waiting
from services.official_documents.extracts import publish_extract
from services.official_documents.minutes import generate_minutes
from services.official_documents.signatures import sign_document
from services.permissions import Permission, can

REMARK = "მეორე საკითხზე განსხვავებული აზრი სრულად უნდა ჩაიწეროს."
AWAY_DAYS = 6


@dataclass
class Minutes:
    """The minutes of one closed session; `until` is how far they come: signed, asked, returned."""

    number: Callable[[], str]
    sits_on: date
    until: str
    cast: dict[str, Officer]
    document_id: int = 0

    def tell(self, timeline: Timeline) -> None:
        """A day for each thing, beginning with the day after the session."""
        endorse = partial(self.do, StepKind.MANDATORY_ENDORSEMENT)
        days: list[Happening] = [self.make, self.send]
        days.append(self.give_back if self.until == "returned" else endorse)
        if self.until == "signed":
            days += [self.sign, partial(self.do, StepKind.ACQUAINTANCE), self.publish]
        for after, happening in enumerate(days, start=1):
            timeline.add(self.sits_on + timedelta(after), 11, happening)

    def make(self) -> None:
        made = generate_minutes(number=self.number(), by=self.cast["secretary"])
        self.document_id = made.document_id or 0

    def send(self) -> None:
        if self.until == "asked":
            self._leave("member.agency", "manager")
        routes.send_into_route(document_id=self.document_id, by=self.cast["secretary"])

    def _leave(self, who: str, substitute: str) -> None:
        first = self.sits_on + timedelta(2)
        days = (first, first + timedelta(AWAY_DAYS))
        substitutes = (self.cast[substitute].id,)
        form = AbsenceForm(self.cast[who].id, *days, AbsenceReason.LEAVE, substitutes)
        record_absence(form=form, by=self.cast[who])

    def do(self, kind: StepKind) -> None:
        """Whoever is asked does it, or their substitute; then whoever is asked after them."""
        while asked := [one for one in self._readers() if self._asks(one, kind)]:
            for officer in asked:
                self._do_one(officer, kind)

    def _do_one(self, officer: Officer, kind: StepKind) -> None:
        document, step, sha256 = self._read(officer)
        reads = kind is StepKind.ACQUAINTANCE
        act = endorsements.acknowledge if reads else endorsements.endorse
        act(document_id=document, step_id=step.id, sha256=sha256, by=officer)

    def sign(self) -> None:
        chair = self.cast["chair"]
        document, step, sha256 = self._read(chair)
        form = SignatureForm(SignatureLevel.SIMPLE, PASSWORD)
        sign_document(document_id=document, step_id=step.id, sha256=sha256, form=form, by=chair)

    def publish(self) -> None:
        """Anybody may read the decisions now, without names and small numbers."""
        publish_extract(number=self.number(), by=self.cast["chair"])

    def give_back(self) -> None:
        """Those before endorse; then a member misses something."""
        member, kind = self.cast["member.io"], StepKind.MANDATORY_ENDORSEMENT
        while not self._asks(member, kind):
            self._do_one(next(one for one in self._readers() if self._asks(one, kind)), kind)
        document, step, sha256 = self._read(member)
        endorsements.return_document(
            document_id=document, step_id=step.id, sha256=sha256, remark=REMARK, by=member
        )

    def _readers(self) -> list[Officer]:
        return [one for one in self.cast.values() if can(one, Permission.DOCUMENTS_READ)]

    def _asks(self, officer: Officer, kind: StepKind) -> bool:
        waiting = list_waiting(by=officer)
        return any((one.id, one.asked) == (self.document_id, kind) for one in waiting)

    def _read(self, officer: Officer) -> tuple[int, RouteStep, str]:
        record = get_document(document_id=self.document_id, by=officer)
        assert record.my_step is not None and record.principal is not None
        return record.id, record.my_step, record.principal.sha256
