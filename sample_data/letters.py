"""Letters of the sample: registered, distributed, resolved, answered, each step on its day."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml
from PIL import Image, ImageDraw

from domain.enums import FileFormat, LetterChannel, LetterDirection, LetterKind
from domain.records.correspondence import LetterForm
from domain.records.officer import Officer
from sample_data.timeline import Timeline
from services import clock
from services.correspondence import (
    distribution,
    divisions,
    files,
    readers,
    register,
    resolutions,
)
from services.correspondence.working_days import add_working_days, is_working_day
from services.official_documents.attachments import CheckedFile

STORY = Path(__file__).parent / "letters.yaml"
HOUR = 11.0
PAGE = (620, 877)
"""A4 at 75 dots an inch."""

Step = Mapping[str, Any]


@dataclass
class Told:
    """One letter of the story, and its numbers once it is there."""

    story: Mapping[str, Any]
    cast: Mapping[str, Officer]
    letter_id: int = 0
    resolution_id: int = 0

    def begin(self) -> None:
        """The letter comes in, or is drafted."""
        form, registrar = form_of(self.story), self.cast["recruiter"]
        if self.story.get("draft"):
            self.letter_id = register.draft_letter(form=form, by=registrar).summary.id
        else:
            self.letter_id = register.register_letter(form=form, by=registrar).summary.id

    def do(self, step: Step) -> None:
        """One step of it."""
        acts: Mapping[str, Callable[[Step, Officer], None]] = {
            "distribute": self._distribute,
            "assign": self._assign,
            "return": self._return,
            "resolve": self._resolve,
            "extend": self._extend,
            "report": self._report,
            "accept": self._accept,
            "answer": self._answer,
            "attach": self._attach,
            "circulate": self._circulate,
            "close": self._close,
            "void": self._void,
        }
        acts[step["do"]](step, self.cast[step.get("by", "manager")])

    def _distribute(self, step: Step, by: Officer) -> None:
        distribution.distribute_letter(
            letter_id=self.letter_id, departments=step["to"], remark=step.get("text"), by=by
        )

    def _assign(self, step: Step, by: Officer) -> None:
        distribution.assign_letter(
            letter_id=self.letter_id,
            department=step["department"],
            officer_ids=[self.cast[name].id for name in step["to"]],
            by=by,
        )

    def _return(self, step: Step, by: Officer) -> None:
        distribution.return_letter(
            letter_id=self.letter_id, department=step["department"], reason=step["text"], by=by
        )

    def _resolve(self, step: Step, by: Officer) -> None:
        given = resolutions.give_resolution(
            letter_id=self.letter_id,
            text=step["text"],
            responsible_id=self.cast[step["to"]].id,
            due_on=add_working_days(clock.today(), step["days"]),
            is_controlled=step.get("controlled", False),
            by=by,
        )
        self.resolution_id = given.resolutions[-1].id

    @property
    def _resolution(self) -> dict[str, int]:
        return {"letter_id": self.letter_id, "resolution_id": self.resolution_id}

    def _extend(self, step: Step, by: Officer) -> None:
        wanted = add_working_days(clock.today(), step["days"])
        resolutions.ask_extension(**self._resolution, wanted_on=wanted, reason=step["text"], by=by)

    def _report(self, step: Step, by: Officer) -> None:
        resolutions.report_execution(**self._resolution, report=step["text"], by=by)

    def _accept(self, step: Step, by: Officer) -> None:
        resolutions.accept_report(**self._resolution, by=by)

    def _answer(self, step: Step, by: Officer) -> None:
        """Drafted, signed on paper, its scan attached, registered and sent."""
        form = replace(
            form_of(self.story),
            direction=LetterDirection.OUTGOING,
            subject=f"პასუხი: {self.story['subject']}",
            text=step["text"],
            their_number=None,
            dated_on=None,
            reply_to_id=self.letter_id,
        )
        answer = register.draft_letter(form=form, by=by).summary.id
        files.attach_checked(letter_id=answer, file=page("PNG", "პასუხი.png"), by=by)
        register.register_draft(letter_id=answer, by=by)

    def _attach(self, step: Step, by: Officer) -> None:
        file = page("PDF", "წერილი.pdf")
        files.attach_checked(letter_id=self.letter_id, file=file, is_text=True, by=by)

    def _circulate(self, step: Step, by: Officer) -> None:
        asked = [self.cast[name].id for name in step["to"]]
        readers.ask_to_read(letter_id=self.letter_id, officer_ids=asked, by=by)

    def _close(self, step: Step, by: Officer) -> None:
        register.close_letter(letter_id=self.letter_id, by=by)

    def _void(self, step: Step, by: Officer) -> None:
        register.void_letter(letter_id=self.letter_id, reason=step["text"], by=by)


def tell_letters(timeline: Timeline, cast: Mapping[str, Officer]) -> None:
    """Divisions first, then every letter with its steps, an hour apart on the same day."""
    story = yaml.safe_load(STORY.read_text("utf-8"))
    today = clock.today()
    first = min(days_ago(today, told["ago"]) for told in story["letters"])
    timeline.add(first, HOUR - 2, partial(set_up, story["divisions"], cast))
    for place, letter in enumerate(story["letters"]):
        told = Told(letter, cast)
        minutes = place / 60
        timeline.add(days_ago(today, letter["ago"]), HOUR - 1 + minutes, told.begin)
        for order, step in enumerate(letter["steps"]):
            hour = HOUR + order + minutes
            timeline.add(days_ago(today, step["ago"]), hour, partial(told.do, step))


def set_up(told: list[Mapping[str, Any]], cast: Mapping[str, Officer]) -> None:
    """The divisions with their heads and members."""
    for one in told:
        divisions.save_division(
            code=one["code"],
            name_ka=one["name_ka"],
            name_en=one["name_en"],
            head_id=cast[one["head"]].id,
            member_ids=[cast[name].id for name in one["members"]],
            is_registry=one.get("is_registry", False),
            by=cast["manager"],
        )


def days_ago(today: date, count: int) -> date:
    """So many working days before today."""
    day = today
    while count > 0:
        day -= timedelta(1)
        count -= is_working_day(day)
    return day


def form_of(told: Mapping[str, Any]) -> LetterForm:
    """What is entered of the letter, on the day it comes."""
    direction = LetterDirection(told.get("direction", "incoming"))
    is_incoming = direction is LetterDirection.INCOMING
    return LetterForm(
        direction=direction,
        kind=LetterKind(told.get("kind", "letter")),
        subject=told["subject"],
        organisation=told.get("organisation"),
        person=told.get("person"),
        their_number=told.get("their_number"),
        channel=LetterChannel(told["channel"]) if "channel" in told else None,
        dated_on=clock.today() if is_incoming else None,
        vacancy=told.get("vacancy"),
    )


def page(form: str, name: str) -> CheckedFile:
    """A page as a scanner makes it: lines instead of words."""
    image = Image.new("L", PAGE, 255)
    pen = ImageDraw.Draw(image)
    for row in range(90, 620, 28):
        width = 520 if row % 5 else 330
        pen.line((60, row, 60 + width, row), fill=90, width=3)
    written = io.BytesIO()
    moment = time.gmtime(0)
    dated = {"creationDate": moment, "modDate": moment} if form == "PDF" else {}
    image.save(written, form, **dated)
    content = written.getvalue()
    return CheckedFile(name, FileFormat(form.lower()), content, sha256(content).hexdigest())
