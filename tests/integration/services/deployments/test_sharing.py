"""Nothing leaves the register but listed fields, on a stated basis, written down with its hash."""

import csv
import hashlib
import io
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine, select

from db.models import AuditEventRow, DataSharePersonRow, JobseekerRow
from db.session import reading, unit_of_work
from domain.enums import DeploymentStatus as D
from domain.enums import RecipientKind, Role, SharingBasis
from domain.exceptions import InvalidInput, LabourMigrationError, PermissionDenied, Refused
from domain.records.sharing import ShareForm
from services import clock
from services.dated_rules import stored_rules
from services.deployments import sharing
from services.exports import ExportFormat
from tests.factories import histories, stays
from tests.factories.officers import officer


def form(kind: RecipientKind = RecipientKind.FOREIGN_MINISTRY, **changed: object) -> ShareForm:
    made = ShareForm(
        kind=kind,
        recipient="Consular Department",
        purpose="help to citizens in need",
        basis=SharingBasis.LAW,
        basis_text="Law on Labour Migration, article 9",
        fields=("number", "country", "personal_number"),
        expires_on=clock.today() + timedelta(30),
    )
    return replace(made, **changed)  # type: ignore[arg-type]


def somebody(personal_number: str = "00000000101", *steps: D) -> str:
    number = stays.stay(*(steps or (D.DEPARTED,)))
    with unit_of_work() as work:
        row = work.session.get_one(JobseekerRow, stays.read(number).jobseeker_id)
        row.personal_number, row.first_name_ka = personal_number, "=ნინო"
        row.birth_date = date(1990, 5, 6)
        work.commit()
    return number


def test_every_listed_field_can_be_read_and_has_a_name() -> None:
    for entry in stored_rules("sharing"):
        assert set(entry["recipients"]) == {kind.value for kind in RecipientKind}
        for rule in entry["recipients"].values():
            assert set(rule["fields"]) <= set(sharing.READERS)
            assert set(rule["bases"]) <= {basis.value for basis in SharingBasis}
    assert set(sharing.READERS) == set(sharing.FIELD_NAMES)


@pytest.mark.parametrize("kind", list(RecipientKind))
def test_a_field_beyond_the_list_never_goes_out(
    sqlite_database: Engine, kind: RecipientKind
) -> None:
    somebody()
    recruiter = officer()
    rule = next(one for one in sharing.recipient_rules(by=recruiter) if one.kind is kind)
    for name in set(sharing.READERS) - set(rule.fields):
        asked = form(kind, basis=rule.bases[0], fields=(name,), countries=("DE",))
        with pytest.raises(LabourMigrationError, match="may not be given"):
            sharing.share(form=asked, language="en", file_format=ExportFormat.CSV, by=recruiter)
        shown = sharing.preview_share(form=asked, language="en", by=recruiter)
        assert (shown.headings, shown.refusal is not None) == ((), True)
    assert sharing.list_shares(by=recruiter) == ()


def test_statistics_get_nothing_that_says_who_somebody_is(sqlite_database: Engine) -> None:
    rules = {one.kind: one for one in sharing.recipient_rules(by=officer())}
    named = {"name_ka", "name_lat", "personal_number", "birth_date", "number", "phone_abroad"}
    assert not named & set(rules[RecipientKind.STATISTICS_OFFICE].fields)


def test_the_file_holds_the_chosen_fields_and_is_written_down(database: Engine) -> None:
    number = somebody()
    stays.stay()  # planned: not abroad
    recruiter = officer()
    file = sharing.share(form=form(), language="en", file_format=ExportFormat.CSV, by=recruiter)
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert rows == [
        ["Number of the stay", "Personal number", "Country"],
        [number, "00000000101", "Germany"],
    ]
    kept = sharing.list_shares(by=recruiter)[0]
    assert kept.sha256 == hashlib.sha256(file.content).hexdigest()
    assert (kept.people, kept.fields) == (1, ("number", "personal_number", "country"))
    assert (kept.basis_text, kept.is_expired) == ("Law on Labour Migration, article 9", False)
    with reading() as session:
        people = session.scalars(select(DataSharePersonRow.jobseeker_id)).all()
        action = session.scalars(
            select(AuditEventRow.action).where(AuditEventRow.entity == "data_share")
        ).all()
    assert people == [stays.read(number).jobseeker_id]
    assert action == ["shared"]


def test_a_name_that_a_spreadsheet_would_run_stays_text(sqlite_database: Engine) -> None:
    somebody()
    asked = form(fields=("name_ka",))
    file = sharing.share(form=asked, language="ka", file_format=ExportFormat.XLSX, by=officer())
    sheet = load_workbook(io.BytesIO(file.content)).worksheets[0]
    cell = sheet["A2"]
    assert (cell.value, cell.data_type) == ("=ნინო", "s")


def test_the_preview_hides_numbers(sqlite_database: Engine) -> None:
    somebody()
    shown = sharing.preview_share(form=form(), language="en", by=officer())
    assert shown.rows[0][1] == "•••01"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"fields": ()}, "at least one"),
        ({"recipient": " "}, "organisation"),
        ({"purpose": "x"}, "needs"),
        ({"basis_text": ""}, "article"),
        ({"basis": SharingBasis.CONSENT}, "basis"),
        ({"expires_on": date(2020, 1, 1)}, "until"),
        ({"expires_on": date(2199, 1, 1)}, "until"),
        ({"countries": ("FR",)}, "Nobody"),
    ],
)
def test_what_is_missing_or_too_much_is_refused(
    sqlite_database: Engine, changed: dict[str, Any], said: str
) -> None:
    somebody()
    recruiter = officer()
    asked = form(**changed)
    shown = sharing.preview_share(form=asked, language="en", by=recruiter)
    assert said in str(shown.refusal)
    with pytest.raises((InvalidInput, Refused), match=said):
        sharing.share(form=asked, language="en", file_format=ExportFormat.CSV, by=recruiter)


def test_an_authority_abroad_gets_one_country_and_only_where_data_may_go(
    sqlite_database: Engine,
) -> None:
    somebody()
    stays.stay(D.DEPARTED, vacancy=histories.vacancy(country="IL"))
    recruiter = officer()
    asked = form(
        RecipientKind.FOREIGN_AUTHORITY,
        basis=SharingBasis.AGREEMENT,
        fields=("number", "country"),
        countries=(),
    )
    for countries, said in ((), "one country"), (("DE", "IL"), "one country"), (("XX",), "permit"):
        shown = sharing.preview_share(
            form=replace(asked, countries=countries), language="en", by=recruiter
        )
        assert said in str(shown.refusal)


def test_without_consent_nobody_is_in_an_extract_on_that_basis(sqlite_database: Engine) -> None:
    somebody()
    asked = form(
        RecipientKind.FOREIGN_AUTHORITY,
        basis=SharingBasis.CONSENT,
        fields=("number",),
        countries=("DE",),
    )
    shown = sharing.preview_share(form=asked, language="en", by=officer())
    assert (shown.people, shown.left_out) == (0, 1)


def test_managers_read_the_log_and_hand_over_nothing(sqlite_database: Engine) -> None:
    manager = officer(Role.MANAGER)
    assert sharing.list_shares(by=manager) == ()
    with pytest.raises(PermissionDenied):
        sharing.share(form=form(), language="en", file_format=ExportFormat.CSV, by=manager)
