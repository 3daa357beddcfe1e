"""The administrator searches the log, opens an event and has the chain verified."""

from db.session import unit_of_work
from services import audit


def happen(by):
    with unit_of_work() as work:
        audit.record(
            work.session,
            action="updated",
            entity="jobseeker",
            entity_id=1,
            subject="JS-1",
            details={"phone": ["+995555000101", "+995555000102"]},
            by=by,
        )
        work.commit()


def test_event_of_a_person_is_found_and_opened(officers, open_page, texts_of, select_rows):
    happen(officers["recruiter"])
    at = open_page(officers["admin"], "audit_log")
    at.text_input(key="audit_log.person").set_value("JS-1").run()
    assert list(at.dataframe[0].value["3"]) == ["changed it"]
    at = select_rows(at, "audit_log.list", [0])
    assert not at.exception
    assert any("phone" in caption.value for caption in at.caption)
    assert not any("+995555000101" in caption.value for caption in at.caption)


def test_verification_shows_its_result(officers, open_page):
    happen(officers["recruiter"])
    at = open_page(officers["admin"], "audit_log")
    at.button(key="audit_log.verify").click().run()
    assert not at.exception
    assert "The chain is whole" in at.success[0].value


def test_search_without_a_result_says_what_to_do(officers, open_page):
    at = open_page(officers["admin"], "audit_log", lang="ka")
    at.text_input(key="audit_log.person").set_value("JS-4711").run()
    assert "მოხსენით ფილტრი" in at.info[0].value
