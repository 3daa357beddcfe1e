"""The manager sees findings with their tables; filters apply to all of them."""

import pytest

from tests.factories.histories import candidacy, people, vacancy

STEPS = (
    ("preselected", "2026-02-02"),
    ("commission_review", "2026-02-10"),
    ("approved", "2026-02-20"),
    ("sent", "2026-02-23"),
)


@pytest.fixture
def history(officers):
    farm = vacancy("DE", 9, scheme="de-agri")
    for one in people(6, "GE-KA", work=(("9211", 2.0),)):
        candidacy(one, farm, *STEPS)
    people(3, "GE-GU")
    people(3, "GE-IM")


@pytest.mark.parametrize("lang", ["en", "ka"])
def test_empty_system_says_that_nobody_is_registered(officers, open_page, texts_of, lang):
    at = open_page(officers["manager"], "dashboard", lang=lang)
    assert not at.exception
    said = texts_of(at)
    finding = {
        "en": "Nobody is registered under this filter yet",
        "ka": "ამ ფილტრით ჯერ არავინაა რეგისტრირებული",
    }
    assert finding[lang] in said


def test_findings_stand_above_their_tables(officers, open_page, texts_of, history):
    at = open_page(officers["manager"], "dashboard")
    at.selectbox(key="dashboard.period").set_value("all").run()
    assert not at.exception
    said = texts_of(at)
    assert "Of 6 preselected people 0 departed; nobody dropped out" in said
    assert "Open: 9 of 9 positions, most of them in one country: Germany" in said
    assert "no data" in said
    funnel = at.dataframe[0].value
    assert list(funnel["1"])[:3] == [12, 6, 6]
    regions = next(f.value for f in at.dataframe if "Guria" in list(f.value["0"]))
    assert "fewer than 5" in list(regions["1"])


def test_region_filter_applies_and_hides(officers, open_page, texts_of, history):
    at = open_page(officers["manager"], "dashboard")
    at.selectbox(key="dashboard.region").set_value("GE-GU").run()
    assert not at.exception
    assert "Registered: fewer than 5 people" in texts_of(at)


def test_minor_groups_and_sessions_can_be_chosen(officers, open_page, history):
    at = open_page(officers["manager"], "dashboard")
    at.segmented_control(key="dashboard.occupations.level").set_value("minor").run()
    at.segmented_control(key="dashboard.decisions.span").set_value("sessions").run()
    assert not at.exception
    assert any("921" in list(f.value["0"]) for f in at.dataframe)


def test_dashboard_leads_to_people_abroad_and_their_cases(officers, open_page, texts_of):
    at = open_page(officers["manager"], "dashboard")
    assert "People abroad and how they are" in texts_of(at)
    links = {link.proto.page for link in at.get("page_link")}
    assert {"abroad", "check_ins", "cases"} <= links
