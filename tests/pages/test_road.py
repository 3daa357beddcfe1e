"""The board, the outbox and a person's story on screen."""

from datetime import date

from db.session import unit_of_work
from services.notifications import Recipient, queue_message, worker
from tests.factories import histories


def test_recruiter_sees_who_is_late_and_what_waits(officers, open_page, texts_of):
    person = histories.person(registered_on="2026-01-10")
    vacancy = histories.vacancy()
    histories.candidacy(person, vacancy, ("approved", "2026-02-01"), ("sent", "2026-02-10"))
    with unit_of_work() as work:
        queue_message(
            work.session,
            template="road.please_call",
            to=Recipient.jobseeker(person),
            values={"vacancy": "V-1", "until": date(2026, 12, 1)},
            key="k",
            by=None,
        )
        work.commit()
    worker.send_due()

    board = open_page(officers["recruiter"], "road")
    assert not board.exception and not board.error
    links = [link.proto.label for link in board.get("page_link")]
    assert any("Messages that could not be sent" in text for text in links)
    (steps,) = [one for one in board.get("button_group") if "Steps" in str(one.label)]
    assert any("sent" in str(option) for option in steps.options)
    assert "of them late: 1" in texts_of(board)

    outbox = open_page(officers["recruiter"], "messages", message=1)
    assert not outbox.exception and not outbox.error
    assert "დაგვიკავშირდეთ" in texts_of(outbox)
    next(b for b in outbox.button if b.label == "Cancel the message").click().run()
    assert not outbox.exception
    assert "goes to nobody" in texts_of(outbox)
