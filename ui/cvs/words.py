"""How a CV's state is shown: sign, word and colour together."""

from __future__ import annotations

from domain.enums import CvStatus
from domain.records.cvs import CvShortfall, CvSummary
from ui import marks
from ui.language import _, label, say

TONES = {
    CvStatus.DRAFT: ("▽", "short"),
    CvStatus.IN_REVIEW: ("◐", "partly"),
    CvStatus.FINAL: ("✓", "met"),
}


def status_text(status: CvStatus) -> str:
    """Sign and word, for table cells."""
    return f"{TONES[status][0]} {label(status)}"


def status_tag(status: CvStatus) -> str:
    """The same as a chip."""
    return marks.tag(status_text(status), TONES[status][1])


def state_of(one: CvSummary) -> str:
    """Of a line in the list: sent, or where the CV stands."""
    sent = _("with the employer")
    if one.is_sent:
        return f"→ {sent}"
    words = {
        CvStatus.DRAFT: _("in preparation"),
        CvStatus.IN_REVIEW: _("wait for sign-off"),
        CvStatus.FINAL: _("ready to send"),
    }
    return f"{TONES[one.status][0]} {words[one.status]}"


def lacking_text(lacking: CvShortfall) -> str:
    """What is missing; what would only be good to have says so."""
    said = say(lacking.sentence)
    optional = _("optional")
    return f"✕ {said}" if lacking.is_must else f"? {said} ({optional})"
