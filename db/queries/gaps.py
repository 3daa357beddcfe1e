"""Where registered people live, for counts by region."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import JobseekerRow


def regions_of_people(
    session: Session,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int16], tuple[str, ...]]:
    """Ids ascending, for each the place of its region (-1 not stated), and the regions' codes."""
    query = select(JobseekerRow.id, JobseekerRow.region).order_by(JobseekerRow.id)
    rows = session.connection().execute(query).all()
    codes = tuple(sorted({region for _, region in rows if region}))
    place = {code: i for i, code in enumerate(codes)}
    ids = np.fromiter((row[0] for row in rows), np.int64, len(rows))
    return ids, np.array([place[region] if region else -1 for _, region in rows], np.int16), codes
