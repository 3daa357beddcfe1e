"""An administrator brings ESCO in; officers then find its skills by typing."""

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import FileUploader

from services.esco.archives import EscoFile
from services.esco.importing import ATTRIBUTION, import_esco
from services.reference import reference
from tests.factories import esco


def test_without_esco_the_screen_says_what_serves(officers, open_page, texts_of):
    at = open_page(officers["admin"], "classifications")
    assert not at.exception
    assert "our own skills serve" in texts_of(at)


def test_archives_are_looked_into_and_imported(officers, open_page, texts_of):
    at = open_page(officers["admin"], "classifications")
    give(at, esco.concepts(), esco.relations())
    assert "1.0.0" in texts_of(at)
    at.button(key="classifications.import").click().run()
    assert not at.exception
    said = texts_of(at)
    assert "Version in use" in said
    assert ATTRIBUTION in said
    assert esco.TIE in reference().names["skill"]


def test_an_archive_alone_is_refused_with_what_is_missing(officers, open_page, texts_of):
    at = open_page(officers["admin"], "classifications")
    give(at, esco.concepts())
    at.button(key="classifications.import").click().run()
    assert "The relations are missing" in at.error[0].value


def test_changes_of_a_newer_version_are_shown_and_can_be_downloaded(officers, open_page, texts_of):
    esco.bring_in()
    newer = esco.concepts(version="1.1.0", skills=esco.SKILLS[1:])
    import_esco(files=[newer, esco.relations("1.1.0")], by=officers["admin"])
    at = open_page(officers["admin"], "classifications", lang="ka")
    assert not at.exception
    assert "1.1.0" in texts_of(at)
    table = at.dataframe[0].value
    assert list(table.iloc[0][:3]) == [
        "shorten the shoots of vines",
        "ESCO-ში აღარ არის",
        "უნარი",
    ]
    (button,) = at.get("download_button")
    assert "CSV" in button.proto.label


def test_a_skill_of_esco_is_found_by_typing_and_added(officers, open_page):
    esco.bring_in()
    at = open_page(officers["recruiter"], "vacancy", vacancy="new")
    key = "vacancy.new.skills_essential"
    at.text_input(key=f"{key}.search").set_value("vines up").run()
    assert ATTRIBUTION in [caption.value for caption in at.caption]
    at.button(key=f"{key}.add.{esco.TIE}").click().run()
    assert not at.exception
    assert at.multiselect(key=key).value == [esco.TIE]


def test_the_list_of_skills_stays_short_with_esco(officers, open_page):
    before = open_page(officers["recruiter"], "vacancy", vacancy="new")
    own = len(before.multiselect(key="vacancy.new.skills_essential").options)
    esco.bring_in()
    after = open_page(officers["recruiter"], "vacancy", vacancy="new")
    assert len(after.multiselect(key="vacancy.new.skills_essential").options) == own


def give(at: AppTest, *files: EscoFile) -> None:
    """Choose files, as by the field."""
    (field,) = at.get("file_uploader")
    assert isinstance(field, FileUploader)
    field.set_value([(file.name, file.content.read(), "application/zip") for file in files]).run()
