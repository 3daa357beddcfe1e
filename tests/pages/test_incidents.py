"""Incidents and restricted facts on screen: the clock, the next step, opened for a reason."""

from datetime import timedelta

from domain.enums import Harm, IncidentKind, SpecialBasis, SpecialKind
from domain.records.incidents import ReportForm
from domain.records.special import SpecialForm
from services import clock
from services.incidents import handling, register
from services.jobseekers import registration
from services.special import facts
from tests.factories.jobseekers import person

WORDS = "Allergic to penicillin"


def press(at, label):
    return next(button for button in at.button if button.label == label).click().run()


def test_the_clock_is_on_every_screen_and_the_wizard_leads_on(officers, open_page, texts_of):
    form = ReportForm(
        IncidentKind.SECURITY, "A list was lost", "On paper", clock.now() - timedelta(hours=80)
    )
    number = register.report_incident(form=form, by=officers["recruiter"])
    at = open_page(officers["dpo"], "audit_log")
    assert not at.exception and f"{number} · ✕ the 72 hours ended 8 h ago" in texts_of(at)
    assert number not in texts_of(open_page(officers["recruiter"], "vacancies"))
    at = press(open_page(officers["dpo"], "incident", incident=number), "Begin with this incident")
    assert not at.exception and "Say next whether personal data were reached" in texts_of(at)
    handling.assess_incident(
        number=number, is_breach=True, harm=Harm.LIKELY, reason="names", by=officers["dpo"]
    )
    at = open_page(officers["dpo"], "incident", incident=number)
    blocked = next(one for one in at.button if one.label == "It was sent: keep it so")
    assert blocked.disabled and "Describe circumstances" in blocked.help
    at = open_page(officers["recruiter"], "incident", incident=number)
    assert "not part of your role" in texts_of(at)


def test_a_restricted_fact_is_read_only_for_a_reason(officers, open_page, texts_of):
    recruiter = officers["recruiter"]
    file = registration.register_jobseeker(form=person(), by=recruiter)
    facts.record_fact(
        external_id=file.external_id,
        form=SpecialForm(
            SpecialKind.HEALTH,
            SpecialBasis.CONSENT,
            "Which work is safe",
            WORDS,
            clock.today() + timedelta(30),
        ),
        by=recruiter,
    )
    at = open_page(recruiter, "jobseeker", jobseeker=file.external_id)
    at.session_state["jobseeker.tabs.en"] = "Restricted"
    at.run()
    assert "Which work is safe" in texts_of(at) and WORDS not in texts_of(at)
    at = press(at, "Open")
    assert "Write for what you need it" in texts_of(at) and WORDS not in texts_of(at)
    at.text_input(key="special.1.reason").input("Before the call to the doctor").run()
    at = press(at, "Open")
    assert not at.exception and WORDS in [one.value for one in at.text]
    assert WORDS not in [one.value for one in at.run().text]
