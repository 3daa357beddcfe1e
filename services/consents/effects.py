"""What ends at once when somebody takes a consent back, said in sentences that are kept."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.models import CandidacyRow, ConsentRow, PackageCandidateRow, PackageRow, VacancyRow
from db.repositories.holding import get_held
from domain.enums import CandidacyStatus as C
from domain.records.officer import Officer
from domain.texts import N_, Sentence, Term
from services.candidacies import move_candidacy
from services.consents.asking import TRANSFERS
from services.sending.ending import OPEN, take_out
from services.sending.letting_go import let_go
from services.sending.next_in_line import OVER

CALLED_BACK = N_("consent withdrawn")


def stop_what_it_allowed(session: Session, consent: ConsentRow, by: Officer) -> list[Sentence]:
    """Stop it in the caller's transaction; what was stopped, and what now can't happen."""
    if consent.purpose not in TRANSFERS:
        return [
            Sentence(
                N_("From now on nothing is done that needs this consent: {purpose}."),
                {"purpose": Term("ConsentPurpose", consent.purpose.value)},
            )
        ]
    found = []
    for package, candidacy_id in _packages(session, consent):
        found += _close(session, package, candidacy_id, by)
    found.append(
        Sentence(N_("From now on no CV of this person is sent there, until they agree again."))
    )
    return found


def _packages(session: Session, consent: ConsentRow) -> list[tuple[PackageRow, int]]:
    """Packages the employer can still open in which this person's CV went by this consent."""
    query = (
        select(PackageRow, PackageCandidateRow.candidacy_id)
        .join(PackageCandidateRow, PackageCandidateRow.package_id == PackageRow.id)
        .where(
            or_(
                PackageCandidateRow.employer_consent_id == consent.id,
                PackageCandidateRow.country_consent_id == consent.id,
            ),
            PackageCandidateRow.removed_at.is_(None),
            PackageRow.status.in_(OPEN),
        )
        .order_by(PackageRow.id)
        .with_for_update(of=PackageRow)
        .execution_options(populate_existing=True)
    )
    return [(package, candidacy_id) for package, candidacy_id in session.execute(query)]


def _close(session: Session, package: PackageRow, candidacy_id: int, by: Officer) -> list[Sentence]:
    vacancy = session.get_one(VacancyRow, package.vacancy_id).number
    candidacy = get_held(session, CandidacyRow, candidacy_id)
    take_out(session, package, candidacy_id, because=Sentence(CALLED_BACK), by=by)
    named = {"package": package.number, "vacancy": vacancy}
    found = [
        Sentence(N_("Package {package}: the employer can open this CV no more."), named),
    ]
    if candidacy.status is C.SENT:
        move_candidacy(session, candidacy, C.APPROVED, reason=CALLED_BACK, by=by)
        if session.get_one(VacancyRow, package.vacancy_id).status in OVER:
            let_go(session, [candidacy], by=by)
        found.append(
            Sentence(
                N_("Vacancy {vacancy}: not sent any more, and free for other employers."), named
            )
        )
    elif candidacy.status is not C.APPROVED:
        status = Term("CandidacyStatus", candidacy.status.value)
        found.append(
            Sentence(
                N_(
                    "Vacancy {vacancy}: the employer has the CV already (“{status}”). Ask the "
                    "employer to delete it, and agree with the person how it goes on."
                ),
                named | {"status": status},
            )
        )
    return found
