"""The administrator sees that no backup is made by schedule, and rehearses restoring."""

from services.backups import reading


def test_without_a_directory_the_button_says_why_and_a_rehearsal_still_runs(officers, open_page):
    at = open_page(officers["admin"], "backups")
    assert at.button(key="backups.make").disabled
    assert any("MIGRATION_BACKUP_DIR" in warning.value for warning in at.warning)
    at.button(key="backups.drill").click().run()
    assert not at.exception
    (made,) = reading.backup_state(by=officers["admin"]).drills
    assert made.is_good
