"""Coders trained on confirmed decisions: trained, compared, brought into use and back."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.models import CoderVersionRow
from db.repositories import coding as repository
from db.repositories.coding import Decided
from db.session import reading, unit_of_work
from domain.exceptions import NotFound, Refused
from domain.records.coding import CoderState, CoderVersion
from domain.records.officer import Officer
from domain.texts import N_
from matching.texts import decided as learning
from matching.texts.coder import Coder
from services import audit, clock
from services.coding import title_coding
from services.coding.decisions import collect_decisions
from services.dated_rules import stored_rules
from services.permissions import Permission, check_can

OWN_LANGUAGES = ("ka", "en")
ENTITY = "coder_version"


@dataclass(frozen=True, slots=True)
class _Compared:
    """Shares of the held-out decisions that come first."""

    held_out: int
    trained: tuple[float, float, float]
    labels: float
    in_use: float | None


def coder_state(*, by: Officer) -> CoderState:
    """How many decisions there are, how many are needed, and the versions."""
    check_can(by, Permission.CODERS_TRAIN)
    with reading() as session:
        return CoderState(
            repository.count_decisions(session) + len(repository.coded_vacancies(session)),
            int(stored_rules("coding")["least_decisions"]),
            tuple(_record(row) for row in repository.versions(session)),
        )


def train_coder(*, by: Officer) -> CoderVersion:
    """Train a new version on all decisions but the held-out ones; it is not in use yet."""
    check_can(by, Permission.CODERS_TRAIN)
    with unit_of_work() as work:
        collect_decisions(work.session)
        work.session.flush()
        known = repository.decisions(work.session)
        audit.record(work.session, action="collected", entity="coding_decision", by=by)
        work.commit()
    needed = int(stored_rules("coding")["least_decisions"])
    if len(known) < needed:
        raise Refused(
            N_("At least {needed} confirmed decisions are needed to learn; there are {count}."),
            needed=needed,
            count=len(known),
        )
    learnt_from = [one for one in known if not learning.is_held_out(one[0])]
    languages = sorted({lang for _, lang, _ in learnt_from if lang})
    most = int(stored_rules("coding")["most_labels"])
    labels = title_coding.labels_of(languages, most=most)
    trained = Coder.train(
        [title for title, _, _ in learnt_from],
        [isco for _, _, isco in learnt_from],
        label_texts=[name for _, name in labels],
        label_codes=[code for code, _ in labels],
    )
    compared = _compare(trained, [one for one in known if learning.is_held_out(one[0])])
    return _store(trained, compared, learnt_from, by)


def _compare(trained: Coder, held_out: Sequence[Decided]) -> _Compared:
    known = title_coding.coder_in_use()
    trained_hits = _hits(trained, held_out)
    labels = learning.accuracy(_hits(None, held_out))[0]
    in_use = learning.accuracy(_hits(known[1], held_out))[0] if known else None
    return _Compared(len(held_out), learning.accuracy(trained_hits), labels, in_use)


def _hits(coder: Coder | None, held_out: Sequence[Decided]) -> list[bool]:
    """Whether the first suggestion is the code that was chosen."""
    hits = []
    for title, lang, isco in held_out:
        languages = dict.fromkeys((*((lang,) if lang else ()), *OWN_LANGUAGES))
        first = title_coding.rank_with(title, languages=languages, coder=coder, top=1)
        hits.append(bool(first) and first[0].code == isco)
    return hits


def _store(
    trained: Coder, compared: _Compared, learnt_from: Sequence[Decided], by: Officer
) -> CoderVersion:
    content = trained.to_bytes()
    share, low, high = compared.trained
    with unit_of_work() as work:
        row = CoderVersionRow(
            trained_at=clock.now(),
            trained_by=by.id,
            decisions=len(learnt_from),
            languages=sorted({lang for _, lang, _ in learnt_from if lang}),
            codes=len(trained.codes),
            held_out=compared.held_out,
            accuracy=share,
            accuracy_low=low,
            accuracy_high=high,
            accuracy_of_labels=compared.labels,
            accuracy_in_use=compared.in_use,
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            content=content,
            is_in_use=False,
        )
        work.session.add(row)
        work.session.flush()
        _note(work.session, row, "trained", by)
        work.commit()
        return _record(row)


def activate_coder(*, number: int, by: Officer) -> CoderVersion:
    """Let suggestions come from this version, a new one or an old one."""
    check_can(by, Permission.CODERS_TRAIN)
    with unit_of_work() as work:
        row = repository.version(work.session, number)
        if row is None:
            raise NotFound(N_("There is no such version of the coder."))
        if row.is_in_use:
            raise Refused(N_("This version is in use already."))
        repository.take_out_of_use(work.session)
        row.is_in_use, row.activated_at, row.activated_by = True, clock.now(), by.id
        work.session.flush()
        _note(work.session, row, "activated", by)
        work.commit()
        return _record(row)


def retire_coder(*, by: Officer) -> None:
    """Take the version in use out of use: labels alone serve."""
    check_can(by, Permission.CODERS_TRAIN)
    with unit_of_work() as work:
        known = repository.in_use(work.session)
        if known is None:
            raise Refused(N_("No version is in use: labels alone serve already."))
        repository.take_out_of_use(work.session)
        audit.record(
            work.session, action="retired", entity="coder_version", entity_id=known[0], by=by
        )
        work.commit()


def _note(session: Session, row: CoderVersionRow, action: str, by: Officer) -> None:
    details = {"decisions": row.decisions, "accuracy": round(row.accuracy, 4), "sha256": row.sha256}
    audit.record(
        session,
        action=action,
        entity=ENTITY,
        entity_id=row.number,
        details=details,
        by=by,
    )


def _record(row: CoderVersionRow) -> CoderVersion:
    return CoderVersion(
        number=row.number,
        trained_at=row.trained_at,
        decisions=row.decisions,
        languages=tuple(row.languages),
        codes=row.codes,
        held_out=row.held_out,
        accuracy=row.accuracy,
        accuracy_low=row.accuracy_low,
        accuracy_high=row.accuracy_high,
        accuracy_of_labels=row.accuracy_of_labels,
        accuracy_in_use=row.accuracy_in_use,
        sha256=row.sha256,
        bytes=row.size,
        is_in_use=row.is_in_use,
        activated_at=row.activated_at,
    )
