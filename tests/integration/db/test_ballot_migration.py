"""Votes of before withdrawals and secret ballots stay as they were cast, and stay fixed."""

from pathlib import Path

import pytest
from pysqlite3 import dbapi2

from db.migrate import upgrade
from db.session import open_engine
from db.settings import Settings

AT = "2026-03-01 09:00:00"


def test_old_votes_survive_as_first_votes_in_force(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    engine = open_engine(Settings(database_url=f"sqlite:///{path}"))
    upgrade(engine, "0017")
    # A connection that asks for no foreign keys: only what votes refer to is there.
    with dbapi2.connect(path) as plain:
        plain.execute(
            "INSERT INTO officers (id, username, name_ka, name_en, role, organisation_code, "
            "password_hash, must_change_password, is_demo, language, created_at) VALUES "
            f"(1, 'm', 'x', 'x', 'commission_member', 'a', '!', false, false, 'ka', '{AT}')"
        )
        plain.execute(
            "INSERT INTO candidacies (id, vacancy_id, jobseeker_id, status, version, created_at) "
            f"VALUES (1, 1, 1, 'commission_review', 1, '{AT}')"
        )
        plain.execute(
            "INSERT INTO commission_sessions (id, number, planned_at, chair_id, status, rules, "
            f"mode, version, created_at) VALUES (1, 'C-1', '{AT}', 1, 'open', '{{}}', 'on_site', "
            f"1, '{AT}')"
        )
        plain.execute(
            "INSERT INTO shortlists (id, vacancy_id, session_id, agenda_order, positions, "
            f"candidates_per_position, sent_at) VALUES (1, 1, 1, 1, 1, 1, '{AT}')"
        )
        plain.execute(
            "INSERT INTO votes (id, shortlist_id, candidacy_id, officer_id, value, reason, "
            f"cast_at) VALUES (7, 1, 1, 1, 'against', 'no', '{AT}')"
        )
        plain.execute("UPDATE commission_sessions SET status = 'voting'")
    upgrade(engine)
    engine.dispose()
    with dbapi2.connect(path) as plain:
        kept = "SELECT id, value, reason, attempt, request_id, withdrawn_at FROM votes"
        assert plain.execute(kept).fetchall() == [(7, "against", "no", 1, None, None)]
        with pytest.raises(dbapi2.IntegrityError, match="never changed"):
            plain.execute("UPDATE votes SET value = 'for'")
        with pytest.raises(dbapi2.IntegrityError, match="never changed"):
            plain.execute("DELETE FROM votes")
        plain.execute(f"UPDATE votes SET withdrawn_at = '{AT}'")
