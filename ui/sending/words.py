"""Signs and tones of statuses on the sending screens."""

from __future__ import annotations

from domain.enums import CandidacyStatus as C
from domain.enums import PackageStatus
from ui import marks
from ui.language import _, label

PACKAGE_TONES = {
    PackageStatus.SENT: ("◐", "partly"),
    PackageStatus.ANSWERED: ("✓", "met"),
    PackageStatus.EXPIRED: ("▽", "short"),
    PackageStatus.REVOKED: ("✕", "not_met"),
}
LEFT = {
    C.EMPLOYER_REJECTED,
    C.DECLINED,
    C.NO_ANSWER,
    C.PERMIT_REFUSED,
    C.NO_SHOW,
    C.WITHDRAWN,
    C.CANCELLED,
}


def package_tag(status: PackageStatus) -> str:
    """Sign, word and colour of a package's status."""
    sign, tone = PACKAGE_TONES[status]
    return marks.tag(f"{sign} {label(status)}", tone)


def yes_no(is_there: bool, yes: str, no: str) -> str:
    """A chip that says what is there, or what is missing."""
    return marks.tag(f"✓ {yes}", "met") if is_there else marks.tag(f"✕ {no}", "not_met")


def status_tag(status: C) -> str:
    """A candidacy's status where a column holds several."""
    return marks.tag(signed(status), "not_met" if status in LEFT else "accent")


def signed(status: C) -> str:
    """Sign and word of a candidacy's status, for table cells."""
    return f"✕ {label(status)}" if status in LEFT else f"→ {label(status)}"


def consent_chips(employer: bool, country: bool) -> list[str]:
    """Both consents, each by itself."""
    return [
        yes_no(employer, _("consent: employer"), _("no consent: employer")),
        yes_no(country, _("consent: country"), _("no consent: country")),
    ]
