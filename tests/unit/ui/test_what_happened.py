"""The words of the audit log as a person reads them about their own file."""

from ui.audit_words import what_happened


def test_a_person_reads_what_was_looked_at_and_not_only_that() -> None:
    told = {what_happened("read", entity, "en") for entity in ("jobseeker", "access_of_person")}
    assert len(told) == 2 and all(one.startswith("read it · ") for one in told)
    assert not any("_" in one for one in told)
