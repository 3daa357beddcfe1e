"""Accounts of the demonstration: one per role, and whoever sits around a commission's table.

The names are invented. In production none of this exists.
"""

from __future__ import annotations

from sqlalchemy import select

from db.migrate import alone
from db.models import OfficerRow
from db.session import reading, settings, unit_of_work
from domain.enums import Role
from domain.records.account import DemoAccount
from services import audit, clock
from services.officers import passwords

PASSWORD = "demo-Georgia-2026"  # noqa: S105 - printed for everybody who tries the demonstration


AGENCY, MINISTRY = "agency-employment", "ministry-labour"
PEOPLE = (
    ("recruiter", Role.RECRUITER, AGENCY, "ნიმუშა რეკრუტაძე", "Nimusha Rekrutadze"),
    ("chair", Role.CHAIR, MINISTRY, "მაგალითა მაგიდაძე", "Magalita Magidadze"),
    (
        "member.agency",
        Role.COMMISSION_MEMBER,
        "agency-social-service",
        "გამოგონა სააგენტოძე",
        "Gamogona Saagentodze",
    ),
    (
        "member.io",
        Role.COMMISSION_MEMBER,
        "example-international",
        "პირობითა უცხოშვილი",
        "Pirobita Utskhoshvili",
    ),
    (
        "member.ngo",
        Role.COMMISSION_MEMBER,
        "example-ngo",
        "სინჯა უფლებაშვილი",
        "Sinja Uplebashvili",
    ),
    (
        "member.ministry",
        Role.COMMISSION_MEMBER,
        MINISTRY,
        "უწყება სამინისტროშვილი",
        "Utsqeba Saministroshvili",
    ),
    ("deputy", Role.CHAIR, AGENCY, "მოადგილა თანაშემწიძე", "Moadgila Tanashemtsidze"),
    ("secretary", Role.COMMISSION_MEMBER, AGENCY, "ჩანაწერა ოქმიძე", "Chanatsera Okmidze"),
    (
        "observer",
        Role.COMMISSION_MEMBER,
        "example-international",
        "თვალა დამკვირვებლიძე",
        "Tvala Damkvirvebelidze",
    ),
    (
        "substitute.agency",
        Role.COMMISSION_MEMBER,
        "agency-social-service",
        "ნაცვალა სათადარიგოძე",
        "Natsvala Satadarigodze",
    ),
    (
        "substitute.ngo",
        Role.COMMISSION_MEMBER,
        "example-ngo",
        "სანაცვლა შემცვლელიძე",
        "Sanatsvla Shemtsvlelidze",
    ),
    ("manager", Role.MANAGER, MINISTRY, "სახელა მენეჯერიძე", "Sakhela Menejeridze"),
    ("admin", Role.ADMINISTRATOR, AGENCY, "გვარა ადმინაშვილი", "Gvara Adminashvili"),
    ("inspector", Role.INSPECTOR, MINISTRY, "ზედა მხედველიძე", "Zeda Mkhedvelidze"),
    (
        "dpo",
        Role.PRIVACY_OFFICER,
        AGENCY,
        "დაცვა საიდუმლაძე",
        "Datsva Saidumladze",
    ),
    ("newcomer", Role.RECRUITER, AGENCY, "ახალა პირველდღიძე", "Akhala Pirveldghidze"),
)
"""The newcomer shows the password change of the first day."""

ACCOUNTS = tuple(
    DemoAccount(username, PASSWORD, role, organisation, ka, en, username == "newcomer")
    for username, role, organisation, ka, en in PEOPLE
)


def demo_accounts() -> tuple[DemoAccount, ...]:
    """What to print for a newcomer; empty in production."""
    return ACCOUNTS if settings().environment in {"demo", "test"} else ()


def accounts_as_printed() -> tuple[DemoAccount, ...]:
    """The ones that can still be used with the known password."""
    with reading() as session:
        rows = session.scalars(
            select(OfficerRow).where(OfficerRow.is_demo, OfficerRow.disabled_at.is_(None))
        )
        hashes = {row.username: row.password_hash for row in rows}
    return tuple(
        account
        for account in demo_accounts()
        if account.username in hashes
        and passwords.matches(hashes[account.username], account.password)
    )


def create_demo_accounts() -> int:
    """Create the ones that are missing and return how many; none in production."""
    created = 0
    with unit_of_work() as work:
        alone(work.session.connection())
        known = set(work.session.scalars(select(OfficerRow.username)))
        for account in demo_accounts():
            if account.username in known:
                continue
            row = OfficerRow(
                username=account.username,
                name_ka=account.name_ka,
                name_en=account.name_en,
                role=account.role,
                organisation_code=account.organisation_code,
                password_hash=passwords.hash_password(account.password),
                must_change_password=account.must_change_password,
                is_demo=True,
                created_at=clock.now(),
            )
            work.session.add(row)
            work.session.flush()
            audit.record(
                work.session, action="created", entity="officer", entity_id=row.id, by=None
            )
            created += 1
        work.commit()
    return created
