"""Officers around one document, and what they do with it."""

import functools

from db.models import OfficerRow
from db.session import unit_of_work
from domain.enums import Role, SignatureLevel, StepKind
from domain.records.officer import Officer
from domain.records.signing import SignatureForm
from services.officers import passwords
from services.official_documents import endorsements, routes, signatures
from tests.factories import papers
from tests.factories.officers import officer

PASSWORD = "seven green apples"
MANDATORY, ENDORSEMENT = StepKind.MANDATORY_ENDORSEMENT, StepKind.ENDORSEMENT
SIGNATURE, ACQUAINTANCE = StepKind.SIGNATURE, StepKind.ACQUAINTANCE


@functools.cache
def hashed() -> str:
    """The hash of the password, made once."""
    return passwords.hash_password(PASSWORD)


def person(username: str, role: Role = Role.COMMISSION_MEMBER) -> Officer:
    """An officer with a password."""
    made = officer(role, username)
    with unit_of_work() as work:
        work.session.get_one(OfficerRow, made.id).password_hash = hashed()
        work.commit()
    return made


class Desk:
    """Minutes with their author, two who endorse, the chair who signs, one who reads them."""

    def __init__(self) -> None:
        self.secretary = person("secretary", Role.RECRUITER)
        self.agency, self.ngo = person("agency"), person("ngo")
        self.chair = person("chair", Role.CHAIR)
        self.manager = person("manager", Role.MANAGER)
        self.stranger = person("stranger")
        self.document = papers.paper(self.secretary)

    def lay(self, *steps: tuple[int, StepKind, Officer]) -> None:
        papers.lay(self.document, steps or self.usual(), self.secretary)

    def usual(self) -> tuple[tuple[int, StepKind, Officer], ...]:
        """Two mandatory endorsements side by side, the chair's signature, one who reads it."""
        return (
            (1, MANDATORY, self.secretary),
            (1, MANDATORY, self.agency),
            (2, SIGNATURE, self.chair),
            (3, ACQUAINTANCE, self.ngo),
        )

    def send(self) -> None:
        routes.send_into_route(document_id=self.document, by=self.secretary)

    def begin(self, *steps: tuple[int, StepKind, Officer]) -> None:
        self.lay(*steps)
        self.send()

    def read(self, by: Officer):
        return papers.seen(self.document, by)

    def hash(self) -> str:
        principal = self.read(self.secretary).principal
        assert principal is not None
        return principal.sha256

    def step(self, of: Officer, kind: StepKind | None = None):
        return papers.step_of(self.read(self.secretary), of, kind)

    def endorse(self, by: Officer, of: Officer | None = None, sha256: str | None = None) -> None:
        endorsements.endorse(
            document_id=self.document,
            step_id=self.step(of or by).id,
            sha256=sha256 or self.hash(),
            by=by,
        )

    def give_back(self, by: Officer, remark: str = "მეორე საკითხი აკლია") -> None:
        endorsements.return_document(
            document_id=self.document,
            step_id=self.step(by).id,
            sha256=self.hash(),
            remark=remark,
            by=by,
        )

    def sign(
        self,
        by: Officer | None = None,
        *,
        of: Officer | None = None,
        form: SignatureForm | None = None,
        sha256: str | None = None,
        step_id: int | None = None,
    ) -> None:
        by = by or self.chair
        signatures.sign_document(
            document_id=self.document,
            step_id=step_id or self.step(of or by, SIGNATURE).id,
            sha256=sha256 or self.hash(),
            form=form or SignatureForm(SignatureLevel.SIMPLE, PASSWORD),
            by=by,
        )

    def revise(self, content: bytes = b"%PDF-1.7 the second one") -> None:
        papers.revise(self.document, content, self.secretary)
