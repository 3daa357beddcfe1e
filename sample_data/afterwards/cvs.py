"""English CVs of the sample's people: final for whoever is sent, begun for whoever waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import CandidacyRow, JobseekerRow
from db.repositories.jobseekers import WHOLE_FILE
from db.session import reading, unit_of_work
from domain.enums import CandidacyStatus as C
from domain.enums import CvSigner, CvSignoffChannel
from domain.records.cvs import CvTextForm
from domain.records.officer import Officer
from sample_data.afterwards.steps import BEFORE, Step
from services.cvs import signing, writing
from services.cvs.content import work_places
from services.cvs.standing import Standing, standing_of
from services.jobseekers.files import record_of
from services.jobseekers.registration import update_jobseeker
from services.refusals import refusal

ABOUT = (
    (
        "ბავშვობიდან ვეხმარები ოჯახს მეურნეობაში. ვარ პუნქტუალური და სწრაფად ვსწავლობ.",
        "I have helped on the family farm since childhood. I am punctual and learn quickly.",
    ),
    (
        "მიყვარს გუნდში მუშაობა და ახალ ადგილს ადვილად ვეგუები.",
        "I like to work in a team and settle in easily in a new place.",
    ),
    (
        "ვმუშაობ ყურადღებით, ვიცავ უსაფრთხოების წესებს და ვადებს.",
        "I work with care, keep the rules of safety and finish in time.",
    ),
)
TASKS = {
    "9": ("მოსავლის აღება, დახარისხება და შეფუთვა.", "Harvesting, sorting and packing."),
    "6": ("ნარგავების მოვლა, გასხვლა და მორწყვა.", "Tending plants, pruning and watering."),
    "5": ("მომსახურება, მოწესრიგება და შეკვეთების მიღება.", "Serving, tidying and taking orders."),
    "7": ("სამუშაოს მომზადება, შესრულება და შემოწმება.", "Preparing, doing and checking work."),
    "8": ("მანქანის მართვა და ყოველდღიური მოვლა.", "Driving and daily care of the vehicle."),
}


def finish(step: Step) -> None:
    """Everybody of the step has a CV that both signed off."""
    by = step.cast["recruiter"]
    _complete(step.candidacy_ids, by)
    with unit_of_work() as work:
        for place, person in enumerate(_people(work.session, step.candidacy_ids)):
            cv = Writing(work.session, person, by)
            cv.write(with_tasks=place % 3 == 0)
            cv.sign()
        work.commit()


def begin(candidacy_ids: Sequence[int], by: Officer) -> None:
    """Those who wait: ready, with the candidate, half written, sent back, not begun."""
    with unit_of_work() as work:
        for place, person in enumerate(_people(work.session, candidacy_ids)):
            cv = Writing(work.session, person, by)
            state = place % 5
            if state == 4:
                continue
            cv.write(with_tasks=True)
            if state == 0:
                cv.sign()
            elif state in (1, 3) and cv.ask() and state == 3:
                cv.hear("დაამატეთ ბოლო სამუშაო ადგილი.")
        work.commit()


def _complete(candidacy_ids: Sequence[int], by: Officer) -> None:
    """Whoever's file does not say so is asked for the citizenship, before the CV is written."""
    with reading() as session:
        people = _people(session, candidacy_ids)
        files = [record_of(person) for person in people if not person.citizenship]
    for file in files:
        update_jobseeker(
            external_id=file.external_id,
            form=replace(file.form, citizenship="GE"),
            version=file.version,
            by=by,
        )


def _people(session: Session, candidacy_ids: Sequence[int]) -> list[JobseekerRow]:
    """Their files, in the order of the candidacies."""
    query = (
        select(JobseekerRow)
        .join(CandidacyRow, CandidacyRow.jobseeker_id == JobseekerRow.id)
        .where(CandidacyRow.id.in_(candidacy_ids))
        .order_by(CandidacyRow.id)
        .options(*WHOLE_FILE)
    )
    return list(session.scalars(query))


@dataclass(frozen=True, slots=True)
class Writing:
    """One person's CV on its way, many people in one transaction."""

    session: Session
    person: JobseekerRow
    by: Officer

    def now(self) -> Standing:
        return standing_of(self.session, self.person)

    def write(self, *, with_tasks: bool) -> None:
        """The name compared with the passport, and some texts; nothing new where all is there."""
        standing = self.now()
        names = standing.names
        if names.is_confirmed:
            return
        writing.keep_name(self.session, standing, names.given_names, names.surname, self.by)
        told = {"about": ABOUT[self.person.id % len(ABOUT)]}
        if with_tasks:
            for place, entry in work_places(standing.form):
                if entry.isco[0] in TASKS:
                    told[f"{place}.tasks"] = TASKS[entry.isco[0]]
        forms = [CvTextForm(place, *words) for place, words in told.items()]
        writing.keep_texts(self.session, self.now(), forms, self.by)

    def ask(self) -> bool:
        """Whether it could be asked for the sign-offs."""
        standing = self.now()
        if refusal(signing.check_can_ask, standing) is not None:
            return False
        signing.ask(self.session, standing, self.by)
        return True

    def sign(self) -> None:
        """Both sign-offs, where the CV is whole."""
        if self.ask():
            signing.sign_translation(self.session, self.now(), self.by)
            self.hear()

    def hear(self, wish: str = "") -> None:
        """What the candidate told by phone: yes, or what has to be changed."""
        signing.give_answer(
            self.session,
            self.now(),
            CvSigner.CANDIDATE,
            not wish,
            CvSignoffChannel.PHONE,
            wish or None,
            self.by,
        )


BEFORE[C.SENT] = (finish,)
