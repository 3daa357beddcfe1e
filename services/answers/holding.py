"""Whose place is settled: held after its vacancy, in one order everywhere."""

from __future__ import annotations

from sqlalchemy.orm import Session

from db.models import CandidacyRow
from db.repositories import answers as repository
from domain.exceptions import NotFound
from domain.texts import N_


def locked_candidacy(session: Session, candidacy_id: int) -> CandidacyRow:
    """The candidacy, held after its vacancy as everywhere, so that nobody waits in a circle."""
    row = session.get(CandidacyRow, candidacy_id)
    if row is None:
        raise NotFound(N_("There is no such candidacy."))
    repository.lock_vacancy(session, row.vacancy_id)
    locked = repository.lock_candidacy(session, candidacy_id)
    assert locked is not None
    return locked
