"""A document on screen: the chair sees what is missing, signs, and the signature is shown."""

from db.models import OfficerRow
from db.session import unit_of_work
from domain.enums import StepKind
from services.officers import passwords
from services.officers.demo_accounts import PASSWORD
from services.official_documents import endorsements, routes
from tests.factories import papers

MANDATORY, SIGNATURE = StepKind.MANDATORY_ENDORSEMENT, StepKind.SIGNATURE


def labels(at):
    return [button.label for button in at.button]


def test_document_goes_from_its_author_to_the_chair_who_signs(officers, open_page, texts_of):
    recruiter, chair = officers["recruiter"], officers["chair"]
    with unit_of_work() as work:
        hashed = passwords.hash_password(PASSWORD)
        work.session.get_one(OfficerRow, chair.id).password_hash = hashed
        work.commit()
    document = papers.paper(recruiter)
    at = open_page(recruiter, "document", document=document)
    assert not at.exception
    send = at.button(key="document.send")
    assert send.disabled and "no signature" in send.help
    papers.lay(document, [(1, MANDATORY, recruiter), (1, SIGNATURE, chair)], recruiter)
    at = open_page(recruiter, "document", document=document)
    at.button(key="document.send").click().run()
    assert not at.exception and "on its way" in texts_of(at)
    assert "Your endorsement is mandatory" in texts_of(at)

    waiting = open_page(chair, "documents")
    assert "Your signature is asked for" in texts_of(waiting)
    locked = open_page(chair, "document", document=document)
    sign = locked.button(key="document.sign_now")
    assert sign.disabled and "mandatory endorsements of this file are missing" in sign.help

    at.button(key="document.do").click().run()
    assert not at.exception and "Endorsed on the file" in texts_of(at)
    at = open_page(chair, "document", document=document)
    at.text_input[0].input("another password")
    at.button(key="document.sign_now").click().run()
    assert "not your password" in at.error[0].value
    at.text_input[0].input(PASSWORD)
    at.button(key="document.sign_now").click().run()
    assert not at.exception and not at.error
    assert "the signature holds" in texts_of(at)
    assert "document.sign_now" not in [button.key for button in at.button]


def test_absence_is_recorded_and_the_substitute_is_asked(officers, open_page, texts_of):
    recruiter, chair, manager = officers["recruiter"], officers["chair"], officers["manager"]
    document = papers.paper(recruiter)
    papers.lay(document, [(1, MANDATORY, recruiter), (2, SIGNATURE, chair)], recruiter)
    routes.send_into_route(document_id=document, by=recruiter)
    record = papers.seen(document, recruiter)
    endorsements.endorse(
        document_id=document,
        step_id=record.steps[0].id,
        sha256=record.principal.sha256 if record.principal else "",
        by=recruiter,
    )
    at = open_page(chair, "absences", lang="ka")
    at.selectbox(key="absences.reason").set_value("illness")
    at.multiselect(key="absences.substitutes").set_value([manager.id])
    next(one for one in at.button if one.label == "არყოფნის ჩაწერა").click().run()
    assert not at.exception and not at.error
    assert "დღეს არ არის" in texts_of(at)
    at = open_page(manager, "document", document=document)
    assert "acting for Magalita Magidadze because of illness" in texts_of(at).replace("\\", "")
