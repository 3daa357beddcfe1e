"""The contract of a stay: its checks, the form, and two versions where somebody saved first."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import streamlit as st

from domain.enums import CriterionStatus, InsurancePayer, PayPeriod
from domain.records.deployments import ContractCheck, ContractForm, DeploymentRecord
from domain.records.officer import Officer
from services.deployments import contracts
from ui import conflict, forms, layout, messages
from ui.abroad import seen, words
from ui.language import _, language, number, say, term_name
from ui.messages import plain

C = CriterionStatus
YES_NO = (None, True, False)


def draw(stay: DeploymentRecord, officer: Officer) -> None:
    """Checks at the right, the form at the left."""
    left, right = layout.list_and_detail()
    with right:
        checks(stay.checks, is_gone=stay.departed_on is not None)
    with left:
        _edit(stay, officer)


def checks(found: Sequence[ContractCheck], *, is_gone: bool = False) -> None:
    """Each check with sign, title and sentence; what holds the departure back says so."""
    layout.part(_("Contract and law"))
    st.caption(_meaning(sum(one.holds_back for one in found), is_gone))
    for one in found:
        colour = {C.MET: "green", C.PARTLY: "orange", C.SHORT: "orange", C.NOT_MET: "red"}.get(
            one.status, "gray"
        )
        sign = f":{colour}[**{words.sign_of(one.status)}**]"
        st.markdown(f"{sign} **{plain(say(one.title))}** · {plain(say(one.sentence))}")


def _meaning(count: int, is_gone: bool) -> str:
    if not count:
        return _("Nothing mandatory is open in the contract.")
    if is_gone:
        text = _("The person has left with {count} points open: settle them with the employer.")
    else:
        text = _("{count} points hold the departure back until they are settled.")
    return text.format(count=number(count))


def _edit(stay: DeploymentRecord, officer: Officer) -> None:
    labels = words.contract_labels()

    def draw(given: ContractForm, key: str) -> ContractForm | None:
        return _form(stay, given, key)

    def act(form: ContractForm, version: int) -> None:
        contracts.save_contract(number=stay.number, form=form, version=version, by=officer)
        seen.begin_anew(stay.number)

    with messages.refusals(labels):
        if conflict.edit(
            f"deployment.contract.{stay.number}",
            stay.contract,
            seen.newest(stay),
            draw=draw,
            act=act,
            labels=labels,
            show=shown,
        ):
            messages.success(_("The contract is saved."))
            st.rerun()


def _form(stay: DeploymentRecord, given: ContractForm, begun: str) -> ContractForm | None:
    key = f"{begun}.{language()}"
    with st.form(key, enter_to_submit=False):
        form = _inputs(given, key)
        why_not = say(stay.contract_refusal) if stay.contract_refusal else None
        if why_not:
            st.caption(plain(why_not))
        save = st.form_submit_button(
            _("Save the contract"), type="primary", disabled=why_not is not None, help=why_not
        )
    return form if save else None


def shown(name: str, value: object) -> str:
    """A value of a contract as the reader writes it."""
    kind = {"contract_language": "language", "pay_currency": "currency"}.get(name)
    return term_name(kind, str(value)) if kind and value else conflict.shown(name, value)


def _inputs(kept: ContractForm, key: str) -> ContractForm:
    labels = words.contract_labels()
    given: dict[str, Any] = {}
    layout.part(_("Contract"))
    with st.container(horizontal=True):
        _text("contract_number", kept, labels, key, given)
        _date("contract_signed_on", kept, labels, key, given)
    with st.container(horizontal=True):
        given["contract_language"] = forms.spoken_language(
            labels["contract_language"], key=f"{key}.language", value=kept.contract_language
        )
        _yes_no("is_understood", kept, labels, key, given)
    with st.container(horizontal=True):
        _date("starts_on", kept, labels, key, given)
        _date("ends_on", kept, labels, key, given)
    layout.part(_("Pay"))
    with st.container(horizontal=True):
        _amount("pay_amount", kept, labels, key, given)
        given["pay_currency"] = forms.currency(
            labels["pay_currency"], key=f"{key}.currency", value=kept.pay_currency
        )
        given["pay_period"] = forms.choose_member(
            labels["pay_period"], PayPeriod, key=f"{key}.period", value=kept.pay_period
        )
    given["guaranteed_hours_week"] = st.number_input(
        labels["guaranteed_hours_week"],
        min_value=0.0,
        value=kept.guaranteed_hours_week,
        step=1.0,
        key=f"{key}.hours",
        placeholder=_("not stated"),
    )
    layout.part(_("What is deducted, and what the worker pays"))
    st.caption(_("0 means nothing is deducted; empty means not stated."))
    for names in (("housing", "food"), ("transport", "other")):
        with st.container(horizontal=True):
            for name in names:
                _amount(f"deduction_{name}", kept, labels, key, given)
    with st.container(horizontal=True):
        _yes_no("rent_is_kept_back", kept, labels, key, given)
        _amount("worker_fee", kept, labels, key, given)
    layout.part(_("Insurance and travel"))
    with st.container(horizontal=True):
        given["insurance_payer"] = forms.choose_member(
            labels["insurance_payer"], InsurancePayer, key=f"{key}.payer",
            value=kept.insurance_payer,
        )  # fmt: skip
        _text("insurance_policy", kept, labels, key, given)
        _date("insurance_until", kept, labels, key, given)
    with st.container(horizontal=True):
        _date("planned_departure_on", kept, labels, key, given)
        _date("planned_return_on", kept, labels, key, given)
    return ContractForm(**given)


def _text(
    name: str, kept: ContractForm, labels: dict[str, str], key: str, given: dict[str, Any]
) -> None:
    value = st.text_input(
        labels[name], getattr(kept, name) or "", key=f"{key}.{name}", max_chars=200
    )
    given[name] = value.strip() or None


def _date(
    name: str, kept: ContractForm, labels: dict[str, str], key: str, given: dict[str, Any]
) -> None:
    given[name] = forms.date_input(labels[name], getattr(kept, name), key=f"{key}.{name}")


def _amount(
    name: str, kept: ContractForm, labels: dict[str, str], key: str, given: dict[str, Any]
) -> None:
    before = getattr(kept, name)
    value = st.number_input(
        labels[name],
        min_value=0.0,
        value=None if before is None else float(before),
        step=1.0,
        format="%.2f",
        key=f"{key}.{name}",
        placeholder=_("not stated"),
    )
    given[name] = None if value is None else Decimal(str(value)).quantize(Decimal("0.01"))


def _yes_no(
    name: str, kept: ContractForm, labels: dict[str, str], key: str, given: dict[str, Any]
) -> None:
    texts = {None: _("not stated"), True: _("yes"), False: _("no")}
    given[name] = st.selectbox(
        labels[name],
        YES_NO,
        index=YES_NO.index(getattr(kept, name)),
        format_func=texts.__getitem__,
        key=f"{key}.{name}",
    )
