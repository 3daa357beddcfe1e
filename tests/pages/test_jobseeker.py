"""A recruiter registers, finds, opens and edits people; nothing typed gets lost."""

from dataclasses import fields, replace

import pytest
from sqlalchemy import select

from db.models import AuditEventRow, JobseekerRow
from db.session import reading
from domain.records.jobseeker import JobseekerForm, JobseekerRecord
from services.jobseekers import registration
from tests.factories.jobseekers import NINO, person
from ui.jobseeker.sections import SECTIONS


@pytest.fixture
def nino(officers) -> JobseekerRecord:
    return registration.register_jobseeker(form=NINO, by=officers["recruiter"])


def stored() -> list[JobseekerRow]:
    with reading() as session:
        return list(session.scalars(select(JobseekerRow).order_by(JobseekerRow.id)))


def actions() -> list[str]:
    with reading() as session:
        query = select(AuditEventRow.action).where(AuditEventRow.entity == "jobseeker")
        return list(session.scalars(query.order_by(AuditEventRow.seq)))


@pytest.fixture
def said(texts_of):
    """What the screen says, without the marks that keep people's text plain."""
    return lambda at: texts_of(at).replace("\\", "")


def fill(at, prefix: str, **values):
    for field, value in values.items():
        at.text_input(key=f"{prefix}.{field}").set_value(value)
    return at.run()


def test_a_person_is_registered_through_the_form_in_georgian(officers, open_page):
    at = open_page(officers["recruiter"], "jobseeker", lang="ka")
    assert at.title[0].value == "პირის რეგისტრაცია"
    fill(at, "jobseeker.new", first_name_ka="ნინო", last_name_ka="ყიფიანი", phone="555 00 01 01")
    at.button(key="jobseeker.new.suggest_latin").click().run()
    assert at.text_input(key="jobseeker.new.last_name_lat").value == "Qipiani"
    at.button(key="jobseeker.new.languages.add").click().run()
    at.selectbox(key="jobseeker.new.languages.0.language").set_value("de")
    at.selectbox(key="jobseeker.new.languages.0.level").set_value("B1").run()
    at.button(key="jobseeker.register").click().run()
    assert not at.exception
    (row,) = stored()
    assert (row.last_name_ka, row.last_name_lat, row.phone) == (
        "ყიფიანი",
        "Qipiani",
        "+995555000101",
    )
    record = registration.get_jobseeker(external_id=row.external_id, by=officers["recruiter"])
    assert [x.language for x in record.form.languages] == ["de"]


def test_a_refused_form_says_why_beside_the_field_and_keeps_what_was_typed(
    officers, open_page, said
):
    at = open_page(officers["recruiter"], "jobseeker")
    fill(at, "jobseeker.new", first_name_ka="ნინო", personal_number="123", email="nino")
    at.button(key="jobseeker.register").click().run()
    assert "11 digits" in said(at) and "not an e-mail address" in said(at)
    assert at.text_input(key="jobseeker.new.personal_number").value == "123"
    assert at.text_input(key="jobseeker.new.first_name_ka").value == "ნინო"
    assert stored() == []


def test_an_unfinished_row_is_not_dropped_silently(officers, open_page, said):
    at = open_page(officers["recruiter"], "jobseeker")
    fill(at, "jobseeker.new", first_name_ka="ნინო")
    at.button(key="jobseeker.new.languages.add").click().run()
    at.selectbox(key="jobseeker.new.languages.0.language").set_value("de").run()
    at.button(key="jobseeker.register").click().run()
    assert "both the language and its level" in said(at)
    assert {e.label: e.proto.expanded for e in at.expander}["Skills and languages"]
    assert stored() == []


def test_all_that_is_wrong_is_said_at_once_and_a_corrected_part_stays_open(
    officers, open_page, said
):
    at = open_page(officers["recruiter"], "jobseeker")
    fill(at, "jobseeker.new", first_name_ka="ნინო", personal_number="123")
    at.button(key="jobseeker.new.languages.add").click().run()
    at.selectbox(key="jobseeker.new.languages.0.language").set_value("de").run()
    at.button(key="jobseeker.register").click().run()
    assert "11 digits" in said(at) and "both the language and its level" in said(at)
    assert "Identity and contacts · Skills and languages" in at.error[0].value
    at.selectbox(key="jobseeker.new.languages.0.level").set_value("B1").run()
    at.button(key="jobseeker.register").click().run()
    assert at.error[0].value.endswith("Identity and contacts")
    assert {e.label: e.proto.expanded for e in at.expander}["Skills and languages"]


def test_a_likely_duplicate_is_compared_and_declared_before_saving(officers, open_page, said, nino):
    at = open_page(officers["recruiter"], "jobseeker")
    fill(at, "jobseeker.new", first_name_lat="Nino", last_name_lat="Qipiani")
    at.date_input(key="jobseeker.new.birth_date").set_value(NINO.birth_date).run()
    at.button(key="jobseeker.register").click().run()
    assert "may already be registered" in said(at)
    assert len(stored()) == 1
    at.checkbox(key=f"jobseeker.new.different.{nino.external_id}").check().run()
    at.button(key="jobseeker.register").click().run()
    assert not at.exception
    assert len(stored()) == 2


def test_a_file_is_opened_once_a_visit_and_the_number_shown_only_on_a_recorded_click(
    officers, open_page, said, nino
):
    at = open_page(officers["recruiter"], "jobseeker", jobseeker=nino.external_id)
    at.run()
    assert actions() == ["registered", "read"]
    assert "*******0101" in said(at) and str(NINO.personal_number) not in said(at)
    at.button(key="jobseeker.reveal").click().run()
    assert str(NINO.personal_number) in said(at)
    assert actions() == ["registered", "read", "revealed"]


def test_editing_the_number_counts_as_looking_at_it(officers, open_page, nino):
    at = open_page(officers["recruiter"], "jobseeker", jobseeker=nino.external_id)
    at.button(key="jobseeker.start.work").click().run()
    assert actions() == ["registered", "read"]
    at.button(key="jobseeker.start.identity").click().run()
    assert at.text_input(key="jobseeker.edit.identity.personal_number").value
    assert actions() == ["registered", "read", "revealed"]


def test_a_part_is_edited_in_place(officers, open_page, said, nino):
    at = open_page(officers["recruiter"], "jobseeker", jobseeker=nino.external_id)
    at.button(key="jobseeker.start.identity").click().run()
    fill(at, "jobseeker.edit.identity", phone="599 12 34 56")
    at.button(key="jobseeker.save.identity").click().run()
    assert not at.exception
    assert stored()[0].phone == "+995599123456"
    assert "Saved: Identity and contacts" in said(at)
    assert "Changed: Phone" in said(at)


def test_a_row_is_taken_away_and_another_kept(officers, open_page, nino):
    at = open_page(officers["recruiter"], "jobseeker", jobseeker=nino.external_id)
    at.button(key="jobseeker.start.abilities").click().run()
    at.button(key="jobseeker.edit.abilities.languages.add").click().run()
    at.selectbox(key="jobseeker.edit.abilities.languages.1.language").set_value("en")
    at.selectbox(key="jobseeker.edit.abilities.languages.1.level").set_value("A2").run()
    at.button(key="jobseeker.edit.abilities.languages.0.remove").click().run()
    at.button(key="jobseeker.save.abilities").click().run()
    assert not at.exception
    record = registration.get_jobseeker(external_id=nino.external_id, by=officers["recruiter"])
    assert [(x.language, x.level) for x in record.form.languages] == [("en", "A2")]


def test_the_second_editor_sees_both_versions_and_can_go_on(officers, open_page, said, nino):
    at = open_page(officers["recruiter"], "jobseeker", jobseeker=nino.external_id)
    at.button(key="jobseeker.start.identity").click().run()
    fill(at, "jobseeker.edit.identity", phone="599 00 00 01")
    registration.update_jobseeker(
        external_id=nino.external_id,
        form=replace(nino.form, phone="+995599000002", address="Tbilisi"),
        version=nino.version,
        by=officers["recruiter"],
    )
    at.button(key="jobseeker.save.identity").click().run()
    assert "Somebody else saved" in said(at)
    offered = at.radio(key=f"conflict.identity.{nino.version + 1}.phone").options
    assert "995599000001" in offered[0] and "995599000002" in offered[1]
    assert stored()[0].phone == "+995599000002"
    asks = f"conflict.identity.{nino.version + 1}"
    assert at.button(key=f"{asks}.save").disabled  # both changed the telephone: choose
    at.radio(key=f"{asks}.phone").set_value(True).run()
    at.button(key=f"{asks}.save").click().run()
    assert (stored()[0].phone, stored()[0].address) == ("+995599000001", "Tbilisi")


@pytest.mark.parametrize("lang", ["ka", "en"])
def test_the_list_finds_and_opens_a_person(officers, open_page, select_rows, nino, lang):
    other = person(
        first_name_ka="გია",
        last_name_ka="ლომიძე",
        first_name_lat="Gia",
        last_name_lat="Lomidze",
        personal_number=None,
        birth_date=None,
    )
    registration.register_jobseeker(form=other, by=officers["recruiter"])
    at = open_page(officers["recruiter"], "jobseekers", lang=lang)
    assert len(at.dataframe[0].value) == 2
    at.text_input(key="jobseekers.text").set_value("kipiani").run()
    assert len(at.dataframe[0].value) == 1
    select_rows(at, "jobseekers.table", [0])
    assert not at.exception
    assert ("ნინო ყიფიანი" if lang == "ka" else "Nino Kipiani") in at.title[0].value


def test_an_empty_register_says_how_to_begin(officers, open_page, said):
    at = open_page(officers["recruiter"], "jobseekers")
    assert "Nobody is registered yet" in said(at)


def test_an_unknown_file_says_what_to_do(officers, open_page, said):
    at = open_page(officers["recruiter"], "jobseeker", jobseeker="JS-1999-00001")
    assert not at.exception
    assert "no job-seeker with this number" in said(at)


@pytest.mark.parametrize("username", ["manager", "chair", "admin", "member.ngo"])
def test_other_roles_see_no_person(officers, open_page, said, nino, username):
    for page in ("jobseekers", "jobseeker"):
        at = open_page(officers[username], page, jobseeker=nino.external_id)
        assert "Kipiani" not in said(at) and not at.dataframe
    assert actions() == ["registered"]


def test_every_field_that_a_part_edits_belongs_to_it(officers, open_page, nino):
    at = open_page(officers["recruiter"], "jobseeker", jobseeker=nino.external_id)
    belonging = [name for section in SECTIONS for name in section.fields]
    editable = {f.name for f in fields(JobseekerForm)} - {"registered_on"}
    assert sorted(belonging) == sorted(editable)
    told = ["Story", "Decisions", "Consents", "Vacancies", "Restricted"]
    assert [tab.label for tab in at.tabs][len(SECTIONS) :] == told
