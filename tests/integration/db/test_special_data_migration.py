"""What people confided before there was encryption is encrypted afterwards, and nothing is lost."""

import importlib
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Engine, text

from db import encryption, keys
from domain.enums import AuthorityKind, Role
from services.monitoring import handling
from services.monitoring.cases import get_case
from tests.factories.officers import officer
from tests.integration.services.test_cases import WORDS, complaint

FILE = next(Path("db/migrations/versions").glob("*_special_data.py"))
MIGRATION = importlib.import_module(f"db.migrations.versions.{FILE.stem}")


def test_words_of_cases_survive_the_way_there_and_back(database: Engine) -> None:
    inspector = officer(Role.INSPECTOR)
    number = complaint(officer(), complainant_name="ქეთევან", complainant_contact="555")
    handling.take_case(number=number, note="დავურეკეთ", by=inspector)
    handling.refer_case(
        number=number, kind=AuthorityKind.POLICE, authority="A", reference="1", by=inspector
    )
    referral = get_case(number=number, by=inspector).referrals[0]
    handling.record_reply(referral_id=referral.id, reply="გავიგეთ", by=inspector)
    before = get_case(number=number, by=inspector)
    with (
        database.begin() as connection,
        Operations.context(MigrationContext.configure(connection)),
    ):
        MIGRATION.downgrade()
        told = connection.execute(
            text("SELECT text, complainant_name, complainant_contact FROM monitoring_cases")
        ).one()
        assert tuple(told) == (WORDS, "ქეთევან", "555")
        keys.keys_file().unlink()  # the first key file of a database that is brought up to date
        MIGRATION.upgrade()
    assert get_case(number=number, by=inspector) == before
    assert sum(encryption.keys_in_use(database).values()) == 6
