"""What the members of the closed lists are called: English messages for the catalogues.

One module for each module of `domain.enums`, under the same name.
"""

from __future__ import annotations

from collections.abc import Mapping

from services.labels import (
    abroad,
    answers,
    backups,
    candidacies,
    commission,
    correspondence,
    cvs,
    deployments,
    incidents,
    jobseekers,
    messages,
    monitoring,
    officers,
    official_documents,
    policy,
    preparation,
    privacy,
    returns,
    road,
    season,
    sending,
    signing,
    statistics,
    vacancies,
)
from services.labels.kinds import Labels
from services.labels.parameters import PARAMETERS

__all__ = ["BY_NAME", "LABELS", "PARAMETERS"]

LABELS: Labels = {
    **abroad.LABELS,
    **answers.LABELS,
    **backups.LABELS,
    **candidacies.LABELS,
    **commission.LABELS,
    **correspondence.LABELS,
    **cvs.LABELS,
    **deployments.LABELS,
    **incidents.LABELS,
    **jobseekers.LABELS,
    **messages.LABELS,
    **monitoring.LABELS,
    **officers.LABELS,
    **official_documents.LABELS,
    **policy.LABELS,
    **preparation.LABELS,
    **privacy.LABELS,
    **returns.LABELS,
    **road.LABELS,
    **season.LABELS,
    **sending.LABELS,
    **signing.LABELS,
    **statistics.LABELS,
    **vacancies.LABELS,
}

BY_NAME: Mapping[str, Mapping[str, str]] = {kind.__name__: names for kind, names in LABELS.items()}
