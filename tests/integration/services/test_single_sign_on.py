"""Single sign-on against a real provider on this machine: who comes in, and who does not."""

import json
import warnings
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from sqlalchemy import Engine, select

import db.session
from db.models import OfficerRow
from db.session import reading, unit_of_work
from domain.enums import Role
from domain.exceptions import SignInRefused
from domain.records.account import AccountForm, AccountLimits
from services.officers import accounts, enrolment, provider, sign_in, single_sign_on
from services.officers.provider import ProviderFailed
from services.officers.sign_in import Browser

PASSWORD = "seven green apples"
EMAIL = "nino@example.ge"
HERE = Browser("192.0.2.1", "Firefox · Linux")

# The provider's package warns of its own dependencies, on a thread of its own.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the provider's package, about its own dependencies
        from oidc_provider_mock import User, run_server_in_thread

        people = [
            User(sub="nino-1", claims={"email": EMAIL.upper(), "email_verified": True}),
            User(sub="claims-only", claims={"email": EMAIL, "email_verified": False}),
            User(sub="stranger", claims={"email": "else@example.ge", "email_verified": True}),
        ]
        with run_server_in_thread(user_claims=people) as server:
            yield f"http://localhost:{server.server_port}"


@pytest.fixture(autouse=True)
def nino(sqlite_database: Engine, issuer: str) -> int:
    """An officer with an e-mail address, in a system that knows the provider."""
    ours = replace(
        db.session.settings(),
        oidc_issuer=issuer,
        oidc_client_id="labour",
        oidc_client_secret="a secret of the two",
        public_address="https://work.example.ge",
    )
    db.session.configure(ours)
    provider.forget()
    form = AccountForm("nino", "ნინო", "Nino", Role.RECRUITER, "example-ngo")
    form = replace(form, limits=AccountLimits(email=EMAIL))
    return accounts.create_officer(form=form, password=PASSWORD, by=None).id


def at_provider(sub: str, address: str) -> dict[str, str]:
    """What the browser brings back after its officer has said yes at the provider."""
    answer = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=10)
    back = urlsplit(answer.headers["Location"])
    assert f"{back.scheme}://{back.netloc}{back.path}" == provider.callback_address()
    return {name: values[0] for name, values in parse_qs(back.query).items()}


def come_in(sub: str, **changed: str) -> tuple[sign_in.Entrance, str]:
    address, kept = single_sign_on.begin_at_provider(wanted="/ranking?vacancy=7")
    answer = at_provider(sub, address) | changed
    return single_sign_on.enter_from_provider(kept=kept, answer=answer, browser=HERE)


def test_verified_address_opens_the_account_and_binds_it(nino: int) -> None:
    entrance, wanted = come_in("nino-1")
    officer = sign_in.whoami(entrance.token)
    assert officer is not None and officer.id == nino and wanted == "/ranking?vacancy=7"
    with unit_of_work() as work:  # another address later: the provider's own name counts
        work.session.get_one(OfficerRow, nino).email = "new@example.ge"
        work.commit()
    assert come_in("nino-1")[0].token


@pytest.mark.parametrize("sub", ["claims-only", "stranger", "no-claims"])
def test_who_has_no_account_gets_none(nino: int, sub: str) -> None:
    with pytest.raises(SignInRefused, match="No account here"):
        come_in(sub)
    with reading() as session:
        rows = session.scalars(select(OfficerRow)).all()
    assert [row.oidc_subject for row in rows] == [None]


def test_disabled_account_stays_closed(nino: int) -> None:
    come_in("nino-1")
    with unit_of_work() as work:
        row = work.session.get_one(OfficerRow, nino)
        row.disabled_at = row.created_at
        work.commit()
    with pytest.raises(SignInRefused, match="No account here"):
        come_in("nino-1")


def test_address_of_an_account_bound_to_another_person_opens_nothing(nino: int) -> None:
    with unit_of_work() as work:
        work.session.get_one(OfficerRow, nino).oidc_subject = "somebody else"
        work.commit()
    with pytest.raises(SignInRefused, match="No account here"):
        come_in("nino-1")


def test_second_factor_is_asked_for_behind_the_provider_too(nino: int) -> None:
    import pyotp

    officer = sign_in.whoami(come_in("nino-1")[0].token)
    assert officer is not None
    pending = enrolment.begin_enrolment(password=PASSWORD, by=officer)
    code = pyotp.TOTP(pending.secret).now()
    enrolment.confirm_enrolment(code=code, session=None, by=officer)
    entrance, _ = come_in("nino-1")
    assert entrance.token is None and sign_in.is_second_step(entrance.step)


def test_answer_for_another_browser_is_not_believed(nino: int) -> None:
    with pytest.raises(ProviderFailed):
        come_in("nino-1", state="another")
    address, kept = single_sign_on.begin_at_provider(wanted="/")
    answer = at_provider("nino-1", address)
    for foreign in (None, "", kept[:-2] + "xx", single_sign_on.begin_at_provider(wanted="/")[1]):
        with pytest.raises(ProviderFailed):
            single_sign_on.enter_from_provider(kept=foreign, answer=answer, browser=HERE)


def test_an_answer_counts_once(nino: int) -> None:
    address, kept = single_sign_on.begin_at_provider(wanted="/")
    answer = at_provider("nino-1", address)
    single_sign_on.enter_from_provider(kept=kept, answer=answer, browser=HERE)
    with pytest.raises(ProviderFailed):
        single_sign_on.enter_from_provider(kept=kept, answer=answer, browser=HERE)


def test_nonce_and_proof_key_go_along() -> None:
    address, _ = single_sign_on.begin_at_provider(wanted="/")
    asked = parse_qs(urlsplit(address).query)
    assert asked["code_challenge_method"] == ["S256"] and len(asked["code_challenge"][0]) == 43
    assert asked["nonce"] and asked["state"] and asked["scope"] == ["openid email"]
    assert asked["nonce"] != asked["state"]


def test_token_for_another_sign_in_is_not_believed(nino: int) -> None:
    begun = provider.begin()
    answer = at_provider("nino-1", begun.address)
    with pytest.raises(ProviderFailed):
        provider.finish(code=answer["code"], nonce="another", verifier=begun.verifier)


def test_token_for_another_service_or_of_another_issuer_is_not_believed(
    nino: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = provider.begin()
    answer = at_provider("nino-1", begun.address)
    fetched = provider._fetched
    monkeypatch.setattr(
        provider, "_fetched", lambda address: fetched(address) | {"issuer": "https://evil.example"}
    )
    with pytest.raises(ProviderFailed):
        provider.finish(code=answer["code"], nonce=begun.nonce, verifier=begun.verifier)


def test_token_signed_by_another_key_is_not_believed(
    nino: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from joserfc.jwk import KeySet, RSAKey

    other = KeySet([RSAKey.generate_key(2048, {"kid": "x"}, private=False)])
    begun = provider.begin()
    answer = at_provider("nino-1", begun.address)
    monkeypatch.setattr(provider, "_keys", lambda metadata: other)
    with pytest.raises(ProviderFailed):
        provider.finish(code=answer["code"], nonce=begun.nonce, verifier=begun.verifier)


def test_provider_that_does_not_answer_is_a_sentence(nino: int) -> None:
    db.session.configure(replace(db.session.settings(), oidc_issuer="http://localhost:9"))
    provider.forget()
    with pytest.raises(ProviderFailed, match="does not answer"):
        single_sign_on.begin_at_provider(wanted="/")


def test_secret_of_the_provider_is_in_no_text_of_the_settings() -> None:
    assert "a secret of the two" not in repr(db.session.settings())
    assert "a secret of the two" not in json.dumps(single_sign_on.begin_at_provider(wanted="/"))
