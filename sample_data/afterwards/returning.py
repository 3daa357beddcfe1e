"""The return of the sample's people: by the register of people abroad, then as noted at home."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select

from db.models import DeploymentRow
from db.session import reading
from domain.enums import CandidacyStatus as C
from domain.enums import ReturnNeed, ReturnReason
from domain.records.returns import ReturnForm
from sample_data.afterwards.abroad import take_return
from sample_data.afterwards.steps import TAKEN_BY, Step
from services import clock
from services.returns.recording import record_return

STORY = Path(__file__).parent.parent / "returning.yaml"


def take_home(step: Step) -> None:
    """Everybody of the group is back; each one's reason and needs are noted."""
    take_return(step)
    story: dict[str, Any] = yaml.safe_load(STORY.read_text("utf-8"))
    with reading() as session:
        query = select(DeploymentRow.id, DeploymentRow.number).where(
            DeploymentRow.candidacy_id.in_(step.candidacy_ids)
        )
        found = session.execute(query.order_by(DeploymentRow.id)).all()
    for key, number in found:
        form = ReturnForm(
            returned_on=clock.today(),
            reason=ReturnReason.FAMILY if step.reason else ReturnReason.SEASON_OVER,
            reason_note=step.reason[1] if step.reason else "",
            needs=tuple(ReturnNeed(code) for code in story["needs"][key % len(story["needs"])]),
        )
        record_return(deployment_number=number, form=form, by=step.cast["recruiter"])


TAKEN_BY[C.RETURNED] = take_home
