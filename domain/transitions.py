"""Life cycles: which status may follow which. One table each; diagrams are generated from them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from domain.enums import AppealStatus as A
from domain.enums import CandidacyStatus as C
from domain.enums import CaseStatus as Case
from domain.enums import CheckInStatus as CheckIn
from domain.enums import ConfirmationStatus as Asked
from domain.enums import CvStatus as Cv
from domain.enums import DeclarationStatus as F
from domain.enums import DeploymentStatus as Deployed
from domain.enums import ExtensionStatus as E
from domain.enums import IncidentStatus as Inc
from domain.enums import JobseekerStatus as J
from domain.enums import LetterStatus as L
from domain.enums import LocalVacancyStatus as Local
from domain.enums import MessageStatus as M
from domain.enums import OfficialDocumentStatus as D
from domain.enums import OrientationStatus as Orientation
from domain.enums import PackageStatus as Pack
from domain.enums import ParametersStatus as P
from domain.enums import PermitStatus as Permit
from domain.enums import PrivacyRequestStatus as Asking
from domain.enums import QuestionStatus as Q
from domain.enums import ReferralStatus as Referral
from domain.enums import ResolutionStatus as R
from domain.enums import SessionStatus as S
from domain.enums import StepStatus as Step
from domain.enums import VacancyStatus as V
from domain.enums import VisitStatus as Visit
from domain.exceptions import InvalidTransition
from domain.texts import N_, Term

VACANCY: Mapping[V, frozenset[V]] = {
    V.DRAFT: frozenset({V.PUBLISHED, V.CANCELLED}),
    V.PUBLISHED: frozenset({V.DRAFT, V.IN_COMMISSION, V.CLOSED, V.CANCELLED}),
    V.IN_COMMISSION: frozenset({V.PUBLISHED, V.DECIDED, V.CANCELLED}),
    V.DECIDED: frozenset({V.PUBLISHED, V.FILLED, V.CLOSED, V.CANCELLED}),
    V.FILLED: frozenset({V.CLOSED}),
    V.CLOSED: frozenset(),
    V.CANCELLED: frozenset(),
}

CANDIDACY: Mapping[C, frozenset[C]] = {
    C.PRESELECTED: frozenset({C.COMMISSION_REVIEW, C.WITHDRAWN}),
    C.COMMISSION_REVIEW: frozenset({C.APPROVED, C.RESERVE, C.NOT_APPROVED, C.WITHDRAWN}),
    C.APPROVED: frozenset({C.SENT, C.WITHDRAWN}),
    C.RESERVE: frozenset({C.APPROVED, C.WITHDRAWN}),
    # Only on an appeal that was admitted, before another panel.
    C.NOT_APPROVED: frozenset({C.COMMISSION_REVIEW}),
    # Back to approved: the package was called back, or its link expired without an answer.
    C.SENT: frozenset(
        {
            C.APPROVED,
            C.EMPLOYER_SELECTED,
            C.EMPLOYER_RESERVE,
            C.EMPLOYER_REJECTED,
            C.WITHDRAWN,
            C.CANCELLED,
        }
    ),
    C.EMPLOYER_RESERVE: frozenset(
        {C.EMPLOYER_SELECTED, C.EMPLOYER_REJECTED, C.WITHDRAWN, C.CANCELLED}
    ),
    # An employer may answer otherwise until the package's last day, while nobody has confirmed.
    C.EMPLOYER_SELECTED: frozenset(
        {
            C.CONFIRMED,
            C.DECLINED,
            C.NO_ANSWER,
            C.EMPLOYER_RESERVE,
            C.EMPLOYER_REJECTED,
            C.WITHDRAWN,
            C.CANCELLED,
        }
    ),
    C.EMPLOYER_REJECTED: frozenset({C.EMPLOYER_SELECTED, C.EMPLOYER_RESERVE}),
    C.DECLINED: frozenset(),
    C.NO_ANSWER: frozenset(),
    # Orientation and papers go side by side: either may come first.
    C.CONFIRMED: frozenset({C.ORIENTATION, C.PERMIT_PENDING, C.WITHDRAWN, C.CANCELLED}),
    C.ORIENTATION: frozenset({C.PERMIT_PENDING, C.WITHDRAWN, C.CANCELLED}),
    C.PERMIT_PENDING: frozenset({C.PERMIT_GRANTED, C.PERMIT_REFUSED, C.WITHDRAWN, C.CANCELLED}),
    C.PERMIT_GRANTED: frozenset({C.DEPARTED, C.NO_SHOW, C.WITHDRAWN, C.CANCELLED}),
    C.PERMIT_REFUSED: frozenset(),
    C.NO_SHOW: frozenset(),
    C.DEPARTED: frozenset({C.WORKING, C.RETURNED}),
    C.WORKING: frozenset({C.RETURNED}),
    C.RETURNED: frozenset(),
    C.CANCELLED: frozenset(),
    C.WITHDRAWN: frozenset({C.PRESELECTED}),
}

# A sign-off belongs to exactly one content: whatever changes takes both back.
CV: Mapping[Cv, frozenset[Cv]] = {
    Cv.DRAFT: frozenset({Cv.IN_REVIEW}),
    Cv.IN_REVIEW: frozenset({Cv.FINAL, Cv.DRAFT}),
    Cv.FINAL: frozenset({Cv.DRAFT}),
}

# Where a candidacy may stand while its stay abroad stands somewhere: the two never contradict.
ON_THE_WAY = frozenset({C.CONFIRMED, C.ORIENTATION, C.PERMIT_PENDING, C.PERMIT_GRANTED})
LEFT = frozenset({C.DEPARTED, C.WORKING})
CANDIDACY_OF_STAY: Mapping[Deployed, frozenset[C]] = {
    Deployed.PLANNED: ON_THE_WAY,
    Deployed.DEPARTED: frozenset({C.DEPARTED}),
    Deployed.ARRIVED: frozenset({C.DEPARTED}),
    Deployed.WORKING: frozenset({C.WORKING}),
    Deployed.TRANSFERRED: frozenset({C.WORKING}),
    Deployed.LOST_CONTACT: LEFT,
    Deployed.ENDED: LEFT,
    Deployed.RETURNED: frozenset({C.RETURNED}),
    # Whoever withdrew may have been preselected again since, as far as not yet confirmed.
    Deployed.CANCELLED: frozenset(C) - ON_THE_WAY - LEFT - {C.RETURNED},
}

# Lost contact is no end: whoever answers again is where they were.
DEPLOYMENT: Mapping[Deployed, frozenset[Deployed]] = {
    Deployed.PLANNED: frozenset({Deployed.DEPARTED, Deployed.CANCELLED}),
    Deployed.DEPARTED: frozenset({Deployed.ARRIVED, Deployed.LOST_CONTACT, Deployed.RETURNED}),
    Deployed.ARRIVED: frozenset(
        {Deployed.WORKING, Deployed.ENDED, Deployed.LOST_CONTACT, Deployed.RETURNED}
    ),
    Deployed.WORKING: frozenset(
        {Deployed.TRANSFERRED, Deployed.ENDED, Deployed.LOST_CONTACT, Deployed.RETURNED}
    ),
    Deployed.TRANSFERRED: frozenset(
        {Deployed.WORKING, Deployed.ENDED, Deployed.LOST_CONTACT, Deployed.RETURNED}
    ),
    Deployed.LOST_CONTACT: frozenset(
        {Deployed.ARRIVED, Deployed.WORKING, Deployed.ENDED, Deployed.RETURNED}
    ),
    Deployed.ENDED: frozenset({Deployed.RETURNED, Deployed.LOST_CONTACT}),
    Deployed.RETURNED: frozenset(),
    # Whoever withdrew and confirms the same vacancy later has the same stay before them again.
    Deployed.CANCELLED: frozenset({Deployed.PLANNED}),
}

ORIENTATION: Mapping[Orientation, frozenset[Orientation]] = {
    Orientation.PLANNED: frozenset({Orientation.HELD, Orientation.CANCELLED}),
    Orientation.HELD: frozenset(),
    Orientation.CANCELLED: frozenset(),
}

# Back to preparing: the authority asks for another paper. A person who may not go is told so once;
# the way on is another vacancy with a file of its own.
PERMIT: Mapping[Permit, frozenset[Permit]] = {
    Permit.PREPARING: frozenset({Permit.SUBMITTED, Permit.CANCELLED}),
    Permit.SUBMITTED: frozenset(
        {Permit.PREPARING, Permit.GRANTED, Permit.REFUSED, Permit.CANCELLED}
    ),
    Permit.GRANTED: frozenset({Permit.CANCELLED}),
    Permit.REFUSED: frozenset(),
    # Whoever withdrew and confirms the same vacancy later goes on with the same file.
    Permit.CANCELLED: frozenset({Permit.PREPARING}),
}

# Whoever answers late has answered: missed is no end while the link is open.
CHECK_IN: Mapping[CheckIn, frozenset[CheckIn]] = {
    CheckIn.PLANNED: frozenset({CheckIn.ASKED, CheckIn.ANSWERED, CheckIn.CANCELLED}),
    CheckIn.ASKED: frozenset({CheckIn.ANSWERED, CheckIn.MISSED, CheckIn.CANCELLED}),
    CheckIn.MISSED: frozenset({CheckIn.ANSWERED}),
    CheckIn.ANSWERED: frozenset(),
    CheckIn.CANCELLED: frozenset(),
}

CASE: Mapping[Case, frozenset[Case]] = {
    Case.OPEN: frozenset({Case.IN_WORK}),
    Case.IN_WORK: frozenset({Case.REFERRED, Case.CLOSED}),
    Case.REFERRED: frozenset({Case.IN_WORK, Case.CLOSED}),
    # Somebody writes again, or the money did not come after all.
    Case.CLOSED: frozenset({Case.IN_WORK}),
}

INCIDENT: Mapping[Inc, frozenset[Inc]] = {
    Inc.OPEN: frozenset({Inc.IN_WORK}),
    Inc.IN_WORK: frozenset({Inc.CONTAINED, Inc.CLOSED}),
    Inc.CONTAINED: frozenset({Inc.IN_WORK, Inc.CLOSED}),
    # More is learnt, or it was not over after all.
    Inc.CLOSED: frozenset({Inc.IN_WORK}),
}

VISIT: Mapping[Visit, frozenset[Visit]] = {
    Visit.PLANNED: frozenset({Visit.CARRIED_OUT, Visit.CANCELLED}),
    # Closed when everything that was to be put right is.
    Visit.CARRIED_OUT: frozenset({Visit.CLOSED}),
    Visit.CLOSED: frozenset(),
    Visit.CANCELLED: frozenset(),
}

SESSION: Mapping[S, frozenset[S]] = {
    S.PLANNED: frozenset({S.OPEN, S.CANCELLED}),
    # A session whose whole agenda was postponed closes without a vote.
    S.OPEN: frozenset({S.VOTING, S.CLOSED}),
    S.VOTING: frozenset({S.CLOSED}),
    S.CLOSED: frozenset(),
    S.CANCELLED: frozenset(),
}

# What was filed stays as it was: an amendment is filed beside it, under a number of its own.
DECLARATION: Mapping[F, frozenset[F]] = {
    F.DRAFT: frozenset({F.SUBMITTED}),
    F.SUBMITTED: frozenset({F.AMENDED}),
    F.AMENDED: frozenset(),
}

JOBSEEKER: Mapping[J, frozenset[J]] = {
    J.DRAFT: frozenset({J.ACTIVE, J.WITHDRAWN, J.MERGED}),
    J.ACTIVE: frozenset({J.PLACED, J.SUSPENDED, J.WITHDRAWN, J.MERGED}),
    # The file of somebody who is abroad is the one that is kept.
    J.PLACED: frozenset({J.ACTIVE, J.WITHDRAWN}),
    J.SUSPENDED: frozenset({J.ACTIVE, J.WITHDRAWN, J.MERGED}),
    J.WITHDRAWN: frozenset({J.ACTIVE, J.MERGED}),
    # Only by undoing the merge: back to what the file was.
    J.MERGED: frozenset({J.DRAFT, J.ACTIVE, J.SUSPENDED, J.WITHDRAWN}),
}

# Whoever has to be asked again is asked a new question: what came of the first stays.
QUESTION: Mapping[Q, frozenset[Q]] = {
    Q.OPEN: frozenset({Q.ANSWERED, Q.NO_ANSWER, Q.NOT_NEEDED}),
    Q.ANSWERED: frozenset(),
    Q.NO_ANSWER: frozenset(),
    Q.NOT_NEEDED: frozenset(),
}

# Approved versions are superseded by the calendar: the last one that has begun is in force.
PARAMETERS: Mapping[P, frozenset[P]] = {
    P.DRAFT: frozenset({P.PROPOSED}),
    P.PROPOSED: frozenset({P.DRAFT, P.APPROVED, P.REJECTED}),
    P.APPROVED: frozenset(),
    P.REJECTED: frozenset(),
}

# A changed file goes its whole way again: what was endorsed was another file.
OFFICIAL_DOCUMENT: Mapping[D, frozenset[D]] = {
    D.DRAFT: frozenset({D.IN_ROUTE, D.VOID}),
    D.IN_ROUTE: frozenset({D.DRAFT, D.RETURNED, D.SIGNED, D.VOID}),
    D.RETURNED: frozenset({D.DRAFT, D.VOID}),
    D.SIGNED: frozenset(),
    D.VOID: frozenset(),
}

# A changed file makes history of its steps: the new file's route has steps of its own.
ROUTE_STEP: Mapping[Step, frozenset[Step]] = {
    Step.WAITING: frozenset({Step.ASKED, Step.LAPSED, Step.RESET}),
    Step.ASKED: frozenset({Step.DONE, Step.RETURNED, Step.LAPSED, Step.RESET}),
    Step.DONE: frozenset({Step.RESET}),
    Step.RETURNED: frozenset(),
    Step.LAPSED: frozenset(),
    Step.RESET: frozenset(),
}

# In time or late is said at once; who comes late may still be heard, for a manager's reason.
# A hearing that can't take place goes back to those that wait for one.
APPEAL: Mapping[A, frozenset[A]] = {
    A.RECEIVED: frozenset({A.ADMITTED, A.REFUSED_LATE}),
    A.ADMITTED: frozenset({A.SCHEDULED, A.WITHDRAWN}),
    A.REFUSED_LATE: frozenset({A.ADMITTED}),
    A.SCHEDULED: frozenset({A.ADMITTED, A.UPHELD, A.DISMISSED, A.WITHDRAWN}),
    A.UPHELD: frozenset(),
    A.DISMISSED: frozenset(),
    A.WITHDRAWN: frozenset(),
}

# A number that was given stays given: what was registered by mistake becomes void and keeps it.
LETTER: Mapping[L, frozenset[L]] = {
    L.DRAFT: frozenset({L.REGISTERED, L.VOID}),
    L.REGISTERED: frozenset({L.DISTRIBUTED, L.CLOSED, L.VOID}),
    L.DISTRIBUTED: frozenset({L.IN_PROGRESS, L.RETURNED, L.CLOSED, L.VOID}),
    L.IN_PROGRESS: frozenset({L.DONE, L.RETURNED, L.CLOSED, L.VOID}),
    L.RETURNED: frozenset({L.DISTRIBUTED, L.CLOSED, L.VOID}),
    # Something more is to be done: a further resolution.
    L.DONE: frozenset({L.IN_PROGRESS, L.CLOSED}),
    L.CLOSED: frozenset(),
    L.VOID: frozenset(),
}

# A report that is not enough comes back: the resolution is open again.
RESOLUTION: Mapping[R, frozenset[R]] = {
    R.OPEN: frozenset({R.REPORTED, R.CANCELLED}),
    R.REPORTED: frozenset({R.OPEN, R.DONE, R.CANCELLED}),
    R.DONE: frozenset(),
    R.CANCELLED: frozenset(),
}

# Who asked in vain may ask again: each request has its own answer.
EXTENSION: Mapping[E, frozenset[E]] = {
    E.ASKED: frozenset({E.APPROVED, E.REFUSED}),
    E.APPROVED: frozenset(),
    E.REFUSED: frozenset(),
}

# Who is asked again is asked a new question: the answer to the first one stays.
CONFIRMATION: Mapping[Asked, frozenset[Asked]] = {
    Asked.ASKED: frozenset({Asked.CONFIRMED, Asked.DECLINED, Asked.NO_ANSWER, Asked.TAKEN_BACK}),
    Asked.CONFIRMED: frozenset(),
    Asked.DECLINED: frozenset(),
    Asked.NO_ANSWER: frozenset(),
    Asked.TAKEN_BACK: frozenset(),
}

# Only what was never sent, or what somebody asked to be sent again, waits.
MESSAGE: Mapping[M, frozenset[M]] = {
    M.WAITING: frozenset({M.SENDING, M.CANCELLED}),
    # Back to waiting: it failed for the moment, or whoever had claimed it is gone.
    M.SENDING: frozenset({M.SENT, M.KEPT, M.WAITING, M.FAILED}),
    M.SENT: frozenset(),
    M.KEPT: frozenset({M.WAITING, M.CANCELLED}),
    M.FAILED: frozenset({M.WAITING, M.CANCELLED}),
    M.CANCELLED: frozenset(),
}

# A place that was filled, or closed, may be free again: people leave.
LOCAL_VACANCY: Mapping[Local, frozenset[Local]] = {
    Local.OPEN: frozenset({Local.FILLED, Local.CLOSED}),
    Local.FILLED: frozenset({Local.OPEN, Local.CLOSED}),
    Local.CLOSED: frozenset({Local.OPEN}),
}

# An employer may hire at once, without having said before that it is interested.
REFERRAL: Mapping[Referral, frozenset[Referral]] = {
    Referral.SENT: frozenset(
        {Referral.INTERESTED, Referral.NOT_INTERESTED, Referral.HIRED, Referral.WITHDRAWN}
    ),
    Referral.INTERESTED: frozenset({Referral.HIRED, Referral.NOT_HIRED, Referral.WITHDRAWN}),
    Referral.NOT_INTERESTED: frozenset(),
    Referral.HIRED: frozenset(),
    Referral.NOT_HIRED: frozenset(),
    Referral.WITHDRAWN: frozenset(),
}

# Answers may change until the last day; what was called back or ran out is sent as a new package.
PACKAGE: Mapping[Pack, frozenset[Pack]] = {
    Pack.SENT: frozenset({Pack.ANSWERED, Pack.EXPIRED, Pack.REVOKED}),
    Pack.ANSWERED: frozenset({Pack.REVOKED}),
    Pack.EXPIRED: frozenset(),
    Pack.REVOKED: frozenset(),
}

# Nothing is answered before it is known who asks.
PRIVACY_REQUEST: Mapping[Asking, frozenset[Asking]] = {
    Asking.RECEIVED: frozenset({Asking.IN_WORK, Asking.TAKEN_BACK}),
    Asking.IN_WORK: frozenset({Asking.ANSWERED, Asking.TAKEN_BACK}),
    Asking.ANSWERED: frozenset(),
    Asking.TAKEN_BACK: frozenset(),
}

LIFE_CYCLES: Mapping[str, Mapping[Any, frozenset[Any]]] = {
    "vacancy": VACANCY,
    "candidacy": CANDIDACY,
    "cv": CV,
    "confirmation": CONFIRMATION,
    "deployment": DEPLOYMENT,
    "orientation_session": ORIENTATION,
    "permit_file": PERMIT,
    "package": PACKAGE,
    "check_in": CHECK_IN,
    "monitoring_case": CASE,
    "monitoring_visit": VISIT,
    "commission_session": SESSION,
    "conflict_declaration": DECLARATION,
    "jobseeker": JOBSEEKER,
    "question": QUESTION,
    "parameter_version": PARAMETERS,
    "official_document": OFFICIAL_DOCUMENT,
    "letter": LETTER,
    "resolution": RESOLUTION,
    "deadline_extension": EXTENSION,
    "route_step": ROUTE_STEP,
    "appeal": APPEAL,
    "message": MESSAGE,
    "local_vacancy": LOCAL_VACANCY,
    "referral": REFERRAL,
    "privacy_request": PRIVACY_REQUEST,
}

T = TypeVar("T", bound=StrEnum)

# Nobody ranks, counts or lists these as people of the register.
NOT_IN_REGISTER = frozenset({J.DRAFT, J.MERGED})

# A candidacy in one of these goes no further, and may stay behind in a merged file.
ENDED = frozenset(
    {
        C.NOT_APPROVED,
        C.EMPLOYER_REJECTED,
        C.DECLINED,
        C.NO_ANSWER,
        C.PERMIT_REFUSED,
        C.NO_SHOW,
        C.RETURNED,
        C.WITHDRAWN,
        C.CANCELLED,
    }
)

# A person in one of these is spoken for: no other vacancy may rank them into its list. Whoever an
# employer keeps in reserve is free for others: who chooses first, has them.
HOLDING = frozenset(
    {
        C.COMMISSION_REVIEW,
        C.APPROVED,
        C.SENT,
        C.EMPLOYER_SELECTED,
        C.CONFIRMED,
        C.ORIENTATION,
        C.PERMIT_PENDING,
        C.PERMIT_GRANTED,
        C.DEPARTED,
        C.WORKING,
    }
)

# With an employer: one open hold, and nobody else may be sent this person. Taken when a package
# goes out, released by the step that leads out of these.
WITH_EMPLOYER = HOLDING - {C.COMMISSION_REVIEW, C.APPROVED}


def check_can_move(cycle: Mapping[T, frozenset[T]], before: T, after: T) -> None:
    """Raise InvalidTransition unless the life cycle has the step `before` → `after`."""
    if after not in cycle[before]:
        kind = type(before).__name__
        raise InvalidTransition(
            N_("This can't become “{after}”: it is “{before}” now."),
            before=Term(kind, before.value),
            after=Term(kind, after.value),
        )
