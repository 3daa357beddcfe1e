"""What nobody expected reaches the officer as a sentence, and the log without their data."""

import pytest
from streamlit.testing.v1 import AppTest

ENTERED = "passport 12AB34567"


def failing_screen(entered: str) -> None:
    from ui import messages

    try:
        raise ValueError(entered)
    except ValueError as error:
        messages.apologise(error)


def test_unexpected_error_is_a_sentence_with_the_number_of_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    at = AppTest.from_function(failing_screen, kwargs={"entered": ENTERED}).run()
    number = caplog.records[-1].getMessage().split()[1].rstrip(":")
    assert number in at.error[0].value
    assert ENTERED not in caplog.text + at.error[0].value
    assert "failing_screen" in caplog.text


def refusing_screen() -> None:
    from domain.exceptions import Refused
    from ui import messages

    messages.apologise(Refused("Choose Georgian or English."))


def test_refusal_in_a_callback_is_said_as_it_is() -> None:
    at = AppTest.from_function(refusing_screen)
    at.session_state["language"] = "en"
    assert at.run().error[0].value.replace("\\", "") == "Choose Georgian or English."
