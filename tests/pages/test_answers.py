"""The tab of answers: what was said by phone is written down, then the candidate's reply."""

from services.answers.reading import list_sheets
from tests.factories.packages import people, sent_package


def press(at, label):
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception


def test_recruiter_writes_down_an_answer_and_the_candidates_reply(officers, open_page, texts_of):
    recruiter = officers["recruiter"]
    sent = sent_package(people(2))
    number = sent.number.replace("P-", "V-")
    at = open_page(recruiter, "sending", vacancy=number)
    at.session_state["sending.tabs.en"] = "Answers"
    at.run()
    assert not at.exception
    assert "Whoever is selected is asked to confirm at once" in texts_of(at)
    first = sent.candidacies[0]
    key = f"answers.{sent.number}"
    at.selectbox(key=f"{key}.choice.{first}").select_index(0)
    press(at, "Save the answers")
    assert "who of the employer's people" in texts_of(at)
    at.text_input(key=f"{key}.speaker").set_value("Frau Beispiel")
    press(at, "Save the answers")
    answer = list_sheets(vacancy_number=number, by=recruiter)[0].people[0].answer
    assert answer is not None and answer.speaker == "Frau Beispiel"
    at.radio(key=f"answers.reply.{sent.number}.{first}.goes").set_value(True)
    press(at, "Save the reply")
    asked = list_sheets(vacancy_number=number, by=recruiter)[0].people[0].confirmation
    assert asked is not None and asked.status.value == "confirmed"
