"""The import screen: from a file to what came of it."""

import pytest

from domain.enums import ImportKind
from domain.records.imports import ColumnRule
from domain.records.jobseeker import JobseekerQuery
from services.importing.history import list_mappings
from services.jobseekers.register import find_jobseekers
from services.vacancies.vacancies import get_vacancy
from ui.imports.mapping import _chosen_rule

HEADER = "external_id,first_name_ka,last_name_ka\n"
PEOPLE = HEADER + "P-1,ნინო,ბერიძე\nP-2,გია,ლომიძე\n"


def upload(at, name, content, kind="jobseekers"):
    if kind != "jobseekers":
        at.segmented_control(key="imports.kind").set_value(ImportKind(kind)).run()
    at.file_uploader[0].set_value((name, content, "text/csv")).run()
    assert not at.exception
    return at


def press(at, label):
    next(button for button in at.button if button.label.startswith(label)).click().run()
    assert not at.exception
    return at


def test_an_empty_screen_offers_empty_files_and_says_what_to_do(officers, open_page, texts_of):
    at = open_page(officers["recruiter"], "imports")
    assert not at.exception
    assert [b.label for b in at.get("download_button")] == [
        "Empty file: Excel (XLSX)",
        "Empty file: CSV",
    ]
    assert "No file has been imported yet" in texts_of(at)


def test_a_good_file_goes_in_and_leads_on(officers, open_page, texts_of):
    at = upload(open_page(officers["recruiter"], "imports"), "p.csv", PEOPLE.encode())
    press(at, "Import rows: 2")
    assert "<b>2</b><span>new</span>" in texts_of(at)
    assert at.dataframe[-1].value.iloc[0].tolist()[1] == "p.csv"
    press(at, "Import another file")
    assert at.file_uploader[0].value is None


def test_bad_cells_are_shown_and_their_rows_come_back(officers, open_page, texts_of):
    at = open_page(officers["recruiter"], "imports")
    upload(at, "p.csv", (PEOPLE + "P-3,Nino,ბერიძე\n").encode())
    problem = at.dataframe[0].value.iloc[0].tolist()
    assert problem[:2] == [4, "first_name_ka"] and "Georgian letters" in problem[2]
    press(at, "Import rows: 2")
    assert "Rejected rows: 1" in texts_of(at)
    assert [b.label for b in at.get("download_button")] == ["Rejected rows (CSV)"]


def test_the_same_file_again_says_so_before_and_after(officers, open_page, texts_of):
    at = upload(open_page(officers["recruiter"], "imports"), "p.csv", PEOPLE.encode())
    press(press(at, "Import rows: 2"), "Import another file")
    upload(at, "p.csv", PEOPLE.encode())
    assert "was imported on" in at.info[0].value
    press(at, "Import rows: 2")
    assert "nothing has changed" in at.info[0].value


def test_letters_are_asked_about_and_read_as_confirmed(officers, open_page):
    text = "number,title,country,positions\nV-1,Gärtner für Köln,DE,1\nV-2,Bäcker,DE,2\n"
    at = open_page(officers["recruiter"], "imports")
    upload(at, "v.csv", text.encode("cp1252"), "vacancies")
    assert "cp1252" in at.warning[0].value.replace("\\", "")
    assert at.radio[0].options[0].startswith("Western European (cp1252): Gärtner")
    press(at, "Read it so")
    press(at, "Import rows: 2")
    assert get_vacancy(number="V-1", by=officers["recruiter"]).title == "Gärtner für Köln"


def test_a_missing_column_is_asked_for_and_can_be_chosen(officers, open_page):
    at = open_page(officers["recruiter"], "imports")
    upload(at, "v.csv", b"nr,job title,country,how many\nV-1,Welder,DE,3\n", "vacancies")
    assert "Number of positions" in at.warning[0].value
    assert not any(button.label.startswith("Import rows") for button in at.button)
    at.selectbox[field(at, "number")].set_value("c:nr")
    at.selectbox[field(at, "positions")].set_value("c:how many")
    press(at, "Read the file this way")
    press(at, "Import rows: 1")
    assert get_vacancy(number="V-1", by=officers["recruiter"]).positions == 3


def test_a_typed_value_holds_for_every_row():
    # The test browser does not know fields that take new values: asked of the choice itself.
    assert _chosen_rule("positions", "3", None) == ColumnRule("positions", constant="3")
    assert _chosen_rule("positions", "=3", None) == ColumnRule("positions", constant="3")
    assert _chosen_rule("positions", "c:n", None) == ColumnRule("positions", ("n",))
    assert _chosen_rule("positions", "-", None) is None


def field(at, column):
    return next(n for n, box in enumerate(at.selectbox) if box.key.endswith(f".{column}"))


def test_a_mapping_is_kept_under_a_name(officers, open_page):
    at = upload(open_page(officers["recruiter"], "imports"), "p.csv", PEOPLE.encode())
    next(i for i in at.text_input if i.key.endswith(".name")).set_value("Office list")
    press(at, "Save mapping")
    kept = list_mappings(kind=ImportKind.JOBSEEKERS, by=officers["recruiter"])
    assert [mapping.name for mapping in kept] == ["Office list"]


@pytest.mark.parametrize(
    ("content", "reason"), [(b"%PDF-1.7", "PDF"), (b"a,b\n1,\x002", "zero bytes"), (b"", "empty")]
)
def test_an_unusable_file_says_what_to_do(officers, open_page, content, reason):
    at = upload(open_page(officers["recruiter"], "imports"), "x.csv", content)
    assert reason in at.error[0].value.replace("\\", "")


def test_text_of_strangers_is_shown_as_text(officers, open_page, texts_of):
    header = "external_id,first_name_ka,![x](https://evil.example/p.png)\n"
    name = "<b>![x](https://evil.example).csv"
    at = upload(open_page(officers["recruiter"], "imports"), name, f"{header}P-1,ნინო,y\n".encode())
    press(at, "Import rows: 1")
    assert "![x](" not in texts_of(at)


def test_the_screen_speaks_georgian(officers, open_page, texts_of):
    at = open_page(officers["recruiter"], "imports", lang="ka")
    upload(at, "p.csv", (PEOPLE + "P-3,Nino,ბერიძე\n").encode())
    assert "იმპორტი" in at.title[0].value
    assert "ქართული" in at.dataframe[0].value.iloc[0].tolist()[2]


def test_nothing_is_changed_before_the_button(officers, open_page):
    upload(open_page(officers["recruiter"], "imports"), "p.csv", PEOPLE.encode())
    assert find_jobseekers(query=JobseekerQuery(), by=officers["recruiter"]).total == 0
