"""What is due is done job by job; one that fails holds up no other and tells of nobody."""

import logging

import pytest

from services.due_work import DueJob, run_due


def test_a_failing_job_holds_up_no_other_and_its_words_are_not_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fails() -> int:
        raise ValueError("+995599000000")

    with caplog.at_level(logging.ERROR):
        done = run_due((DueJob("reminders", fails), DueJob("messages", lambda: 3)))
    assert done == {"reminders": -1, "messages": 3}
    assert "reminders" in caplog.text and "ValueError" in caplog.text
    assert "+995" not in caplog.text
