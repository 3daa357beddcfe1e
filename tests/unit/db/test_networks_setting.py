"""Networks of trusted proxies are checked at the start, not at the first request."""

import pytest

from db.settings import Settings


def test_networks_are_read_and_nonsense_is_refused_by_name() -> None:
    named = {"MIGRATION_TRUSTED_PROXIES": "127.0.0.1/32, 10.0.0.0/8"}
    assert Settings.from_environment(named).trusted_proxies == "127.0.0.1/32, 10.0.0.0/8"
    with pytest.raises(ValueError, match="MIGRATION_TRUSTED_PROXIES"):
        Settings.from_environment({"MIGRATION_TRUSTED_PROXIES": "our proxy"})
