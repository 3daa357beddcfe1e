"""The register of commissions on screen: founding, seats and rules, and why something can't be."""

from datetime import date

from services import commission
from tests.factories.commissions import commission_of

NAMES = ("chair", "member.agency", "member.io", "member.ngo")


def press(at, label):
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception


def test_manager_founds_a_commission_and_seats_its_chair(officers, open_page, texts_of):
    manager = officers["manager"]
    at = open_page(manager, "commissions")
    assert not at.exception and "There is no commission yet" in texts_of(at)
    press(at, "Enter in the register")
    assert at.error, "an empty order is refused"
    for key, text in {
        "name_ka": "საცდელი კომისია",
        "name_en": "Trial commission",
        "code": "trial",
        "order": "01-17",
        "scope": "Shortlists",
    }.items():
        field = at.text_area if key == "scope" else at.text_input
        field(key=f"commissions.{key}").set_value(text)
    at.date_input(key="commissions.ordered_on").set_value(date(2026, 1, 5))
    press(at, "Enter in the register")
    assert not at.error
    at = open_page(manager, "commissions", commission="trial")
    assert "Nobody has the chair's seat" in texts_of(at) or "Nobody has a seat" in texts_of(at)
    at.selectbox(key="commissions.seat.who").set_value(officers["chair"].id)
    at.selectbox(key="commissions.seat.role").set_value("chair")
    press(at, "Give the seat")
    seats = commission.get_commission(code="trial", by=manager).seats
    assert [(seat.officer_id, seat.role) for seat in seats] == [(officers["chair"].id, "chair")]


def test_member_reads_order_and_rules_in_georgian_and_changes_nothing(
    officers, open_page, texts_of
):
    code = commission_of(*(officers[name] for name in NAMES))
    at = open_page(officers["member.ngo"], "commissions", lang="ka", commission=code)
    assert not at.exception
    assert "შექმნის ბრძანება" in texts_of(at) and not at.selectbox
    labels = [button.label for button in at.button]
    assert "დანიშვნა" not in labels and "ჩანაწერის დამატება" not in labels
