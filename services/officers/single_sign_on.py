"""Coming in through an identity provider: to an account that exists, never to a new one."""

from __future__ import annotations

import hmac
from collections.abc import Mapping

from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import OfficerRow
from db.session import settings, unit_of_work
from domain.exceptions import Refused, SignInRefused
from domain.records.officer import Officer
from domain.texts import N_
from services import audit
from services.officers import limits, provider
from services.officers.accounts import locked_account
from services.officers.provider import NOT_BELIEVED, Known, ProviderFailed
from services.officers.rules import account_rules
from services.officers.sign_in import Browser, Entrance, admit, officer_record
from services.permissions import Permission, check_can

NO_ACCOUNT = N_(
    "No account here is open to you. Ask an administrator to enter the e-mail address that the "
    "identity provider has of you."
)
PURPOSE = "single-sign-on"


def begin_at_provider(*, wanted: str) -> tuple[str, str]:
    """(the provider's address, what the browser keeps meanwhile)."""
    begun = provider.begin()
    kept = {"s": begun.state, "n": begun.nonce, "v": begun.verifier, "w": wanted}
    return begun.address, str(_signer().dumps(kept))


def _signer() -> URLSafeTimedSerializer:
    # Every process has the provider's secret; the purpose keeps what is signed from being swapped.
    return URLSafeTimedSerializer(settings().oidc_client_secret, salt=PURPOSE)


def enter_from_provider(
    *, kept: str | None, answer: Mapping[str, str], browser: Browser
) -> tuple[Entrance, str]:
    """The provider's answer: (the entrance, where the officer wanted to go).

    SignInRefused where the answer does not belong to this browser or to an open account.
    """
    try:
        begun = _signer().loads(kept or "", max_age=account_rules().second_step_minutes * 60)
    except BadData:
        raise ProviderFailed(NOT_BELIEVED) from None
    if not hmac.compare_digest(str(begun["s"]), answer.get("state", "")):
        raise ProviderFailed(NOT_BELIEVED)
    if "code" not in answer:
        raise ProviderFailed(NOT_BELIEVED)
    known = provider.finish(code=answer["code"], nonce=begun["n"], verifier=begun["v"])
    with unit_of_work() as work:
        row = _account_of(work.session, known)
        if row is None or not limits.is_open(row, browser.address):
            audit.record(
                work.session,
                action="sign_in_failed",
                entity="officer",
                entity_id=row.id if row else None,
                by=None,
            )
            entrance = None
        else:
            entrance = admit(work.session, row, browser, by_provider=True)
        work.commit()
    if entrance is None:
        raise SignInRefused(NO_ACCOUNT)
    return entrance, str(begun["w"])


def _account_of(session: Session, known: Known) -> OfficerRow | None:
    query = select(OfficerRow).where(OfficerRow.oidc_subject == known.subject).with_for_update()
    row = session.scalars(query).one_or_none()
    if row is not None or known.email is None:
        return row
    query = select(OfficerRow).where(
        OfficerRow.email == known.email, OfficerRow.oidc_subject.is_(None)
    )
    row = session.scalars(query.with_for_update()).one_or_none()
    if row is not None and row.disabled_at is None:
        row.oidc_subject = known.subject
        audit.record(
            session,
            action="provider_linked",
            entity="officer",
            entity_id=row.id,
            by=officer_record(session, row),
        )
    return row


def forget_provider(*, officer_id: int, by: Officer) -> None:
    """The account belongs to nobody at the provider any more, until the next verified address."""
    check_can(by, Permission.OFFICERS_MANAGE)
    if officer_id == by.id:
        raise Refused(N_("You can't do this to your own account. Ask another administrator."))
    with unit_of_work() as work:
        row = locked_account(work.session, officer_id)
        if row.oidc_subject is None:
            raise Refused(N_("This account is not linked to the identity provider."))
        row.oidc_subject = None
        audit.record(
            work.session, action="provider_forgotten", entity="officer", entity_id=row.id, by=by
        )
        work.commit()
