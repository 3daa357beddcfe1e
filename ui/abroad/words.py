"""How stays, their fields and their signs are called on screen."""

from __future__ import annotations

from collections.abc import Mapping

from domain.enums import CriterionStatus, DeploymentStatus
from domain.records.deployments import Consulate, DayCounter, DeploymentSummary
from ui import marks
from ui.language import _, label, language, number

D = DeploymentStatus
SIGNS: Mapping[DeploymentStatus, str] = {
    D.PLANNED: "○",
    D.DEPARTED: "→",
    D.ARRIVED: "◐",
    D.WORKING: "✓",
    D.TRANSFERRED: "⇄",
    D.LOST_CONTACT: "✕",
    D.ENDED: "■",
    D.RETURNED: "←",
    D.CANCELLED: "–",
}
TONES: Mapping[DeploymentStatus, str] = {
    D.DEPARTED: "accent",
    D.ARRIVED: "accent",
    D.WORKING: "met",
    D.TRANSFERRED: "met",
    D.LOST_CONTACT: "not_met",
    D.ENDED: "partly",
}


def signed(status: DeploymentStatus) -> str:
    """Sign and word of a status, for table cells."""
    return f"{SIGNS[status]} {label(status)}"


def chip(status: DeploymentStatus) -> str:
    """Sign, word and colour of a status."""
    return marks.tag(signed(status), TONES.get(status, "quiet"))


def counted(counter: DayCounter | None) -> str:
    """Sign and days of a counter, for table cells: "◐ 78 / 90"."""
    if counter is None or counter.limit is None:
        return "–"
    return marks.signed(counter.status, days_of(counter))


def days_of(counter: DayCounter) -> str:
    """Days used and the limit: "78 / 90"."""
    used = counter.most if counter.most is not None else counter.today
    return f"{number(used)} / {number(counter.limit)}"


def left(one: DeploymentSummary) -> str:
    """Days until the agreed end, in words."""
    days = one.days_left
    if days is None:
        return "–"
    if days < 0:
        return "✕ " + _("{days} days past the end").format(days=number(-days))
    sign = "◐ " if one.ends_soon else ""
    return sign + _("{days} days left").format(days=number(days))


def consulate(one: Consulate) -> str:
    """Its name in the reader's language, or that there is no data."""
    return one.names[language()] if one.names else _("no data")


def contract_labels() -> dict[str, str]:
    """What the fields of contract and contacts are called."""
    return {
        "contract_number": _("Number of the contract"),
        "contract_signed_on": _("Signed on"),
        "contract_language": _("Language of the contract"),
        "is_understood": _("The worker has it in a language they understand"),
        "starts_on": _("First day of work"),
        "ends_on": _("Last day of work"),
        "pay_amount": _("Pay before tax"),
        "pay_currency": _("Currency"),
        "pay_period": _("Paid per"),
        "guaranteed_hours_week": _("Guaranteed hours a week"),
        "deduction_housing": _("Deduction for housing, a month"),
        "deduction_food": _("Deduction for food, a month"),
        "deduction_transport": _("Deduction for travel, a month"),
        "deduction_other": _("Other deductions, a month"),
        "rent_is_kept_back": _("The employer keeps the rent back from the pay"),
        "worker_fee": _("What the worker paid for the job"),
        "insurance_payer": _("Insurance"),
        "insurance_policy": _("Number of the insurance policy"),
        "insurance_until": _("Insured until"),
        "planned_departure_on": _("Planned departure"),
        "planned_return_on": _("Planned return"),
        "workplace_address": _("Address of the workplace"),
        "housing_address": _("Address of the housing"),
        "supervisor_name": _("Supervisor at work"),
        "supervisor_phone": _("Supervisor's telephone"),
        "phone_abroad": _("The person's telephone abroad"),
        "emergency_name": _("Whom to call in an emergency"),
        "emergency_phone": _("Telephone in an emergency"),
    }


def sign_of(status: CriterionStatus) -> str:
    """The sign of a verdict."""
    return marks.sign(status)
